"""Which parts of a guessed mapping can be corrected? The doubtful ones straight away, everything else on demand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.loading.mapping.blanks import KEYS
from dashboard.loading.mapping.statuses import NO_REASON
from dashboard.loading.mapping.values import terms_of
from dashboard.model.answers.mapping import DAYS, SHEET
from dashboard.model.answers.mapping_guess import Guess, Match, Sure
from dashboard.model.problem import shortened
from dashboard.store.reading.names import names_of
from dashboard.tasks.sheet_corrections import COLUMN, FIXED, NOWHERE, suggestions
from dashboard.tasks.sheet_reading import SheetReading
from dashboard.ui.collect.mapping.corrections import say, say_all
from dashboard.ui.collect.mapping.table import MISSING, MOST, titled
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.escape import escape, one_line
from dashboard.ui.view import View

WITH_CODES = ("round", "operation")
"""Our columns that may hold a single value for every row."""


@dataclass(frozen=True)
class Choice:
    """One thing that can be corrected: its subject, label, options and current value."""

    on: tuple[str, ...]
    label: str
    titles: dict[str, str]
    now: str
    doubtful: bool
    free: bool = False
    """Whether a text of one's own can be typed instead."""


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


def _choices(view: View, found: SheetReading, guessed: Guess) -> list[Choice]:
    choices = [_columns(view, found, guessed), _filled(view, guessed), _across(view, guessed), _means(view, guessed)]
    choices += [_reason(view, guessed), _days(view, guessed)]
    return [choice for of_one in choices for choice in of_one]


def _draw(choices: list[Choice], sheet: str) -> None:
    places = st.columns(2)
    for position, choice in enumerate(choices):
        widget = f"mapping_{sheet}_{'_'.join(choice.on)}"
        set_widget(widget, choice.now)
        places[position % 2].selectbox(
            escape(choice.label),
            list(choice.titles),
            key=widget,
            accept_new_options=choice.free,
            format_func=partial(_titled, choice.titles),
            on_change=say,
            args=(sheet, choice.on, widget),
        )


def _titled(titles: dict[str, str], option: str) -> str:
    return one_line(titles.get(option, option))


def _columns(view: View, found: SheetReading, guessed: Guess) -> Iterator[Choice]:
    """Yield the choices for the source of each of our columns."""
    words, mapping, names = view.words, guessed.mapping, names_of(view.published)
    spread = (mapping.across.column, mapping.across.holds) if mapping.across else ()
    theirs = {
        f"{COLUMN}{label}": words("mapping.sheet") if label == SHEET else words("mapping.column", label=label)
        for label in found.labels
    }
    for ours in mapping.target_form.columns:
        if ours in spread:
            continue
        codes = names.called.get(ours, {}) if ours in WITH_CODES else {}
        now = _now(guessed, ours)
        fixed = {f"{FIXED}{code}": words("mapping.always", value=names.titled(ours, code)) for code in codes}
        if now.startswith(FIXED) and now not in fixed:
            fixed[now] = words("mapping.always", value=now.removeprefix(FIXED))
        reason = MISSING if ours in mapping.missing else guessed.columns.get(ours)
        asked = reason is not None and reason.why in ("no_reason", "blanks", "days_dmy", "days_mdy")
        look = reason is not None and reason.sure is Sure.DOUBTFUL and not asked
        titles = {NOWHERE: words("mapping.nowhere"), **theirs, **fixed}
        yield Choice(("column", ours), words(f"mapping.ours_{ours}"), titles, now, look)


def _filled(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choice of what an empty cell means, for columns in which it may mean the value above."""
    words, mapping = view.words, guessed.mapping
    for ours in KEYS:
        reason = guessed.columns.get(ours)
        asked = reason is not None and reason.why == "blanks"
        if asked or ours in mapping.filled:
            titles = {"above": words("mapping.filled_above"), "": words("mapping.filled_not")}
            now = "above" if ours in mapping.filled else ""
            label = words("mapping.filled", column=words(f"mapping.ours_{ours}"))
            yield Choice(("filled", ours), label, titles, now, asked)


def _now(guessed: Guess, ours: str) -> str:
    if ours in guessed.mapping.columns:
        return f"{COLUMN}{guessed.mapping.columns[ours]}"
    return f"{FIXED}{guessed.mapping.fixed[ours]}" if ours in guessed.mapping.fixed else NOWHERE


def _across(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choices for what each column laid out across the sheet refers to."""
    across = guessed.mapping.across
    if across is None:
        return
    titles = {"": view.words("mapping.nowhere")}
    names = names_of(view.published)
    codes = names.status_titles if across.column == "status" else names.called.get(across.column, {})
    titles |= {code: titled(view, across.column, code) for code in codes}
    for label, code in across.codes.items():
        yield Choice(("across", label), view.words("mapping.column", label=label), titles, code, False)


def _means(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choices for what each word in the sheet means; our own codes and texts need none."""
    words, names = view.words, names_of(view.published)
    for ours, found in guessed.values.items():
        terms = terms_of(guessed.mapping.form, ours, names)
        codes = terms.names if terms is not None else {}
        titles = {"": words("mapping.as_it_stands"), **{code: titled(view, ours, code) for code in codes}}
        for word, match in found.items():
            if match.reason.sure is not Sure.SURE or match.reason.why == "settled":
                label = words("mapping.word_label", column=words(f"mapping.ours_{ours}"), word=shortened(word))
                if match.code is not None and match.taken is None:
                    label = f"{label} – {words('mapping.perhaps', means=titled(view, ours, match.code))}"
                yield Choice(("word", ours, word), label, titles, _code(match, word, titles), _looks(match))


def _code(match: Match, word: str, titles: dict[str, str]) -> str:
    return match.taken if match.taken is not None and match.taken in titles and match.taken != word else ""


def _looks(match: Match) -> bool:
    return match.reason.sure is Sure.DOUBTFUL


def _reason(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choice of one reason for all answers that are not applicable and have none."""
    words, mapping = view.words, guessed.mapping
    taken = [one.taken for one in guessed.values.get("status", {}).values()]
    taken += list(mapping.across.codes.values()) if mapping.across else []
    if any(code in mapping.not_applicable for code in taken):
        not_stated, now = words("mapping.reason_not_stated"), mapping.fixed.get("na_reason", "")
        titles = {"": words("mapping.reason_left"), not_stated: not_stated}
        doubtful = guessed.columns.get("na_reason") == NO_REASON
        yield Choice(
            ("reason",), words("mapping.reason"), {**titles, **({now: now} if now else {})}, now, doubtful, True
        )


def _days(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choice between day first and month first."""
    words = view.words
    if any(ours in guessed.mapping.columns for ours in DAYS):
        doubtful = any(reason.why.startswith("days_") for reason in guessed.columns.values())
        titles = {order: words(f"mapping.days_{order}") for order in ("dmy", "mdy")}
        yield Choice(("days",), words("mapping.days"), titles, guessed.mapping.days, doubtful)
