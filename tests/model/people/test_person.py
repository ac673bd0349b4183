"""Which texts grant what? Whatever is only nearly a grant grants nothing, and is named."""

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.permissions import GROUP_SCOPE, Grant, Role, Scope, read_grants
from dashboard.model.problem import sentence


@pytest.mark.parametrize(
    ("text", "role", "scope"),
    [
        ("viewer", Role.VIEWER, GROUP_SCOPE),
        ("steward", Role.STEWARD, GROUP_SCOPE),
        ("admin@group", Role.ADMIN, GROUP_SCOPE),
        ("contributor@operation:gha-mobile", Role.CONTRIBUTOR, Scope("operation", "gha-mobile")),
        ("reviewer@country:GHA", Role.REVIEWER, Scope("country", "GHA")),
    ],
)
def test_grant_is_read(text: str, role: Role, scope: Scope) -> None:
    assert read_grants([text]) == ((Grant(role, scope),), ())


def test_grant_written_reads_back_as_itself() -> None:
    scopes = (GROUP_SCOPE, Scope("country", "GHA"), Scope("operation", "gha-mobile"))
    grants = tuple(Grant(role, scope) for role in (Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER) for scope in scopes)
    assert read_grants(map(str, (*grants, *grants))) == (grants, ())


@pytest.mark.parametrize(
    ("text", "kind", "hint"),
    [
        ("Viewer", "no_grant", "viewer"),
        ("contributer", "no_grant", "contributor"),
        ("@country:GHA", "no_grant", None),
        ("offline_access", "no_grant", None),
        (" admin ", "grant_blank", "admin"),
        ("admin\u00a0", "grant_blank", "admin"),
        ("viewer@country:GHA ", "grant_blank", "viewer"),
        ("viewer@country: GHA", "grant_blank", "viewer"),
        ("contributor@", "no_scope", None),
        ("contributor@country:", "no_scope", None),
        ("contributor@region:west", "no_scope", None),
        ("contributor@gha-mobile", "no_scope", None),
        # Neither is limited to a place anywhere, so this must not read as if it were.
        ("admin@operation:gha-mobile", "grant_everywhere", None),
        ("steward@country:GHA", "grant_everywhere", None),
    ],
)
def test_what_is_only_nearly_a_grant_grants_nothing(text: str, kind: str, hint: str | None) -> None:
    grants, (problem,) = read_grants([text, "", "  "])
    assert grants == ()
    assert (problem.kind, problem.hint, problem.value) == (kind, hint, text)
    assert text.strip() in sentence(problem, read_words())
