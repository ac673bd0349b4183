"""Are all rows of a question read part by part, and the same ones that are read at once?"""

import re
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from dashboard.model.pages import PAGES
from dashboard.queries import ask as asking
from dashboard.queries.ask import InParts, ask, parameters, question, questions
from dashboard.queries.question import folded
from tests.conftest import MakeView, rest_thorough

TABLES = tuple(table for page in PAGES.values() for table in page.tables)
ALSO = {name for table in TABLES if table in folded() for name in (*folded()[table].beside, *folded()[table].looked_up)}
READ = sorted(name for name in {*TABLES, *ALSO} if name in questions())
"""The questions in SQL whose rows reach other tools."""
CUT = re.compile(r"LIMIT (?!CASE WHEN NOT \$whole THEN \d+ END)|\[1:(?!CASE WHEN \$whole THEN -1 ELSE \d+ END\])")
"""How a list would be cut whoever asks."""
CHOSEN = {
    "operation": "gha-op", "subject": ("gha-op", "col-op"), "earlier": "2024", "criterion": "CRBP-01.b",
    "indicator": "internet_gender_gap", "against": "cop-2014", "focus": "CRBP-01", "kind": "",
}  # fmt: skip


def same(table: pa.Table) -> pa.Table:
    return table


def read(rows: InParts, most: int) -> list[dict[str, object]]:
    batches = list(rows.to_batches(most))
    assert all(0 < len(batch) <= most for batch in batches)
    return pa.Table.from_batches(batches, rows.schema).to_pylist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("table", rest_thorough(TABLES, now=9))
def test_the_parts_are_the_whole(table: str, view_of: MakeView) -> None:
    view = view_of(**CHOSEN)
    given = view.parameters(whole=True, today=date(2026, 1, 1))
    rows = InParts(view.published, table, given, same)
    whole = ask(view.published, table, given)
    assert rows.schema == whole.schema
    assert read(rows, 7) == read(rows, 10_000) == whole.to_pylist(), "read anew each time"


def test_no_list_that_reaches_other_tools_is_cut_whoever_asks() -> None:
    assert {"answers", "owed", "ratings", "settings"} <= {*READ}
    assert [name for name in READ if CUT.search(question(name))] == []


@pytest.mark.parametrize("table", [name for name in READ if "$whole THEN" in question(name) and name in TABLES])
def test_a_list_that_a_page_cuts_is_whole_for_other_tools(
    table: str, view_of: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another limit, since the sample is smaller than the real ones."""
    view = view_of(**{**CHOSEN, "operation": ""})
    shorter = re.sub(r"THEN \d+ END|ELSE \d+ END", lambda found: f"{found[0].split()[0]} 2 END", question(table))
    (short,) = duckdb.extract_statements(shorter)
    monkeypatch.setattr(asking, "statement", lambda name: short)
    cut, whole = (
        asking.rows_of(view.published, table, parameters(table, view.parameters(whole=whole)))
        for whole in (False, True)
    )
    uncut = ask(view.published, table, view.parameters(whole=True))
    assert whole.equals(uncut)
    assert not cut.equals(whole)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_withheld_is_withheld_in_parts_too(table: str, view_of: MakeView) -> None:
    view = view_of(**CHOSEN)
    masked = view.published.through(view.published.pool, masked=True)
    given = view.parameters(whole=True, today=date(2026, 1, 1))
    assert read(InParts(masked, table, given, same), 7) == ask(masked, table, given).to_pylist()
