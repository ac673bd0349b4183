"""Lists, makes and revokes the tokens with which other programs read figures: one's own, or all for administrators."""

import time
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.model import permissions
from dashboard.model.problem import sentence
from dashboard.queries.ask import rows
from dashboard.queries.every_page import OPERATIONS
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError
from dashboard.store.mask import countries_of
from dashboard.store.publishing.commit import shown_names
from dashboard.store.tokens import last_used, make, revoke, visible
from dashboard.ui import session
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, FieldKind, Titles
from dashboard.ui.editing.row_form import Opened, draw_fields, lacks
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

LASTING = (7, 30, permissions.TOKEN_DAYS, permissions.MOST_TOKEN_DAYS)


@dataclass(frozen=True)
class TokenRequest:
    """A token as its form asks for it, every value as text; without operations, for all that its maker may see."""

    name: str = ""
    role: str = str(permissions.TOKEN_ROLES[0])
    operations: str = ""
    days: str = str(permissions.TOKEN_DAYS)


LINES = (
    (Field("name", label="tokens.name", example="tokens.example", longest=permissions.LONGEST_NAME, required=True),),
    (
        Field("role", FieldKind.ONE_OF, "tokens.role", required=True),
        Field("operations", FieldKind.SEVERAL_OF, "tokens.operations", example="tokens.all_mine", width=2),
        Field("days", FieldKind.ONE_OF, "tokens.days", required=True),
    ),
)
# A token is made by the form itself: its text must not be kept in the session, as what was saved is.
EDITOR: Editor[TokenRequest] = Editor("token", LINES)


def show_tokens(view: View) -> None:
    """Show the tokens with the ways to make and to revoke one. Nothing where nobody signs in."""
    person = session.person()
    if person is None or view.masked:
        return
    words = view.words
    st.markdown(f"**{words('tokens.title')}**")
    st.caption(words("tokens.help"))
    listed = st.container()
    _new(view, person)
    with listed:
        _listed(view, person)


def _listed(view: View, person: permissions.Person) -> None:
    words = view.words
    try:
        found = visible(store_folder(), person)
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    if not found:
        st.caption(words("tokens.none"))
        return
    draw_table([_line(view, token, person) for token in found])
    titles = {token.id: f"{one_line(token.name)} ({token.id})" for token in found}
    with st.form("revoke_token", border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        chosen = left.selectbox(words("tokens.which"), list(titles), format_func=lambda id_: titles.get(id_, id_))
        pressed = right.form_submit_button(words("tokens.revoke"), key="token_revoke")
    if pressed and chosen:
        for problem in revoke(store_folder(), chosen, person):
            st.warning(sentence(problem, words))
            return
        st.rerun()


def _line(view: View, token: permissions.Token, person: permissions.Person) -> dict[str, str]:
    words = view.words
    until, used = date.fromtimestamp(token.ends), last_used(store_folder(), token.id)
    over = time.time() >= token.ends
    line = {
        words("tokens.which"): f"{escape(token.name)} ({token.id})",
        words("tokens.may"): words.listed(_said(view, grant) for grant in token.grants),
        words("tokens.made"): words.shown(date.fromtimestamp(token.made)),
        words("tokens.until"): words("tokens.expired", date=until) if over else words.shown(until),
        words("tokens.used"): words.shown(used) if used is not None else words("tokens.never"),
    }
    if permissions.allowed(person, permissions.Deed.GRANT):
        line[words("tokens.maker")] = _maker(view, token, person)
    return line


def _maker(view: View, token: permissions.Token, person: permissions.Person) -> str:
    if not token.maker:
        return view.words("tokens.machine")
    if token.maker == person.subject:
        return view.words("tokens.you")
    return escape(shown_names(store_folder()).get(token.maker) or token.maker)


def _said(view: View, grant: permissions.Grant) -> str:
    role = view.words(f"roles.{grant.role}")
    return f"{role}: {escape(grant.scope.code)}" if grant.scope.kind in permissions.PLACES else role


def _new(view: View, person: permissions.Person) -> None:
    """Draw the form. The text of a new token is on the page once, and gone at the next click."""
    words, form = view.words, st.container(border=True)
    opened = Opened(EDITOR, "", None, TokenRequest())
    with form:
        # Filled last: what was typed is gone from it as soon as the token is made.
        fields = st.container()
        pressed = st.button(words("tokens.make"), key="token_make")
    if pressed and (said := lacks(view, opened)):
        form.caption(said)
    elif pressed:
        asked = opened.draft.typed
        places = [permissions.Scope("operation", code) for code in asked.operations.split(";") if code] or _own(
            person, asked.role
        )
        wanted = permissions.WantedToken(
            asked.name,
            tuple(permissions.Grant(permissions.Role(asked.role), place) for place in places),
            int(asked.days),
        )
        if _make(view, person, wanted):
            EDITOR.drop(opened.key)
    with fields:
        draw_fields(view, opened, _titles(view, person))


def _titles(view: View, person: permissions.Person) -> Titles:
    """Return the roles that the person may hand on, the operations, and how long a token may last."""
    words, held = view.words, {grant.role for grant in person.grants}
    found = rows(view.published, OPERATIONS, view.unfiltered())
    return {
        "role": {
            str(role): words(f"roles.{role}")
            for role in permissions.TOKEN_ROLES
            if role in held or role is permissions.TOKEN_ROLES[0]
        },
        "operations": {row["operation"]: row["operation_title"] for row in found},
        "days": {str(n): words.count("tokens.n_days", n) for n in LASTING},
    }


def _own(person: permissions.Person, role: str) -> list[permissions.Scope]:
    """Return where somebody has a role; to see is part of every role."""
    scopes = (grant.scope for grant in person.grants if role in (grant.role, permissions.TOKEN_ROLES[0]))
    return list(dict.fromkeys(scopes))


def _make(view: View, person: permissions.Person, wanted: permissions.WantedToken) -> bool:
    """Make the token and show its text; whether it was made."""
    text, problems = make(store_folder(), wanted, person, countries_of(view.published), time.time())
    for problem in problems:
        st.warning(sentence(problem, view.words))
    if text:
        st.success(view.words("tokens.once"))
        st.code(text, language=None)
    return bool(text)
