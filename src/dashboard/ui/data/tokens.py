"""Which tokens let other programs read figures here? One's own, or all for administrators; made and revoked here."""

import time
from datetime import date

import streamlit as st

from dashboard.model.people.permissions import Deed, allowed
from dashboard.model.people.person import PLACES, Grant, Person, Scope
from dashboard.model.people.token import DAYS, LONGEST_NAME, MOST_DAYS, ROLES, Token, Wanted
from dashboard.model.problem import sentence
from dashboard.queries.ask import rows
from dashboard.queries.elements.questions import OPERATIONS
from dashboard.store.history import StoreError
from dashboard.store.location import store_folder
from dashboard.store.masking.mask import countries_of
from dashboard.store.shown_names import shown_names
from dashboard.store.token_use import last_used
from dashboard.store.tokens import make, revoke, visible
from dashboard.ui import session
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

LASTING = (7, 30, DAYS, MOST_DAYS)


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


def _listed(view: View, person: Person) -> None:
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


def _line(view: View, token: Token, person: Person) -> dict[str, str]:
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
    if allowed(person, Deed.GRANT):
        line[words("tokens.maker")] = _maker(view, token, person)
    return line


def _maker(view: View, token: Token, person: Person) -> str:
    if not token.maker:
        return view.words("tokens.machine")
    if token.maker == person.subject:
        return view.words("tokens.you")
    return escape(shown_names(store_folder()).get(token.maker) or token.maker)


def _said(view: View, grant: Grant) -> str:
    role = view.words(f"roles.{grant.role}")
    return f"{role}: {escape(grant.scope.code)}" if grant.scope.kind in PLACES else role


def _new(view: View, person: Person) -> None:
    """Draw the form. The text of a new token is on the page once, and gone at the next click."""
    words = view.words
    operations = {
        row["operation"]: row["operation_title"] for row in rows(view.published, OPERATIONS, view.unfiltered())
    }
    held = {grant.role for grant in person.grants}
    with st.form("new_token", border=True, clear_on_submit=True):
        example = words("tokens.example")
        name = st.text_input(words("tokens.name"), key="token_name", placeholder=example, max_chars=LONGEST_NAME)
        left, middle, right = st.columns([1, 2, 1])
        roles = [role for role in ROLES if role in held or role is ROLES[0]]
        role = left.selectbox(words("tokens.role"), roles, format_func=lambda one: words(f"roles.{one}"))
        chosen = middle.multiselect(
            words("tokens.operations"),
            list(operations),
            format_func=lambda code: one_line(operations.get(code, code)),
            key="token_operations",
            placeholder=words("tokens.all_mine"),
        )
        days = right.selectbox(
            words("tokens.days"),
            LASTING,
            index=LASTING.index(DAYS),
            format_func=lambda n: words.count("tokens.n_days", n),
        )
        pressed = st.form_submit_button(words("tokens.make"), key="token_make")
    if pressed:
        places = [Scope("operation", code) for code in chosen] or _own(person, role)
        _make(view, person, Wanted(name, tuple(Grant(role, place) for place in places), days))


def _own(person: Person, role: str) -> list[Scope]:
    """Return where somebody has a role; to see is part of every role."""
    scopes = (grant.scope for grant in person.grants if role in (grant.role, ROLES[0]))
    return list(dict.fromkeys(scopes))


def _make(view: View, person: Person, wanted: Wanted) -> None:
    text, problems = make(store_folder(), wanted, person, countries_of(view.published), time.time())
    for problem in problems:
        st.warning(sentence(problem, view.words))
    if text:
        st.success(view.words("tokens.once"))
        st.code(text, language=None)
