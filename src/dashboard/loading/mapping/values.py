"""Which code does a word in their sheet mean? Matched by code, by name in any language, by meaning or by similarity."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from dashboard.loading.mapping.letters import lettered
from dashboard.loading.mapping.numbers import numbered
from dashboard.loading.mapping.places import CODE, place_in, stands_in
from dashboard.loading.mapping.qualified import PARTED
from dashboard.loading.mapping.terms import LONG, Terms
from dashboard.model.answers.mapping import TOGETHER
from dashboard.model.answers.mapping_guess import Match, Reason, Sure
from dashboard.model.answers.names import bare

ENOUGH, NEAR = 0.8, 0.5
"""The share of words that two texts must share to be taken as the same, and to be suggested."""
MOST_BESIDE = 40
"""A text that says more than this many characters beside an answer is a note rather than an answer."""
PART = Reason(Sure.LIKELY, "part")
WITHIN = Reason(Sure.DOUBTFUL, "within")
"""Only part of a name is that of a country: it may be something else there."""
UNKNOWN = Match(None, Reason(Sure.DOUBTFUL, "unknown"))
ANOTHER = Match(None, Reason(Sure.DOUBTFUL, "another"))
"""A name holds that of a country, and is that of another place."""


def match(text: str, terms: Terms, framework_of: Mapping[str, str] | None = None, framework: str = "") -> Match:
    """Return the code that a cell stands for, or may stand for. If several share its name, the one of `framework`."""
    certain = surely(text, terms, framework_of, framework)
    return certain if certain.reason.why != "unknown" else _near(text, terms)


def surely(text: str, terms: Terms, framework_of: Mapping[str, str] | None = None, framework: str = "") -> Match:
    """Return the code that a cell stands for, without considering similar names."""
    if text in terms.names:
        return Match(text, Reason(Sure.SURE, "code"))
    if beside := terms.beside(text):
        code, more = beside
        return Match(code, Reason(Sure.DOUBTFUL, "qualified", (("beside", more),)) if more else PART)
    bare_text = bare(text)
    for codes, sure, why in (
        (terms.by_name.get(bare_text, ()), Sure.SURE, "name"),
        (terms.by_meaning.get(bare_text, ()), Sure.LIKELY, "meaning"),
    ):
        own = [code for code in codes if (framework_of or {}).get(code) == framework] if len(codes) > 1 else codes
        if len(own) == 1:
            return Match(own[0], Reason(sure, why))
        if codes:
            return Match(None, Reason(Sure.DOUBTFUL, "several", (("codes", ", ".join(codes)),)))
    if TOGETHER in text:
        # One part alone names something else: the company without its unit.
        return UNKNOWN
    if terms.places:
        return _placed(text, terms)
    return _part(text, terms) or _inside(text, terms) or _by_words(bare_text, terms) or UNKNOWN


def _placed(text: str, terms: Terms) -> Match:
    """Match a text that may name a country: never what stands in another, and on its own only by its whole name."""
    place = place_in(text)
    if place.another:
        return ANOTHER
    if place.whole and place.country and (code := terms.of_country(place.country)):
        return Match(code, Reason(Sure.LIKELY, "name"))
    found = _part(text, terms) or _by_words(bare(text), terms) or UNKNOWN
    return UNKNOWN if found.code and terms.elsewhere(found.code, place.country) else found


def fits(text: str, terms: Terms) -> bool:
    """Return whether a cell belongs in a column, even if its code is in doubt: a shared name, or a qualified answer."""
    reason = surely(text, terms).reason
    beside = dict(reason.places).get("beside", "")
    return reason.sure is not Sure.DOUBTFUL or reason.why == "several" or 0 < len(beside) <= MOST_BESIDE


def _part(text: str, terms: Terms) -> Match | None:
    """Match a cell that begins with a code, or one part of which is a name: `CRBP-01.a: text`, `3 - Partly`."""
    first = text.split()[0].rstrip(":.;,)") if text.split() else ""
    if first in terms.names and first != text and (not terms.places or stands_in(first, text)):
        return Match(first, Reason(Sure.LIKELY, "begins"))
    parts = [bare(part) for part in PARTED.split(text) if part.strip()]
    parts = [part for part in (*parts, re.sub(r"^\d+ ", "", bare(text))) if part != bare(text)]
    found = {part: codes for part in parts if (codes := terms.by_name.get(part) or terms.by_meaning.get(part, ()))}
    named = {code for of_part in found.values() for code in of_part}
    within = terms.places and all(place_in(part).whole for part in found)
    return Match(named.pop(), WITHIN if within else PART) if len(named) == 1 else None


def _inside(text: str, terms: Terms) -> Match | None:
    """Match a cell that contains exactly one id: `Result G1.1`."""
    words = {word.strip(".:;,()[]") for word in text.split()} if terms.ids else set()
    codes = [word for word in words if word in terms.names and re.search(r"\d", word)]
    return Match(codes[0], Reason(Sure.LIKELY, "inside")) if len(codes) == 1 else None


def _by_words(bare_text: str, terms: Terms) -> Match | None:
    """Match the long name that shares most words with a text; None for short texts and shares below `NEAR`."""
    if bare_text.count(" ") < LONG - 1:
        return None
    words = set(bare_text.split())
    shared = Counter(name for word in words for name in terms.by_word.get(word, ()))
    likeness = {candidate: n / len(words | set(candidate[0].split())) for candidate, n in shared.most_common(20)}
    best = max(likeness, key=lambda candidate: likeness[candidate], default=None)
    if best is None or likeness[best] < NEAR:
        return None
    share = (("percent", str(round(100 * likeness[best]))),)
    return Match(best[1], Reason(Sure.LIKELY if likeness[best] >= ENOUGH else Sure.DOUBTFUL, "words", share))


def _near(text: str, terms: Terms) -> Match:
    """Return the code whose short name is most similar to a text, to allow for typing errors; numbers must be equal.

    A name in another country is not similar: `Example Niger` is no typing error of `Example Nigeria`.
    """
    bare_text = bare(text)
    numbers = re.findall(r"\d+", bare_text)
    short = {
        name: codes
        for name, codes in {**terms.by_meaning, **terms.by_name}.items()
        if name.count(" ") < LONG and not any(name == bare(code) and re.search(r"\d", code) for code in codes)
        if re.findall(r"\d+", name) == numbers and not (terms.places and len(name) <= CODE)
    }
    near = get_close_matches(bare_text, list(short), n=1, cutoff=0.8)
    if near and len(short[near[0]]) == 1:
        (code,) = short[near[0]]
        if terms.elsewhere(code, place_in(text).country):
            return UNKNOWN
        written = next((title for title in terms.names.get(code, ()) if bare(title) == near[0]), near[0])
        return Match(code, Reason(Sure.DOUBTFUL, "near", (("name", written),)))
    return UNKNOWN


def matches(texts: Sequence[str], terms: Terms, framework_of: Mapping[str, str], prefer: str = "") -> dict[str, Match]:
    """Match each text. If criteria share a text, the one in the framework of most other texts is used."""
    by_text = {text: match(text, terms) for text in texts}
    often = Counter(framework_of[one.code] for one in by_text.values() if one.code and one.code in framework_of)
    framework = max(often, key=lambda name: (often[name], name == prefer), default=prefer)
    if terms.meanings:
        unknown = [text for text, one in by_text.items() if one.reason.why == "unknown"]
        return {**by_text, **numbered(unknown, terms.meanings)}
    by_text |= {text: letters for text, letters in lettered(texts, terms).items() if by_text[text].taken is None}
    return {
        text: match(text, terms, framework_of, framework) if one.reason.why == "several" else one
        for text, one in by_text.items()
    }
