"""Does Side by side choose, judge, filter and explain as it says?"""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries.ask import rows
from dashboard.ui.compare.gap import waterfall
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, cells, finding, nothing_failed, tells

PAIR = {"subject": "gha-op,col-op"}


def common(app: AppTest) -> bool:
    return bool(app.toggle(key="common_switch").value)


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize("by", ["principle", "risk_area", "right"])
def test_every_reading_of_every_framework_opens(framework: str, kind: str, by: str, page: OpenPage) -> None:
    app = page(
        "compare", {"framework": framework, "kind": kind, "by": by, "subject": "group.countries,tcd-op,HQ,gha-op@2024"}
    )
    nothing_failed(app)
    assert tells(app, "compare.strip_help")
    assert tells(app, "compare.why_help") or tells(app, "compare.no_gap")


def test_without_a_choice_an_operation_is_compared_with_the_group(page: OpenPage) -> None:
    app = page("compare")
    assert app.multiselect(key="subject_shown").value == ["tcd-op", "group.countries"]
    app = page("compare", {"country": "GHA"})
    assert app.multiselect(key="subject_shown").value == ["gha-op", "group.countries"]


def test_without_a_choice_the_countries_in_the_bar_are_compared(page: OpenPage) -> None:
    app = page("compare", {"country": "COL,GTM"})
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["col-op", "gtm-op"]
    assert said("compare.finding").fullmatch(finding(app))


def test_a_gap_is_told_alike_above_and_below(page: OpenPage) -> None:
    app = page("compare", {"framework": "cop-2014", "subject": "gha-op,tcd-op"})
    found = re.search(r"(\d+\.\d) points", finding(app))
    assert found, finding(app)
    assert tells(app, "compare.why_above", gap=found[1])


def test_the_link_holds_the_subjects_in_their_order(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op,gha-op@2024,region.africa"})
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["col-op", "gha-op@2024", "region.africa"]
    assert app.query_params["subject"] in ("col-op,gha-op@2024,region.africa", ["col-op,gha-op@2024,region.africa"])


def test_what_is_chosen_on_the_page_stands_in_the_link(page: OpenPage) -> None:
    app = page("compare")
    app.multiselect(key="subject_shown").set_value(["col-op", "gha-op"]).run()
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["col-op", "gha-op"]
    assert app.query_params["subject"] in ("col-op,gha-op", ["col-op,gha-op"])


def test_one_subject_alone_is_asked_for_a_second(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op"})
    nothing_failed(app)
    assert tells(app, "compare.choose_two")
    app.multiselect(key="subject_shown").set_value([]).run()
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == [], "what was emptied stays empty"


def test_a_chosen_operation_is_offered_in_its_other_rounds(page: OpenPage) -> None:
    app = page("compare", PAIR)
    offered = app.multiselect(key="subject_shown").options
    assert any("Ghana" in option and "2024" in option for option in offered)
    assert not any("Chad" in option and "2024" in option for option in offered)


def test_different_rounds_keep_to_what_both_answered_until_the_switch_says_otherwise(page: OpenPage) -> None:
    app = page("compare", {"subject": "gha-op,gha-op@2024"})
    assert common(app)
    assert tells(app, "compare.on_common")
    assert tells(app, "compare.rounds_differ")
    app.toggle(key="common_switch").set_value(False).run()
    nothing_failed(app)
    assert not common(app)
    assert tells(app, "compare.unfair_rounds")
    app.run()
    assert not common(app), "the choice stays"


def test_one_round_and_much_in_common_is_called_comparable(page: OpenPage) -> None:
    app = page("compare", PAIR)
    assert not common(app)
    assert tells(app, "compare.fair")


def test_little_in_common_turns_the_switch_on(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(framework="cop-2020")
    pair = ("tcd-op", "col-op")
    shared = rows(view.published, "compare_common", view.parameters(subject=pair))
    assert sum(row["applies_to_all"] for row in shared) < 0.8 * len(shared), "the sample has such a pair"
    app = page("compare", {"framework": "cop-2020", "subject": ",".join(pair)})
    assert common(app)
    assert tells(app, "compare.on_common", n=sum(row["answered_by_all"] for row in shared))


def test_who_was_not_asked_makes_it_not_comparable(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op,gha-op@2023"})
    nothing_failed(app)
    assert tells(app, "compare.unfair_silent")


def test_few_answers_and_old_ones_are_warned_of(page: OpenPage) -> None:
    app = page("compare", {"subject": "cod-op,gha-op@2024"})
    assert tells(app, "compare.low_coverage", title="Savandina DR Congo")
    assert tells(app, "compare.old", title="Savandina Ghana · Round 2024")


def test_a_closer_look_keeps_the_criteria_to_one_principle_and_the_chart_whole(
    page: OpenPage, view_of: MakeView
) -> None:
    app = page("compare", PAIR)
    whole = [cell for cell in cells(app) if cell.startswith("**CRBP-")]
    app.selectbox(key="focus").set_value("CRBP-05").run()
    nothing_failed(app)
    kept = [cell for cell in cells(app) if cell.startswith("**CRBP-") and "…" in cell]
    assert kept
    assert all(cell.startswith("**CRBP-05.") for cell in kept)
    assert len(kept) < len(whole)
    assert len(app.selectbox(key="focus").options) > 5, "the chart's rows are not filtered by what was picked in it"
    view = view_of()
    asked = rows(view.published, "compare_criteria", view.parameters(subject=("gha-op", "col-op"), focus="CRBP-05"))
    assert len(kept) == len({row["criterion"] for row in asked})


def test_reset_takes_back_what_was_looked_at_and_compared(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op,gha-op", "by": "right", "focus": "CRC-16", "common": "no"})
    (reset,) = [button for button in app.button if said("filter.reset").fullmatch(button.label)]
    reset.click().run()
    nothing_failed(app)
    assert app.session_state["by"] == "principle"
    assert app.session_state["focus"] == ""
    assert app.session_state["common"] == ""


def test_a_waterfall_begins_and_ends_at_the_two_scores() -> None:
    ends = {"first_percent": 60.0, "second_percent": 40.0, "first_score": 0.6, "second_score": 0.4}
    drawn = waterfall(("one", "other"), ends, [("a", "A", -5.0), ("b", "B", 25.0)]).to_pylist()
    assert [(row["starts"], row["ends"]) for row in drawn] == [(40, 40), (40, 65), (65, 60), (60, 60)]
    assert [row["total"] for row in drawn] == [True, False, False, True]
    assert [row["label"] for row in drawn] == ["other", "B", "A", "one"]
