"""Which guidance and which cases speak of a criterion, and under which address does each stand?"""

from dataclasses import replace
from urllib.parse import urlencode

from dashboard.model.view_state import settled
from dashboard.ui.plain import rows
from dashboard.ui.shell import View, with_state

SPEAKS = ("guidance", "case")
"""What speaks of a criterion; each is a page's item, opened by a field of the view."""
OPENS = {"guidance": ("guidance", "guidance"), "case": ("cases", "case_study")}
"""The page that shows an item, and the field of the view that opens it."""


def in_framework(view: View, framework: str) -> View:
    """The same view in another framework, with what of the choice fits there."""
    return replace(view, state=settled(replace(view.state, framework=framework), view.known))


def opened(view: View, what: str, id_: str) -> dict[str, str]:
    """The URL parameters of an item's page with the item open."""
    return with_state(view.state, **{OPENS[what][1]: id_})


def spoken_of(view: View, criterion: str, what: str) -> str:
    """The guidance or the cases of one criterion as links; empty where there are none."""
    found = rows(view.published, "criterion_library", view.given(criterion=criterion))
    page, _ = OPENS[what]
    return "; ".join(
        f"[{row['title']}]({page}?{urlencode(opened(view, what, row['id']))})" for row in found if row["what"] == what
    )
