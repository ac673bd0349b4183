"""Does Side by side choose, judge, filter and explain as it says?"""

import re
from itertools import combinations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries.ask import rows
from dashboard.queries.compare.difference import COMPARE_CRITERIA, COMPARE_WHY
from dashboard.queries.compare.subjects import COMPARE_COMMON, SUBJECTS
from dashboard.ui.compare.gap import adding_up, in_tenths, waterfall
from dashboard.ui.compare.subject_choice import Subjects, likeliest
from dashboard.ui.compare.subjects import finding as compared
from tests.conftest import MakeView, said
from tests.ui.conftest import (
    OpenPage,
    cells,
    choices,
    choose,
    finding,
    keys,
    nothing_failed,
    reset,
    shown,
    tells,
    texts,
    unfold,
)

PAIR = {"subject": "gha-op,col-op"}
SEVEN = ["tcd-op", "cod-op", "gha-op", "rwa-op", "sen-op", "tza-op", "bol-op"]


def common(app: AppTest) -> bool:
    return shown(app, "common") == "yes"


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize("by", ["principle", "risk_area", "right"])
def test_every_reading_of_every_framework_opens(framework: str, kind: str, by: str, page: OpenPage) -> None:
    app = page(
        "compare", {"framework": framework, "kind": kind, "by": by, "subject": "group.countries,tcd-op,HQ,gha-op@2024"}
    )
    assert tells(app, "compare.why_help") or tells(app, "compare.no_gap")
    nothing_failed(unfold(app))
    assert tells(app, "compare.strip_help")


def test_without_a_choice_an_operation_is_compared_with_the_group(page: OpenPage) -> None:
    app = page("compare")
    assert app.multiselect(key="subject_shown").value == ["tcd-op", "group.countries"]
    app = page("compare", {"country": "GHA"})
    assert app.multiselect(key="subject_shown").value == ["gha-op", "group.countries"]
    # By their French names, another country is the first.
    app = page("compare", {"lang": "fr"})
    assert app.multiselect(key="subject_shown").value == ["tcd-op", "group.countries"]


def test_without_a_choice_the_countries_in_the_bar_are_compared(page: OpenPage) -> None:
    app = page("compare", {"country": "COL,GTM"})
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["col-op", "gtm-op"]
    assert said("compare.finding.other").fullmatch(finding(app))


def test_a_gap_is_told_alike_above_and_below(page: OpenPage) -> None:
    app = page("compare", {"framework": "cop-2014", "subject": "gha-op,tcd-op"})
    found = re.search(r" (\d+), .* (\d+)\. They are (\d+) points", finding(app))
    assert found, finding(app)
    high, low, apart = map(int, found.groups())
    assert apart == high - low, "between the whole percentages that are shown"
    assert why_says(app, "above") == (high, apart, low)


def why_says(app: AppTest, side: str) -> tuple[int, int, int]:
    """Return the two scores and the gap between them in the sentence on why two subjects differ."""
    pattern = rf"is at (\d+), (\d+) points {side} .* at (\d+)\."
    (found,) = filter(None, (re.search(pattern, text) for text in texts(app)))
    own, gap, other = map(int, found.groups())
    return own, gap, other


def test_the_link_holds_the_subjects_in_their_order(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op,gha-op@2024,region.africa"})
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["col-op", "gha-op@2024", "region.africa"]
    assert app.query_params["subject"] in ("col-op,gha-op@2024,region.africa", ["col-op,gha-op@2024,region.africa"])


@pytest.mark.parametrize("name", ["compare", "heatmap"])
def test_of_seven_subjects_in_a_link_six_are_shown_and_the_last_is_named(name: str, page: OpenPage) -> None:
    app = page(name, {"subject": ",".join(SEVEN)})
    nothing_failed(app)
    assert app.query_params["subject"] in (",".join(SEVEN[:6]), [",".join(SEVEN[:6])])
    assert tells(app, "problem.too_many", value="Bolivia")
    assert tells(app, "problem_expected.too_many", expected="6")
    if name == "compare":
        assert app.multiselect(key="subject_shown").value == SEVEN[:6]


def test_what_is_chosen_on_the_page_stands_in_the_link(page: OpenPage) -> None:
    app = page("compare")
    app.multiselect(key="subject_shown").set_value(["col-op", "gha-op"]).run()
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["col-op", "gha-op"]
    assert app.query_params["subject"] in ("col-op,gha-op", ["col-op,gha-op"])


def offered(app: AppTest) -> list[str]:
    """Return the labels of the suggestions beside the chosen subject."""
    (pills,) = app.get("button_group")
    return [option.content for option in pills.proto.options]


def test_one_subject_is_kept_and_the_likeliest_others_are_one_click_away(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op", "focus": "CRBP-05"})
    nothing_failed(app)
    assert said("compare.who_else", title="Colombia").fullmatch(finding(app))
    likely = offered(app)
    assert likely[:2] == ["Mean of all countries", "Mean of Latin America"]
    assert said("compare.offered_near").fullmatch(likely[2])
    assert any(said("compare.offered_region", title="Paraguay").fullmatch(one) for one in likely)
    assert not any("Colombia" in one for one in likely)
    app.pills(key="subject_offered").set_value("gha-op").run()
    nothing_failed(app)
    assert app.query_params["subject"] in ("col-op,gha-op", ["col-op,gha-op"])
    assert said("compare.in_focus", area="Safe products and services").fullmatch(finding(app))
    assert not app.get("button_group"), "two are chosen"


def test_two_countries_are_chosen_in_two_clicks_from_what_the_page_opens_with(page: OpenPage) -> None:
    app = page("compare")
    for code in ("gha-op", "sen-op"):
        app.pills(key="subject_offered").set_value(code).run()
        nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["gha-op", "sen-op"]


def test_the_one_country_of_the_bar_is_kept_and_the_mean_gives_way_to_the_second(page: OpenPage) -> None:
    app = page("compare", {"country": "GHA"})
    app.pills(key="subject_offered").set_value("sen-op").run()
    nothing_failed(app)
    assert app.multiselect(key="subject_shown").value == ["gha-op", "sen-op"]


def test_the_operation_looked_at_last_is_what_the_page_opens_on(page: OpenPage) -> None:
    app = page("compare", {"operation": "sen-op"})
    assert app.multiselect(key="subject_shown").value == ["sen-op", "group.countries"]


def test_what_was_emptied_stays_empty(page: OpenPage) -> None:
    app = page("compare", PAIR)
    app.multiselect(key="subject_shown").set_value([]).run()
    nothing_failed(app)
    assert tells(app, "compare.choose_two")
    assert app.multiselect(key="subject_shown").value == []


def test_who_is_likeliest_is_the_group_the_region_the_nearest_score_and_the_neighbours(view_of: MakeView) -> None:
    view = view_of()
    found = rows(view.published, SUBJECTS, view.parameters())
    scores = {"gha-op": 0.5, "col-op": 0.52, "sen-op": 0.9, "tza-op": 0.1}
    likely = likeliest(found, scores, "gha-op")
    assert list(likely)[:5] == ["group.countries", "region.africa", "col-op", "sen-op", "tza-op"]
    assert [likely[code] for code in ("col-op", "sen-op", "bol-op", "region.africa")] == ["near", "region", "", ""]
    assert "HQ" not in likely
    assert "near" not in likeliest(found, {}, "gha-op").values(), "without a score nothing is near"


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
    choose(app, common="no")
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
    shared = rows(view.published, COMPARE_COMMON, view.parameters(subject=pair))
    assert sum(row["applies_to_all"] for row in shared) < 0.8 * len(shared), "the sample has such a pair"
    app = page("compare", {"framework": "cop-2020", "subject": ",".join(pair)})
    assert common(app)
    assert tells(app, "compare.on_common", n=sum(row["answered_by_all"] for row in shared))


def test_who_was_not_asked_makes_it_not_comparable(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op,gha-op@2023"})
    nothing_failed(app)
    assert tells(app, "compare.unfair_silent")


@pytest.mark.parametrize("asked", [{"subject": "cod-op,col-op"}, {**PAIR, "focus": "CRBP-02"}])
def test_nothing_is_called_comparable_without_two_scores(asked: dict[str, str], page: OpenPage) -> None:
    app = page("compare", asked)
    nothing_failed(app)
    assert said("compare.ahead").search(finding(app)) or said("compare.ahead_and_behind").search(finding(app))
    assert not app.success
    assert tells(app, "compare.unfair_no_score") or tells(app, "compare.unfair_no_scores")


def test_two_scores_beside_one_without_are_not_called_comparable_alone(page: OpenPage) -> None:
    app = page("compare", {"subject": "gha-op,cod-op,col-op", "common": "no"})
    nothing_failed(app)
    assert not app.success
    assert tells(app, "compare.fair_but", titles="DR Congo")


def test_few_answers_and_old_ones_are_warned_of(page: OpenPage) -> None:
    app = page("compare", {"subject": "cod-op,gha-op@2024"})
    assert tells(app, "compare.low_coverage", title="DR Congo")
    assert tells(app, "compare.old", title="Ghana · Round 2024")


def test_a_closer_look_keeps_the_criteria_to_one_principle_and_the_chart_whole(
    page: OpenPage, view_of: MakeView
) -> None:
    app = page("compare", PAIR)
    whole = [cell for cell in cells(app) if ":gray[CRBP-" in cell]
    choose(app, focus="CRBP-05")
    kept = [cell for cell in cells(app) if ":gray[CRBP-" in cell and "…" in cell]
    assert kept
    assert all(":gray[CRBP-05." in cell for cell in kept)
    assert len(kept) < len(whole)
    assert len(choices(app, "focus")) > 5, "the chart's rows are not filtered by what was picked in it"
    view = view_of()
    asked = rows(view.published, COMPARE_CRITERIA, view.parameters(subject=("gha-op", "col-op"), focus="CRBP-05"))
    assert len(kept) == len({row["criterion"] for row in asked})


def test_why_speaks_of_what_is_looked_at(page: OpenPage, view_of: MakeView) -> None:
    app = page("compare", {"subject": "gha-op,sen-op", "focus": "CRBP-05"})
    nothing_failed(app)
    assert said("compare.in_focus", area="Safe products and services").fullmatch(finding(app))
    assert tells(app, "compare.why_focus", area="Safe products and services")
    assert tells(app, "compare.parts_of", area="Safe products and services")
    app = page("compare", {"subject": "gha-op,col-op", "by": "risk_area", "focus": "RA03"})
    nothing_failed(app)
    found = re.search(r" (\d+), .* (\d+)\. They are", finding(app))
    assert found, finding(app)
    own, gap, other = why_says(app, "below")
    assert (other, own) == tuple(map(int, found.groups())), "those of the risk area, not of the whole"
    assert gap == other - own


def test_of_more_than_two_the_first_two_are_explained_and_others_take_their_place(page: OpenPage) -> None:
    app = page("compare", {"subject": "gha-op,sen-op,col-op"})
    pairs = {" and ".join(codes.split(",")[:2]) for codes in choices(app, "subject")}
    assert pairs == {"gha-op and sen-op", "gha-op and col-op", "sen-op and col-op"}
    assert shown(app, "subject") == "gha-op,sen-op,col-op"
    choose(app, subject="gha-op,col-op,sen-op")
    assert tells(app, "compare.why_below.other", second="Colombia")
    assert shown(app, "subject") == "gha-op,col-op,sen-op"
    assert not choices(page("compare", PAIR), "subject"), "of two there is nothing to choose"


def test_whom_to_help_stands_in_the_link(page: OpenPage) -> None:
    pair = {"subject": "gha-op@2024,col-op"}
    folded = page("compare", pair)
    assert not choices(folded, "operation")
    app = unfold(folded)
    assert shown(app, "operation") == "gha-op"
    assert list(choices(app, "operation")) == ["gha-op", "col-op"]
    assert shown(page("compare", {**pair, "operation": "col-op"}), "operation") == "col-op"


def test_reset_takes_back_what_was_looked_at_and_compared(page: OpenPage) -> None:
    app = page("compare", {"subject": "col-op,gha-op", "by": "right", "focus": "CRC-16", "common": "no"})
    reset(app)
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


@pytest.mark.parametrize(
    ("parts", "whole", "shown"),
    [
        ([0.04, 0.04, 0.04], 0.1, [0.1, 0.0, 0.0]),
        ([10.25, -5.05, 20.0], 25.2, [10.3, -5.1, 20.0]),
        ([10.25, -5.05, 20.0], 25.3, [10.3, -5.0, 20.0]),
        ([1.0, 0.0, 2.0], 2.9, [0.9, 0.0, 2.0]),
        ([-0.02, -0.02], 0.0, [0.0, 0.0]),
        ([], 0.0, []),
    ],
)
def test_parts_are_rounded_so_that_they_add_up(parts: list[float], whole: float, shown: list[float]) -> None:
    found = adding_up(parts, whole)
    assert sum(found) == pytest.approx(sum(shown))
    assert all(abs(one - part) <= 0.1 for one, part in zip(found, parts, strict=True))
    assert found == pytest.approx(shown)


@pytest.mark.parametrize("pair", list(combinations(("tza-op", "sen-op", "cod-op", "group.countries"), 2)))
def test_what_is_shown_of_a_gap_adds_up(pair: tuple[str, str], view_of: MakeView) -> None:
    view = view_of(framework="crbp", round="2025")
    found = in_tenths(rows(view.published, COMPARE_WHY, view.parameters(subject=pair)))
    areas = {row["area"]: row["area_points"] for row in found}
    if found:
        gap = round(100 * found[0]["first_score"], 1) - round(100 * found[0]["second_score"], 1)
        assert sum(areas.values()) == pytest.approx(gap)
    for area, part in areas.items():
        assert sum(row["points"] for row in found if row["area"] == area) == pytest.approx(part)


def test_within_a_sentence_a_mean_is_named_as_one_and_a_sentence_begins_with_a_capital(page: OpenPage) -> None:
    below = page("compare", {"subject": "tcd-op,group.countries"})
    assert any("below the mean of all countries at " in text for text in texts(below))
    above = page("compare", {"subject": "group.countries,tcd-op"})
    assert any(re.search(r"differ\?\s+The mean of all countries is at ", text) for text in texts(above))


def test_two_subjects_that_are_alike_are_both_named(view_of: MakeView) -> None:
    view = view_of()
    subjects = Subjects(("a", "b"), {"a": "Alike", "b": "Also"}, ())
    figures = [{"subject": code, "code": "", "reading": "score", "score": 0.5, "percent": 50} for code in "ab"]
    told = {"kind": view.kind_word(), "high_title": "Also", "low_title": "Alike", "high": 50}
    assert view.words.say(*compared(view, subjects, figures, [])) == view.words("compare.same", **told)


def test_a_chart_of_a_gap_is_drawn_only_where_there_is_a_gap(page: OpenPage) -> None:
    def drawn(app: AppTest) -> list[str]:
        nothing_failed(app)
        return [one.proto.id for one in app.get("vega_lite_chart") if "gap_chart" in one.proto.id]

    query = {"subject": "gha-op,tcd-op", "round": "2025", "principle": "CRBP-05,CRBP-07"}
    assert drawn(page("compare", query))
    even = "called~Even,in~2025,all~CRBP-05~implemented,all~CRBP-07~implemented"
    alike = page("compare", query | {"imagined": even})
    assert said("compare.same").fullmatch(finding(alike))
    assert not drawn(alike)
    assert tells(alike, "compare.why_help"), "the rest of the explanation is there"


def test_with_few_answers_the_difference_is_told_in_words(page: OpenPage) -> None:
    app = page("compare", {"subject": "tcd-op,gha-op", "principle": "CRBP-02"})
    nothing_failed(app)
    (told,) = (text for text in texts(app) if said("compare.no_gap").search(text))
    first, second = (line for line in told.splitlines() if line.startswith("- "))
    assert "CRBP-02.a" in first
    assert re.search(r"Chad ○ Not implemented\b.*Ghana ● Implemented", first)
    assert "CRBP-02.b" in second
    assert re.search(r"Chad · unanswered\b.*Ghana ◉ Partly", second)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"subject": "tcd-op,gha-op"}, "Respect: Ghana is ahead of Chad on the only criterion both have answered."),
        (
            {"subject": "tcd-op,gha-op,sen-op"},
            "Respect: Chad, Ghana, Senegal differ on 1 of the criteria that can be compared (2).",
        ),
        ({"subject": "tcd-op,gha-op", "safe": "yes"}, "Respect: too few answers for two scores."),
    ],
)
def test_with_few_answers_the_first_sentence_says_who_is_ahead(
    asked: dict[str, str], told: str, page: OpenPage
) -> None:
    app = page("compare", {**asked, "principle": "CRBP-02"})
    nothing_failed(app)
    assert finding(app).startswith(told)


def test_while_names_are_hidden_the_page_says_why_marks_are_missing(page: OpenPage) -> None:
    app = page("compare", {"subject": "tcd-op,gha-op", "safe": "yes"})
    nothing_failed(app)
    assert tells(app, "safe.no_mark")
    assert not any("few answers (fewer" in key for key in keys(app)), "they are not drawn"
    assert any("few answers (fewer" in key for key in keys(page("compare", {"subject": "tcd-op,gha-op"})))


def test_of_one_principle_the_picture_of_the_gap_shows_its_criteria(page: OpenPage) -> None:
    query = {"subject": "gha-op,sen-op", "principle": "CRBP-05"}
    app = page("compare", query)
    assert tells(app, "compare.why_most_criterion", points="+22.3")
    app.toggle(key="gap_chart_table").set_value(True).run()
    nothing_failed(app)
    (table,) = (frame.value for frame in app.dataframe)
    labels, parts = (list(table[name]) for name in table.columns)
    assert parts[1:-1] == [22.3, -12.8, -10.3, -9.0, -0.2]
    assert all(label.startswith("CRBP-05.") for label in labels[1:-1])


def test_what_is_looked_at_may_be_close_and_the_whole_not(page: OpenPage) -> None:
    app = page("compare", {"subject": "gha-op,sen-op", "focus": "CRBP-05"})
    assert said("compare.finding_close.other").search(finding(app))
    assert any("Overall, Ghana is at 65, 26 points above Senegal at 39." in text for text in texts(app))


def test_what_is_too_close_above_is_not_called_higher_below(page: OpenPage) -> None:
    app = page("compare", {"subject": "gha-op,sen-op", "principle": "CRBP-05"})
    assert said("compare.finding_close.other").fullmatch(finding(app))
    assert any(said("compare.why_close.other", first="Ghana", second="Senegal").search(text) for text in texts(app))
    assert not any("points below" in text or "points above" in text for text in texts(app))
