"""Which numbers stand for ids inside a publication? A known id keeps its number, and so its answers and its history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import duckdb

from dashboard.loading.library.asked_once import asked_once
from dashboard.loading.library.former_names import carried, former_names
from dashboard.loading.library.library import Library
from dashboard.loading.library.references import NONE
from dashboard.model.standard.framework import Framework
from dashboard.model.standard.scales import OWN, Choice, scales_used, status_id
from dashboard.model.standard.standard import UNANSWERED

Code = TypeVar("Code")
Said = tuple[str, str, bool, str]
"""A status by its framework, its scale, whether that counts the other way round, and its code."""


def names_before(connection: duckdb.DuckDBPyConnection, library: Library) -> dict[str, str]:
    """Every former name with the current id it leads to, including those declared in earlier versions.

    What repeats a criterion is one of its names.
    """
    library = asked_once(library)
    present = {
        code
        for framework in library.frameworks
        for area in framework.areas
        for code in (area.area, *(c.criterion for c in area.criteria))
    }
    before = dict(connection.execute("SELECT former, code FROM former_name").fetchall())
    names = carried(before, former_names(library.frameworks))
    return {former: code for former, code in names.items() if code in present and former not in present}


def numbers(
    connection: duckdb.DuckDBPyConnection, table: str, codes: Sequence[str], names: Mapping[str, str] = NONE
) -> dict[str, int]:
    known = dict(connection.execute(f"SELECT {table}, {table}_no FROM {table}").fetchall())  # noqa: S608
    # A number is never reused: the texts of what has been removed keep it.
    (last,) = connection.execute("SELECT coalesce(max(criterion_no), 0) FROM former_text").fetchall()[0]
    for former, code in names.items():
        if code in codes and code not in known and former in known and former not in codes:
            known[code] = known.pop(former)
    return continued(known, codes, last if table == "criterion" else 0)


def numbers_of_scale(connection: duckdb.DuckDBPyConnection, frameworks: Iterable[Framework]) -> dict[Said, int]:
    rows = connection.execute(
        "SELECT framework, coalesce(of_scale, ''), coalesce(reversed, false), status, status_no "
        "FROM scale JOIN framework USING (framework_no)"
    )
    known = {(framework, scale, turned, status): number for framework, scale, turned, status, number in rows.fetchall()}
    return continued(known, [key for f in frameworks for key, _ in scale_rows(f)])


def continued(known: Mapping[Code, int], codes: Iterable[Code], last: int = 0) -> dict[Code, int]:
    """A number for every code: the known one, or the next above all of them and above `last`."""
    numbers = dict(known)
    for code in codes:
        if code not in numbers:
            numbers[code] = max(last, *numbers.values(), 0) + 1
    return numbers


def scale_rows(framework: Framework) -> list[tuple[Said, dict[str, object]]]:
    """The statuses of each scale, followed by *unanswered*, which every scale has and none defines."""
    nothing = Choice(UNANSWERED, "Unanswered", "unanswered", None, OWN)
    return [
        (
            (framework.framework, scale, turned, choice.status),
            {
                "of_scale": scale,
                "reversed": turned,
                "wording_id": status_id(framework, choice),
                **{name: getattr(choice, name) for name in ("status", "title", "counts_as", "value", "number")},
            },
        )
        for (scale, turned), choices in scales_used(framework).items()
        for choice in (*choices, nothing)
    ]
