"""The headers of every answer, plain refusals, and what middleware reads of a request.

They forbid a browser to load from elsewhere, to frame and to guess. Small messages leave at once: otherwise they wait
until the one before is acknowledged, 40 ms with most clients. asyncio sees to that only for sockets that name TCP.
Streamlit's do not, and it does not let a program choose them.
"""

import re
import socket
from base64 import b64encode
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import happened
from dashboard.ui.server.page import PAGE

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
"""The inline scripts of the page."""


def hash_of(script: str) -> str:
    """Return what allows an inline script in a content security policy."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def policy(page: str) -> str:
    """Return the content security policy of a page: files of this server, and its inline scripts by hash.

    Streamlit writes styles while the page runs, and embeds small pictures and a font as data.
    """
    scripts = " ".join(hash_of(text) for text in INLINE.findall(page))
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


HEADERS = {
    "content-security-policy": policy(PAGE),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # Not "no-referrer", with which a browser hides a form's origin from the server it belongs to.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Headers:
    """Adds to every answer the headers it does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message.get("headers", ())}
                more = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in given]
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)


async def broken(request: Request, error: Exception) -> PlainTextResponse:
    """Return the answer to a failed request, without the reason. It is created outside all other middleware."""
    happened("error", kind=type(error).__name__)
    return PlainTextResponse(read_words()("door.broken"), 500, headers=HEADERS)


INTERNET = (socket.AF_INET, socket.AF_INET6)


class AtOnce:
    """The middleware. It comes first: whatever is between uvicorn and it could hide the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Of HTTP and WebSocket alike, `receive` is a method of what holds uvicorn's transport.
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        bound = transport.get_extra_info("socket") if transport is not None else None
        if bound is not None and bound.family in INTERNET:
            bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)


TEXT = (b"content-type", b"text/plain; charset=utf-8")
CLOSING = (b"connection", b"close")
"""Closes the connection after the answer, so that nothing more of a refused request is read."""


async def refuse(scope: Scope, send: Send, status: int, key: str, **places: object) -> None:
    """Answer with a status and one sentence from the words; refuse a websocket connection."""
    happened("refused", kind=key)
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    text = read_words()(f"door.{key}", **places).encode()
    length = (b"content-length", str(len(text)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [TEXT, CLOSING, length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else text})


def values(scope: Scope, name: bytes) -> list[str]:
    """Return every value of a header, in the order received."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]
