"""What is known about an uploaded file? Its name and its bytes, in memory."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class HandedFile:
    """An uploaded file in memory."""

    name: str
    content: bytes
    beside: bytes = b""
    """For a file converted from a sheet in another format: the origin of its rows."""

    @cached_property
    def digest(self) -> bytes:
        """A hash of name and content that identifies the file."""
        return sha256(self.name.encode() + b"\0" + self.beside + b"\0" + self.content).digest()


def handed_file(name: str, content: bytes) -> HandedFile:
    """Return a file named by the last part of its path, without unprintable characters."""
    safe = "".join(sign for sign in Path(name).name if sign.isprintable())
    return HandedFile(safe if safe.strip(".") else "file", content)
