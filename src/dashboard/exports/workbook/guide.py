"""How does an operation's workbook explain how to fill it in? Plain sentences, and the meaning of each word."""

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from dashboard.exports.workbook.plan import Sheet
from dashboard.exports.workbook.sheet import Style
from dashboard.model.answers.workbook import GUIDE_SIGNATURE, UNANSWERED, Book
from dashboard.model.records import EVIDENCE

LINES = (
    "way",
    "yellow",
    "status",
    "reason",
    "evidence",
    "roles",
    "part",
    "rows",
    "back",
    "grades",
    "actions",
    "targets",
    "items",
)
WIDTHS = (30, 22, 70)
LINE_HEIGHT = 18
SIGNATURE_COLUMN = 7
Line = tuple[str, ...]


def draw_guide(page: Worksheet, book: Book, sheets: Sequence[Sheet], style: Style) -> None:
    """Draw the whole sheet."""
    words, looks = style.words, style.looks
    about = book.about
    page.write_string(0, 0, f"{about['operation_title']} · {about['round_title']}", looks["title"])
    page.write_string(0, SIGNATURE_COLUMN, GUIDE_SIGNATURE)
    page.write_string(1, 0, style.notice, looks["notice"])
    row = 3
    for name in LINES:
        page.merge_range(row, 0, row, len(WIDTHS) - 1, words(f"book.guide.{name}"), looks["plain"])
        # Merged cells do not grow with their text.
        page.set_row(row, LINE_HEIGHT * (1 + len(words(f"book.guide.{name}")) // sum(WIDTHS)))
        row += 1
    for title, heads, lines in _tables(book, sheets, style):
        row += 1
        page.write_string(row, 0, title, looks["counter"])
        for position, head in enumerate(heads):
            page.write_string(row + 1, position, head, looks["head"])
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


def _tables(book: Book, sheets: Sequence[Sheet], style: Style) -> Iterator[tuple[str, Line, list[Line]]]:
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
    yield (
        words("book.head.answers.evidence"),
        (words("book.head.answers.evidence"), "", words("book.guide.meaning")),
        [(words(f"evidence.{code}"), "", words(f"book.guide.evidence_{code}")) for code in EVIDENCE],
    )


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
