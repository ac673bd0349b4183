"""Many rows in a grid: cells are kept row by row, offer the statuses of their scale, and are saved as one step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic

import pyarrow as pa
import streamlit as st

from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.store.locking import Writer
from dashboard.ui.editing.editor import Editor, Row, ask_who
from dashboard.ui.editing.field import Field, FieldKind
from dashboard.ui.editing.row_form import Opened, Said, draw_conflict
from dashboard.ui.escape import escape, one_line
from dashboard.ui.session_state import GridRows
from dashboard.ui.view import View

MOST_NAMED = 8
"""Of longer scales, such as numbers, only the first and the last status are named."""


@dataclass(frozen=True)
class RowStatuses:
    """The titles of statuses by scale, and the scale of each criterion in the grid."""

    titles: Mapping[int, Mapping[str, str]]
    scale_of: Mapping[str, int]

    def options(self) -> dict[str, str]:
        """Return what a cell may hold, with the title shown for it."""
        scales = [self.titles.get(scale, {}) for scale in dict.fromkeys(self.scale_of.values())]
        return {self._cell(code, title): one_line(title) for scale in scales for code, title in scale.items()}

    def cell(self, criterion: str | None, status: str) -> str | None:
        """Return what the cell of a criterion holds for a status; None if it is empty."""
        title = self.own(criterion).get(status)
        return (status if title is None else self._cell(status, title)) or None

    def status(self, criterion: str | None, cell: object) -> str:
        """Return the status that a cell means; what is not a status of the criterion stays as it is."""
        by_cell = {self._cell(code, title): code for code, title in self.own(criterion).items()}
        return by_cell.get(str(cell), str(cell)) if cell is not None else ""

    def refusal(self, criterion: str | None, status: str, row: str, words: Words) -> str:
        """Say why a row cannot have a status, with the ones it can have; empty if it can."""
        own = self.own(criterion)
        if not own or not status or status in own:
            return ""
        titles: Sequence[str] = [one_line(title) for title in own.values()]
        named = titles if len(titles) <= MOST_NAMED else [f"{titles[0]} … {titles[-1]}"]
        title = self.options().get(status, status)
        return escape(words("edit.other_scale", row=row, title=title, own=words.listed(named)))

    def own(self, criterion: str | None) -> Mapping[str, str]:
        """Return the statuses of a criterion; empty if it is not in the grid."""
        return self.titles.get(self.scale_of.get(criterion or "", 0), {})

    def _cell(self, code: str, title: str) -> str:
        """Return a code, followed by its title if another scale in the grid uses the code for something else."""
        called = {self.titles.get(scale, {}).get(code, title) for scale in self.scale_of.values()}
        return code if called == {title} else f"{code} · {title}"


LONGEST_DAY = 10
"""Characters of a date; a grid returns a time of day behind it."""


@dataclass(frozen=True)
class GridColumn:
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
class EditableGrid(Generic[Row]):
    """Rows as they are stored, by key, in the order shown, between columns that only show something."""

    editor: Editor[Row]
    stored: Mapping[Any, Row]
    before: Sequence[GridColumn]
    after: Sequence[GridColumn]
    scales: Scales[Row]


def draw_grid(view: View, grid: EditableGrid[Row], allowed: bool) -> None:
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


def _held(view: View, grid: EditableGrid[Row]) -> GridRows:
    """Return the rows given to the grid: the same while somebody types, until other rows or a publication come.

    Also others once the page was left in between, or a draft was settled elsewhere.
    """
    held, mark = grid.editor.held(), (view.published.revision.number, tuple(grid.stored))
    if held.grid is None or held.grid.mark != mark or held.grid.widget not in st.session_state:
        held.grids += 1
        rows = {key: grid.editor.draft(key, row, row) for key, row in grid.stored.items()}
        held.grid = GridRows(mark, f"{grid.editor.name}_grid {held.grids}", rows)
    return held.grid


def _table(grid: EditableGrid[Row], rows: Sequence[Row]) -> pa.Table:
    columns = {column.name: pa.array(column.texts, pa.string()) for column in grid.before}
    for field in grid.editor.fields:
        days = pa.date32() if field.kind is FieldKind.DATE else pa.string()
        columns[field.name] = pa.array([_cell(grid, field, row) for row in rows], days)
    return pa.table(columns | {column.name: pa.array(column.texts, pa.string()) for column in grid.after})


def _cell(grid: EditableGrid[Row], field: Field, row: Row) -> object:
    text: str = getattr(row, field.name)
    if field.name == grid.scales.field:
        return grid.scales.statuses.cell(grid.scales.criterion(row), text)
    return field.value(text) or None


def _shown(view: View, column: GridColumn) -> Any:
    return st.column_config.TextColumn(view.words(column.label), pinned=column.pinned, width=column.width)


def _typed(view: View, grid: EditableGrid[Row], field: Field) -> Any:
    """Return how the column of a field is edited."""
    words, config = view.words, st.column_config
    label = field.called(words)
    if field.kind is FieldKind.DATE:
        return config.DateColumn(label, format="YYYY-MM-DD")
    if field.kind is not FieldKind.ONE_OF:
        return config.TextColumn(label, width="large" if field.kind is FieldKind.LONG_TEXT else None)
    if field.name == grid.scales.field:
        titles: Mapping[str, str] = grid.scales.statuses.options()
    else:
        titles = {code: field.title(words, code) for code in field.choices if code}
    title = lambda code: titles.get(str(code), str(code))  # noqa: E731
    return config.SelectboxColumn(label, options=list(titles), required=field.required, format_func=title)


def _keep(grid: EditableGrid[Row], held: GridRows) -> None:
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
            said[field.name] = text[:LONGEST_DAY] if field.kind is FieldKind.DATE else text
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
