"""Lists what people call our columns and words, and separates what a cell says in addition to its answer.

Synonyms are our own names, their titles in every language, and usual further ones. `Yes, except in 2 regions` and
`Yes*` are not a plain yes.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.loading.yaml_file import further, languages, own_values, read_words
from dashboard.model.mapping import Called, bare
from dashboard.model.plan import STATUSES
from dashboard.model.records import EVIDENCE

TITLED: Mapping[str, Mapping[str, str]] = {
    "evidence": {code: f"evidence.{code}" for code in EVIDENCE},
    "confidence": {code: f"confidence.{code}" for code in ("low", "medium", "high")},
    "action_status": {code: f"action_status.{code}" for code in STATUSES},
    "priority": {code: f"plan.priority_{code}" for code in ("high", "medium", "low")},
    **{name: {code: f"plan.priority_{code}" for code in ("low", "medium", "high")} for name in ("effort", "cost")},
    "found": {code: f"mapping.found_{code}" for code in ("yes", "none")},
}
"""Fixed lists: the codes of each, with the key of the sentence that is its title."""


@dataclass(frozen=True)
class Synonyms:
    """Normalised names by our column; names by word of each fixed list; names of months."""

    columns: Mapping[str, frozenset[str]]
    values: Mapping[str, Called]
    months: Mapping[str, int]


def synonyms() -> Synonyms:
    """Return the built-in synonyms and the titles in every language of the words. Raises ValueError if invalid."""
    return _synonyms(further())


@cache
def _synonyms(_more: Path | None) -> Synonyms:
    content = own_values(Path(__file__).with_name("synonyms.yaml"))
    columns = {
        column: frozenset(
            bare(str(name)) for name in (*names, *_titles(f"column.{column}"), *_titles(f"mapping.ours_{column}"))
        )
        for column, names in content["columns"].items()
    }
    values = {
        name: {str(word): tuple(str(called) for called in names) for word, names in words.items()}
        for name, words in content["values"].items()
    }
    for name, titles in TITLED.items():
        values[name] = {code: (*_titles(key), *values[name].get(code, ())) for code, key in titles.items()}
    months = {str(name).casefold(): int(month) for month, names in content["months"].items() for name in names}
    return Synonyms(columns, values, months)


def _titles(key: str) -> tuple[str, ...]:
    """One sentence of the words, in every language."""
    spoken = (read_words(language) for language in languages())
    return tuple(dict.fromkeys(words(key) for words in spoken if words.has(key)))


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
