"""What is a phone in a trial? One connection that sends requests like a browser, keeps cookies, and draws nothing."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"


class CutOffError(Exception):
    """The server was gone before it had answered."""


@dataclass
class Phone:
    """One person: the server they know, and the cookies of their browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def asks(self, method: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and page of one response. Raises CutOffError if there is none."""
        body = urlencode(form or {}).encode()
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nCookie: {held}\r\n"
        try:
            reader, writer = await self._connection()
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            return await self._answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            await self.leaves()
            raise CutOffError from error

    async def sends_half(self, text: bytes) -> None:
        """Begin a request, send nothing more, and wait until the server closes the connection."""
        reader, writer = await self._connection()
        writer.write(text)
        try:
            with suppress(OSError):
                await reader.read()
        finally:
            await self.leaves()

    async def leaves(self) -> None:
        """Close the connection."""
        if self._open is not None:
            writer = self._open[1]
            self._open = None
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._open is not None and self._open[0].at_eof():
            await self.leaves()
        if self._open is None:
            self._open = await asyncio.open_connection(HOST, self.port)
        return self._open

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, str]:
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
        headers = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
        for cookie in (value for name, value in headers if name == "set-cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        page = await reader.readexactly(int(dict(headers)["content-length"]))
        return int(status.split()[1]), page.decode()
