"""One granted role as a form, new or existing. What is typed is kept, and saved as one publication."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from dashboard.store.shown_names import shown_names
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, Kind
from dashboard.ui.editing.form import Opened, choose, edit
from dashboard.ui.editing.writer import may_write
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import one_line
from dashboard.ui.view import View

LONGEST_ID = 300


LINES = (
    (
        Field(
            "subject",
            label="roles.person",
            help="roles.person_help",
            longest=LONGEST_ID,
            required=True,
            identifies=True,
        ),
    ),
    (
        Field("role", Kind.ONE_OF, choices=tuple(map(str, Role)), titles="roles.", required=True),
        Field(
            "scope",
            Kind.ONE_OF,
            "roles.scope",
            required=True,
            applies=lambda one: one.role not in EVERYWHERE,
            width=2,
        ),
    ),
)


def _publish(view: View, drafts: Sequence[Draft[Granted]], writer: Writer) -> Outcome:
    (draft,) = drafts
    shown = _title(view, draft.was or draft.typed, shown_names(store_folder()), _places(view))
    return save_role(store_folder(), draft.was, draft.typed, shown, writer, view.today)


EDITOR: Editor[Granted] = Editor(
    "role",
    LINES,
    Deed.GRANT,
    _publish,
    withdrawn=lambda one: replace(one, role="", scope=""),
    tidy=lambda one: replace(one.with_role(one.role), subject=one.subject.strip()),
)


def write_role(view: View, names: Mapping[str, str]) -> None:
    """Draw the choice of a granted role, its form and its buttons. `names` are the shown names by id."""
    stored = [
        Granted(subject, str(grant.role), str(grant.scope))
        for subject, grants in sorted(grants_in(view.published).items())
        for grant in grants
    ]
    roles = {f"{one.subject} {one.role} {one.scope}": one for one in stored}
    EDITOR.tell(view, roles)
    st.markdown(f"**{view.words('roles.grant_title')}**")
    if not may_write(view, Deed.GRANT):
        return
    places = _places(view)
    titles = {code: _title(view, one, names, places) for code, one in roles.items()}
    code = choose(view, EDITOR, ("roles.choose", "roles.new"), titles)
    edit(view, Opened(EDITOR, code, roles.get(code), Granted()), {"scope": places})


def _title(view: View, one: Granted, names: Mapping[str, str], places: Mapping[str, str]) -> str:
    """Return how a granted role is referred to: who, which role, and where."""
    role = view.words(f"roles.{one.role}") if one.role else ""
    return one_line(" · ".join((names.get(one.subject) or one.subject, role, places.get(one.scope, one.scope))))


def _places(view: View) -> Mapping[str, str]:
    """Return every place where a role can hold, with its title: the group, countries, operations."""
    operations = rows(view.published, OPERATIONS, view.unfiltered())
    countries = {f"country:{row['country']}": row["country_title"] for row in operations if row["country"] != "GROUP"}
    kinds = {f"operation:{row['operation']}": in_option(row["operation_title"], row["operation"]) for row in operations}
    return {"group": view.words("roles.group"), **countries, **kinds}
