"""Does a reader see how sure a figure is, and its value if only evidence that was seen counts?"""

from dashboard.queries.ask import rows
from dashboard.queries.data_method import ROBUSTNESS
from dashboard.ui.country.operation import ANSWERS
from tests.conftest import MakeView
from tests.ui.conftest import OpenPage, cells, choose, finding, reset, tells, texts

OF = {"framework": "crbp", "round": "2025"}


def test_each_figure_has_its_range_and_says_what_it_turns_on(page: OpenPage, view_of: MakeView) -> None:
    app = page("data", {**OF, "part": "robustness"})
    found = [row for row in rows(view_of().published, ROBUSTNESS, view_of().parameters()) if row["of"] == "group"]
    numbers = [int(row["percent"]) for row in found if row["percent"] is not None]
    assert f"as answered: {numbers[0]}. Calculated in other ways" in finding(app)
    assert f"between {min(numbers)} and {max(numbers)}" in finding(app)
    said = cells(app)
    assert f"{min(numbers)} to {max(numbers)}" in said
    assert any(cell.startswith("Depends on: evidence") for cell in said)
    assert tells(app, "robust.weighed", year="2021")


def test_a_number_says_its_range_and_a_figure_that_nothing_moves_is_safe(page: OpenPage) -> None:
    assert any("between 42 and 69" in text for text in texts(page("number", OF)))
    alone = page("number", {"framework": "cop-2014", "round": "2025", "country": "COL", "kind": "respect"})
    assert any(text.startswith("Calculated in other ways") for text in texts(alone))


def test_counting_only_seen_evidence_is_chosen_in_the_bar_said_on_every_page_and_reset(page: OpenPage) -> None:
    app = page("overview", OF)
    usual = finding(app)
    choose(app, counting="seen")
    assert "42 of 100" in finding(app) != usual
    assert app.query_params["counting"] in ("seen", ["seen"])
    assert any("only answers with evidence seen or checked count" in text for text in texts(app))
    number = page("number", {**OF, "counting": "seen"})
    assert tells(number, "counting.explained_seen")
    reset(app)
    assert finding(app) == usual
    assert "counting" not in app.query_params


def test_what_is_inherited_is_counted_apart_and_its_source_named(page: OpenPage, view_of: MakeView) -> None:
    chosen = {"framework": "cop-2020", "round": "2025", "counting": "inherited"}
    view = view_of(framework="cop-2020", round="2025", counting="inherited", kind="")
    found = [
        row for row in rows(view.published, ANSWERS, view.parameters(kind="", operation="")) if row["inherited_title"]
    ]
    operation = found[0]["operation"]
    here = [row for row in found if row["operation"] == operation]
    app = page("country/answers", {**chosen, "operation": operation, "kind": here[0]["kind"]})
    of_kind = [row for row in here if row["kind"] == here[0]["kind"]]
    assert any(f"and {len(of_kind)} from the head office are counted" in text for text in texts(app))
    said = [cell for cell in cells(app) if "Head office (" in cell]
    assert len(said) == len(of_kind)
    assert str(here[0]["inherited_title"]) in said[0]
    assert not any(
        "Head office (" in cell for cell in cells(page("country/answers", {**chosen, "counting": "answers"}))
    )
    marked = view.words("heatmap.inherited")
    assert any(marked in text for text in texts(page("heatmap", chosen)))


def test_the_chart_says_how_answers_count_in_it_whatever_the_filters_say(page: OpenPage) -> None:
    assert tells(page("data", {**OF, "part": "robustness"}), "robust.counted")
    otherwise = page("data", {**OF, "part": "robustness", "counting": "seen"})
    assert tells(otherwise, "robust.counted_otherwise", chosen="Only with evidence seen or checked")
