"""How is a sheet in another format read? The guess and its reasons, corrected if wrong, accepted with one click."""

from collections.abc import Mapping
from functools import partial
from typing import Literal

import streamlit as st

from dashboard.loading.apart.reading import ENDED
from dashboard.loading.mapping.countries import with_countries
from dashboard.loading.mapping.guess import KnownWords
from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.answers.mapping import MAPPABLE, Represented, SheetMapping
from dashboard.model.answers.mapping_guess import Guess
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, sentence
from dashboard.store.location import store_folder
from dashboard.store.reading.mappings import save_mapping, stored_mappings
from dashboard.store.reading.names import names_of
from dashboard.tasks.mapping_text import finding
from dashboard.tasks.problem_groups import grouped
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading
from dashboard.ui.collect.hand_in.problems import show_lines
from dashboard.ui.collect.mapping.choices import correct_doubtful, correct_rest
from dashboard.ui.collect.mapping.corrections import begin_anew, looked_once, made_once, said_of, take, taken_of
from dashboard.ui.collect.mapping.new_names import offer_new
from dashboard.ui.collect.mapping.reading import look, make
from dashboard.ui.collect.mapping.table import show_guess
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.editing.writer import refused_here
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import MAPPING_NOT_KEPT
from dashboard.ui.view import Source, View

SPREADS: tuple[Represented | Literal[""], ...] = ("", "operation", "criterion", "round", "status")
"""What each of several columns may represent; empty if one column holds the answers."""


def map_sheet(view: View, file: HandedFile) -> HandedFile | None:
    """Return the file as a long-format table: the file itself if it is in our format or cannot be read at all.

    For a sheet in another format, show how it would be read and return None until the user accepts it.
    """
    sheet = file.digest.hex()[:12]
    taken = taken_of(sheet)
    if taken is not None:
        return _used(view, file, taken, sheet)
    saved, broken = stored_mappings(store_folder())
    asked = _asked(view, sheet, saved)
    found = looked_once(sheet, asked, partial(look, view, file, asked))
    if isinstance(found, Problem) and found.kind in ENDED:
        st.error(escape(sentence(found, view.words)))
        return None
    if isinstance(found, Problem) or found.ours:
        return file
    for problem in broken:
        st.warning(escape(sentence(problem, view.words)))
    unlike = view.words(f"mapping.{found.unlike}", file=escape(file.name))
    st.markdown(f"**{view.words('mapping.title')}**  \n{unlike}")
    if found.fitting:
        by = {name: name for name in found.fitting} | {"": view.words("mapping.by_guess")}
        _choose(view, sheet, "by", by, "mapping.read_by", found.fitting[0])
    guessed = found.guessed
    if isinstance(guessed, Problem):
        st.error(escape(sentence(guessed, view.words)))
    elif guessed is not None:
        _show(view, found, guessed, sheet)
    return None


def _show(view: View, found: SheetReading, guessed: Guess, sheet: str) -> None:
    """Show the guess and everything that can be corrected."""
    st.caption(escape(finding(guessed.mapping, found.n_rows, view.words)))
    if found.apart is not None:
        st.warning(escape(sentence(found.apart, view.words)))
    offer_new(view, guessed, sheet)
    spreads = guessed.mapping.form == "answers" and not found.by
    looked_for = spreads and ("status" in guessed.mapping.missing or ("spread",) in said_of(sheet))
    if looked_for:
        _choose_spread(view, guessed.mapping, sheet)
    correct_doubtful(view, found, guessed, sheet)
    _settle(view, guessed, sheet)
    show_guess(view, guessed)
    if st.toggle(view.words("mapping.correct"), key=f"mapping_{sheet}_correct"):
        # A saved mapping applies to one form only.
        if not found.by:
            forms: dict[str, str] = {form: view.words(f"mapping.form_{form}").capitalize() for form in MAPPABLE}
            _choose(view, sheet, "form", forms, "mapping.form", guessed.mapping.form)
        if spreads and not looked_for:
            _choose_spread(view, guessed.mapping, sheet)
        correct_rest(view, found, guessed, sheet)


def _asked(view: View, sheet: str, saved: Mapping[str, SheetMapping]) -> ReadingOptions:
    """Return how the sheet should be read, with the choices the user has made so far."""
    said = dict(said_of(sheet))
    form = next((made for made in MAPPABLE if made == said.get(("form",))), None)
    across = next((one for one in SPREADS if one == said.get(("spread",))), None)
    known = KnownWords({}, {"round": view.state.round}, view.state.framework, form, across)
    by = said.get(("by",))
    return ReadingOptions(
        with_countries(names_of(view.published)), known, saved, by if by in (*saved, "") else None, said
    )


def _choose_spread(view: View, mapping: SheetMapping, sheet: str) -> None:
    """Let the user say that the answers are in several columns, and what each of them represents."""
    titles: dict[str, str] = {one: view.words(f"mapping.spread_{one or 'none'}") for one in SPREADS}
    _choose(view, sheet, "spread", titles, "mapping.spread", mapping.across.column if mapping.across else "")


def _choose(view: View, sheet: str, what: str, titles: Mapping[str, str], label: str, default: str) -> None:
    """Let the user choose an option that changes the guess."""
    widget = f"mapping_{sheet}_{what}"
    held = said_of(sheet).get((what,), default)
    set_widget(widget, held if held in titles else default)
    st.selectbox(
        view.words(label),
        list(titles),
        key=widget,
        format_func=lambda option: titles.get(option, option),
        on_change=begin_anew,
        args=(sheet, (what,), widget),
    )


def _settle(view: View, guessed: Guess, sheet: str) -> None:
    """Draw the accept button, and a field for the name to save the mapping under unless others reach the server."""
    words, missing = view.words, guessed.mapping.missing
    wrong = MAPPING_NOT_KEPT.pop()
    if wrong is not None:
        st.error(escape(sentence(wrong, words)))
    name = f"mapping_{sheet}_name"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            words("mapping.use"),
            key=f"mapping_{sheet}_use",
            type="primary",
            disabled=bool(missing),
            on_click=_take,
            args=(sheet, guessed.mapping, name),
        )
        if view.source is not Source.SCENARIO and refused_here(Deed.LOAD) is None:
            st.text_input(words("mapping.save_as"), key=name, placeholder=words("mapping.save_as_example"))
    if missing:
        titles = words.listed(words(f"mapping.ours_{ours}") for ours in missing)
        st.caption(words("mapping.cannot_use", columns=titles))


def _take(sheet: str, mapping: SheetMapping, widget: str) -> None:
    """Accept a mapping, and save it if it was given a name."""
    name = st.session_state.get(widget, "").strip()
    mapping = mapping.model_copy(update={"name": name})
    if name:
        wrong = save_mapping(store_folder(), mapping)
        if wrong is not None:
            MAPPING_NOT_KEPT.set(wrong)
            return
    take(sheet, mapping)


def _used(view: View, file: HandedFile, mapping: SheetMapping, sheet: str) -> HandedFile | None:
    """Show the table made by the accepted mapping, what was left out, and a button to change the mapping."""
    words = view.words
    found = made_once(sheet, partial(make, view, file, mapping))
    if isinstance(found, Problem):
        st.error(escape(sentence(found, words)))
        st.button(words("mapping.change"), key=f"mapping_{sheet}_change", on_click=take, args=(sheet, None))
        return None
    form = words(f"mapping.form_{mapping.form}")
    st.success(words.count("mapping.used", found.made.n_rows, file=escape(file.name), form=form))
    if mapping.name:
        st.caption(words("mapping.used_by", name=escape(mapping.name)))
    for group in grouped(found.made.problems):
        show_lines(view, group, sheet)
    st.button(words("mapping.change"), key=f"mapping_{sheet}_change", on_click=take, args=(sheet, None))
    return found.file
