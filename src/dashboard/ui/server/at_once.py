"""Does a small message leave at once? Otherwise it waits until the one before is acknowledged, 40 ms with most clients.

asyncio sees to that only for sockets that name TCP. Streamlit's do not, and it does not let a program choose them.
"""

import socket

from starlette.types import ASGIApp, Receive, Scope, Send

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
