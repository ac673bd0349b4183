"""Which role may do what? The table that the store itself asks."""

import streamlit as st

from dashboard.model.people.permissions import OF_A_PLACE, WHO_MAY, Deed
from dashboard.model.people.person import EVERYWHERE, Role
from dashboard.ui import people
from dashboard.ui.view import View


def role_table(view: View) -> None:
    """Show every deed with the roles that carry it, and whether roles decide anything on this server."""
    words = view.words
    st.table(
        [
            {words("column.deed"): words(f"roles.deed_{deed}")}
            | {words(f"roles.{role}"): _may(view, deed, role) for role in Role}
            for deed in Deed
        ],
        border="horizontal",
        hide_index=True,
    )
    st.caption(words("roles.everybody" if people.person() is None else "roles.help"))


def _may(view: View, deed: Deed, role: Role) -> str:
    if role not in WHO_MAY[deed]:
        return view.words("roles.no")
    return view.words("roles.where_granted" if deed in OF_A_PLACE and role not in EVERYWHERE else "roles.yes")
