"""What does each term on screen mean? Said once, in the words, and read by whatever explains a term."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from dashboard.model.words import Words
from dashboard.store.reading.spoken import in_order

ANCHOR = "term-"
"""What the address of a term begins with, within a page."""
UNCOMMON = (
    "addressed", "agreement", "band", "bounds", "common_set", "cover", "coverage", "critical", "evidence",
    "irremediability", "likelihood", "matched", "none_found", "not_applicable", "opportunity", "priority_gap",
    "projected", "residual", "score", "severity", "unanswered",
)  # fmt: skip
"""Terms that mean something else here than elsewhere. Whoever reads *case* or *right* needs no way to its meaning."""
_BEGINS, _ENDS = "term.", ".title"


@dataclass(frozen=True)
class Term:
    """A term: its code, what it is called, and in at most two sentences what it means."""

    code: str
    title: str
    text: str


def terms(words: Words) -> tuple[Term, ...]:
    """Every term in one language, in the order of their titles."""
    codes = [
        key.removeprefix(_BEGINS).removesuffix(_ENDS)
        for key in words.english
        if key.startswith(_BEGINS) and key.endswith(_ENDS)
    ]
    found = {(title := words(f"term.{code}.title")): Term(code, title, meaning(words, code)) for code in codes}
    return tuple(found[title] for title in in_order(found, str(words.locale)))


def linked(words: Words, text: str) -> str:
    """A text of the words in which each term leads to the glossary, where it is first named: `server/page.js` opens it.

    For running text only: within a mark, a link or a picture nothing is changed.
    """
    codes = {words(f"{_BEGINS}{code}{_ENDS}").casefold(): code for code in UNCOMMON}
    pattern = _any_of(tuple(sorted(codes, key=len, reverse=True)))

    def link(found: re.Match[str]) -> str:
        code = codes.pop((found["term"] or "").casefold(), None)
        return f"[{found['term']}](#{ANCHOR}{code})" if code else found[0]

    return pattern.sub(link, text)


@lru_cache(maxsize=8)
def with_ways(words: Words) -> Words:
    """The same words, whose helps lead from their terms to what these mean. What a workbook says is no Markdown."""

    def led(texts: Mapping[str, str]) -> dict[str, str]:
        helps = {key for key in texts if key.endswith("help") and not key.startswith("book.")}
        return {key: linked(words, text) if key in helps else text for key, text in texts.items()}

    return replace(words, texts=led(words.texts), english=led(words.english))


@cache
def _any_of(titles: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the titles as whole words, and what they are not looked for in, so that it is passed over."""
    said = "|".join(map(re.escape, titles))
    return re.compile(
        rf"!?\[[^\]]*\]\([^)]*\)|:\w+\[[^\]]*\](?:{{[^}}]*}})?|(?<![\w-])(?P<term>{said})(?![\w-])", re.IGNORECASE
    )


def meaning(words: Words, *codes: str) -> str:
    """What one term means, or several one after the other. Raises KeyError for a code that there is not."""
    return " ".join(words(f"term.{code}.text") for code in codes)
