"""What do the tests of the middleware share? A request as the server passes it on, and the response."""

from asyncio import Event
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.waiting import ended

PORT = 8501
SELF = ("host", f"localhost:{PORT}")


@dataclass
class Inside:
    """The application behind the middleware: it reads the whole request, keeps it, and answers."""

    scopes: list[Scope] = field(default_factory=list)
    read: int = 0
    answers: bytes = b"a page"
    status: int = 200

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] != "http":
            await send({"type": "websocket.accept"})
            return
        more = True
        while more:
            message = await receive()
            self.read += len(message.get("body", b""))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": self.status, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": self.answers})


@dataclass
class Got:
    """The response: the messages as they were sent."""

    sent: list[Message]

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])

    @property
    def text(self) -> str:
        return self.body.decode()


def asks(
    door: ASGIApp,
    path: str = "/",
    headers: Iterable[tuple[str, str]] = (SELF,),
    method: str = "GET",
    body: Iterable[bytes] = (b"",),
    kind: str = "http",
    query: str = "",
    seen: Callable[[], object] = lambda: None,
) -> Got:
    """Send one request, its body in pieces; `seen` is called before each of them arrives."""
    scope = {
        "type": kind, "scheme": "http" if kind == "http" else "ws", "method": method, "path": path,
        "query_string": query.encode(), "server": ("127.0.0.1", PORT),
        "headers": [(name.encode(), value.encode("utf-8")) for name, value in headers],
    }  # fmt: skip
    pieces, sent = [*body], []

    async def receive() -> Message:
        seen()
        if not pieces:
            await Event().wait()  # The client stays until the answer has arrived.
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    ended(door(scope, receive, send))
    return Got(sent)
