"""RESULTS.md in sections: what is measured anew takes the place of its section, and every other one stays."""

import re
from collections.abc import Iterable, Sequence

LAST = "What was tried"
"""The section before which new ones are put."""


def with_section(page: str, title: str, text: str) -> str:
    """The page with the section of this title replaced, or put before the last one; its heading is added here."""
    section = f"## {title}\n\n{text.strip()}\n\n"
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if found:
        return page[: found.start()] + section + page[found.end() :]
    last = re.search(rf"^## {re.escape(LAST)}$", page, re.MULTILINE)
    at = last.start() if last else len(page)
    return page[:at] + section + page[at:]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
