"""Fields of an editor: how each is declared, converted between a row and its widget, drawn, and put into words.

What was typed is kept under our own keys, because widgets forget.

See docs/decisions/0014-edits.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import streamlit as st

from dashboard.model.records import RECORDS, Column, ColumnKind
from dashboard.model.words import Words
from dashboard.ui.escape import escape, one_line
from dashboard.ui.view import View


def set_widget(widget: str, value: object) -> None:
    """Set a widget's value before it is drawn, only if it differs: a late run must not undo what is being typed."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value


FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)

Titles = Mapping[str, Mapping[str, str]]
"""The titles of choices that come from data, by field and code, in the order they are offered."""

NO_WORDS: Mapping[str, str] = {}


class FieldKind(Enum):
    """What a field asks for. A row holds the answer as text, in the form named here."""

    TEXT = "as typed"
    LONG_TEXT = "as typed, in a field that grows with it"
    DATE = "YYYY-MM-DD"
    ONE_OF = "a code"
    SEVERAL_OF = "codes, joined by semicolons"
    NUMBER = "digits"
    YES_NO = "true, or empty"


def always(row: object) -> bool:
    """Return that every row has a field."""
    return True


@dataclass(frozen=True)
class Field:
    """One column that can be edited. `label`, `help`, `example` and `below` are keys of words.

    The title of a choice is the sentence `titles` plus its code, or plus `not_stated` for none, or comes with the data.
    `choices` of a number are the words that may stand in its place. `unset` is what a row holds while nothing is
    chosen. A field that `identifies` its row is asked of a new one only, and `applies` says whether a row has it. A day
    in the `past` is today at the latest. `width` counts beside the other fields of a line; `below` is said under it.
    `label_of` returns the key of the label in the form of one row, if it depends on the row.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    label: str = ""
    help: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    titles: str = ""
    unset: str = ""
    longest: int | None = None
    highest: int | None = None
    required: bool = False
    identifies: bool = False
    past: bool = False
    side_by_side: bool = False
    applies: Callable[[Any], bool] = always
    below: str = ""
    width: int = 1
    label_of: Callable[[Any], str] | None = None

    def called(self, words: Words) -> str:
        """Return the label."""
        return words(self.label or f"column.{self.name}")

    def title(self, words: Words, code: str) -> str:
        """Return the title of a declared choice; without a code, the words for that nothing is chosen."""
        if code:
            return words(f"{self.titles}{code}")
        unsaid = f"{self.titles}not_stated"
        return words(unsaid if words.has(unsaid) else "edit.not_said")

    def offered(self, words: Words, titles: Titles, text: str) -> dict[str, str]:
        """Return the choices by code; what the row holds is one of them, even if it is no longer offered."""
        of_data = titles.get(self.name)
        found = dict(of_data) if of_data is not None else {code: self.title(words, code) for code in self.choices}
        return found if text == self.unset else {**found, text: found.get(text, text)}

    def value(self, text: str) -> Any:
        """Return what the widget holds for the text of a row."""
        match self.kind:
            case FieldKind.DATE:
                return date.fromisoformat(text) if text else None
            case FieldKind.NUMBER:
                return int(text) if text.isdigit() else None
            case FieldKind.SEVERAL_OF:
                return [code for code in text.split(";") if code]
            case FieldKind.YES_NO:
                return bool(text)
        return text

    def text(self, value: object) -> str:
        """Return the text of a row for what a widget holds."""
        if value is None:
            return self.unset
        if isinstance(value, bool):
            return "true" if value else ""
        return ";".join(value) if isinstance(value, list) else str(value)

    def in_words(self, words: Words, titles: Titles, text: str) -> str:
        """Return a value as the form shows it, safe in Markdown."""
        if self.kind is FieldKind.YES_NO:
            return words("edit.yes" if text else "edit.no")
        if self.kind is FieldKind.NUMBER and text in self.choices:
            return self.title(words, text)
        if self.kind not in (FieldKind.ONE_OF, FieldKind.SEVERAL_OF):
            return escape(text)
        codes = text.split(";") if self.kind is FieldKind.SEVERAL_OF else [text]
        offered = self.offered(words, titles, self.unset)
        return escape(words.listed(offered.get(code, code) for code in codes if code in offered or code != self.unset))


def fields_of(form: str) -> Callable[..., Field]:
    """Return what makes the fields of a table: unless said otherwise, its record says their kind, choices and past."""

    def field(name: str, kind: FieldKind | None = None, label: str = "", **more: Any) -> Field:
        column = RECORDS[form].column(name)
        if column.words and kind is not FieldKind.YES_NO:
            more.setdefault("choices", column.words if more.get("required") else ("", *column.words))
        return Field(name, kind or _kind(column), label, past=column.past, **more)

    return field


def _kind(column: Column) -> FieldKind:
    if column.kind is ColumnKind.DATE:
        return FieldKind.DATE
    if column.kind is ColumnKind.FLAG:
        return FieldKind.YES_NO
    if column.kind is ColumnKind.COUNT or column.pattern is not None:
        return FieldKind.NUMBER
    return FieldKind.ONE_OF if column.words or column.of else FieldKind.TEXT


def draw_field(
    view: View,
    field: Field,
    text: str,
    widget: str,
    keep: Callable[[], None],
    titles: Titles,
    own: Mapping[str, str] = NO_WORDS,
) -> None:
    """Draw the widget of a field with the text of a row; `keep` runs when it is left.

    `own` holds its label or help where they depend on the row.
    """
    words = view.words
    said: dict[str, Any] = {
        "label": field.called(words),
        "help": words(field.help) if field.help else None,
        "key": widget,
        "on_change": keep,
        **own,
    }
    example = words(field.example) if field.example else None
    value = field.value(text)
    if field.kind is not FieldKind.ONE_OF:
        set_widget(widget, value)
    match field.kind:
        case FieldKind.TEXT:
            st.text_input(max_chars=field.longest, placeholder=example, **said)
        case FieldKind.LONG_TEXT:
            st.text_area(max_chars=field.longest, placeholder=example, height="content", **said)
        case FieldKind.DATE:
            last = view.today if field.past else LAST_DAY
            first, last = min(FIRST_DAY, value or last), max(last, value or last)
            st.date_input(min_value=first, max_value=last, format="YYYY-MM-DD", **said)
        case FieldKind.NUMBER:
            instead = field.title(words, text) if text in field.choices else example
            st.number_input(min_value=0, max_value=field.highest, step=1, placeholder=instead, **said)
        case FieldKind.YES_NO:
            st.checkbox(**said)
        case FieldKind.ONE_OF:
            _one_of(field, text, field.offered(words, titles, text), example or field.title(words, ""), said)
        case FieldKind.SEVERAL_OF:
            _several_of(field, field.offered(words, titles, field.unset), example or field.title(words, ""), said)


def _several_of(field: Field, offered: Mapping[str, str], placeholder: str, said: dict[str, Any]) -> None:
    title = lambda code: one_line(offered.get(code, code))  # noqa: E731
    st.multiselect(options=list(offered), format_func=title, placeholder=placeholder, **said)


def _one_of(field: Field, text: str, offered: Mapping[str, str], placeholder: str, said: dict[str, Any]) -> None:
    set_widget(said["key"], text if text in offered else None)
    said["options"] = list(offered)
    if field.side_by_side:
        title = lambda code: escape(offered.get(code, code))  # noqa: E731
        st.radio(index=None, horizontal=True, format_func=title, **said)
        return
    # Without an index, the choice can be cleared.
    index = 0 if field.unset in offered or (field.required and text in offered) else None
    title = lambda code: one_line(offered.get(code, code))  # noqa: E731
    st.selectbox(index=index, format_func=title, placeholder=placeholder, **said)
