"""Is a preview put into sentences that say what is lost?"""

from collections.abc import Iterable

from dashboard.loading.yaml_file import read_words
from dashboard.model.publish_preview import Changes, Count, Few, Withdrawn
from dashboard.tasks.preview import MOST_SENTENCES, agreements, change_lines

WORDS = read_words()


def titles(what: str, code: str) -> str:
    return f"{what} {code.upper()}"


def emptied(codes: Iterable[str]) -> str:
    lost = Changes(withdrawn=tuple(Withdrawn("2025", code, 3, 4) for code in codes))
    return agreements(lost, titles, WORDS)["withdrawn_2025"]


def test_operations_that_would_lose_answers_are_named_or_counted() -> None:
    assert "6 of the 8 answers published for operation A, operation B in round 2025" in emptied("ab")
    assert "12 of the 16 answers published for 4 operations in round 2025" in emptied("abcd")


def test_a_round_of_which_few_rows_come_in_is_told() -> None:
    few = agreements(Changes(few=(Few("2025", 1, 3),)), titles, WORDS)
    assert few == {"few_2025": "Only 1 of 3 rows of round 2025 would be published."}


def test_what_is_lost_is_told_and_what_concerns_critical_criteria_is_strong() -> None:
    counts = (Count("answers", "2025", "a", "changed", 3), Count("answers", "2025", "a", "rejected", 1))
    lines = change_lines(Changes(counts, n_raised=2, n_unproven=3, n_taken_away=1), titles, WORDS)
    assert [line.text for line in lines[:3]] == [
        "Answers from operation A, round 2025: 3 are changed, 1 row is left out.",
        "▼ 2 critical criteria are newly answered as not in place.",
        "3 answers would lose their evidence.",
    ]
    assert lines[3].text.startswith("1 row has empty cells where a value is published.")
    assert [line.strong for line in lines] == [False, True, False, False]


def test_rows_left_out_before_the_checks_and_by_them_are_one_number() -> None:
    counts = (Count("answers", "2025", "a", "rejected", 2), Count("answers", "2025", "a", "rejected", 1))
    first, *_ = change_lines(Changes(counts), titles, WORDS)
    assert first.text == "Answers from operation A, round 2025: 3 rows are left out."


def test_many_operations_share_a_sentence() -> None:
    counts = tuple(Count("answers", "2025", f"o{n}", "changed", 1) for n in range(MOST_SENTENCES + 2))
    *_, last = change_lines(Changes(counts), titles, WORDS)
    assert last.text == "In 2 more operations or rounds: 2 are changed."


def test_what_changes_nothing_says_so() -> None:
    (line,) = change_lines(Changes(), titles, WORDS)
    assert line.text == WORDS("collect.nothing_new")
