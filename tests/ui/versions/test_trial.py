"""Is a previewed file visible on every page to the person previewing it, to nobody else, and stored nowhere?"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

from dashboard.model.pages import PAGES
from dashboard.model.problem import HandedFile, Progress
from dashboard.store.history import current_number
from dashboard.store.pool import IDLE_SECONDS
from dashboard.store.publishing.build import current_revision, open_proof
from dashboard.tasks.preview import Preview
from dashboard.ui.elements.show import offer
from dashboard.ui.versions import imported_files as private
from dashboard.ui.versions.imported_files import Private
from dashboard.ui.view import View, ViewSource
from tests.conftest import ROOT
from tests.handles import handles_on, when_none
from tests.tasks.test_preview import files_of
from tests.ui.collect.test_hand_in import CHANGES, another_publishes, answers, as_role, hand_in, press
from tests.ui.conftest import SESSION, OpenPage, finding, go, nothing_failed, offered, open_share, tells, texts

FIGURES = answers(CHANGES, "2025,gha-op,CRBP-02.a,not_implemented,\n", name="tried.csv")
# A title that is in the bar of every page, so that each shows which publication it was drawn from.
RENAMED = ("countries.csv", b"country,title,region\nGHA,Trialand,Africa\n", "text/csv")


Read = dict[tuple[object, ...], tuple[Preview, Path]]


@pytest.fixture(scope="module")
def read_before() -> Read:
    """Cache the outcomes for files, by the files and their base publication, with a copy of the folder."""
    return {}


@pytest.fixture
def read_once(read_before: Read, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the same files over the same publication only for the first test; later ones get a copy."""
    real = private._read

    def read(store: Path, files: Sequence[HandedFile], today: date, progress: Progress | None = None) -> Private:
        over = current_revision(store)
        key = (today, over and over.publication, *(file.digest for file in files))
        if key not in read_before:
            made = real(store, files, today, progress)
            if made.preview.proof is None:
                return made
            copy = tmp_path_factory.mktemp("read") / "copy"
            shutil.copytree(made.folder.path, copy)
            read_before[key] = (made.preview, copy)
            return made
        preview, copy = read_before[key]
        assert preview.proof is not None
        folder = private._entered()
        shutil.copytree(copy, folder.path, dirs_exist_ok=True)
        proof = replace(preview.proof, path=folder.path / preview.proof.path.name)
        return Private(folder, replace(preview, proof=proof), open_proof(proof))

    monkeypatch.setattr(private, "_read", read)


@pytest.fixture
def trying(own: Path, read_once: None, page: OpenPage) -> AppTest:
    """Return a session with previewed files."""
    return press(hand_in(page("collect"), FIGURES, RENAMED), "collect_try")


def switch(app: AppTest, side: str) -> AppTest:
    app.radio(key="trial_switch").set_value(side).run()
    nothing_failed(app)
    return app


def countries(app: AppTest) -> str:
    """Return the country titles in the filter bar."""
    return " ".join(offered(app, "country").values())


@pytest.mark.thorough
def test_who_tries_a_file_sees_it_on_every_page_and_nobody_else_does(
    trying: AppTest, page: OpenPage, subtests: pytest.Subtests
) -> None:
    called = {"trial": "Trialand", "published": "Ghana"}
    other, side = page("overview"), "trial"
    for name in PAGES:
        with subtests.test(page=name):
            # Both sides of each page; every other page is opened on the published data.
            go(trying, name)
            assert trying.radio(key="trial_switch").value == side
            if "country" in PAGES[name].filters(""):
                assert called[side] in countries(trying)
            assert tells(trying, "trial.on"), "the switch stays in sight"
            side = "published" if side == "trial" else "trial"
            switch(trying, side)
            if "country" in PAGES[name].filters(""):
                assert called[side] in countries(trying)
            assert tells(trying, "trial.on"), "the switch stays in sight"
            go(other, name)
            assert not tells(other, "trial.on")
            if "country" in PAGES[name].filters(""):
                assert "Ghana" in countries(other)


def test_figures_are_those_of_the_trial_and_the_difference_is_told_in_words(trying: AppTest, page: OpenPage) -> None:
    shown = {side: finding(switch(go(trying, "overview"), side)) for side in ("published", "trial")}
    assert shown["published"] == finding(page("overview")) != shown["trial"]
    (told,) = [text for text in texts(trying) if "critical failures 11 → 13" in text]
    was, now = (shown[side].split("Respect: ")[1].split(" ")[0] for side in ("published", "trial"))
    assert f"Respect **{was}" in told
    assert f" → {now}" in told
    assert "Support" not in told, "what stays the same is not told"


@pytest.mark.thorough
def test_a_choice_in_which_nothing_moves_says_so(trying: AppTest) -> None:
    # A severe gap is one operation's: from another country alone, nothing changes.
    trying.query_params.update({"framework": "cop-2014", "country": "TCD"})
    go(trying, "heatmap")
    assert trying.query_params["framework"] == "cop-2014"
    assert tells(trying, "trial.same")


@pytest.mark.thorough
def test_the_switch_is_kept_from_page_to_page(trying: AppTest) -> None:
    switch(trying, "published")
    assert trying.radio(key="trial_switch").value == "published"
    assert go(trying, "heatmap").radio(key="trial_switch").value == "published"
    assert "Ghana" in countries(trying)


@pytest.mark.thorough
def test_no_pack_is_made_of_a_trial(trying: AppTest) -> None:
    open_share(go(trying, "overview"))
    assert tells(trying, "pack.preview")
    assert not [button for button in trying.button if button.key == "pack_make"]
    switch(trying, "published")
    assert not tells(trying, "pack.preview")
    assert [button for button in trying.button if button.key == "pack_make"]


def test_nothing_of_a_trial_is_in_the_store(own: Path, page: OpenPage) -> None:
    before = files_of(own)
    app = press(hand_in(page("collect"), FIGURES), "collect_try")
    for name in ("overview", "country", "data"):
        go(app, name)
    assert files_of(own) == before
    press(app, "trial_end")
    assert files_of(own) == before


@pytest.mark.thorough
def test_the_way_out_shows_what_is_published_and_keeps_what_was_handed_in(trying: AppTest) -> None:
    press(go(trying, "overview"), "trial_end")
    assert not tells(trying, "trial.on")
    assert "Ghana" in countries(trying)
    go(trying, "collect")
    assert tells(trying, "collect.would_change")
    assert not trying.button(key="collect_try").disabled


@pytest.mark.thorough
def test_files_are_gone_when_the_browser_is_and_the_trial_is_made_anew_for_one_that_comes_back(
    trying: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = [folder for folder in private._folders if folder.leave.alive]
    assert handles_on(folder.path)
    monkeypatch.setenv(IDLE_SECONDS, "0.02")
    clear_session_resource_cache(SESSION)
    assert not folder.path.exists()
    assert when_none(lambda: handles_on(folder.path))
    go(trying, "overview")
    assert "Trialand" in countries(trying)


@pytest.mark.thorough
def test_nothing_is_saved_while_a_file_is_on_trial(trying: AppTest, own: Path) -> None:
    trying.query_params.update({"part": "actions", "action": "A-005"})
    go(trying, "plan")
    assert tells(trying, "trial.refused")
    assert not [button.label for button in trying.button if str(button.key).startswith("plan_save")]
    go(trying, "data/publications")
    assert tells(trying, "trial.refused")
    assert not trying.get("file_uploader")
    switch(trying, "published")
    assert not tells(trying, "trial.refused")
    assert trying.get("file_uploader")
    assert current_number(own) == 1


@pytest.mark.thorough
def test_a_file_taken_out_of_a_trial_says_so(trying: AppTest) -> None:
    go(trying, "plan")
    assert tells(trying, "trial.export")
    assert not tells(switch(trying, "published"), "trial.export")


@pytest.mark.parametrize(("on_trial", "name"), [(True, "on-trial-figures.csv"), (False, "figures.csv")])
def test_the_name_of_a_file_says_that_it_holds_what_is_on_trial(
    on_trial: bool, name: str, view_of: Callable[..., View], monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr("streamlit.download_button", lambda _, __, name, *___, **____: names.append(name))
    offer(
        replace(view_of(), source=ViewSource.TRIAL if on_trial else ViewSource.PUBLISHED),
        "Take it",
        b"",
        "figures.csv",
        "key",
    )
    assert names == [name]


def test_every_file_to_take_away_goes_through_one_place() -> None:
    sources = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "src").rglob("*.py")]
    assert [path.name for path in sources if "download_button" in path.read_text("utf-8")] == ["show.py"]


@pytest.mark.thorough
def test_what_is_on_trial_can_be_published_and_that_ends_the_trial(trying: AppTest, own: Path) -> None:
    as_role(trying)
    press(trying, "collect_publish")
    assert current_number(own) == 2
    assert not tells(trying, "trial.on")
    assert "Trialand" in countries(trying), "it is published now"


@pytest.mark.thorough
def test_publishing_another_file_leaves_the_trial(own: Path, page: OpenPage) -> None:
    app = press(hand_in(page("collect"), FIGURES), "collect_try")
    as_role(hand_in(app, answers("2025,tcd-op,CRBP-01.b,implemented,\n")))
    press(app, "collect_publish")
    assert current_number(own) == 2
    assert tells(app, "trial.on")
    assert any("It is based on publication 2" in text for text in texts(app))


@pytest.mark.thorough
def test_a_step_of_somebody_else_is_laid_under_the_trial(trying: AppTest, own: Path, tmp_path: Path) -> None:
    assert any("It is based on publication 1" in text for text in texts(trying))
    another_publishes(own, tmp_path)
    go(trying, "overview")
    assert any("It is based on publication 2" in text for text in texts(trying))
    assert "Trialand" in countries(trying)


@pytest.mark.thorough
def test_a_trial_that_can_be_shown_no_more_says_so_and_ends(trying: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    clear_session_resource_cache(SESSION)
    monkeypatch.setattr(private, "MOST_FOLDERS", 0)
    go(trying, "overview")
    assert tells(trying, "trial.over")
    assert tells(trying, "problem.no_room")
    assert "Ghana" in countries(trying)
    assert not tells(go(trying, "heatmap"), "trial.over"), "told once"


@pytest.mark.thorough
def test_a_visitor_of_a_server_that_publishes_nothing_may_try_where_that_is_allowed(
    own: Path, page: OpenPage, open_to_all: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TRIALS", "1")
    app = press(hand_in(page("collect"), RENAMED), "collect_try")
    assert "Trialand" in countries(go(app, "overview"))
    assert current_number(own) == 1


LED = {"tour": "executive", "tour_step": "1"}


def lead(app: AppTest, name: str = "heatmap") -> AppTest:
    """Follow a link into a tour in the same session."""
    app.query_params.update(LED)
    return go(app, name)


@pytest.mark.thorough
def test_in_a_tour_every_page_shows_what_is_published_and_says_that_the_trial_waits(
    trying: AppTest, subtests: pytest.Subtests
) -> None:
    for name in PAGES:
        with subtests.test(page=name):
            lead(trying, name)
            if "country" in PAGES[name].filters(""):
                assert "Ghana" in countries(trying)
            assert tells(trying, "trial.waits", names="tried.csv, countries.csv")
            assert not tells(trying, "trial.on")


@pytest.mark.thorough
def test_nothing_on_trial_is_kept_for_those_who_follow_a_tour(trying: AppTest, page: OpenPage) -> None:
    press(go(trying, "present"), "tour_start_executive")
    address = dict(trying.query_params)
    assert address["publication"] == "1"
    go(trying, "overview")
    other = page("overview", address)
    nothing_failed(other)
    for app in (trying, other):
        assert "Ghana" in countries(app)
    assert not tells(other, "trial.waits"), "nobody else learns of a trial"


@pytest.mark.thorough
def test_after_a_tour_the_trial_is_shown_again(trying: AppTest) -> None:
    press(lead(trying, "overview"), "tour_leave")
    go(trying, "present")
    assert tells(trying, "trial.on")
    assert not tells(trying, "trial.waits")
    assert "Trialand" in countries(go(trying, "overview"))


@pytest.mark.thorough
def test_a_tour_keeps_what_it_began_with_from_a_trial_too(trying: AppTest, own: Path, tmp_path: Path) -> None:
    lead(trying)
    another_publishes(own, tmp_path)
    go(trying, "data/publications")
    assert tells(trying, "tour.frozen", number=1, newer=2)
    assert "Ghana" in countries(go(trying, "overview"))


@pytest.mark.thorough
def test_a_file_that_is_tried_in_a_tour_waits_for_its_end(own: Path, page: OpenPage) -> None:
    app = press(hand_in(page("collect", LED), RENAMED), "collect_try")
    assert tells(app, "trial.waits", names="countries.csv")
    assert "Ghana" in countries(app)


@pytest.mark.thorough
def test_a_tour_that_there_is_not_takes_no_trial_away(trying: AppTest) -> None:
    trying.query_params.update({"tour": "no-such-tour"})
    go(trying, "heatmap")
    assert tells(trying, "trial.on")
    assert "Trialand" in countries(trying)
    assert "tour" not in trying.query_params
