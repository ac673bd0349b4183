"""Which of Streamlit's own addresses does nobody need? Those are answered as not found."""

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui.server.asgi import refuse
from dashboard.ui.server.signin.answered import STEP

CORE = "/_stcore/"
NEEDED = ("health", "host-config", "stream")
"""Needed below `CORE`, besides uploads: the health check, what the browser must know of the host, the connection."""
UPLOAD = "upload_file/"
CLOSED = ("/component", "/auth", "/oauth2callback")
"""Third-party components, which no page uses, and the steps of sign-in, which `signin/door.py` takes itself."""


class Routes:
    """Passes on what a page needs; any other address of Streamlit's own is not found."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and STEP not in scope and self._is_closed(scope["path"]):
            await refuse(scope, send, 404, "nothing_here")
            return
        await self.app(scope, receive, send)

    def _is_closed(self, path: str) -> bool:
        if CORE in path:
            # Also below a page's address, where Streamlit looks for itself first.
            name = path.rpartition(CORE)[2]
            return name not in NEEDED and not name.startswith(UPLOAD)
        return any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED)
