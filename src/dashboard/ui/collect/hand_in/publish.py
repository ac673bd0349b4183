"""What becomes of files that were handed in: published as they were seen, tried in this session, or put away."""

import streamlit as st

from dashboard.model.answers.handed_file import HandedFile
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.proof import Proof
from dashboard.store.publishing.publish_preview import publish_preview
from dashboard.ui.collect.hand_in.files import offer_to_put_away, put_away
from dashboard.ui.collect.hand_in.problems import first_sentences
from dashboard.ui.collect.hand_in.published import keep_done
from dashboard.ui.editing.writer import ask_who, may_publish
from dashboard.ui.session_keys import COLLECT_SEEN, COLLECT_SINCE
from dashboard.ui.versions import trial
from dashboard.ui.versions.private_publication import Private
from dashboard.ui.view import View


def act(view: View, private: Private, files: tuple[HandedFile, ...]) -> None:
    """Who and why, and the buttons; where nothing can come of the files, only the way to put them away."""
    if number := COLLECT_SINCE.pop():
        st.warning(view.words("collect.since", number=number))
    with st.container(key="collect_act"):
        _act(view, private, files)


def _act(view: View, private: Private, files: tuple[HandedFile, ...]) -> None:
    proof = private.preview.proof
    useful = proof is not None and private.preview.changes.anything
    publishes = useful and may_publish(view)
    told = st.container()
    *asked, buttons = st.columns([2, 2, 3], vertical_alignment="bottom") if publishes else [st.container()]
    writer = ask_who(view, asked) if publishes else None
    with buttons:
        pressed = _buttons(view, files, useful, publishes)
    over = proof.over if proof is not None else None
    before = COLLECT_SEEN.get()
    COLLECT_SEEN.set(over)
    if not pressed or proof is None or writer is None:
        return
    if over != before:
        _tell_since(over.number if over else 0)
    with told:
        _publish(view, proof, private.preview.changes.n_out, writer, files)


def _buttons(view: View, files: tuple[HandedFile, ...], useful: bool, publishes: bool) -> bool:
    """What can be done, and whether somebody has just asked to publish."""
    words, pressed = view.words, False
    with st.container(horizontal=True, vertical_alignment="center"):
        if publishes:
            pressed = st.button(
                words("collect.publish"), key="collect_publish", type="primary", icon=":material/publish:"
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
    """Somebody has published meanwhile: the next run tells it, above what differs now."""
    COLLECT_SINCE.set(number)
    st.rerun()


def _publish(view: View, proof: Proof, n_out: int, writer: Writer, files: tuple[HandedFile, ...]) -> None:
    """Make the proof count. Success, and a step that came between, are told by the run that shows it."""
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
