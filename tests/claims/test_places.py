"""Is every sentence that opens a page either derived from the files, or named as one in which nothing can be?"""

import pytest

from tests.claims.collecting import opened, query_of
from tests.claims.compared import each_in
from tests.claims.derived.pages import DERIVED
from tests.claims.places import NOT_OF_FIGURES, NOT_YET, PLACES


@pytest.fixture(scope="module")
def claimed() -> set[str]:
    """The keys of all sentences that the pages claim; filled as they are opened."""
    return set()


@pytest.mark.parametrize("at", range(len(PLACES)), ids=[f"{place} {query or ''}".strip() for place, query in PLACES])
def test_no_page_claims_what_nobody_derives(at: int, claimed: set[str]) -> None:
    place, query = PLACES[at]
    page = opened(place, query_of(query))
    keys = {one.key for one in each_in(page.claims)}
    claimed |= keys
    is_derived = place in DERIVED and not {"context", "focus"} & {*query, *query.values()}
    assert is_derived or not keys - set(NOT_OF_FIGURES) - set(NOT_YET), place


def test_every_sentence_that_is_not_derived_is_claimed_somewhere(claimed: set[str]) -> None:
    # Alone, it would know of none.
    if len(claimed) > len(NOT_YET):
        assert not {*NOT_OF_FIGURES, *NOT_YET} - claimed
