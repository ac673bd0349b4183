"""The parts of the crosswalk page, one function each."""

from collections.abc import Callable

from dashboard.ui.standards.crosswalk import areas
from dashboard.ui.standards.editions import editions
from dashboard.ui.standards.rights import each_right
from dashboard.ui.view import View

PARTS: dict[str, Callable[[View], None]] = {
    "areas": areas,
    "each_right": each_right,
    "editions": editions,
}
"""The function that draws each part."""
