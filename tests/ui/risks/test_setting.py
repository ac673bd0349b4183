"""Does the settings page choose a setting, ask its question and distinguish rated, not found and not rated?"""

import re
from typing import get_args

import pytest

from dashboard.model.shared_lists import AgeGroup, Group, Stage
from dashboard.model.words import Words
from dashboard.queries.ask import ask, rows
from dashboard.queries.country_operation import OPERATION_RISKS
from dashboard.queries.risks_settings import SETTINGS
from dashboard.ui.elements.rated_impacts import by_whom, opening_grade, risk_grade
from dashboard.ui.risks_settings import RISK_MAP
from tests.conftest import MakeView, said
from tests.ui.clicking import click_mark
from tests.ui.conftest import (
    OpenPage,
    cells,
    choices,
    choose,
    finding,
    keys,
    nothing_failed,
    shown,
    tells,
    texts,
    unfold,
)


@pytest.mark.thorough
def test_every_setting_can_be_chosen(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    app = page("risks/settings")
    for row in reversed(rows(view.published, SETTINGS, view.parameters())):
        choose(app, of_setting=row["setting"])
        assert any(text.startswith(f"{row['setting_title']}: ") for text in texts(app))
        assert f"### {row['first_question']}" in texts(app)
        assert said("risks.severe_settings.other").search(finding(app)), "it is of all settings"


def test_the_first_setting_that_is_present_is_shown_and_stands_in_no_link(page: OpenPage) -> None:
    app = page("risks/settings")
    assert shown(app, "of_setting") == "retail_agents"
    assert not {"setting", "of_setting"} & set(app.query_params)


def test_a_filter_to_one_setting_shows_it_first_with_its_own_finding(page: OpenPage) -> None:
    app = page("risks/settings", {"setting": "office", "of_setting": "mobile_money"})
    assert finding(app).startswith("Offices and contractors: ")
    assert not choices(app, "of_setting")
    drawn = [node.type for node in app.main if node.type in ("vega_lite_chart", "arrow_vega_lite_chart")]
    assert len(drawn) == 1
    written = [node.proto.body if node.type == "markdown" else node.type for node in app.main]
    assert written.index(next(text for text in written if text.startswith("### "))) < written.index(drawn[0])


def test_of_several_settings_in_a_link_one_is_shown_and_the_others_can_be_chosen(page: OpenPage) -> None:
    app = page("risks/settings", {"setting": "office,mobile_money"})
    assert set(choices(app, "of_setting")) == {"office", "mobile_money"}
    assert shown(app, "of_setting") == "mobile_money"
    choose(app, of_setting="office")
    assert any(text.startswith("Offices and contractors: ") for text in texts(app))
    assert app.query_params["setting"] == "mobile_money,office"


def test_the_setting_of_a_clicked_cell_is_shown_in_full(page: OpenPage) -> None:
    app = page("risks/settings")
    click_mark(app, "risk_map_chart", {"setting": "mobile_money", "risk_area": "RA10"})
    nothing_failed(app)
    assert app.query_params["of_setting"] == shown(app, "of_setting") == "mobile_money"
    assert any(text.startswith("Mobile money: ") for text in texts(app))
    assert "setting" not in app.query_params, "only the menu offers to filter"


def test_a_setting_that_no_chosen_operation_has_says_so(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(country=("BOL",))
    absent = [row for row in rows(view.published, SETTINGS, view.parameters()) if not row["n_operations"]]
    assert absent
    app = page("risks/settings", {"country": "BOL", "setting": absent[0]["setting"]})
    nothing_failed(app)
    assert said("setting.absent", setting=absent[0]["setting_title"]).fullmatch(finding(app))
    assert tells(app, "state.absent")


def test_the_head_office_has_no_setting_of_its_own(page: OpenPage) -> None:
    app = page("risks/settings", {"country": "GROUP"})
    nothing_failed(app)
    assert said("risks.nothing").search(finding(app))
    assert tells(app, "setting.nobody")


@pytest.mark.parametrize("setting", ["retail_agents", "content_vas"])
def test_risks_and_opportunities_have_cards_of_one_form(setting: str, page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    app = unfold(page("risks/settings", {"setting": setting}))
    for name in ("setting_risks", "setting_openings"):
        for row in ask(view.published, name, view.of_setting(setting)).to_pylist():
            (card,) = [text for text in texts(app) if row["impact"] in text]
            assert row["text"] in card
            assert row["risk_area_title"] in card
            if row["n_none_found"]:
                key = "rated.by_and_both" if row["n_not_rated"] else "rated.by_and_none"
                assert said(key, none=row["n_none_found"]).search(card)


def test_rated_none_found_and_not_rated_are_three_things(view_of: MakeView) -> None:
    view = view_of()
    told = {
        state: risk_grade(view, {"severity": None, "state": state}) for state in ("none_found", "not_rated", "absent")
    }
    assert len(set(told.values())) == 3
    assert risk_grade(view, {"severity": 3, "likelihood": 2}).endswith(" **serious**, possible")
    rated = opening_grade(view, {"need": 1, "reach": 4, "feasibility": 1})
    assert rated.endswith(" **small need**, very large reach, hard")
    counted = {"n_operations": 9, "n_rated": 5, "n_none_found": 3, "n_not_rated": 1}
    assert by_whom(view, counted) == "Rated by 5 of 9, none found by 3, not rated by 1."
    assert by_whom(view, counted | {"n_operations": 1}) == ""
    nobody = {"n_operations": 9, "n_rated": 0, "n_none_found": 0, "n_not_rated": 9}
    assert by_whom(view, nobody) == "None of the 9 operations has rated it yet."
    assert by_whom(view, nobody | {"n_none_found": 1, "n_not_rated": 8}).startswith("Rated by 0 of 9, none found by 1")


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("age_group", get_args(AgeGroup)),
        ("group", get_args(Group)),
        ("stage", get_args(Stage)),
        ("confidence", ("low", "medium", "high")),
        ("state", ("rated", "none_found", "not_rated", "absent")),
        (
            "grade",
            [f"{name}_{n}" for name in ("severity", "likelihood", "need", "reach", "feasibility") for n in range(1, 5)],
        ),
    ],
)
def test_every_code_has_its_word_and_every_word_its_code(section: str, codes: tuple[str, ...], words: Words) -> None:
    titles = {"severity", "likelihood", "need", "reach", "feasibility"}
    named = {key.split(".")[1] for key in words.texts if key.startswith(f"{section}.")} - titles
    assert named == set(codes)
    assert len({words(f"{section}.{code}") for code in codes}) >= len(codes) - (4 if section == "grade" else 0)


def test_the_country_page_lists_risks_by_gravity_with_what_is_left_and_what_it_rests_on(
    page: OpenPage, view_of: MakeView
) -> None:
    view = view_of(operation="sen-op")
    risks = rows(view.published, OPERATION_RISKS, view.parameters())
    app = page("country/own_risks", {"operation": "sen-op"})
    assert app.expander[0].label == said("show.more.other", n=len(risks) - 6).pattern.replace("\\", "")
    nothing_failed(unfold(app))
    assert tells(app, "country.risks")
    assert said("risks.covered").search("".join(cells(app)))
    rated = [cell for cell in cells(app) if "·" in cell and "](plan?" not in cell]
    assert re.findall(r"IMP-[\w-]+", " ".join(rated)) == [row["impact"] for row in risks]
    assert risks[0]["basis"] in "".join(cells(app))


def test_the_country_page_of_the_head_office_says_that_it_rates_no_risks(page: OpenPage) -> None:
    app = page("country/own_risks", {"country": "GROUP"})
    nothing_failed(app)
    assert tells(app, "country.no_settings")


def test_the_counts_of_answers_have_their_legend_and_the_finding_says_what_its_figure_is(page: OpenPage) -> None:
    app = page("risks/settings", {"setting": "retail_agents"})
    assert "implemented partly not implemented not applicable not known unanswered" in keys(app)
    assert said("setting.most_severe.other").search(finding(app))


def test_on_a_phone_the_legend_spells_out_the_short_codes_of_risk_areas(
    page: OpenPage, view_of: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    areas = {
        row["risk_area"]: row["risk_area_title"] for row in rows(view_of().published, RISK_MAP, view_of().parameters())
    }
    told = [f" {code[-2:]}  {title}" for code, title in areas.items()]
    assert not any(text in " ".join(texts(page("risks/settings"))) for text in told)
    monkeypatch.setattr("dashboard.ui.risks_settings.is_phone", lambda: True)
    shown_on_phone = " ".join(texts(page("risks/settings")))
    assert all(text in shown_on_phone for text in told)
