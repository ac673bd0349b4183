"""Draws an operation's workbook, which departments fill in: its sheets, with counters, and how to fill them in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_lists import Lists, lists_of, missing_reason, validation, write_lists
from dashboard.exports.answer_rows import (
    FIRST_ROW,
    HEAD_ROW,
    SheetPlan,
    counted,
    counter,
    question_row,
    rows_of_kind,
)
from dashboard.exports.writable import given_writable
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.records import EVIDENCE
from dashboard.model.words import Words
from dashboard.model.workbook import (
    GUIDE_SIGNATURE,
    HIDDEN_SHEET,
    SHEETS,
    UNANSWERED,
    Book,
    BookColumn,
    head,
    scale_name,
)

HEAD_HEIGHT = 44
"""Three lines: without a set height, a row does not grow with its header in every program."""
FROZEN = 2
"""Columns that stay in view: the id and the question."""
MAY = {
    "select_locked_cells": True,
    "sort": True,
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass(frozen=True)
class Style:
    """What every sheet is drawn with: formats by name, the lists, the words for not applicable, and a notice or ''."""

    looks: Mapping[str, Format]
    lists: Lists
    not_applicable: tuple[str, ...]
    notice: str
    words: Words


def draw_sheet(page: Worksheet, sheet: SheetPlan, style: Style) -> None:
    """Draw the whole sheet."""
    page.write_string(0, 0, sheet.heading, style.looks["title"])
    page.write_formula(1, 0, counter(sheet, style.words), style.looks["counter"], counted(sheet, style.words))
    page.write_string(2, 0, style.notice, style.looks["notice"])
    page.set_row(HEAD_ROW, HEAD_HEIGHT)
    for position, column in enumerate(sheet.columns):
        _draw_column(page, sheet, position, column, style)
    if sheet.kind == "answers" and style.not_applicable:
        _mark_missing_reason(page, sheet, style)
    page.autofilter(HEAD_ROW, 0, sheet.last_row, len(sheet.columns) - 1)
    page.freeze_panes(FIRST_ROW, FROZEN)
    page.protect("", MAY)
    _for_print(page, sheet, style)


def _for_print(page: Worksheet, sheet: SheetPlan, style: Style) -> None:
    shown = [position for position, column in enumerate(sheet.columns) if not column.hidden]
    page.set_landscape()
    page.set_paper(8)  # A3: sixteen columns of text cannot be read on A4.
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 0, sheet.last_row, shown[-1])
    page.set_footer(f"&L{style.notice.replace('&', '&&')}&R&P / &N")


def _draw_column(page: Worksheet, sheet: SheetPlan, position: int, column: BookColumn, style: Style) -> None:
    name = column.name if column.hidden else head(sheet.kind, column.name, style.words)
    look = style.looks[_look(column)]
    page.set_column(position, position, column.width, None, {"hidden": column.hidden})
    page.write_string(HEAD_ROW, position, name, style.looks["head_asked" if column.asked else "head"])
    for number, row in enumerate(sheet.rows, start=FIRST_ROW):
        critical = column.name == "text" and row.get("critical") is not None
        page.write(number, position, row[column.name], style.looks["critical"] if critical else look)
    for number in range(FIRST_ROW + len(sheet.rows), sheet.last_row + 1):
        page.write_blank(number, position, None, look)
    rule = validation(column, sheet, style.lists, style.words)
    if rule is not None:
        page.data_validation(FIRST_ROW, position, sheet.last_row, position, rule)


def _look(column: BookColumn) -> str:
    if not column.asked:
        return "shown"
    return "date" if column.date else "number" if column.choice == "grade" else "asked"


def _mark_missing_reason(page: Worksheet, sheet: SheetPlan, style: Style) -> None:
    position = sheet.position("na_reason")
    criteria = missing_reason(sheet, style.not_applicable)
    rule = {"type": "formula", "criteria": criteria, "format": style.looks["wanted"]}
    page.conditional_format(FIRST_ROW, position, sheet.last_row, position, rule)


LINES = (
    "way", "yellow", "status", "reason", "evidence", "roles", "part", "rows", "back", "grades", "actions", "targets",
    "items",
)  # fmt: skip
WIDTHS = (30, 22, 70)
LINE_HEIGHT = 18
SIGNATURE_COLUMN = 7
Line = tuple[str, ...]


def draw_guide(page: Worksheet, book: Book, sheets: Sequence[SheetPlan], style: Style) -> None:
    """Draw the whole sheet."""
    words, looks = style.words, style.looks
    about = book.about
    page.write_string(0, 0, f"{about['operation_title']} · {about['round_title']}", looks["title"])
    page.write_string(0, SIGNATURE_COLUMN, GUIDE_SIGNATURE)
    page.write_string(1, 0, style.notice, looks["notice"])
    row = 3
    for text in (*(words(f"book.guide.{name}") for name in LINES), *_rule(sheets, words)):
        page.merge_range(row, 0, row, len(WIDTHS) - 1, text, looks["plain"])
        # Merged cells do not grow with their text.
        page.set_row(row, LINE_HEIGHT * (1 + len(text) // sum(WIDTHS)))
        row += 1
    for title, heads, lines in _tables(book, sheets, style):
        row += 1
        page.write_string(row, 0, title, looks["counter"])
        for position, of_column in enumerate(heads):
            page.write_string(row + 1, position, of_column, looks["head"])
        for number, line in enumerate(lines, start=row + 2):
            for position, cell in enumerate(line):
                page.write_string(number, position, cell, looks["line"])
        row += 2 + len(lines)
    for position, width in enumerate(WIDTHS):
        page.set_column(position, position, width)
    page.set_column(SIGNATURE_COLUMN, SIGNATURE_COLUMN, 2, None, {"hidden": True})
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, row, len(WIDTHS) - 1)
    page.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})


def _tables(book: Book, sheets: Sequence[SheetPlan], style: Style) -> Iterator[tuple[str, Line, list[Line]]]:
    """Yield the tables below the sentences: title, header, lines."""
    words = style.words
    yield (
        words("book.guide.sheets"),
        (words("book.guide.sheet"), words("book.guide.rows_asked"), words("book.guide.about")),
        [(sheet.title, words.shown(len(sheet.rows)), words(f"book.guide.sheet_{sheet.kind}")) for sheet in sheets],
    )
    for title, statuses in _scales(book).items():
        yield (
            words("book.guide.scale", frameworks=title),
            (words("book.head.status"), words("book.guide.counts_as"), words("book.guide.meaning")),
            [
                (status, words(f"counts_as.{counts}"), _meaning(counts, value, style))
                for status, counts, value in [*statuses, (words("counts_as.unanswered"), UNANSWERED, None)]
            ],
        )
    if held := _held_in_part(book):
        yield words("book.guide.held_in_part"), (words("book.guide.standard"), "", words("book.guide.held")), held
    if _rule(sheets, words):
        yield words("rating.title"), (words("grade.severity"), "", words("book.guide.meaning")), list(_needs(words))
    yield (
        words("book.head.answers.evidence"),
        (words("book.head.answers.evidence"), "", words("book.guide.meaning")),
        [(words(f"evidence.{code}"), "", words(f"book.guide.evidence_{code}")) for code in EVIDENCE],
    )


def _rule(sheets: Sequence[SheetPlan], words: Words) -> Line:
    """Return how severity is graded, if there are risks to rate."""
    return (words("rating.rule"),) if any(sheet.kind == "risk_ratings" for sheet in sheets) else ()


def _needs(words: Words) -> Iterator[Line]:
    """Yield what each grade of severity needs, the highest first, each with an example."""
    for grade in reversed(GRADES):
        for part in OF_SEVERITY:
            title = words("rating.grade", grade=grade, title=words(f"grade.severity_{grade}"))
            yield title, words(f"rating.{part}"), words(f"rating.{part}_{grade}")
        yield "", words("rating.example"), words(f"rating.example_{grade}")


def _scales(book: Book) -> dict[str, list[tuple[str, str, float | None]]]:
    """Return the words of each scale, under the titles of the frameworks that share it."""
    by_scale: dict[str, list[tuple[str, str, float | None]]] = {}
    for row in book.statuses:
        # Of numbers, the ends say it all.
        if row["number"] is None or row["value"] in (0, 1):
            name = f"{row['framework_title']} · {row['of_scale']}" if row["of_scale"] else row["framework_title"]
            by_scale.setdefault(name, []).append((row["title"], row["counts_as"], row["value"]))
    joined: dict[str, list[tuple[str, str, float | None]]] = {}
    for scale in by_scale.values():
        title = ", ".join(name for name, own in by_scale.items() if own == scale)
        joined[title] = scale
    return joined


def _held_in_part(book: Book) -> list[Line]:
    """Return the standards that are only partly included, each with the part that is."""
    held = {row["framework_title"]: row["held_in_part"] for row in book.statuses if row["held_in_part"]}
    return [(title, "", text) for title, text in held.items()]


def _meaning(counts_as: str, value: float | None, style: Style) -> str:
    if counts_as != "answered" or value is None:
        return style.words(f"book.guide.means_{counts_as}")
    degree = "full" if value == 1 else "nil" if value == 0 else "part"
    return style.words(f"book.guide.means_{degree}", percent=round(100 * value))


CREATED_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same content gives the same bytes whenever it is written."""
AS_IT_IS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""How a workbook is begun in which no text is taken for a formula or a link."""
ROOM = {"actions": 30, "targets": 10, "evidence": 30}
"""Empty rows provided for new ones."""
LONGEST_TITLE = 31
NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
ROW = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D5DADD", "locked": False, "font_size": 10}
ASKED = {**ROW, "bg_color": "#FFFBEA"}
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#D5DADD", "font_size": 10}
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#24323A"},
    "counter": {"font_size": 11, "font_color": "#1F6F78", "bold": True},
    "notice": {"font_size": 10, "font_color": "#B4532A", "italic": True},
    "head": {**HEAD, "bg_color": "#E6EAEC", "font_color": "#24323A"},
    "head_asked": {**HEAD, "bg_color": "#1F6F78", "font_color": "#FFFFFF"},
    "shown": {**ROW, "font_color": "#24323A"},
    "critical": {**ROW, "font_color": "#24323A", "left": 5, "left_color": "#B4532A"},
    # A text cell, so that entries stay as typed.
    "asked": {**ASKED, "num_format": "@"},
    "number": {**ASKED, "align": "left"},
    "date": {**ASKED, "num_format": "yyyy-mm-dd", "align": "left"},
    "wanted": {"bg_color": "#F0B79E"},
    "plain": {"text_wrap": True, "valign": "top", "font_size": 11},
    "line": {"text_wrap": True, "valign": "top", "font_size": 11, "bottom": 1, "bottom_color": "#D5DADD"},
}


@given_writable
def answer_workbook(book: Book, words: Words) -> bytes:
    """Return the workbook as XLSX bytes: the instructions, one sheet per function, ratings, actions."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, AS_IT_IS) as workbook:
        workbook.set_properties({"created": CREATED_AT, "title": heading(book)})
        lists = lists_of(book, words)
        looks: dict[str, Format] = {name: workbook.add_format(look) for name, look in LOOKS.items()}
        notices = (
            "shell.illustrative" if book.about["synthetic"] else "",
            "book.short_start" if book.about["short"] else "",
        )
        notice = " ".join(words(key) for key in notices if key)
        not_applicable = dict.fromkeys(row["title"] for row in book.statuses if row["counts_as"] == "not_applicable")
        style = Style(looks, lists, tuple(not_applicable), notice, words)
        sheets = sheets_of(book, lists, words)
        draw_guide(workbook.add_worksheet(words("book.sheet.guide")), book, sheets, style)
        for sheet in sheets:
            draw_sheet(workbook.add_worksheet(sheet.title), sheet, style)
        write_lists(workbook, book, lists, words)
        workbook.worksheets()[0].activate()
    return stream.getvalue()


def heading(book: Book) -> str:
    """Return what the workbook is for, in titles."""
    return f"{book.about['operation_title']} · {book.about['round_title']}"


def sheets_of(book: Book, lists: Lists, words: Words) -> list[SheetPlan]:
    """Return every sheet with rows, in order; each question is on the sheet of its lead function."""
    taken = [words("book.sheet.guide"), HIDDEN_SHEET]
    without_kind = () if book.with_kinds() else ("kind",)
    sheets = []
    for function, questions in book.functions().items():
        name = function or words("book.sheet.no_function")
        choices = [lists.scales[scale_name(row["framework"], row["of_scale"])] for row in questions]
        rows = [question_row(book, row, of_row, words) for row, of_row in zip(questions, choices, strict=True)]
        left_out = without_kind if any(row["law"] for row in rows) else (*without_kind, "law")
        sheets.append(SheetPlan("answers", _title(name, taken), f"{heading(book)} · {name}", rows, left_out=left_out))
    for kind in list(SHEETS)[1:]:
        name, rows = words(f"book.sheet.{kind}"), rows_of_kind(kind, book, words)
        room = ROOM.get(kind, 0)
        if rows or room:
            sheets.append(SheetPlan(kind, _title(name, taken), f"{heading(book)} · {name}", rows, room))
    return sheets


def _title(name: str, taken: list[str]) -> str:
    """Return a title that is valid in a spreadsheet and not in `taken`, and add it there."""
    plain = name.translate(NOT_IN_A_TITLE).strip("' ") or "-"
    title, number = plain[:LONGEST_TITLE], 1
    while title.lower() in {other.lower() for other in taken} or title.lower() == "history":
        number += 1
        title = f"{plain[: LONGEST_TITLE - 4]} {number}"
    taken.append(title)
    return title
