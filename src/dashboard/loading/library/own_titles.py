"""Does every area of a standard, and every entry of each shared list, have a title of its own?"""

import unicodedata

from dashboard.loading.files.yaml_file import Document
from dashboard.loading.library.references import OWN_ID, items
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Framework, Strict

LISTS = ("themes", "risk_areas", "settings", "functions", "areas")
"""What charts and filters name by title. Areas are only compared within their standard."""


def titles_twice(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A Problem for every entry with the same title as an earlier one: the two would be shown as one."""
    seen: dict[tuple[str, str, str], str] = {}
    problems = []
    for document, value in documents:
        of = value.framework if isinstance(value, Framework) else ""
        for place, item in items(document.values, ()):
            name = str(place[-2]) if len(place) > 1 else ""
            if name not in LISTS or not isinstance(item, dict) or not isinstance(item.get("title"), str):
                continue
            code = str(item.get(OWN_ID[name]))
            bearer = seen.setdefault((of, name, alike(item["title"])), code)
            if bearer != code:
                where = (*place, "title")
                file, line = document.file(where), document.line(where)
                problems.append(Problem("title_twice", file, line, "title", code, bearer, weight=Weight.FILE))
    return problems


def alike(title: str) -> str:
    """A title for comparison: two that differ only in case or spaces look the same."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())
