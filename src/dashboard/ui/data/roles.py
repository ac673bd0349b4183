"""Shows which role may do what and the names of people, and grants and changes roles.

What is typed is kept, and saved as one publication.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.model.permissions import EVERYWHERE, OF_A_PLACE, WHO_MAY, Deed, Granted, Role, allowed
from dashboard.model.problem import sentence
from dashboard.model.records import Draft
from dashboard.queries.ask import rows
from dashboard.queries.every_page import OPERATIONS
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, Writer
from dashboard.store.published_codes import grants_in
from dashboard.store.publishing.commit import change_name, listed_names, shown_names
from dashboard.store.publishing.save_rows import save_role
from dashboard.ui import session
from dashboard.ui.editing.editor import Editor, may_write
from dashboard.ui.editing.field import Field, FieldKind
from dashboard.ui.editing.row_form import Opened, choose, edit
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.identity import LONGEST_NAME
from dashboard.ui.session_state import SAID_ONCE
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
        Field("role", FieldKind.ONE_OF, choices=tuple(map(str, Role)), titles="roles.", required=True),
        Field(
            "scope",
            FieldKind.ONE_OF,
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


def show_names(view: View) -> None:
    """Show every id with its name, and the form, to whoever may grant roles. Nothing where nobody signs in."""
    person = session.person()
    if person is None or view.masked or not allowed(person, Deed.GRANT):
        return
    words = view.words
    st.markdown(f"**{words('names.title')}**")
    try:
        held = listed_names(store_folder())
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    if held:
        titles = {subject: escape(name) or words("names.removed") for subject, name in held.items()}
        draw_table([{words("roles.person"): escape(one), words("roles.name"): name} for one, name in titles.items()])
        _form(view, list(held))
    st.caption(words("names.help") if held else words("names.none"))


def _form(view: View, subjects: list[str]) -> None:
    words = view.words
    with st.form("change_name", border=False):
        left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
        subject = left.selectbox(words("roles.person"), subjects, format_func=one_line, key="names_person")
        name = middle.text_input(words("names.shown"), max_chars=LONGEST_NAME, key="names_name")
        pressed = right.form_submit_button(words("names.save"), key="names_save")
    if pressed and subject:
        _change(view, subject, " ".join(name.split()))


def _change(view: View, subject: str, name: str) -> None:
    if not name:
        st.warning(view.words("names.needs"))
        return
    for problem in change_name(store_folder(), subject, name, session.person()):
        st.warning(sentence(problem, view.words))
        return
    SAID_ONCE.set(view.words("names.saved", subject=escape(subject), name=escape(name)))
    st.rerun()
