"""Does the cases page follow its filters, open a case by click and link, and mark contradictions?"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.model.filters import FILTERS
from dashboard.model.guidance import STEPS, CaseKind, CaseStudy, Tells
from dashboard.model.words import Words
from dashboard.queries.ask import ask, rows
from dashboard.queries.guidance_cases import CASE_CRITERIA, CASES, CasesGaps, CasesRow
from dashboard.queries.plan_actions import PLAN_CRITERIA
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui.escape import escape_label, one_line
from dashboard.ui.guidance_case_study import CASE_GUIDANCE
from dashboard.ui.guidance_cases import why
from tests.conftest import ROOT, TINY, TODAY, WRITER, MakeView, said
from tests.ui.conftest import (
    TERM,
    OpenPage,
    cells,
    choose,
    finding,
    nothing_failed,
    reset,
    tables,
    tells,
    texts,
    unfold,
)


@pytest.fixture(scope="module")
def cases() -> dict[str, CaseStudy]:
    library, _ = read_library([ROOT / "frameworks"])
    return {case.case_study: case for case in library.cases}


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library([ROOT / "frameworks"])[0]


def listed(app: AppTest) -> list[str]:
    """Return the cases in the order listed."""
    found = [re.search(r"case_study=([\w.-]+)", query) for query in links(unfold(app), "case")]
    return [match[1] for match in found if match]


def links(app: AppTest, page: str) -> list[str]:
    """Return the queries of the links to a page in the body of the page."""
    return [link.proto.query_string for link in app.main.get("page_link") if link.proto.page == page]


def test_it_opens_with_how_many_fit_and_which_fits_best(
    page: OpenPage, view_of: MakeView, cases: dict[str, CaseStudy]
) -> None:
    view = view_of()
    found = rows(view.published, CASES, view.parameters())
    app = page("cases")
    nothing_failed(app)
    assert said("cases.finding.other", n=len(cases)).search(finding(app))
    assert said("cases.best.other", title=found[0]["title"], n=found[0]["n_open"]).search(finding(app))
    assert listed(app) == [row["case_study"] for row in found]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("field", "codes", "keeps"),
    [
        ("case_country", ["KEN", "RWA"], lambda case: {"KEN", "RWA"} & set(case.countries)),
        ("case_kind", ["sector"], lambda case: case.case_kind == "sector"),
        ("confidence", ["medium"], lambda case: case.confidence == "medium"),
        ("setting", ["office", "emergency"], lambda case: {"emergency", "office"} & set(case.settings)),
        ("risk_area", ["RA06"], lambda case: "RA06" in case.risk_areas),
        ("principle", ["CRBP-09"], lambda case: any(code.startswith("CRBP-09") for code in case.criteria)),
    ],
)
def test_each_filter_keeps_its_cases(
    field: str, codes: list[str], keeps: Callable[[CaseStudy], object], page: OpenPage, cases: dict[str, CaseStudy]
) -> None:
    app = page("cases")
    if field in FILTERS:
        choose(app, **{field: ",".join(codes)})
    else:
        app.multiselect(key=field).set_value(codes).run()
    nothing_failed(app)
    expected = {code for code, case in cases.items() if keeps(case)}
    assert 0 < len(expected) < len(cases)
    assert set(listed(app)) == expected
    assert app.query_params[field] == ",".join(codes)
    linked = page("cases", {field: ",".join(codes)})
    assert listed(linked) == listed(app)
    assert field in FILTERS or linked.multiselect(key=field).value == codes


def test_the_country_of_the_bar_changes_whose_gaps_are_matched_and_keeps_every_case(page: OpenPage) -> None:
    everywhere, ghana = page("cases"), page("cases", {"country": "GHA"})
    assert set(listed(ghana)) == set(listed(everywhere))
    assert listed(ghana) != listed(everywhere)
    helps = [TERM.sub(r"\1", element.proto.help) for element in (*ghana.multiselect, *ghana.markdown)]
    assert any(said("cases.country_help").search(text) for text in helps)
    assert any(said("cases.matched_help").search(text) for text in helps)


def nowhere(cases: dict[str, CaseStudy], *grades: str) -> int:
    """Return how many cases of these grades name no country."""
    return sum(not case.countries and case.confidence in grades for case in cases.values())


def test_countries_are_chosen_by_name_and_the_page_says_how_many_cases_name_none(
    page: OpenPage, words: Words, cases: dict[str, CaseStudy]
) -> None:
    app = page("cases")
    options = app.multiselect(key="case_country").options
    assert options == sorted(options)
    assert words.count("cases.country_option", 4, title="Kenya") in options, "from the words"
    assert words.count("cases.country_option", 2, title="Ghana") in options, "from the list of countries"
    assert not any(re.match(r"[A-Z]{3} ", label) for label in options)
    assert tells(app, "cases.nowhere.other", n=nowhere(cases, "high", "medium"))
    app.multiselect(key="case_country").set_value(["KEN"]).run()
    assert sorted(listed(app)) == ["C13", "C16", "C25", "C32"]
    assert tells(app, "cases.nowhere_left_out.other", n=nowhere(cases, "high", "medium"))


def test_every_country_of_a_case_has_a_name_and_every_name_a_case(
    cases: dict[str, CaseStudy], words: Words, view_of: MakeView
) -> None:
    named = {code for case in cases.values() for code in case.countries}
    ours = {row["country"] for row in view_of().published.cursor().sql("FROM country").to_arrow_table().to_pylist()}
    assert {key.removeprefix("place.") for key in words.texts if key.startswith("place.")} == named - ours


def test_a_choice_that_leaves_nothing_says_so_and_keeps_the_filters(
    page: OpenPage, cases: dict[str, CaseStudy]
) -> None:
    app = page("cases", {"case_country": "NOR", "confidence": "medium"})
    nothing_failed(app)
    assert said("cases.none_left").fullmatch(finding(app))
    assert not listed(app)
    assert tells(app, "cases.nowhere_left_out.other", n=nowhere(cases, "medium"))
    assert not app.get("vega_lite_chart"), "no chart of nothing"
    app.multiselect(key="confidence").set_value([]).run()
    assert sorted(listed(app)) == ["C34"]


def test_reset_brings_every_case_back(page: OpenPage, cases: dict[str, CaseStudy]) -> None:
    app = page("cases", {"case_country": "KEN", "case_kind": "sector", "confidence": "high", "setting": "call_centre"})
    assert listed(app) == ["C13"]
    reset(app)
    assert len(listed(app)) == len(cases)


def test_each_case_in_the_list_says_who_where_when_how_sure_and_why(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(country=("GHA",))
    app = unfold(page("cases", {"country": "GHA"}))
    for row in rows(view.published, CASES, view.parameters()):
        (text,) = [text for text in texts(app) if text.startswith(f"**{row['title']}**")]
        assert row["where"] in text
        assert row["who"][0] in text
        assert str(row["began"]) in text
        assert f"{row['confidence']} confidence" in text
        assert why(view, row, "CRBP") in texts(app)
        if row["gaps"]:
            assert row["gaps"][0]["criterion"] in why(view, row, "CRBP")
            assert "(Ghana)" in why(view, row, "CRBP")


def test_a_reason_marks_critical_failures_and_tells_no_gap_from_no_criterion(view_of: MakeView) -> None:
    view = view_of()
    gap: CasesGaps = {
        "criterion": "X.a", "critical": True, "n_nil": 2, "n_part": 0, "n_failed_before": 0,
        "countries": ["A", "B", "C", "D"],
    }  # fmt: skip
    some = rows(view.published, CASES, view.parameters())[0]
    row: CasesRow = {**some, "n_criteria": 3, "n_open": 1, "gaps": [gap]}
    assert ":small[▼ X.a – 2 not (A, B, C, D)] :small[:gray[X.a]]" in why(view, row, "S")
    partly: CasesRow = {**row, "gaps": [{**gap, "n_nil": 0, "n_part": 1, "countries": ["A"]}]}
    assert ":small[X.a – 1 partly (A)] :small[:gray[X.a]]" in why(view, partly, "S")
    known: CasesRow = {**row, "gaps": [{**gap, "criterion": "CRBP-01.a"}]}
    text = {one["criterion"]: one["text"] for one in rows(view.published, PLAN_CRITERIA, view.parameters())}[
        "CRBP-01.a"
    ]
    assert f":small[▼ {text[:30]}" in why(view, known, "S"), "what is asked stands before its code"
    assert "▼" not in why(view, partly, "S"), "partly in place is no critical failure"
    fell: CasesRow = {**row, "gaps": [{**gap, "n_nil": 0, "n_failed_before": 1, "countries": ["A"]}]}
    assert ":small[▽ X.a – 1 failed earlier, no answer now (A)]" in why(view, fell, "S")
    assert "1** criterion that failed earlier and has not been answered since" in why(view, fell, "S")
    assert "not fully in place" in why(view, row, "S")
    assert said("cases.no_gap.other", n=3).fullmatch(why(view, {**row, "n_open": 0, "gaps": None}, "S"))
    assert said("cases.no_criterion", framework="S").fullmatch(why(view, {**row, "n_criteria": 0}, "S"))


def test_every_case_of_the_list_leads_to_its_own_page(page: OpenPage, cases: dict[str, CaseStudy]) -> None:
    app = page("cases")
    assert "C13" in listed(app)
    opened = page("case", {"case_study": "C13"})
    nothing_failed(opened)
    assert cases["C13"].title in finding(opened)
    assert links(opened, "cases"), "the way back"


def test_a_link_that_names_no_case_leads_to_all_of_them(page: OpenPage) -> None:
    app = page("case")
    assert said("cases.not_named").fullmatch(finding(app))
    assert links(app, "cases")


@pytest.mark.thorough
def test_every_case_opens_in_full_in_every_framework(page: OpenPage, cases: dict[str, CaseStudy]) -> None:
    app = page("case")
    for framework in ("crbp", "cop-2020"):
        for code, case in cases.items():
            app.query_params.update({"framework": framework, "round": "2025", "case_study": code})
            app.run()
            nothing_failed(app)
            told = one_line(escape_label("\n".join(texts(app))))
            for section in ("what_was_done", "what_resulted", "lesson", "what_to_copy", "what_to_avoid"):
                assert one_line(getattr(case, section)) in told, (code, section)
            in_table = escape_label("\n".join(cells(app)))
            for fact in case.facts:
                assert fact.fact in in_table
                assert f"{fact.dated}  \n**" in in_table
                assert fact.source in in_table
                assert fact.address is None or fact.address in in_table
            assert tells(app, f"cases.confidence_{case.confidence}")
            groups = {fact.differs for fact in case.facts if fact.differs}
            assert sum(text.startswith("≠") for text in texts(app)) == len(groups)


def test_facts_that_contradict_each_other_stand_together_under_a_sentence(page: OpenPage) -> None:
    app = page("case", {"case_study": "C16"})
    assert tells(app, "cases.differ", n=2)
    plain, apart = (["\n".join(map(str, row)) for row in table.to_numpy()] for table in tables(app))
    assert any("17,000 teachers" in row for row in plain)
    assert not any("1,200 schools" in row for row in plain)
    assert [re.search(r"1,\d+ schools", row)[0] for row in apart] == ["1,500 schools", "1,200 schools"]  # type: ignore[index]
    assert all("output" in row for row in apart), "what was counted is called an output"


def test_an_address_is_no_link(page: OpenPage) -> None:
    app = page("case", {"case_study": "C03"})
    assert any("gsma.com/mpoweryouth" in cell for cell in cells(app))
    assert not any(re.search(r"https?://|www\.|\]\(", cell) for cell in cells(app))


def test_an_action_can_begin_on_each_criterion_that_is_not_in_place(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(country=("COL",), case_study="C09")
    found = [row for row in rows(view.published, CASE_CRITERIA, view.parameters()) if row["in_view"]]
    missing = [row["criterion"] for row in found if row["n_nil"] + row["n_part"]]
    assert len(missing) < len(found), "one of them is in place, so that a link less is seen"
    app = page("case", {"country": "COL", "case_study": "C09"})
    begun = [query for query in links(app, "plan") if "show_as=form" in query]
    assert [re.search(r"criterion=([\w.-]+)", query)[1] for query in begun] == missing  # type: ignore[index]
    assert any(f":gray[{found[0]['criterion']}]" in text for text in texts(app))


def test_criteria_of_other_standards_are_named_and_a_case_without_any_here_says_so(page: OpenPage) -> None:
    app = page("case", {"framework": "cop-2020", "case_study": "C06"})
    assert said("cases.opened_other", framework="COP 2020").search(finding(app))
    assert tells(app, "cases.no_criterion", framework="COP 2020")
    assert any("COP14-MO-1.1" in text and "CRBP-10.b" in text for text in texts(app))


def test_guidance_on_the_same_matter_is_a_link_away(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(case_study="C13")
    found = rows(view.published, CASE_GUIDANCE, view.parameters())
    assert len(found) == 5
    app = page("case", {"case_study": "C13"})
    to_guidance = [query for query in links(app, "guidance_item") if "guidance=" in query]
    assert [re.search(r"guidance=([\w.-]+)", query)[1] for query in to_guidance] == [row["guidance"] for row in found]  # type: ignore[index]
    assert not any("case_study=" in query for query in to_guidance)


def test_the_timeline_has_its_sentence_and_its_table_in_words(page: OpenPage, view_of: MakeView, words: Words) -> None:
    view = view_of()
    app = page("cases")
    (chart,) = app.main.get("arrow_vega_lite_chart") or app.main.get("vega_lite_chart")
    assert words("cases.alt") in str(chart.proto)
    app.toggle(key="cases_chart_table").set_value(True).run()
    (table,) = (frame.value for frame in app.dataframe)
    assert list(table[words("column.title")]) == ask(view.published, "cases", view.parameters())["title"].to_pylist()
    assert set(table[words("column.case_kind")]) == {words(f"case_kind.{kind}") for kind in get_args(CaseKind)}


@pytest.mark.parametrize(
    ("section", "codes"), [("case_kind", get_args(CaseKind)), ("fact_kind", get_args(Tells)), ("step", STEPS)]
)
def test_every_code_has_its_word_and_every_word_its_code(section: str, codes: tuple[str, ...], words: Words) -> None:
    assert {key.split(".")[1] for key in words.texts if key.startswith(f"{section}.")} == set(codes)
    assert len({words(f"{section}.{code}") for code in codes}) == len(codes)


@pytest.mark.thorough
def test_a_setting_lists_its_guidance_and_its_cases_as_links(page: OpenPage, library: Library) -> None:
    app = unfold(page("risks/settings", {"setting": "emergency"}))
    nothing_failed(app)
    for field, target, items in (
        ("guidance", "guidance_item", [item.guidance for item in library.guidance if "emergency" in item.settings]),
        ("case_study", "case", [item.case_study for item in library.cases if "emergency" in item.settings]),
    ):
        found = [match[1] for query in links(app, target) if (match := re.search(rf"\b{field}=([\w.-]+)", query))]
        assert items
        assert sorted(found) == sorted(items)
    assert tells(app, "setting.advice_guidance")


def test_a_setting_without_a_case_says_so(page: OpenPage) -> None:
    app = page("risks/settings", {"setting": "mobile_money", "principle": "CRBP-08"})
    assert tells(app, "setting.no_case")
    assert not tells(page("risks/settings", {"setting": "mobile_money"}), "setting.no_case")


@pytest.mark.thorough
def test_a_publication_without_cases_says_so(page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "group"))
    shutil.rmtree(folder / "frameworks/cases")
    assert publish(Load(tmp_path / "store", [folder], WRITER, TODAY)).revision
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    app = page("cases")
    nothing_failed(app)
    assert said("cases.nothing").fullmatch(finding(app))
