"""The sample a round later: what pages say where an operation has left, and where two begin with a short start.

What is expected needs no program: no answer is new, so nothing has moved, and a short start is in no figure.
"""

from pathlib import Path

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.tasks.preview import change_lines, preview
from tests.conftest import READ_ON
from tests.next_round import BEFORE, NEW, ROUND, write_files
from tests.ui.conftest import (
    OpenPage,
    cells,
    cookies,
    finding,
    here,
    looked_for_once,
    nothing_failed,
    page,
    session_ends,
    tells,
    told,
    unfold,
    warm,
)

__all__ = ["cookies", "here", "looked_for_once", "page", "session_ends", "warm"]
NOTHING_MOVED = "on 120 matched answers in 8 countries: 0 improved, 0 worsened."


@pytest.fixture(autouse=True)
def there(here: None, monkeypatch: pytest.MonkeyPatch, next_round_store: Path) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(next_round_store))


def said_on(page: OpenPage, place: str, **query: str) -> str:
    """The opening sentence of a page of the new round."""
    app = page(place, {"round": ROUND, **query})
    nothing_failed(app)
    return finding(app)


def test_overview_counts_a_short_start_apart(page: OpenPage) -> None:
    app = page("overview", {"round": ROUND})
    assert "the mean of 8 of 9 countries (those with enough answers)" in finding(app)
    assert "1 other country has only a short start." in finding(app)
    assert finding(page("overview", {"round": ROUND, "country": "HND"})).startswith("Only a short start is asked here")
    assert "started" not in finding(page("overview", {"round": BEFORE}))
    cards = " ".join(told(app))
    assert "8 of 9 countries" in cards
    assert "of 10 countries" not in cards


def test_nothing_moves_where_nothing_was_answered_anew(page: OpenPage) -> None:
    assert NOTHING_MOVED in said_on(page, "changes")
    guatemala = page("changes", {"round": ROUND, "country": "GTM"})
    assert "on 12 matched answers in 1 country: 0 improved, 0 worsened." in finding(guatemala)
    assert tells(guatemala, "changes.newly_asked_everything.other", who="Savandina Guatemala Home", n=11)
    assert "50" in said_on(page, "heatmap", country="GTM")
    assert said_on(page, "changes", country="HND").startswith("Only a short start is asked here")


def test_a_short_start_does_not_make_others_hard_to_compare(page: OpenPage) -> None:
    app = page("heatmap", {"round": ROUND})
    assert tells(app, "heatmap.not_comparable.other", n_apply_to_all=12, n_criteria=17)


def test_what_nobody_has_judged_yet_is_not_called_addressed(page: OpenPage) -> None:
    """The new country rates 18 risks as severe and 34 as serious; of 15 and 32, nothing is asked yet."""
    risks = page("risks", {"round": ROUND})
    assert "15 severe ratings are not judged yet: only a short start is asked." in finding(risks)
    rows = [cell for cell in cells(unfold(risks)) if "not judged yet (short start)" in cell]
    assert len(rows) == 15 + 32
    own = page("country/own_risks", {"round": ROUND, "operation": NEW})
    assert "18 severe. 3 severe gaps. 15 severe ratings are not judged yet" in finding(own)
    before = page("risks", {"round": BEFORE})
    assert "37 severe ratings are partly addressed." in finding(before)
    assert "not judged yet" not in finding(before)
    assert any("partly addressed: 2 of 5" in cell for cell in cells(unfold(before)))


def test_answers_that_only_moved_on_to_another_version_are_not_called_changed(
    sample_store: Path, tmp_path: Path
) -> None:
    """The file repeats each answer of the round before, and only the edition of a standard is a new one."""
    found = preview(sample_store, [write_files(tmp_path / "files")], READ_ON, tmp_path)
    of_before = {state: found.changes.n(state, round=BEFORE) for state in ("new", "changed", "moved_on")}
    assert of_before == {"new": 0, "changed": 0, "moved_on": 287}, "as many as there are answers of CRBP"
    assert found.changes.anything
    assert not found.changes.asks
    said = " ".join(line.text for line in change_lines(found.changes, lambda _, code: code, read_words("en")))
    assert "belong to another version of the standard now; the same answers" in said
    assert "changed" not in said
