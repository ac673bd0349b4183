"""Is everything that pages of the sample claim what the files say? Each page, with filters drawn at random."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.claims.collecting import choice_of, opened, query_of
from tests.claims.compared import differences
from tests.claims.derived.pages import DERIVED, obeyed
from tests.claims.drawn import PLAIN, Query, views
from tests.claims.slow.choice import Group
from tests.claims.slow.every import Slow
from tests.conftest import most

SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def wrong(group: Group, place: str, query: Query) -> list[str]:
    """Where what a page claims is not what the files say."""
    page = opened(place, query_of(query))
    if page.view is None:
        return []
    choice = choice_of(page.view, operation=query.get("operation", ""))
    return list(differences(page.claims, DERIVED[place](Slow(group, obeyed(place, choice)))))


@pytest.mark.parametrize("place", DERIVED)
@settings(max_examples=most(20), suppress_health_check=SUPPRESSED)
@given(data=st.data())
def test_what_a_page_claims_is_what_the_files_say(place: str, data: st.DataObject, group: Group) -> None:
    assert not wrong(group, place, data.draw(views(group, place)))


@pytest.mark.parametrize("place", DERIVED)
def test_what_a_page_claims_without_filters_is_what_the_files_say(place: str, group: Group) -> None:
    assert not wrong(group, place, PLAIN.get(place, {}))
