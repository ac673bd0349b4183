"""Passes a request on once it is known who sent it: with the person, while they are signed in, and uncached."""

from collections.abc import Callable

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard.model.permissions import Person
from dashboard.store.disk import store_folder
from dashboard.store.tokens import hold_within
from dashboard.ui.identity import HEADER, HELD, IN_SCOPE, written
from dashboard.ui.server.headers import values
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
