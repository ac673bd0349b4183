"""The framework files inside a publication: stored as they are, and as rows that are numbered."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import duckdb
import pyarrow as pa

from dashboard.loading.library.asked_once import areas_of, asked_once, repeated
from dashboard.loading.library.averages import parts_of
from dashboard.loading.library.library import Library
from dashboard.model.standard.advice import STEPS
from dashboard.model.standard.framework import Area, Criterion, Framework, Strict
from dashboard.model.standard.scales import OWN, key_of
from dashboard.store.publishing.library_numbers import continued, names_before, numbers, numbers_of_scale, scale_rows
from dashboard.store.publishing.wording import wording

Rows = list[dict[str, object]]


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
            "scale_no": scale_no[framework.framework, *key_of(criterion)],
        }

    guidance = sorted(library.guidance, key=lambda item: (STEPS.index(item.step), item.guidance))
    cases = sorted(library.cases, key=lambda item: item.case_study)
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
        "theme": _in_order(library.rights.themes),
        "tension": [item.model_dump() for item in library.tensions.tensions],
        "crc_right": [item.model_dump() for item in library.rights.rights],
        "risk_area": [item.model_dump() for item in library.risk_areas.risk_areas],
        "setting": _in_order(library.settings.settings),
        "business_function": _in_order(library.functions.functions),
        "impact": [item.model_dump() for item in library.impacts.impacts],
        "crosswalk": [item.model_dump() for item in library.crosswalk.links],
        "instrument": [
            {key: value for key, value in row.items() if key != "points"}
            for row in _in_order(library.beside.instruments)
        ],
        "point": [
            {**row, "instrument": item.instrument}
            for item in library.beside.instruments
            for row in _in_order(item.points)
        ],
        "guidance": _in_order(guidance),
        "case_study": _in_order(cases),
        "tour": [
            item.model_dump(include={"tour", "minutes"}) | {"position": position}
            for position, item in enumerate(sorted(library.tours, key=lambda tour: (tour.minutes, tour.tour)), start=1)
        ],
        "tour_step": [
            {"tour": item.tour, "step": number, "id": item.step_id(number), "place": step.place(), "note": step.note}
            for item in library.tours
            for number, step in enumerate(item.steps, start=1)
        ],
        "wording": list(wording(written)),
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
        "of_scale": criterion.scale or OWN,
    }


def _in_order(items: Iterable[Strict]) -> Rows:
    """The items with their positions in the file."""
    return [
        item.model_dump(exclude={"schema_version"}) | {"position": position}
        for position, item in enumerate(items, start=1)
    ]


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
