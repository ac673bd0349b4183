"""Does an approval say when one of its figures has changed since, by a publication or by going back to one?"""

import shutil
from pathlib import Path

import pytest

from dashboard.model.answer import ApprovalLevel
from dashboard.model.words import Words
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.store.upkeep import revert
from dashboard.tasks.approvals import (
    approval_said,
    as_level,
    figures_of_levels,
    levels_of,
    moved_said,
    moved_since,
    said_of,
)
from tests.conftest import TODAY
from tests.store.publishing.test_approvals import BELOW, CHIEF, EVERY_LEVEL, HEAD, approved, handed_in, row


def now(store: Path) -> Published:
    published = Reader(store).current()
    assert published is not None
    return published


def told(store: Path, words: Words) -> dict[str, str]:
    """By code, what is said of the figures of each level that have moved."""
    published = now(store)
    found = levels_of(published, "R1")
    moved = moved_since(published, found)
    said = {as_level(one).place: moved_said(one, moved.get(as_level(one), ()), words) for one in found}
    return {place: text for place, text in said.items() if text}


@pytest.fixture
def signed(store: Path, tmp_path: Path) -> Path:
    approved(store, tmp_path)
    return store


def weighed(store: Path, tmp_path: Path, tiny: Path) -> None:
    """Publish the standard with another weight, which moves figures and no answer."""
    frameworks = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    path = frameworks / "toy" / "framework.yaml"
    text = path.read_text("utf-8")
    text = text.replace('version: "1.0"', 'version: "1.1"').replace("weight: 3", "weight: 1", 1)
    path.write_text(text, "utf-8")
    outcome = publish(Load(store, [frameworks], CHIEF, TODAY))
    assert outcome.revision is not None, outcome.problems


def test_a_figure_that_moves_is_marked_wherever_its_approval_stands(
    signed: Path, tmp_path: Path, tiny: Path, words: Words
) -> None:
    assert told(signed, words) == {}
    was = figures_of_levels(now(signed), [ApprovalLevel("R1", "a-op")])[ApprovalLevel("R1", "a-op")][0].percent
    weighed(signed, tmp_path, tiny)
    after = figures_of_levels(now(signed), [ApprovalLevel("R1", "a-op")])[ApprovalLevel("R1", "a-op")][0].percent
    assert was != after
    said = told(signed, words)
    assert said["a-op"] == f"changed since approval: Toys of Aland TOY {was} → {after}"
    assert {"AAA", ""} <= said.keys()
    assert "toy-hq" not in said
    assert "; changed since approval: The group TOY" in approval_said(now(signed), "R1", (), words)


def test_going_back_takes_the_mark_away_and_forth_again_brings_it(
    signed: Path, tmp_path: Path, tiny: Path, words: Words
) -> None:
    weighed(signed, tmp_path, tiny)
    marked = told(signed, words)
    assert marked
    assert revert(signed, 2, CHIEF).revision is not None
    assert told(signed, words) == {}
    assert revert(signed, 3, CHIEF).revision is not None
    assert told(signed, words) == marked


def test_who_speaks_for_what_is_shown(signed: Path, tmp_path: Path, words: Words) -> None:
    said = "approved by the head of sustainability on 3 Jun 2025"
    assert approval_said(now(signed), "R1", (), words) == said
    assert approval_said(now(signed), "R1", ("AAA",), words) == said
    assert approval_said(now(signed), "R1", ("AAA", "BBB"), words) == ""
    assert approval_said(now(signed), "R2", ("BBB",), words) == "not approved"
    assert handed_in(signed, tmp_path, HEAD + row(BELOW[1], "reopened", "Wrong")).problems == ()
    again = "opened again by the head of sustainability on 3 Jun 2025"
    assert approval_said(now(signed), "R1", (), words) == again
    assert len(EVERY_LEVEL) == len(levels_of(now(signed), "R1"))


def test_a_hidden_role_is_any_role(published: Published, words: Words) -> None:
    found = next(one for one in levels_of(published, "2024") if one["state"])
    for role, said in ((words("safe.role"), "a role"), ("Managing director", "the managing director")):
        found["role"] = role
        assert said_of(found, words).startswith(f"approved by {said} on ")
