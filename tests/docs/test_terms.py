"""Does any text use a word that the glossary rejects? It lists them with better ones, and exempt titles."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

BEFORE, _, LISTS = (ROOT / "docs/glossary.md").read_text("utf-8").partition("## Words that are not used\n")
HARMFUL, _, CLUMSY = LISTS.partition("## Words we replace\n")
REFUSED = re.findall(r"^\| ([a-z ]+) \| (.+) \|$", HARMFUL.replace("| not | but |", ""), re.M)
ROWS = [row for row in re.findall(r"^\| ([a-z ,]+) \| (.+?) \|(.*)\|$", CLUMSY, re.M) if row[0] != "not"]
REPLACED = [(word, better) for words, better, _ in ROWS for word in words.split(", ")]
TITLES = [" ".join(title.split()) for title in re.findall(r"\*([A-Z][^*]{20,})\*", HARMFUL)]
RIGHT = [context for row in ROWS for context in re.findall(r"\*([^*]+)\*", row[2])]
"""Contexts in which a word that we replace is the right one."""
ENDINGS = {".md", ".yaml", ".csv"}
PLACES = ("frameworks", "src/dashboard/words", "docs", "data", "README.md", "CHANGELOG.md", "CONTRIBUTING.md")


def texts() -> Iterator[Path]:
    for place in PLACES:
        path = ROOT / place
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in ENDINGS)
        # Other languages, and the list of terms, are held against their own words in `soundness/test_languages.py`.
        yield from (p for p in files if p.stem == "en" or not (re.fullmatch("[a-z]{2}", p.stem) or p.stem == "terms"))


def said(text: str) -> list[tuple[str, str]]:
    """The rejected words in a text, each with the better one; also found across line ends and with hyphens."""
    text = " ".join(text.split())
    for kept in (*TITLES, *RIGHT):
        text = text.replace(kept, "")
    if not ANY.search(text):
        return []
    return [pair for pair, wanted in PATTERNS.items() if re.search(wanted, text, re.IGNORECASE)]


def pattern(word: str) -> str:
    """A word with all its endings, and with spaces or hyphens."""
    return r"\b" + word.replace(" ", r"[ -]+")


PATTERNS = {pair: pattern(pair[0]) for pair in REFUSED} | {pair: f"{pattern(pair[0])}\\b" for pair in REPLACED}
ANY = re.compile("\\b(?:" + "|".join(wanted.removeprefix(r"\b") for wanted in PATTERNS.values()) + ")", re.IGNORECASE)


def test_no_text_says_a_refused_word() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): said(BEFORE if path.name == "glossary.md" else path.read_text("utf-8"))
        for path in texts()
    }
    assert len(found) > 200
    assert {path: words for path, words in found.items() if words} == {}


def test_the_list_is_read_and_a_title_may_keep_its_words() -> None:
    assert len(REFUSED) > 10
    assert all(better for _, better in REFUSED)
    assert said("Reports of child pornography rose.") == [REFUSED[0]]
    assert [word for word, _ in said("a child-\nprostitute")] == ["child prostitute"]
    assert len(TITLES) == 1
    assert said(f"ratified: {TITLES[0]}") == []


def test_a_word_that_we_replace_is_found_whole_and_may_stand_where_it_is_right() -> None:
    assert len(REPLACED) > 50
    assert [word for word, _ in said("The Gravest risks. Import it, do not hand it\nin.")] == ["gravest", "hand it in"]
    assert said("The gravel barrier is on a mountain.") == []
    assert len(RIGHT) == 4
    assert said("It is an opportunity for good.") == []
    assert [word for word, _ in said("It is closed for good.")] == ["for good"]
