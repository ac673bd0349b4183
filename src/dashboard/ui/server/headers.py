"""What does every answer forbid the browser? Loading from elsewhere, framing, MIME sniffing, and sending referrers."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from dashboard.loading.files.words_file import read_words
from dashboard.model.happened import happened

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
"""The inline scripts of Streamlit's page."""


def policy(page: str) -> str:
    """Return the content security policy of a page: files of this server, and its inline scripts by hash.

    Streamlit writes styles while the page runs, and embeds small pictures and a font as data.
    """
    scripts = " ".join(
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in INLINE.findall(page)
    )
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


HEADERS = {
    "content-security-policy": policy(Path(get_static_dir(), "index.html").read_text("utf-8")),
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
