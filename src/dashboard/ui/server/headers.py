"""What does every answer forbid the browser? To load from elsewhere, to be framed, to guess, to tell where it was."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from dashboard.loading.files.words_file import read_words

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
"""The scripts of Streamlit's page that stand in it as text."""


def policy(page: str) -> str:
    """What a page may load and run: files of this server, and of scripts only those that stand in it as they are.

    Streamlit writes its styles while the page runs, and brings small pictures and a font as text.
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
    # Not "no-referrer": with that a browser hides the origin of a form from the server it belongs to.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Headers:
    """Adds to every answer what it does not say itself."""

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
    """The answer to a request that failed: nothing of why. It is made outside of everything else."""
    return PlainTextResponse(read_words()("door.broken"), 500, headers=HEADERS)
