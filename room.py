"""The front door of a room: every page for whoever holds the key, and the voting page for everybody else."""

import streamlit as st
from starlette.middleware import Middleware

from dashboard.ui.present.room_access import Gate, keyring
from dashboard.ui.server.app import doors

app = st.App("app.py", **doors(Middleware(Gate, keys=keyring())))
