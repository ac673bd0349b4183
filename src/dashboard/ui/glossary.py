"""The terms on screen with their meanings, defined once, in the words, for everything that explains a term."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from dashboard.model.words import Words
from dashboard.store.overlays import in_order

ANCHOR = "term-"
"""Prefix of the address of a term within a page."""
UNCOMMON = (
    "addressed", "agreement", "band", "bounds", "common_set", "cover", "coverage", "critical", "evidence",
    "irremediability", "likelihood", "matched", "none_found", "not_applicable", "opportunity",
    "partly_addressed", "residual", "score", "severe_gap", "severe_rating", "severity", "short_start", "unanswered",
)  # fmt: skip
"""Terms with a special meaning here. Ordinary words such as *case* or *right* need no link to a definition."""
_BEGINS, _ENDS = "term.", ".title"


@dataclass(frozen=True)
class Term:
    """A term: its code, its title, and its meaning in at most two sentences."""

    code: str
    title: str
    text: str


def terms(words: Words) -> tuple[Term, ...]:
    """Return every term in one language, ordered by title."""
    codes = [
        key.removeprefix(_BEGINS).removesuffix(_ENDS)
        for key in words.english
        if key.startswith(_BEGINS) and key.endswith(_ENDS)
    ]
    found = {(title := words(f"term.{code}.title")): Term(code, title, meaning(words, code)) for code in codes}
    return tuple(found[title] for title in in_order(found, str(words.locale)))


def linked(words: Words, text: str) -> str:
    """Link the first mention of each term in a text to the glossary; `page.js` opens it.

    For running text only: nothing within a mark, a link or a picture is changed.
    """
    codes = {words(f"{_BEGINS}{code}{_ENDS}").casefold(): code for code in UNCOMMON}
    pattern = _any_of(tuple(sorted(codes, key=len, reverse=True)))

    def link(found: re.Match[str]) -> str:
        code = codes.pop((found["term"] or "").casefold(), None)
        return f"[{found['term']}](#{ANCHOR}{code})" if code else found[0]

    return pattern.sub(link, text)


@lru_cache(maxsize=8)
def with_ways(words: Words) -> Words:
    """Return the words with terms in help texts linked to their meanings; those of workbooks are not Markdown."""

    def led(texts: Mapping[str, str]) -> dict[str, str]:
        helps = {key for key in texts if key.endswith("help") and not key.startswith("book.")}
        return {key: linked(words, text) if key in helps else text for key, text in texts.items()}

    return replace(words, texts=led(words.texts), english=led(words.english))


@cache
def _any_of(titles: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the titles as whole words; it also matches the passages to skip."""
    said = "|".join(map(re.escape, titles))
    return re.compile(
        rf"!?\[[^\]]*\]\([^)]*\)|:\w+\[[^\]]*\](?:{{[^}}]*}})?|(?<![\w-])(?P<term>{said})(?![\w-])", re.IGNORECASE
    )


def meaning(words: Words, *codes: str) -> str:
    """Return the meaning of one term, or of several in sequence. Raises KeyError for an unknown code."""
    return " ".join(words(f"term.{code}.text") for code in codes)
