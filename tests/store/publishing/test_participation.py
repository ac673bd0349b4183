"""Are records of participation imported like a file, and is no count stored that could identify a child?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.csv_files import records_csv
from dashboard.model.answer import COUNTS, Participation
from dashboard.model.problem import Problem
from dashboard.model.records import Draft
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import save_rows, stored_rows
from dashboard.store.reader import Reader

NEW = Participation(
    "P-001",
    "a-op",
    "R2",
    "workshop",
    "2025-02-10",
    "12_to_14;15_to_17",
    "40",
    "21",
    "19",
    "",
    "12",
    *("yes", "yes", "no", "not_applicable"),
    *("yes", "The shop closes earlier.", "Report 7", "In two sessions."),
)
KEY = (NEW.operation, NEW.round, NEW.activity, NEW.held_on, "")


def stored(store: Path) -> dict[str, Participation]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {key[0]: row for key, row in stored_rows(connection, Participation).items()}


@pytest.fixture
def today() -> date:
    return date(2026, 1, 1)


def saved(store: Path, was: Participation | None, wanted: Participation, writer: Writer, today: date) -> Outcome:
    return save_rows(store, [Draft(was, wanted)], writer, today, lambda _: "Workshop")


def kinds(problems: Iterable[Problem]) -> list[tuple[str, str, str | None]]:
    return [(problem.kind, problem.file, problem.column) for problem in problems]


def test_a_record_is_written_changed_and_withdrawn(store: Path, writer: Writer, today: date) -> None:
    for wanted in (NEW, replace(NEW, operation="b-op", held_on="2025-03-01")):
        assert saved(store, None, replace(wanted, record=""), writer, today).problems == ()
    second = replace(NEW, record="P-002", operation="b-op", held_on="2025-03-01")
    assert stored(store) == {"P-001": NEW, "P-002": second}
    later = replace(NEW, changed="not_yet", what_changed="", children="60")
    assert saved(store, NEW, later, writer, today).problems == ()
    assert stored(store) == {"P-001": later, "P-002": second}
    assert saved(store, second, Participation("P-002"), writer, today).problems == ()
    assert stored(store) == {"P-001": later}


def test_nothing_is_written_over_what_somebody_else_has_said(store: Path, writer: Writer, today: date) -> None:
    saved(store, None, NEW, writer, today)
    theirs = replace(NEW, note="In one session.", out_of_school="15")
    saved(store, NEW, theirs, writer, today)
    mine = saved(store, NEW, replace(NEW, activity="survey"), writer, today)
    assert kinds(mine.problems) == [
        ("changed_meanwhile", "Workshop", "out_of_school"),
        ("changed_meanwhile", "Workshop", "note"),
    ]
    saved(store, theirs, Participation("P-001"), writer, today)
    assert kinds(saved(store, theirs, NEW, writer, today).problems) == [("gone_meanwhile", "Workshop", None)]
    assert stored(store) == {}


def test_a_value_that_is_not_sound_is_reported_under_the_name_of_the_record(
    store: Path, writer: Writer, today: date
) -> None:
    outcome = saved(store, None, replace(NEW, activity="talk"), writer, today)
    assert (outcome.revision, kinds(outcome.problems)) == (None, [("off_scale", "Workshop", "activity")])


# All children, girls, boys, children with disabilities, out of school: as imported, and as stored. * is withheld.
DRAWN = """
| 40 21 19 12 -  | 40 21 19 12 - |
| 10 0  10 -  -  | 10 0  10 -  - |
| 9  -  -  -  -  | *  -  -  -  - |
| 9  0  9  -  4  | *  *  *  -  * |
| 40 9  -  -  -  | 40 *  -  -  - |
| 40 31 -  -  -  | 40 *  -  -  - |
| 40 31 9  -  -  | 40 *  *  -  - |
| 40 12 9  -  -  | 40 12 *  -  - |
| 40 20 12 -  -  | 40 20 *  -  - |
| 40 12 20 -  -  | 40 *  20 -  - |
| 40 16 16 -  -  | 40 16 *  -  - |
| 40 20 10 -  -  | 40 20 10 -  - |
| 40 -  -  33 1  | 40 -  -  *  * |
| 40 -  -  30 30 | 40 -  -  30 30 |
| -  15 3  -  -  | -  15 *  -  - |
| *  15 -  12 -  | *  *  -  *  - |
| 40 20 *  -  -  | 40 20 *  -  - |
"""


def counts(cell: str) -> dict[str, str]:
    said = {"-": "", "*": "withheld"}
    return {name: said.get(n, n) for name, n in zip(COUNTS, cell.split(), strict=True)}


def rows_drawn() -> list[tuple[dict[str, str], dict[str, str]]]:
    lines = [line.strip("| ").split("|") for line in DRAWN.strip().splitlines()]
    return [(counts(given), counts(kept)) for given, kept in lines]


def test_a_small_count_and_what_would_give_it_away_is_never_stored(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    file = tmp_path / "participation.csv"
    given = [Participation(f"P-{n}", *KEY, **said) for n, (said, _) in enumerate(rows_drawn())]
    kept = {f"P-{n}": Participation(f"P-{n}", *KEY, **said) for n, (_, said) in enumerate(rows_drawn())}
    file.write_bytes(records_csv("participation", given))
    assert publish(Load(store, [file], writer, today)).problems == ()
    assert stored(store) == kept
    # Its export, imported again, says the same.
    file.write_bytes(records_csv("participation", kept.values()))
    assert publish(Load(store, [file], writer, today)).problems == ()
    assert stored(store) == kept


def test_no_group_of_fewer_than_ten_can_be_calculated_by_subtraction(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    given = [
        Participation(f"{n_all} {girls} {boys}", *KEY, children=str(n_all), girls=str(girls), boys=str(boys))
        for n_all in range(10, 45)
        for girls in range(n_all + 1)
        for boys in range(n_all - girls + 1)
    ]
    file = tmp_path / "participation.csv"
    file.write_bytes(records_csv("participation", given))
    assert publish(Load(store, [file], writer, today)).problems == ()
    for record in stored(store).values():
        shown = [int(n) for n in (record.girls, record.boys) if n.isdigit()]
        n_all = int(record.children)
        told = [*shown, *(n_all - n for n in shown)] + ([n_all - sum(shown)] if len(shown) == 2 else [])
        assert [n for n in told if 0 < n < 10] == [], record


def test_what_a_load_refuses_quotes_no_count(store: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    file = tmp_path / "participation.csv"
    file.write_bytes(
        records_csv("participation", [replace(NEW, children="20", girls="7 or 8", out_of_school="23", boys="4.")])
    )
    problems = publish(Load(store, [file], writer, today)).problems
    assert kinds(problems) == [
        ("bad_count", "participation.csv", "boys"),
        ("bad_count", "participation.csv", "girls"),
        ("more_than_all", "participation.csv", "out_of_school"),
    ]
    assert {(problem.value, problem.expected) for problem in problems} == {(None, None)}


def test_a_line_that_cannot_be_read_is_not_quoted(store: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    file = tmp_path / "participation.csv"
    head = "record,operation,round,activity,held_on,children\nP-2,a-op,R2,survey,2025-02-10,\n"
    file.write_text(f"{head}P-1,a-op,R2,survey,2025-02-10,7 or 8,more\n", "utf-8")
    (torn,) = publish(Load(store, [file], writer, today)).problems
    assert torn.kind == "torn_row"
    assert "7 or 8" not in (torn.value or "")
