"""Figures for Python: what is published in a store, with every table as a DataFrame."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import warn

import pyarrow as pa

from dashboard.exports.figures_file import FiguresTable, about
from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import PAGES
from dashboard.model.problem import Problem, sentence
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError, lacking, nothing_published
from dashboard.store.reader import Published, Reader
from dashboard.tasks.figure_tables import WITH_FIGURES, Read, by_field, figures_of, held, in_parts

if TYPE_CHECKING:
    import pandas as pd

Codes = str | int | Iterable[str | int]
"""One code or several."""


class ChoiceError(ValueError):
    """An unknown page, table or code, or a missing selection: one sentence each, with the nearest match."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(_sentences(problems))
        self.problems = problems


class OpenedStore:
    """What is published in one store. Read-only; each call reads what is in force at that moment."""

    def __init__(self, store: Path) -> None:
        self._reader = Reader(store)

    def tables(self) -> dict[str, tuple[str, ...]]:
        """The names of the tables of each page, the default one first."""
        return {page: tuple(PAGES[page].tables) for page in WITH_FIGURES}

    def figures(self, page: str, table: str = "", **chosen: Codes) -> "pd.DataFrame":
        """One table of a page with all its rows, rows and columns in the order of the page.

        `table` names a table other than the default. `chosen` holds codes by filter or other field of the view: one
        (`round=2025`), or several (`country=["GHA", "TCD"]`); what is not given keeps everything. Texts are `str`,
        whole numbers `Int64`, other numbers `float64`, flags `boolean`, days `datetime64[s]`, and lists are lists of
        texts; absent values are missing, never zero. `columns` gives units and meaning. `attrs` says whether the rows
        are `illustrative`, and holds the `publication` and the `choice` in codes as it was applied.

        Raises ChoiceError for an unknown page, table or code, and StoreError if the store cannot be read. Of more
        subjects than can be told apart, the first are compared, and a UserWarning names the others.
        """
        found = self._found(page, table, chosen)
        if any(problem.serious for problem in found.problems):
            raise ChoiceError(*found.problems)
        if found.problems:
            warn(_sentences(found.problems), stacklevel=2)
        frame = _frame(found.rows)
        said = about(found, read_words())
        frame.attrs = {name: said[name] for name in ("page", "table", "illustrative", "publication", "choice")}
        return frame

    def columns(self, page: str, table: str = "") -> "pd.DataFrame":
        """What the columns of a table mean: one row each, with `type`, `unit` and `meaning`, indexed by `name`.

        Raises as `figures` does, but needs no selection.
        """
        import pandas as pd

        # No row is read, however many there are.
        found = self._found(page, table, {}, in_parts)
        return pd.DataFrame([asdict(column) for column in found.columns]).set_index("name")

    def _found(self, page: str, table: str, chosen: dict[str, Codes], read: Read = held) -> FiguresTable:
        query = {name: _text(codes) for name, codes in chosen.items()}
        found = figures_of(self._published(), page, table, query, date.today(), read)
        if isinstance(found, Problem):
            raise ChoiceError(found)
        return found

    def _published(self) -> Published:
        published = self._reader.current()
        if published is None:
            raise StoreError(lacking(self._reader.store) or nothing_published(self._reader.store))
        return published


def _text(codes: Codes) -> str:
    """One code or several as the parameter of an address. A number is the code that is written like it."""
    if isinstance(codes, Iterable) and not isinstance(codes, str):
        return ",".join(map(str, codes))
    return str(codes)


def _sentences(problems: Iterable[Problem]) -> str:
    """One sentence each, which speaks of the parameter instead of a link."""
    words = read_words()
    return "\n".join(sentence(problem, words) for problem in by_field(problems))


def _frame(rows: pa.Table) -> "pd.DataFrame":
    import pandas as pd

    of_arrow = {
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(na_value=float("nan")),
    }
    frame: pd.DataFrame = rows.to_pandas(types_mapper=of_arrow.get, date_as_object=False)
    for field in rows.schema:
        if pa.types.is_list(field.type):
            frame[field.name] = pd.Series(rows[field.name].to_pylist(), dtype=object)
    return frame


def open_store(store: str | Path | None = None) -> OpenedStore:
    """What is published in a store: the given folder, or DASHBOARD_STORE, or `.dashboard`."""
    return OpenedStore(store_folder() if store is None else Path(store))
