"""Which cookies prove a session? Those that Streamlit signed for this dashboard, for as long as the session lasts."""

import time
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.model.permissions import Grant, Role, Scope
from dashboard.ui.server.signin.cookies import SKEW, TOKENS, USER, claim, listed, session_in
from tests.ui.server.signin.conftest import ISSUER, PROVIDER, SECRET, claims, signed

HOUR = 3600


def cookies(**changed: Any) -> dict[str, str]:
    return {USER: signed(claims(**changed))}


def test_a_cookie_of_streamlit_says_who_somebody_is() -> None:
    now = time.time()
    session = session_in(cookies(), PROVIDER, now)
    assert session is not None
    assert session.person.subject == "id.example.org|ama"
    assert session.person.name == "Ama Mensah"
    assert session.person.grants == (Grant(Role.REVIEWER, Scope("country", "GHA")),), "“staff” is a role elsewhere"
    assert session.ends - session.began == 12 * HOUR
    assert abs(session.began - now) <= 1


def test_a_cookie_in_parts_is_read_whole_and_a_part_that_is_missing_or_another_spoils_it() -> None:
    held: dict[str, str] = {}
    many = claims(roles=["viewer", *(sha256(bytes([n])).hexdigest() for n in range(120))])

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(SECRET, name, value)

    def keep(name: str, value: str) -> None:
        held[name] = sign(name, value).decode()

    set_cookie_with_chunks(keep, sign, USER, many, cookie_attr_size=60)
    assert len(held) > 2
    session = session_in(held, PROVIDER, time.time())
    assert session is not None
    assert session.person.grants == (Grant(Role.VIEWER),)
    last = max(held)
    assert session_in({name: value for name, value in held.items() if name != last}, PROVIDER, time.time()) is None
    assert session_in({**held, last: held[USER]}, PROVIDER, time.time()) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ama",
        signed(claims(), secret=SECRET[::-1]),
        signed(claims(), name=TOKENS),
        signed(claims())[:-2] + "xx",
        signed({}),
        create_signed_value(SECRET, USER, "[1]").decode(),
        create_signed_value(SECRET, USER, "no json").decode(),
        create_signed_value(SECRET, USER, "chunks-3").decode(),
    ],
    ids=["empty", "plain", "other secret", "other name", "cut", "nobody", "a list", "no json", "chunks"],
)
def test_a_forged_cookie_proves_nothing(value: str) -> None:
    assert session_in({USER: value}, PROVIDER, time.time()) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": None},
        {"iss": ""},
        {"sub": None},
        {"sub": 7},
        {"aud": None},
        {"aud": "another client"},
        {"aud": ["another client"]},
        # Authlib accepts this one: OpenID Connect does not.
        {"aud": "another client", "azp": "dashboard"},
        {"aud": {"dashboard": 1}},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"iat": 4_000_000_000},
        {"exp": None},
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"origin": "http://localhost:9999"},
        {"origin": None},
    ],
    ids=str,
)
def test_a_token_for_somebody_else_or_of_another_time_proves_nothing(changed: dict[str, Any]) -> None:
    assert session_in(cookies(**changed), PROVIDER, time.time()) is None


def test_an_audience_may_be_a_list_and_the_clock_of_the_provider_a_little_ahead() -> None:
    now = time.time()
    assert session_in(cookies(aud=["another client", "dashboard"]), PROVIDER, now)
    assert session_in(cookies(iat=now + SKEW - 5), PROVIDER, now)


def test_a_session_lasts_as_long_as_it_says_and_does_not_begin_in_the_future() -> None:
    held, now = cookies(), time.time()
    for hours in (0.5, 12):
        provider = replace(PROVIDER, seconds=hours * HOUR)
        assert session_in(held, provider, now + hours * HOUR - 5)
        assert session_in(held, provider, now + hours * HOUR + 5) is None
    assert session_in(held, PROVIDER, now - SKEW - 5) is None


def test_it_ends_with_the_token_where_that_was_asked_for() -> None:
    strict, now = replace(PROVIDER, ends_with_token=True), time.time()
    held = cookies(exp=now + 60)
    assert session_in(held, PROVIDER, now + 90)
    assert session_in(held, strict, now + 30)
    assert session_in(held, strict, now + 90) is None


def test_two_sessions_end_apart_and_those_of_one_person_together() -> None:
    now = time.time()
    first, second, other = (
        session_in(cookies(**one), PROVIDER, now) for one in ({}, {"nonce": "another"}, {"sub": "kofi"})
    )
    assert first is not None
    assert second is not None
    assert other is not None
    assert len({first.here, second.here, other.here}) == 3
    assert first.everywhere == second.everywhere != other.everywhere
    assert session_in(cookies(iss=f"{ISSUER}.evil"), PROVIDER, now).everywhere != first.everywhere  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"name": None, "preferred_username": "ama.m"}, "ama.m"),
        ({"name": None, "email": "ama@example.org"}, "ama@example.org"),
        ({"name": None}, "id.example.org|ama"),
        ({"name": "Ama\r\nSet-Cookie: x\u202e"}, "AmaSet-Cookie: x"),
        ({"name": "A" * 500}, "A" * 80),
        ({"name": 7}, "7"),
    ],
)
def test_a_name_is_short_and_harmless_and_never_missing(changed: dict[str, Any], name: str) -> None:
    session = session_in(cookies(**changed), PROVIDER, time.time())
    assert session is not None
    assert session.person.name == name


def test_roles_are_where_the_configuration_says() -> None:
    held = {"realm_access": {"roles": ["viewer"]}, "https://example.org/roles": "viewer, reviewer@country:GHA", "a": 7}
    assert listed(claim(held, "realm_access.roles")) == ["viewer"]
    assert listed(claim(held, "https://example.org/roles")) == ["viewer", "reviewer@country:GHA"]
    for name in ("a", "a.b", "realm_access", "realm_access.groups", ""):
        assert listed(claim(held, name)) == []
    nested = replace(PROVIDER, roles_claim="realm_access.roles")
    session = session_in(cookies(realm_access={"roles": ["steward", 7]}), nested, time.time())
    assert session is not None
    assert session.person.grants == (Grant(Role.STEWARD),)


@pytest.mark.parametrize(("given", "held"), [("fr-SN", "fr-SN"), (None, ""), ("<b>", ""), (7, "")])
def test_the_language_of_a_person_is_that_of_their_provider(given: object, held: str) -> None:
    session = session_in(cookies(locale=given), PROVIDER, time.time())
    assert session is not None
    assert session.person.locale == held
