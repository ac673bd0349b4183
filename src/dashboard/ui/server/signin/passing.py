"""Passes a request on once it is known who sent it: a person, while they are signed in, or a program with a token.

RFC 6750, which calls such tokens bearer tokens. See docs/decisions/0022-sign-in.md.
"""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard.model.permissions import Person
from dashboard.store.disk import store_folder
from dashboard.store.tokens import SHAPE, hold_within, holder
from dashboard.ui.identity import HEADER, HELD, IN_SCOPE, written
from dashboard.ui.server.headers import values
from dashboard.ui.server.limits import RateLimit, address_of
from dashboard.ui.server.signin.pages import NO_STORE, words_for
from dashboard.ui.session import person_of
from dashboard.ui.versions.restricted_copy import countries_in_force


async def held_within(scope: Scope) -> None:
    """Limit their tokens to the roles that they have now. A program that asks with a token has none of its own."""
    await to_thread.run_sync(_held, scope)


def _held(scope: Scope) -> None:
    person = person_of(scope)
    if person is not None and person.maker is None:
        hold_within(store_folder(), person, countries_in_force)


OVER = 4401
"""The code with which a connection closes once its session is over; `page.js` then asks, and reloads the page."""
FIGURES = "/api/"
STATIC = "/static/"
"""Streamlit's own files, which hold nothing of ours and may be kept by the browser."""


def with_person(scope: Scope, person: Person, without: frozenset[bytes] = frozenset()) -> Scope:
    """Return a request that names its person, and nobody else: its own such header and those of `without` are gone."""
    headers = [(name, value) for name, value in scope["headers"] if name != HEADER and name not in without]
    if scope["type"] == "websocket":
        # Streamlit then also refuses to resume the session of somebody else. Set each time: it rereads its settings.
        config.set_option("server.trustedUserHeaders", {HEADER.decode(): HELD})
        headers.append((HEADER, written(person).encode()))
    return {**scope, "headers": headers, IN_SCOPE: person}


async def passed(app: ASGIApp, scope: Scope, receive: Receive, send: Send, is_over: Callable[[], bool]) -> None:
    """Pass a request on. A connection is closed at the first message after its session is over."""
    if scope["type"] == "websocket" or FIGURES in scope["path"]:
        await held_within(scope)
    if scope["type"] == "http":
        await app(scope, receive, send if STATIC in scope["path"] else uncached(send))
        return
    closed = False

    async def sent(message: Message) -> None:
        nonlocal closed
        if closed:
            return
        if message["type"] == "websocket.send" and is_over():
            message = {"type": "websocket.close", "code": OVER}
        closed = message["type"] == "websocket.close"
        await send(message)

    async def received() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and is_over():
            await sent({"type": "websocket.close", "code": OVER})
            return {"type": "websocket.disconnect", "code": OVER}
        return message

    await app(scope, received, sent)


def uncached(send: Send) -> Send:
    """Return a `send` that forbids keeping an answer: it was for one person, and after signing out for nobody."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name.lower() != b"cache-control"]
            message = {**message, "headers": [*kept, (b"cache-control", b"no-store")]}
        await send(message)

    return sent


def secured(send: Send) -> Send:
    """Return a `send` whose cookies travel only encrypted: Streamlit does not ask for that itself."""

    async def sent(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            headers = [_secure(name, value) for name, value in message.get("headers", ())]
            message = {**message, "headers": headers}
        await send(message)

    return sent


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    plain = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return (name, value + b"; Secure" if plain else value)


async def turned_away(scope: Scope, send: Send) -> None:
    """Close a connection of nobody. It is accepted first: a browser does not tell a page why one was refused."""
    offered = values(scope, b"sec-websocket-protocol")
    first = offered[0].partition(",")[0].strip() if offered else None
    await send({"type": "websocket.accept", "subprotocol": first or None})
    await send({"type": "websocket.close", "code": OVER})


AUTHORIZATION = b"authorization"
SCHEME = "bearer"
WRONG_AT_ONCE, WRONG_PER_SECOND = 20, 1 / 6
"""Wrong tokens that one address may send."""
IN_ADDRESS = ("access_token", "token")
"""The parameters in which programs send tokens where that is allowed."""


def is_figures(scope: Scope, below: str) -> bool:
    """Whether a request asks for figures, the only thing that tokens open."""
    return scope["type"] == "http" and str(scope["path"]).startswith(f"{below}{FIGURES}")


async def by_token(app: ASGIApp, scope: Scope, receive: Receive, send: Send, now: float, wrong: RateLimit) -> bool:
    """Answer a request for figures that carries a token, and return whether it does.

    `wrong` counts the wrong tokens of an address: whoever sends very many is told to wait. A right one still opens.
    """
    found = await _asked(scope, now, wrong)
    if isinstance(found, Person):
        inside = with_person(scope, found, frozenset({AUTHORIZATION}))
        await passed(app, inside, receive, send, lambda: False)
    elif found is not None:
        await found(scope, receive, send)
    return found is not None


def challenged(response: Response, error: str = "") -> Response:
    """Return a refusal that names the way to ask for figures (RFC 9110, 11.6.1)."""
    response.headers["www-authenticate"] = 'Bearer realm="dashboard"' + (f', error="{error}"' if error else "")
    return response


async def _asked(scope: Scope, now: float, wrong: RateLimit) -> Person | Response | None:
    """Return who asks, or a refusal; None if no token was sent."""
    if _in_address(scope):
        return _refused(scope, "token_in_address", 400, "invalid_request")
    sent = values(scope, AUTHORIZATION)
    if not any(_scheme(value) == SCHEME for value in sent):
        return None
    if len(sent) > 1:
        return _refused(scope, "token_twice", 400, "invalid_request")
    text = sent[0].partition(" ")[2].strip()
    found = await to_thread.run_sync(holder, store_folder(), text, now) if SHAPE.fullmatch(text) else None
    if found is not None:
        return found
    if not wrong.takes(address_of(scope)):
        response = PlainTextResponse(words_for(scope)("signin.too_many_tokens"), 429, NO_STORE)
        response.headers["retry-after"] = str(round(1 / WRONG_PER_SECOND))
        return response
    return _refused(scope, "token_refused", 401, "invalid_token")


def _scheme(value: str) -> str:
    return value.partition(" ")[0].lower()


def _in_address(scope: Scope) -> bool:
    query = scope["query_string"].decode("latin-1")
    address = f"{scope['path']}?{unquote_to_bytes(query).decode('latin-1')}"
    return bool(SHAPE.search(address)) or any(name in QueryParams(query) for name in IN_ADDRESS)


def _refused(scope: Scope, key: str, status: int, error: str) -> Response:
    return challenged(PlainTextResponse(words_for(scope)(f"signin.{key}"), status, NO_STORE), error)
