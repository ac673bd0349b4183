"""Which role may do what? The table that the store itself asks."""

import streamlit as st

from dashboard.model.people.permissions import OF_A_PLACE, WHO_MAY, Deed, allowed
from dashboard.model.people.person import EVERYWHERE, Role
from dashboard.store.location import store_folder
from dashboard.store.reading.grants import grants_in
from dashboard.store.shown_names import shown_names
from dashboard.ui import session
from dashboard.ui.data.role_form import write_role
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.view import View


def role_table(view: View) -> None:
    """Show every deed with the roles that carry it, and whether roles decide anything on this server."""
    words = view.words
    deeds = [
        {words("column.deed"): words(f"roles.deed_{deed}")}
        | {words(f"roles.{role}"): _may(view, deed, role) for role in Role}
        for deed in Deed
    ]
    first_rows(view, deeds, dict, "deeds", len(deeds))
    person = session.person()
    st.caption(words("roles.everybody" if person is None else "roles.help"))
    if person is not None and allowed(person, Deed.GRANT) and not view.masked:
        _granted(view)


def _granted(view: View) -> None:
    """Show the roles granted in the dashboard to whoever may grant them, with the form that changes them."""
    words, names = view.words, shown_names(store_folder())
    st.markdown(f"**{words('roles.granted')}**")
    lines = [
        {
            words("roles.person"): escape(subject),
            words("roles.name"): escape(names.get(subject, "")),
            words("column.role"): words(f"roles.{grant.role}"),
            words("roles.scope"): escape(str(grant.scope)),
        }
        for subject, grants in sorted(grants_in(view.published).items())
        for grant in grants
    ]
    if lines:
        draw_table(lines)
    none = "" if lines else f"{words('roles.granted_none')} "
    st.caption(none + words("roles.granted_help"))
    write_role(view, names)


def _may(view: View, deed: Deed, role: Role) -> str:
    if role not in WHO_MAY[deed]:
        return view.words("roles.no")
    return view.words("roles.where_granted" if deed in OF_A_PLACE and role not in EVERYWHERE else "roles.yes")
