"""How is a file downloaded? Every download goes through here; its name says if it holds unpublished content."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from dashboard.ui.view import Source, View

MIME = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}
"""MIME types by file extension."""
NOT_PUBLISHED = {Source.TRIAL: "on-trial-", Source.SCENARIO: "imagined-"}


def offer(
    view: View,
    label: str,
    content: bytes | Callable[[], bytes],
    name: str,
    key: str,
    kind: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    """Draw a download of what is in view. If the content is a function, it is called on download."""
    give(label, content, f"{'safe-' if view.masked else ''}{_not_published(view)}{name}", key, kind)


def give(
    label: str, content: bytes | Callable[[], bytes], name: str, key: str, kind: Literal["secondary", "tertiary"]
) -> None:
    """Draw a download that contains nothing from a publication."""
    st.download_button(
        label,
        content,
        name,
        MIME[name.rpartition(".")[2]],
        icon=":material/download:",
        type=kind,
        on_click="ignore",
        key=key,
    )


def _not_published(view: View) -> str:
    """Return the prefix of the name of a file that holds a preview or a scenario."""
    return NOT_PUBLISHED.get(view.source, "")
