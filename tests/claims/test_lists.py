"""Is what lists of gaps, of matters and of actions state what the files say? With filters drawn at random."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.words import Claim
from tests.claims.collecting import Page, choice_of, opened, query_of
from tests.claims.compared import differences
from tests.claims.derived import lists
from tests.claims.drawn import Query, views
from tests.claims.slow.choice import Group
from tests.claims.slow.every import Slow
from tests.claims.test_sample import SUPPRESSED
from tests.conftest import most

PLACES = ("overview", "risks/gaps", "plan/actions")
FOUND = "overview.found_"


def wrong(group: Group, place: str, query: Query) -> list[str]:
    """Where what a list states is not what the files say."""
    page = opened(place, query_of(query))
    if page.view is None:
        return []
    slow = Slow(group, choice_of(page.view))
    if place == "risks/gaps":
        stated = [Claim(one.key, {**one.places, "where": _sorted(one.places["where"])}, one.n) for one in page.stated]
        return list(differences(stated, lists.gaps(slow)))
    if place == "plan/actions":
        return list(differences(list(page.stated), lists.elsewhere(slow)))
    n = len(expected := lists.counts(slow))
    found, must = _matters(page.stated[n:]), lists.matters(slow)
    return [*differences(list(page.stated[:n]), expected), *(f"{one}" for one in (found - must, must - found) if one)]


def _sorted(where: Any) -> dict[str, list[str]]:
    return {reason: sorted(names) for reason, names in where.items()}


def _matters(stated: Sequence[Claim]) -> Counter[tuple[object, ...]]:
    """Of each matter the key of its finding, and the numbers that follow."""
    told: list[list[object]] = []
    for one in stated:
        if one.key.startswith(FOUND):
            told.append([one.key])
        elif one.key == "overview.severe_gaps":
            risks: Any = one.places["risks"]
            told[-1] += [one.n, risks.n]
        elif one.key == "overview.n_before":
            told[-1] += [one.places["n"], one.places["of"]]
        elif one.key not in lists.UNDERIVED_KEYS:
            told[-1].append(one.places["n"])
    return Counter(map(tuple, told))


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=most(60), suppress_health_check=SUPPRESSED)
@given(data=st.data())
def test_what_a_list_states_is_what_the_files_say(place: str, data: st.DataObject, group: Group) -> None:
    assert not wrong(group, place, data.draw(views(group, place)))


@pytest.mark.parametrize("place", PLACES)
def test_what_a_list_states_without_filters_is_what_the_files_say(place: str, group: Group) -> None:
    assert not wrong(group, place, {})


def test_the_sample_has_these_gaps_and_matters(group: Group) -> None:
    """So that the lists are not all empty."""
    slow = Slow(group, choice_of(_view(opened("risks/gaps", {}))))
    assert (slow.severe_gaps().n, slow.n_matters(), len(slow.overdue_anywhere())) == (65, 28, 21)


def _view(page: Page) -> Any:
    assert page.view is not None
    return page.view
