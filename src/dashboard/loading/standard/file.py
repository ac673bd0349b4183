"""A workbook becomes a standard: sheets are read as rows, rows become values of the models, with every problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet

from dashboard.loading.files.fit_to_read import unfit
from dashboard.loading.files.sheets import read_sheets
from dashboard.loading.files.staging import column_name, fatal
from dashboard.loading.files.unwritable import taken_out_of
from dashboard.loading.files.yaml_file import Document, Place, validate
from dashboard.loading.library.averages import unknown_parts
from dashboard.loading.library.edges import unfit_edges
from dashboard.loading.library.sound_scales import unsound_scales
from dashboard.loading.standard.parts import crosswalk_document, translation_documents
from dashboard.loading.standard.sheet_rows import Page, Row, read_page, rows_of, settings_of
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.standard.framework import Framework, Strict
from dashboard.model.standard.shared import Crosswalk, Translation
from dashboard.model.standard.standard import Standard
from dashboard.model.standard.workbook import LINKS, SETTING_COLUMNS, SETTINGS, TRANSLATIONS, Column, Sheet, sheets

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
    if path.suffix.lower() != FORMAT:
        return None, [Problem("format", name, value=path.suffix or path.name, expected=FORMAT, weight=Weight.FILE)]
    wrong = unfit(path, name)
    if wrong is not None:
        return None, [wrong]
    by_title = read_sheets(path, name)
    if isinstance(by_title, Problem):
        return None, [by_title]
    pages, problems = _pages(path, name, by_title)
    is_readable = not fatal(problems)
    rows = {title: _rows(page, sheets()[title], problems) for title, page in pages.items()}
    if not is_readable:
        return None, problems
    parts = _parts(name, pages, rows, problems)
    problems += unsound_scales(parts) + unknown_parts(parts) + taken_out_of(document for document, _ in parts)
    if fatal(problems):
        return None, problems
    problems += unfit_edges(parts)
    return ReadStandard(_standard(parts), tuple(parts)), problems


def _parts(
    name: str, pages: Mapping[str, Page], rows: Mapping[str, list[Row]], problems: list[Problem]
) -> list[tuple[Document, Strict]]:
    """The framework, its links, and each language as a valid value. Problems are added to `problems`."""
    framework = _framework_document(name, pages, rows, problems)
    documents: list[tuple[Document, type[Strict]]] = [(framework, Framework)]
    documents += [(part, Crosswalk) for part in crosswalk_document(name, pages, rows, framework, problems)]
    documents += [(part, Translation) for part in translation_documents(name, pages, rows, framework, problems)]
    parts: list[tuple[Document, Strict]] = []
    for document, model in documents:
        value = validate(document, model)
        if isinstance(value, list):
            # A cell without a valid value has already been reported, with its row.
            problems += [problem for problem in value if problem.kind != "missing_key"]
        else:
            parts.append((document, value))
    return parts


def _standard(parts: list[tuple[Document, Strict]]) -> Standard:
    values = [value for _, value in parts]
    (framework,) = (value for value in values if isinstance(value, Framework))
    links = [link for value in values if isinstance(value, Crosswalk) for link in value.links]
    return Standard.of(framework, links, [value for value in values if isinstance(value, Translation)])


def _pages(path: Path, name: str, by_title: Mapping[str, CalamineSheet]) -> tuple[dict[str, Page], list[Problem]]:
    """The sheets with our titles, in any case, and what is wrong with each as a whole."""
    titles = {column_name(title).replace("_", " "): title for title in by_title}
    spare = [title for title in titles if title not in sheets()]
    problems: list[Problem] = []
    pages: dict[str, Page] = {}
    for ours, sheet in sheets().items():
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


def _layout_of_settings() -> Sheet:
    """The layout of the sheet of settings as a table of keys and values."""
    return Sheet(SETTINGS, tuple(Column(name) for name in SETTING_COLUMNS))


def _rows(page: Page, sheet: Sheet, problems: list[Problem]) -> list[Row]:
    return settings_of(page, sheet, problems) if sheet.name == SETTINGS else rows_of(page, sheet, problems)


def _framework_document(
    name: str, pages: Mapping[str, Page], rows: Mapping[str, list[Row]], problems: list[Problem]
) -> Document:
    """All sheets except links and translations, nested as in the model."""
    values: dict[str, Any] = dict(HEAD)
    lines: dict[Place, int] = {}
    places: dict[Place, str] = {(): pages[SETTINGS].title}
    for row in rows[SETTINGS]:
        values.update(row.values)
        lines.update({(key,): row.number for key in row.values})
    for sheet in sheets().values():
        if sheet.name in (SETTINGS, LINKS, TRANSLATIONS) or sheet.name not in pages:
            continue
        above: Place = () if sheet.inside is None else (sheet.inside,)
        places[(*above, sheet.name)] = pages[sheet.name].title
        lines[(*above, sheet.name)] = 1
        if sheet.inside is None:
            values[sheet.name] = [dict(row.values) for row in rows[sheet.name]]
            lines.update({(sheet.name, position): row.number for position, row in enumerate(rows[sheet.name])})
        else:
            _put_inside(sheet, sheet.inside, values, rows, lines)
            problems += _strays(sheet, sheet.inside, pages, rows)
    return Document(name, values, lines, places)


def _put_inside(
    sheet: Sheet, inside: str, values: dict[str, Any], rows: Mapping[str, list[Row]], lines: dict[Place, int]
) -> None:
    """Put each row into the parent row that it names. One that names none goes into the first, to be reported there."""
    key = sheet.columns[0].name
    position_of: dict[object, int] = {}
    for position, item in enumerate(values[inside]):
        item[sheet.name] = []
        position_of.setdefault(item.get(key), position)
    for row in rows[sheet.name]:
        position = position_of.get(row.values.get(key), 0)
        inner = values[inside][position][sheet.name]
        lines[(inside, position, sheet.name, len(inner))] = row.number
        inner.append({name: value for name, value in row.values.items() if name != key})
    # A parent row without children is reported with its own row; the model would complain about an empty list.
    values[inside] = [{k: v for k, v in item.items() if v != []} for item in values[inside]]


def _strays(sheet: Sheet, inside: str, pages: Mapping[str, Page], rows: Mapping[str, list[Row]]) -> list[Problem]:
    """Rows that name no parent row, and parent rows without children."""
    key = sheet.columns[0].name
    known = {str(row.values[key]): row for row in rows[inside] if key in row.values}
    named = {str(row.values[key]): row for row in rows[sheet.name] if key in row.values}
    problems = [
        Problem(
            "unknown_id", pages[sheet.name].place, row.number, key, code, hint=nearest(code, known), weight=Weight.FILE
        )
        for row in rows[sheet.name]
        for code in [str(row.values.get(key, ""))]
        if code and code not in known
    ]
    return problems + [
        Problem("nothing_inside", pages[inside].place, row.number, key, code, sheet.name, weight=Weight.FILE)
        for code, row in known.items()
        if code not in named
    ]
