"""Is every sentence that opens a page either derived from the files, or named as one in which nothing can be?"""

import pytest

from tests.claims.collecting import opened, query_of
from tests.claims.compared import each_in
from tests.claims.derived import DERIVED
from tests.claims.places import NOT_OF_FIGURES, NOT_YET, PLACES


@pytest.fixture(scope="module")
def underived() -> dict[str, set[str]]:
    """By key of a sentence, the pages that claim it and for which nothing is derived; filled as they are opened."""
    return {}


@pytest.mark.parametrize("at", range(len(PLACES)), ids=[f"{place} {query or ''}".strip() for place, query in PLACES])
def test_no_page_claims_what_nobody_derives(at: int, underived: dict[str, set[str]]) -> None:
    place, query = PLACES[at]
    page = opened(place, query_of(query))
    is_derived = place in DERIVED and query.get("shade") != "context"
    keys = set() if is_derived else {one.key for one in each_in(page.claims)}
    for key in keys:
        underived.setdefault(key, set()).add(place)
    assert not keys - set(NOT_OF_FIGURES) - set(NOT_YET), place


def test_every_sentence_that_is_not_derived_is_claimed_somewhere(underived: dict[str, set[str]]) -> None:
    if len(underived) > 1:
        assert not set(NOT_YET) - set(underived)
