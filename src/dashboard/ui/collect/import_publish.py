"""Chooses the files to import, and publishes, tries or discards them; undoes what was just published."""

from dataclasses import replace

import streamlit as st

from dashboard.model.permissions import Deed
from dashboard.model.problem import HandedFile, Problem, Weight, handed_file, sentence
from dashboard.model.records import FORMATS
from dashboard.store.disk import store_folder
from dashboard.store.locking import Writer, trial_refusal
from dashboard.store.publishing.build import Proof
from dashboard.store.publishing.publish import publish_preview
from dashboard.store.upkeep import undo
from dashboard.tasks.preview import agreements
from dashboard.ui import session, session_state
from dashboard.ui.collect.import_preview import first_sentences, titles_of
from dashboard.ui.collect.mapping_corrections import look_anew
from dashboard.ui.editing.editor import ask_who, held_writer, may_publish, refused_here
from dashboard.ui.escape import escape
from dashboard.ui.session import listens_on
from dashboard.ui.versions import imported_files, restricted_copy
from dashboard.ui.versions.imported_files import (
    MOST_BYTES,
    MOST_MEGABYTES,
    Private,
    handed_in,
    prepare_to_read,
    read_anew,
)
from dashboard.ui.view import View


def hand_in(view: View) -> None:
    """Show the file chooser and the files chosen before another page was opened, or say why none can be chosen."""
    words = view.words
    refused = trial_refusal(listens_on(), session.person())
    if refused is not None:
        st.info(sentence(refused, words))
        return
    prepare_to_read()
    key = f"collect_upload_{session_state.COLLECT_TURN.get(0)}"
    chosen = st.file_uploader(
        words("collect.files", formats=words.listed(FORMATS), most=MOST_MEGABYTES),
        accept_multiple_files=True,
        key=key,
        on_change=_keep,
        args=(key,),
        max_upload_size=MOST_MEGABYTES,
    )
    if large := session_state.COLLECT_TOO_LARGE.get():
        st.error(escape(sentence(large, words)))
    if handed_in() and not chosen:
        names = words.listed(escape(file.name) for file in handed_in())
        st.caption(f":material/description: {words('collect.kept', names=names)}")


def _keep(key: str) -> None:
    # What this process no longer holds, for example after a restart, has a name in the browser only.
    chosen = [file for file in st.session_state[key] if hasattr(file, "size")]
    session_state.COLLECT_TOO_LARGE.pop()
    read_anew()
    look_anew()
    if sum(file.size for file in chosen) > MOST_BYTES:
        session_state.COLLECT_FILES.pop()
        names = ", ".join(file.name for file in chosen)
        session_state.COLLECT_TOO_LARGE.set(
            Problem("too_large", names, expected=f"{MOST_MEGABYTES} MB", weight=Weight.FILE)
        )
        return
    session_state.COLLECT_FILES.set(tuple(handed_file(file.name, file.getvalue()) for file in chosen))


def offer_to_put_away(view: View) -> None:
    """Draw the button that ends an import without changing anything."""
    st.button(view.words("collect.discard"), key="collect_discard", icon=":material/delete:", on_click=put_away)


def put_away() -> None:
    """Forget the imported files."""
    session_state.COLLECT_FILES.pop()
    session_state.COLLECT_TOO_LARGE.pop()
    session_state.COLLECT_TURN.set(session_state.COLLECT_TURN.get(0) + 1)


def keep_done(number: int, n_out: int) -> None:
    """Note a new publication and how many rows it left out; the next run reports it."""
    session_state.COLLECT_DONE.set((number, n_out))
    session_state.COLLECT_UNDONE.pop()


def tell_done(view: View) -> None:
    """Report the last publication, with undo as long as it is in force, or that it was undone."""
    words = view.words
    if undone := session_state.COLLECT_UNDONE.pop():
        st.success(words("collect.undone", **undone))
    done = session_state.COLLECT_DONE.get()
    if done is None:
        return
    number, n_out = done
    current = restricted_copy.current(session.person())
    latest = current.revision.number if current is not None else 0
    if latest != number:
        st.info(words("collect.later", number=number, latest=latest))
        return
    left_out = f" {words.count('collect.left_out', n_out)}" if n_out else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(words("collect.published", number=number) + left_out)
        pressed = (
            number > 1
            and refused_here(Deed.REVERT) is None
            and st.button(
                words("collect.undo"), key="collect_undo", icon=":material/undo:", help=words("collect.undo_help")
            )
        )
    if pressed:
        _undo(view, number)


def _undo(view: View, number: int) -> None:
    writer = replace(held_writer(Deed.REVERT), why=view.words("collect.undo_why", number=number))
    outcome = undo(store_folder(), number, writer)
    if outcome.revision is None:
        st.error("  \n".join([view.words("collect.not_undone"), first_sentences(view, outcome.problems)]))
        return
    session_state.COLLECT_DONE.pop()
    session_state.COLLECT_UNDONE.set({"number": number, "step": outcome.revision.number})
    st.rerun()


def act(view: View, private: Private, files: tuple[HandedFile, ...]) -> None:
    """Draw role, reason and buttons; if the files cannot be used, only the way to discard them."""
    if number := session_state.COLLECT_SINCE.pop():
        st.warning(view.words("collect.since", number=number))
    with st.container(key="collect_act"):
        _act(view, private, files)


def _act(view: View, private: Private, files: tuple[HandedFile, ...]) -> None:
    proof = private.preview.proof
    useful = proof is not None and private.preview.changes.anything
    publishes = useful and may_publish(view, Deed.LOAD)
    told = st.container()
    agreed = not publishes or _agreed(view, private, files)
    *asked, buttons = st.columns([2, 2, 3], vertical_alignment="bottom") if publishes else [st.container()]
    writer = ask_who(view, Deed.LOAD, asked, reason=True) if publishes else None
    with buttons:
        pressed = _buttons(view, files, useful, publishes, agreed)
    over = proof.over if proof is not None else None
    before = session_state.COLLECT_SEEN.get()
    session_state.COLLECT_SEEN.set(over)
    if not pressed or proof is None or writer is None:
        return
    if over != before:
        _tell_since(over.number if over else 0)
    with told:
        _publish(view, proof, private.preview.changes.n_out, writer, files)


def _agreed(view: View, private: Private, files: tuple[HandedFile, ...]) -> bool:
    """Ask about each round of which too little is published or remains, and return whether the user agrees to all."""
    # The consent is for these files only.
    these = "".join(file.digest.hex()[:6] for file in files)
    sentences = agreements(private.preview.changes, titles_of(view, private.published), view.words)
    boxes = [
        st.checkbox(f"{said} {view.words('collect.publish_anyway')}", key=f"collect_{these}_{key}")
        for key, said in sentences.items()
    ]
    return all(boxes)


def _buttons(view: View, files: tuple[HandedFile, ...], useful: bool, publishes: bool, agreed: bool) -> bool:
    """Draw the available actions, and return whether the user has just asked to publish."""
    words, pressed = view.words, False
    with st.container(horizontal=True, vertical_alignment="center"):
        if publishes:
            pressed = st.button(
                words("collect.publish"),
                key="collect_publish",
                type="primary",
                icon=":material/publish:",
                disabled=not agreed,
            )
        if useful:
            st.button(
                words("collect.try"),
                key="collect_try",
                icon=":material/experiment:",
                help=words("collect.try_help"),
                on_click=imported_files.begin,
                args=(files,),
                disabled=imported_files.tried() == files,
            )
        offer_to_put_away(view)
    return pressed


def _tell_since(number: int) -> None:
    """Note that somebody has published in the meantime; the next run says so, above what differs now."""
    session_state.COLLECT_SINCE.set(number)
    st.rerun()


def _publish(view: View, proof: Proof, n_out: int, writer: Writer, files: tuple[HandedFile, ...]) -> None:
    """Put the preview into force. The next run reports success, or that another publication came first."""
    with st.spinner(view.words("collect.publishing")):
        outcome = publish_preview(store_folder(), proof, writer)
    if outcome.revision is not None:
        keep_done(outcome.revision.number, n_out)
        if imported_files.tried() == files:
            imported_files.end()
        put_away()
        st.rerun()
    if any(problem.kind == "published_since" for problem in outcome.problems):
        _tell_since(int(outcome.problems[0].value or 0))
    st.error("  \n".join([view.words("collect.not_published"), first_sentences(view, outcome.problems)]))
