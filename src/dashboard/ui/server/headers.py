"""What does every answer forbid the browser? To load from elsewhere, to be framed, to guess, to tell where it was."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dashboard.loading.words_file import read_words
from dashboard.ui.server.asgi import App, Message, Receive, Scope, Send

# Vega compiles its expressions, and Streamlit writes its styles, while the page runs; neither knows another way.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "manifest-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # Not "no-referrer": with that a browser hides the origin of a form from the server it belongs to.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Headers:
    """Adds to every answer what it does not say itself."""

    def __init__(self, app: App) -> None:
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
