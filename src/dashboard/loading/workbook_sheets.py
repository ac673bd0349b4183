"""Finds the sheets and columns of an operation's workbook that hold rows, and reads its hidden sheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.loading.file_contents import is_blank
from dashboard.loading.library import Library, framework_of
from dashboard.loading.standard_sheets import text_of
from dashboard.loading.workbook_formats import WorkbookSheet
from dashboard.loading.workbook_words import (
    KEYS,
    Meanings,
    compared,
    framework_named,
    list_meanings,
    meanings,
    scale_meanings,
    spoken,
)
from dashboard.model.framework import scales_of
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import RECORDS
from dashboard.model.workbook import (
    GUIDE_SIGNATURE,
    SHEETS,
    WITH_ROOM,
    WORKBOOK_SIGNATURE,
    BookColumn,
    HandedOut,
    asked_columns,
    head,
    id_column,
    scale_name,
)

DEEPEST = 40
"""The number of rows in which a header is looked for."""
ENOUGH = 0.6
"""A row with this share of the visible columns is a header."""
Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class BookPage:
    """One sheet: its cells and, if it has a header, the kind of its rows, the header's row and its columns.

    Rows and columns count from 0. `heads` are the names of the columns as written in the header.
    """

    title: str
    cells: Cells
    kind: str = ""
    header: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    file: str = ""
    """What problems call its workbook."""

    @property
    def place(self) -> str:
        """What problems call it."""
        return f"{self.file}[{self.title}]"

    def rows(self) -> Iterator[tuple[int, Sequence[object]]]:
        """The non-empty rows below the header, each with its number as a spreadsheet counts."""
        for number, row in enumerate(self.cells[self.header + 1 :], start=self.header + 2):
            if not all(map(is_blank, row)):
                yield number, row

    def text(self, row: Sequence[object], name: str) -> str:
        """What a row says in a column; empty if there is no such column."""
        position = self.columns.get(name)
        return "" if position is None or is_blank(row[position]) else text_of(row[position])


@dataclass(frozen=True)
class FilledIn:
    """A workbook as it was read: `entries` of the hidden sheet by topic, each a code and a word."""

    pages: tuple[BookPage, ...]
    entries: Mapping[str, tuple[tuple[str, str], ...]]
    strangers: tuple[str, ...] = ()

    def entry(self, of: str) -> tuple[tuple[str, str], ...]:
        return self.entries.get(of, ())


def book_in(sheets: Mapping[str, WorkbookSheet], name: str = "") -> FilledIn | None:
    """The workbook of an operation in the sheets of a file; None if they are something else."""
    tops = {title: _read(sheet, DEEPEST) for title, sheet in sheets.items() if sheet.height}
    entries: dict[str, tuple[tuple[str, str], ...]] = {}
    for title, rows in tops.items():
        if _first(rows) == WORKBOOK_SIGNATURE:
            entries = _entries(_read(sheets[title], None))
    pages = [_page(title, rows, entries) for title, rows in tops.items()]
    if not entries and not any(page.kind for page in pages):
        return None
    return FilledIn(
        tuple(_with_all_rows(page, sheets[page.title], name) for page in pages if page.kind),
        entries,
        tuple(page.title for page in pages if not page.kind and not _ours(page.cells)),
    )


def _first(cells: Cells) -> str:
    return str(cells[0][0]).strip() if cells and cells[0] else ""


def _ours(cells: Cells) -> bool:
    """Whether a sheet without rows is the hidden one or the guide, whatever its name is now."""
    return _first(cells) == WORKBOOK_SIGNATURE or any(
        str(cell).strip() == GUIDE_SIGNATURE for row in cells[:1] for cell in row
    )


def _entries(cells: Cells) -> dict[str, tuple[tuple[str, str], ...]]:
    by_list: dict[str, list[tuple[str, str]]] = {}
    for row in cells[1:]:
        of, code, word = (*(text_of(cell) for cell in row[:3]), "", "", "")[:3]
        by_list.setdefault(of, []).append((code, word))
    return {of: tuple(pairs) for of, pairs in by_list.items()}


def _read(sheet: WorkbookSheet, rows: int | None) -> Cells:
    return sheet.rows(rows)


def _with_all_rows(page: BookPage, sheet: WorkbookSheet, name: str) -> BookPage:
    """The page with all of its rows."""
    return replace(page, cells=_read(sheet, None), merged=sheet.merged, file=name)


def _page(title: str, cells: Cells, entries: Mapping[str, tuple[tuple[str, str], ...]]) -> BookPage:
    """The sheet with the best header among its first rows, if one is good enough."""
    best, best_score = BookPage(title, cells), ENOUGH
    texts = [[compared(cell) if isinstance(cell, str) else "" for cell in row] for row in cells[:DEEPEST]]
    for kind in SHEETS:
        names = _names(kind, entries)
        seen = [column.name for column in SHEETS[kind] if not column.hidden]
        for number, row in enumerate(texts):
            columns = _columns(row, names)
            score = sum(name in columns for name in seen) / len(seen)
            # The hidden column counts as well: no other kind of sheet has that column of ids.
            score += id_column(kind) in columns
            if score > best_score:
                heads = {name: text_of(cells[number][position]) for name, position in columns.items()}
                best, best_score = BookPage(title, cells, kind, number, columns, heads), score
    return best


def _columns(row: Sequence[str], names: Mapping[str, str]) -> dict[str, int]:
    """The position of each column, if the row is a header; the first if two have the same name."""
    columns: dict[str, int] = {}
    for position, text in enumerate(row):
        if text in names:
            columns.setdefault(names[text], position)
    return columns


def _names(kind: str, entries: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, str]:
    """The column that a header means: as it was handed out, in any language, or by its own name."""
    names = {compared(word): name for name, word in entries.get(f"head:{kind}", ())}
    for column in SHEETS[kind]:
        if column.hidden:
            names.setdefault(compared(column.name), column.name)
            continue
        for words in spoken():
            names.setdefault(compared(head(kind, column.name, words)), column.name)
    return names


def asked_in(page: BookPage) -> list[BookColumn]:
    """What people fill in on a sheet; an older workbook lacks columns that were added later."""
    return [column for column in asked_columns(page.kind) if column.name in page.columns]


def former_in(page: BookPage) -> list[str]:
    """The columns of an older workbook that are no longer read."""
    return [name for name in RECORDS[page.kind].former if name in page.columns]


def missing_columns(page: BookPage, handed_out: Mapping[str, str]) -> list[Problem]:
    """Missing columns that people fill in: their content would be lost, so the sheet is not read.

    `handed_out` are the headers by column according to the workbook itself: a column that it never had is not missing.
    """
    known = _asked_heads(page.kind) | {n: head for n, head in handed_out.items() if n in _asked_heads(page.kind)}
    there = {compared(text_of(cell)) for cell in page.cells[page.header] if not is_blank(cell)}
    ours = {compared(head) for head in known.values()}
    strange, row = sorted(there - ours), page.header + 1
    return [
        Problem("missing_column", page.place, row, head, hint=nearest(compared(head), strange), weight=Weight.FILE)
        for name, head in known.items()
        if name not in page.columns and (not handed_out or name in handed_out)
    ]


def _asked_heads(kind: str) -> dict[str, str]:
    words = spoken()[0]
    return {column.name: head(kind, column.name, words) for column in asked_columns(kind)}


def over_rows(page: BookPage) -> Iterable[tuple[int, int, int, int]]:
    """Merged cells below the header that span more than one row: first and last row, first and last column."""
    for (top, left), (bottom, right) in page.merged:
        if top > page.header and bottom > top:
            yield top, bottom, left, right


@dataclass(frozen=True)
class Reading:
    """What is known while rows are read: the workbook, the library, and which words stand for a code in each list."""

    book: FilledIn
    library: Library
    _lists: dict[tuple[str, str, str], Meanings] = field(default_factory=dict)

    @cached_property
    def frameworks(self) -> Mapping[str, str]:
        """The framework of each criterion: as known here, by a former name, or as the workbook says."""
        by_criterion: dict[str, str] = {}
        for page in self.book.pages:
            for _, row in page.rows():
                framework, id_ = page.text(row, "framework"), page.text(row, "criterion_id")
                if framework and id_:
                    by_criterion[id_] = framework
        return by_criterion | framework_of(self.library)

    @cached_property
    def _own_scales(self) -> Mapping[str, str]:
        """The scale of each criterion that has one of its own, by its present and former ids."""
        return {
            code: criterion.scale
            for known in self.library.frameworks
            for area in known.areas
            for criterion in area.criteria
            if criterion.scale is not None
            for code in (criterion.criterion, *criterion.formerly)
        }

    @cached_property
    def handed_out(self) -> Mapping[tuple[str, str], tuple[HandedOut | None, str, str]]:
        """By kind and id: what was handed out, the version that was asked, and the round, wherever the row is now."""
        return {
            (page.kind, id_): (
                HandedOut.of(page.text(row, "handed_out")),
                page.text(row, "framework_version"),
                page.text(row, "round"),
            )
            for page in self.book.pages
            for _, row in page.rows()
            if (id_ := page.text(row, id_column(page.kind)))
        }

    def meanings(self, choice: str, criterion: str) -> Meanings:
        """What the words of a list mean; for a scale, by the row's criterion."""
        listed = choice in KEYS or choice.startswith("target_")
        framework = "" if listed else self.frameworks.get(criterion, "")
        scale = "" if listed else self._own_scales.get(criterion, "")
        if (choice, framework, scale) not in self._lists:
            self._lists[choice, framework, scale] = self._meanings(choice, framework, scale)
        return self._lists[choice, framework, scale]

    def _meanings(self, choice: str, framework: str, scale: str) -> Meanings:
        if choice in KEYS:
            return list_meanings(choice, self._handed_out(choice))
        if choice.startswith("target_"):
            # As it was when the workbook was made; codes that were added later are accepted as they are.
            given = self._handed_out(choice)
            return meanings([*((code, code) for _, code in given), *given], [word for word, _ in given])
        listed = dict(self.book.entry("scale")).get(scale_name(framework, scale), "")
        known = framework_named(self.library, framework)
        return scale_meanings(() if known is None else scales_of(known).get(scale, ()), self._handed_out(listed))

    def _handed_out(self, listed: str) -> list[tuple[str, str]]:
        return [(word, code) for code, word in self.book.entry(listed)]

    def of_all(self, entry: str) -> str:
        """The round or operation that the workbook is for; empty if it does not say."""
        listed = [code for code, _ in self.book.entry(entry)]
        hidden = (
            page.text(row, entry) for page in self.book.pages for _, row in page.rows() if page.kind not in WITH_ROOM
        )
        return next(iter(listed), "") or next((code for code in hidden if code), "")
