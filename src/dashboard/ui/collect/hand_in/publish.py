"""What happens to imported files? They are published as previewed, tried in this session, or discarded."""

import streamlit as st

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.proof import Proof
from dashboard.store.publishing.publish_preview import publish_preview
from dashboard.tasks.preview_text import agreements
from dashboard.ui.collect.hand_in.files import offer_to_put_away, put_away
from dashboard.ui.collect.hand_in.problems import first_sentences
from dashboard.ui.collect.hand_in.published import keep_done
from dashboard.ui.collect.hand_in.titles import titles_of
from dashboard.ui.editing.writer import ask_who, may_publish
from dashboard.ui.session_keys import COLLECT_SEEN, COLLECT_SINCE
from dashboard.ui.versions import trial
from dashboard.ui.versions.private_publication import Private
from dashboard.ui.view import View


def act(view: View, private: Private, files: tuple[HandedFile, ...]) -> None:
    """Draw role, reason and buttons; if the files cannot be used, only the way to discard them."""
    if number := COLLECT_SINCE.pop():
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
    writer = ask_who(view, Deed.LOAD, asked) if publishes else None
    with buttons:
        pressed = _buttons(view, files, useful, publishes, agreed)
    over = proof.over if proof is not None else None
    before = COLLECT_SEEN.get()
    COLLECT_SEEN.set(over)
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
                on_click=trial.begin,
                args=(files,),
                disabled=trial.tried() == files,
            )
        offer_to_put_away(view)
    return pressed


def _tell_since(number: int) -> None:
    """Note that somebody has published in the meantime; the next run says so, above what differs now."""
    COLLECT_SINCE.set(number)
    st.rerun()


def _publish(view: View, proof: Proof, n_out: int, writer: Writer, files: tuple[HandedFile, ...]) -> None:
    """Put the preview into force. The next run reports success, or that another publication came first."""
    with st.spinner(view.words("collect.publishing")):
        outcome = publish_preview(store_folder(), proof, writer)
    if outcome.revision is not None:
        keep_done(outcome.revision.number, n_out)
        if trial.tried() == files:
            trial.end()
        put_away()
        st.rerun()
    if any(problem.kind == "published_since" for problem in outcome.problems):
        _tell_since(int(outcome.problems[0].value or 0))
    st.error("  \n".join([view.words("collect.not_published"), first_sentences(view, outcome.problems)]))
