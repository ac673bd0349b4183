"""RESULTS.md in sections: a new measurement replaces its own section, and every other one stays."""

import re
from collections.abc import Iterable, Sequence

LAST = "What was tried"
"""The section before which new ones are inserted."""


def with_section(page: str, title: str, text: str) -> str:
    """Return the page with the section of this title replaced, or inserted before the last one; adds its heading."""
    section = f"## {title}\n\n{text.strip()}\n\n"
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if found:
        return page[: found.start()] + section + page[found.end() :]
    last = re.search(rf"^## {re.escape(LAST)}$", page, re.MULTILINE)
    at = last.start() if last else len(page)
    return page[:at] + section + page[at:]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
