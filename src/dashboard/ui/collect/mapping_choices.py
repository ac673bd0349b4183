"""Fields that correct a guessed mapping: the doubtful parts straight away, everything else on demand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.loading.mapping.column_fit import CHOSEN
from dashboard.loading.mapping.guess import KEYS, NO_REASON
from dashboard.loading.mapping.reasons import Guess, Sure, WordMatch
from dashboard.loading.mapping.values import NAMED, terms_of
from dashboard.model.mapping import DAYS, SHEET
from dashboard.model.problem import shortened
from dashboard.store.published_codes import names_of
from dashboard.tasks.sheet_reading import ALSO, COLUMN, FIXED, IS, NOWHERE, SheetReading, suggestions
from dashboard.ui.collect.mapping_corrections import MISSING, MOST, say, say_all, titled
from dashboard.ui.editing.field import set_widget
from dashboard.ui.escape import escape, one_line
from dashboard.ui.view import View


@dataclass(frozen=True)
class MappingChoice:
    """One thing that can be corrected: its subject, label, options and current value."""

    on: tuple[str, ...]
    label: str
    titles: dict[str, str]
    now: str
    doubtful: bool
    free: bool = False
    """Whether the user can type another text."""
    several: bool = False
    """Whether several options can be chosen; `now` then holds them all."""


def filled(view: View, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choice of what an empty cell means, for columns in which it may mean the value above."""
    words, mapping = view.words, guessed.mapping
    for ours in KEYS:
        why = guessed.columns.get(ours)
        asked = why is not None and why.why == "blanks"
        if asked or ours in mapping.filled:
            titles = {"above": words("mapping.filled_above"), "": words("mapping.filled_not")}
            now = "above" if ours in mapping.filled else ""
            label = words("mapping.filled", column=words(f"mapping.ours_{ours}"))
            yield MappingChoice(("filled", ours), label, titles, now, asked)


def reason(view: View, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choice of one reason for all answers that are not applicable and have none."""
    words, mapping = view.words, guessed.mapping
    taken = [one.taken for one in guessed.values.get("status", {}).values()]
    taken += list(mapping.across.codes.values()) if mapping.across else []
    if any(code in mapping.not_applicable for code in taken):
        not_stated, now = words("mapping.reason_not_stated"), mapping.fixed.get("na_reason", "")
        titles = {"": words("mapping.reason_left"), not_stated: not_stated}
        doubtful = guessed.columns.get("na_reason") == NO_REASON
        yield MappingChoice(
            ("reason",), words("mapping.reason"), {**titles, **({now: now} if now else {})}, now, doubtful, True
        )


def days(view: View, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choice between day first and month first."""
    words = view.words
    if any(ours in guessed.mapping.columns for ours in DAYS):
        doubtful = any(one.why.startswith("days_") for one in guessed.columns.values())
        titles = {order: words(f"mapping.days_{order}") for order in ("dmy", "mdy")}
        yield MappingChoice(("days",), words("mapping.days"), titles, guessed.mapping.days, doubtful)


WITH_CODES = ("round", "operation", "country", "indicator")
"""Our columns that may hold a single value for every row."""


def correct_doubtful(view: View, found: SheetReading, guessed: Guess, sheet: str) -> None:
    """Offer choices for whatever is doubtful or missing."""
    doubtful = [choice for choice in _choices(view, found, guessed) if choice.doubtful]
    if doubtful:
        st.markdown(f"**{view.words('mapping.look')}**")
        _draw(doubtful[:MOST], sheet)
        _suggest(view, guessed, sheet)
    if doubtful[MOST:]:
        st.caption(view.words.count("mapping.more_words", len(doubtful) - MOST))


def _suggest(view: View, guessed: Guess, sheet: str) -> None:
    """Offer one click that accepts every word that is only suggested."""
    suggested = suggestions(guessed)
    if suggested:
        label = view.words.count("mapping.suggested", len(suggested))
        st.button(label, key=f"mapping_{sheet}_suggested", on_click=say_all, args=(sheet, suggested))


def correct_rest(view: View, found: SheetReading, guessed: Guess, sheet: str) -> None:
    """Offer choices for everything that is not doubtful."""
    _draw([choice for choice in _choices(view, found, guessed) if not choice.doubtful], sheet)


def _choices(view: View, found: SheetReading, guessed: Guess) -> list[MappingChoice]:
    return [
        *_columns(view, found, guessed),
        *filled(view, guessed),
        *_together(view, found, guessed),
        *_only(view, found, guessed),
        *_across(view, guessed),
        *_means(view, guessed),
        *reason(view, guessed),
        *days(view, guessed),
    ]


def _draw(choices: list[MappingChoice], sheet: str) -> None:
    places = st.columns(2)
    for position, choice in enumerate(choices):
        widget = f"mapping_{sheet}_{'_'.join(choice.on)}"
        place = places[position % 2]
        if choice.several:
            _draw_several(choice, place, widget, sheet)
            continue
        set_widget(widget, choice.now)
        place.selectbox(
            escape(choice.label),
            list(choice.titles),
            key=widget,
            accept_new_options=choice.free,
            format_func=partial(_titled, choice.titles),
            on_change=say,
            args=(sheet, choice.on, widget),
        )


def _draw_several(choice: MappingChoice, place: DeltaGenerator, widget: str, sheet: str) -> None:
    set_widget(widget, choice.now.split(ALSO) if choice.now else [])
    place.multiselect(
        escape(choice.label),
        [option for option in choice.titles if option],
        key=widget,
        placeholder=choice.titles[""],
        format_func=partial(_titled, choice.titles),
        on_change=say,
        args=(sheet, choice.on, widget),
    )


def _titled(titles: dict[str, str], option: str) -> str:
    return one_line(titles.get(option, option))


def _columns(view: View, found: SheetReading, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choices for the source of each of our columns."""
    words, mapping, names = view.words, guessed.mapping, names_of(view.published)
    spread = (mapping.across.column, mapping.across.holds, *mapping.across.further) if mapping.across else ()
    theirs = {
        f"{COLUMN}{label}": words("mapping.sheet") if label == SHEET else words("mapping.column", label=label)
        for label in found.labels
    }
    for ours in mapping.target_form.names:
        if ours in spread:
            continue
        codes = names.called.get(ours, {}) if ours in WITH_CODES else {}
        now = _now(guessed, ours)
        fixed = {f"{FIXED}{code}": words("mapping.always", value=names.titled(ours, code)) for code in codes}
        if now.startswith(FIXED) and now not in fixed:
            fixed[now] = words("mapping.always", value=now.removeprefix(FIXED))
        why = MISSING if ours in mapping.missing else guessed.columns.get(ours)
        asked = why is not None and why.why in ("no_reason", "blanks", "days_dmy", "days_mdy")
        look = why is not None and why.sure is Sure.DOUBTFUL and not asked
        titles = {NOWHERE: words("mapping.nowhere"), **theirs, **fixed}
        yield MappingChoice(("column", ours), words(f"mapping.ours_{ours}"), titles, now, look)


def _together(view: View, found: SheetReading, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choices for a second column that names something together with the first."""
    words, mapping = view.words, guessed.mapping
    for ours in NAMED:
        if ours in mapping.columns:
            seconds = [label for label in found.labels if label not in (*mapping.columns.values(), SHEET)]
            titles = {"": words("mapping.alone")} | {label: words("mapping.column", label=label) for label in seconds}
            label = words("mapping.together", column=words(f"mapping.ours_{ours}"))
            # A second column rarely distinguishes rounds.
            look = found.apart is not None and ours in ("operation", "criterion")
            yield MappingChoice(("together", ours), label, titles, mapping.together.get(ours, ""), look)


def _only(view: View, found: SheetReading, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choice of the rows to read: all, or those with some of the values of a column."""
    words = view.words
    titles = {"": words("mapping.all_rows")} | {
        f"{label}{IS}{value}": words("mapping.only_where", label=label, value=value)
        for label, values in guessed.few.items()
        for value in values
    }
    picked = (f"{label}{IS}{value}" for label, values in guessed.mapping.only.items() for value in values)
    now = ALSO.join(one for one in picked if one in titles)
    if len(titles) > 1:
        # Once a value is chosen, the choice stays in sight for another.
        look = found.apart is not None or bool(now)
        yield MappingChoice(("only",), words("mapping.only"), titles, now, look, several=True)


def _now(guessed: Guess, ours: str) -> str:
    if ours in guessed.mapping.columns:
        return f"{COLUMN}{guessed.mapping.columns[ours]}"
    return f"{FIXED}{guessed.mapping.fixed[ours]}" if ours in guessed.mapping.fixed else NOWHERE


def _across(view: View, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choices for what each column laid out across the sheet refers to, and each column that is not read."""
    across = guessed.mapping.across
    if across is None:
        return
    titles = {"": view.words("mapping.not_read")}
    names = names_of(view.published)
    codes = names.status_titles if across.column == "status" else names.called.get(across.column, {})
    titles |= {code: titled(view, across.column, code) for code in (*codes, *across.codes.values())}
    chosen = guessed.columns.get(across.column) == CHOSEN
    perhaps = guessed.values.get(across.column, {})
    for label in (*across.codes, *guessed.left):
        title, match = view.words("mapping.column", label=label), perhaps.get(label)
        title, offered = _offered(view, title, titles, across.column, match) if match else (title, titles)
        yield MappingChoice(("across", label), title, offered, across.codes.get(label, ""), chosen or match is not None)


def _means(view: View, guessed: Guess) -> Iterator[MappingChoice]:
    """Yield the choices for what each word in the sheet means; our own codes and texts need none."""
    words, names = view.words, names_of(view.published)
    across = guessed.mapping.across.column if guessed.mapping.across else ""
    for ours, found in guessed.values.items():
        terms = terms_of(guessed.mapping.form, ours, names)
        codes = terms.names if terms is not None else {}
        titles = {"": words("mapping.as_it_stands"), **{code: titled(view, ours, code) for code in codes}}
        for word, match in found.items():
            if ours == across and word in guessed.left:
                continue
            if match.reason.sure is not Sure.SURE or match.reason.why == "settled":
                label = words("mapping.word_label", column=words(f"mapping.ours_{ours}"), word=shortened(word))
                label, offered = _offered(view, label, titles, ours, match)
                now = guessed.mapping.values.get(ours, {}).get(word, "")
                now = now if now in offered and now != word else ""
                look = match.reason.sure is Sure.DOUBTFUL and not match.reason.new
                yield MappingChoice(("word", ours, word), label, offered, now, look)


def _offered(view: View, label: str, titles: dict[str, str], ours: str, match: WordMatch) -> tuple[str, dict[str, str]]:
    """Return the label with the code that is only suggested, and the titles with the code of something new."""
    if match.code is None:
        return label, titles
    title = titled(view, ours, match.code)
    if match.reason.among_new and match.code not in titles:
        title = view.words(f"mapping.new_{ours}_code", code=match.code)
        titles = {**titles, match.code: title}
    return label if match.taken else f"{label} – {view.words('mapping.perhaps', means=title)}", titles
