"""Does a review keep what the answer said, lose its mark with it, and get imported like a file?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.answer import Answer, Key, Review
from dashboard.model.problem import sentence
from dashboard.model.records import RECORDS, Draft, as_csv
from dashboard.model.words import Words
from dashboard.store.history import current_number, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import Check, save_answers, save_reviews, stored_answers, stored_reviews
from dashboard.store.reader import Reader

TOLD: Key = ("R2", "a-op", "T1.a")
NOT_APPLICABLE: Key = ("R2", "a-op", "T1.b")
KEYS = [TOLD, NOT_APPLICABLE, ("R2", "a-op", "T2.a"), ("R2", "b-op", "T1.a")]
AUDITOR = Writer("Auditor", "visit in May")
HEAD = "round,operation,criterion,verdict,reviewed_by_role"


def asked(store: Path, sql: str) -> list[tuple[Any, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return connection.execute(sql).fetchall()


def answers(store: Path) -> dict[Key, Answer]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_answers(connection, KEYS)


def reviews(store: Path) -> dict[Key, Review]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_reviews(connection, KEYS)


def marks(store: Path) -> dict[str, str]:
    """The mark of each answer, by criterion."""
    found = asked(store, "SELECT criterion, mark FROM reviewed JOIN criterion USING (criterion_no)")
    return dict(found)


def bring(store: Path, folder: Path, today: date, *lines: str, name: str = "reviews.csv") -> Outcome:
    """Import a table; its problems are in the outcome."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    outcome = publish(Load(store, [file], AUDITOR, today))
    assert outcome.revision is not None or outcome.problems
    return outcome


def saved(store: Path, *made: Check, writer: Writer = AUDITOR, today: date) -> Outcome:
    outcome = save_reviews(store, made, writer, today)
    assert outcome.revision is not None, outcome.problems
    return outcome


def answer_anew(store: Path, key: Key, today: date, **said: str) -> None:
    was = answers(store)[key]
    outcome = save_answers(store, [Draft(was, replace(was, **said))], Writer("Shop manager", ""), today)
    assert outcome.revision is not None, outcome.problems


def test_a_checked_answer_has_its_mark_until_it_changes(store: Path, today: date) -> None:
    saved(store, Check(answers(store)[TOLD], None, "checked"), today=today)
    assert marks(store) == {"T1.a": "checked"}
    answer_anew(store, TOLD, today)
    assert marks(store) == {"T1.a": "checked"}, "another role and day change nothing of what is said"
    answer_anew(store, TOLD, today, note="Not all of them.")
    assert marks(store) == {"T1.a": "changed"}
    answer_anew(store, TOLD, today, note="")
    assert marks(store) == {"T1.a": "checked"}, "said again as it was checked"


@pytest.mark.thorough
@pytest.mark.parametrize("said", [{"status": "no"}, {"evidence": "none"}, {"note": "x"}, {"evidence": ""}])
def test_each_thing_that_an_answer_says_ends_the_mark(said: dict[str, str], store: Path, today: date) -> None:
    saved(store, Check(answers(store)[TOLD], None, "checked"), today=today)
    answer_anew(store, TOLD, today, **said)
    assert marks(store) == {"T1.a": "changed"}


@pytest.mark.thorough
def test_a_reason_that_changes_ends_the_mark_and_so_does_an_answer_that_is_withdrawn(store: Path, today: date) -> None:
    found = answers(store)
    saved(store, *(Check(found[key], None, "checked") for key in (TOLD, NOT_APPLICABLE)), today=today)
    answer_anew(store, NOT_APPLICABLE, today, na_reason="Another one.")
    answer_anew(store, TOLD, today, status="unanswered", evidence="")
    assert marks(store) == {"T1.a": "changed", "T1.b": "changed"}


@pytest.mark.thorough
def test_a_question_is_asked_until_the_answer_changes(store: Path, today: date) -> None:
    saved(store, Check(answers(store)[TOLD], None, "asked_back", " Which toys? "), today=today)
    assert marks(store) == {"T1.a": "asked_back"}
    assert reviews(store)[TOLD].comment == "Which toys?"
    answer_anew(store, TOLD, today, note="All of them.")
    assert marks(store) == {"T1.a": "answered_back"}


@pytest.mark.thorough
def test_evidence_is_raised_and_reviewed_in_one_step_and_the_answer_stays_whose_it_was(
    store: Path, today: date
) -> None:
    before = answers(store)
    outcome = saved(
        store,
        Check(before[TOLD], None, "checked", evidence="independently_checked"),
        Check(before[NOT_APPLICABLE], None, "checked"),
        today=today,
    )
    assert outcome.revision is not None
    assert {name: rows for name, _, rows in read_revision(store, 2).files} == {"answers.csv": 1, "reviews.csv": 2}
    assert answers(store) == before | {TOLD: replace(before[TOLD], evidence="independently_checked")}
    assert marks(store) == {"T1.a": "checked", "T1.b": "checked"}
    assert reviews(store)[TOLD] == Review(
        *TOLD, "checked", "Auditor", "", "2026-01-01", "mostly", "independently_checked"
    )


def test_what_another_has_changed_since_is_reported_and_nothing_is_saved(store: Path, today: date) -> None:
    opened = answers(store)
    answer_anew(store, TOLD, today, note="Theirs")
    made = [Check(opened[NOT_APPLICABLE], None, "checked"), Check(opened[TOLD], None, "checked", evidence="seen")]
    outcome = save_reviews(store, made, AUDITOR, today)
    assert (outcome.revision, [(p.kind, p.file, p.column, p.value) for p in outcome.problems]) == (
        None, [("changed_meanwhile", "a-op, T1.a", "note", "Theirs")],
    )  # fmt: skip
    assert (marks(store), current_number(store)) == ({}, 2)


@pytest.mark.thorough
def test_of_two_who_check_the_same_answer_the_second_is_told(store: Path, today: date) -> None:
    opened = answers(store)[TOLD]
    saved(store, Check(opened, None, "asked_back", "Which toys?"), writer=Writer("Board", ""), today=today)
    outcome = save_reviews(store, [Check(opened, None, "checked")], AUDITOR, today)
    assert outcome.revision is None
    assert [(p.kind, p.column, p.value) for p in outcome.problems] == [
        ("changed_meanwhile", "verdict", "asked_back"),
        ("changed_meanwhile", "comment", "Which toys?"),
        ("changed_meanwhile", "reviewed_by_role", "Board"),
        ("changed_meanwhile", "reviewed_on", "2026-01-01"),
    ]
    # Compared with theirs, mine takes its place.
    saved(store, Check(opened, reviews(store)[TOLD], "checked"), today=today)
    assert marks(store) == {"T1.a": "checked"}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("check", "kind"), [({"verdict": "asked_back"}, "reason_missing"), ({"evidence": "sean"}, "off_scale")]
)
def test_a_review_that_is_not_sound_stops_the_whole_save(
    check: dict[str, str], kind: str, store: Path, today: date
) -> None:
    found = answers(store)
    made = [Check(found[NOT_APPLICABLE], None, "checked"), Check(found[TOLD], None, **{"verdict": "checked", **check})]
    outcome = save_reviews(store, made, AUDITOR, today)
    assert outcome.revision is None
    assert {(p.kind, p.file) for p in outcome.problems} == {(kind, "a-op, T1.a")}
    assert marks(store) == {}


def test_the_role_that_answered_does_not_check_itself(store: Path, today: date, words: Words) -> None:
    made = [Check(answers(store)[TOLD], None, "checked", evidence="independently_checked")]
    outcome = save_reviews(store, made, Writer(" shop Manager", ""), today)
    assert outcome.revision is None
    assert [sentence(problem, words) for problem in outcome.problems] == [
        "a-op, T1.a, reviewed_by_role: “shop Manager” gave this answer, so a different role must check it."
    ]


# Imported as a file.

WRONG = {
    "unknown_round": ("R9,a-op,T1.a,checked,Auditor,,,", "round"),
    "unknown_operation": ("R2,c-op,T1.a,checked,Auditor,,,", "operation"),
    "unknown_criterion": ("R2,a-op,T9.a,checked,Auditor,,,", "criterion"),
    "not_asked": ("R2,a-op,T2.b,checked,Auditor,,,", "criterion"),
    "off_scale": ("R2,a-op,T1.a,approved,Auditor,,,", "verdict"),
    "missing_value": ("R2,a-op,T1.a,checked,,,,", "reviewed_by_role"),
    "reason_missing": ("R2,a-op,T1.a,asked_back,Auditor,,,", "comment"),
    "bad_date": ("R2,a-op,T1.a,checked,Auditor,,soon,", "reviewed_on"),
    "future_date": ("R2,a-op,T1.a,checked,Auditor,,2026-01-03,", "reviewed_on"),
    "duplicate_row": ("R2,a-op,T1.b,checked,Auditor,,,", "criterion"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", WRONG)
def test_a_bad_row_stays_out_and_the_others_enter(kind: str, store: Path, tmp_path: Path, today: date) -> None:
    line, column = WRONG[kind]
    head = f"{HEAD},comment,reviewed_on,reviewed_status"
    outcome = bring(store, tmp_path, today, head, "R2,a-op,T1.b,checked,Auditor,,2026-01-02,", ",,,,,,,", line)
    assert [(p.kind, p.row, p.column) for p in outcome.problems] == [(kind, 4, column)]
    assert marks(store) == {"T1.b": "checked"}


def test_what_a_review_was_of_is_held_to_the_scale(store: Path, tmp_path: Path, today: date) -> None:
    head = f"{HEAD},reviewed_status,reviewed_evidence"
    outcome = bring(
        store, tmp_path, today, head, "R2,a-op,T1.b,checked,Auditor,na,none", "R2,a-op,T1.a,checked,Auditor,maybe,sean"
    )
    assert [(p.kind, p.row, p.column) for p in outcome.problems] == [
        ("off_scale", 3, "reviewed_evidence"),
        ("off_scale", 3, "reviewed_status"),
    ]


@pytest.mark.parametrize("rated", ["maybe", "unanswered"])
def test_what_a_second_role_would_answer_is_a_word_of_the_scale_that_answers(
    rated: str, store: Path, tmp_path: Path, today: date, words: Words
) -> None:
    rows = (f"{HEAD},rated_status", "R2,a-op,T1.b,checked,Auditor,dont_know", f"R2,a-op,T1.a,checked,Auditor,{rated}")
    outcome = bring(store, tmp_path, today, *rows)
    assert [sentence(problem, words).removesuffix(" Did you mean na?") for problem in outcome.problems] == [
        f"reviews.csv, row 3, rated_status: “{rated}” is not on the scale. Expected: yes, mostly, somewhat, no, na, "
        "dont_know."
    ]
    assert {key: review.rated_status for key, review in reviews(store).items()} == {NOT_APPLICABLE: "dont_know"}


def test_another_rating_is_reported_and_a_closed_round_takes_none(store: Path, tmp_path: Path, today: date) -> None:
    opened = answers(store)[TOLD]
    saved(store, Check(opened, None, "checked"), today=today)
    was = reviews(store)[TOLD]
    saved(store, Check(opened, was, "checked", rated_status="no"), today=today)
    outcome = save_reviews(store, [Check(opened, was, "checked", rated_status="yes")], AUDITOR, today)
    assert [(p.kind, p.column, p.value) for p in outcome.problems] == [("changed_meanwhile", "rated_status", "no")]
    assert close_round(store, "R2", AUDITOR, today, accept=True).revision is not None
    rated = f"R2,a-op,T1.a,checked,Auditor,{today}"
    again = bring(store, tmp_path, today, f"{HEAD},reviewed_on,rated_status", f"{rated},no")
    assert again.problems == ()
    other = bring(store, tmp_path, today, f"{HEAD},reviewed_on,rated_status", f"{rated},yes")
    assert [p.kind for p in other.problems] == ["round_closed"]
    assert reviews(store)[TOLD].rated_status == "no"


@pytest.mark.thorough
def test_an_answer_that_stays_out_is_no_answer_to_review(store: Path, tmp_path: Path, today: date) -> None:
    """The review of an answer given for the first time in the same load is accepted or rejected with it."""
    head, row = "round,operation,criterion,status,answered_by_role,answered_on", "R2,a-op,T2.a,{},Shop manager,{}"
    (tmp_path / "answers.csv").write_text(f"{head}\n{row.format('yes', 'soon')}\n")
    (tmp_path / "reviews.csv").write_text(f"{HEAD}\nR2,a-op,T2.a,checked,Auditor\n")
    outcome = publish(Load(store, [tmp_path], AUDITOR, today))
    assert [(p.kind, p.row) for p in outcome.problems] == [("bad_date", 2), ("nothing_to_review", 2)]
    (tmp_path / "answers.csv").write_text(f"{head}\n{row.format('yes', '')}\n")
    assert publish(Load(store, [tmp_path], AUDITOR, today)).problems == ()
    assert marks(store) == {"T2.a": "checked"}
    # A role that answers in the same load counts as the role that has answered.
    (tmp_path / "answers.csv").write_text(f"{head}\n{row.format('no', '').replace('Shop manager', 'Auditor')}\n")
    assert [p.kind for p in publish(Load(store, [tmp_path], AUDITOR, today)).problems] == ["same_role"]


@pytest.mark.thorough
def test_reviews_as_stored_are_imported_again_without_any_change(store: Path, tmp_path: Path, today: date) -> None:
    found = answers(store)
    saved(
        store,
        Check(found[TOLD], None, "asked_back", 'Which, "all"?\n=SUM(A1)', evidence="seen"),
        Check(found[NOT_APPLICABLE], None, "checked", rated_status="no"),
        today=today,
    )
    answer_anew(store, NOT_APPLICABLE, today, na_reason="Another.")
    before = reviews(store)
    assert marks(store) == {"T1.a": "asked_back", "T1.b": "changed"}
    (tmp_path / "stored.csv").write_text(as_csv(RECORDS["reviews"], map(vars, before.values())), "utf-8", newline="")
    assert publish(Load(store, [tmp_path / "stored.csv"], AUDITOR, today)).problems == ()
    assert reviews(store) == before
    assert marks(store) == {"T1.a": "asked_back", "T1.b": "changed"}


@pytest.mark.thorough
def test_a_file_that_does_not_say_what_was_reviewed_renews_no_mark(store: Path, tmp_path: Path, today: date) -> None:
    lines = (f"{HEAD},reviewed_on", "R2,a-op,T1.a,checked,Auditor,2025-06-01")
    bring(store, tmp_path, today, *lines)
    answer_anew(store, TOLD, today, note="Not all of them.")
    bring(store, tmp_path, today, *lines)
    assert marks(store) == {"T1.a": "changed"}, "the same review, handed in again"
    bring(store, tmp_path, today, lines[0], "R2,a-op,T1.a,checked,Auditor,2025-06-02")
    assert marks(store) == {"T1.a": "checked"}, "a later review"
    answer_anew(store, TOLD, today, note="")
    bring(store, tmp_path, today, f"{lines[0]},rated_status", "R2,a-op,T1.a,checked,Auditor,2025-06-02,no")
    assert marks(store) == {"T1.a": "checked"}, "rated since"


def test_reviews_change_no_figure(store: Path, today: date) -> None:
    before = asked(store, "FROM tally ORDER BY ALL")
    saved(store, Check(answers(store)[TOLD], None, "checked"), today=today)
    assert asked(store, "FROM tally ORDER BY ALL") == before


@pytest.mark.thorough
def test_a_review_stays_with_its_criterion_when_that_gets_another_name(
    store: Path, tiny: Path, tmp_path: Path, today: date
) -> None:
    saved(store, Check(answers(store)[TOLD], None, "checked"), today=today)
    folder = tmp_path / "frameworks" / "toy"
    folder.mkdir(parents=True)
    text = (tiny / "frameworks" / "toy" / "framework.yaml").read_text("utf-8")
    text = text.replace('version: "1.0"', 'version: "1.1"').replace(
        "criterion: T1.a", "criterion: T1.z\n        formerly: [T1.a]"
    )
    (folder / "framework.yaml").write_text(text, "utf-8")
    outcome = publish(Load(store, [tmp_path / "frameworks"], AUDITOR, today))
    if outcome.revision is None:
        pytest.fail(str(outcome.problems))
    assert marks(store) == {"T1.z": "checked"}
    told = bring(store, tmp_path, today, HEAD, "R2,b-op,T1.a,checked,Auditor")
    assert [p.kind for p in told.problems] == ["former_id"]
    assert asked(store, "SELECT count(*) FROM reviewed") == [(2,)]


@pytest.mark.thorough
def test_the_step_that_brought_the_last_answers_is_known(store: Path, today: date) -> None:
    steps = "SELECT round, operation, step FROM brought JOIN round USING (round_no) JOIN operation USING (operation_no)"
    first = {("R1", "a-op"): 1, ("R1", "toy-hq"): 1, ("R2", "a-op"): 1, ("R2", "b-op"): 1, ("R2", "toy-hq"): 1}
    assert {(r, o): step for r, o, step in asked(store, steps)} == first
    answer_anew(store, TOLD, today, note="x")
    assert {(r, o): step for r, o, step in asked(store, steps)} == first | {("R2", "a-op"): 2}
