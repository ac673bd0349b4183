"""Is the status of each quarter read from one text and written there, whatever else it holds?"""

from datetime import date

import pytest

from dashboard.model.plan.quarters import quarter_of, statuses_by_quarter, with_status


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"), (date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2"),
        (date(2025, 12, 31), "2025-Q4"),
    ],
)  # fmt: skip
def test_a_day_lies_in_its_quarter(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


def test_entries_are_read_the_earliest_first_and_the_rest_is_left_out() -> None:
    read = statuses_by_quarter("2026-Q1 done;2025-Q4 in_progress ; ; Q2 open; 2026-Q5 open")
    assert list(read.items()) == [("2025-Q4", "in_progress"), ("2026-Q1", "done")]
    assert statuses_by_quarter(None) == statuses_by_quarter("") == {}


def test_a_status_takes_the_place_of_what_its_quarter_said() -> None:
    assert with_status("", "2026-Q1", "open") == "2026-Q1 open"
    assert with_status("2026-Q1 open; 2025-Q4 open", "2026-Q1", "done") == "2025-Q4 open; 2026-Q1 done"
