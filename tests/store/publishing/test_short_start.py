"""What does a short start ask? As few as any choice could be, and the same whatever order the needs are in."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.store.publishing import short_start
from dashboard.store.publishing.short_start import fewest
from tests.conftest import most

NEEDS = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True), max_size=9)


def serves(chosen: set[int], needs: list[list[int]]) -> bool:
    return all(chosen & set(need) for need in needs)


@given(NEEDS)
@settings(max_examples=most(300))
def test_no_fewer_numbers_serve_every_need(needs: list[list[int]]) -> None:
    chosen = fewest(needs)
    assert len(set(chosen)) == len(chosen)
    assert serves(set(chosen), needs)
    fewer = (set(one) for n in range(len(chosen)) for one in combinations(range(1, 10), n))
    assert not any(serves(one, needs) for one in fewer)


def test_what_looks_best_first_is_not_always_part_of_the_fewest() -> None:
    assert sorted(fewest([[1, 2], [1, 3], [1, 2], [1, 3], [2, 4], [3, 5]])) == [2, 3]


def test_of_equally_many_those_named_first_are_taken() -> None:
    assert fewest([[7, 3], [7, 3]]) == [7]


def test_a_search_that_never_ends_still_serves_every_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_start, "MOST_TRIED", 0)
    needs = [[1, 2], [1, 3], [1, 2], [1, 3], [2, 4], [3, 5]]
    assert serves(set(fewest(needs)), needs)
