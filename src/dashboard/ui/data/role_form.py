"""One granted role as a form, new or existing. What is typed is kept, and saved as one publication."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.people.granted import Granted
from dashboard.model.people.permissions import Deed
from dashboard.model.people.person import EVERYWHERE, Role
from dashboard.queries.ask import rows
from dashboard.queries.elements.questions import OPERATIONS
from dashboard.store.granting import save_role
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.reading.grants import grants_in
from dashboard.ui.editing.row_form import RowForm
from dashboard.ui.editing.saving import Saver
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import one_line
from dashboard.ui.session_keys import ROLE, ROLE_ASKED, ROLE_DRAFTS, ROLE_NOTE
from dashboard.ui.view import View

LONGEST_ID = 300


def _label(view: View, name: str) -> str:
    """Return the form's label for a column."""
    known = {"subject": "roles.person", "role": "column.role", "scope": "roles.scope"}
    return view.words(known[name]) if name in known else name


def _publish(draft: Draft[Granted], name: str, writer: Writer, today: date) -> Outcome:
    return save_role(store_folder(), draft.was, draft.typed, name, writer, today)


FORM: RowForm[Granted] = RowForm("role", "roles", ROLE, ROLE_DRAFTS, Saver(ROLE_NOTE, ROLE_ASKED, _label), _publish)


def write_role(view: View, names: Mapping[str, str]) -> None:
    """Draw the choice of a granted role, its form and its buttons. `names` are the shown names by id."""
    FORM.tell_saved(view)
    st.markdown(f"**{view.words('roles.grant_title')}**")
    if not may_write(view, Deed.GRANT):
        return
    stored = [
        Granted(subject, str(grant.role), str(grant.scope))
        for subject, grants in sorted(grants_in(view.published).items())
        for grant in grants
    ]
    named = {f"{one.subject} {one.role} {one.scope}": one for one in stored}
    places = _places(view)

    def title(one: Granted) -> str:
        who = names.get(one.subject) or one.subject
        role = view.words(f"roles.{one.role}") if one.role else ""
        return one_line(" · ".join((who, role, places.get(one.scope, one.scope))))

    code = FORM.choose(view, named, title)
    now = named.get(code)
    draft = FORM.draft(code, now, Granted())
    _fields(view, code, draft, places)
    draft = FORM.draft(code, now, draft.typed)
    emptied = draft.was and replace(draft.was, role="", scope="")
    shown = title(draft.was or draft.typed)
    FORM.draw_saving(view, code, draft, ask_who(view, Deed.GRANT), shown, emptied, bool(draft.typed.subject))


def _fields(view: View, code: str, draft: Draft[Granted], places: Mapping[str, str]) -> None:
    """Draw the fields; the person appears only in the form of a new role."""
    words, typed = view.words, draft.typed
    if draft.was is None:
        field = FORM.field(code, draft, "subject", typed.subject, lambda text: {"subject": (text or "").strip()})
        st.text_input(words("roles.person"), max_chars=LONGEST_ID, help=words("roles.person_help"), **field)
    role, scope = st.columns([1, 2])
    role.selectbox(
        words("column.role"),
        [str(one) for one in Role],
        format_func=lambda one: words(f"roles.{one}"),
        **FORM.field(code, draft, "role", typed.role, lambda one: _with_role(code, draft, one)),
    )
    options = {typed.scope: places.get(typed.scope, typed.scope), **places}
    if typed.role not in EVERYWHERE:
        scope.selectbox(
            words("roles.scope"),
            list(options),
            format_func=lambda one: one_line(options.get(one, one)),
            **FORM.field(code, draft, "scope", typed.scope, lambda one: {"scope": one}),
        )


def _with_role(code: str, draft: Draft[Granted], role: str) -> Mapping[str, str]:
    held = FORM.drafts.now().get(code) or draft
    return {"role": role, "scope": held.typed.with_role(role).scope}


def _places(view: View) -> Mapping[str, str]:
    """Return every place where a role can hold, with its title: the group, countries, operations."""
    operations = rows(view.published, OPERATIONS, view.unfiltered())
    countries = {f"country:{row['country']}": row["country_title"] for row in operations if row["country"] != "GROUP"}
    kinds = {f"operation:{row['operation']}": in_option(row["operation_title"], row["operation"]) for row in operations}
    return {"group": view.words("roles.group"), **countries, **kinds}
