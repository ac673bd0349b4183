"""Does every row of `docs/group-changes.md` do what the page says, in the order in which it stands there?"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.tasks.closed_figures import changes_in
from tests.conftest import ROOT, copy_of

BLOCK = re.compile(r"```csv (\w+)\n(.*?)```", re.DOTALL)
ASKED = """
    SELECT DISTINCT operation FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
    WHERE round = '{}' ORDER BY ALL
"""
SAID: tuple[tuple[str, ...], ...] = (
    (),
    ("operation_ends",),
    (),
    ("operation_ends",),
    ("operation_ends",),
    ("renamed",),
    ("recoded",),
    ("recoded",),
)
"""What is noted about each block, of what this page is about."""
ABOUT = {"operation_ends", "renamed", "recoded"}


def asked(store: Path, question: str) -> list[tuple[Any, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        return cursor.execute(question).fetchall()


@pytest.mark.thorough
def test_the_rows_of_the_page_do_what_it_says(sample_store: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    store, folder = copy_of(sample_store, tmp_path / "store"), tmp_path / "files"
    folder.mkdir()
    before, first = {code for (code,) in asked(store, ASKED.format("2025"))}, Reader(store).current()
    n_answers = asked(store, "SELECT count(*) FROM answer")
    said = []
    for form, text in BLOCK.findall((ROOT / "docs/group-changes.md").read_text("utf-8")):
        (folder / f"{form}.csv").write_text(text, "utf-8")
        outcome = publish(Load(store, [folder / f"{form}.csv"], writer, today))
        assert outcome.revision is not None
        assert not any(one.serious for one in outcome.problems)
        said.append(tuple(one.kind for one in outcome.problems if one.kind in ABOUT))
    assert tuple(said) == SAID
    renamed = (before - {"gha-op"}) | {"ghana-mobile"}
    assert {code for (code,) in asked(store, ASKED.format("2025"))} == renamed
    ended = {"bol-op", "col-op", "rwa-op"}
    assert {code for (code,) in asked(store, ASKED.format("2026"))} == renamed - ended | {
        "col-mobile", "col-home", "gtm-home",
    }  # fmt: skip
    assert asked(store, "SELECT count(*) FROM answer JOIN round USING (round_no) WHERE round <> '2026'") == n_answers
    now = Reader(store).current()
    assert first is not None
    assert now is not None
    assert changes_in({"2023", "2024", "2025"}, first, now) == ()
