"""What goes into an archive of a publication? Its tables and frameworks, as files that can be imported."""

from collections.abc import Iterator, Mapping

from dashboard.exports.archive.tables import table_text
from dashboard.exports.standard.yaml_text import standard_yaml
from dashboard.figures.read import rules
from dashboard.loading.library.library import Library
from dashboard.loading.library.translations import OF_THE_GROUP
from dashboard.model.archive import FRAMEWORKS, TABLES
from dashboard.model.standard.framework import Strict
from dashboard.model.standard.shared import SHARED_FILES
from dashboard.model.standard.standard import CROSSWALK_FILE, FRAMEWORK_FILE
from dashboard.store.reading.reader import Published
from dashboard.store.sql import sql

KINDS = (
    "countries", "operations", "rounds", "answers", "reviews", "risk_ratings", "opportunity_ratings", "actions",
    "targets", "participation", "evidence", "indicators", "context",
)  # fmt: skip
"""The tables of an archive. What people said to each other, and who may do what, stays at home."""
OF_STORE = {"answers": "stored_answers", "reviews": "stored_reviews"}
"""Tables that are read as for any other row that could be imported again."""
NAMING = frozenset(("participation", "evidence", "indicators", "context"))
"""Tables that are left out while names are hidden: they would name an operation, or say nothing without its name."""


def tables_of(published: Published, operations: list[str], whole: bool) -> Iterator[tuple[str, bytes]]:
    """Every table that has rows, with its path."""
    for kind in KINDS:
        if published.masked and kind in NAMING:
            continue
        rows = rows_in(published, kind, operations, whole)
        if rows:
            yield f"{TABLES}/{kind}.csv", table_text(kind, rows)


def rows_in(published: Published, kind: str, operations: list[str], whole: bool) -> list[dict[str, object]]:
    """The rows of one table that concern these operations; with `whole`, also those of the group."""
    text = sql(OF_STORE.get(kind, f"archived/{kind}"))
    given = {"operations": operations, "whole": whole, "rounds": None, "criteria": None}
    with published.cursor() as cursor:
        named = {name: value for name, value in given.items() if f"${name}" in text}
        found = cursor.execute(text, named)
        columns = [column for column, *_ in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    # All roles are called the same, but nobody reviews their own answer.
    return [row | {"answered_by_role": None} for row in rows] if published.masked and kind == "answers" else rows


def standards_of(library: Library, naming: bool) -> Iterator[tuple[str, bytes]]:
    """Every framework and shared list of a library, with its path. Without `naming`, no titles of the group's lists."""
    for framework in library.frameworks:
        yield f"{FRAMEWORKS}/{framework.framework}/{FRAMEWORK_FILE}", _text(framework)
    shared: Mapping[str, Strict] = {
        "rights.yaml": library.rights,
        "tensions.yaml": library.tensions,
        "risk_areas.yaml": library.risk_areas,
        "settings.yaml": library.settings,
        "functions.yaml": library.functions,
        "impacts.yaml": library.impacts,
        CROSSWALK_FILE: library.crosswalk,
        "beside.yaml": library.beside,
    }
    for name in SHARED_FILES:
        yield f"{FRAMEWORKS}/shared/{name}", _text(shared[name])
    gone = _left_behind(library, naming)
    for translation in library.translations:
        kept = {code: text for code, text in translation.texts.items() if code not in gone}
        if kept:
            held = translation.model_copy(update={"texts": kept})
            yield f"{FRAMEWORKS}/shared/{translation.language}.yaml", _text(held)


def method() -> Iterator[tuple[str, bytes]]:
    """The code that makes every figure, as *Data & method* shows it."""
    yield "method/readings.py", rules().encode()
    yield "method/scoring.sql", sql("scoring").encode()


def _left_behind(library: Library, naming: bool) -> set[str]:
    """What translations name that is not in an archive: advice, tours and, without `naming`, the group's lists."""
    steps = (tour.step_id(number + 1) for tour in library.tours for number in range(len(tour.steps)))
    named = {code for translation in library.translations for code in translation.texts}
    return {
        *(item.guidance for item in library.guidance),
        *(item.case_study for item in library.cases),
        *(tour.tour for tour in library.tours),
        *steps,
        *(code for code in named if code.partition("/")[0] in OF_THE_GROUP and not naming),
    }


def _text(value: Strict) -> bytes:
    return standard_yaml(value).encode()
