"""Which column and word in the sheet corresponds to which of ours? A table with reasons."""

from collections.abc import Iterator

import streamlit as st

from dashboard.loading.mapping.synonyms import TITLED
from dashboard.model.answers.mapping_guess import Guess, Reason, Sure
from dashboard.model.problem import shortened
from dashboard.store.reading.names import names_of
from dashboard.tasks.mapping_text import mapped, notable_words, reason_text, source
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

MISSING = Reason(Sure.DOUBTFUL, "missing")
MOST = 20
"""How many choices of one kind are shown at once."""


def show_guess(view: View, guessed: Guess) -> None:
    """Show the guess: one row for each of our columns, then the words in the sheet, then what is not read."""
    words = view.words
    columns = [
        {
            words("mapping.head_ours"): words(f"mapping.ours_{ours}"),
            words("mapping.head_theirs"): _theirs(view, guessed, ours),
            words("mapping.head_sure"): escape(reason_text(_reason(guessed, ours), words)),
        }
        for ours in mapped(guessed)
    ]
    draw_table(columns)
    if lines := list(_words(view, guessed)):
        draw_table(lines)
    if guessed.left:
        st.caption(escape(words("mapping.left", columns=words.listed(guessed.left))))


def _reason(guessed: Guess, ours: str) -> Reason:
    return MISSING if ours in guessed.mapping.missing else guessed.columns.get(ours, MISSING)


def _theirs(view: View, guessed: Guess, ours: str) -> str:
    """Return the source of one of our columns, with an example value below it."""
    named = escape(source(guessed.mapping, ours, view.words, names_of(view.published)))
    example = escape(_example(guessed, ours))
    return f"{named}  \n:gray[:small[{example}]]" if example else named


def _example(guessed: Guess, ours: str) -> str:
    """Return an example value, as it is in the sheet."""
    across = guessed.mapping.across
    if across is not None and ours == across.column:
        return next(iter(across.codes), "")
    label = guessed.mapping.columns.get(ours, "")
    if across is not None and ours == across.holds:
        label = next((label for label in across.codes if label in guessed.examples), "")
    return guessed.examples.get(label, "")


def _words(view: View, guessed: Guess) -> Iterator[dict[str, str]]:
    """Yield one row for all words with the same meaning for the same reason."""
    words = view.words
    for ours, found in guessed.values.items():
        shown = notable_words(found)
        alike: dict[tuple[str, Reason], list[str]] = {}
        for word, match in shown[:MOST]:
            means = titled(view, ours, match.code)
            means = means if match.taken or not match.code else words("mapping.perhaps", means=means)
            alike.setdefault((means, match.reason), []).append(f"“{shortened(word)}”")
        for (means, reason), theirs in alike.items():
            yield {
                words("mapping.head_ours"): words(f"mapping.ours_{ours}"),
                words("mapping.head_word"): escape(words.listed(theirs)),
                words("mapping.head_means"): escape(means),
                words("mapping.head_sure"): escape(reason_text(reason, words)),
            }


def titled(view: View, ours: str, code: str | None) -> str:
    """Return a code by its title; ids are shown beside their text."""
    words, names = view.words, names_of(view.published)
    if code is None:
        return words("mapping.nothing")
    if ours in ("status", "expected_status") and code in names.status_titles:
        return names.status_titles[code][0]
    listed = "action_status" if ours == "status" else ours
    if code in TITLED.get(listed, {}):
        return words(TITLED[listed][code])
    title = names.titled(ours, code)
    of_text = ours in ("criterion", "impact") and title != code
    return in_option(shortened(title), code) if of_text else shortened(title)
