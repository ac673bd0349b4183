"""Is a role granted, changed and ended one at a time, by administrators only, and never the last administrator?"""

from pathlib import Path

import pytest

from dashboard.model.permissions import EVERYWHERE, Deed, Grant, Granted, Person, Place, Role, Scope, allowed
from dashboard.store.history import current_number, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.published_codes import grants_in
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import save_role
from dashboard.store.reader import Reader
from tests.conftest import TODAY

ADMIN = Person("idp|admin", "Admin", (Grant(Role.ADMIN),))
NEW = Granted("idp|1", "contributor", "operation:b-op")


def saved(store: Path, was: Granted | None, wanted: Granted, person: Person | None = ADMIN) -> Outcome:
    return save_role(store, was, wanted, "the role", Writer("admin", "asked", person=person), TODAY)


def granted(store: Path) -> set[Granted]:
    published = Reader(store).current()
    assert published is not None
    found = grants_in(published).items()
    return {Granted(subject, str(one.role), str(one.scope)) for subject, grants in found for one in grants}


def kinds(outcome: Outcome) -> list[tuple[str, str]]:
    return [(problem.kind, problem.file) for problem in outcome.problems]


def test_a_role_is_granted_changed_and_ended_while_the_others_of_the_person_stay(store: Path) -> None:
    other = Granted(NEW.subject, "viewer", "group")
    changed = Granted(NEW.subject, "reviewer", "operation:a-op")
    for was, wanted, left in (
        (None, NEW, {NEW}),
        (None, other, {NEW, other}),
        (NEW, changed, {changed, other}),
        (changed, Granted(NEW.subject, "", ""), {other}),
        (other, Granted(NEW.subject, "", ""), set()),
    ):
        outcome = saved(store, was, wanted)
        assert not outcome.problems
        assert granted(store) == left
    move = read_revision(store, current_number(store))
    assert (move.role, move.subject, move.number) == ("admin", ADMIN.subject, 6)


def test_what_others_changed_meanwhile_is_not_undone(store: Path) -> None:
    saved(store, None, NEW)
    changed = Granted(NEW.subject, "reviewer", NEW.scope)
    saved(store, NEW, changed)
    assert kinds(saved(store, NEW, Granted(NEW.subject, "", ""))) == [("role_gone", "the role")]
    assert kinds(saved(store, None, changed)) == [("role_there", "the role")]
    assert granted(store) == {changed}


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (Granted("idp|1", "owner"), "off_scale"),
        (Granted("idp|1", "viewer", "operation:nowhere"), "unknown_operation"),
        (Granted("idp|1", "viewer", "country:NOW"), "unknown_country"),
        (Granted("idp|1", "admin", "operation:b-op"), "grant_everywhere"),
        (Granted("", "viewer"), "missing_value"),
    ],
)
def test_a_role_that_cannot_be_is_refused_by_its_name(store: Path, wanted: Granted, kind: str) -> None:
    assert kinds(saved(store, None, wanted)) == [(kind, "the role")]
    assert current_number(store) == 1


def test_every_role_at_every_place_grants_exactly_if_the_table_says_so(store: Path) -> None:
    places = (Scope(), Scope("country", "B"), Scope("operation", "b-op"))
    for number, (role, scope) in enumerate((role, scope) for role in Role for scope in places):
        if role in EVERYWHERE and scope != Scope():
            continue
        person = Person("idp|2", "Two", (Grant(role, scope),))
        one = Granted(f"idp|{number}", "viewer", "operation:b-op")
        may = allowed(person, Deed.GRANT, Place("b-op", "B"))
        assert may == (role is Role.ADMIN)
        assert kinds(saved(store, None, one, person)) == ([] if may else [("not_your_role", "store")])
        assert (one in granted(store)) == may


def test_nobody_takes_the_last_administrator_away_whether_by_form_or_by_file(store: Path, tmp_path: Path) -> None:
    one, two = (Granted(f"idp|{number}", "admin") for number in (1, 2))
    saved(store, None, one)
    for wanted in (Granted(one.subject, "", ""), one.with_role("steward")):
        assert kinds(saved(store, one, wanted)) == [("last_admin", "store")]
    file = tmp_path / "people.csv"
    file.write_text(f"subject,role,scope\n{one.subject},,\n", "utf-8")
    by_file = publish(Load(store, [file], Writer("admin", "again", person=ADMIN), TODAY))
    assert [problem.kind for problem in by_file.problems] == ["last_admin"]
    file.write_text(f"subject,role,scope\n{one.subject},,\nidp|9,owner,\n", "utf-8")
    by_file = publish(Load(store, [file], Writer("admin", "again", person=ADMIN), TODAY))
    assert by_file.revision is None
    assert "last_admin" in [problem.kind for problem in by_file.problems], "whatever else is wrong, the reason is told"
    assert granted(store) == {one}
    saved(store, None, two)
    assert not saved(store, one, Granted(one.subject, "", "")).problems
    assert granted(store) == {two}
    # Whoever is at the machine itself can repair anything.
    file.write_text(f"subject,role,scope\n{two.subject},,\n", "utf-8")
    assert not publish(Load(store, [file], Writer("operator", "again"), TODAY)).problems
    assert granted(store) == set()
