"""Lets in whoever holds a good session where people sign in at a provider; everyone else sees how to sign in.

Streamlit's own steps of sign-in do the exchange with the provider. Here they are given an order: the asked address is
kept, a refusal ends on a page with a button, and a session has an end.

See docs/decisions/0022-sign-in.md.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from hmac import compare_digest
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token
from streamlit.logger import get_logger

from dashboard.store.disk import store_folder
from dashboard.store.tokens import digest_of_session, end_session, session_has_ended
from dashboard.ui.identity import CALLBACK, EVERYWHERE, SIGNING_OUT, Provider, below
from dashboard.ui.server.limits import RateLimit, address_of
from dashboard.ui.server.signin import passing
from dashboard.ui.server.signin.cookies import Answered, Session, answered, lasting, session_in
from dashboard.ui.server.signin.pages import Button, page, sentence, wants_page, words_for

ADDRESS_COOKIE = "dashboard_asked"
ADDRESS_SECONDS = 600
"""How long a sign-in may take."""
LONGEST = 2800
"""The longest address that fits into a cookie; of a longer one only the page is kept."""


def asked_address(scope: Scope) -> str:
    """Return the address of a request on this server."""
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    path, query = raw.decode("latin-1"), scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def local_address(address: str, below: str, closed: frozenset[str]) -> str:
    """Return an address if it is a page of this server, otherwise its first page.

    It comes back from a browser, so it may be anything: a browser would follow `//elsewhere` or `/\\elsewhere` away.
    """
    first = f"{below}/"
    safe = address.isascii() and address.isprintable() and not {"\\", " "} & set(address)
    if not safe or not address.startswith(first) or address.startswith("//"):
        return first
    path = address.partition("?")[0]
    return first if path in closed else address if len(address) <= LONGEST else path[:LONGEST]


def written_address(address: str) -> str:
    """Return an address as the value of a cookie."""
    return urlsafe_b64encode(address.encode()).decode().rstrip("=")


def read_address(value: str) -> str:
    """Return the address in such a value; empty if it holds none."""
    try:
        return urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("ascii")
    except (Error, ValueError):
        return ""


SIGN_IN, HEALTH = "/signin", "/_stcore/health"
AGREED = "agreed"
"""The key of the query that says that a session is to end, and which."""
OF_A_FORM = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
"""The policy of the page with it. Some browsers check where a form leads in the end, and that is the provider."""
LOG = get_logger(__name__)


class SignIn:
    """The middleware. The steps of sign-in, and whether the server is well, need no session."""

    def __init__(self, app: ASGIApp, provider: Provider, now: Callable[[], float] = time.time) -> None:
        self.app = app
        self.provider = provider
        self.now = now
        self.below = below()
        # Each step asks the provider something. A whole office may come from one address.
        self.of_address, self.of_all = RateLimit(60, 1), RateLimit(300, 10)
        self.wrong_tokens = RateLimit(passing.WRONG_AT_ONCE, passing.WRONG_PER_SECOND)
        self.steps = {SIGN_IN: self._begin, CALLBACK: self._back, SIGNING_OUT: self._out}
        self.closed = frozenset(f"{self.below}{path}" for path in self.steps)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] == f"{self.below}{HEALTH}":
            await self.app(scope, receive, send)
            return
        send = passing.secured(send) if self.provider.is_secure else send
        step = self.steps.get(scope["path"].removeprefix(self.below))
        if scope["type"] == "http" and step is not None:
            request = Request(scope, receive)
            response = await step(request) if self._in_time(request) else self._page(scope, "too_many", 429)
            await response(scope, receive, send)
            return
        if passing.is_figures(scope, self.below) and await passing.by_token(
            self.app, scope, receive, send, self.now(), self.wrong_tokens
        ):
            return
        session = self.session(Request({**scope, "type": "http"}).cookies)
        if session is not None:
            inside = passing.with_person(scope, session.person)
            await passing.passed(self.app, inside, receive, send, lambda: self._is_over(session))
        elif scope["type"] == "websocket":
            await passing.turned_away(scope, send)
        else:
            await self._asks(scope)(scope, receive, send)

    def session(self, cookies: dict[str, str]) -> Session | None:
        """Return the session that cookies prove, unless it is over."""
        found = session_in(cookies, self.provider, self.now())
        return None if found is None or self._is_over(found) else found

    def _is_over(self, session: Session) -> bool:
        names = (session.here, session.everywhere)
        return self.now() >= session.ends or any(session_has_ended(store_folder(), one, session.began) for one in names)

    def _in_time(self, request: Request) -> bool:
        return self.of_address.takes(address_of(request.scope)) and self.of_all.takes("")

    def _asks(self, scope: Scope) -> Response:
        """Ask somebody to sign in, at the address they asked for."""
        to = asked_address(scope) if wants_page(scope) else None
        asks = sentence(words_for(scope), "program", 401) if to is None else self._page(scope, "asks", 401, to)
        return passing.challenged(asks) if passing.is_figures(scope, self.below) else asks

    def _page(self, scope: Scope, key: str, status: int, to: str = "") -> Response:
        words, sections = words_for(scope), self.provider.sections
        asked = {"to": to} if to else {}
        # Streamlit accepts its cookie only at the address that the provider sends people back to.
        host = f"{self.provider.origin}{self.below}{SIGN_IN}"
        buttons = tuple(
            Button(
                words("signin.button" if len(sections) == 1 else "signin.button_with", provider=section),
                f"{host}?{urlencode(asked | ({'at': section} if len(sections) > 1 else {}))}".rstrip("?"),
            )
            for section in sections
        )
        return page(words, key, status, buttons)

    async def _begin(self, request: Request) -> Response:
        """Lead to the provider, and keep the address to come back to."""
        at = request.query_params.get("at", "")
        token = encode_provider_token(at if at in self.provider.sections else self.provider.sections[0])
        path = f"{self.below}/auth/login"
        query = urlencode({"provider": token}).encode()
        scope = {**request.scope, "path": path, "raw_path": path.encode(), "query_string": query}
        found = await answered(self.app, scope, request.receive)
        to = local_address(request.query_params.get("to", ""), self.below, self.closed)
        if found.status not in (302, 303, 307) or "//" not in found.location:
            return self._page(request.scope, "unreachable", 503, to)
        response = _led(found.location, found.set_cookies)
        response.set_cookie(ADDRESS_COOKIE, written_address(to), ADDRESS_SECONDS, httponly=True, samesite="lax")
        return response

    async def _back(self, request: Request) -> Response:
        """Come back from the provider: signed in, refused, or signed out."""
        to = local_address(read_address(request.cookies.get(ADDRESS_COOKIE, "")), self.below, self.closed)
        if not {"code", "error"} & set(request.query_params):
            return self._page(request.scope, "out", 200)
        found = await answered(self.app, request.scope, request.receive)
        session = self.session(found.cookies())
        if session is None:
            # Back in the browser's history leads here too; whoever is inside stays inside.
            inside = self.session(request.cookies) is not None
            return _led(to, []) if inside else _with(self._page(request.scope, "refused", 403, to), _gone(found))
        LOG.info("Signed in: %s", session.person.subject)
        response = _led(to, lasting(found.set_cookies, self.provider.seconds))
        response.delete_cookie(ADDRESS_COOKIE)
        return response

    async def _out(self, request: Request) -> Response:
        """Sign out here or everywhere, and at the provider. A browser that does not say who asks is asked first."""
        asks = request.headers.get("sec-fetch-site", "")
        if asks not in ("", "none", "same-origin"):
            return sentence(words_for(request.scope), "not_from_here", 403)
        session = self.session(request.cookies)
        if not asks and not _agreed(request, session):
            return self._asks_out(request, session)
        if session is not None:
            everywhere = request.query_params.get(EVERYWHERE) == "yes"
            try:
                end_session(store_folder(), session.everywhere if everywhere else session.here, self.now())
            except OSError as error:
                LOG.error("A session could not be ended, and lasts until its time is over: %s", error)
                return self._page(request.scope, "not_out", 500)
        path = f"{self.below}/auth/logout"
        scope = {**request.scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
        found = await answered(self.app, scope, request.receive)
        # Without an address for signing out at the provider, Streamlit leads to the first page.
        return _led(found.location if "//" in found.location else f"{self.below}{CALLBACK}", found.set_cookies)

    def _asks_out(self, request: Request, session: Session | None) -> Response:
        """Ask whether to sign out; whoever has no session is out already."""
        if session is None:
            return self._page(request.scope, "out", 200)
        everywhere = request.query_params.get(EVERYWHERE) == "yes"
        words, agreed = (
            words_for(request.scope),
            {AGREED: _value(session)} | ({EVERYWHERE: "yes"} if everywhere else {}),
        )
        title = words("signin.sign_out_everywhere" if everywhere else "signin.sign_out")
        button = Button(title, f"{self.below}{SIGNING_OUT}?{urlencode(agreed)}", posts=True)
        response = page(words, "asks_out", 200, (button,))
        response.headers["content-security-policy"] = OF_A_FORM
        return response


def _agreed(request: Request, session: Session | None) -> bool:
    """Whether somebody pressed the button of the page that asks: nobody else knows its value."""
    said = request.query_params.get(AGREED, "")
    return request.method == "POST" and session is not None and compare_digest(said.encode(), _value(session).encode())


def _value(session: Session) -> str:
    return digest_of_session(f"{AGREED} {session.here}")


def _led(to: str, set_cookies: list[str]) -> Response:
    return _with(RedirectResponse(to, 303, {"cache-control": "no-store"}), set_cookies)


def _with(response: Response, set_cookies: list[str]) -> Response:
    for line in set_cookies:
        response.headers.append("set-cookie", line)
    return response


def _gone(found: Answered) -> list[str]:
    """Return the lines that remove cookies: those that would set a session are not passed on."""
    kept = found.cookies()
    return [line for line in found.set_cookies if line.partition("=")[0] not in kept]
