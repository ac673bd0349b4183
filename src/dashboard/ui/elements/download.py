"""A file to take away: every one of them goes through here, and its name says when it holds what is not published."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from dashboard.ui.view import Source, View

MIME = {
    "csv": "text/csv",
    "html": "text/html",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}
"""By the end of the file's name."""
NOT_PUBLISHED = {Source.TRIAL: "on-trial-", Source.SCENARIO: "imagined-"}


def offer(
    view: View,
    label: str,
    content: bytes | Callable[[], bytes],
    name: str,
    key: str,
    kind: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    """The button that gives a file of what is in view. A function is asked for the content when somebody takes it."""
    give(label, content, f"{'safe-' if view.masked else ''}{_not_published(view)}{name}", key, kind)


def give(
    label: str, content: bytes | Callable[[], bytes], name: str, key: str, kind: Literal["secondary", "tertiary"]
) -> None:
    """The button that gives a file which holds nothing of a publication."""
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
    """What a file's name begins with when it holds what is on trial or imagined."""
    return NOT_PUBLISHED.get(view.source, "")
