"""What was just published from this page, and the one click that undoes it."""

from dataclasses import replace

import streamlit as st

from dashboard.model.people.permissions import Deed
from dashboard.store.keeping.revert import undo
from dashboard.store.location import store_folder
from dashboard.ui import session
from dashboard.ui.collect.hand_in.problems import first_sentences
from dashboard.ui.editing.writer import held_writer, refused_here
from dashboard.ui.session_keys import COLLECT_DONE, COLLECT_UNDONE
from dashboard.ui.versions import sight
from dashboard.ui.view import View


def keep_done(number: int, n_out: int) -> None:
    """Note a new publication and how many rows it left out; the next run reports it."""
    COLLECT_DONE.set((number, n_out))
    COLLECT_UNDONE.pop()


def tell_done(view: View) -> None:
    """Report the last publication, with undo as long as it is in force, or that it was undone."""
    words = view.words
    if undone := COLLECT_UNDONE.pop():
        st.success(words("collect.undone", **undone))
    done = COLLECT_DONE.get()
    if done is None:
        return
    number, n_out = done
    current = sight.current(session.person())
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
    COLLECT_DONE.pop()
    COLLECT_UNDONE.set({"number": number, "step": outcome.revision.number})
    st.rerun()
