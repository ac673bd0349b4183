"""What the page of the assessment has in common: its parts, and the one operation that a part is about."""

from dashboard.model.view.known import ASSESS_PARTS
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.view import View


def choose_part(view: View) -> str:
    """Which part of the page is open: handing in, unless another is chosen."""
    return choose_one(
        view,
        "part",
        list(ASSESS_PARTS),
        ASSESS_PARTS[0],
        label=view.words("assess.part"),
        format_func=lambda part: view.words(f"assess.part_{part}"),
    )
