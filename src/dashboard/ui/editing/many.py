"""Many rows at once: a grid whose cells are kept row by row, and one button that saves everything as one step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic

import pyarrow as pa
import streamlit as st

from dashboard.model.draft import Draft
from dashboard.store.permission import Writer
from dashboard.ui.editing.editor import Editor, Row
from dashboard.ui.editing.field import Field, Kind
from dashboard.ui.editing.form import Opened, Said, draw_conflict
from dashboard.ui.editing.row_statuses import RowStatuses
from dashboard.ui.editing.writer import ask_who
from dashboard.ui.session_values import GridRows
from dashboard.ui.view import View

LONGEST_DAY = 10
"""Characters of a date; a grid returns a time of day behind it."""


@dataclass(frozen=True)
class Shown:
    """A column that only shows something: its name, the key of its label, and its texts in the order of the rows."""

    name: str
    label: str
    texts: Sequence[str | None]
    pinned: bool = False
    width: Any = None


@dataclass(frozen=True)
class Scales(Generic[Row]):
    """The statuses that each row may have in one field, by the criterion that the row is on."""

    field: str
    statuses: RowStatuses
    criterion: Callable[[Row], str]

    def refusal(self, view: View, title: str, row: Row) -> str:
        """Say why a row cannot have its status; empty if it can."""
        return self.statuses.refusal(self.criterion(row), getattr(row, self.field), title, view.words)


@dataclass(frozen=True)
class Grid(Generic[Row]):
    """Rows as they are stored, by key, in the order shown, between columns that only show something."""

    editor: Editor[Row]
    stored: Mapping[Any, Row]
    before: Sequence[Shown]
    after: Sequence[Shown]
    scales: Scales[Row]


def draw_grid(view: View, grid: Grid[Row], allowed: bool) -> None:
    """Draw the rows, to be edited if that is allowed; every change of a cell is kept before anything is redrawn."""
    held = _held(view, grid)
    shown = [*grid.before, *grid.after]
    st.data_editor(
        _table(grid, [draft.typed for draft in held.rows.values()]),
        key=held.widget,
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        # By default, the grid shows None in empty cells.
        placeholder="",
        disabled=[column.name for column in shown] if allowed else True,
        column_config={column.name: _shown(view, column) for column in shown}
        | {field.name: _typed(view, grid, field) for field in grid.editor.fields},
        on_change=_keep,
        args=(grid, held),
    )


def _held(view: View, grid: Grid[Row]) -> GridRows:
    """Return the rows given to the grid: the same while somebody types, until other rows or a publication come.

    Also others once the page was left in between, or a draft was settled elsewhere.
    """
    held, mark = grid.editor.held(), (view.published.revision.number, tuple(grid.stored))
    if held.grid is None or held.grid.mark != mark or held.grid.widget not in st.session_state:
        held.grids += 1
        rows = {key: grid.editor.draft(key, row, row) for key, row in grid.stored.items()}
        held.grid = GridRows(mark, f"{grid.editor.name}_grid {held.grids}", rows)
    return held.grid


def _table(grid: Grid[Row], rows: Sequence[Row]) -> pa.Table:
    columns = {column.name: pa.array(column.texts, pa.string()) for column in grid.before}
    for field in grid.editor.fields:
        days = pa.date32() if field.kind is Kind.DATE else pa.string()
        columns[field.name] = pa.array([_cell(grid, field, row) for row in rows], days)
    return pa.table(columns | {column.name: pa.array(column.texts, pa.string()) for column in grid.after})


def _cell(grid: Grid[Row], field: Field, row: Row) -> object:
    text: str = getattr(row, field.name)
    if field.name == grid.scales.field:
        return grid.scales.statuses.cell(grid.scales.criterion(row), text)
    return field.value(text) or None


def _shown(view: View, column: Shown) -> Any:
    return st.column_config.TextColumn(view.words(column.label), pinned=column.pinned, width=column.width)


def _typed(view: View, grid: Grid[Row], field: Field) -> Any:
    """Return how the column of a field is edited."""
    words, config = view.words, st.column_config
    label = field.called(words)
    if field.kind is Kind.DATE:
        return config.DateColumn(label, format="YYYY-MM-DD")
    if field.kind is not Kind.ONE_OF:
        return config.TextColumn(label, width="large" if field.kind is Kind.LONG_TEXT else None)
    if field.name == grid.scales.field:
        titles: Mapping[str, str] = grid.scales.statuses.options()
    else:
        titles = {code: field.title(words, code) for code in field.choices if code}
    title = lambda code: titles.get(str(code), str(code))  # noqa: E731
    return config.SelectboxColumn(label, options=list(titles), required=field.required, format_func=title)


def _keep(grid: Grid[Row], held: GridRows) -> None:
    edited: Mapping[int, Mapping[str, object]] = st.session_state[held.widget]["edited_rows"]
    for position, (key, draft) in enumerate(held.rows.items()):
        cells = dict(edited.get(position, {}))
        if grid.scales.field in cells:
            criterion = grid.scales.criterion(draft.typed)
            cells[grid.scales.field] = grid.scales.statuses.status(criterion, cells[grid.scales.field])
        typed = typed_in(grid.editor, draft.typed, cells)
        grid.editor.keep(key, replace(draft, typed=typed), draft.typed)


def typed_in(editor: Editor[Row], row: Row, cells: Mapping[str, object]) -> Row:
    """Return a row with the edited cells applied; a cleared cell is empty."""
    said: dict[str, Any] = {}
    for field in editor.fields:
        if field.name in cells:
            text = field.text(cells[field.name])
            said[field.name] = text[:LONGEST_DAY] if field.kind is Kind.DATE else text
    return editor.tidy(replace(row, **said)) if said else row


def save_many(
    view: View,
    editor: Editor[Row],
    stored: Mapping[Any, Row],
    said: Said[Row],
    title: Callable[[Row], str],
    refusal: Callable[[Draft[Row]], str],
    quiet: Callable[[Draft[Row]], bool] = lambda draft: False,
) -> Writer:
    """Draw who is writing, what others have changed, what cannot be saved and why, and the button that saves the rest.

    Of all drafts, those in `stored` count. `title` names a row, and `refusal` says why a draft cannot be saved, empty
    if it can. Drafts that are `quiet` are neither mentioned nor bring a button. Returns who writes.
    """
    words, waiting = view.words, dict[Any, Draft[Row]]()
    writer = ask_who(view, editor.deed)
    opened = {key: Opened(editor, key, stored[key], stored[key]) for key in list(editor.drafts()) if key in stored}
    loud = [key for key, one in opened.items() if not quiet(one.draft)]
    for key, one in opened.items():
        if draw_conflict(view, one, partial(_based, editor, key), said, title(one.draft.typed)):
            continue
        if why := refusal(one.draft):
            if key in loud:
                st.warning(why)
        else:
            waiting[key] = one.draft
    pressed = editor.asked() is not None
    if loud:
        with st.container(horizontal=True, vertical_alignment="center"):
            label, key = words.count("edit.save_all", len(waiting)), f"{editor.name}_save_all"
            pressed |= st.button(label, key=key, type="primary", disabled=not waiting)
            key = f"{editor.name}_discard_all"
            st.button(words("edit.discard"), key=key, type="tertiary", on_click=_discard, args=(editor, list(opened)))
    if pressed and waiting:
        editor.save(view, waiting, writer)
        st.rerun()
    return writer


def _based(editor: Editor[Row], key: Any, draft: Draft[Row]) -> None:
    """Keep my version, compared with theirs from now on; it is saved with the others."""
    editor.settle(key, draft)
    st.rerun()


def _discard(editor: Editor[Row], keys: Sequence[Any]) -> None:
    for key in keys:
        editor.settle(key)
