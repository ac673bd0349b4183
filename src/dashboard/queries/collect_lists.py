"""Asks for the lists of countries, operations and rounds as files would hold them, and the codes they may name."""

from typing import TypedDict

from dashboard.model.workbook import LISTS, ListsBook
from dashboard.queries.ask import rows
from dashboard.queries.question import AnyRow, Question
from dashboard.store.reader import Published


class ListsCodesRow(TypedDict):
    """A row of `lists_codes`."""

    named_in: str
    code: str


LISTS_CODES = Question("lists_codes", ListsCodesRow)


def lists_book(published: Published) -> ListsBook:
    """Return the published lists, and the codes that their columns may name, by column."""
    codes: dict[str, list[str]] = {}
    for row in rows(published, LISTS_CODES, {}):
        codes.setdefault(row["named_in"], []).append(row["code"])
    held = {form: tuple(rows(published, Question(f"lists_{form}", AnyRow), {})) for form in LISTS}
    groups = [row["group"] for row in held["operations"] if row["group"]]
    return ListsBook(held, {**{of: tuple(named) for of, named in codes.items()}, "group": tuple(dict.fromkeys(groups))})
