"""Are answers and reviews exported as files that change nothing if they are imported again?"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.exports.csv_files import long_form
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import ANSWERS_TO_HAND_IN, REVIEWS_TO_HAND_IN
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from tests.conftest import WRITER, MakeView, copy_of

TABLES = ("answer", "review", "tally", "reviewed")


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in TABLES}


@pytest.mark.thorough
@pytest.mark.parametrize("operation", ["gha-op", "cod-op"])
@pytest.mark.parametrize("framework", ["crbp", "cop-2014"])
def test_what_is_exported_is_what_is_stored(
    framework: str, operation: str, view_of: MakeView, sample_store: Path, tmp_path: Path
) -> None:
    view = view_of(framework=framework, operation=operation)
    found: dict[str, Sequence[Mapping[str, object]]] = {
        "answers": rows(view.published, ANSWERS_TO_HAND_IN, view.parameters()),
        "reviews": rows(view.published, REVIEWS_TO_HAND_IN, view.parameters()),
    }
    kept = [name for name, lines in found.items() if lines]
    assert kept
    for name, lines in found.items():
        (tmp_path / f"{name}.csv").write_bytes(long_form(name, lines))
    store = copy_of(sample_store, tmp_path / "store")
    before = content(store)
    # Reviews alone, answers alone, and both.
    for files in (*([name] for name in kept), kept):
        outcome = publish(Load(store, [tmp_path / f"{name}.csv" for name in files], WRITER, date.today()))
        assert (outcome.revision is not None, outcome.problems) == (True, ())
        assert content(store) == before


def test_an_export_of_nothing_is_a_header() -> None:
    assert long_form("reviews", []).decode("utf-8-sig").startswith("round,operation,criterion,verdict,")
