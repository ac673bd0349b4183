"""Turns sheets in another format into our tables: each is read in a separate process, corrected, and accepted."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

import streamlit as st

from dashboard.loading.mapping.apply import beside
from dashboard.loading.mapping.country_names import with_countries
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.new_names import listed_new
from dashboard.loading.mapping.reasons import Guess
from dashboard.loading.sandbox import ENDED, PrivateFolder
from dashboard.model.mapping import MAPPABLE, Represented, SheetMapping
from dashboard.model.permissions import Deed
from dashboard.model.problem import HandedFile, Problem, Progress, Weight, sentence
from dashboard.store.disk import store_folder
from dashboard.store.locking import machine_failed
from dashboard.store.named_files import save_mapping, stored_mappings
from dashboard.store.published_codes import names_of
from dashboard.tasks.mapping_text import finding, list_files, told_new
from dashboard.tasks.problem_groups import grouped
from dashboard.tasks.sheet_reading import TAKE, ReadingOptions, SheetReading, read_sheet, write_table
from dashboard.ui.collect import mapping_corrections
from dashboard.ui.collect.import_preview import show_lines
from dashboard.ui.collect.mapping_choices import correct_doubtful, correct_rest
from dashboard.ui.editing.editor import refused_here
from dashboard.ui.editing.field import set_widget
from dashboard.ui.elements.folds import FIRST, first_lines
from dashboard.ui.escape import escape
from dashboard.ui.session_state import MAPPING_NOT_KEPT, Table
from dashboard.ui.versions.imported_files import MOST_BYTES, MOST_MEGABYTES, read_for_page, written
from dashboard.ui.view import View, ViewSource


def offer_new(view: View, guessed: Guess, sheet: str) -> None:
    """List every new name with what it would become, and draw the checkbox that accepts those that are not asked about.

    A name of which only part is that of a country is asked about on its own.
    """
    words = view.words
    found = list(listed_new(guessed, with_countries(names_of(view.published))))
    if not found:
        return
    lines = [f"- {escape(told_new(one, words))}" for one in found]
    first_lines(view, lines, FIRST, f"new_{sheet}", f"**{words('mapping.new_title')}**\n\n")
    n = sum(not one.asked for one in found)
    if not n:
        return
    widget = f"mapping_{sheet}_new"
    set_widget(widget, guessed.mapping.take_new)
    st.checkbox(
        words.count("mapping.take_new", n),
        key=widget,
        help=words("mapping.take_new_help"),
        on_change=_say,
        args=(sheet, widget),
    )


def _say(sheet: str, widget: str) -> None:
    mapping_corrections.said_of(sheet)["new",] = TAKE if st.session_state[widget] else ""


def new_files(view: View, file: HandedFile) -> tuple[HandedFile, ...]:
    """Return the lists that add the new names of a sheet, if its mapping accepts them."""
    mapping = mapping_corrections.taken_of(file.digest.hex()[:12])
    if mapping is None or not mapping.take_new:
        return ()
    names = with_countries(names_of(view.published))
    return tuple(HandedFile(name, text.encode()) for name, text in list_files(mapping.new, names).items())


Value = TypeVar("Value")


def look(view: View, file: HandedFile, asked: ReadingOptions) -> SheetReading | Problem:
    """Return how a sheet would be read, or why it cannot be."""

    def looked(path: Path, progress: Progress) -> SheetReading | Problem:
        return read_for_page(read_sheet, path, file.name, asked, files=[file], progress=progress)

    return _apart(view, file, looked)


def make(view: View, file: HandedFile, mapping: SheetMapping) -> Table | Problem:
    """Return the table made from a sheet, as a separate file."""

    def made(path: Path, progress: Progress) -> Table | Problem:
        table = path.parent / "mapped" / f"{path.stem}.csv"
        found = read_for_page(write_table, path, file.name, mapping, table, files=[file], progress=progress)
        if isinstance(found, Problem):
            return found
        if not table.exists():
            return Table(found, None)
        if table.stat().st_size + beside(table).stat().st_size > MOST_BYTES:
            return Problem("too_large", file.name, expected=f"{MOST_MEGABYTES} MB", weight=Weight.FILE)
        return Table(found, HandedFile(table.name, table.read_bytes(), beside(table).read_bytes()))

    return _apart(view, file, made)


def _apart(view: View, file: HandedFile, read: Callable[[Path, Progress], Value | Problem]) -> Value | Problem:
    """Read a file that exists on disk only while it is read."""
    place = st.empty()

    def progress(share: float, step: str) -> None:
        place.progress(min(share, 1.0), text=view.words(f"first.{step}"))

    try:
        with PrivateFolder() as folder:
            (path,) = written(folder, [file])
            return read(path, progress)
    except OSError as error:
        return machine_failed(file.name, error)
    finally:
        place.empty()


SPREADS: tuple[Represented | Literal[""], ...] = ("", "operation", "criterion", "round", "status")
"""What each of several columns may represent; empty if one column holds the answers."""


def map_sheet(view: View, file: HandedFile) -> HandedFile | None:
    """Return the file as a long-format table: the file itself if it is in our format or cannot be read at all.

    For a sheet in another format, show how it would be read and return None until the user accepts it.
    """
    sheet = file.digest.hex()[:12]
    taken = mapping_corrections.taken_of(sheet)
    if taken is not None:
        return _used(view, file, taken, sheet)
    saved, broken = stored_mappings(store_folder())
    asked = _asked(view, sheet, saved)
    found = mapping_corrections.looked_once(sheet, asked, partial(look, view, file, asked))
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
    if found.tables:
        places = {"": view.words("mapping.table_none")} | {
            str(n): place for n, place in enumerate(found.tables, start=1)
        }
        _choose(view, sheet, "table", places, "mapping.table", "")
    guessed = found.guessed
    if isinstance(guessed, Problem):
        st.error(escape(sentence(guessed, view.words)))
    elif guessed is not None:
        _show(view, found, guessed, sheet)
    return None


def _show(view: View, found: SheetReading, guessed: Guess, sheet: str) -> None:
    """Show the guess and everything that can be corrected."""
    st.caption(escape(finding(guessed.mapping, found.n_rows, view.words)))
    if found.like is not None:
        st.info(escape(sentence(found.like, view.words)))
    if found.apart is not None:
        st.warning(escape(sentence(found.apart, view.words)))
    offer_new(view, guessed, sheet)
    spreads = guessed.mapping.form == "answers" and not found.by
    looked_for = spreads and ("status" in guessed.mapping.missing or ("spread",) in mapping_corrections.said_of(sheet))
    if looked_for:
        _choose_spread(view, guessed.mapping, sheet)
    if guessed.groups:
        _choose(view, sheet, "group", {one: one for one in guessed.groups}, "mapping.group", guessed.group)
    correct_doubtful(view, found, guessed, sheet)
    mapping_corrections.show_guess(view, guessed)
    _settle(view, guessed, sheet, known=bool(found.by))
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
    said = dict(mapping_corrections.said_of(sheet))
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
    held = mapping_corrections.said_of(sheet).get((what,), default)
    set_widget(widget, held if held in titles else default)
    st.selectbox(
        view.words(label),
        list(titles),
        key=widget,
        format_func=lambda option: titles.get(option, option),
        on_change=mapping_corrections.begin_anew,
        args=(sheet, (what,), widget),
    )


def _settle(view: View, guessed: Guess, sheet: str, *, known: bool) -> None:
    """Draw the accept button, and a field for the name to save the mapping under unless others reach the server.

    Unless the mapping is `known`, because it was saved, somebody first says that both tables were compared.
    """
    words, missing = view.words, guessed.mapping.missing
    wrong = MAPPING_NOT_KEPT.pop()
    if wrong is not None:
        st.error(escape(sentence(wrong, words)))
    name = f"mapping_{sheet}_name"
    compared = known or st.checkbox(words("mapping.compared"), key=f"mapping_{sheet}_compared", disabled=bool(missing))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            words("mapping.use"),
            key=f"mapping_{sheet}_use",
            type="primary",
            disabled=bool(missing) or not compared,
            on_click=_take,
            args=(sheet, guessed.mapping, name),
        )
        if view.source is not ViewSource.SCENARIO and refused_here(Deed.LOAD) is None:
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
    mapping_corrections.take(sheet, mapping)


def _used(view: View, file: HandedFile, mapping: SheetMapping, sheet: str) -> HandedFile | None:
    """Show the table made by the accepted mapping, what was left out, and a button to change the mapping."""
    words = view.words
    found = mapping_corrections.made_once(sheet, partial(make, view, file, mapping))
    if isinstance(found, Problem):
        st.error(escape(sentence(found, words)))
        st.button(
            words("mapping.change"),
            key=f"mapping_{sheet}_change",
            on_click=mapping_corrections.take,
            args=(sheet, None),
        )
        return None
    form = words(f"mapping.form_{mapping.form}")
    st.success(words.count("mapping.used", found.made.n_rows, file=escape(file.name), form=form))
    if mapping.name:
        st.caption(words("mapping.used_by", name=escape(mapping.name)))
    for group in grouped(found.made.problems):
        show_lines(view, group, sheet)
    st.button(
        words("mapping.change"), key=f"mapping_{sheet}_change", on_click=mapping_corrections.take, args=(sheet, None)
    )
    return found.file


def mapped_files(view: View, files: Sequence[HandedFile]) -> tuple[HandedFile, ...]:
    """Return the files ready to be published; none while the mapping of any of them is still to be accepted."""
    made = [table for file in files if (table := map_sheet(view, file)) is not None]
    if len(made) < len(files):
        return ()
    return (*(added for file in files for added in new_files(view, file)), *made)
