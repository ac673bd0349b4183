"""Is evidence replaced answer by answer, kept whoever edits it, and are comments never lost or said twice?"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.answer import Evidence, Subject, of_action, of_answer
from dashboard.model.permissions import Deed, Grant, Person, Role, Scope
from dashboard.model.problem import Problem
from dashboard.model.records import Draft
from dashboard.store.locking import Outcome, Writer
from dashboard.store.published_codes import stored_evidence
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import save_comment, save_evidence
from dashboard.store.reader import Reader
from tests.conftest import TODAY, rest_thorough
from tests.tasks.test_command import call

KEY = ("R2", "a-op", "T1.a")
ANSWER = of_answer(KEY)
HEAD = "round,operation,criterion,action,title,link,document,dated_on,page,holder,confidential"
POLICY = Evidence(
    *ANSWER, "Toy policy", "https://toys.example/p?q=1", "TP-12", "2025-01-31", "4", "Board office", "true"
)
PHOTO = Evidence(*ANSWER, "Photo of the shelf")
COMMENTS = "round,operation,criterion,role,said_on,text"


def load(store: Path, tmp_path: Path, *rows: str, head: str = HEAD) -> Outcome:
    file = tmp_path / "x.csv"
    file.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return publish(Load(store, [file], Writer("Programme office", "test"), TODAY))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, "R2,a-op,T1.a,,Toy policy,,,,,,"),
        (COMMENTS, "R2,a-op,T1.a,Auditor,2025-06-01,Which page?"),
        ("round,operation,criterion,verdict,reviewed_by_role", "R2,a-op,T1.a,checked,Auditor"),
        ("round,operation,country,state,role,said_on", "R2,a-op,,ready,Auditor,2025-06-03"),
    ],
)
def test_a_load_tells_the_rounds_and_operations_it_is_about(store: Path, tmp_path: Path, head: str, row: str) -> None:
    (tmp_path / "x.csv").write_text(f"{head}\n{row}\n", "utf-8")
    printed = call("publish", tmp_path / "x.csv", "--store", store, "--role", "Programme office").output
    assert "1 row imported, in 1 round and 1 operation; " in printed, printed


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.kind for problem in problems]


def items(store: Path, subject: Subject = ANSWER) -> list[Evidence]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_evidence(connection, subject)


def asked(store: Path, sql: str) -> list[tuple[Any, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return connection.execute(sql).fetchall()


def change(store: Path, was: Evidence | None, wanted: Evidence | None, writer: Writer) -> Outcome:
    subject = (was or wanted or PHOTO).subject
    return save_evidence(store, subject, Draft(was, wanted), "name", writer, TODAY)


def test_items_come_in_by_file_in_their_order_and_change_no_figure(store: Path, tmp_path: Path) -> None:
    before = asked(store, "FROM score ORDER BY ALL")
    row = "R2,a-op,T1.a,,Toy policy,https://toys.example/p?q=1,TP-12,2025-01-31,4,Board office,TRUE"
    assert load(store, tmp_path, row, "R2,a-op,T1.a,,Photo of the shelf,,,,,,").problems == ()
    assert items(store) == [POLICY, PHOTO]
    assert asked(store, "FROM score ORDER BY ALL") == before
    assert (
        asked(store, "SELECT DISTINCT evidence FROM answer WHERE round_no = 2 AND criterion_no = 1 AND evidence = 3")
        == []
    )


def test_rows_replace_those_of_the_same_answer_and_no_others(store: Path, tmp_path: Path) -> None:
    load(store, tmp_path, "R2,a-op,T1.a,,One,,,,,,", "R2,a-op,T1.a,,Two,,,,,,", "R2,b-op,T1.a,,Theirs,,,,,,")
    load(store, tmp_path, "R2,a-op,T1.a,,Three,,,,,,")
    assert [item.title for item in items(store)] == ["Three"]
    assert [item.title for item in items(store, of_answer(("R2", "b-op", "T1.a")))] == ["Theirs"]
    assert load(store, tmp_path, "R2,a-op,T1.a,,,,,,,,").problems == ()
    assert items(store) == []
    assert asked(store, "SELECT count(*) FROM evidence_item") == [(1,)]


def test_an_answer_keeps_its_evidence_while_one_of_its_rows_stays_out(store: Path, tmp_path: Path) -> None:
    new, bad = "R2,a-op,T1.a,,New,,,,,,", "R2,a-op,T1.a,,Bad,intranet,,,,,"
    assert kinds(load(store, tmp_path, new, bad).problems) == ["bad_link"]
    assert [item.title for item in items(store)] == ["New"]
    newer, other = "R2,a-op,T1.a,,Newer,,,,,,", "R2,a-op,T2.a,,Other,,,,,,"
    problems = load(store, tmp_path, newer, bad, other).problems
    assert [(problem.kind, problem.row) for problem in problems] == [("evidence_kept", 2), ("bad_link", 3)]
    assert [item.title for item in items(store)] == ["New"]
    assert [item.title for item in items(store, of_answer(("R2", "a-op", "T2.a")))] == ["Other"]
    assert kinds(load(store, tmp_path, newer, newer).problems) == ["duplicate_row"]
    assert [item.title for item in items(store)] == ["Newer"]


def test_an_action_has_its_own_and_comes_in_with_it(store: Path, tmp_path: Path, writer: Writer) -> None:
    actions = tmp_path / "actions.csv"
    actions.write_text("action,operation,text,owner_role,due_on,criterion,impact\nA-1,a-op,Do it,,2026-05-01,T1.a,\n")
    evidence = tmp_path / "evidence.csv"
    evidence.write_text("title,link,document,action\nMinutes,,M-1,A-1\nLost,,,A-2\n")
    outcome = publish(Load(store, [actions, evidence], writer, TODAY))
    assert [(p.kind, p.value) for p in outcome.problems] == [("unknown_action", "A-2")]
    assert items(store, of_action("A-1")) == [Evidence(action="A-1", title="Minutes", document="M-1")]


def test_a_page_adds_changes_and_removes_one_of_several(store: Path, writer: Writer) -> None:
    assert change(store, None, POLICY, writer).problems == ()
    assert change(store, None, PHOTO, writer).problems == ()
    other = replace(POLICY, title="Toy policy, second edition")
    assert change(store, POLICY, other, writer).problems == ()
    assert items(store) == [other, PHOTO]
    assert kinds(change(store, POLICY, None, writer).problems) == ["evidence_changed"]
    assert kinds(change(store, None, PHOTO, writer).problems) == ["duplicate_row"]
    assert change(store, other, None, writer).revision is not None
    assert items(store) == [PHOTO]
    assert change(store, PHOTO, None, writer).revision is not None
    assert items(store) == []


LINKS = (
    *("javascript:alert(1)", "ftp://a.example/x", "https://u:secret@a.example/"),
    *("https://a b", "//a.example", "https://"),
)


@pytest.mark.parametrize("link", rest_thorough(LINKS))
def test_only_addresses_that_a_person_may_follow_are_kept(store: Path, writer: Writer, link: str) -> None:
    assert kinds(change(store, None, replace(PHOTO, link=link), writer).problems) == ["bad_link"]
    assert items(store) == []


def test_of_a_file_too_only_such_addresses_are_kept(store: Path, tmp_path: Path) -> None:
    rows = [f"R2,a-op,T1.a,,Photo {n},{link},,,,," for n, link in enumerate(LINKS)]
    assert kinds(load(store, tmp_path, *rows).problems) == ["bad_link"] * len(LINKS)
    assert items(store) == []


def test_a_closed_round_keeps_its_evidence_and_comments(store: Path, tmp_path: Path, writer: Writer) -> None:
    row = "R2,a-op,T1.a,,Toy policy,https://toys.example/p?q=1,TP-12,2025-01-31,4,Board office,true"
    comment = "R2,a-op,T1.a,Auditor,2025-06-01,Which page?"
    assert load(store, tmp_path, row).problems == ()
    assert load(store, tmp_path, comment, head=COMMENTS).problems == ()
    assert close_round(store, "R2", writer, TODAY, accept=True).revision is not None
    assert load(store, tmp_path, row).problems == ()
    assert load(store, tmp_path, comment, head=COMMENTS).problems == ()
    assert kinds(load(store, tmp_path, "R2,a-op,T1.a,,,,,,,,").problems) == ["round_closed"]
    assert kinds(load(store, tmp_path, "R2,a-op,T1.a,,Other,,,,,,").problems) == ["round_closed"]
    assert kinds(load(store, tmp_path, comment + " Now", head=COMMENTS).problems) == ["round_closed"]
    assert kinds(change(store, None, PHOTO, writer).problems) == ["round_closed"]
    assert items(store) == [POLICY]


def test_comments_are_added_and_said_once(store: Path, tmp_path: Path, writer: Writer) -> None:
    assert load(store, tmp_path, "R2,a-op,T1.a,Auditor,2025-06-01,Which page?", head=COMMENTS).problems == ()
    assert save_comment(store, KEY, " Page 4. ", Deed.ANSWER, writer, TODAY).problems == ()
    assert load(store, tmp_path, "R2,a-op,T1.a,Auditor,2025-06-01,Which page?", head=COMMENTS).problems == ()
    said = asked(store, "SELECT role, CAST(said_on AS VARCHAR), text, step FROM answer_comment ORDER BY said_on, step")
    assert said == [
        ("Auditor", "2025-06-01", "Which page?", 2),
        (writer.role, TODAY.isoformat(), "Page 4.", 3),
    ]
    assert kinds(save_comment(store, KEY, "  ", Deed.ANSWER, writer, TODAY).problems) == ["missing_value"]


def test_only_those_responsible_change_evidence_or_comment(store: Path) -> None:
    def who(role: Role, code: str) -> Writer:
        return Writer("x", "why", "0.0.0.0", Person("idp|1", "", (Grant(role, Scope("operation", code)),)))  # noqa: S104

    there = who(Role.CONTRIBUTOR, "b-op")
    assert kinds(change(store, None, PHOTO, there).problems) == ["not_your_role_here"]
    assert kinds(save_comment(store, KEY, "Hm", Deed.ANSWER, there, TODAY).problems) == ["not_your_role_here"]
    assert kinds(change(store, None, PHOTO, who(Role.REVIEWER, "a-op")).problems) == ["not_your_role"]
    assert save_comment(store, KEY, "Hm", Deed.REVIEW, who(Role.REVIEWER, "a-op"), TODAY).problems == ()
    assert change(store, None, PHOTO, who(Role.CONTRIBUTOR, "a-op")).problems == ()
