"""What is known of a file that somebody has handed in? Its name and its bytes, in memory."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class HandedFile:
    """A file as somebody has chosen it, in memory."""

    name: str
    content: bytes
    beside: bytes = b""
    """Of a file made from somebody else's sheet: where its rows stood there."""

    @cached_property
    def digest(self) -> bytes:
        """What tells it from any other file, name and all."""
        return sha256(self.name.encode() + b"\0" + self.beside + b"\0" + self.content).digest()


def handed_file(name: str, content: bytes) -> HandedFile:
    """A file under the last part of its name, without signs that no file can be called by."""
    safe = "".join(sign for sign in Path(name).name if sign.isprintable())
    return HandedFile(safe if safe.strip(".") else "file", content)
