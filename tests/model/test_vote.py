"""Are votes counted as given, groups shown only if nobody can be identified, and agreement named correctly?"""

from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.vote import FEWEST, SECOND, OpenQuestion, Parting, Vote, agreement, counted, leaning, parting
from tests.voting import SEVERITY, device, votes


@pytest.mark.parametrize(
    ("counts", "ordered", "word"),
    [
        ((1, 1, 0, 0), True, "few"),
        ((0, 3, 0, 0), True, "all"),
        ((0, 3, 1, 0), True, "most"),
        ((0, 2, 2, 0), True, "near"),
        ((1, 2, 4, 1), True, "near"),
        ((4, 1, 0, 4), True, "split"),
        ((2, 2, 2, 2), True, "split"),
        ((2, 3, 1, 2), True, "split"),
        ((1, 4, 1, 3), True, "split"),
        ((2, 6, 1, 2), True, "open"),
        ((2, 2, 0), False, "split"),
        ((4, 2, 2), False, "open"),
        ((6, 2, 0), False, "most"),
    ],
)
def test_how_far_a_room_agrees_is_one_of_six_words(counts: tuple[int, ...], ordered: bool, word: str) -> None:
    assert agreement(counts, ordered) == word


@pytest.mark.parametrize(
    ("counts", "ordered", "place"),
    [
        ((0, 0, 0, 0), True, None),
        ((1, 0, 0, 1), True, 3),
        ((2, 1, 0, 0), True, 0),
        ((1, 1, 1, 0), True, 1),
        ((0, 2, 2, 0), True, 2),
        ((1, 3, 2), False, 1),
        ((3, 3, 0), False, None),
    ],
)
def test_a_room_leans_to_the_middle_vote_or_to_what_leads_alone(
    counts: tuple[int, ...], ordered: bool, place: int | None
) -> None:
    assert leaning(counts, ordered) == place


def test_two_groups_that_lean_otherwise_are_named_and_the_farthest_apart() -> None:
    groups = {"board": (3, 0, 0, 0), "legal": (0, 3, 0, 0), "sales": (0, 0, 0, 4)}
    assert parting(groups, ordered=True) == Parting("board", 0, "sales", 3)
    assert parting({"board": (1, 3), "legal": (0, 5)}, ordered=True) is None
    assert parting({}, ordered=True) is None


def test_a_group_of_fewer_than_three_is_not_shown_and_cannot_be_calculated() -> None:
    given_votes = [*votes("1111"), *votes("222", "legal", begin=11), *votes("34", "sales", begin=21)]
    found = counted(given_votes)
    assert found.n == 9
    assert found.choices == {"1": 4, "2": 3, "3": 1, "4": 1}
    # If only legal were withheld, subtraction from the total would reveal the two votes of sales.
    assert found.groups == {"board": {"1": 4}}
    assert found.n_in_no_group == 5


def test_groups_that_are_large_enough_are_all_shown() -> None:
    found = counted([*votes("1111"), *votes("222", "legal", begin=11)])
    assert found.groups == {"board": {"1": 4}, "legal": {"2": 3}}
    assert found.n_in_no_group == 0


@given(st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from("abcde")), max_size=30))
def test_no_group_that_is_shown_or_left_over_is_small(said: list[tuple[str, str]]) -> None:
    found = counted(Vote(1, device(n), choice, group) for n, (choice, group) in enumerate(said))
    sizes = Counter(group for _, group in said)
    assert found.n == len(said)
    for group, counts in found.groups.items():
        assert sum(counts.values()) == sizes[group] >= FEWEST
    assert sum(sizes.values()) - sum(sum(c.values()) for c in found.groups.values()) == found.n_in_no_group
    assert found.n_in_no_group == 0 or found.n_in_no_group >= FEWEST or not found.groups


def test_a_device_counts_once_in_each_vote_and_who_changed_their_mind_is_counted() -> None:
    every = chain(votes("1234"), votes("1244", ballot=SECOND))
    now = OpenQuestion(1, SEVERITY, SECOND, votes={(vote.ballot, vote.device): vote for vote in every})
    assert now.n_voted() == now.n_devices() == 4
    assert now.n_changed() == 1
    assert now.counted(SECOND).of(SEVERITY) == (1, 1, 0, 2)
    assert now.of_device(device(3)) == Vote(SECOND, device(3), "4", "board")


def test_a_question_is_read_in_the_first_language_that_is_there() -> None:
    french = replace(SEVERITY.said["en"], asks="À quel point ?")
    asked = replace(SEVERITY, said={**SEVERITY.said, "fr": french})
    assert asked.in_language(["es", "fr", "en"]) is french
    assert asked.in_language(["es"]) is asked.said["en"]
