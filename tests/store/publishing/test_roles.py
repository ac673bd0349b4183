"""Does the store refuse whatever a signed-in person's roles do not carry, and record who did what?"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb
import pytest

from dashboard.model.answer import Answer, Participation
from dashboard.model.permissions import EVERYWHERE, WHO_MAY, Deed, Grant, Person, Role, Scope
from dashboard.model.plan import Action, Target
from dashboard.model.problem import Problem
from dashboard.model.records import RECORDS, Draft, as_csv
from dashboard.model.tour import Step
from dashboard.store.history import current_number, publication_path, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.named_files import remove_view, save_view
from dashboard.store.publishing.commit import FILE, set_name, shown_names
from dashboard.store.publishing.edits import close_round, reopen_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import (
    Check,
    save_answers,
    save_reviews,
    save_rows,
    stored_answers,
    stored_reviews,
)
from dashboard.store.reader import Reader
from dashboard.store.upgrade import copy_beside
from dashboard.store.upkeep import Keep, prune, revert, undo
from dashboard.store.verify import verify_history
from tests.conftest import TINY, TODAY, rest_thorough

HERE, THERE = "a-op", "b-op"
KEY = ("R2", HERE, "T1.a")


def signed_in(*grants: Grant, subject: str = "idp.example|7") -> Writer:
    """Somebody at a server that everybody can reach."""
    return Writer("as the page says", "why", "0.0.0.0", Person(subject, "Shown Name", grants))  # noqa: S104


def answer_at(store: Path, operation: str, criterion: str = "T1.a") -> Answer:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_answers(connection, [("R2", operation, criterion)])["R2", operation, criterion]


def answer_in(store: Path, operation: str, criterion: str = "T1.a") -> Draft[Answer]:
    was = answer_at(store, operation, criterion)
    return Draft(was, replace(was, status="yes", evidence="seen", note="Said now"))


def answered(store: Path, where: str, who: Writer) -> Outcome:
    return save_answers(store, [answer_in(store, where)], who, TODAY)


def reviewed(store: Path, where: str, who: Writer) -> Outcome:
    return save_reviews(store, [Check(answer_at(store, where), None, "checked")], replace(who, role="reviewer"), TODAY)


def heard(store: Path, where: str, who: Writer) -> Outcome:
    record = Participation("", where, "R2", "workshop", "2025-02-10")
    return save_rows(store, [Draft(None, record)], who, TODAY, lambda _: "The workshop")


def planned(store: Path, where: str, who: Writer) -> Outcome:
    action = Action("", where, "Do it", "Maker", "2026-05-01", "R2", "T1.a")
    return save_rows(store, [Draft(None, action)], who, TODAY)


def aimed(store: Path, where: str, who: Writer) -> Outcome:
    target = Target("toy", "respect", "T1", where, "60", due_on="2027-03-31")
    return save_rows(store, [Draft(None, target)], who, TODAY, lambda _: "The target")


def viewed(store: Path, where: str, who: Writer) -> Outcome:
    wrong = save_view(store, Step.of_view("heatmap", {}, "Seen", "By all"), who)
    return Outcome(None if wrong else read_revision(store, current_number(store)), (wrong,) if wrong else ())


@dataclass(frozen=True)
class Tried:
    """One way to change the store."""

    deed: Deed
    try_it: Callable[[Path, str, Writer], Outcome]
    of_place: bool = True


WAYS = {
    "answer": Tried(Deed.ANSWER, answered),
    "review": Tried(Deed.REVIEW, reviewed),
    "heard": Tried(Deed.HEARD, heard),
    "act": Tried(Deed.ACT, planned),
    "target": Tried(Deed.TARGET, aimed),
    "load": Tried(Deed.LOAD, lambda store, _, who: publish(Load(store, [TINY], who, TODAY)), False),
    "close": Tried(Deed.ROUND, lambda store, _, who: close_round(store, "R1", who, TODAY, accept=True), False),
    "reopen": Tried(Deed.ROUND, lambda store, _, who: reopen_round(store, "R1", who, TODAY), False),
    "view": Tried(Deed.SAVE_VIEW, viewed, False),
    "revert": Tried(Deed.REVERT, lambda store, _, who: revert(store, 1, who), False),
    "undo": Tried(Deed.REVERT, lambda store, _, who: undo(store, current_number(store), who), False),
    "prune": Tried(Deed.PRUNE, lambda store, _, who: prune(store, Keep(last=1), who), False),
}


def kinds(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.kind for problem in problems}


@pytest.mark.parametrize("name", WAYS)
def test_no_role_without_the_deed_changes_anything(name: str, store: Path) -> None:
    way = WAYS[name]
    without = [Grant(role) for role in Role if role not in WHO_MAY[way.deed]]
    outcome = way.try_it(store, HERE, signed_in(*without))
    assert kinds(outcome.problems) == {"not_your_role"}
    assert kinds(way.try_it(store, HERE, signed_in()).problems) == {"not_your_role"}
    assert current_number(store) == 1
    assert not (store / "views").exists()


@pytest.mark.parametrize("name", [name for name, way in WAYS.items() if way.of_place])
def test_a_role_changes_nothing_beside_its_place_and_is_recorded_where_it_holds(name: str, store: Path) -> None:
    way = WAYS[name]
    role = WHO_MAY[way.deed][0]
    if role in EVERYWHERE:
        grants: tuple[Grant, ...] = (Grant(role),)
    else:
        grants = (Grant(role, Scope("country", "AAA")),)
        assert kinds(way.try_it(store, THERE, signed_in(*grants)).problems) == {"not_your_role_here"}
        assert current_number(store) == 1
    outcome = way.try_it(store, HERE, signed_in(*grants))
    assert outcome.revision is not None, outcome.problems
    move = read_revision(store, current_number(store))
    assert move.subject == "idp.example|7"
    assert "Shown Name" not in (store / "moves" / f"{move.number:06}.json").read_text("utf-8")


@pytest.mark.parametrize("name", rest_thorough(["close", "view", "load"], now=2))
def test_a_steward_changes_what_concerns_the_whole_group(name: str, store: Path) -> None:
    outcome = WAYS[name].try_it(store, HERE, signed_in(Grant(Role.STEWARD)))
    assert outcome.revision is not None, outcome.problems


def test_nobody_removes_a_view_without_the_role(store: Path) -> None:
    viewed(store, HERE, signed_in(Grant(Role.STEWARD)))
    wrong = remove_view(store, "seen.json", signed_in(Grant(Role.VIEWER)))
    assert wrong is not None
    assert wrong.kind == "not_your_role"
    assert list((store / "views").iterdir())


def test_nobody_reviews_their_own_answer_whoever_repeats_it(store: Path) -> None:
    both = Grant(Role.CONTRIBUTOR), Grant(Role.REVIEWER)
    one, other = (signed_in(*both, subject=f"idp.example|{number}") for number in (1, 2))
    assert answered(store, HERE, one).revision is not None
    assert kinds(reviewed(store, HERE, one).problems) == {"own_answer"}
    # Evidence that a reviewer has seen does not make the answer theirs, nor anybody else's.
    check = Check(answer_at(store, HERE), None, "checked", evidence="independently_checked")
    assert save_reviews(store, [check], replace(other, role="reviewer"), TODAY).revision is not None
    assert kinds(reviewed_again(store, one).problems) == {"own_answer"}
    assert brought_by(store) == [(2,)]
    # Only who says something else takes it over.
    change = answer_in(store, HERE)
    again = replace(change, typed=replace(change.typed, note="Other"))
    assert save_answers(store, [again], other, TODAY).revision is not None
    assert brought_by(store) == [(4,)]
    assert reviewed_again(store, one).revision is not None


def reviewed_again(store: Path, who: Writer) -> Outcome:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        was = stored_reviews(connection, [KEY])[KEY]
    check = Check(answer_at(store, HERE), was, "asked_back", "Why?")
    return save_reviews(store, [check], replace(who, role="reviewer"), TODAY)


def brought_by(store: Path) -> list[tuple[object, ...]]:
    """The publication that brought the answer."""
    query = (
        "SELECT step FROM answer JOIN operation USING (operation_no) JOIN criterion USING (criterion_no) "
        "JOIN round USING (round_no) WHERE round = 'R2' AND operation = 'a-op' AND criterion = 'T1.a'"
    )
    return asked(store, query)


def asked(store: Path, query: str) -> list[tuple[object, ...]]:
    path = publication_path(store, read_revision(store, current_number(store)).publication)
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_what_an_answer_said_before_is_kept_with_its_step(store: Path) -> None:
    who = signed_in(Grant(Role.CONTRIBUTOR), Grant(Role.REVIEWER))
    assert asked(store, "FROM answer_log") == []
    was = answer_at(store, HERE)
    answered(store, HERE, who)
    log = "SELECT l.step, verdict, status, l.evidence, role, CAST(said_on AS VARCHAR) FROM answer_log AS l "
    log += "JOIN scale USING (status_no) ORDER BY l.step"
    assert asked(store, log) == [(1, None, was.status, 2, was.answered_by_role, was.answered_on)]
    # The same once more says nothing new.
    publish(Load(store, [TINY / "answers.csv"], Writer("lead", "again"), TODAY))
    publish(Load(store, [TINY / "answers.csv"], Writer("lead", "and again"), TODAY))
    assert [row[0] for row in asked(store, log)] == [1, 2]
    assert asked(store, "SELECT DISTINCT step FROM answer WHERE answered_by_role IS NOT NULL ORDER BY 1") == [
        (1,),
        (3,),
    ]


def test_evidence_that_a_table_no_longer_states_is_kept_in_the_log(store: Path, tmp_path: Path) -> None:
    header = "round,operation,criterion,status,answered_by_role,answered_on"
    row = "R2,a-op,T1.a,mostly,Shop manager,2025-02-01"
    (tmp_path / "answers.csv").write_text(f"{header}\n{row}\n", "utf-8")
    publish(Load(store, [tmp_path / "answers.csv"], Writer("lead", "without evidence"), TODAY))
    log = "SELECT l.step, status, l.evidence, role FROM answer_log AS l JOIN scale USING (status_no)"
    assert asked(store, log) == [(1, "mostly", 2, "Shop manager")]
    publish(Load(store, [tmp_path / "answers.csv"], Writer("lead", "the same"), TODAY))
    assert len(asked(store, log)) == 1, "the same once more says nothing new"


@pytest.mark.thorough
def test_an_action_that_a_file_repeats_keeps_the_step_that_changed_it(store: Path, tmp_path: Path) -> None:
    who = signed_in(Grant(Role.STEWARD))
    planned(store, HERE, who)
    planned(store, THERE, who)
    steps = "SELECT action, step FROM action ORDER BY 1"
    assert asked(store, steps) == [("A-001", 2), ("A-002", 3)]
    rows = [
        Action(f"A-00{n}", where, "Do it", "Maker", "2026-05-01", "R2", "T1.a") for n, where in ((1, HERE), (2, THERE))
    ]
    rows[1] = replace(rows[1], text="Do it at once")
    file = tmp_path / "actions.csv"
    file.write_text(as_csv(RECORDS["actions"], [asdict(row) for row in rows]), "utf-8")
    publish(Load(store, [file], Writer("lead", "again"), TODAY))
    assert asked(store, steps) == [("A-001", 2), ("A-002", 4)]


def test_a_shown_name_stands_beside_the_history_and_can_be_changed_and_removed(store: Path) -> None:
    who = signed_in(Grant(Role.STEWARD))
    planned(store, HERE, who)
    assert shown_names(store) == {"idp.example|7": "Shown Name"}
    set_name(store, "idp.example|7", "Other Name")
    set_name(store, "idp.example|7", "")
    planned(store, HERE, who)
    assert shown_names(store) == {"idp.example|7": ""}, "a removed name stays away"
    assert not verify_history(store).problems
    for file in store.rglob("*"):
        assert not file.is_file() or b"Shown Name" not in file.read_bytes(), file


def test_a_list_of_names_that_is_damaged_names_nobody_and_stops_nobody(store: Path) -> None:
    (store / FILE).parent.mkdir()
    (store / FILE).write_text("[1", "utf-8")
    assert shown_names(store) == {}
    assert planned(store, HERE, signed_in(Grant(Role.STEWARD))).revision is not None


def test_without_sign_in_no_names_are_kept(store: Path) -> None:
    planned(store, HERE, Writer("lead", "why"))
    assert not (store / FILE).exists()
    assert read_revision(store, 2).subject == ""


def test_names_and_those_that_were_removed_go_along_with_an_upgrade(tmp_path: Path) -> None:
    set_name(tmp_path / "old", "idp|1", "One")
    set_name(tmp_path / "old", "idp|2", "")
    copy_beside(tmp_path / "old", tmp_path / "new")
    assert shown_names(tmp_path / "new") == {"idp|1": "One", "idp|2": ""}
