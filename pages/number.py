"""How a number is made: the explanation of any figure as a page of its own, with an address that can be shared."""

import streamlit as st

from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.number import show_number
from dashboard.ui.frame.shell import open_view

view = open_view("number")
st.subheader(view.words("number.title"), anchor=False)
choose_kind(view)
show_number(view)
