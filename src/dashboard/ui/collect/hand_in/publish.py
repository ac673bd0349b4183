"""What happens to imported files? They are published as previewed, tried in this session, or discarded."""

import streamlit as st

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.answers.preview import Withdrawn
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.proof import Proof
from dashboard.store.publishing.publish_preview import publish_preview
from dashboard.ui.collect.hand_in.files import offer_to_put_away, put_away
from dashboard.ui.collect.hand_in.problems import first_sentences
from dashboard.ui.collect.hand_in.published import keep_done
from dashboard.ui.collect.hand_in.titles import Titles, titles_of
from dashboard.ui.editing.writer import ask_who, may_publish
from dashboard.ui.session_keys import COLLECT_SEEN, COLLECT_SINCE
from dashboard.ui.versions import trial
from dashboard.ui.versions.private_publication import Private
from dashboard.ui.view import View

MOST_NAMED = 3
"""If more operations would lose answers, they are counted instead of named."""


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
    agreed = not publishes or _accept_fewer(view, private, files)
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


def _accept_fewer(view: View, private: Private, files: tuple[HandedFile, ...]) -> bool:
    """Ask about each round of which too little is published or remains, and return whether the user agrees to all."""
    # The consent is for these files only.
    these = "".join(file.digest.hex()[:6] for file in files)
    titles = titles_of(view, private.published)
    changes = private.preview.changes
    questions = {
        f"few_{these}_{round_}": view.words("collect.few_rows", n_in=n_in, n=n, round=titles("round", round_))
        for round_, (n_in, n) in changes.few().items()
    }
    questions |= {
        f"withdrawn_{these}_{round_}": _withdrawn(view, round_, of_round, titles)
        for round_, of_round in changes.emptied().items()
    }
    boxes = [st.checkbox(question, key=f"collect_{key}") for key, question in questions.items()]
    return all(boxes)


def _withdrawn(view: View, round_: str, of_round: tuple[Withdrawn, ...], titles: Titles) -> str:
    """Return the question about the answers that operations would lose in one round."""
    n, n_was = sum(one.n for one in of_round), sum(one.n_was for one in of_round)
    named = view.words.listed(titles("operation", one.operation) for one in of_round)
    operations = named if len(of_round) <= MOST_NAMED else view.words.count("collect.n_operations", len(of_round))
    return view.words("collect.withdrawn", n=n, n_was=n_was, operations=operations, round=titles("round", round_))


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
