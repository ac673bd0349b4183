"""What is added to Streamlit's own page: a script and a style, served beside it, for what no setting of it does.

See docs/decisions/0030-beside-streamlits-page.md.
"""

from collections.abc import Callable
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TYPES = {"page.js": "text/javascript", "page.css": "text/css"}
ADDED = b'<link rel="stylesheet" href="./page.css"><script src="./page.js"></script></head>'
"""The script runs before Streamlit's own, which ask at once whether it is dark. Beside the page, as its own files are:
an address of a page has one part, so that is the root of the server."""
HTML = b"text/html"
NOT_WHOLE = frozenset({b"accept-encoding", b"range", b"if-none-match", b"if-modified-since"})
"""Asked with these, a page comes packed, in part, or not at all since the browser kept one of before."""
OF_THE_FILE = frozenset({b"content-length", b"etag", b"last-modified"})
"""What an answer says of Streamlit's page as it lies there, and not of what it has become."""


def _answer(name: str) -> Callable[[Request], Response]:
    text = files("dashboard.ui.server").joinpath(name).read_bytes()

    def answer(request: Request) -> Response:
        return Response(text, media_type=TYPES[name], headers={"cache-control": "no-cache"})

    return answer


ROUTES = [Route(f"/{name}", _answer(name), methods=["GET", "HEAD"]) for name in TYPES]


class Page:
    """Adds them to every page of HTML that comes from behind it. Without them every page works, with more keys."""

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

        # Else the server is told to send the file by itself.
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
