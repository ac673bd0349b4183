"""What have others sent? Each source with its marks and dates, and its figures beside one's own, never added up."""

from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.model.archive import grouped
from dashboard.model.limits import PAGE
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import sentence
from dashboard.queries.overview.rows import AreasRow
from dashboard.store.history import StoreError
from dashboard.store.keeping.sources import Source, source_published, sources
from dashboard.store.location import store_folder
from dashboard.tasks.beside_source import Beside, Compared, compare
from dashboard.tasks.sources import Sent, add_source, described
from dashboard.ui.apart import prepare_to_read
from dashboard.ui.data.publication import left_out
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.sentences import signed
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

NONE = "–"


def show_received(view: View) -> None:
    """Show every source, one of them beside the figures here, and the way to add another."""
    words = view.words
    if view.withholds:
        headline(words("received.title"))
        st.caption(left_out(view))
        return
    above = st.container()
    st.markdown(f"**{words('received.add')}**")
    if may_write(view, Deed.SOURCE):
        _add(view)
    # After the form, so that what it has just added is there.
    with above:
        _held(view)


def _held(view: View) -> None:
    words = view.words
    try:
        found = sources(store_folder())
    except StoreError as error:
        headline(words("received.title"))
        st.error(sentence(error.problem, words))
        return
    headline(words.count("received.finding", len(found)) if found else words("received.none"))
    st.caption(words("received.help"))
    if found:
        _side_by_side(view, found)
        st.markdown(f"**{words('received.title')}**")
        _listed(view, found)
        st.caption(words("received.proves"))


def _listed(view: View, found: tuple[Source, ...]) -> None:
    words = view.words
    draw_table(
        [
            {
                words("received.name"): escape(source.name),
                words("column.what"): "  \n".join(map(escape, described(source.about, words))),
                words("received.added"): words(
                    "received.added_by", on=datetime.fromisoformat(source.at).date(), role=escape(source.role)
                ),
                words("received.fingerprint"): grouped(source.fingerprint),
            }
            for source in found
        ]
    )


def _side_by_side(view: View, found: tuple[Source, ...]) -> None:
    """Show the figures of one source beside one's own: in the framework and round of the filters, for all places."""
    words = view.words
    by_name = {source.name: source for source in found}
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        name = st.selectbox(words("received.choose"), list(by_name), key="received_source")
    with right:
        choose_kind(view)
    source = by_name[name]
    try:
        theirs = source_published(store_folder(), source)
        compared = compare(view.published, view.unfiltered(within=()), theirs, view.state, view.today)
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    if compared.theirs is None:
        lacking = words("received.no_round", rounds=words.listed(map(escape, compared.rounds)), name=escape(name))
        st.info(lacking if compared.rounds else words("received.no_framework", name=escape(name)))
        return
    draw_table([_line(view, source, compared, row) for row in compared.rows])
    st.caption(_marks(view, source, compared))


def _line(view: View, source: Source, compared: Compared, row: Beside) -> dict[str, str]:
    words = view.words
    line = {
        view.area_word().label: escape(row.title),
        words("received.own"): _figure(view, row.own),
        escape(source.name): _figure(view, row.theirs),
    }
    if compared.same_questions:
        known = row.difference is not None
        line[words("received.difference")] = words("received.points", n=signed(row.difference)) if known else NONE
    return line


def _figure(view: View, row: AreasRow | None) -> str:
    """Return the score, its low bound and the coverage of one side."""
    words = view.words
    if row is None:
        return words("received.not_asked")
    covered = row["n_answered"] / row["n_applicable"] if row["n_applicable"] else 0
    share = words("received.covered", percent=round(100 * covered))
    if row["mean"] is None:
        return f"{words('received.no_score')} · {share}"
    low = words("received.low", low=row["low"]) if row["low"] is not None else ""
    return " · ".join(part for part in (f"**{words.shown(round(row['mean']))}**", low, share) if part)


def _marks(view: View, source: Source, compared: Compared) -> str:
    """Return what each side is, and why differences are shown or not."""
    words = view.words
    theirs = compared.theirs or compared.own
    dates = [
        words("received.dates", whose=whose, on=words.shown(side.answered_on) if side.answered_on else NONE)
        for whose, side in ((words("received.own"), compared.own), (escape(source.name), theirs))
    ]
    if compared.same_questions:
        fair = words("received.same", version=theirs.version)
    elif compared.own.version == theirs.version:
        fair = words("received.other_content", version=theirs.version)
    else:
        fair = words("received.other_version", own=compared.own.version, theirs=escape(theirs.version))
    illustrative = [words("shell.illustrative")] if source.about.illustrative else []
    return " ".join([words("received.all_places"), fair, *dates, *illustrative])


def _add(view: View) -> None:
    """Draw the form with which an archive is added."""
    words = view.words
    prepare_to_read()
    st.caption(words("received.add_help"))
    writer = ask_who(view, Deed.SOURCE)
    with st.form("add_source", border=True):
        uploaded = st.file_uploader(words("received.file"), type="zip", key="source_file")
        left, right = st.columns(2)
        name = left.text_input(words("received.name"), key="source_name")
        told = right.text_input(words("received.told"), key="source_told")
        pressed = st.form_submit_button(words("received.add_button"), key="source_add")
    if not pressed:
        return
    if uploaded is None:
        st.warning(words("received.no_file"))
        return
    with PrivateFolder() as folder:
        path = folder / "sent.zip"
        path.write_bytes(uploaded.getvalue())
        received = add_source(
            store_folder(), Sent(path, uploaded.name, name or Path(uploaded.name).stem, told), writer, PAGE, view.today
        )
    for problem in received.problems:
        st.warning(escape(sentence(problem, words)))
    if received.source is not None:
        fingerprint = grouped(received.source.fingerprint)
        st.success(words("received.done", name=escape(received.source.name), fingerprint=fingerprint))
