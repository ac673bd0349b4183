"""What are the things called that a file speaks of? What is not known is called as the file calls it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.queries.ask import rows
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.view import View


@dataclass(frozen=True)
class Titles:
    """Titles by what a code is a code of; those of statuses by the framework that a criterion belongs to."""

    found: Mapping[tuple[str, str, str], str]
    framework_of: Mapping[str, str]

    def __call__(self, what: str, code: str, within: str = "") -> str:
        """The title of a code, safe to stand in Markdown."""
        return escape(self.found.get((what, code, within), code))

    def asked(self, code: str) -> str:
        """What a criterion or an impact says; nothing where it is unknown, or an action."""
        criterion = self.found.get(("criterion", code, self.framework_of.get(code, "")))
        return escape(criterion or self.found.get(("impact", code, "")))

    def status(self, criterion: str, status: str) -> str:
        """The word of a status on the scale that a criterion is answered on; of an action, on the first that has it."""
        scales = [self.framework_of.get(criterion, ""), *dict.fromkeys(self.framework_of.values())]
        return self("status", status, next((one for one in scales if ("status", status, one) in self.found), ""))


def titles_of(view: View, published: Published | None) -> Titles:
    """The titles in a private publication, which knows what the files bring; else those of the one in view."""
    found = rows(published or view.published, "collect_titles", view.parameters())
    return Titles(
        {(row["what"], row["code"], row["within"]): row["title"] for row in found},
        {row["code"]: row["within"] for row in found if row["what"] == "criterion"},
    )
