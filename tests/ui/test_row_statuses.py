"""Does a grid over several scales show each row in its own words, and refuse those of another row?"""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.plan import Action
from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.store.publishing.save_rows import Check, save_rows, stored_rows
from dashboard.store.reader import Reader
from dashboard.ui.collect.review_drafts import EDITOR as REVIEWS
from dashboard.ui.editing.edit_grid import RowStatuses
from dashboard.ui.plan.actions import EDITOR
from tests.conftest import LEVELS, TODAY, WRITER, PublishOnce, copy_of
from tests.ui.collect.assessing import answer, as_somebody, offered
from tests.ui.conftest import OpenPage, choose, nothing_failed, set_drafts, tells

POLICY, ADVERTS = {"1": "Written", "0": "None"}, {"1": "None at all", "0": "Many", "x": "No apps"}
SHARE = {str(n): str(n) for n in range(101)}


@pytest.fixture
def mixed() -> RowStatuses:
    return RowStatuses({1: POLICY, 2: ADVERTS, 3: SHARE}, {"P": 1, "A": 2})


@pytest.fixture(scope="module")
def levels_store(publish_once: PublishOnce, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = copy_of(publish_once("levels", [LEVELS]), tmp_path_factory.mktemp("levels") / "store")
    acts = [Action("", "a-op", f"Act on {code}", due_on="2030-01-01", criterion=code) for code in ("L1.1", "L1.2")]
    saved = save_rows(store, [Draft(None, act) for act in acts], WRITER, TODAY)
    assert saved.problems == ()
    return store


@pytest.fixture
def levels(levels_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open the app on a standard with several scales, and an action for questions of two of them. Read-only."""
    monkeypatch.setenv("DASHBOARD_STORE", str(levels_store))
    return levels_store


def test_a_code_of_several_scales_has_the_title_of_its_row(mixed: RowStatuses) -> None:
    titles = mixed.options()
    for criterion, scale in (("P", POLICY), ("A", ADVERTS)):
        for code, title in scale.items():
            cell = mixed.cell(criterion, code)
            assert cell is not None
            assert titles[cell] == title
            assert mixed.status(criterion, cell) == code
    assert (mixed.cell("A", "x"), mixed.cell("P", "")) == ("x", None)
    assert mixed.status("P", None) == ""


def test_a_word_of_another_row_is_refused_with_the_words_of_its_own(mixed: RowStatuses, words: Words) -> None:
    cell = mixed.cell("A", "1")
    refused = mixed.status("P", cell)
    assert mixed.refusal("P", refused, "A-001", words) == words(
        "edit.other_scale", row="A-001", title="None at all", own="Written, None"
    )
    assert [mixed.refusal(*row, "A-001", words) for row in (("P", "1"), ("P", ""), ("elsewhere", "1"))] == ["", "", ""]


def test_a_single_scale_offers_its_codes_and_a_long_one_names_its_ends(words: Words) -> None:
    alone = RowStatuses({1: POLICY, 3: SHARE}, {"P": 1})
    assert list(alone.options()) == list(POLICY)
    long = RowStatuses({3: SHARE}, {"S": 3})
    assert "0 … 100" in long.refusal("S", "101", "A-001", words)


@pytest.mark.thorough
def test_the_plan_refuses_a_word_of_another_question_and_saves_the_other_rows(page: OpenPage, levels: Path) -> None:
    app = as_somebody(page("plan", {"show_as": "grid"}))
    nothing_failed(app)
    (grid,) = [frame.value for frame in app.dataframe]
    subject = dict(zip(grid["action"], grid["subject"], strict=True))
    one, two = sorted(subject, key=lambda id_: subject[id_])
    published = Reader(levels).current()
    assert published is not None
    with published.connection as connection:
        acts = {key[0]: row for key, row in stored_rows(connection, Action).items()}
    expected = dict.fromkeys(acts, "2") | {one: "2 · In most"}
    typed = {id_: replace(act, expected_status=expected[id_]) for id_, act in acts.items()}
    set_drafts(app, EDITOR, {id_: Draft(act, typed[id_]) for id_, act in acts.items()})
    app.run()
    assert tells(app, "edit.other_scale", row=one)
    assert not tells(app, "edit.other_scale", row=two)
    assert offered(app, "edit.save_all.one")


@pytest.mark.thorough
def test_the_review_refuses_a_word_of_another_question(page: OpenPage, levels: Path) -> None:
    app = as_somebody(page("collect", {"part": "check"}))
    choose(app, show_as="grid")
    nothing_failed(app)
    (grid,) = [frame.value for frame in app.dataframe]
    assert "L1.1" in set(grid["criterion"])
    key = ("R2", "a-op", "L1.1")
    was = Check(answer(levels, key), None, "")
    set_drafts(app, REVIEWS, {key: Draft(was, replace(was, verdict="checked", rated_status="no_apps"))})
    app.run()
    assert tells(app, "edit.other_scale", row="a-op, L1.1")
