"""Text that came from outside stands as it was written: whatever means something in Markdown means nothing in it."""

import re


def plain(text: str) -> str:
    """The text with Markdown's own characters escaped, so that a link or a file cannot draw pictures or links."""
    return re.sub(r"([\\`*_\[\]!<>$#~|])", r"\\\1", text)
