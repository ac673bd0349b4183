"""The file chooser for an import, and the way to cancel it."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.model.answers.handed_file import handed_file
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.records import FORMATS
from dashboard.store.permission import trial_refusal
from dashboard.ui import session
from dashboard.ui.apart import prepare_to_read
from dashboard.ui.collect.mapping.corrections import look_anew
from dashboard.ui.escape import escape
from dashboard.ui.session import listens_on
from dashboard.ui.session_keys import COLLECT_FILES, COLLECT_TOO_LARGE, COLLECT_TURN
from dashboard.ui.versions.handed_in import handed_in
from dashboard.ui.versions.private_publication import MOST_BYTES, MOST_MEGABYTES, read_anew
from dashboard.ui.view import View


def hand_in(view: View) -> None:
    """Show the file chooser and the files chosen before another page was opened, or say why none can be chosen."""
    words = view.words
    refused = trial_refusal(listens_on(), session.person())
    if refused is not None:
        st.info(sentence(refused, words))
        return
    prepare_to_read()
    key = f"collect_upload_{COLLECT_TURN.get(0)}"
    chosen = st.file_uploader(
        words("collect.files", formats=words.listed(FORMATS), most=MOST_MEGABYTES),
        accept_multiple_files=True,
        key=key,
        on_change=_keep,
        args=(key,),
        max_upload_size=MOST_MEGABYTES,
    )
    if large := COLLECT_TOO_LARGE.get():
        st.error(escape(sentence(large, words)))
    if handed_in() and not chosen:
        names = words.listed(escape(file.name) for file in handed_in())
        st.caption(f":material/description: {words('collect.kept', names=names)}")


def _keep(key: str) -> None:
    # What this process no longer holds, for example after a restart, has a name in the browser only.
    chosen = [file for file in st.session_state[key] if isinstance(file, UploadedFile)]
    COLLECT_TOO_LARGE.pop()
    read_anew()
    look_anew()
    if sum(file.size for file in chosen) > MOST_BYTES:
        COLLECT_FILES.pop()
        names = ", ".join(file.name for file in chosen)
        COLLECT_TOO_LARGE.set(Problem("too_large", names, expected=f"{MOST_MEGABYTES} MB", weight=Weight.FILE))
        return
    COLLECT_FILES.set(tuple(handed_file(file.name, file.getvalue()) for file in chosen))


def offer_to_put_away(view: View) -> None:
    """Draw the button that ends an import without changing anything."""
    st.button(view.words("collect.discard"), key="collect_discard", icon=":material/delete:", on_click=put_away)


def put_away() -> None:
    """Forget the imported files."""
    COLLECT_FILES.pop()
    COLLECT_TOO_LARGE.pop()
    COLLECT_TURN.set(COLLECT_TURN.get(0) + 1)
