"""How is a large response sent? Piece by piece, from a file that only the server can read: no memory holds it."""

from collections.abc import Mapping
from pathlib import Path

from anyio import to_thread
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dashboard.loading.apart.private_folder import PrivateFolder

PIECE = 1 << 18
"""The most bytes read and sent at once."""


class SentFile(Response):
    """A file in a private folder, which is removed once it is sent, or when the client has gone."""

    def __init__(self, folder: PrivateFolder, file: Path, headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(None, 200, {**headers, "content-length": str(file.stat().st_size)}, media_type)
        self.folder, self.file = folder, file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            with self.file.open("rb") as stream:
                while scope["method"] != "HEAD" and (piece := await to_thread.run_sync(stream.read, PIECE)):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self.folder.leave()
