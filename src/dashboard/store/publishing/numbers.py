"""Which number does an answer mean, however it is written? Decided before rows are checked, on the scale to be."""

import duckdb

from dashboard.model.standard.scales import scales_of
from dashboard.store.publishing.inputs import InputFiles
from dashboard.store.sql import run

STORED = "SELECT criterion, number, status FROM criterion JOIN scale USING (scale_no) WHERE number IS NOT NULL"


def write_numbers_alike(connection: duckdb.DuckDBPyConnection, beside: InputFiles) -> None:
    """Write staged answers that are numbers as their scale does: 62.5 for 62.50, 62,5 and 62.5 %."""
    codes = _codes(beside) if beside.roots else connection.execute(STORED).fetchall()
    if not codes:
        return
    connection.execute("CREATE TEMP TABLE number_codes (criterion VARCHAR, number DOUBLE, status VARCHAR)")
    connection.executemany("INSERT INTO number_codes VALUES (?, ?, ?)", codes)
    run(connection, "load/answers/numbers")


def _codes(beside: InputFiles) -> list[tuple[str, float, str]]:
    """The numbers that each criterion can be answered with, and the code of each."""
    return [
        (criterion.criterion, choice.number, choice.status)
        for framework in beside.joined().frameworks
        if framework.numbers
        for scales in [scales_of(framework)]
        for area in framework.areas
        for criterion in area.criteria
        for choice in scales.get(criterion.scale or "", ())
        if choice.number is not None
    ]
