"""How is somebody else's sheet read? The guess with its reasons, corrected where it is wrong, used by one click."""

from functools import partial
from hashlib import sha256
from pathlib import Path

import streamlit as st

from dashboard.foreign_sheet import Opened, corrected, first_guess, guess_by, made_from, open_sheet, saved_for
from dashboard.foreign_told import finding
from dashboard.loading.mapping import Mapped, write_mapped
from dashboard.loading.mapping_guess import SETTLED, Known
from dashboard.model.mapping import MADE, SheetMapping
from dashboard.model.mapping_guess import Guess
from dashboard.model.problem import Problem, sentence
from dashboard.store.location import store_folder
from dashboard.store.mappings import save_mapping, stored_mappings
from dashboard.store.names import names_of
from dashboard.store.permission import Writer, refusal
from dashboard.store.turn import machine_failed
from dashboard.ui.mapping_choices import correct_doubtful, correct_rest
from dashboard.ui.mapping_said import begin_anew, made_once, said_of, take, taken_of, with_said
from dashboard.ui.mapping_table import show_guess
from dashboard.ui.plain import plain
from dashboard.ui.plan_draft import hold
from dashboard.ui.session import listens_on
from dashboard.ui.view import View

NOT_KEPT = "mapping_not_kept"
"""Why a mapping could not be kept for next time."""


def map_sheet(view: View, path: Path) -> Path | None:
    """The table in long form that a file comes to: the file itself where it is one of ours or cannot be read at all.

    A sheet of somebody else shows how it would be read; None until somebody settles on it.
    """
    sheet = sha256(path.name.encode() + path.read_bytes()).hexdigest()[:12]
    taken = taken_of(sheet)
    if taken is not None:
        return _used(view, path, taken, sheet)
    opened = open_sheet(path, path.name)
    if isinstance(opened, Problem) or opened.ours:
        return path
    st.markdown(f"**{view.words('mapping.title')}**  \n{view.words('mapping.not_ours', file=plain(path.name))}")
    saved = _saved(view, opened)
    by = _choose(view, sheet, "by", [*saved, ""], "mapping.read_by") if saved else ""
    guessed = _guess(view, opened, sheet, saved.get(by))
    if isinstance(guessed, Problem):
        st.error(plain(sentence(guessed, view.words)))
        return None
    made = made_from(opened, guessed)
    st.caption(plain(finding(guessed.mapping, len(made.rows), view.words)))
    correct_doubtful(view, opened, guessed, sheet)
    _settle(view, guessed, sheet)
    show_guess(view, guessed)
    if st.toggle(view.words("mapping.correct"), key=f"mapping_{sheet}_correct"):
        # A saved mapping is of one form.
        if not by:
            _choose(view, sheet, "form", list(MADE), "mapping.form", guessed.mapping.form)
        correct_rest(view, opened, guessed, sheet)
    return None


def _saved(view: View, opened: Opened) -> dict[str, SheetMapping]:
    """The mappings that were saved for a sheet with the same header; what is wrong with others is told."""
    saved, broken = stored_mappings(store_folder())
    for problem in broken:
        st.warning(plain(sentence(problem, view.words)))
    return {name: saved[name] for name in saved_for(opened, saved)}


def _guess(view: View, opened: Opened, sheet: str, saved: SheetMapping | None) -> Guess | Problem:
    """The guess, or what a saved mapping says, with what somebody said of it."""
    names = names_of(view.published)
    form = said_of(sheet).get(("form",), "")
    known = Known(
        otherwise={"round": view.state.round},
        framework=view.state.framework,
        form=next((made for made in MADE if made == form), None),
    )
    first = guess_by(opened, saved, names, known) if saved else first_guess(opened, names, known)
    if isinstance(first, Problem):
        return first
    said = said_of(sheet)
    if not any(on[0] in ("column", "word", "across", "days") for on in said):
        return first
    learnt = saved.values if saved else {}
    mapping = with_said(first.mapping.model_copy(update={"values": learnt}), said)
    chosen = {on[1]: SETTLED for on in said if on[0] == "column"}
    if ("days",) in said:
        chosen |= dict.fromkeys(mapping.columns, SETTLED)
    return corrected(opened, mapping, names, known, {**first.columns, **chosen})


def _choose(view: View, sheet: str, what: str, options: list[str], label: str, default: str = "") -> str:
    """A choice that makes another guess of it."""
    words = view.words
    titles = {code: words(f"mapping.form_{code}").capitalize() for code in MADE} | {"": words("mapping.by_guess")}
    widget = f"mapping_{sheet}_{what}"
    held = said_of(sheet).get((what,), default or options[0])
    hold(widget, held if held in options else options[0])
    chosen: str = st.selectbox(
        words(label),
        options,
        key=widget,
        format_func=lambda code: titles.get(code, code),
        on_change=begin_anew,
        args=(sheet, (what,), widget),
    )
    return chosen


def _settle(view: View, guessed: Guess, sheet: str) -> None:
    """The one button, and the name under which it is kept; a server that others can reach keeps none."""
    words, missing = view.words, guessed.mapping.missing
    wrong = st.session_state.pop(NOT_KEPT, None)
    if wrong is not None:
        st.error(plain(sentence(wrong, words)))
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
        if not view.imagined and refusal(Writer("visitor", "", listens_on())) is None:
            st.text_input(words("mapping.save_as"), key=name, placeholder=words("mapping.save_as_example"))
    if missing:
        titles = ", ".join(words(f"mapping.ours_{ours}") for ours in missing)
        st.caption(words("mapping.cannot_use", columns=titles))


def _take(sheet: str, mapping: SheetMapping, widget: str) -> None:
    """Settle on a mapping, and keep it where it was given a name."""
    name = st.session_state.get(widget, "").strip()
    mapping = mapping.model_copy(update={"name": name})
    if name:
        wrong = save_mapping(store_folder(), mapping)
        if wrong is not None:
            st.session_state[NOT_KEPT] = wrong
            return
    take(sheet, mapping)


def _made(path: Path, mapping: SheetMapping) -> Mapped | Problem:
    opened = open_sheet(path, path.name)
    return opened if isinstance(opened, Problem) else made_from(opened, Guess(mapping))


def _used(view: View, path: Path, mapping: SheetMapping, sheet: str) -> Path | None:
    """The table made by the mapping that was settled on, what of the sheet is not in it, and the way back."""
    words = view.words
    made = made_once(sheet, partial(_made, path, mapping))
    if isinstance(made, Problem):
        st.error(plain(sentence(made, words)))
        return None
    form = words(f"mapping.form_{mapping.form}")
    st.success(words.count("mapping.used", len(made.rows), file=plain(path.name), form=form))
    if mapping.name:
        st.caption(words("mapping.used_by", name=plain(mapping.name)))
    if made.problems:
        st.markdown("\n".join(f"- {plain(sentence(problem, words))}" for problem in made.problems))
    st.button(words("mapping.change"), key=f"mapping_{sheet}_change", on_click=take, args=(sheet, None))
    if not made.rows:
        return None
    try:
        return write_mapped(made, path.parent / "mapped" / f"{path.stem}.csv")
    except OSError as error:
        st.error(plain(sentence(machine_failed(path.name, error), words)))
        return None
