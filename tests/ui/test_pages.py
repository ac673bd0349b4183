"""Does every page open, with and without a previous run, report its finding, and survive whatever it is given?"""

import ast
import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.filters import FILTERS
from dashboard.model.pages import PAGES
from dashboard.model.problem import Limits, Problem, Weight
from dashboard.model.view_state import FIELDS
from dashboard.queries.ask import rows
from dashboard.queries.every_page import OPTIONS
from dashboard.store.history import current_number
from dashboard.ui.frame import address
from dashboard.ui.versions import imported_files as private
from tests.conftest import ROOT, MakeView, copy_of, rest_thorough, said
from tests.store.publishing.test_publish import contents
from tests.stores.flipped import with_a_flipped_bit
from tests.ui.conftest import (
    ENOUGH,
    OpenPage,
    cells,
    choose,
    finding,
    go,
    nothing_failed,
    offered,
    shown,
    tables,
    tells,
    texts,
)

FINDINGS = {
    "overview": "overview.stand_some",
    "heatmap": "heatmap.finding",
    "country": "country.finding",
    "country/heard": "heard.none",
    "compare": "compare.finding.other",
    "changes": "changes.rose",
    "review": "review.finding.other",
    "risks": "risks.severe.other",
    "frameworks": "standard.finding",
    "risks/settings": "risks.severe_settings.other",
    "crosswalk": "crosswalk.finding",
    "crosswalk/each_right": "rights.finding",
    "guidance": "guidance.weak.other",
    "cases": "cases.finding.other",
    "plan": "plan.finding.other",
    "collect": "collect.stand.other",
    "whatif": "whatif.begin",
    "present": "workshop.finding.other",
    "present/outcome": "outcome.no_exercise",
    "present/vote": "room.nothing_yet",
    "presenter": "presenter.no_tour",
    "data": "data.sources_found",
    "data/publications": "data.finding",
}
NAMES = tuple(dict.fromkeys((*PAGES, *FINDINGS)))
"""Every page, and the parts with a sentence of their own."""
SESSION_KEYS = re.compile(
    "|".join(FIELDS)  # the view state
    + r"|book_language_\w+"  # in which language a workbook is handed out
    r"|written_query|written_frame|written_left"  # what the shell last wrote to the URL, for what, and just before
    r"|search_standard|search_library|search_open|\w+_told"  # searches, tables in words
    r"|standard_[\w.-]+_(True|False)|more_[\w.-]+"  # what is unfolded
    r"|\w+_shown|subject_(touched|offered)"  # what shows or makes a choice
    r"|first_sample"  # the button that publishes the sample
    r"|all_decisions"  # the list behind the first few
    r"|edited"  # what editors hold that is not saved yet
    r"|help|remember(ed|_\w+)|last_place"  # what explains terms, what a browser remembers, where a room leads back to
    r"|in_browser|entered|landed"  # our component; whether a visitor came in through app.py, and began at own work
    r"|menu_open|menu_times|published"  # a mark whose menu opens, how often one did, a publication just made
    r"|how_[\w-]+|\w+_table|\w+_chart\w*"  # buttons, switches and the charts that can be clicked
    r"|files|back_to|FormSubmitter:.+"  # the forms of the Data page
    r"|\w*(reset|link|menu|page)\w*"  # buttons and menus of the frame
    r"|export|share|view_menu|print_view|pack_.+"
    r"|writer\w*"  # the writer's role and reason
    r"|rounds_.+"  # the button of a round, and what was done
    r"|(collect|trial|answering|owed|checking|mapping)_.+"  # what is imported, entered and viewed
    r"|room_.+"  # what a room is asked and decides, and the buttons for it
    r"|safe_.+|large_switch"  # the switch that hides names, and since when it is on; that for a projector
    r"|tour_.+"  # buttons of tours, and whether the presenter's note is shown
    r"|whatif_.+"  # scenarios, which side is shown, and the chosen assumption
    r"|heard_.+"  # unsaved records of how children were heard, with widgets and buttons
    r"|plan_.+"  # unsaved entries of the plan, with widgets and buttons
)
ACTS = [read_words()(key) for key in ("data.publish", "data.check", "data.revert")]
each_page = pytest.mark.parametrize("name", NAMES)


def _opens_as_it_should(app: AppTest, name: str) -> None:
    nothing_failed(app)
    if name in FINDINGS:
        assert said(FINDINGS[name]).search(finding(app))
    assert tells(app, "shell.illustrative")


@pytest.mark.parametrize("name", rest_thorough(NAMES, now=2))
def test_a_page_opens_for_the_first_visitor_after_a_restart_also_in_the_dark(
    name: str, cold_page: OpenPage, front_door: list[None]
) -> None:
    app = cold_page(name, theme="dark")
    _opens_as_it_should(app, name)
    assert len(front_door) == 1, "what began without app.py is run again through it"


@each_page
def test_a_page_opens_for_any_later_visitor_and_whatever_a_chart_shows_can_be_read_as_a_table(
    name: str, page: OpenPage, front_door: list[None]
) -> None:
    app = page(name)
    _opens_as_it_should(app, name)
    assert len(front_door) == 1
    strangers = [key for key in app.session_state if not SESSION_KEYS.fullmatch(key)]
    assert not strangers, "the session holds widgets and a few things that are told here"
    assert set(FIELDS) <= set(app.session_state)
    switches = [toggle for toggle in app.main.toggle if str(toggle.key).endswith("_table")]
    for toggle in switches:
        toggle.set_value(True)
    app.run()
    nothing_failed(app)
    assert len(app.dataframe) >= len(switches)


@pytest.mark.thorough
@each_page
def test_a_deep_link_means_the_same_cold_and_warm(
    name: str, cold_page: OpenPage, page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)  # *Publications* says how much is free just now.
    query = {"framework": "cop-2014", "round": "2024", "country": "COL,GHA", "kind": "support"}
    cold, later = cold_page(name, query), page(name, query)
    for app in (cold, later):
        nothing_failed(app)
        assert dict(app.query_params).items() >= query.items()
    assert texts(cold) == texts(later)


@pytest.mark.thorough
def test_the_filters_of_every_page_hold_every_choice_with_how_much_is_behind_it(
    page: OpenPage, view_of: MakeView
) -> None:
    app = page("overview", {"framework": "cop-2020", "round": "2023"})
    view = view_of(framework="cop-2020", round="2023")
    expected: dict[str, list[tuple[str, int]]] = {}
    for row in rows(view.published, OPTIONS, view.parameters()):
        expected.setdefault(row["filter"], []).append((row["title"], row["n"]))
    assert set(expected) == {"framework", "round", *FILTERS}
    for name in NAMES:
        go(app, name)
        page_name, _, part = name.partition("/")
        for filter_name, choices in expected.items():
            if filter_name not in PAGES[page_name].filters(part):
                assert not offered(app, filter_name)
                continue
            labels = [text for code, text in offered(app, filter_name).items() if code]
            assert len(labels) == len(choices), name
            for label, (title, n) in zip(labels, choices, strict=True):
                assert label.startswith(title), name
                assert re.search(rf"\b{n}\b", label), name


@pytest.mark.thorough
def test_filters_are_kept_from_page_to_page(page: OpenPage) -> None:
    query = {"framework": "crbp", "round": "2024", "country": "GHA", "risk_area": "RA01", "right": "privacy,CRC-13"}
    app = page("overview", query)
    for name in NAMES:
        go(app, name)
        nothing_failed(app)
        assert dict(app.query_params).items() >= query.items(), name
        assert app.session_state["round"] == "2024"
        assert app.session_state["country"] == ["GHA"]
        page_name, _, part = name.partition("/")
        if "country" in PAGES[page_name].filters(part):
            assert any("Ghana" in text for text in texts(app)), name


def _with_a_link(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch, late: float, name: str = "heatmap"
) -> tuple[AppTest, dict[str, str]]:
    """Return a page and its links, which may be clicked this long after another choice."""
    monkeypatch.setattr(address, "LATE_SECONDS", late)
    app = page(name, {"framework": "crbp", "round": "2024"})
    return app, {name: app.query_params[name] for name in app.query_params}


def _follow(app: AppTest, name: str, link: dict[str, str]) -> AppTest:
    app.query_params.clear()
    app.query_params.update(link)
    return go(app, name)


def test_a_link_clicked_before_it_was_drawn_anew_takes_no_choice_back(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, link = _with_a_link(page, monkeypatch, ENOUGH)
    choose(app, country="GHA")
    choose(app, country="COL,GHA")
    _follow(app, "overview", link)
    nothing_failed(app)
    assert app.session_state["country"] == ["COL", "GHA"]
    assert app.query_params["country"] == "COL,GHA"
    assert any("Ghana" in text for text in texts(app))


@pytest.mark.parametrize("chosen", [{"country": "GHA"}, {"kind": "support"}], ids=["in the bar", "on the page"])
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "from the address before"])
def test_what_is_chosen_while_another_choice_is_on_its_way_takes_none_back(
    at_once: bool, chosen: dict[str, str], page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, link = _with_a_link(page, monkeypatch, ENOUGH, "changes")
    app.query_params["earlier"] = "2023"
    if not at_once:
        app.run()
        app.query_params.clear()
        app.query_params.update(link)
    choose(app, **chosen)
    assert dict(app.query_params) == {**link, **chosen, "earlier": "2023"}
    choose(app, **dict.fromkeys(chosen, ""))
    assert dict(app.query_params) == {**link, "earlier": "2023"}


@pytest.mark.parametrize(("goes_to", "late"), [("heatmap", ENOUGH), ("overview", 0.0)], ids=["back", "later"])
def test_an_address_of_before_a_choice_is_followed_all_the_same(
    goes_to: str, late: float, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, link = _with_a_link(page, monkeypatch, late)
    choose(app, country="GHA")
    _follow(app, goes_to, link)
    nothing_failed(app)
    assert app.session_state["country"] == []
    assert "country" not in app.query_params


def test_back_from_a_page_that_a_link_opened_is_the_view_before(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, link = _with_a_link(page, monkeypatch, ENOUGH)
    _follow(app, "country", {**link, "country": "GHA"})
    choose(app, country="COL")
    _follow(app, "heatmap", link)
    nothing_failed(app)
    assert "country" not in app.query_params


def test_filters_are_kept_when_the_round_or_the_framework_changes(page: OpenPage) -> None:
    app = page("heatmap", {"country": "COL,GHA", "risk_area": "RA01", "kind": "support", "common": "yes"})
    choose(app, round="2024")
    choose(app, framework="cop-2020")
    nothing_failed(app)
    assert dict(app.query_params) == {
        "framework": "cop-2020",
        "round": "2024",
        "country": "COL,GHA",
        "risk_area": "RA01",
        "kind": "support",
        "common": "yes",
    }
    assert app.session_state["country"] == ["COL", "GHA"]


def test_the_choice_of_support_is_kept_on_pages_that_do_not_offer_it(page: OpenPage) -> None:
    app = page("heatmap", {"kind": "support"})
    for name in ("data", "overview", "heatmap"):
        go(app, name)
        assert app.query_params.get("kind") == "support"


@pytest.mark.thorough
def test_a_choice_that_leaves_nothing_says_so_on_every_page(page: OpenPage, view_of: MakeView) -> None:
    cards = (
        view_of()
        .published.cursor()
        .sql(
            "SELECT area, list_distinct(flatten(list(risk_areas))) FROM criterion_card WHERE framework = 'crbp' "
            "GROUP BY area ORDER BY area"
        )
    )
    known = view_of().known.of("risk_area", "crbp")
    area, free = next((area, code) for area, held in cards.fetchall() for code in known if code not in held)
    empty = {
        "overview": "overview.nothing",
        "heatmap": "heatmap.nothing",
        "country": "country.not_in_round",
        "number": "number.nothing",
        "compare": "compare.unfair_silent",
        "changes": "changes.nothing",
        "review": "review.no_criterion",
        "guidance": "guidance.no_answer",
    }
    app = page("overview", {"principle": area, "risk_area": free})
    for name in NAMES:
        go(app, name)
        nothing_failed(app)
        assert name not in empty or tells(app, empty[name]), (name, texts(app))


@pytest.mark.thorough
def test_an_operation_that_was_not_in_the_round_is_told_apart_on_every_page(page: OpenPage) -> None:
    app = page("overview", {"round": "2023", "operation": "gha-op", "country": "GHA"})
    for name in NAMES:
        go(app, name)
        nothing_failed(app)
        if name == "country":
            assert said("country.not_in_round", operation="Ghana").fullmatch(finding(app))


@pytest.mark.parametrize("name", ["heatmap", "number"])
def test_an_unknown_framework_in_the_link_is_told_and_the_first_is_shown(name: str, cold_page: OpenPage) -> None:
    app = cold_page(name, {"framework": "cop-2O14", "country": "GHANA"})
    nothing_failed(app)
    told = [warning.value for warning in app.warning]
    for wrong, right in (("cop-2O14", "cop-2014"), ("GHANA", "GHA")):
        (sentence,) = [text for text in told if said("problem.unknown_code", value=wrong).search(text)]
        assert said("problem.hint", hint=right).search(sentence)
    assert app.query_params["framework"] == "crbp"
    app.run()
    assert not app.warning, "told once"


def test_a_damaged_publication_is_a_sentence(
    cold_page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    (publication,) = (store / "publications").glob("*.duckdb")
    publication.write_bytes(publication.read_bytes()[: publication.stat().st_size // 2])
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = cold_page("heatmap")
    nothing_failed(app)
    assert tells(app, "problem.publication_damaged")


@pytest.mark.parametrize("name", ["heatmap", "overview"])
def test_one_bit_of_a_publication_that_is_another_is_a_sentence(
    name: str, cold_page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(with_a_flipped_bit(copy_of(sample_store, tmp_path / "store"))))
    app = cold_page(name)
    nothing_failed(app)
    assert tells(app, "problem.publication_damaged")


@pytest.mark.parametrize("text", ["", "seven", "99"])
def test_a_damaged_pointer_is_a_sentence(
    text: str, cold_page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    (store / "CURRENT").write_text(text)
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = cold_page("heatmap")
    nothing_failed(app)
    assert tells(app, "problem.pointer_damaged") or tells(app, "problem.publication_damaged")


@pytest.mark.thorough
def test_the_first_visitor_of_all_makes_the_first_publication(
    cold_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "new" / "store"
    monkeypatch.delenv("DASHBOARD_STORE", raising=False)
    monkeypatch.setattr("dashboard.store.disk.DEFAULT", store)
    app = cold_page("overview")
    _opens_as_it_should(app, "overview")
    assert current_number(store) == 1


def test_a_default_store_that_holds_anything_is_not_filled_unasked(
    cold_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DASHBOARD_STORE", raising=False)
    monkeypatch.setattr("dashboard.store.disk.DEFAULT", tmp_path)
    (tmp_path / "mappings").mkdir()
    app = cold_page("overview")
    nothing_failed(app)
    assert tells(app, "first.none")
    assert tells(app, "first.other")
    assert [path.name for path in tmp_path.iterdir()] == ["mappings"]


@pytest.mark.thorough
@pytest.mark.parametrize("made", [False, True])
def test_a_store_that_somebody_named_is_not_filled_unasked_and_offers_the_sample(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    store = tmp_path / "mine"
    if made:
        store.mkdir()
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("heatmap")
    nothing_failed(app)
    assert tells(app, "first.none")
    assert tells(app, "first.named", store="mine")
    assert store.exists() is made
    _press(app, "first.sample")
    _opens_as_it_should(app, "heatmap")
    assert current_number(store) == 1


def test_a_store_that_lost_its_pointer_keeps_what_its_users_published(
    cold_page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    (store / "CURRENT").unlink()
    before = contents(store)
    for named in (True, False):
        if named:
            monkeypatch.setenv("DASHBOARD_STORE", str(store))
        else:
            monkeypatch.delenv("DASHBOARD_STORE")
            monkeypatch.setattr("dashboard.store.disk.DEFAULT", store)
        app = cold_page("overview")
        nothing_failed(app)
        assert tells(app, "problem.pointer_damaged")
        assert contents(store) == before


def test_a_disk_in_trouble_is_told_on_every_page(
    page: OpenPage, sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = {sample_store: Problem("not_durable", "store", value="Input/output error", weight=Weight.NOTE)}
    monkeypatch.setattr("dashboard.store.publishing.commit._trouble", trouble)
    app = page("overview")
    assert tells(app, "problem.not_durable", value="Input/output error")


def test_a_server_that_others_can_reach_makes_no_publication_and_says_why(
    cold_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_to_all: None
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    app = cold_page("overview")
    nothing_failed(app)
    assert tells(app, "problem.may_not_publish")
    assert current_number(tmp_path / "store") == 0


def test_a_server_that_others_can_reach_shows_everything_and_offers_no_publishing(
    cold_page: OpenPage, open_to_all: None
) -> None:
    app = cold_page("data/publications")
    _opens_as_it_should(app, "data/publications")
    assert tables(app)
    assert not app.get("file_uploader")
    assert not [button.label for button in app.button if button.label in ACTS]
    assert tells(app, "problem.may_not_publish")


def test_a_form_sent_to_a_server_that_others_can_reach_by_then_changes_nothing(
    page: OpenPage,
    sample_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("data/publications")
    app.file_uploader[0].set_value(("answers.csv", _good_row(), "text/csv"))
    app.text_input(key="writer_role").input("facilitator")
    request.getfixturevalue("open_to_all")
    _press(app, "data.publish")
    nothing_failed(app)
    assert current_number(store) == 1


def _good_row() -> bytes:
    return b"round,operation,criterion,status\n2025,cod-op,CRBP-01.b,partly\n"


def _press(app: AppTest, key: str) -> None:
    (button,) = [button for button in app.button if said(key).fullmatch(button.label)]
    button.click().run()


@pytest.mark.thorough
def test_publishing_makes_a_step_and_every_page_shows_it(
    page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("data/publications")
    app.file_uploader[0].set_value(("answers.csv", _good_row(), "text/csv"))
    _press(app, "data.publish")
    assert any(said("problem.role_missing").search(text) for text in cells(app))
    assert current_number(store) == 1
    app.text_input(key="writer_role").input("facilitator")
    app.text_input(key="writer_why").input("a late answer")
    _press(app, "data.publish")
    nothing_failed(app)
    assert current_number(store) == 2
    assert tells(app, "data.published", number=2)
    assert said("data.finding", number=2).fullmatch(finding(app))
    assert "a late answer" in cells(app)


@pytest.mark.thorough
def test_checking_publishes_nothing_and_keeps_nothing(
    page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    there = {folder.path for folder in private._folders}
    app = page("data/publications")
    app.file_uploader[0].set_value(("answers.csv", _good_row(), "text/csv"))
    _press(app, "data.check")
    nothing_failed(app)
    assert tells(app, "data.sound")
    assert current_number(store) == 1
    monkeypatch.setattr("dashboard.ui.versions.imported_files.WITH_PROGRESS", Limits(columns=3))
    _press(app, "data.publish")
    nothing_failed(app)
    assert any(said("problem.too_many_columns", value="4").search(text) for text in cells(app))
    assert current_number(store) == 1
    assert not [folder.path for folder in private._folders if folder.path.exists() and folder.path not in there]


@pytest.mark.thorough
def test_publishing_tells_how_many_rows_stayed_out(
    page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(copy_of(sample_store, tmp_path / "store")))
    app = page("data/publications")
    rows = _good_row() + b"2025,cod-op,CRBP-01.b,implemented\n2025,nowhere,CRBP-01.b,partly\n"
    app.file_uploader[0].set_value(("answers.csv", rows, "text/csv"))
    app.text_input(key="writer_role").input("facilitator")
    _press(app, "data.publish")
    # Two of three rows of the round would stay out: that is asked first.
    assert tells(app, "data.agree_first")
    app.checkbox(key="brought_0").check()
    app.file_uploader[0].set_value(("answers.csv", rows, "text/csv"))
    _press(app, "data.publish")
    nothing_failed(app)
    assert tells(app, "data.published", number=2)
    assert tells(app, "data.left_out.other", n=2)


def test_a_figure_is_explained_by_its_button(page: OpenPage) -> None:
    app = page("overview")
    app.button(key="how_support").click().run()
    nothing_failed(app)
    assert tells(app, "number.mean")
    assert any(text.startswith("**CRBP · Round 2025 · Support · ") for text in texts(app))


@pytest.mark.thorough
def test_every_operation_of_every_framework_and_round_has_its_page(page: OpenPage, view_of: MakeView) -> None:
    known = view_of().known
    app = page("country")
    for framework in known.frameworks():
        for operation in known.of("operation", framework):
            app.query_params.update({"framework": framework, "round": "2024", "operation": operation})
            app.run()
            nothing_failed(app)
            assert shown(app, "operation") == operation


# Rules for the source text.

SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])


def test_the_front_door_is_short() -> None:
    assert len(ast.parse((ROOT / "app.py").read_text("utf-8")).body) <= 5


def test_a_page_is_short() -> None:
    lines = {name: len((ROOT / "pages" / f"{name}.py").read_text("utf-8").splitlines()) for name in PAGES}
    assert {name: n for name, n in lines.items() if n >= 80} == {}


def test_every_file_of_the_folder_is_a_page_of_the_navigation() -> None:
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == set(PAGES)


def test_only_the_top_floor_knows_streamlit_and_nobody_takes_a_short_cut() -> None:
    short_cuts = ("unsafe_allow_html", "except Exception", "except BaseException", "time.sleep", "components.v1")
    taken = []
    for path in SOURCES:
        source = path.read_text("utf-8")
        if not ({"ui", "pages"} & set(path.parts) or path.name == "app.py"):
            taken += [(path, "streamlit")] if re.search(r"^\s*(import|from) streamlit", source, re.MULTILINE) else []
        taken += [(path, short_cut) for short_cut in short_cuts if short_cut in source]
        taken += [(path, "except:")] if re.search(r"except\s*:", source) else []
    # The first reports any failure to the process that waits, which would otherwise never learn of it. The second frees
    # its port and re-raises.
    given_back = ("loading/sandbox_process.py", "ui/listener.py")
    assert taken == [(ROOT / "src/dashboard" / path, "except BaseException") for path in given_back]


@pytest.mark.parametrize(
    ("name", "more", "real"),
    [
        ("cases", {}, "shell.real_cases"),
        ("country", {"part": "facts"}, "shell.real_facts"),
        ("heatmap", {"show_as": "map", "shade": "context"}, "shell.real_facts"),
        ("heatmap", {}, ""),
        ("overview", {}, ""),
    ],
)
def test_what_is_real_is_not_called_illustrative(name: str, more: dict[str, str], real: str, page: OpenPage) -> None:
    app = page(name, more)
    assert tells(app, "shell.illustrative")
    assert [key for key in ("shell.real_cases", "shell.real_facts") if tells(app, key)] == [real][: bool(real)]


def test_sources_say_of_each_standard_how_much_is_confirmed(page: OpenPage) -> None:
    assert "CRBP 17 of 32" in finding(page("data", {"part": "sources"}))
    assert "COP 2020 0 of 61" in finding(page("data", {"part": "sources"}))
