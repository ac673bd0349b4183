"""Reads a workbook as a standard: sheets become rows, rows become values of the models, with every problem.

The sheets of links and translations become documents of their own, checked against the standard they belong to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.loading.criterion_weights import unknown_parts
from dashboard.loading.file_contents import read_sheets, unfit
from dashboard.loading.framework_checks import unfit_edges, unsound_scales
from dashboard.loading.library import ENDS
from dashboard.loading.staging import column_name, fatal, taken_out_of
from dashboard.loading.standard_sheets import FilledSheet, StandardPage, read_page, rows_of, settings_of
from dashboard.loading.workbook_formats import WORKBOOKS, WorkbookSheet
from dashboard.loading.yaml_file import Document, Place, of_model, validate
from dashboard.model.framework import Framework, Strict
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.shared_lists import Crosswalk
from dashboard.model.standard_files import (
    CROSSWALK_FILE,
    FRAMEWORK_FILE,
    LINKS,
    SETTING_COLUMNS,
    SETTINGS,
    TRANSLATIONS,
    UNANSWERED,
    SheetColumn,
    Standard,
    StandardSheet,
    standard_sheets,
)
from dashboard.model.translation import Translation

OF_A_TEXT = ("language", "id", "field")


Sheets = Mapping[str, FilledSheet]
"""What was read, by our title of each sheet."""


def crosswalk_document(name: str, sheets: Sheets, framework: Document, problems: list[Problem]) -> Iterator[Document]:
    """The sheet of links as one document, if it holds any. Each link must begin in the standard itself."""
    sheet = sheets.get(LINKS)
    if sheet is None or not sheet.rows:
        return
    problems += _duplicates(sheet, ENDS)
    problems += _strange(sheet, "source", _ids(framework))
    lines: dict[Place, int] = {("links", position): row.number for position, row in enumerate(sheet.rows)}
    yield Document(name, {**HEAD, "links": [dict(row.values) for row in sheet.rows]}, lines, {(): sheet.title})


def translation_documents(
    name: str, sheets: Sheets, framework: Document, problems: list[Problem]
) -> Iterator[Document]:
    """The sheet of translations as one document per language, limited to texts of the standard."""
    sheet = sheets.get(TRANSLATIONS)
    if sheet is None or not sheet.rows:
        return
    problems += _duplicates(sheet, OF_A_TEXT)
    problems += _strange(sheet, "id", _ids(framework) | _named(framework))
    problems += _no_field(sheet)
    for language in dict.fromkeys(row.values.get("language") for row in sheet.rows):
        if language is None:
            continue
        texts: dict[str, dict[str, Any]] = {}
        made_from: dict[str, dict[str, Any]] = {}
        lines: dict[Place, int] = {}
        for row in sheet.rows:
            is_complete = {"id", "field", "text"} <= row.values.keys() and row.values["field"] in _fields()
            if row.values.get("language") != language or not is_complete:
                continue
            lines.setdefault(("language",), row.number)
            lines[("texts", row.values["id"], row.values["field"])] = row.number
            texts.setdefault(row.values["id"], {})[row.values["field"]] = row.values["text"]
            if made := row.values.get("made_from"):
                made_from.setdefault(row.values["id"], {})[row.values["field"]] = made
        if f"{language}.yaml".lower() in (FRAMEWORK_FILE, CROSSWALK_FILE):
            problems.append(
                Problem("bad_value", sheet.place, lines.get(("language",)), "language", language, weight=Weight.FILE)
            )
        elif texts:
            values = {**HEAD, "language": language, "texts": texts, "made_from": made_from}
            yield Document(name, values, lines, {(): sheet.title})


def _ids(framework: Document) -> set[str]:
    areas = framework.values["areas"]
    criteria = [criterion for area in areas for criterion in area.get("criteria", ())]
    return {
        str(item[key]) for key, items in (("area", areas), ("criterion", criteria)) for item in items if key in item
    }


def _named(framework: Document) -> set[str]:
    """What translations call the framework itself, its word for areas, its families and elements, scale and bands."""
    own = framework.values.get("framework")
    areas = framework.values["areas"]
    criteria = [criterion for area in areas for criterion in area.get("criteria", ())]
    parts = {area.get("family") for area in areas} | {criterion.get("element") for criterion in criteria}
    statuses = [item.get("status") for item in framework.values.get("scale", ())]
    bands = [item.get("band") for item in framework.values.get("bands", ())]
    return {
        str(own),
        f"area_word/{own}",
        *(f"part/{own}/{name}" for name in parts if name),
        *(f"status/{own}/{code}" for code in (*statuses, UNANSWERED)),
        *(f"band/{own}/{code}" for code in bands),
    }


def _duplicates(sheet: FilledSheet, columns: tuple[str, ...]) -> list[Problem]:
    seen: set[tuple[object, ...]] = set()
    problems = []
    for row in sheet.rows:
        key = tuple(row.values.get(column) for column in columns)
        if key in seen:
            value = ", ".join(str(part) for part in key)
            problems.append(Problem("said_twice", sheet.place, row.number, columns[0], value, weight=Weight.FILE))
        seen.add(key)
    return problems


def _strange(sheet: FilledSheet, column: str, own: set[str]) -> list[Problem]:
    """Rows that refer to something outside the standard."""
    return [
        Problem("not_inside", sheet.place, row.number, column, code, hint=nearest(code, own), weight=Weight.FILE)
        for row in sheet.rows
        if column in row.values
        for code in [str(row.values[column])]
        if code not in own
    ]


def _fields() -> tuple[str, ...]:
    column = standard_sheets()[TRANSLATIONS].column("field")
    return column.choices if column else ()


def _no_field(sheet: FilledSheet) -> list[Problem]:
    """Rows for a text that nothing has. The model names the wrong key, but not where it is."""
    choices = _fields()
    expected = ", ".join(choices)
    return [
        Problem("bad_value", sheet.place, row.number, "field", field, expected, nearest(field, choices), Weight.FILE)
        for row in sheet.rows
        if "field" in row.values
        for field in [str(row.values["field"])]
        if field not in choices
    ]


FORMAT = ".xlsx"
HEAD = {"schema_version": 1}


@dataclass(frozen=True)
class ReadStandard:
    """What a workbook says, and where: `documents` are its parts, with the sheet and row of everything in them."""

    standard: Standard
    documents: tuple[tuple[Document, Strict], ...]


def read_standard(path: Path, name: str) -> tuple[ReadStandard | None, list[Problem]]:
    """Read the workbook of one standard. With a Problem of weight FILE, there is no standard.

    `name` is what problems call the file. References to other frameworks and to shared lists are not resolved.
    """
    if path.suffix.lower() not in WORKBOOKS:
        return None, [Problem("format", name, value=path.suffix or path.name, expected=FORMAT, weight=Weight.FILE)]
    wrong = unfit(path, name)
    if wrong is not None:
        return None, [wrong]
    by_title = read_sheets(path, name)
    if isinstance(by_title, Problem):
        return None, [by_title]
    pages, problems = _pages(path, name, by_title)
    is_readable = not fatal(problems)
    sheets = {title: _filled(page, standard_sheets()[title], problems) for title, page in pages.items()}
    if not is_readable:
        return None, problems
    parts = _parts(name, sheets, problems)
    problems += unsound_scales(parts) + unknown_parts(parts) + taken_out_of(document for document, _ in parts)
    if fatal(problems):
        return None, problems
    problems += unfit_edges(parts)
    return ReadStandard(standard_of(parts), tuple(parts)), problems


def _parts(name: str, sheets: Sheets, problems: list[Problem]) -> list[tuple[Document, Strict]]:
    """The framework, its links, and each language as a valid value. Problems are added to `problems`."""
    framework = _framework_document(name, sheets, problems)
    documents: list[tuple[Document, type[Strict]]] = [(framework, Framework)]
    documents += [(part, Crosswalk) for part in crosswalk_document(name, sheets, framework, problems)]
    documents += [(part, Translation) for part in translation_documents(name, sheets, framework, problems)]
    parts, wrong = valid_parts(documents)
    # A cell without a valid value has already been reported, with its row.
    problems += [problem for problem in wrong if problem.kind != "missing_key"]
    return parts


def valid_parts(
    documents: Iterable[tuple[Document, type[Strict]]],
) -> tuple[list[tuple[Document, Strict]], list[Problem]]:
    """The documents with the values of their models, and what is wrong with the others."""
    parts: list[tuple[Document, Strict]] = []
    problems: list[Problem] = []
    for document, model in documents:
        value = validate(document, model)
        if isinstance(value, list):
            problems += value
        else:
            parts.append((document, value))
    return parts, problems


def standard_of(parts: list[tuple[Document, Strict]]) -> Standard:
    """The standard that the parts of a file make."""
    ((_, framework),) = of_model(parts, Framework)
    links = [link for _, value in of_model(parts, Crosswalk) for link in value.links]
    return Standard.of(framework, links, [value for _, value in of_model(parts, Translation)])


def _pages(
    path: Path, name: str, by_title: Mapping[str, WorkbookSheet]
) -> tuple[dict[str, StandardPage], list[Problem]]:
    """The sheets with our titles, in any case, and what is wrong with each as a whole."""
    titles = {column_name(title).replace("_", " "): title for title in by_title}
    spare = [title for title in titles if title not in standard_sheets()]
    problems: list[Problem] = []
    pages: dict[str, StandardPage] = {}
    for ours, sheet in standard_sheets().items():
        if ours not in titles:
            hint = nearest(ours, spare)
            if sheet.required:
                problems.append(Problem("missing_sheet", name, value=ours, hint=hint, weight=Weight.FILE))
            elif hint is not None:
                # People may add sheets of their own, but this one was meant.
                problems.append(Problem("unknown_sheet", f"{name}[{titles[hint]}]", hint=ours, weight=Weight.NOTE))
            continue
        layout = _layout_of_settings() if ours == SETTINGS else sheet
        page = read_page(path, name, titles[ours], by_title[titles[ours]], layout, problems)
        if page is not None:
            pages[ours] = page
    return pages, problems


def _layout_of_settings() -> StandardSheet:
    """The layout of the sheet of settings as a table of keys and values."""
    return StandardSheet(SETTINGS, tuple(SheetColumn(name) for name in SETTING_COLUMNS))


def _filled(page: StandardPage, sheet: StandardSheet, problems: list[Problem]) -> FilledSheet:
    read = settings_of if sheet.name == SETTINGS else rows_of
    return FilledSheet(page.place, page.title, read(page, sheet, problems))


def _framework_document(name: str, sheets: Sheets, problems: list[Problem]) -> Document:
    """All sheets except links and translations, nested as in the model."""
    values: dict[str, Any] = dict(HEAD)
    lines: dict[Place, int] = {}
    places: dict[Place, str] = {(): sheets[SETTINGS].title}
    for row in sheets[SETTINGS].rows:
        values.update(row.values)
        lines.update({(key,): row.number for key in row.values})
    for sheet in standard_sheets().values():
        if sheet.name in (SETTINGS, LINKS, TRANSLATIONS) or sheet.name not in sheets:
            continue
        above: Place = () if sheet.inside is None else (sheet.inside,)
        filled = sheets[sheet.name]
        places[(*above, sheet.name)] = filled.title
        lines[(*above, sheet.name)] = 1
        if sheet.inside is None:
            values[sheet.name] = [dict(row.values) for row in filled.rows]
            lines.update({(sheet.name, position): row.number for position, row in enumerate(filled.rows)})
        else:
            _put_inside(sheet, sheet.inside, values, filled, lines)
            problems += _strays(sheet, filled, sheets[sheet.inside])
    return Document(name, values, lines, places)


def _put_inside(
    sheet: StandardSheet, inside: str, values: dict[str, Any], filled: FilledSheet, lines: dict[Place, int]
) -> None:
    """Put each row into the parent row that it names. One that names none goes into the first, to be reported there."""
    key = sheet.columns[0].name
    position_of: dict[object, int] = {}
    for position, item in enumerate(values[inside]):
        item[sheet.name] = []
        position_of.setdefault(item.get(key), position)
    for row in filled.rows:
        position = position_of.get(row.values.get(key), 0)
        inner = values[inside][position][sheet.name]
        lines[(inside, position, sheet.name, len(inner))] = row.number
        inner.append({name: value for name, value in row.values.items() if name != key})
    # A parent row without children is reported with its own row; the model would complain about an empty list.
    values[inside] = [{k: v for k, v in item.items() if v != []} for item in values[inside]]


def _strays(sheet: StandardSheet, filled: FilledSheet, above: FilledSheet) -> list[Problem]:
    """Rows that name no row of the sheet `above`, and rows of that without any of these."""
    key = sheet.columns[0].name
    known = {str(row.values[key]): row for row in above.rows if key in row.values}
    named = {str(row.values[key]): row for row in filled.rows if key in row.values}
    problems = [
        Problem("unknown_id", filled.place, row.number, key, code, hint=nearest(code, known), weight=Weight.FILE)
        for row in filled.rows
        for code in [str(row.values.get(key, ""))]
        if code and code not in known
    ]
    return problems + [
        Problem("nothing_inside", above.place, row.number, key, code, sheet.name, weight=Weight.FILE)
        for code, row in known.items()
        if code not in named
    ]
