"""Do programs read figures with a token, and nothing else, and nobody without one where people sign in?"""

import logging
import time
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from dashboard.model.permissions import Grant, Person, Role, Scope, WantedToken
from dashboard.store import tokens as of_tokens
from dashboard.store.disk import store_folder
from dashboard.store.tokens import DAY, PREFIX, holder, make, revoke, tokens
from dashboard.ui.identity import person_of
from dashboard.ui.server.signin.cookies import USER
from dashboard.ui.server.signin.door import SignIn
from dashboard.ui.server.signin.passing import WRONG_AT_ONCE, is_figures
from tests.conftest import said
from tests.ui.server.conftest import SELF, Got, Inside, asks
from tests.ui.server.signin.conftest import PAGE, PROVIDER, Browser, claims, signed
from tests.ui.server.signin.test_door import inside_of

GRANTS = (Grant(Role.VIEWER, Scope("operation", "gha-op")),)
FIGURES = "/api/heatmap.csv"
CHALLENGE = 'Bearer realm="dashboard"'


@pytest.fixture
def token() -> str:
    text, problems = make(store_folder(), WantedToken("report", GRANTS), None, {"gha-op": "GHA"}, time.time())
    assert not problems
    return text


def door(inside: ASGIApp, days: float = 0) -> SignIn:
    return SignIn(inside, PROVIDER, lambda: time.time() + days * DAY)


def with_token(door: ASGIApp, text: str, path: str = FIGURES, scheme: str = "Bearer", method: str = "GET") -> Got:
    return asks(door, path, (SELF, ("authorization", f"{scheme} {text}")), method)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_program_with_a_token_is_inside_with_its_rights_and_the_token_goes_no_further(
    token: str, scheme: str
) -> None:
    inside = Inside()
    got = with_token(door(inside), token, scheme=scheme)
    assert (got.status, got.text) == (200, "a page")
    assert got.headers["cache-control"] == "no-store"
    (scope,) = inside.scopes
    found = person_of(scope)
    assert found is not None
    assert (found.name, found.grants) == ("report", GRANTS)
    assert token not in str(scope)


@pytest.mark.parametrize("headers", [(SELF,), PAGE], ids=["program", "browser"])
def test_without_a_token_figures_are_refused_with_the_way_to_ask(headers: tuple[tuple[str, str], ...]) -> None:
    inside = Inside()
    got = asks(door(inside), FIGURES, headers)
    assert (got.status, got.headers["www-authenticate"]) == (401, CHALLENGE)
    assert "www-authenticate" not in asks(door(inside), "/heatmap", headers).headers
    assert not inside.scopes


def test_who_is_signed_in_reads_figures_without_a_token_and_a_password_is_none() -> None:
    inside, cookies = Inside(), inside_of()
    assert Browser(door(inside), cookies).asks(FIGURES).text == "a page"
    assert Browser(door(inside), cookies).asks(FIGURES, ("authorization", "Basic YTpi")).text == "a page"


@pytest.mark.parametrize(
    "path", ["/", "/heatmap", "/media/a.csv", "/api", "/apix/a", "/x/api/a", "/keep/a", "/_stcore/stream", "/vote"]
)
def test_a_token_opens_figures_and_nothing_else(token: str, path: str) -> None:
    inside = Inside()
    assert with_token(door(inside), token, path).status == 401
    connection = asks(door(inside), path, (SELF, ("authorization", f"Bearer {token}")), kind="websocket")
    assert connection.sent[-1]["code"] == 4401
    assert not inside.scopes
    assert not is_figures({"type": "websocket", "path": FIGURES}, "")


def test_forged_expired_and_revoked_tokens_are_refused_whatever_else_is_sent(token: str) -> None:
    inside, cookie = Inside(), ("cookie", f"{USER}={signed(claims())}")
    forged = (
        token[:-1],
        f"{token}x",
        "",
        "x",
        tokens(store_folder())[0].digest,
        f"{token} {token}",
        f"{token},{token}",
    )
    refused = [with_token(door(inside), text) for text in forged] + [with_token(door(inside, days=91), token)]
    refused.append(asks(door(inside), FIGURES, (SELF, cookie, ("authorization", f"Bearer {token[:-1]}"))))
    for got in refused:
        assert (got.status, got.headers["www-authenticate"]) == (401, f'{CHALLENGE}, error="invalid_token"')
        assert said("signin.token_refused").fullmatch(got.text)
    twice = (("authorization", f"Bearer {token}"), ("authorization", "Basic YTpi"))
    assert asks(door(inside), FIGURES, (SELF, *twice)).status == 400
    revoke(store_folder(), tokens(store_folder())[0].id, None)
    assert with_token(door(inside), token).status == 401
    assert not inside.scopes


@pytest.mark.parametrize(
    "query", ["access_token={}", "token=x", "q={}", "country=GHA&access_token=x", "q=a%26{}", "q=%64ashboard_{rest}"]
)
def test_a_token_in_an_address_is_refused_even_if_it_is_good_or_unneeded(token: str, query: str) -> None:
    inside, address = Inside(), query.format(token, rest=token.removeprefix("dashboard_"))
    cookie = ("cookie", f"{USER}={signed(claims())}")
    for more in ((), (("authorization", f"Bearer {token}"),), (cookie,)):
        got = asks(door(inside), FIGURES, (SELF, *more), query=address)
        assert (got.status, said("signin.token_in_address").fullmatch(got.text) is not None) == (400, True)
        assert token not in got.text + str(got.headers)
    assert asks(door(inside), f"/api/{token}", (SELF,)).status == 400
    assert not inside.scopes


def test_no_log_holds_a_token(
    token: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [*logging.root.manager.loggerDict, ""]:
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        caplog.set_level(logging.DEBUG, name)
    with_token(door(Inside()), token)
    with_token(door(Inside()), token[:-1])
    asks(door(Inside()), FIGURES, (SELF,), query=f"access_token={token}")
    assert token[:-1] not in caplog.text + "".join(capfd.readouterr())


def test_whoever_connects_with_fewer_roles_than_before_takes_them_from_their_tokens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboard.ui.server.signin.passing.countries_in_force", lambda: {"gha-op": "GHA"})
    maker = Person("id.example.org|ama", "", (Grant(Role.VIEWER),))
    text, _ = make(store_folder(), WantedToken("report", maker.grants), maker, {}, time.time())
    Browser(door(Inside()), inside_of(roles=["viewer"])).asks("/_stcore/stream", kind="websocket")
    assert holder(store_folder(), text, time.time()) is not None
    Browser(door(Inside()), inside_of(roles=["viewer@country:GHA"])).asks("/_stcore/stream", kind="websocket")
    assert holder(store_folder(), text, time.time()) is None


def test_whoever_sends_very_many_wrong_tokens_is_told_to_wait_and_a_right_one_still_opens(token: str) -> None:
    inside, clock = Inside(), [time.time()]
    middleware = SignIn(inside, PROVIDER, lambda: clock[0])
    middleware.wrong_tokens.now = lambda: clock[0]
    for number in range(WRONG_AT_ONCE):
        assert with_token(middleware, f"{PREFIX}{number:043d}" if number % 2 else "x").status == 401
    for _ in range(3):
        got = with_token(middleware, f"{PREFIX}{'0' * 43}")
        assert (got.status, got.headers["retry-after"], got.headers["cache-control"]) == (429, "6", "no-store")
        assert said("signin.too_many_tokens").fullmatch(got.text)
        assert with_token(middleware, token).status == 200, "also for whoever shares the address"
    assert asks(middleware, FIGURES).status == 401, "whoever sends none is told the way"
    clock[0] += 6
    assert [with_token(middleware, "x").status for _ in range(2)] == [401, 429]


def test_a_list_that_cannot_be_read_lets_nobody_in(token: str, tmp_path: Path) -> None:
    (store_folder() / of_tokens.FILE).write_text("[", "utf-8")
    assert with_token(door(Inside()), token).status == 401
