"""How is an item of evidence shown? Its title and where it is found, with a link that a person may follow."""

from collections.abc import Mapping
from typing import Any, TypedDict
from urllib.parse import quote, urlsplit

from dashboard.queries import ask
from dashboard.queries.question import Question
from dashboard.ui.escape import escape, escape_row
from dashboard.ui.view import View

KEPT = "%:/?#@!&'+,;=~-._"
"""Signs of an address that mean nothing in Markdown; all others are encoded."""


class EvidenceItemsRow(TypedDict):
    """A row of `evidence_items`."""

    country: str
    operation: str
    operation_title: str
    criterion: str


EVIDENCE_ITEMS = Question("evidence_items", EvidenceItemsRow)


def read_items(view: View, **given: Any) -> list[EvidenceItemsRow]:
    """Return the items within the filters, unescaped; all of them, since each belongs to an answer that is shown."""
    return ask.rows(view.published, EVIDENCE_ITEMS, view.parameters(whole=True, **given))


def items_by_answer(view: View, **given: Any) -> dict[tuple[str, str], str]:
    """Return the items of each answer as lines of Markdown, by operation and criterion."""
    found: dict[tuple[str, str], str] = {}
    for row in read_items(view, **given):
        key = row["operation"], row["criterion"]
        found[key] = f"{found.get(key, '')}  \n:small[{item_line(view, row)}]"
    return found


def item_line(view: View, row: Mapping[str, Any]) -> str:
    """Return an item in one line: title, then document, page, day, holder and link, as far as they are shown."""
    words, said = view.words, escape_row({name: row[name] for name in ("title", "document", "page", "holder")})
    parts = [
        said["title"],
        words("evidence_item.confidential_mark") if row["confidential"] else "",
        said["document"],
        words("evidence_item.on_page", page=said["page"]) if said["page"] else "",
        words.shown(row["dated_on"]) if row["dated_on"] else "",
        said["holder"],
        link(row["link"]),
    ]
    return " · ".join(part for part in parts if part)


def link(address: str | None) -> str:
    """Return the address as a link named after its host, so that a reader sees where it leads; empty without one.

    Nothing here opens it.
    """
    if not address:
        return ""
    return f"[{escape(urlsplit(address).hostname)}]({quote(address, safe=KEPT)})"
