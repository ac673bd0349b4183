"""What does all middleware before a page share? A plain refusal, and access to all values of a header."""

from starlette.types import Scope, Send

from dashboard.loading.files.words_file import read_words
from dashboard.model.happened import happened

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
