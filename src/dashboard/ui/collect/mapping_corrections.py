"""Shows how a sheet in another format is read, with reasons, and keeps what the user corrects until it is used."""

from collections.abc import Callable, Iterator

import streamlit as st

from dashboard.loading.mapping.reasons import Guess, GuessReason, Sure
from dashboard.loading.mapping.synonyms import TITLED
from dashboard.loading.sandbox import BUSY, ENDED
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.mapping import SheetMapping
from dashboard.model.problem import Problem, shortened
from dashboard.store.published_codes import names_of
from dashboard.tasks.mapping_text import mapped, notable_words, reason_text, source
from dashboard.tasks.sheet_reading import ALSO, Corrections, ReadingOptions, SheetReading
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.session_state import MAPPING_LOOKED, MAPPING_MADE, MAPPING_SAID, MAPPING_TAKEN, Table
from dashboard.ui.view import View


def said_of(sheet: str) -> Corrections:
    """Return the corrections made to one sheet."""
    return MAPPING_SAID.setdefault({}).setdefault(sheet, {})


def say(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Keep the value of a widget."""
    chosen = st.session_state[widget]
    said_of(sheet)[on] = ALSO.join(chosen) if isinstance(chosen, list) else chosen


def say_all(sheet: str, said: Corrections) -> None:
    """Keep several choices at once."""
    said_of(sheet).update(said)


def begin_anew(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Switch to another form, mapping or group of columns; corrections to the former one do not apply to it."""
    said = said_of(sheet)
    kept = (("form",), ("by",), *([("spread",)] if on == ("group",) else []))
    for other in [other for other in said if other not in kept]:
        said.pop(other)
    said[on] = st.session_state[widget]


def taken_of(sheet: str) -> SheetMapping | None:
    """Return the mapping the user has accepted."""
    return MAPPING_TAKEN.setdefault({}).get(sheet)


def take(sheet: str, mapping: SheetMapping | None) -> None:
    """Accept a mapping, or none."""
    MAPPING_MADE.get({}).pop(sheet, None)
    taken = MAPPING_TAKEN.setdefault({})
    if mapping is None:
        taken.pop(sheet, None)
    else:
        taken[sheet] = mapping


def looked_once(
    sheet: str, asked: ReadingOptions, look: Callable[[], SheetReading | Problem]
) -> SheetReading | Problem:
    """Return how a sheet is read, recomputed if the corrections have changed."""
    of_all = MAPPING_LOOKED.setdefault({})
    if sheet not in of_all or of_all[sheet][0] != asked:
        of_all[sheet] = asked, look()
    found = of_all[sheet][1]
    return of_all.pop(sheet)[1] if _waits(found) else found


def look_anew() -> None:
    """Forget readings that did not finish."""
    MAPPING_LOOKED.set(
        {
            sheet: (asked, found)
            for sheet, (asked, found) in MAPPING_LOOKED.get({}).items()
            if not isinstance(found, Problem) or found.kind not in ENDED
        }
    )


def made_once(sheet: str, make: Callable[[], Table | Problem]) -> Table | Problem:
    """Return what is made from a sheet, computed on first request."""
    of_all = MAPPING_MADE.setdefault({})
    if sheet not in of_all:
        of_all[sheet] = make()
    return of_all.pop(sheet) if _waits(of_all[sheet]) else of_all[sheet]


def _waits(found: object) -> bool:
    """Return whether a sheet was not read only because others were being read."""
    return isinstance(found, Problem) and found.kind == BUSY


MISSING = GuessReason(Sure.DOUBTFUL, "missing")
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


def _reason(guessed: Guess, ours: str) -> GuessReason:
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
        alike: dict[tuple[str, GuessReason], list[str]] = {}
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
    """Return a code by its title; ids are shown beside their text, grades of severity with what they need."""
    words, names = view.words, names_of(view.published)
    if code is None:
        return words("mapping.nothing")
    if ours in OF_SEVERITY and code in GRADES:
        return words("rating.grade", grade=code, title=words(f"rating.{ours}_{code}"))
    if ours in ("status", "expected_status") and code in names.status_titles:
        return names.status_titles[code][0]
    listed = "action_status" if ours == "status" else ours
    if code in TITLED.get(listed, {}):
        return words(TITLED[listed][code])
    title = names.titled(ours, code)
    of_text = ours in ("criterion", "impact") and title != code
    return in_option(shortened(title), code) if of_text else shortened(title)
