"""The sheets of links and translations become documents of their own, checked against the standard they belong to."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.loading.standard.sheet_rows import Page, Row
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.standard.standard import CROSSWALK_FILE, FRAMEWORK_FILE, UNANSWERED
from dashboard.model.standard.workbook import LINKS, TRANSLATIONS, sheets

HEAD = {"schema_version": 1}
ENDS = ("source", "target_type", "target")
OF_A_TEXT = ("language", "id", "field")


def crosswalk_document(
    name: str, pages: Mapping[str, Page], rows: Mapping[str, list[Row]], framework: Document, problems: list[Problem]
) -> Iterator[Document]:
    """The sheet of links as one document, if it holds any. Each link must begin in the standard itself."""
    if not rows.get(LINKS):
        return
    page, own = pages[LINKS], _ids(framework)
    problems += _duplicates(page, rows[LINKS], ENDS)
    problems += _strange(page, rows[LINKS], "source", own)
    lines: dict[Place, int] = {("links", position): row.number for position, row in enumerate(rows[LINKS])}
    yield Document(name, {**HEAD, "links": [dict(row.values) for row in rows[LINKS]]}, lines, {(): page.title})


def translation_documents(
    name: str, pages: Mapping[str, Page], rows: Mapping[str, list[Row]], framework: Document, problems: list[Problem]
) -> Iterator[Document]:
    """The sheet of translations as one document per language, limited to texts of the standard."""
    if not rows.get(TRANSLATIONS):
        return
    page, own = pages[TRANSLATIONS], _ids(framework) | _named(framework)
    problems += _duplicates(page, rows[TRANSLATIONS], OF_A_TEXT)
    problems += _strange(page, rows[TRANSLATIONS], "id", own)
    problems += _no_field(page, rows[TRANSLATIONS])
    for language in dict.fromkeys(row.values.get("language") for row in rows[TRANSLATIONS]):
        if language is None:
            continue
        texts: dict[str, dict[str, Any]] = {}
        lines: dict[Place, int] = {}
        for row in rows[TRANSLATIONS]:
            is_complete = {"id", "field", "text"} <= row.values.keys() and row.values["field"] in _fields()
            if row.values.get("language") != language or not is_complete:
                continue
            lines.setdefault(("language",), row.number)
            lines[("texts", row.values["id"], row.values["field"])] = row.number
            texts.setdefault(row.values["id"], {})[row.values["field"]] = row.values["text"]
        if f"{language}.yaml".lower() in (FRAMEWORK_FILE, CROSSWALK_FILE):
            problems.append(
                Problem("bad_value", page.place, lines.get(("language",)), "language", language, weight=Weight.FILE)
            )
        elif texts:
            yield Document(name, {**HEAD, "language": language, "texts": texts}, lines, {(): page.title})


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


def _duplicates(page: Page, rows: list[Row], columns: tuple[str, ...]) -> list[Problem]:
    seen: set[tuple[object, ...]] = set()
    problems = []
    for row in rows:
        key = tuple(row.values.get(column) for column in columns)
        if key in seen:
            value = ", ".join(str(part) for part in key)
            problems.append(Problem("said_twice", page.place, row.number, columns[0], value, weight=Weight.FILE))
        seen.add(key)
    return problems


def _strange(page: Page, rows: list[Row], column: str, own: set[str]) -> list[Problem]:
    """Rows that refer to something outside the standard."""
    return [
        Problem("not_inside", page.place, row.number, column, code, hint=nearest(code, own), weight=Weight.FILE)
        for row in rows
        if column in row.values
        for code in [str(row.values[column])]
        if code not in own
    ]


def _fields() -> tuple[str, ...]:
    column = sheets()[TRANSLATIONS].column("field")
    return column.choices if column else ()


def _no_field(page: Page, rows: list[Row]) -> list[Problem]:
    """Rows for a text that nothing has. The model names the wrong key, but not where it is."""
    choices = _fields()
    return [
        Problem(
            "bad_value",
            page.place,
            row.number,
            "field",
            field,
            ", ".join(choices),
            nearest(field, choices),
            Weight.FILE,
        )
        for row in rows
        if "field" in row.values
        for field in [str(row.values["field"])]
        if field not in choices
    ]
