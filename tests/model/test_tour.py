"""Is a step the view it was made from, and a place the page and view it stands for?"""

import pytest
from hypothesis import given
from pydantic import ValidationError

from dashboard.exports.yaml_text import step_yaml
from dashboard.model.pages import IN_TOURS, PAGES, PARTS, place_in, place_of
from dashboard.model.tour import LEFT_TO_THE_ROOM, MOST_CHARACTERS, OF_THE_TOUR, Step, Tour
from dashboard.model.view_state import FIELDS, ViewState, from_query, normalised, to_query
from tests.model.test_view_state import KNOWN, STATES

SAID = {"title": "Look", "text": "Look here. Then look there."}


@given(STATES)
def test_a_place_is_the_page_and_the_url_it_was_made_from(state: ViewState) -> None:
    query = to_query(normalised(state, KNOWN))
    whole = place_of("heatmap", query, but=("back",))
    assert place_in(whole) == ("heatmap", {name: held for name, held in query.items() if name != "back"})
    assert not set(whole) & set(" &=?#+%,"), "it stands in a URL as it is"


@given(STATES)
def test_a_step_opens_the_view_that_it_was_recorded_from(state: ViewState) -> None:
    own = normalised(state, KNOWN)
    step = Step.model_validate({"page": "risks", "view": _view(own), **SAID})
    again, problems = from_query(step.query(), KNOWN)
    assert not problems
    assert {n: getattr(again, n) for n in FIELDS if n not in LEFT_TO_THE_ROOM} == {
        n: getattr(own, n) for n in FIELDS if n not in LEFT_TO_THE_ROOM
    }


def _view(state: ViewState) -> dict[str, object]:
    held = {name: getattr(state, name) for name in FIELDS if name not in LEFT_TO_THE_ROOM}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in held.items() if value}


@pytest.mark.parametrize("field", LEFT_TO_THE_ROOM)
def test_a_step_sets_neither_the_tour_nor_the_language(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Step.model_validate({"page": "heatmap", "view": {field: "en"}, **SAID})


@pytest.mark.parametrize(
    ("page", "view", "opens"),
    [
        ("setting", {"country": ["GHA"]}, ("risks", {"part": "settings", "country": "GHA"})),
        ("rights", {"part": "editions"}, ("crosswalk", {"part": "areas"})),
        ("risks", {"part": "rights"}, ("crosswalk", {"part": "each_right"})),
        ("crosswalk", {"part": "twice"}, ("crosswalk", {"part": "areas"})),
        ("crosswalk", {}, ("crosswalk", {})),
        ("risks", {"part": "map", "shade": "severity"}, ("heatmap", {"show_as": "map", "shade": "severity"})),
    ],
)
def test_a_step_of_a_former_page_or_part_opens_what_has_replaced_it(
    page: str, view: dict[str, object], opens: tuple[str, dict[str, str]]
) -> None:
    step = Step.model_validate({"page": page, "view": view, **SAID})
    assert (step.page, step.query()) == opens


def test_what_is_said_to_a_room_is_short() -> None:
    Step.model_validate({"page": "heatmap", "title": "Look", "text": "a" * MOST_CHARACTERS})
    with pytest.raises(ValidationError, match="280"):
        Step.model_validate({"page": "heatmap", "title": "Look", "text": "a" * (MOST_CHARACTERS + 1)})


def test_a_tour_has_a_step() -> None:
    about = {"schema_version": 1, "tour": "t", "title": "T", "audience": "all", "minutes": 3}
    assert Tour.model_validate({**about, "steps": [{"page": "heatmap", **SAID}]}).step_id(1) == "t.1"
    with pytest.raises(ValidationError):
        Tour.model_validate({**about, "steps": []})


def test_a_step_opens_any_page_of_tours_and_no_other() -> None:
    for page in PAGES:
        if page in IN_TOURS:
            assert Step.model_validate({"page": page, **SAID}).page == page
        else:
            with pytest.raises(ValidationError, match="overview"):
                Step.model_validate({"page": page, **SAID})


def test_no_two_parts_have_the_same_name() -> None:
    """A view says which part is open without naming the page."""
    assert len(set(PARTS)) == len(PARTS)


# In a view.


@pytest.mark.parametrize(
    ("query", "at"), [({}, "1"), ({"tour_step": "3"}, "3"), ({"tour_step": "9"}, "1"), ({"tour_step": "x"}, "1")]
)
def test_a_tour_is_at_its_first_step_unless_at_one_it_has(query: dict[str, str], at: str) -> None:
    state, problems = from_query({"tour": "long", **query}, KNOWN)
    assert (state.tour, state.tour_step, state.publication) == ("long", at, "7")
    assert [problem.value for problem in problems] == [code for code in query.values() if code != at]


def test_a_step_of_another_tour_is_reported() -> None:
    state, problems = from_query({"tour": "short", "tour_step": "3"}, KNOWN)
    assert state.tour_step == "1"
    assert [(problem.kind, problem.value) for problem in problems] == [("no_such_step", "3")]


def test_without_a_tour_nothing_of_it_is_left() -> None:
    query = {"tour": "shrt", "tour_step": "1", "publication": "7", "back": "heatmap"}
    state, problems = from_query(query, KNOWN)
    assert not any(getattr(state, name) for name in OF_THE_TOUR)
    assert [(problem.value, problem.hint) for problem in problems] == [("shrt", "short")]


def test_a_place_to_go_back_to_is_a_page_of_ours() -> None:
    for place, kept in (
        ("heatmap;round:2024", True),
        ("workshop", True),
        ("../elsewhere", False),
        ("presenter", False),
    ):
        state, problems = from_query({"tour": "short", "back": place}, KNOWN)
        assert bool(state.back) is kept
        assert bool(problems) is not kept


def test_a_recorded_step_leaves_the_tour_and_the_language_out() -> None:
    query = {"framework": "crbp", "country": "BOL,GHA", "tour": "long", "tour_step": "2", "back": "data", "lang": "fr"}
    text = step_yaml("heatmap", query, "T", "Two sentences. Here.")
    assert text.splitlines() == [
        "  - page: heatmap",
        "    view:",
        "      framework: crbp",
        "      country: [BOL, GHA]",
        "    title: T",
        "    text: Two sentences. Here.",
    ]
