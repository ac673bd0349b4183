"""Do cases match the filters, in the order of the gaps they concern? Compared with slow plain Python."""

from collections import defaultdict
from random import Random
from typing import Any

import pytest

from dashboard.loading.criterion_weights import asked_once
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.model.framework import Criterion
from dashboard.model.guidance import STEPS, CaseStudy
from dashboard.queries.ask import ask
from dashboard.ui.view import View
from tests.conftest import ROOT, TODAY, MakeView

Row = dict[str, Any]
CHOICES: dict[str, dict[str, Any]] = {
    "everything": {},
    "one country of the bar": {"country": ("TCD",)},
    "two countries and a principle": {"country": ("GHA", "BOL"), "principle": ("CRBP-05", "CRBP-09")},
    "where it happened": {"case_country": ("RWA", "KEN")},
    "kind and confidence": {"case_kind": ("sector", "disclosure"), "confidence": ("high",)},
    "settings": {"setting": ("emergency", "office")},
    "a risk area and a right": {"risk_area": ("RA01",), "right": ("privacy",)},
    "an article": {"right": ("CRC-07",)},
    "another framework": {"framework": "cop-2014", "round": "2024"},
    "the head office": {"framework": "cop-2020", "country": ("GROUP",)},
    "nothing left": {"case_country": ("NOR",), "confidence": ("medium",)},
}
each_choice = pytest.mark.parametrize("choice", CHOICES)


@pytest.fixture(scope="module")
def library() -> Library:
    return asked_once(read_library([ROOT / "frameworks"])[0])


@pytest.fixture(scope="module")
def asked(library: Library) -> dict[str, tuple[str, str, Criterion]]:
    """Each criterion with its framework and area."""
    return {
        c.criterion: (framework.framework, area.area, c)
        for framework in library.frameworks
        for area in framework.areas
        for c in area.criteria
    }


@pytest.fixture(scope="module")
def answers(view_of: MakeView) -> dict[tuple[str, str], list[tuple[str, float | None]]]:
    """By round and criterion, the country and the value of each single answer; None if it has no value."""
    found = (
        view_of()
        .published.cursor()
        .sql(
            "SELECT r.round, k.criterion, c.country, s.value FROM answer JOIN round AS r USING (round_no) "
            "JOIN criterion AS k USING (criterion_no) JOIN operation AS o USING (operation_no) "
            "JOIN country AS c ON c.country_no = o.country_no JOIN scale AS s USING (status_no)"
        )
    )
    by: dict[tuple[str, str], list[tuple[str, float | None]]] = defaultdict(list)
    for round_, criterion, country, value in found.fetchall():
        by[round_, criterion].append((country, value))
    return by


def told(view: View, name: str, **more: object) -> list[Row]:
    found: list[Row] = ask(view.published, name, view.parameters(**more)).to_pylist()
    return found


def rights_of(case: CaseStudy, library: Library, asked: dict[str, tuple[str, str, Criterion]]) -> set[str]:
    """Articles and common names of rights that the criteria of a case serve."""
    articles = {right for code in case.criteria for right in asked[code][2].rights}
    return articles | {theme for r in library.rights.rights if r.right in articles for theme in r.themes}


def fits(case: CaseStudy, view: View, library: Library, asked: dict[str, tuple[str, str, Criterion]]) -> bool:
    state = view.state

    def kept(chosen: tuple[str, ...], codes: set[str]) -> bool:
        return not chosen or bool(codes & set(chosen))

    return (
        kept(state.case_country, set(case.countries))
        and kept(state.case_kind, {case.case_kind})
        and kept(state.confidence, {case.confidence})
        and kept(state.setting, set(case.settings))
        and kept(state.principle, {asked[code][1] for code in case.criteria})
        and kept(state.risk_area, set(case.risk_areas))
        and kept(state.right, rights_of(case, library, asked))
    )


def gaps(
    case: CaseStudy, view: View, asked: dict[str, tuple[str, str, Criterion]], answers: Any
) -> dict[str, tuple[int, int, int, int, set[str]]]:
    """By criterion of the framework in view: failures, answers not in place, partly, fallen silent, and the countries.

    The sample has one operation in each country.
    """
    found = {}
    for code in case.criteria:
        framework, _, criterion = asked[code]
        if framework != view.state.framework:
            continue
        given = [a for a in answers[view.state.round, code] if not view.state.country or a[0] in view.state.country]
        nil = [country for country, value in given if value == 0]
        part = [country for country, value in given if value is not None and 0 < value < 1]
        fell = [country for country, value in given if value is None and _failed_last(view, answers, code, country)]
        fell = fell if criterion.critical else []
        failed = len(nil) + len(fell) if criterion.critical else 0
        found[code] = (failed, len(nil), len(part), len(fell), {*nil, *part, *fell})
    return found


def _failed_last(view: View, answers: Any, code: str, country: str) -> bool:
    """Whether the last answer that a country gave in any earlier round is worth nothing."""
    for round_ in sorted({one for one, _ in answers if one < view.state.round}, reverse=True):
        for where, value in answers.get((round_, code), ()):
            if where == country and value is not None:
                return bool(value == 0)
    return False


@pytest.mark.thorough
@each_choice
def test_cases_are_ordered_by_the_gaps_they_concern(
    choice: str, view_of: MakeView, library: Library, asked: Any, answers: Any
) -> None:
    _holds(view_of(**CHOICES[choice]), library, asked, answers, choice == "nothing left")


@pytest.mark.thorough
def test_drawn_choices_are_matched_as_slow_reading_matches_them(
    view_of: MakeView, library: Library, asked: Any, answers: Any
) -> None:
    draw, known = Random(11), view_of().known
    for _ in range(40):
        framework = draw.choice(known.frameworks())
        few = {
            name: tuple(draw.sample(known.anywhere(name), draw.choice((0, 0, 0, 2))))
            for name in ("case_country", "case_kind", "confidence", "setting", "risk_area", "right")
        }
        view = view_of(
            framework=framework,
            round=draw.choice(known.of("round", framework)),
            country=tuple(draw.sample(known.of("country", framework), draw.randint(0, 3))),
            principle=tuple(draw.sample(known.of("principle", framework), draw.choice((0, 0, 2)))),
            **few,
        )
        _holds(view, library, asked, answers, None)


def _holds(view: View, library: Library, asked: Any, answers: Any, empty: bool | None) -> None:
    expected = {case.case_study: case for case in library.cases if fits(case, view, library, asked)}
    found = told(view, "cases")
    assert {row["case_study"] for row in found} == set(expected), view.state
    assert empty is None or (not found) == empty
    keys = []
    for row in found:
        case = expected[row["case_study"]]
        bearing = gaps(case, view, asked, answers)
        is_open = {code: gap for code, gap in bearing.items() if gap[1] + gap[2] + gap[3]}
        assert (row["n_criteria"], row["n_open"]) == (len(bearing), len(is_open)), view.state
        assert [gap["criterion"] for gap in row["gaps"] or []] == sorted(
            is_open, key=lambda c: (-is_open[c][0], -(is_open[c][1] + is_open[c][2] / 2), case.criteria.index(c))
        )
        for gap in row["gaps"] or []:
            _, nil, part, fell, countries = is_open[gap["criterion"]]
            told_of = gap["n_nil"], gap["n_part"], gap["n_failed_before"], len(gap["countries"])
            assert told_of == (nil, part, fell, len(countries))
            assert gap["critical"] == asked[gap["criterion"]][2].critical
        failed = sum(gap[0] for gap in bearing.values())
        weight = sum(gap[1] + gap[2] / 2 for gap in bearing.values())
        assert (row["n_failed"], row["gap"]) == (failed, weight), view.state
        keys.append((not bearing, -failed, -weight, -len(is_open), case.confidence, case.case_study))
    assert keys == sorted(keys), view.state


def test_a_case_that_concerns_nothing_in_the_framework_comes_last(view_of: MakeView) -> None:
    found = [row["n_criteria"] for row in told(view_of(framework="cop-2020"), "cases")]
    assert 0 in found
    assert all(found[: found.index(0)])
    assert not any(found[found.index(0) :])


@each_choice
def test_the_cases_that_name_no_country_are_counted_whatever_country_is_chosen(
    choice: str, view_of: MakeView, library: Library, asked: Any
) -> None:
    view = view_of(**CHOICES[choice])
    anywhere = view_of(**{**CHOICES[choice], "case_country": ()})
    (row,) = told(view, "cases_nowhere", case_country=())
    fitting = [case for case in library.cases if fits(case, anywhere, library, asked)]
    assert row == {"n_all": len(library.cases), "n_nowhere": sum(not case.countries for case in fitting)}


def test_every_country_of_a_case_can_be_chosen_with_how_many_name_it(view_of: MakeView, library: Library) -> None:
    view = view_of()
    found = {row["case_country"]: row for row in told(view, "case_countries")}
    assert tuple(sorted(found)) == view.known.of("case_country", "")
    for code, row in found.items():
        assert row["n"] == sum(code in case.countries for case in library.cases)
    ours = {
        row["country"]: row["title"] for row in view.published.cursor().sql("FROM country").to_arrow_table().to_pylist()
    }
    assert {code: row["title"] for code, row in found.items()} == {code: ours.get(code) for code in found}


def test_the_years_reach_round_all_cases_and_stay_whatever_is_chosen(view_of: MakeView, library: Library) -> None:
    every = [told(view_of(**choice), "case_years") for choice in CHOICES.values()]
    assert all(found == every[0] for found in every)
    (span,) = every[0]
    assert span["first_year"] <= min(case.began for case in library.cases)
    assert span["last_year"] > TODAY.year
    assert span["first_year"] % 5 == span["last_year"] % 5 == 0


def test_each_case_reaches_to_its_end_or_to_this_year_and_the_earliest_comes_first(
    view_of: MakeView, library: Library
) -> None:
    cases = {case.case_study: case for case in library.cases}
    found = told(view_of(), "cases")
    for row in found:
        case = cases[row["case_study"]]
        assert (row["goes_on"], row["until_year"]) == (case.ended is None, case.ended or TODAY.year)
    order = [cases[row["case_study"]].began for row in sorted(found, key=lambda row: row["began_order"])]
    assert order == sorted(order)
    assert sorted(row["began_order"] for row in found) == list(range(1, len(cases) + 1))


@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("country", [(), ("GHA", "COL")])
def test_an_opened_case_names_every_criterion_with_the_answers_to_those_in_view(
    framework: str, country: tuple[str, ...], view_of: MakeView, library: Library, asked: Any, answers: Any
) -> None:
    view = view_of(framework=framework, country=country)
    for case in library.cases:
        found = told(view, "case_criteria", case_study=case.case_study)
        in_view = [row["criterion"] for row in found if row["in_view"]]
        assert in_view == [code for code in case.criteria if asked[code][0] == framework]
        assert [row["criterion"] for row in found][: len(in_view)] == in_view
        assert {row["criterion"] for row in found} == set(case.criteria)
        bearing = gaps(case, view, asked, answers)
        for row in found:
            if row["in_view"]:
                assert (row["n_nil"], row["n_part"]) == bearing[row["criterion"]][1:3]
            else:
                assert not row["n_asked"]


def test_an_opened_case_gives_everything_its_file_says(view_of: MakeView, library: Library) -> None:
    titles = {item.setting: item.title for item in library.settings.settings}
    titles |= {item.risk_area: item.title for item in library.risk_areas.risk_areas}
    for case in library.cases:
        (row,) = told(view_of(case_study=case.case_study), "case_study")
        file = case.model_dump()
        same = (
            "title",
            "where",
            "began",
            "ended",
            "case_kind",
            "confidence",
            "what_was_done",
            "what_resulted",
            "lesson",
        )
        assert {name: row[name] for name in same} == {name: file[name] for name in same}
        assert row["facts"] == list(file["facts"])
        assert set(row["settings"] or []) == {titles[code] for code in case.settings}
        assert set(row["risk_areas"]) == {titles[code] for code in case.risk_areas}
    assert told(view_of(), "case_study") == []


def test_guidance_beside_a_case_shares_most_with_it(view_of: MakeView, library: Library) -> None:
    for case in library.cases:
        shared = {
            item.guidance: (
                -len(set(item.criteria) & set(case.criteria)),
                -len(set(item.risk_areas) & set(case.risk_areas)),
                STEPS.index(item.step),
                item.guidance,
            )
            for item in library.guidance
        }
        expected = sorted((code for code, (k, r, *_) in shared.items() if k or r), key=lambda code: shared[code])[:5]
        found = told(view_of(), "case_guidance", case_study=case.case_study)
        assert [row["guidance"] for row in found] == expected, case.case_study
        for row in found:
            assert (-row["n_criteria"], -row["n_risk_areas"]) == shared[row["guidance"]][:2]


def test_a_setting_has_its_guidance_by_step_and_its_cases(view_of: MakeView, library: Library) -> None:
    for setting in (item.setting for item in library.settings.settings):
        for risk_area in ((), ("RA06",)):
            found = told(view_of(risk_area=risk_area), "setting_advice", of_setting=setting)
            guidance = [
                item
                for item in sorted(library.guidance, key=lambda g: (STEPS.index(g.step), g.guidance))
                if setting in item.settings and (not risk_area or "RA06" in item.risk_areas)
            ]
            cases = [
                case
                for case in library.cases
                if setting in case.settings and (not risk_area or "RA06" in case.risk_areas)
            ]
            assert [(row["what"], row["code"], row["word"]) for row in found] == [
                *(("guidance", item.guidance, item.step) for item in guidance),
                *(("case", case.case_study, case.case_kind) for case in cases),
            ]
