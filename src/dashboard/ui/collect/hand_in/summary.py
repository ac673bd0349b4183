"""What would publishing change, in sentences? How many rows are new, changed, unchanged and left out."""

import streamlit as st

from dashboard.tasks.preview import Preview
from dashboard.tasks.preview_text import change_lines
from dashboard.ui.collect.hand_in.titles import Titles
from dashboard.ui.view import View


def told(view: View, preview: Preview, titles: Titles) -> None:
    """Show the sentences; if nothing can be published, say so."""
    if preview.proof is None:
        st.error(view.words("collect.refused"))
        return
    lines = change_lines(preview.changes, titles, view.words)
    st.markdown("\n".join(f"- **{line.text}**" if line.strong else f"- {line.text}" for line in lines))
