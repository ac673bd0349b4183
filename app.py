"""The entry point: the server that is started with this script, and the script, which runs the chosen page."""

import streamlit as st

from dashboard.ui.frame.shell import front_door
from dashboard.ui.server.app import doors

if __name__ == "__main__":
    front_door()
else:
    app = st.App(__file__, **doors())
