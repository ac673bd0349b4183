"""Do pages call things as a standard of one's own does, and show nothing that it does not have?"""

import re
import shutil
from pathlib import Path

import pytest

from dashboard.model.words import Words
from tests.conftest import LEVELS, TINY, PublishOnce, rest_thorough, said
from tests.ui.conftest import OpenPage, bar, cells, choices, finding, keys, nothing_failed, offered, tells, texts, told

NOT_GIVEN = re.compile(r"^ *(kind|evidence_hint|citation|verification): .*\n", re.MULTILINE)
PLACES = ("overview", "heatmap", "compare", "country", "frameworks", "crosswalk", "review", "plan/targets", "number")


@pytest.fixture
def plain_store(publish_once: PublishOnce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the toy group's store, with a standard of one kind only, which calls its areas practices."""
    folder = Path(shutil.copytree(TINY, tmp_path / "group"))
    file = folder / "frameworks" / "toy" / "framework.yaml"
    text = NOT_GIVEN.sub("", file.read_text("utf-8"))
    file.write_text(text.replace("area_word: area", "area_word: practice; practices"), "utf-8")
    store = publish_once("plain", [folder], silently=True)
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


@pytest.mark.parametrize("place", rest_thorough(PLACES, now=4))
@pytest.mark.usefixtures("plain_store")
def test_no_page_speaks_of_what_the_standard_does_not_have(place: str, page: OpenPage) -> None:
    app = page(place, {"criterion": "T1.a"} if place in ("frameworks", "review") else {})
    nothing_failed(app)
    labels = [one.label for one in (*app.metric, *app.radio)]
    shown = [*texts(app), *labels, *choices(app, "by").values()]
    assert not [text for text in shown if re.search(r"\b(respect|support|key area|principle)\b", text, re.IGNORECASE)]
    assert not [text for text in shown if re.search(r"Evidence could be|\(to verify\)|None(?! of \d)", text)]
    assert not offered(app, "kind"), "there is nothing to choose between"


@pytest.mark.usefixtures("plain_store")
def test_filters_headings_and_counts_have_the_word_of_the_standard(page: OpenPage) -> None:
    overview = page("overview")
    assert any("Score by practice: mean and spread" in text for text in texts(overview))
    assert '<details class="filter_principle"><summary>Practice</summary>' in bar(overview)
    assert offered(overview, "principle")[""] == "All practices"
    assert "2 practices, 4 criteria, 1 of them critical." in finding(page("frameworks"))
    assert choices(page("compare"), "by")["principle"] == "By practice"


@pytest.mark.usefixtures("plain_store")
def test_the_one_figure_is_called_a_score(page: OpenPage) -> None:
    assert len([one for one in told(page("overview")) if re.search(r"<h2>Score (?!by )", one)]) == 1
    assert finding(page("country", {"operation": "a-op"})).count("Score") == 1


@pytest.mark.usefixtures("plain_store")
def test_answers_are_called_as_the_scale_calls_them(page: OpenPage) -> None:
    legend = "Yes Mostly, Somewhat No Does not apply Do not know unanswered"
    assert legend in keys(page("number", {"country": "AAA"}))
    review = finding(page("review", {"criterion": "T1.a"}))
    assert "1 Yes, 1 Mostly, Somewhat, 1 Do not know" in review


@pytest.mark.usefixtures("plain_store")
def test_a_criterion_without_a_source_says_so_and_has_nothing_to_verify(page: OpenPage, words: Words) -> None:
    shown = cells(page("number", {"country": "AAA"}))
    assert words("review.no_citation") in shown
    assert words("verification.to_verify") not in shown


@pytest.fixture
def levels_store(publish_once: PublishOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard of one kind, with criteria that count the other way round, without functions, rights and risks."""
    monkeypatch.setenv("DASHBOARD_STORE", str(publish_once("levels", [LEVELS])))


@pytest.mark.usefixtures("levels_store")
def test_gaps_to_close_move_the_score(page: OpenPage) -> None:
    titles = [said(f"whatif.ready_gaps_alone.{n}") for n in ("one", "other")]
    shown = [text.strip("*") for text in texts(page("whatif"))]
    assert any(title.fullmatch(text) for title in titles for text in shown), shown


@pytest.mark.usefixtures("levels_store")
@pytest.mark.parametrize(
    "place", rest_thorough(["changes", "country/answers", "compare", "frameworks", "plan/effects"], now=2)
)
def test_a_page_says_which_criteria_count_the_other_way_round(place: str, page: OpenPage, words: Words) -> None:
    name, _, part = place.partition("/")
    app = page(name, {"operation": "b-op"} | ({"part": part} if part else {}))
    nothing_failed(app)
    lines = [line for text in (*cells(app), *texts(app)) for line in text.splitlines()]
    marked = [line for line in lines if words("standard.reversed") in line]
    assert marked
    assert not any("There is a policy" in line or "A person answers" in line for line in marked)


@pytest.mark.usefixtures("levels_store")
def test_the_method_speaks_of_respect_and_support_only_if_a_standard_has_both(page: OpenPage) -> None:
    app = page("data", {"part": "sources"})
    assert tells(app, "method.apart_alone")
    assert not tells(app, "method.apart")


@pytest.mark.usefixtures("levels_store")
def test_nothing_is_said_of_what_the_data_do_not_have(page: OpenPage) -> None:
    todo = page("plan")
    assert not tells(todo, "plan.list_severe.other")
    assert tells(todo, "plan.list_overdue.other", n=0)
    owed = page("collect", {"part": "owed", "round": "R1"})
    assert any(said(f"owed.left_alone.{n}").search(finding(owed)) for n in ("one", "other"))
    assert any(said("owed.undated").fullmatch(cell) for cell in cells(owed))
    assert tells(page("country", {"part": "facts"}), "country.no_facts")
    book = [text for text in texts(page("collect", {"part": "collect"})) if "questions from all its standards" in text]
    assert [text for text in book if text.endswith("already answered.")]
    assert not [text for text in book if "one for each" in text]


@pytest.mark.thorough
def test_what_if_calls_areas_as_the_standard_does(
    tmp_path: Path, publish_once: PublishOnce, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(LEVELS, tmp_path / "levels")
    file = own / "frameworks/levels/framework.yaml"
    file.write_text(file.read_text().replace("coverage_limit:", "area_word: practice; practices\ncoverage_limit:"))
    monkeypatch.setenv("DASHBOARD_STORE", str(publish_once("practices", [own])))
    assert choices(page("whatif"), "show_as")["area"] == "A whole practice"
    app = page("plan/effects", {"operation": "b-op"})
    assert any("1 Rules" in title for title in choices(app, "focus").values())
    assert any('data-field="focus" aria-label="Practice"' in html.proto.body for html in app.get("html"))
