"""Which files has somebody handed in and not published? Kept in memory, so that going to another page loses none."""

import streamlit as st

from dashboard.ui.versions.private_publication import HandedFile

FILES = "collect_files"


def handed_in() -> tuple[HandedFile, ...]:
    """The files that are handed in and not yet published."""
    files: tuple[HandedFile, ...] = st.session_state.get(FILES, ())
    return files


def add(file: HandedFile) -> None:
    """Hand in a file that was made on a page, beside what is handed in already; of one name the last one counts."""
    st.session_state[FILES] = (*(held for held in handed_in() if held.name != file.name), file)
