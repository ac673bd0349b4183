"""Can every source address be opened as written? Not if it names only a site, or is cut off.

Your own standard may name just the site that publishes it. An address may end in a remark in brackets, such as that the
site is believed retired. See docs/decisions/0035-held-against-the-document.md.
"""

import re
from collections.abc import Iterator

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.loading.library.references import items
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Framework, Strict

WHOLE = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+/[^\s…]*[^\s….]( \([^()]+\))?")
CUT_OFF = re.compile(r"\.\.|…")
"""An address with an omission cannot be opened, wherever the omission is."""


def unopenable(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """Problems of addresses that are cut off or, in guidance and cases, name only a site or are several in one."""
    return [
        Problem("address_not_whole", document.file(place), document.line(place), "address", address, weight=Weight.FILE)
        for document, value in documents
        for place, address in _addresses(document)
        if CUT_OFF.search(address) or not (isinstance(value, Framework) or WHOLE.fullmatch(address))
    ]


def _addresses(document: Document) -> Iterator[tuple[Place, str]]:
    for place, item in items(document.values, ()):
        if isinstance(item, dict) and isinstance(item.get("address"), str):
            yield (*place, "address"), item["address"].strip()
