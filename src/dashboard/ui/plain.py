"""Text that people wrote, made safe to stand where Markdown is read."""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>$~])")


def plain(text: str | None) -> str:
    """The text with every mark of Markdown disarmed, so that a note can neither dress up nor fetch a picture."""
    return _MARKS.sub(r"\\\1", text or "")
