"""What does one button of the filter bar open? A native list, the same whatever is chosen in it.

`server/filters.js` fills a list when it is first opened, marks what the address holds, and writes a choice to it.
"""

from dataclasses import dataclass
from html import escape

from dashboard.model.view.view_state import MANY, ViewState
from dashboard.model.words import Words
from dashboard.ui.marked import as_html


@dataclass(frozen=True)
class Option:
    """One code in a list: its title, what the list says of it, and its place in an address that holds several."""

    code: str
    title: str
    told: str
    place: int = 0


@dataclass(frozen=True)
class FilterList:
    """One button of the filter bar: the field of the view, its name, and what can be chosen.

    All texts are plain. `everything` is what no choice is called, in a field that holds several codes.
    If `folded`, it stands in the bar only while something is chosen in it, or *More filters* is open.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    everything: str = ""
    help: str = ""
    folded: bool = False

    def html(self, words: Words) -> str:
        """Return button and list, and beside them what clears the choice, shown while there is one."""
        label, none = escape(self.label), escape(words("filter.no_match"))
        clear = escape(words("filter.clear", filter=self.label))
        lines = "".join(map(self._line, self._lines()))
        told = f"<p>{as_html(self.help)}</p>" if self.help else ""
        # Focusable, because a click between two options must not move the focus out of the list, which would close it.
        kinds = " ".join(["filter", *["many"] * (self.name in MANY), *["folded"] * self.folded])
        return (
            f'<div class="{kinds}"><details class="filter_{self.name}"><summary>{label}</summary>'
            f'<fieldset tabindex="-1" data-field="{self.name}" data-label="{label}" data-none="{none}"'
            f' aria-label="{label}"><template>{self._search(words)}{lines}{told}</template></fieldset></details>'
            f'<button type="button" class="clear" aria-label="{clear}" hidden></button></div>'
        )

    def _lines(self) -> tuple[Option, ...]:
        return (Option("", "", self.everything), *self.options) if self.name in MANY else self.options

    def _line(self, one: Option) -> str:
        kind = "checkbox" if self.name in MANY else "radio"
        # What is checked in the HTML is what an address without this field means.
        plain = " checked" if one.code == (getattr(ViewState(), self.name) or "") else ""
        # The browser drops the names of its own attributes, such as `lang`.
        return (
            f'<label><input type="{kind}" name="filter_{self.name}" value="{escape(one.code)}" data-place="{one.place}"'
            f' data-title="{escape(one.title)}"{plain}><bdi>{escape(one.told)}</bdi></label>'
        )

    def _search(self, words: Words) -> str:
        if self.name not in MANY:
            return ""
        says = escape(words("filter.find"))
        return f'<input type="search" placeholder="{says}" aria-label="{says}" autocomplete="off">'


def bar(lists: list[FilterList], words: Words, narrow: bool, cleared: tuple[str, ...]) -> str:
    """Return the buttons of the bar in order and *Reset*, which empties the fields `cleared`; `narrow` is one button.

    One Streamlit element, and the same in every run: the browser has nothing to draw anew.
    """
    at_once, folded = ("".join(one.html(words) for one in lists if one.folded is so) for so in (False, True))
    more = ""
    if folded and not narrow:
        said, fewer = escape(words("filter.more")), escape(words("filter.fewer"))
        more = f'<button type="button" class="more" aria-expanded="false" data-other="{fewer}">{said}</button>'
    inside = f"{at_once}{more}{folded}"
    if narrow:
        none, some = escape(words("filter.none")), escape(words("filter.some", n="{n}"))
        inside = (
            f'<details class="filter_all" data-none="{none}" data-some="{some}"><summary>{none}</summary>'
            f'<div tabindex="-1">{inside}</div></details>'
        )
    if not lists:
        return '<div class="filters"></div>'
    reset = (
        f'<button type="button" class="reset" data-cleared="{" ".join(cleared)}">'
        f"<span>{escape(words('filter.reset'))}</span></button>"
    )
    return f'<div class="filters">{inside}{reset}</div>'
