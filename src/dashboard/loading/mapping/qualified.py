"""What does a cell say in addition to its answer? `Yes, except in 2 regions` and `Yes*` are not a plain yes."""

import re
from collections.abc import Callable, Collection, Iterator

SIGNS = "*†‡§¶#^~?¿¹²³⁰⁴⁵⁶⁷⁸⁹"
"""Marks of a footnote or of doubt."""
PARTED = re.compile(r"\s+[-–—]\s+|[:;,()|/]\s*")
_NUMBERING = re.compile(r"\W*\w{0,2}\W*")
_WORD_ENDS = re.compile(r"(?<=\w)(?=\W)")


def qualified(text: str, only: Callable[[str], str | None], names: Collection[str]) -> tuple[str, str] | None:
    """Return the code that a cell names and what else it says, if anything; None for a cell of a single word.

    `only` gives the single code of a word. `names` are codes and titles in lower case: whatever is in them is plain.
    """
    text = text.strip()
    if text.casefold() in names or not any(sign.isalpha() for sign in text):
        return None
    known = only(text) if "(" in text.strip("()") else None
    if known is None and only(text) is not None and not set(text) & set(SIGNS):
        return None
    for word, rest in _splits(text):
        code, beside = only(word), _tidy(rest)
        if code is None or not beside:
            continue
        numbering = text.startswith(rest) and _NUMBERING.fullmatch(rest)
        return (code, "") if numbering or only(beside) == code else (known or code, beside)
    return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to split a cell: without its marks, its beginning from long to short, each part between signs."""
    without = text.strip(SIGNS + " ")
    if without != text:
        yield without, text.replace(without, "", 1)
    for end in reversed([found.start() for found in _WORD_ENDS.finditer(text)]):
        word = text[:end].rstrip(SIGNS)
        if word.count("(") == word.count(")"):
            yield word, text[len(word) :]
    for part in PARTED.split(text):
        if part.strip():
            yield part, text.replace(part, "", 1)


def _tidy(rest: str) -> str:
    """Return the rest of a cell, without the signs that joined it to the word."""
    rest = rest.strip(" -–—:;,.|/")
    return rest[1:-1].strip() if rest[:1] == "(" and rest.endswith(")") and "(" not in rest[1:] else rest
