"""What are the titles of the things a file refers to? Unknown ones keep the name used in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from dashboard.queries.ask import rows
from dashboard.queries.question import Question
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.view import View


class CollectTitlesRow(TypedDict):
    """A row of `collect_titles`."""

    what: str
    code: str
    title: str
    within: str


COLLECT_TITLES = Question("collect_titles", CollectTitlesRow)


@dataclass(frozen=True)
class Titles:
    """Titles by kind of code; titles of statuses depend on the criterion's framework."""

    found: Mapping[tuple[str, str, str], str]
    framework_of: Mapping[str, str]

    def __call__(self, what: str, code: str, within: str = "") -> str:
        """Return the title of a code, safe in Markdown."""
        return escape(self.found.get((what, code, within), code))

    def asked(self, code: str) -> str:
        """Return the text of a criterion or an impact; empty if it is unknown or an action."""
        criterion = self.found.get(("criterion", code, self.framework_of.get(code, "")))
        return escape(criterion or self.found.get(("impact", code, "")))

    def status(self, criterion: str, status: str) -> str:
        """Return a status as worded on the criterion's scale; for an action, on the first scale that has it."""
        scales = [self.framework_of.get(criterion, ""), *dict.fromkeys(self.framework_of.values())]
        return self("status", status, next((one for one in scales if ("status", status, one) in self.found), ""))


def titles_of(view: View, published: Published | None) -> Titles:
    """Return the titles in a private publication, which includes what the files add, or else in the current one."""
    found = rows(published or view.published, COLLECT_TITLES, view.parameters())
    return Titles(
        {(row["what"], row["code"], row["within"]): row["title"] for row in found},
        {row["code"]: row["within"] for row in found if row["what"] == "criterion"},
    )
