"""Is a scenario shown on every page beside the published data, compared, linkable, and turned into actions?"""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.known_codes import SEVERE
from dashboard.model.pages import PAGES
from dashboard.model.plan import Assumption, Scenario, codes_of
from dashboard.queries.ask import rows
from dashboard.queries.plan_actions import PLAN_CRITERIA
from dashboard.queries.risks_list import RISK_LIST
from dashboard.queries.whatif_effects import WHATIF_CELLS
from dashboard.queries.whatif_ready import WHATIF_READY
from dashboard.store.history import current_number
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import stored_answers
from dashboard.store.reader import Published, Reader
from dashboard.ui.elements.show import offer
from dashboard.ui.plan.actions import EDITOR
from dashboard.ui.session_state import TOUR_AGAIN, TOUR_RESTART
from dashboard.ui.versions.figure_changes import figures_in
from dashboard.ui.versions.page_version import assumed, changed_answers, with_scenario
from dashboard.ui.view import View, ViewSource
from tests.conftest import TODAY, WRITER, MakeView
from tests.conftest import said as sentence_of
from tests.tasks.test_preview import files_of
from tests.ui.collect.test_hand_in import CHANGES, answers, hand_in, press
from tests.ui.conftest import (
    OpenPage,
    cells,
    choices,
    choose,
    drafts_of,
    finding,
    go,
    nothing_failed,
    reset,
    tables,
    tells,
    texts,
)
from tests.ui.present.test_own_step import given

GIRLS = Scenario("Girls first", "2025", (Assumption("GHA", "CRBP-05", "implemented"),))


def link(scenario: Scenario, **more: str) -> dict[str, str]:
    """Return the query of an address that carries a scenario."""
    return {"framework": "crbp", "round": "2025", "imagined": ",".join(codes_of(scenario)), **more}


@pytest.mark.parametrize("name", [("called~A",), ()], ids=["named", "named by the page, which runs again"])
def test_of_42_assumptions_in_a_link_40_are_shown_and_the_last_two_are_named(
    name: tuple[str, ...], page: OpenPage
) -> None:
    days = [f"all~planned~20{year}-01-01" for year in range(26, 68)]
    app = page("whatif", {"round": "2025", "imagined": ",".join((*name, "in~2025", *days))})
    nothing_failed(app)
    (told,) = [str(warning.value).replace("\\", "") for warning in app.warning]
    assert sentence_of("problem.too_much_assumed", value=days[40]).search(told)
    assert sentence_of("problem.too_much_assumed", value=days[41]).search(told)
    assert not sentence_of("problem.too_much_assumed", value=days[39]).search(told)
    assert sentence_of("problem_expected.too_much_assumed", expected="40").search(told)
    assert address(app).count("planned") == 40
    app.run()
    assert not app.warning, "said once"


def switch(app: AppTest, side: str) -> AppTest:
    app.radio(key="whatif_switch").set_value(side).run()
    nothing_failed(app)
    return app


def marked(app: AppTest) -> str:
    """Return the figures that change, as the banner above the page says it."""
    found = [text for text in texts(app) if text.startswith(("Respect", "Support")) and "→" in text]
    return found[0] if found else ""


def address(app: AppTest) -> str:
    query = dict(app.query_params)
    return str(query.get("imagined", ""))


def assume(app: AppTest, where: str, way: str, what: str, becomes: str = "") -> AppTest:
    """Choose and press, as a user of the page would."""
    assert way in choices(app, "show_as")
    choose(app, show_as=way)
    app.selectbox(key="whatif_where").set_value(where)
    if way != "planned":
        app.selectbox(key=f"whatif_{way}").set_value(what)
        app.selectbox(key="whatif_status").set_value(becomes)
    app.run()
    return press(app, "whatif_add")


# What a scenario changes.


def said(view: View, *assumptions: Assumption) -> dict[tuple[str, str], str]:
    """Return the changed answers, by operation and criterion."""
    found = changed_answers(view.published, Scenario("A", "2025", assumptions))
    return {(row["operation"], row["criterion"]): row["status"] for row in found.to_pylist()}


def held(view: View, where: str) -> dict[tuple[str, str], tuple[str, str, float | None]]:
    """Return status, counting and value by operation and criterion, for the answers of 2025 matching a condition."""
    found = (
        view.published.cursor()
        .sql(
            "SELECT operation, criterion, status, counts_as, value FROM answer JOIN round USING (round_no) "  # noqa: S608
            "JOIN operation USING (operation_no) JOIN country USING (country_no) JOIN criterion_card AS k "
            f"USING (criterion_no) JOIN scale USING (status_no) WHERE round = '2025' AND {where}"
        )
        .fetchall()
    )
    return {(row[0], row[1]): row[2:] for row in found}


@pytest.mark.parametrize(
    ("where", "keeps"), [("all", "true"), ("GHA", "country = 'GHA'"), ("gha-op", "operation = 'gha-op'")]
)
def test_an_area_becomes_a_status_but_for_what_does_not_apply(where: str, keeps: str, view_of: MakeView) -> None:
    view = view_of()
    asked = held(view, f"{keeps} AND area = 'CRBP-05'")
    right = {of: "partly" for of, (was, counts, _) in asked.items() if counts != "not_applicable" and was != "partly"}
    assert right
    assert said(view, Assumption(where, "CRBP-05", "partly")) == right


def test_one_criterion_of_one_operation_becomes_what_is_said_also_where_it_did_not_apply(view_of: MakeView) -> None:
    view = view_of()
    asked = held(view, "true")
    (operation, criterion), _ = next(item for item in asked.items() if item[1][1] == "not_applicable")
    assert said(view, Assumption(operation, criterion, "implemented")) == {(operation, criterion): "implemented"}
    assert said(view, Assumption(operation, criterion, "not_applicable")) == {}, "it is that already"
    everywhere = said(view, Assumption("all", criterion, "implemented"))
    assert everywhere
    assert (operation, criterion) not in everywhere, "where many are meant, what does not apply is left alone"


def test_of_two_assumptions_on_one_answer_the_later_counts(view_of: MakeView) -> None:
    view = view_of()
    area, one = Assumption("GHA", "CRBP-05", "implemented"), Assumption("gha-op", "CRBP-05.e", "partly")
    assert said(view, area, one)["gha-op", "CRBP-05.e"] == "partly"
    assert said(view, one, area)["gha-op", "CRBP-05.e"] == "implemented"


def test_planned_actions_bring_what_they_expect_where_that_is_better(view_of: MakeView) -> None:
    view = view_of()
    asked = held(view, "true")
    actions = (
        view.published.cursor()
        .sql(
            "SELECT operation, criterion, CAST(due_on AS VARCHAR), a.status, s.status, s.value FROM action AS a "
            "JOIN operation USING (operation_no) JOIN criterion AS k USING (criterion) "
            "JOIN scale AS s ON s.framework_no = k.framework_no AND s.status = a.expected_status"
        )
        .fetchall()
    )
    days = sorted({row[2] for row in actions})
    seen = set()
    for day in (days[0], days[len(days) // 2], days[-1]):
        right: dict[tuple[str, str], tuple[float, str]] = {}
        for operation, criterion, due, state, expected, value in actions:
            _, _, worth = asked.get((operation, criterion), ("", "", 2.0))
            if due <= day and state in ("open", "in_progress") and value > (-1 if worth is None else worth):
                of = (operation, criterion)
                right[of] = max(right.get(of, (-1.0, "")), (value, expected))
        found = said(view, Assumption("all", "planned", day))
        assert found == {of: status for of, (_, status) in right.items()}
        seen.add(len(found))
    assert len(seen) > 1, "a later day brings more"


def test_gaps_close_where_everything_is_in_place_and_open_where_nothing_is(view_of: MakeView) -> None:
    view = view_of()
    gaps = {"": figures_in(view.published, view.parameters()).gaps.n}
    listed = rows(view.published, RISK_LIST, view.parameters())
    severe = sum(row["n_at_severity"] for row in listed if row["severity"] == SEVERE)
    for status in ("implemented", "not_implemented"):
        areas = view.known.of("principle", "crbp")
        scenario = Scenario(status, "2025", tuple(Assumption("all", area, status) for area in areas))
        gaps[status] = figures_in(with_scenario(view.published, scenario, view.words), view.parameters()).gaps.n
    assert gaps["implemented"] < gaps[""] < gaps["not_implemented"] < severe


def test_an_imagined_answer_is_to_the_words_of_today_and_has_no_note(view_of: MakeView) -> None:
    view = view_of()
    scenario = Scenario("A", "2025", (Assumption("all", "CRBP-01", "not_applicable"),))
    was = held(view, "true")
    changed = said(view, *scenario.assumptions)
    assert {was[of][1] for of in changed} > {"answered", "unanswered"}
    ((version,),) = view.published.cursor().sql("SELECT version FROM framework WHERE framework = 'crbp'").fetchall()
    keys = [("2025", *of) for of in changed]
    with with_scenario(view.published, scenario, view.words).cursor() as cursor:
        stored = stored_answers(cursor, keys)
    found = [stored[key] for key in keys]
    assert {(a.status, a.note, a.na_reason, a.framework_version) for a in found} == {
        ("not_applicable", "", view.words("whatif.reason"), version)
    }


# On every page.


@pytest.mark.thorough
def test_every_page_shows_what_is_imagined_marked_and_what_is_published_at_a_switch(
    page: OpenPage, subtests: pytest.Subtests
) -> None:
    told = {"imagined": "whatif.on", "real": "whatif.on_real"}
    app, other, side = page("overview", link(GIRLS)), page("overview"), "imagined"
    for name in PAGES:
        with subtests.test(page=name):
            # Both sides of each page; every other page is opened on the published data.
            go(app, name)
            assert tells(app, told[side], name="Girls first")
            assert marked(app)
            side = "real" if side == "imagined" else "imagined"
            switch(app, side)
            assert tells(app, told[side], name="Girls first")
            assert marked(app), "what moves stays in sight"
            assert "GHA~CRBP-05~implemented" in address(app)
            go(other, name)
            assert not tells(other, "whatif.on")


def test_the_figures_are_the_imagined_ones_and_told_beside_the_real(page: OpenPage) -> None:
    app = page("overview", link(GIRLS))
    imagined = finding(app)
    real = finding(switch(app, "real"))
    assert real == finding(page("overview")) != imagined
    was, now = (text.split("Respect: ")[1].split(" ")[0] for text in (real, imagined))
    assert f"Respect **{was} " in marked(app)
    assert f"→ {now} " in marked(app)
    assert finding(switch(app, "imagined")) == imagined


def test_the_switch_and_the_scenario_are_kept_from_page_to_page(page: OpenPage) -> None:
    app = switch(page("overview", link(GIRLS)), "real")
    assert go(app, "heatmap").radio(key="whatif_switch").value == "real"
    assert "CRBP-05" in address(app)
    assert tells(app, "whatif.on_real")


def test_a_choice_in_which_nothing_moves_says_so(page: OpenPage) -> None:
    assert tells(page("heatmap", link(GIRLS, country="TCD")), "whatif.same")
    nothing = replace(GIRLS, assumptions=(Assumption("GHA", "CRBP-02.a", "implemented"),))
    assert tells(page("heatmap", link(nothing)), "whatif.changes_nothing")


@pytest.mark.thorough
def test_a_closed_round_can_be_imagined(own: Path, page: OpenPage) -> None:
    # Not all of it is approved.
    assert close_round(own, "2025", WRITER, TODAY, accept=True).revision is not None
    app = page("overview", link(GIRLS))
    assert tells(app, "whatif.on")
    assert marked(app)


@pytest.mark.thorough
def test_a_step_of_somebody_else_is_laid_under_the_scenario(own: Path, page: OpenPage, tmp_path: Path) -> None:
    app = page("overview", link(GIRLS, country="GHA"))
    before = finding(app)
    theirs = tmp_path / "theirs.csv"
    theirs.write_text("round,operation,criterion,status\n2025,gha-op,CRBP-02.a,not_implemented\n", "utf-8")
    assert publish(Load(own, [theirs], WRITER, TODAY)).revision is not None
    assert finding(go(app, "overview")) != before
    assert tells(app, "whatif.on")


# Nothing is saved.


@pytest.mark.thorough
def test_nothing_is_saved_while_something_is_imagined(own: Path, page: OpenPage) -> None:
    before = files_of(own)
    app = page("plan", link(GIRLS, part="actions", action="A-005"))
    assert tells(app, "whatif.refused")
    assert not [button for button in app.button if str(button.key).startswith("plan_save")]
    for part in ("answer", "check"):
        app.query_params.update(link(GIRLS, part=part, operation="gha-op"))
        assert tells(go(app, "collect"), "whatif.refused")
    go(app, "data/publications")
    assert tells(app, "whatif.refused")
    assert not app.get("file_uploader")
    switch(app, "real")
    assert not tells(app, "whatif.refused")
    assert app.get("file_uploader")
    assert files_of(own) == before


@pytest.mark.thorough
def test_a_file_handed_in_is_not_published_while_something_is_imagined(own: Path, page: OpenPage) -> None:
    app = hand_in(page("collect", link(GIRLS)), answers(CHANGES))
    assert tells(app, "whatif.refused")
    assert not [button for button in app.button if button.key == "collect_publish"]
    assert current_number(own) == 1


def test_a_file_says_that_it_holds_what_is_imagined(
    page: OpenPage, view_of: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page("plan", link(GIRLS))
    assert tells(app, "whatif.export")
    assert not tells(switch(app, "real"), "whatif.export")
    names: list[str] = []
    monkeypatch.setattr("streamlit.download_button", lambda _, __, name, *___, **____: names.append(name))
    offer(replace(view_of(), source=ViewSource.SCENARIO), "Take it", b"", "figures.csv", "key")
    assert names == ["imagined-figures.csv"]


# Beside a preview and a tour.


@pytest.mark.thorough
def test_a_file_on_trial_goes_before_a_scenario_and_a_tour_before_both(own: Path, page: OpenPage) -> None:
    app = press(hand_in(page("collect", link(GIRLS)), answers(CHANGES)), "collect_try")
    assert tells(app, "trial.on")
    assert tells(app, "whatif.waits")
    assert not tells(app, "whatif.on")
    press(app, "trial_end")
    assert tells(app, "whatif.on")
    app = page("heatmap", link(GIRLS, tour="executive", tour_step="1"))
    assert tells(app, "whatif.waits")
    assert not tells(app, "whatif.on")
    app.session_state[TOUR_AGAIN.name] = True
    press(app.run(), TOUR_RESTART.name)
    assert not address(app), "the next group finds nothing imagined"


@pytest.mark.thorough
def test_no_step_of_a_tour_holds_a_scenario(page: OpenPage) -> None:
    step = given(page("present"), f"http://localhost/heatmap?{urlencode(link(GIRLS))}").code[-1].value
    assert "- page: heatmap" in step
    assert "imagined" not in step
    assert "round" in step


def test_the_filters_are_reset_without_ending_the_scenario(page: OpenPage) -> None:
    app = page("heatmap", link(GIRLS, country="GHA"))
    reset(app)
    assert "country" not in app.query_params
    assert tells(app, "whatif.on")


# Ready-made scenarios.


def ready(view: View) -> dict[str, list[Assumption]]:
    """Return the assumptions of each ready-made scenario."""
    found: dict[str, list[Assumption]] = {}
    for row in rows(view.published, WHATIF_READY, view.parameters()):
        found.setdefault(row["ready"], []).append(Assumption(row["place"], row["what"], row["becomes"]))
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("chosen", [{}, {"kind": "support"}, {"country": ("GHA",)}, {"framework": "cop-2020"}])
def test_no_other_criterion_moves_the_score_more_than_the_gaps_that_stand_ready(
    chosen: dict[str, object], view_of: MakeView
) -> None:
    view = view_of(**chosen)

    def score(*assumptions: Assumption) -> float:
        side = with_scenario(view.published, Scenario("A", view.state.round, assumptions), view.words)
        found = rows(side, WHATIF_CELLS, view.parameters())
        wanted = (view.state.kind, "", "score")
        cells_ = [row for row in found if (row["kind"], row["area"], row["reading"]) == wanted]
        whole = [exact(side, row["country"]) for row in cells_ if row["country"] != "GROUP"]
        return sum(whole) / len(whole)

    def exact(side: Published, country: str) -> float:
        """Return the score of a country with all its decimals, from its answers."""
        with side.cursor() as cursor:
            ((percent,),) = cursor.execute(
                "SELECT 100 * sum(points) / sum(weight_answered) FROM counted JOIN round USING (round_no) "
                "JOIN operation USING (operation_no) JOIN country USING (country_no) JOIN criterion_card AS k "
                "USING (criterion_no) WHERE round = $round AND country = $country AND k.framework = $framework "
                "AND k.kind = $kind",
                {
                    "round": view.state.round,
                    "country": country,
                    "framework": view.state.framework,
                    "kind": view.state.kind,
                },
            ).fetchall()
        return float(percent)

    gaps = ready(view)["gaps"]
    (best,) = {one.becomes for one in gaps}
    criteria = [row["criterion"] for row in rows(view.published, PLAN_CRITERIA, view.parameters(criterion=""))]
    kinds = dict(view.published.cursor().sql("SELECT criterion, kind FROM criterion_card").fetchall())
    moved = {code: score(Assumption("all", code, best)) for code in criteria if kinds[code] == view.state.kind}
    most = sorted(moved, key=lambda code: -moved[code])[:3]
    assert {one.what for one in gaps} == set(most)
    assert {one.where for one in gaps} == {"all"}


def test_every_critical_criterion_that_the_worst_country_lacks_stands_ready(view_of: MakeView) -> None:
    view = view_of()
    failed = {
        row["country"]: row["n_critical_failed"]
        for row in rows(view.published, WHATIF_CELLS, view.parameters())
        if row["kind"] == "respect" and not row["area"] and row["country"] != "GROUP"
    }
    found = ready(view)["critical"]
    (country,) = {one.where for one in found}
    assert failed[country] == max(failed.values())
    lacking = held(view, f"country = '{country}' AND k.framework = 'crbp' AND k.critical AND coalesce(value, 0) < 1")
    right = {criterion for (_, criterion), (_, counts, _) in lacking.items() if counts != "not_applicable"}
    assert {one.what for one in found} == right
    assert {status for (_, _), status in said(view, *found).items()} == {"implemented"}


def test_what_stands_ready_keeps_to_the_filters_and_is_left_out_where_there_is_nothing(view_of: MakeView) -> None:
    one = ready(view_of(country=("SEN",)))
    assert {assumption.where for assumption in one["critical"]} == {"SEN"}
    assert ready(view_of(country=("GROUP",))).keys() <= {"planned"}


@pytest.mark.parametrize("name", ["gaps", "critical", "planned"])
def test_a_ready_scenario_is_one_click_away(name: str, page: OpenPage) -> None:
    app = page("whatif")
    assert sentence_of("whatif.begin").match(finding(app))
    assert tells(app, "whatif.ready")
    press(app, f"whatif_ready {name}")
    assert finding(app).startswith("With “")
    assert "Respect" in finding(app)
    assert tells(app, "whatif.on")
    assert not [button for button in app.button if str(button.key).startswith("whatif_ready")]


# The page.


@pytest.mark.thorough
def test_assumptions_are_made_one_after_the_other_and_taken_back(page: OpenPage) -> None:
    app = page("whatif")
    assume(app, "GHA", "area", "CRBP-05", "implemented")
    assume(app, "GHA", "criterion", "CRBP-01.b", "implemented")
    assume(app, "all", "planned", "")
    assert address(app).count("~") == 2 + 6
    assert address(app).startswith("called~Scenario_201,in~2025,GHA~CRBP-05~implemented,GHA~CRBP-01.b~implemented,")
    assert tells(app, "whatif.on", name="Scenario 1")
    assert finding(app).startswith("With “Scenario 1”: Respect ")
    assume(app, "GHA", "area", "CRBP-05", "partly")
    assert "GHA~CRBP-05~implemented" not in address(app), "of the same, the new one counts"
    press(app, "whatif_remove 0")
    assert "CRBP-01.b" not in address(app)


@pytest.mark.thorough
def test_a_scenario_is_named_copied_compared_and_forgotten(page: OpenPage) -> None:
    app = page("whatif", link(GIRLS))
    press(app, "whatif_copy")
    app.text_input(key="whatif_name").set_value("All of <it>, *now*").run()
    nothing_failed(app)
    assume(app, "all", "area", "CRBP-05", "implemented")
    names = ["", "Girls first", "All of <it>, *now*"]
    assert list(app.selectbox(key="whatif_chosen").options)[1:] == names[1:]
    columns = list(tables(app)[0].columns)
    assert columns[1:] == ["published", "“Girls first”", "“All of <it>, *now*”"]
    app.selectbox(key="whatif_chosen").set_value(names[1]).run()
    assert address(app) == ",".join(codes_of(GIRLS))
    press(app, "whatif_forget")
    assert not address(app)
    assert "Girls first" not in app.selectbox(key="whatif_chosen").options
    assert not tells(app, "whatif.on")


def test_the_figures_side_by_side_are_those_of_each_scenario(page: OpenPage, view_of: MakeView) -> None:
    app = page("whatif", link(GIRLS))
    (ghana,) = [row for _, row in tables(app)[1].iterrows() if "Ghana" in str(row.iloc[0])]
    was, now = ghana.iloc[1], ghana.iloc[2]
    assert now == f"**{now.strip('*')}**", "what moves is bold"
    shown = [row for row in rows(view_of().published, WHATIF_CELLS, view_of().parameters()) if row["country"] == "GHA"]
    (real,) = [row for row in shown if row["kind"] == "respect" and not row["area"]]
    assert real["percent"] is not None
    assert str(int(real["percent"])) in was
    assert was != now.strip("*")
    assert len([cell for cell in cells(app) if cell.startswith("**")]) >= 2
    others = [row for _, row in tables(app)[1].iterrows() if "Ghana" not in str(row.iloc[0])]
    assert all(row.iloc[1] == row.iloc[2] for row in others), "no other country moves"


@pytest.mark.thorough
def test_a_scenario_that_comes_by_a_link_takes_no_other_away(page: OpenPage) -> None:
    app = page("whatif", link(GIRLS))
    theirs = replace(GIRLS, assumptions=(Assumption("BOL", "CRBP-05", "implemented"),))
    app.query_params.update(link(theirs))
    go(app, "whatif")
    assert list(app.selectbox(key="whatif_chosen").options)[1:] == ["Girls first", "Girls first 2"]
    assert "called~Girls_20first_202" in address(app)


@pytest.mark.thorough
def test_the_address_of_a_scenario_before_it_was_changed_is_no_other_one(page: OpenPage) -> None:
    app = assume(page("whatif", link(GIRLS)), "BOL", "area", "CRBP-05", "implemented")
    assert "BOL" in address(app)
    app.query_params.update(link(GIRLS))
    go(app, "whatif")
    assert address(app) == ",".join(codes_of(GIRLS)), "as Back brings it"
    assert list(app.selectbox(key="whatif_chosen").options)[1:] == ["Girls first"]


def test_a_scenario_that_was_only_looked_at_is_there_after_its_end(page: OpenPage) -> None:
    app = press(page("overview", link(GIRLS)), "whatif_end")
    assert not tells(app, "whatif.on")
    go(app, "whatif")
    assert "Girls first" in app.selectbox(key="whatif_chosen").options


def test_wrong_codes_of_a_link_are_told_and_the_right_ones_shown(cold_page: OpenPage) -> None:
    query = link(GIRLS)
    query["imagined"] += ",gha-op~CRBP-99.z~implemented,all~planned~soon,called~<b>"
    app = cold_page("overview", query)
    nothing_failed(app)
    assert tells(app, "whatif.on", name="Girls first")
    for wrong in ("gha-op\\~CRBP-99.z\\~implemented", "all\\~planned\\~soon", "called\\~\\<b\\>"):
        assert tells(app, "problem.unknown_code", value=wrong)
    assert address(app) == ",".join(codes_of(GIRLS))


# Creating actions.


@pytest.mark.thorough
def test_each_answer_that_it_lifts_becomes_a_draft_of_the_plan(own: Path, page: OpenPage, view_of: MakeView) -> None:
    found = changed_answers(view_of().published, GIRLS).to_pylist()
    wanted = {row["criterion"] for row in found if row["lifts"] and not row["has_action"]}
    assert wanted
    before = files_of(own)
    app = press(page("whatif", link(GIRLS)), "whatif_draft")
    assert tells(app, "whatif.drafted.other", n=len(wanted)) or tells(app, "whatif.drafted.one")
    drafts = {draft.typed.criterion: draft for draft in drafts_of(app, EDITOR).values()}
    assert set(drafts) == wanted
    for draft in drafts.values():
        assert draft.was is None
        assert (draft.typed.operation, draft.typed.expected_status) == ("gha-op", "implemented")
        assert draft.typed.round == "2025"
    assert files_of(own) == before, "nothing is saved by it"
    first = sorted(wanted)[0]
    app.query_params.update(link(GIRLS, part="actions", show_as="form", criterion=first, operation="gha-op"))
    switch(go(app, "plan"), "real")
    (save,) = [button for button in app.button if str(button.key).startswith("plan_save")]
    (text,) = [area for area in app.text_area if str(area.key).startswith(f"plan_text new {first}")]
    text.set_value("Do it").run()
    app.text_input(key="writer_role").input("facilitator").run()
    (save,) = [button for button in app.button if str(button.key).startswith("plan_save")]
    save.click().run()
    nothing_failed(app)
    assert current_number(own) == 2
    after = Reader(own).current()
    assert after is not None
    written = after.cursor().sql(
        f"SELECT round, expected_status, text FROM action WHERE criterion = '{first}' AND text = 'Do it'"  # noqa: S608
    )
    assert written.fetchall() == [("2025", "implemented", "Do it")]
    assert len(drafts_of(app, EDITOR)) == len(wanted) - 1


@pytest.mark.thorough
def test_planned_actions_become_no_actions_again(page: OpenPage) -> None:
    scenario = replace(GIRLS, assumptions=(Assumption("all", "planned", "2027-12-31"),))
    app = page("whatif", link(scenario))
    assert tells(app, "whatif.has_action.other")
    assert not [button for button in app.button if button.key == "whatif_draft"]


def test_what_is_assumed_is_asked_as_parameters() -> None:
    assert assumed(GIRLS) == {
        "of_round": "2025", "wheres": ("GHA",), "whats": ("CRBP-05",), "becomes": ("implemented",)
    }  # fmt: skip
