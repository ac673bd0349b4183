"""Is a round signed from below, and locked at every door until it is opened again with a reason?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.answer import Approval, ApprovalLevel, Evidence, Participation
from dashboard.model.permissions import Deed, Grant, Person, Role, Scope
from dashboard.model.problem import Problem, sentence
from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.store.history import current_number
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish, publish_preview
from dashboard.store.publishing.save_rows import (
    Check,
    save_answers,
    save_approval,
    save_comment,
    save_evidence,
    save_reviews,
    save_rows,
)
from dashboard.store.reader import Published, Reader
from dashboard.tasks.approvals import figures_of_levels
from dashboard.tasks.preview import preview
from tests.conftest import TODAY
from tests.store.publishing.test_publish import EVERY_ANSWER, asked
from tests.store.publishing.test_roles import answer_at, answer_in, signed_in

HEAD = "round,operation,country,state,role,note,said_on\n"
BELOW = [("R1", "toy-hq", ""), ("R1", "a-op", ""), ("R1", "a2-op", "")]
EVERY_LEVEL = [*BELOW, ("R1", "", "AAA"), ("R1", "", "")]
CHIEF = Writer("Head of sustainability", "signs")
WORDS = """
    SELECT coalesce(operation, country, 'GROUP'), state, role, note
    FROM approval AS a LEFT JOIN operation USING (operation_no)
        LEFT JOIN country AS c ON c.country_no = a.country_no ORDER BY ALL
"""
FIGURES = "SELECT unnest(figures) FROM approval WHERE state = 'approved' ORDER BY step, operation_no"


def row(level: tuple[str, str, str], state: str = "approved", note: str = "", day: str = "2025-06-03") -> str:
    return f"{','.join(level)},{state},Head of sustainability,{note},{day}\n"


def handed_in(store: Path, folder: Path, text: str, name: str = "x.csv", writer: Writer = CHIEF) -> Outcome:
    file = folder / name
    file.write_text(text, "utf-8")
    return publish(Load(store, [file], writer, TODAY, figures=figures_of_levels))


def approved(store: Path, folder: Path, *levels: tuple[str, str, str]) -> None:
    outcome = handed_in(store, folder, HEAD + "".join(row(level) for level in levels or EVERY_LEVEL))
    assert (outcome.revision is not None, outcome.problems) == (True, ())


def kinds(outcome: Outcome) -> list[str]:
    return [problem.kind for problem in outcome.problems]


def told(problem: Problem, words: Words) -> str:
    return sentence(problem, words)


def test_one_file_signs_a_round_from_below_to_the_group(store: Path, tmp_path: Path) -> None:
    approved(store, tmp_path)
    assert [word[:2] for word in asked(store, WORDS)] == [
        ("AAA", "approved"), ("GROUP", "approved"), ("a-op", "approved"), ("a2-op", "approved"), ("toy-hq", "approved"),
    ]  # fmt: skip
    assert asked(store, "SELECT count(*) FROM approval_log") == [(5,)]
    before = current_number(store)
    again = handed_in(store, tmp_path, HEAD + "".join(map(row, EVERY_LEVEL)))
    assert (again.problems, current_number(store)) == ((), before + 1)
    assert asked(store, "SELECT count(*) FROM approval_log") == [(5,)]


@pytest.mark.parametrize(
    ("before", "level", "kind", "said"),
    [
        ([], ("R1", "", ""), "below_not_approved", "Missing: AAA, a-op, a2-op, toy-hq."),
        (BELOW, ("R1", "", ""), "below_not_approved", "Missing: AAA."),
        (BELOW[:2], ("R1", "", "AAA"), "below_not_approved", "Missing: a2-op."),
        ([], ("R2", "", "BBB"), "approved_alone", "approve the operation"),
        ([], ("R1", "b-op", ""), "nothing_to_approve", "Nothing is asked in this round"),
        ([], ("R1", "a-op", "AAA"), "one_place", "not of both"),
    ],
)
def test_what_is_above_waits_for_what_is_below(
    store: Path, tmp_path: Path, words: Words, before: list[tuple[str, str, str]], level: tuple[str, str, str],
    kind: str, said: str,
) -> None:  # fmt: skip
    if before:
        approved(store, tmp_path, *before)
    outcome = handed_in(store, tmp_path, HEAD + row(level))
    assert kind in kinds(outcome)
    assert said in " ".join(told(problem, words) for problem in outcome.problems)
    assert len(asked(store, WORDS)) == len(before)


def test_two_steps_in_one_file_are_refused_by_what_is_signed(store: Path, tmp_path: Path, words: Words) -> None:
    outcome = handed_in(store, tmp_path, HEAD + row(BELOW[1], "ready") + row(BELOW[1]))
    assert [told(problem, words) for problem in outcome.problems] == [
        "x.csv, row 3, round: “R1, a-op” already appears in an earlier row; this row was left out. "
        "Two steps of one approval (ready, approved) need two files."
    ]
    assert [word[:2] for word in asked(store, WORDS)] == [("a-op", "ready")]


def test_an_operation_that_ended_does_not_keep_the_group_waiting(store: Path, tmp_path: Path) -> None:
    ends = "operation,country,title,kind,last_round\na2-op,AAA,More toys of Aland,operation,R1\n"
    assert handed_in(store, tmp_path, ends, "ends.csv").revision is not None
    # Aland has one operation left in this round.
    approved(store, tmp_path, ("R2", "toy-hq", ""), ("R2", "a-op", ""), ("R2", "b-op", ""), ("R2", "", ""))


def test_who_answered_does_not_approve(store: Path, tmp_path: Path, words: Words) -> None:
    outcome = handed_in(store, tmp_path, HEAD + row(BELOW[1]).replace("Head of sustainability", " shop Manager"))
    assert kinds(outcome) == ["own_answers"]
    assert "gave some of these answers, so another role must approve them" in told(outcome.problems[0], words)


ROUND_DOORS = {
    "answers": "round,operation,criterion,status\nR1,{at},T1.a,yes\n",
    "risk_ratings": "round,operation,impact,scale,scope,irremediability,likelihood,basis\n"
    "R1,{at},TOY-I1,1,2,3,4,Seen\n",
    "opportunity_ratings": "round,operation,impact,reach,need,feasibility,basis\nR1,{at},TOY-I2,1,2,3,Seen\n",
    "reviews": "round,operation,criterion,verdict,reviewed_by_role\nR1,{at},T1.a,checked,Auditor\n",
    "evidence": "round,operation,criterion,title,link,document\nR1,{at},T1.a,Policy,,P-1\n",
    "comments": "round,operation,criterion,role,said_on,text\nR1,{at},T1.a,Auditor,2025-06-04,Why?\n",
    "participation": "record,operation,round,activity,held_on\nP-001,{at},R1,survey,2024-02-02\n",
}


@pytest.mark.parametrize("form", ROUND_DOORS)
@pytest.mark.parametrize("levels", [BELOW[1:2], EVERY_LEVEL], ids=["itself", "above"])
def test_a_file_changes_nothing_that_is_approved(
    store: Path, tmp_path: Path, words: Words, form: str, levels: list[tuple[str, str, str]]
) -> None:
    approved(store, tmp_path, *levels)
    text = ROUND_DOORS[form].format(at="a-op")
    before = current_number(store)
    outcome = handed_in(store, tmp_path, text)
    assert kinds(outcome)[:1] == ["approved_before"]
    assert told(outcome.problems[0], words) == (
        "x.csv, row 2, round: What was said in round “R1” is approved, and this would change it; the row was left out. "
        "Open it again first, with a reason. It is about “a-op”."
    )
    assert current_number(store) == before or form == "answers"
    opened = handed_in(store, tmp_path, HEAD + row(BELOW[1], "reopened", "An answer was wrong."))
    assert opened.problems == ()
    assert handed_in(store, tmp_path, text).problems == ()


def test_what_only_repeats_is_no_change(store: Path, tmp_path: Path, tiny: Path) -> None:
    heard = "record,operation,round,activity,held_on,children,girls,age_groups\n"
    heard += "P-001,a-op,R1,survey,2024-02-02,40,35,12_to_14;5_to_11\n"
    same = [
        heard,
        *(ROUND_DOORS[form].format(at="a-op") for form in ("risk_ratings", "reviews", "evidence", "comments")),
    ]
    for text in same:
        assert handed_in(store, tmp_path, text).problems == ()
    approved(store, tmp_path)
    for text in same:
        assert handed_in(store, tmp_path, text).problems == ()
    for change in (heard.replace(",40,", ",41,"), heard.replace("survey", "workshop"), heard.replace("R1", "R2")):
        assert kinds(handed_in(store, tmp_path, change))[:1] == ["approved_before"]
    assert kinds(handed_in(store, tmp_path, "record,operation,round,activity,held_on\nP-001,,,,\n"))[:1] == [
        "approved_before"
    ]
    assert publish(Load(store, [tiny], CHIEF, TODAY)).problems == ()


def saved_comment(store: Path) -> Outcome:
    return save_comment(store, ("R2", "a-op", "T1.a"), "Why?", Deed.REVIEW, CHIEF, TODAY)


def saved_evidence(store: Path) -> Outcome:
    item = Evidence("R2", "a-op", "T1.a", "", "Policy", "", "P-1")
    return save_evidence(store, ("R2", "a-op", "T1.a", ""), Draft(None, item), "policy", CHIEF, TODAY)


def saved_record(store: Path) -> Outcome:
    record = Participation("", "a-op", "R2", "workshop", "2025-02-10")
    return save_rows(store, [Draft(None, record)], CHIEF, TODAY)


PAGES: dict[str, Callable[[Path], Outcome]] = {
    "answer": lambda store: save_answers(store, [answer_in(store, "a-op")], CHIEF, TODAY),
    "review": lambda store: save_reviews(store, [Check(answer_at(store, "a-op"), None, "checked")], CHIEF, TODAY),
    "comment": saved_comment,
    "evidence": saved_evidence,
    "participation": saved_record,
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_changes_nothing_that_is_approved(store: Path, tmp_path: Path, page: str) -> None:
    approved(store, tmp_path, ("R2", "a-op", ""))
    before = current_number(store)
    outcome = PAGES[page](store)
    assert (outcome.revision, kinds(outcome)) == (None, ["approved_before"])
    assert current_number(store) == before


def test_an_import_changes_nothing_that_is_approved(store: Path, tmp_path: Path) -> None:
    approved(store, tmp_path)
    before = asked(store, EVERY_ANSWER)
    file = tmp_path / "x.csv"
    file.write_text(ROUND_DOORS["answers"].format(at="a-op"), "utf-8")
    folder = tmp_path / "proof"
    folder.mkdir()
    seen = preview(store, [file], TODAY, folder)
    assert [problem.kind for problem in seen.problems][:1] == ["approved_before"]
    assert seen.proof is not None
    publish_preview(store, seen.proof, CHIEF)
    assert asked(store, EVERY_ANSWER) == before


def test_opening_again_needs_a_reason_and_takes_back_what_is_above(store: Path, tmp_path: Path) -> None:
    approved(store, tmp_path)
    assert kinds(handed_in(store, tmp_path, HEAD + row(BELOW[1], "reopened"))) == ["reopening_untold"]
    for level in ("R1", "a-op", ""), ("R1", "", "AAA"), ("R1", "", ""):
        assert kinds(handed_in(store, tmp_path, HEAD + row(level, "ready")))[:1] == ["approved_already"]
    assert handed_in(store, tmp_path, HEAD + row(BELOW[1], "reopened", "An answer was wrong.")).problems == ()
    assert [word[:2] for word in asked(store, WORDS)] == [
        ("AAA", "reopened"), ("GROUP", "reopened"), ("a-op", "reopened"), ("a2-op", "approved"), ("toy-hq", "approved"),
    ]  # fmt: skip
    assert asked(store, "SELECT count(*), count(figures) FROM approval") == [(5, 2)]
    assert asked(store, "SELECT count(*) FROM approval_log") == [(8,)]
    older = handed_in(store, tmp_path, HEAD + row(BELOW[1], day="2025-06-02"))
    assert kinds(older)[:1] == ["approval_older"]


def test_a_file_that_opens_and_changes_opens_only(store: Path, tmp_path: Path) -> None:
    approved(store, tmp_path)
    (tmp_path / "a.csv").write_text(HEAD + row(BELOW[1], "reopened", "Wrong"), "utf-8")
    (tmp_path / "b.csv").write_text(ROUND_DOORS["answers"].format(at="a-op"), "utf-8")
    outcome = publish(Load(store, [tmp_path / "a.csv", tmp_path / "b.csv"], CHIEF, TODAY))
    assert kinds(outcome) == ["approved_before"]


def test_a_new_operation_of_an_approved_group_changes_nothing(store: Path, tmp_path: Path) -> None:
    approved(store, tmp_path)
    joins = "operation,country,title,kind,first_round\nc-op,BBB,More toys of Beland,operation,R1\n"
    assert handed_in(store, tmp_path, joins).revision is not None
    assert kinds(handed_in(store, tmp_path, ROUND_DOORS["answers"].format(at="c-op")))[:1] == ["approved_before"]


def test_the_figures_are_kept_as_they_were_approved(store: Path, tmp_path: Path) -> None:
    approved(store, tmp_path)
    levels = figures_of_levels(in_force(store), [ApprovalLevel(*level) for level in EVERY_LEVEL])
    kept = [found for (found,) in asked(store, FIGURES)]
    assert len(kept) == sum(map(len, levels.values()))
    assert {tuple(found.values()) for found in kept} == {tuple(one) for some in levels.values() for one in some}
    assert levels[ApprovalLevel("R1", "", "AAA")][0].percent is not None


def in_force(store: Path) -> Published:
    published = Reader(store).current()
    assert published is not None
    return published


def typed(level: tuple[str, str, str], state: str = "approved", note: str = "") -> Draft[Approval]:
    return Draft(None, Approval(*level, state, note=note))


def signed(
    store: Path, writer: Writer, level: tuple[str, str, str], state: str = "approved", note: str = ""
) -> Outcome:
    return save_approval(store, typed(level, state, note), writer, TODAY, figures_of_levels)


def as_reviewer(writer: Writer) -> Writer:
    return replace(writer, role="reviewer")


def reviewer(kind: str, code: str, subject: str = "idp.example|7") -> Writer:
    return signed_in(Grant(Role.REVIEWER, Scope(kind, code) if code else Scope()), subject=subject)  # type: ignore[arg-type]


STEWARD = signed_in(Grant(Role.STEWARD), subject="idp.example|8")


@pytest.mark.parametrize(
    ("writer", "level", "state", "kind"),
    [
        (reviewer("operation", "a-op"), BELOW[1], "approved", ""),
        (reviewer("country", "AAA"), BELOW[1], "approved", ""),
        (reviewer("group", ""), BELOW[1], "approved", ""),
        (reviewer("operation", "a2-op"), BELOW[1], "approved", "not_your_role_here"),
        (signed_in(Grant(Role.CONTRIBUTOR)), BELOW[1], "approved", "not_your_role"),
        (signed_in(Grant(Role.CONTRIBUTOR)), BELOW[1], "ready", ""),
        (signed_in(Grant(Role.VIEWER)), BELOW[1], "ready", "not_your_role"),
        (STEWARD, BELOW[1], "approved", "not_your_role"),
        (reviewer("operation", "a-op"), ("R1", "", "AAA"), "ready", "not_your_role_here"),
        (reviewer("country", "AAA"), ("R1", "", "AAA"), "ready", ""),
        (reviewer("group", ""), ("R1", "", ""), "ready", "not_your_role"),
        (STEWARD, ("R1", "", ""), "ready", ""),
        (CHIEF, ("R1", "", ""), "ready", ""),
        (replace(CHIEF, role=" "), BELOW[1], "approved", "role_missing"),
    ],
)
def test_who_may_sign(store: Path, writer: Writer, level: tuple[str, str, str], state: str, kind: str) -> None:
    outcome = signed(store, writer, level, state)
    assert kinds(outcome) == ([kind] if kind else [])
    assert len(asked(store, WORDS)) == (0 if kind else 1)


def test_nobody_who_has_signed_in_approves_own_answers(store: Path) -> None:
    both = signed_in(Grant(Role.REVIEWER), Grant(Role.CONTRIBUTOR))
    assert save_answers(store, [answer_in(store, "a-op")], both, TODAY).revision is not None
    assert kinds(signed(store, as_reviewer(both), ("R2", "a-op", ""))) == ["own_answers_person"]
    assert kinds(signed(store, as_reviewer(both), ("R2", "a-op", ""), "ready")) == []
    other = as_reviewer(reviewer("group", "", subject="idp.example|9"))
    was = Approval("R2", "a-op", "", "ready", "reviewer", "", TODAY.isoformat())
    draft = Draft(was, replace(was, state="approved"))
    assert save_approval(store, draft, other, TODAY, figures_of_levels).problems == ()


def test_a_file_signs_no_more_than_its_writer_may(store: Path, tmp_path: Path) -> None:
    assert kinds(handed_in(store, tmp_path, HEAD + row(BELOW[1]), writer=STEWARD)) == ["not_your_role_here"]
    both = Writer("x", "why", "0.0.0.0", Person("idp.example|8", "", (Grant(Role.STEWARD), Grant(Role.REVIEWER))))  # noqa: S104
    assert kinds(handed_in(store, tmp_path, HEAD + row(BELOW[1]), writer=both)) == []
    answers = ROUND_DOORS["answers"].format(at="a2-op")
    assert handed_in(store, tmp_path, answers, writer=both).revision is not None
    assert kinds(handed_in(store, tmp_path, HEAD + row(BELOW[2]), writer=both)) == ["own_answers_person"]


def test_two_who_sign_at_once_do_not_overwrite_each_other(store: Path) -> None:
    assert signed(store, CHIEF, BELOW[1], "ready").revision is not None
    assert "changed_meanwhile" in kinds(signed(store, CHIEF, BELOW[1]))


def test_closing_a_round_asks_about_what_is_not_approved(
    store: Path, tmp_path: Path, today: date, words: Words
) -> None:
    assert [problem.kind for problem in close_round(store, "R1", CHIEF, today).problems] == ["round_not_approved"]
    approved(store, tmp_path, *EVERY_LEVEL[:-2])
    outcome = close_round(store, "R1", CHIEF, today)
    assert [told(problem, words) for problem in outcome.problems] == [
        "R1: Not everything in round “R1” is approved. Missing: AAA, GROUP."
    ]
    assert close_round(store, "R2", CHIEF, today, accept=True).revision is not None
    approved(store, tmp_path, *EVERY_LEVEL[-2:])
    assert close_round(store, "R1", CHIEF, today).problems == ()
