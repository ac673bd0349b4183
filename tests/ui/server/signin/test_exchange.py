"""Is only the right token accepted, by Streamlit's own steps, and does everything else end on a page with a button?"""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from dashboard.ui.identity import person_of, way_in
from dashboard.ui.present import room_access
from dashboard.ui.present.room_access import KEY, Gate, Keyring
from dashboard.ui.server.routes import Routes
from dashboard.ui.server.signin.cookies import TOKENS, USER, lasting
from dashboard.ui.server.signin.door import ADDRESS_COOKIE, SignIn
from tests.conftest import said
from tests.ui.server.conftest import Got
from tests.ui.server.signin.conftest import AUTH, HERE, ORIGIN, SECRET, Browser, lines, secrets
from tests.ui.server.signin.crooked import ANOTHER, Crooked, crooked

ASKED = "/heatmap?country=GHA,KEN&q=a%20b"
FOREIGN: tuple[dict[str, Any], ...] = (
    {"aud": "another client"},
    {"aud": "another client", "azp": "dashboard"},
    {"aud": []},
    {"aud": None},
)
LATE = ({"exp": -86400}, {"exp": -180}, {"iat": 180}, {"nbf": 180}, {"exp": None}, {"iat": None})
"""Seconds from now: Authlib allows the clocks to differ by two minutes."""
WRONG = ({"iss": "https://evil.example"}, {"iss": None}, {"sub": None}, {"nonce": "replayed"}, {"nonce": None})


@pytest.fixture(autouse=True)
def no_room_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate in a test does not make this process a room."""
    monkeypatch.setattr(room_access, "guard_session", lambda: None)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Crooked]:
    with crooked() as running:
        secrets(monkeypatch, {**AUTH, "server_metadata_url": f"{running.issuer}/.well-known/openid-configuration"})
        yield running


@pytest.fixture
def browser(provider: Crooked) -> Browser:
    def name(request: Request) -> PlainTextResponse:
        found = person_of(request.scope)
        return PlainTextResponse(found.subject if found else "nobody")

    streamlit = Starlette(
        routes=[*create_auth_routes(""), Route("/heatmap", name)],
        middleware=[Middleware(SessionMiddleware, secret_key=SECRET, session_cookie="_streamlit_session")],
    )
    way = way_in()
    assert way is not None
    return Browser(SignIn(streamlit, way))


def shown(cookie: str) -> str:
    """What anybody can read in a cookie of Streamlit."""
    try:
        return str(URLSafeTimedSerializer(SECRET).load_payload(cookie.strip('"').rsplit(".", 2)[0].encode()))
    except BadData:
        return cookie


def location(got: Got) -> str:
    return got.headers["location"]


def begin(browser: Browser, provider: Crooked, to: str = ASKED) -> str:
    """Begin to sign in; return the state that the provider sends back."""
    got = browser.asks(f"/signin?to={to.replace('%', '%25').replace('&', '%26')}")
    assert got.status == 303
    asked = parse_qs(urlsplit(location(got)).query)
    assert location(got).startswith(f"{provider.issuer}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{ORIGIN}/oauth2callback"]
    provider.nonce = asked["nonce"][0]
    return asked["state"][0]


def sign_in(browser: Browser, provider: Crooked, **changed: Any) -> Got:
    provider.changed = changed
    return browser.asks(f"/oauth2callback?code=c&state={begin(browser, provider)}")


def relative(changed: dict[str, Any]) -> dict[str, Any]:
    """Claims with times as seconds from now."""
    return {name: int(time.time()) + value if isinstance(value, int) else value for name, value in changed.items()}


def is_outside(browser: Browser, got: Got, status: int = 403, key: str = "refused") -> None:
    """Nobody is signed in, and a page says so, with a button that keeps the address; nothing leads on by itself."""
    assert got.status == status
    assert said(f"signin.{key}").search(got.text)
    assert "%2Fheatmap%3Fcountry%3DGHA" in got.text
    assert "http-equiv" not in got.text
    assert "location" not in got.headers
    assert not {USER, TOKENS} & browser.cookies.keys()
    assert browser.asks("/heatmap").status == 401


def test_somebody_who_signs_in_arrives_where_they_wanted_to(browser: Browser, provider: Crooked) -> None:
    assert browser.asks(ASKED).status == 401
    got = sign_in(browser, provider)
    assert (got.status, location(got)) == (303, ASKED)
    assert browser.asks(ASKED).text == f"{urlsplit(provider.issuer).netloc}|ama"
    assert ADDRESS_COOKIE not in browser.cookies


def test_the_cookies_of_a_session_last_as_long_as_it_does(browser: Browser, provider: Crooked) -> None:
    (line,) = [line for line in lines(sign_in(browser, provider)) if line.startswith((USER, TOKENS))]
    assert "Max-Age=43200;" in line
    assert "HttpOnly" in line
    assert "SameSite=lax" in line


def test_a_browser_keeps_no_token_of_the_provider_and_signs_out_there_without_one(
    browser: Browser, provider: Crooked
) -> None:
    sign_in(browser, provider)
    assert provider.asked.count("/token") == 1
    assert not [name for name in browser.cookies if name.startswith(TOKENS)]
    held = " ".join(shown(value) for value in browser.cookies.values())
    assert "ama" in held, "what is signed can be read"
    assert "opens-other-doors" not in held
    assert "eyJ" not in held, "how a token in JSON begins"
    assert "id_token_hint" not in location(browser.asks("/signout", HERE))
    parts = [f"{TOKENS}=chunks-2; Max-Age=9", f"{TOKENS}__1=x; Max-Age=9", f"{USER}__1=x; Max-Age=9"]
    gone = f'{TOKENS}=""; Max-Age=0'
    assert lasting([*parts, gone], 60) == [f"{USER}__1=x; Max-Age=60", gone]


@pytest.mark.parametrize("changed", [*FOREIGN, *LATE, *WRONG], ids=str)
def test_a_wrong_token_lets_nobody_in(browser: Browser, provider: Crooked, changed: dict[str, Any]) -> None:
    is_outside(browser, sign_in(browser, provider, **relative(changed)))


@pytest.mark.parametrize("changed", [{"exp": -60}, {"iat": 60}, {"nbf": 60}], ids=str)
def test_clocks_may_differ_by_a_minute(browser: Browser, provider: Crooked, changed: dict[str, Any]) -> None:
    assert location(sign_in(browser, provider, **relative(changed))) == ASKED
    assert browser.asks("/heatmap").status == 200


def test_a_token_signed_by_somebody_else_lets_nobody_in(browser: Browser, provider: Crooked) -> None:
    provider.key = ANOTHER
    is_outside(browser, sign_in(browser, provider))


def test_a_token_signed_by_nobody_lets_nobody_in(browser: Browser, provider: Crooked) -> None:
    provider.algorithm = "none"
    is_outside(browser, sign_in(browser, provider))


@pytest.mark.parametrize("query", ["error=access_denied", "error=x%0d%0ay&error_description=%3Cb%3Ehere", "code=c"])
def test_a_refusal_ends_on_a_page_with_a_button(browser: Browser, provider: Crooked, query: str) -> None:
    got = browser.asks(f"/oauth2callback?{query}&state={begin(browser, provider)}xx")
    assert "here" not in got.text, "nothing that the address says is shown"
    is_outside(browser, got)
    assert provider.asked.count("/token") == 0


def test_a_code_is_worth_nothing_in_another_browser_and_only_once(browser: Browser, provider: Crooked) -> None:
    state = begin(browser, provider)
    other = Browser(browser.door)
    assert other.asks(f"/oauth2callback?code=c&state={state}").status == 403
    assert other.asks("/heatmap").status == 401
    assert browser.asks(f"/oauth2callback?code=c&state={state}").status == 303
    again = browser.asks(f"/oauth2callback?code=c&state={state}")
    assert (again.status, location(again)) == (303, "/"), "Back in the browser's history signs nobody out"
    assert provider.asked.count("/token") == 1


def test_whoever_began_very_often_can_still_sign_in(browser: Browser, provider: Crooked) -> None:
    for _ in range(30):
        begin(browser, provider)
        assert len(browser.cookies["_streamlit_session"]) < 4000
    assert location(sign_in(browser, provider)) == ASKED


def test_a_provider_that_is_down_is_said(browser: Browser, provider: Crooked) -> None:
    provider.is_broken = True
    is_outside(browser, browser.asks("/signin?to=/heatmap?country=GHA"), 503, "unreachable")
    provider.is_broken = False
    state = begin(browser, provider)
    provider.is_broken = True
    is_outside(browser, browser.asks(f"/oauth2callback?code=c&state={state}"))


def test_a_provider_that_cannot_be_reached_is_said(
    browser: Browser, provider: Crooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets(monkeypatch, {**AUTH, "server_metadata_url": "http://127.0.0.1:9/nothing"})
    is_outside(browser, browser.asks("/signin?to=/heatmap?country=GHA"), 503, "unreachable")


def test_signing_out_reaches_the_provider_and_ends_on_a_page_with_a_button(browser: Browser, provider: Crooked) -> None:
    sign_in(browser, provider)
    copied = Browser(browser.door, dict(browser.cookies))
    got = browser.asks("/signout", HERE)
    assert location(got).startswith(f"{provider.issuer}/end?")
    assert parse_qs(urlsplit(location(got)).query)["post_logout_redirect_uri"] == [f"{ORIGIN}/oauth2callback"]
    back = browser.asks("/oauth2callback")
    assert back.status == 200
    assert said("signin.out").search(back.text)
    assert browser.asks("/heatmap").status == copied.asks("/heatmap").status == 401
    assert location(sign_in(browser, provider)) == ASKED
    assert copied.asks("/heatmap").status == 401


def test_signing_out_works_while_the_provider_is_down(browser: Browser, provider: Crooked) -> None:
    sign_in(browser, provider)
    provider.is_broken = True
    assert location(browser.asks("/signout", HERE)) == "/oauth2callback"
    assert browser.asks("/heatmap").status == 401


def test_nobody_is_led_to_another_site(browser: Browser, provider: Crooked) -> None:
    for to in ("https://evil.example/", "//evil.example", "/\\evil.example", "/signout"):
        state = begin(browser, provider, to)
        assert location(browser.asks(f"/oauth2callback?code=c&state={state}")) == "/"


def test_streamlits_own_addresses_of_sign_in_are_steps_of_ours_only(browser: Browser, provider: Crooked) -> None:
    sign_in(browser, provider)
    way = way_in()
    assert way is not None
    behind = Browser(SignIn(Routes(browser.door.app), way), dict(browser.cookies))  # type: ignore[attr-defined]
    for path in ("/auth/login?provider=default", "/auth/logout"):
        assert behind.asks(path).status == 404
    assert behind.asks("/heatmap").status == 200
    assert location(behind.asks("/signout", HERE)).startswith(f"{provider.issuer}/end?")


def test_in_a_room_the_key_comes_first_and_sign_in_second(browser: Browser, provider: Crooked) -> None:
    door = Gate(browser.door, Keyring("ABCDEFGHJKLM"))
    phone, lead = Browser(door), Browser(door, {KEY: "ABCDEFGHJKLM"})
    for address in ("/", "/signin", "/signout", "/oauth2callback?code=c&state=s", ASKED):
        got = phone.asks(address)
        assert (got.status, location(got)) == (303, "/vote"), "without the key nothing of sign-in is reached"
    assert phone.asks("/vote").status == 200, "a phone votes without signing in"
    assert lead.asks(ASKED).status == 401
    assert location(sign_in(lead, provider)) == ASKED
    assert lead.asks(ASKED).status == 200
    signed_in = Browser(door, {name: value for name, value in lead.cookies.items() if name != KEY})
    assert location(signed_in.asks(ASKED)) == "/vote", "whoever has signed in needs the key too"
