"""Does each filter keep what it should, in the framework in view and in others? Checked against slow, plain code."""

from collections.abc import Mapping
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.filters import ALL_FILTERS, FILTERS, LIBRARY, Card, Filter, KeptCodes, Thing, kept_codes
from dashboard.model.view_state import FIELDS, MANY, ViewState

THINGS: tuple[Thing, ...] = get_args(Thing)
HELD_IN: Mapping[Thing, str] = {
    "criterion": "criteria", "country": "countries", "impact": "impacts", "guidance": "library", "case": "library",
}  # fmt: skip
"""In which part of a choice each kind of thing is held."""
each_filter = pytest.mark.parametrize("one", ALL_FILTERS, ids=[one.name for one in ALL_FILTERS])


def card(thing: Thing, code: str, framework: str = "", **codes: str) -> Card:
    """A card with a few codes; it has none for any other filter."""
    return Card(thing, code, framework, {one.name: frozenset(codes.get(one.name, "").split()) for one in ALL_FILTERS})


def held(found: KeptCodes) -> set[str]:
    return {*found.criteria, *found.countries, *found.impacts, *found.library}


@each_filter
@pytest.mark.parametrize("thing", THINGS)
def test_a_filter_keeps_what_carries_a_chosen_code_of_the_things_in_its_line_and_leaves_all_others(
    one: Filter, thing: Thing
) -> None:
    right = card(thing, "right", "mine", **{one.name: "x other"})
    wrong = card(thing, "wrong", "mine", **{one.name: "other"})
    bare = card(thing, "bare", "mine")
    found = kept_codes([right, wrong, bare], {one.name: ("x", "y")}, "mine")
    expected = ("right",) if thing in one.keeps else ("right", "wrong", "bare")
    assert getattr(found, HELD_IN[thing]) == expected
    assert held(found) == set(expected)


@each_filter
def test_of_another_framework_a_filter_keeps_all_only_where_its_codes_belong_to_the_one_in_view(one: Filter) -> None:
    if "criterion" in one.keeps:
        found = kept_codes([card("criterion", "theirs", "other")], {one.name: ("x",)}, "mine")
        assert found.criteria == (("theirs",) if one.in_view_only else ())


def test_only_principles_belong_to_a_framework() -> None:
    assert [one.name for one in ALL_FILTERS if one.in_view_only] == ["principle"]


def test_what_belongs_to_no_framework_is_narrowed_by_its_principles_too() -> None:
    cards = [card("guidance", "here", principle="P1"), card("guidance", "elsewhere", principle="P2")]
    assert kept_codes(cards, {"principle": ("P1",)}, "mine").library == ("here",)


def test_every_filter_must_keep_a_thing_and_one_code_of_each_is_enough() -> None:
    cards = [
        card("criterion", "both", "mine", risk_area="RA1 RA2", right="play"),
        card("criterion", "one", "mine", risk_area="RA1", right="rest"),
        card("criterion", "neither", "mine", risk_area="RA3", right="rest"),
    ]
    assert kept_codes(cards, {"risk_area": ("RA1", "RA2"), "right": ("play",)}, "mine").criteria == ("both",)
    assert kept_codes(cards, {"risk_area": ("RA1", "RA2"), "right": ()}, "mine").criteria == ("both", "one")


def test_nothing_kept_is_an_empty_tuple() -> None:
    found = kept_codes([card("criterion", "one", "mine")], {"function": ("hr",)}, "mine")
    assert found == KeptCodes((), (), (), ())


def test_guidance_stands_before_cases_and_each_in_the_order_of_the_cards() -> None:
    cards = [card("case", "C1"), card("guidance", "G2"), card("case", "C0"), card("guidance", "G1")]
    assert kept_codes(cards, {}, "mine").library == ("G2", "G1", "C1", "C0")


def test_a_filter_is_a_field_of_the_view_that_holds_several_codes_and_begins_with_none() -> None:
    names = [one.name for one in ALL_FILTERS]
    assert len(set(names)) == len(names)
    assert set(names) <= set(FIELDS) & set(MANY)
    assert {field.default for field in fields(ViewState) if field.name in names} == {()}
    assert set(FILTERS) | set(LIBRARY) == set(names)
    assert not set(FILTERS) & set(LIBRARY)


CODES = st.frozensets(st.sampled_from("abc"))
CARDS = st.lists(
    st.builds(
        Card,
        st.sampled_from(THINGS),
        st.sampled_from([f"t{n}" for n in range(9)]),
        st.sampled_from(("", "mine", "other")),
        st.fixed_dictionaries({one.name: CODES for one in ALL_FILTERS}),
    ),
    max_size=12,
)
CHOSEN = st.dictionaries(st.sampled_from([one.name for one in ALL_FILTERS]), CODES.map(tuple))


def plainly_kept(one: Card, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a thing is kept: filter by filter and code by code, as the decision describes it."""
    for filter_ in ALL_FILTERS:
        wanted = chosen.get(filter_.name, ())
        if not wanted or one.thing not in filter_.keeps:
            continue
        if filter_.name == "principle" and one.framework == "other":
            continue
        if not [code for code in wanted if code in one.codes[filter_.name]]:
            return False
    return True


def plainly(cards: list[Card], chosen: Mapping[str, tuple[str, ...]]) -> KeptCodes:
    def of(thing: Thing) -> tuple[str, ...]:
        return tuple(one.code for one in cards if one.thing == thing and plainly_kept(one, chosen))

    return KeptCodes(of("criterion"), of("country"), of("impact"), of("guidance") + of("case"))


@given(CARDS, CHOSEN)
def test_for_any_selection_what_is_kept_is_what_plain_code_keeps(
    cards: list[Card], chosen: dict[str, tuple[str, ...]]
) -> None:
    assert kept_codes(cards, chosen, "mine") == plainly(cards, chosen)


@given(CARDS)
def test_nothing_chosen_keeps_everything(cards: list[Card]) -> None:
    for chosen in ({}, {one.name: () for one in ALL_FILTERS}):
        found = kept_codes(cards, chosen, "mine")
        assert sum(map(len, (found.criteria, found.countries, found.impacts, found.library))) == len(cards)
