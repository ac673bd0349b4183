"""Do pages show the wording an answer was given to, and do old links find what was renamed?"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.words import Words
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import copy_of
from tests.ui.conftest import cells, nothing_failed, shown, tables, tells, texts

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def changed_store(
    tiny_store: Path, tiny: Path, tmp_path_factory: pytest.TempPathFactory, writer: Writer, today: date
) -> Path:
    folder = tmp_path_factory.mktemp("changed")
    store = copy_of(tiny_store, folder / "store")
    root = Path(shutil.copytree(tiny / "frameworks", folder / "frameworks"))
    path = root / "toy" / "framework.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ('version: "1.0"', 'version: "1.1"'),
        ("criterion: T1.a", "criterion: T1.first\n        formerly: [T1.a]"),
        ("text: No toy is sharp.", 'text: No toy is *sold* blunt.\n        since: "1.1"'),
        ("text: Prices are told.", "text: Every price is told."),
        ("area: T1\n", "area: Play\n    formerly: [T1]\n"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    crosswalk = root / "shared" / "crosswalk.yaml"
    crosswalk.write_text(crosswalk.read_text("utf-8").replace("T1", "Play"), "utf-8")
    answers = folder / "answers.csv"
    answers.write_text("round,operation,criterion,status\nR2,b-op,T1.first,yes\n")
    outcome = publish(Load(store, [root, answers], writer, today))
    assert outcome.revision is not None, outcome.problems
    return store


@pytest.fixture
def changed(changed_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the toy group, whose standard has since renamed, reversed and improved one criterion each. Read-only."""
    monkeypatch.setenv("DASHBOARD_STORE", str(changed_store))
    return changed_store


@pytest.mark.usefixtures("changed")
def test_the_country_page_marks_answers_to_older_words_and_has_the_words_in_reach(page: OpenPage) -> None:
    app = page("country/answers", {"operation": "a-op", "round": "R1"})
    nothing_failed(app)
    # An answer that is not implemented is followed by a link to an action.
    assert {"○ No · version 1.0", "● Yes · version 1.0"} <= {cell.split("  \n")[0] for cell in cells(app)}
    assert tells(app, "older.line", criterion="T1.first", version="1.0", text="No toy is sharp.")
    assert tells(app, "older.turned", version="1.1")
    assert tells(app, "older.line", criterion="T2.a", version="1.0", text="Prices are told.")
    assert tells(app, "older.reworded")


@pytest.mark.usefixtures("changed")
def test_where_the_present_words_were_answered_nothing_is_said_of_versions(page: OpenPage) -> None:
    app = page("country/answers", {"operation": "b-op", "round": "R2"})
    nothing_failed(app)
    assert "● Yes" in cells(app)
    assert not any("version 1." in text for text in (*cells(app), *texts(app)))
    assert not tells(app, "older.line")


@pytest.mark.thorough
@pytest.mark.usefixtures("changed")
def test_an_old_link_opens_the_review_of_the_criterion_by_its_new_name(page: OpenPage, words: Words) -> None:
    app = page("review", {"criterion": "T1.a", "principle": "T1", "round": "R2"})
    nothing_failed(app)
    assert not app.warning
    assert shown(app, "criterion") == "T1.first"
    assert app.session_state["principle"] == ["Play"]
    (table,) = tables(app)
    statuses = dict(zip(table[words("column.operation_title")], table[words("column.status_title")], strict=True))
    assert statuses["Toys of Aland"] == "◉ Mostly · version 1.0"
    assert statuses["Beland"] == "● Yes"
    assert statuses["More toys of Aland"] == "· unanswered"
    assert tells(app, "older.line", criterion="T1.first", version="1.0", text="No toy is sharp.")


@pytest.mark.thorough
@pytest.mark.usefixtures("changed")
def test_the_explanation_of_a_number_says_how_many_answers_are_to_older_words(page: OpenPage) -> None:
    app = page("number", {"round": "R1", "country": "AAA"})
    nothing_failed(app)
    told = [cell.split("  \n")[0] for cell in cells(app)]
    assert any(cell.endswith("1 answer is to the wording of version 1.0: “No toy is sharp.”") for cell in told), told


@pytest.mark.thorough
@pytest.mark.usefixtures("changed")
def test_data_and_method_lists_every_version_with_its_day(page: OpenPage, words: Words, today: date) -> None:
    app = page("data")
    nothing_failed(app)
    (table,) = [found for found in tables(app) if words("column.published") in found.columns]
    assert table.to_numpy().tolist() == [
        ["A standard for toys, version 1.1", f"{words.shown(today)}, publication 2", "1", "asks the same as today"],
        [
            "A standard for toys, version 1.0",
            f"{words.shown(today)}, publication 1",
            "8",
            "1 criterion asks something different today, 1 text has been reworded since",
        ],
    ]
    assert tells(app, "data.versions_help")
