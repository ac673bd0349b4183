"""Can a token ever carry more than whoever made it?"""

from itertools import product

import pytest

from dashboard.model.permissions import (
    MOST_TOKEN_DAYS,
    Deed,
    Grant,
    Person,
    Place,
    Role,
    Scope,
    WantedToken,
    allowed,
    grants_beyond,
    place_of_scope,
    read_grants,
)

COUNTRIES = {"gha-op": "GHA", "gha-two": "GHA", "tcd-op": "TCD"}
SCOPES = (Scope(), Scope("country", "GHA"), Scope("operation", "gha-op"), Scope("operation", "tcd-op"))
GRANTS = read_grants(str(Grant(role, scope)) for role, scope in product(Role, SCOPES))[0]
PLACES = (Place(), Place(country="GHA"), *(Place(code, country) for code, country in COUNTRIES.items()))


def able(grants: tuple[Grant, ...]) -> set[tuple[Deed, Place]]:
    return {(deed, place) for deed, place in product(Deed, PLACES) if allowed(Person("x", "", grants), deed, place)}


@pytest.mark.parametrize("own", GRANTS, ids=str)
def test_whatever_one_may_pass_on_allows_nothing_new(own: Grant) -> None:
    maker = Person("x", "", (own,))
    for grant in GRANTS:
        if not grants_beyond(maker, [grant], COUNTRIES):
            assert able((grant,)) <= able((own,)), grant
    assert not grants_beyond(maker, [own, Grant(Role.VIEWER, own.scope)], COUNTRIES)


def test_a_role_in_a_country_can_be_passed_on_for_its_operations_only() -> None:
    maker = Person("x", "", (Grant(Role.CONTRIBUTOR, Scope("country", "GHA")),))
    assert place_of_scope(Scope("operation", "gha-two"), COUNTRIES) == Place("gha-two", "GHA")
    for code, grants in (("gha-two", ()), ("tcd-op", (Grant(Role.VIEWER, Scope("operation", "tcd-op")),))):
        assert grants_beyond(maker, [Grant(Role.VIEWER, Scope("operation", code))], COUNTRIES) == grants
    assert not grants_beyond(None, GRANTS, COUNTRIES), "at the machine itself"


def kinds(wanted: WantedToken, maker: Person | None = None) -> list[str]:
    return [problem.kind for problem in wanted.problems(maker, COUNTRIES)]


def test_what_is_wrong_with_a_token_is_said() -> None:
    viewer = (Grant(Role.VIEWER),)
    assert not kinds(WantedToken("report", viewer))
    assert not kinds(WantedToken("report", viewer, MOST_TOKEN_DAYS))
    for name in ("", "  ", "x" * 61, "two\nlines"):
        assert kinds(WantedToken(name, viewer)) == ["token_name"]
    for days in (0, -1, MOST_TOKEN_DAYS + 1):
        assert kinds(WantedToken("report", viewer, days)) == ["token_days"]
    assert kinds(WantedToken("report", ())) == ["token_grants"]
    for role in (Role.STEWARD, Role.ADMIN):
        assert kinds(WantedToken("report", (Grant(role),))) == ["token_role"]
    found = WantedToken("report", (Grant(Role.VIEWER, Scope("operation", "gha-opp")),)).problems(None, COUNTRIES)
    assert [(one.kind, one.hint) for one in found] == [("unknown_operation", "gha-op")]
    assert kinds(WantedToken("report", (Grant(Role.VIEWER, Scope("country", "KEN")),))) == ["unknown_country"]
    assert kinds(WantedToken("report", viewer), Person("x", "", ())) == ["token_beyond"]
