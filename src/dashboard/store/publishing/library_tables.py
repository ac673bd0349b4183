"""Stores the framework files in a publication: as they are, and as rows with numbers and with titles in each language.

A known id keeps its number, and so its answers and its history. Untranslated texts fall back to English.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

import duckdb
import pyarrow as pa

from dashboard.loading.criterion_weights import areas_of, asked_once, parts_of, repeated
from dashboard.loading.library import Library
from dashboard.loading.references import NONE, carried, former_names
from dashboard.model.framework import (
    OWN_SCALE,
    Area,
    Criterion,
    Framework,
    ScaleChoice,
    scale_key,
    scales_used,
    status_id,
)
from dashboard.model.standard_files import UNANSWERED
from dashboard.store.publishing.spoken_tables import Rows, in_order, rows_of_languages, said_rows

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
    nothing = ScaleChoice(UNANSWERED, "Unanswered", "unanswered", None, OWN_SCALE)
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


def stored_library(connection: duckdb.DuckDBPyConnection) -> Library:
    """The library of an open publication; empty if none has been written yet."""
    row = connection.execute("SELECT library FROM library").fetchone()
    return Library.from_json(row[0]) if row else Library()


def write_library(connection: duckdb.DuckDBPyConnection, library: Library) -> None:
    """Replace every framework table by the content of `library`, inside the caller's transaction.

    An area or criterion that declares a former name takes over its number, and so its answers and its history. A
    criterion that repeats another keeps its own number, but is not asked.
    """
    written, library = library, asked_once(library)
    names = names_before(connection, library)
    framework_no = numbers(connection, "framework", [f.framework for f in library.frameworks])
    areas = [(f, area) for f in library.frameworks for area in f.areas]
    area_no = numbers(connection, "area", [area.area for _, area in areas], names)
    criteria = [(f, area, c) for f, area in areas for c in area.criteria]
    codes = [c.criterion for f in written.frameworks for area in f.areas for c in area.criteria]
    criterion_no = numbers(connection, "criterion", codes, names)
    status_no = numbers_of_scale(connection, library.frameworks)
    scale_no = continued({}, [key[:3] for f in library.frameworks for key, _ in scale_rows(f)])

    def asks(framework: Framework, area: Area, criterion: Criterion) -> dict[str, object]:
        return _plain(criterion) | {
            "criterion_no": criterion_no[criterion.criterion],
            "area_no": area_no[area.area],
            "framework_no": framework_no[framework.framework],
            "scale_no": scale_no[framework.framework, *scale_key(criterion)],
        }

    rows: dict[str, Rows] = {
        "library": [{"library": written.to_json()}],
        "framework": [_framework(f, framework_no, library.checksums) for f in library.frameworks],
        "band": [row for f in library.frameworks for row in _bands(f, framework_no[f.framework])],
        "scale": [
            {"status_no": status_no[key], "framework_no": framework_no[key[0]], "scale_no": scale_no[key[:3]]} | rest
            for f in library.frameworks
            for key, rest in scale_rows(f)
        ],
        "area": [
            area.model_dump(include={"area", "code", "title", "text", "spheres"})
            | {"area_no": area_no[area.area], "framework_no": framework_no[f.framework]}
            for f, area in areas
        ],
        "criterion": [asks(*one) for one in criteria],
        "criterion_area": [
            {"criterion_no": criterion_no[code], "area_no": area_no[area.area], "parts": parts, "weights": weights}
            for f in written.frameworks
            for code, area, element in areas_of(f)
            for parts, weights in [parts_of(f, area, element)]
        ],
        "repeated": [asks(*one) | {"same_as": one[-1].same_as} for one in repeated(written.frameworks)],
        "criterion_link": [
            {"criterion_no": criterion_no[c.criterion], "target_type": kind, "target": target, "position": position}
            for _, _, c in criteria
            for kind, targets in (
                ("theme", _themes_of(c.rights, library)),
                ("right", c.rights),
                ("risk_area", c.risk_areas),
                ("function", c.functions),
                ("setting", c.settings),
            )
            for position, target in enumerate(targets)
        ],
        "succession": [
            {"criterion_no": criterion_no[c.criterion], "earlier_no": criterion_no[earlier]}
            for _, _, c in criteria
            for earlier in c.supersedes
        ],
        "former_name": [{"former": former, "code": code} for former, code in names.items()],
        "theme": in_order(library.rights.themes),
        "risk_area": [item.model_dump() for item in library.risk_areas.risk_areas],
        "business_function": in_order(library.functions.functions),
        "impact": [item.model_dump() for item in library.impacts.impacts],
        "crosswalk": [item.model_dump() for item in library.crosswalk.links],
        "point": [
            {**row, "instrument": item.instrument}
            for item in library.beside.instruments
            for row in in_order(item.points)
        ],
        "tour": [
            item.model_dump(include={"tour", "minutes"}) | {"position": position}
            for position, item in enumerate(sorted(library.tours, key=lambda tour: (tour.minutes, tour.tour)), start=1)
        ],
        **said_rows(library),
        **rows_of_languages(written),
    }
    for table, content in rows.items():
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
        _append(connection, table, content)


def _plain(criterion: Criterion) -> dict[str, object]:
    """What a criterion says about itself; what it refers to is in tables of its own."""
    lists = {"rights", "risk_areas", "functions", "settings", "supersedes", "formerly"}
    return criterion.model_dump(exclude={*lists, "same_as", "page", "scale", "element"}) | {
        "citation": criterion.cited(),
        "evidence_hint": criterion.evidence_hint or "",
        "of_scale": criterion.scale or OWN_SCALE,
    }


def _themes_of(rights: Iterable[str], library: Library) -> list[str]:
    """The themes of some articles, without repeats: a criterion that serves two articles of a theme serves it once."""
    served = {theme for right in library.rights.rights if right.right in rights for theme in right.themes}
    return sorted(served)


def _append(connection: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    if not rows:
        return
    connection.register("library_rows", pa.Table.from_pylist(rows))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM library_rows")  # noqa: S608
    connection.unregister("library_rows")


def _framework(framework: Framework, number_of: Mapping[str, int], checksums: Mapping[str, str]) -> dict[str, object]:
    plain = framework.model_dump(exclude={"schema_version", "scale", "numbers", "bands", "areas", "weights"})
    return plain | {
        "framework_no": number_of[framework.framework],
        "average_of": ", ".join(framework.average_of),
        "country_figure": framework.country_figure,
        "checksum": checksums[framework.framework],
    }


def _bands(framework: Framework, number: int) -> Rows:
    ends = [*(high.starts_at for _, high in pairwise(framework.bands)), 101]
    return [
        {"framework_no": number, "band_no": position, "ends_at": end} | band.model_dump()
        for position, (band, end) in enumerate(zip(framework.bands, ends, strict=True), start=1)
    ]
