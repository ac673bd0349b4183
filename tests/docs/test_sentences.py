"""Are the sentences that people read short? Half of them have less than sixteen words."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

FEWEST = 3
"""A text of fewer words is a label."""
MOST = 16
READ = {
    "words": ("src/dashboard/words/*.yaml",),
    "guidance": ("frameworks/guidance/*.md",),
    "cases": ("frameworks/cases/*.md",),
    "tours": ("frameworks/tours/*.yaml",),
    "docs": ("docs/*.md", "README.md"),
}


def texts_of(path: Path) -> Iterator[str]:
    """What people read: every text of a YAML file; of a Markdown file its paragraphs and points, not its settings."""
    text = path.read_text("utf-8")
    if path.suffix == ".yaml":
        yield from values(yaml.safe_load(text))
    else:
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        yield from (part for part in re.split(r"\n\s*\n|\n(?=[-|#]|\d+\. )", body) if part.lstrip()[:1] not in "|#")


def values(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from values(one)
    elif isinstance(node, str):
        yield node


def lengths(texts: Iterator[str]) -> list[int]:
    """How many words each sentence has."""
    sentences = (one for text in texts for one in re.split(r"(?<=[.?!])\s+", text))
    return [n for one in sentences if (n := len(re.findall(r"[^\s·]*\w[^\s·]*", one))) >= FEWEST]


@pytest.mark.parametrize("place", READ)
def test_half_of_the_sentences_are_short(place: str) -> None:
    paths = [path for pattern in READ[place] for path in ROOT.glob(pattern)]
    found = lengths(text for path in paths for text in texts_of(path))
    assert len(found) > 100
    assert median(found) < MOST


def test_sentences_are_told_apart_and_labels_are_none() -> None:
    assert lengths(iter(["Two words", "One text has two. Is this one? Yes."])) == [4, 3]
