"""How are the choices of a page drawn? As native controls in one element, the same whatever is chosen in them.

`server/filters.js` marks what the address holds, and writes a choice to it, as for the filter bar. Streamlit's own
controls would each be drawn anew in every run (benchmarks/RESULTS.md).
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

from dashboard.model.view.known import SWITCH
from dashboard.model.words import Words
from dashboard.ui.glossary import meaning
from dashboard.ui.html import draw_html, explained


class Shape(Enum):
    """What a choice looks like."""

    LIST = "list"
    SEGMENTS = "segments"
    SWITCH = "switch"


@dataclass(frozen=True)
class Choice:
    """One choice of a page: a field of the view that holds one code, and the plain titles of what can be chosen.

    `default` is what the page shows while the address does not say. `terms` are explained beside it. `along` is a
    second field that a list writes with it, as `by=right`: what its codes are. The label of a list is seen if it is
    `labelled`. `holds` are further codes that an option is shown for, by its own: a country's first operation, and its
    others.
    """

    field: str
    label: str
    options: Mapping[str, str]
    default: str
    shape: Shape = Shape.SEGMENTS
    terms: tuple[str, ...] = ()
    along: str = ""
    labelled: bool = False
    holds: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)

    def html(self) -> str:
        """Return the control."""
        match self.shape:
            case Shape.LIST:
                along = f' data-along="{escape(self.along)}"' if self.along else ""
                named = f'aria-label="{escape(self.label)}"'
                listed = f'<select data-field="{self.field}"{along} {named}>{self._listed()}</select>'
                return f"<label>{escape(self.label)}{listed}</label>" if self.labelled else listed
            case Shape.SWITCH:
                checked = " checked" if self.default == SWITCH[0] else ""
                return (
                    f'<label data-field="{self.field}"><input type="checkbox" role="switch"'
                    f' name="choice_{self.field}" value="{SWITCH[0]}"{checked}>{escape(self.label)}</label>'
                )
            case _:
                return (
                    f'<fieldset class="{self.shape.value}" role="radiogroup" data-field="{self.field}">'
                    f"<legend>{escape(self.label)}</legend>{self._side_by_side()}</fieldset>"
                )

    def _listed(self) -> str:
        return "".join(
            f'<option value="{escape(code)}"{" selected" if code == self.default else ""}{self._also(code)}>'
            f"{escape(title)}</option>"
            for code, title in self.options.items()
        )

    def _also(self, code: str) -> str:
        return f' data-holds="{escape(" ".join(self.holds[code]))}"' if self.holds.get(code) else ""

    def _side_by_side(self) -> str:
        return "".join(
            f'<label><input type="radio" name="choice_{self.field}" value="{escape(code)}"'
            f"{' checked' if code == self.default else ''}>{escape(title)}</label>"
            for code, title in self.options.items()
        )


def switch(field: str, label: str, on: bool = False, *terms: str) -> Choice:
    """Return a choice between yes and no; `on` is what applies while the address does not say."""
    return Choice(field, label, {}, SWITCH[0] if on else SWITCH[1], Shape.SWITCH, terms)


def draw(words: Words, *choices: Choice | None, title: str = "") -> None:
    """Draw the choices in one line that wraps, followed by what is explained about them; None is left out.

    `title` is the heading of what they apply to, as HTML, if that is only a part of the page.
    """
    kept = [one for one in choices if one]
    heading = f"<h2>{title}</h2>" if title else ""
    if kept or heading:
        controls = "".join(one.html() for one in kept)
        draw_html(f'<div class="choices">{heading}{controls}{_explained(words, kept)}</div>')


def _explained(words: Words, choices: list[Choice]) -> str:
    told = (f"**{words(f'term.{code}.title')}:** {meaning(words, code)}" for one in choices for code in one.terms)
    return explained(words, told)
