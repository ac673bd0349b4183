"""What is added to Streamlit's page? Scripts and styles, served beside it, for what no setting can do.

See docs/decisions/0030-beside-streamlits-page.md.
"""

from collections.abc import Callable
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TYPES = {
    "page.css": "text/css",
    "filters.css": "text/css",
    "page.js": "text/javascript",
    "filters.js": "text/javascript",
}
TAGS = {"text/css": '<link rel="stylesheet" href="./{name}">', "text/javascript": '<script src="./{name}"></script>'}
ADDED = "".join([*(TAGS[kind].format(name=name) for name, kind in TYPES.items()), "</head>"]).encode()
"""The scripts run before Streamlit's own, which ask immediately whether it is dark. They are relative to the page, like
Streamlit's files; a page's address has one part, so that is the root of the server.
"""
HTML = b"text/html"
NOT_WHOLE = frozenset({b"accept-encoding", b"range", b"if-none-match", b"if-modified-since"})
"""Request headers that would make the page arrive compressed, in part, or not at all because the browser has a copy."""
OF_THE_FILE = frozenset({b"content-length", b"etag", b"last-modified"})
"""Response headers that describe Streamlit's page as stored, not as changed here."""


def _answer(name: str) -> Callable[[Request], Response]:
    text = files("dashboard.ui.server").joinpath(name).read_bytes()

    def answer(request: Request) -> Response:
        return Response(text, media_type=TYPES[name], headers={"cache-control": "no-cache"})

    return answer


ROUTES = [Route(f"/{name}", _answer(name), methods=["GET", "HEAD"]) for name in TYPES]


class Page:
    """Adds them to every HTML page that passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or "." in scope["path"]:
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message = {**message, "headers": [one for one in message["headers"] if one[0] not in OF_THE_FILE]}
                if scope["method"] == "GET":
                    held.append(message)
                    return
            if not held:
                await send(message)
                return
            held.append(message)
            if not message.get("more_body", False):
                for part in _added(held):
                    await send(part)

        # Otherwise, the server is told to send the file directly.
        plain = [(name, value) for name, value in scope["headers"] if name not in NOT_WHOLE]
        await self.app({**scope, "headers": plain, "extensions": {}}, receive, sent)


def _is_page(start: Message) -> bool:
    headers: dict[bytes, bytes] = dict(start["headers"])
    return bool(start["status"] == 200 and headers.get(b"content-type", b"").startswith(HTML))


def _added(held: list[Message]) -> tuple[Message, Message]:
    start, *parts = held
    body = b"".join(part.get("body", b"") for part in parts).replace(b"</head>", ADDED, 1)
    length = (b"content-length", str(len(body)).encode())
    return {**start, "headers": [*start["headers"], length]}, {"type": "http.response.body", "body": body}
