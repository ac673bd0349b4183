"""Do the roles carry exactly the deeds that they should, exactly where they hold?"""

from itertools import product

import pytest

from dashboard.model.permissions import (
    EVERYWHERE,
    GROUP_SCOPE,
    Deed,
    Grant,
    Person,
    Place,
    Role,
    Scope,
    allowed,
    allowed_somewhere,
    role_for,
)

HERE, BESIDE, ABROAD, ALL = Place("gha-1", "GHA"), Place("gha-2", "GHA"), Place("ken-1", "KEN"), Place()
SCOPES = {
    Scope("group"): {HERE, BESIDE, ABROAD, ALL},
    Scope("country", "GHA"): {HERE, BESIDE},
    Scope("operation", "gha-1"): {HERE},
    Scope("country", "XXX"): set(),
    Scope("operation", "XXX"): set(),
}
"""Where a role of each scope holds, written out."""
OF_PLACES = "see answer heard review act target approve"
MAY = {
    Role.VIEWER: "see",
    Role.CONTRIBUTOR: "see answer heard",
    Role.REVIEWER: "see review approve",
    Role.STEWARD: "see act target load preview round save_view lead source approve_group",
    Role.ADMIN: "see act target load preview round save_view lead source revert prune grant approve_group",
}


@pytest.mark.parametrize(("role", "deed"), [*product(Role, Deed)])
def test_every_role_may_do_exactly_what_the_table_says_where_it_holds(role: Role, deed: Deed) -> None:
    for scope, places in SCOPES.items():
        person = Person("idp|1", "", (Grant(role, scope),))
        for place in (HERE, BESIDE, ABROAD, ALL):
            # What concerns the whole group needs a role in the whole group, wherever it is asked from.
            holds = place in places if deed in OF_PLACES.split() else scope == GROUP_SCOPE
            assert allowed(person, deed, place) == (deed in MAY[role].split() and holds), (scope, place)


@pytest.mark.parametrize("deed", [*Deed])
def test_a_page_offers_what_is_allowed_anywhere(deed: Deed) -> None:
    for role, scope in product(Role, SCOPES):
        person = Person("idp|1", "", (Grant(role, scope),))
        known = Place(scope.code, scope.code) if scope.code else ALL
        assert allowed_somewhere(person, deed) == allowed(person, deed, known)


def test_without_sign_in_roles_forbid_nothing() -> None:
    assert all(allowed(None, deed, place) and allowed_somewhere(None, deed) for deed in Deed for place in (HERE, ALL))


def test_nobody_may_do_anything_without_a_role() -> None:
    nobody = Person("idp|1", "Nobody")
    assert not any(allowed(nobody, deed, place) for deed in Deed for place in (HERE, ALL))


def test_roles_add_up_but_nobody_reviews_their_own_answer() -> None:
    person = Person("idp|1", "", tuple(Grant(role) for role in Role))
    assert all(allowed(person, deed, HERE) for deed in Deed)
    assert allowed(person, Deed.REVIEW, HERE, answered_by="idp|2")
    assert not allowed(person, Deed.REVIEW, HERE, answered_by="idp|1")


def test_the_role_recorded_is_one_that_carries_the_deed() -> None:
    for role, deed in product(Role, Deed):
        recorded = role_for(Person("idp|1", "", (Grant(role), Grant(Role.VIEWER))), deed)
        expected = role if deed in MAY[role].split() else Role.VIEWER if deed is Deed.SEE else ""
        assert recorded == (Role.VIEWER if deed is Deed.SEE else expected)


def test_roles_of_the_whole_group_are_those_that_no_place_limits() -> None:
    assert {role for role in Role if "load" in MAY[role].split()} == EVERYWHERE
