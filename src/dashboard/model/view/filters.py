"""What can be filtered, and what does each filter keep? One line a filter; everything else reads them here.

A thing carries codes by the name of a filter (`queries/frame/cards.sql`). It is kept when, of every filter that keeps
things of its sort, nothing is chosen or one of its codes is. See docs/decisions/0026-a-choice-is-one-object.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Thing = Literal["criterion", "country", "impact", "guidance", "case"]
"""What a filter can keep."""


@dataclass(frozen=True)
class Filter:
    """One filter: its name is the widget's key, the field of the view, the URL's parameter and the column of a card.

    `in_bar`: stands in the bar, on every page; else the page of guidance or of cases shows it. `in_view_only`: its
    codes belong to one framework, so it narrows nothing of another. `always_said`: the sentence of the choice names it
    even where it keeps everything.
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
    _filter("principle", "criterion", "guidance", "case", in_view_only=True, always_said=True),
    _filter("risk_area", "criterion", "impact", "guidance", "case"),
    _filter("right", "criterion", "impact", "guidance", "case"),
    _filter("setting", "criterion", "impact", "guidance", "case"),
    # The function that leads; of guidance and risks every one that takes part.
    _filter("function", "criterion", "impact", "guidance"),
    _filter("step", "guidance", in_bar=False),
    _filter("case_country", "case", in_bar=False),
    _filter("case_kind", "case", in_bar=False),
    _filter("confidence", "case", in_bar=False),
)
"""Every filter, in the order of the bar."""
FILTERS = tuple(one.name for one in ALL_FILTERS if one.in_bar)
"""Those of the bar, by name."""
LIBRARY = tuple(one.name for one in ALL_FILTERS if not one.in_bar)
"""Those of guidance and cases alone, by name."""


@dataclass(frozen=True)
class Card:
    """One thing that can be kept: its sort, code, framework ("" for none), and its codes by filter."""

    thing: Thing
    code: str
    framework: str
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Choice:
    """What the filters keep, thing by thing, in the order of the publication. Nothing kept is an empty tuple.

    `criteria` holds those of every framework: of the one in view what all filters keep, of others what all but those
    keep that belong to the framework in view.
    """

    criteria: tuple[str, ...]
    countries: tuple[str, ...]
    impacts: tuple[str, ...]
    library: tuple[str, ...]
    """Guidance and cases."""


def choice(cards: Iterable[Card], chosen: Mapping[str, tuple[str, ...]], framework: str) -> Choice:
    """What is kept of some cards; `chosen` holds the chosen codes by filter, and `framework` is the one in view."""
    kept: dict[str, list[str]] = {"criterion": [], "country": [], "impact": [], "guidance": [], "case": []}
    narrowing = {one: frozenset(codes) for one in ALL_FILTERS if (codes := chosen.get(one.name))}
    of_thing = {thing: [pair for pair in narrowing.items() if thing in pair[0].keeps] for thing in kept}
    for card in cards:
        if all(
            card.codes[one.name] & codes or (one.in_view_only and card.framework not in ("", framework))
            for one, codes in of_thing[card.thing]
        ):
            kept[card.thing].append(card.code)
    return Choice(
        tuple(kept["criterion"]),
        tuple(kept["country"]),
        tuple(kept["impact"]),
        (*kept["guidance"], *kept["case"]),
    )
