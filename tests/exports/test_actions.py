"""Do actions that were written to a file and imported again stay the same, whatever their texts contain?"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.exports.csv_files import records_csv
from dashboard.model.plan import Action
from dashboard.model.records import RECORDS, as_csv
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import stored_rows
from dashboard.store.reader import Reader
from tests.conftest import TODAY, WRITER, copy_of, most

ODD = [
    '"',
    '""',
    "'",
    ",",
    ";",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "|",
    "=1+1",
    "+1",
    "-1",
    "@a",
    "\\",
    "#",
    "\ufeff",
    "é",
    "한",
    "NULL",
]
TEXTS = st.lists(st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs", "Cc"]))), max_size=5)
PLAIN = Action(operation="a-op", text="x", due_on="2026-05-01", criterion="T1.a", status="blocked")
PLANNED = replace(PLAIN, cost="high")
SPACES = " \t\xa0"
"""What is stripped around every cell that is read."""


def stored(store: Path) -> dict[str, Action]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {key[0]: row for key, row in stored_rows(connection, Action).items()}


def test_actions_of_odd_texts_come_back_as_they_went_out(tiny_store: Path) -> None:
    come_back(tiny_store, [([text], [text], [text]) for text in ODD if text.strip()])


@pytest.mark.thorough
@settings(max_examples=most(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_actions_come_back_as_they_went_out(tiny_store: Path, written: list[tuple[list[str], ...]]) -> None:
    come_back(tiny_store, written)


def come_back(tiny_store: Path, written: Sequence[tuple[list[str], ...]]) -> None:
    """Write actions with these texts, publish them, and publish what is then written."""
    actions = [
        replace(
            PLANNED,
            action=f"A-{n:03}",
            text="".join(text) or "x",
            owner_role="".join(owner),
            reason="".join(reason),
            effort=("low", "")[n % 2],
            cause="".join(reason),
        )
        for n, (text, owner, reason) in enumerate(written)
    ]
    with TemporaryDirectory() as folder:
        store = copy_of(tiny_store, Path(folder) / "store")
        file = Path(folder) / "actions.csv"
        file.write_bytes(records_csv("actions", actions))
        publish(Load(store, [file], WRITER, TODAY))
        first = stored(store)
        for action in actions:
            if action.text.strip(SPACES):
                found = first[action.action]
                assert found.text == action.text.strip(SPACES)
                assert found.owner_role == action.owner_role.strip(SPACES)
                assert found.cause == action.cause.strip(SPACES)
                assert (found.effort, found.cost) == (action.effort, "high")
        if not first:
            return
        file.write_bytes(records_csv("actions", first.values()))
        outcome = publish(Load(store, [file], WRITER, TODAY))
        assert (outcome.revision is not None, outcome.problems) == (True, ())
        assert stored(store) == first


def test_a_file_has_every_column_of_the_form_and_a_mark_of_its_encoding() -> None:
    content = records_csv("actions", [])
    assert content.startswith(b"\xef\xbb\xbfaction,round,operation,")
    assert content.decode("utf-8-sig") == ",".join(RECORDS["actions"].names) + "\r\n"
    assert content.decode("utf-8-sig") == as_csv(RECORDS["actions"], [])
