"""All filters, and what each of them keeps: one line per filter, which everything else reads.

Each thing has codes by filter (`queries/frame/cards.sql`). It is kept if every filter that applies to its kind either
has nothing selected or has one of its codes selected. See docs/decisions/0015-questions.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Thing = Literal["criterion", "country", "impact", "guidance", "case"]
"""What a filter can keep."""


@dataclass(frozen=True)
class Filter:
    """One filter: its name is the field of the view, the URL parameter and the column of a card.

    `in_bar`: shown in the filter bar on every page; otherwise on the page of guidance or of cases. `in_view_only`: its
    codes belong to one framework, so it narrows no other. `always_said`: the sentence about the filters names it even
    if it keeps everything.
    """

    name: str
    keeps: frozenset[Thing]
    in_bar: bool = True
    in_view_only: bool = False
    always_said: bool = False


def _filter(name: str, *keeps: Thing, **more: bool) -> Filter:
    return Filter(name, frozenset(keeps), **more)


ALL_FILTERS = (
    _filter("country", "country", always_said=True),
    # Guidance, cases and impacts have the principles of their criteria.
    _filter("principle", "criterion", "impact", "guidance", "case", in_view_only=True, always_said=True),
    _filter("risk_area", "criterion", "impact", "guidance", "case"),
    _filter("right", "criterion", "impact", "guidance", "case"),
    _filter("setting", "criterion", "impact", "guidance", "case"),
    # The lead function; for guidance and risks, every function involved.
    _filter("function", "criterion", "impact", "guidance"),
    _filter("step", "guidance", in_bar=False),
    _filter("case_country", "case", in_bar=False),
    _filter("case_kind", "case", in_bar=False),
    _filter("confidence", "case", in_bar=False),
)
"""Every filter, in the order of the filter bar."""
FILTERS = tuple(one.name for one in ALL_FILTERS if one.in_bar)
"""The names of those in the filter bar."""
LIBRARY = tuple(one.name for one in ALL_FILTERS if not one.in_bar)
"""The names of those for guidance and cases only."""


@dataclass(frozen=True)
class Card:
    """One thing that can be kept: its kind, code, framework ("" for none), and its codes by filter."""

    thing: Thing
    code: str
    framework: str
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class KeptCodes:
    """What the filters keep, by kind, in the order of the publication; an empty tuple if nothing.

    `criteria` covers every framework: for the one in view what all filters keep, for others what the filters keep that
    do not belong to the framework in view.
    """

    criteria: tuple[str, ...]
    countries: tuple[str, ...]
    impacts: tuple[str, ...]
    library: tuple[str, ...]
    """Guidance and cases."""


def kept_codes(cards: Iterable[Card], chosen: Mapping[str, tuple[str, ...]], framework: str) -> KeptCodes:
    """Which cards are kept; `chosen` holds the selected codes by filter, and `framework` is the one in view."""
    kept: dict[str, list[str]] = {"criterion": [], "country": [], "impact": [], "guidance": [], "case": []}
    narrowing = {one: frozenset(codes) for one in ALL_FILTERS if (codes := chosen.get(one.name))}
    of_thing = {thing: [pair for pair in narrowing.items() if thing in pair[0].keeps] for thing in kept}
    for card in cards:
        for one, wanted in of_thing[card.thing]:
            elsewhere = one.in_view_only and card.framework not in ("", framework)
            if not elsewhere and wanted.isdisjoint(card.codes[one.name]):
                break
        else:
            kept[card.thing].append(card.code)
    return KeptCodes(
        tuple(kept["criterion"]),
        tuple(kept["country"]),
        tuple(kept["impact"]),
        (*kept["guidance"], *kept["case"]),
    )
