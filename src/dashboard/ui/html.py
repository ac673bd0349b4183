"""How does HTML of our own go to the browser? As it is, without a search for a file of that name or an indentation."""

import streamlit as st


class Html(str):
    """HTML that needs no cleaning."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def draw_html(body: str, hug: bool = False) -> None:
    """Draw HTML, as wide as the page or, with `hug`, as its content."""
    st.html(Html(body), width="content" if hug else "stretch")
