"""Does any text use a word that the glossary rejects? It lists them with better ones, and exempt titles."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8").partition("## Words that are not used\n")
REFUSED = re.findall(r"^\| ([a-z ]+) \| (.+) \|$", GLOSSARY[2].replace("| not | but |", ""), re.M)
TITLES = [" ".join(title.split()) for title in re.findall(r"\*([A-Z][^*]{20,})\*", GLOSSARY[2])]
ENDINGS = {".md", ".yaml", ".csv"}
PLACES = ("frameworks", "src/dashboard/words", "docs", "data", "README.md", "CHANGELOG.md", "CONTRIBUTING.md")


def texts() -> Iterator[Path]:
    for place in PLACES:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in ENDINGS)


def said(text: str) -> list[tuple[str, str]]:
    """The rejected words in a text, each with the better one; also found across line ends and with hyphens."""
    text = " ".join(text.split())
    for title in TITLES:
        text = text.replace(title, "")
    return [(word, better) for word, better in REFUSED if re.search(pattern(word), text, re.IGNORECASE)]


def pattern(word: str) -> str:
    """A word with all its endings, and with spaces or hyphens."""
    return r"\b" + word.replace(" ", r"[ -]+")


@pytest.mark.parametrize("path", list(texts()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_says_a_refused_word(path: Path) -> None:
    text = path.read_text("utf-8")
    assert said("".join(GLOSSARY[:1]) if path.name == "glossary.md" else text) == []


def test_the_list_is_read_and_a_title_may_keep_its_words() -> None:
    assert len(REFUSED) > 10
    assert all(better for _, better in REFUSED)
    assert said("Reports of child pornography rose.") == [REFUSED[0]]
    assert [word for word, _ in said("a child-\nprostitute")] == ["child prostitute"]
    assert len(TITLES) == 1
    assert said(f"ratified: {TITLES[0]}") == []
