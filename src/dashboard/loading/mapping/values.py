"""Matches the words in the cells of a sheet with our codes: by code, name, number, letters, meaning or similarity."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property, lru_cache

from dashboard.loading.mapping.country_names import CODE, alpha_3, countries, place_in, stands_in
from dashboard.loading.mapping.reasons import GuessReason, Sure, WordMatch
from dashboard.loading.mapping.synonyms import PARTED, qualified, synonyms
from dashboard.model.mapping import TOGETHER, Called, Names, bare

GRADES = ("scale", "scope", "irremediability", "likelihood", "reach", "need", "feasibility")
RESIDUAL = ("residual_severity", "residual_likelihood")
NAMED = ("criterion", "operation", "round", "impact", "country", "indicator")
"""Our columns whose codes the publication names."""
LONG = 6
"""A name of at least this many words is compared word by word."""


@dataclass(frozen=True)
class Terms:
    """What a cell of one of our columns may say: codes with their names, and with what else people call them.

    `meanings` is given for the status of an answer: there, a qualified word is not read as the word alone.
    """

    names: Called
    meant: Called
    meanings: Mapping[str, str] = field(default_factory=dict)
    ids: bool = False
    """Whether the codes are ids that a sentence may hold."""
    places: bool = False
    """Whether the codes are countries, or stand in one."""

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        return _turned({code: (code, *names) for code, names in self.names.items()})

    @cached_property
    def by_meaning(self) -> Mapping[str, tuple[str, ...]]:
        return _turned(self.meant)

    @cached_property
    def by_word(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """Long names by each of their words, with their codes."""
        by_word: dict[str, set[tuple[str, str]]] = {}
        for name, codes in self.by_name.items():
            for word in set(name.split()) if name.count(" ") >= LONG - 1 else ():
                by_word.setdefault(word, set()).update((name, code) for code in codes)
        return {word: frozenset(names) for word, names in by_word.items()}

    @cached_property
    def written(self) -> frozenset[str]:
        """Codes and names as they are written, in lower case."""
        return frozenset(name.casefold() for code, names in self.names.items() for name in (code, *names))

    def of_country(self, country: str) -> str | None:
        """Return the one code that a country's code stands for, if any."""
        codes = self.by_name.get(bare(country), ())
        return codes[0] if len(codes) == 1 else None

    def elsewhere(self, code: str, country: str | None) -> bool:
        """Return whether the names of a code name countries, but not this one."""
        named = {place_in(name).country for name in (code, *self.names.get(code, ()))} - {None}
        return self.places and country is not None and bool(named) and country not in named

    def only(self, text: str) -> str | None:
        """Return the code of a text if there is exactly one."""
        codes = self.by_name.get(bare(text)) or self.by_meaning.get(bare(text), ())
        return codes[0] if len(codes) == 1 else None

    def beside(self, text: str) -> tuple[str, str] | None:
        """Split an answer of several words into its code and the rest; None for one word and for other columns."""
        return qualified(text, self.only, self.written) if self.meanings else None


@lru_cache(maxsize=128)
def terms_of(form: str, column: str, names: Names, frameworks: tuple[str, ...] = ()) -> Terms | None:
    """Return the terms of one of our columns; None if any text is allowed. `frameworks` are those being answered."""
    known = synonyms().values
    if column in NAMED:
        ids, places = column in ("criterion", "impact"), column in ("operation", "country")
        return Terms(names.called.get(column, {}), {}, ids=ids, places=places)
    if column in GRADES or column in RESIDUAL:
        return Terms(dict.fromkeys("1234", ()), {})
    if (form, column) == ("answers", "status") or column == "expected_status":
        meanings = names.meanings(frameworks)
        titles = {status: names.status_titles.get(status, ()) for status in meanings}
        meant = {status: known["status"].get(meaning, ()) for status, meaning in meanings.items()}
        return Terms(titles, meant, meanings if column == "status" else {})
    name = "action_status" if column == "status" else column
    return Terms(dict.fromkeys(known[name], ()), known[name]) if name in known else None


def _turned(called: Called) -> dict[str, tuple[str, ...]]:
    """Invert names by code into codes by normalised name."""
    turned: dict[str, dict[str, None]] = {}
    for code, names in called.items():
        for name in names:
            turned.setdefault(bare(name), {})[code] = None
    return {name: tuple(codes) for name, codes in turned.items()}


WORDS = ("NA", "NO")
"""Codes that are also words: not available, and no."""


def lettered(texts: Sequence[str], terms: Terms) -> dict[str, WordMatch]:
    """Return the alpha-2 codes among the words of one column, each with our code; empty if they are not most of them.

    They count only in capitals. Those that are also words are only suggested.
    """
    found = {text: alpha_3()[text] for text in texts if text in alpha_3()} if terms.places else {}
    if 2 * len(found) <= len(texts):
        return {}
    return {
        text: WordMatch(
            code,
            GuessReason(
                Sure.DOUBTFUL if text in WORDS else Sure.LIKELY, "letters", (("country", countries()[country][0]),)
            ),
        )
        for text, country in found.items()
        if (code := terms.of_country(country))
    }


_NUMBER = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(%|percent|per cent|por ciento|por cento|pour cent|prozent)?", re.I)
SHARE = GuessReason(Sure.LIKELY, "share")
BETWEEN = GuessReason(Sure.DOUBTFUL, "between")


def numbered(texts: Iterable[str], meanings: Mapping[str, str]) -> dict[str, WordMatch]:
    """Return the numbers among the words of one column, each with its status; unreadable ones are left out.

    `meanings` gives the meaning of each status of the scale.
    """
    found = {text: match for text in texts if (match := _NUMBER.fullmatch(text.strip()))}
    numbers = {text: Decimal(match[1].replace(",", ".")) for text, match in found.items()}
    steps = _steps(meanings)
    if not numbers or not steps:
        return {}
    values = set(numbers.values())
    if any(match[2] for match in found.values()) or Decimal(100) in values:
        shares = {text: number / 100 for text, number in numbers.items()}
        return _as_shares(shares, steps)
    if any(value % 1 for value in values):
        return _as_shares(numbers, steps)
    return _as_steps(numbers, steps)


def _steps(meanings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the scale with its lowest status first and its highest last; empty if two share an end or one is missing.

    The order of several statuses in between is unknown.
    """
    nil, part, full = ([code for code, meant in meanings.items() if meant == one] for one in ("nil", "part", "full"))
    return (*nil, *part, *full) if len(nil) == len(full) == 1 else ()


def _as_shares(shares: Mapping[str, Decimal], steps: tuple[str, ...]) -> dict[str, WordMatch]:
    """Read shares (0 to 1) of what is in place: none, all, or in between; empty if one is over 1."""
    if any(share > 1 for share in shares.values()):
        return {}
    ends = {Decimal(0): WordMatch(steps[0], SHARE), Decimal(1): WordMatch(steps[-1], SHARE)}
    between = WordMatch(steps[1] if len(steps) == 3 else None, BETWEEN)
    # One number between the ends, in the middle: it can only be the word in the middle.
    if len(steps) == 3 and set(shares.values()) <= {*ends, Decimal("0.5")}:
        between = WordMatch(steps[1], SHARE)
    return {text: ends.get(share, between) for text, share in shares.items()}


def _as_steps(numbers: Mapping[str, Decimal], steps: tuple[str, ...]) -> dict[str, WordMatch]:
    """Read positions on the scale, counted from 0. Without a 0, the count may differ, so they are only suggested."""
    values = set(numbers.values())
    if max(values) == len(steps) - 1 <= 2:
        reason = GuessReason(Sure.LIKELY if 0 in values else Sure.DOUBTFUL, "steps", (("most", str(len(steps) - 1)),))
        return {text: WordMatch(steps[int(number)], reason) for text, number in numbers.items()}
    if not values <= {0, 1}:
        return {}
    several = GuessReason(Sure.DOUBTFUL, "several", (("codes", ", ".join(steps[1:])),))
    return {
        text: WordMatch(None, several) if number else WordMatch(steps[0], SHARE) for text, number in numbers.items()
    }


ENOUGH, NEAR = 0.8, 0.5
"""The share of words that two texts must share to be taken as the same, and to be suggested."""
MOST_BESIDE = 40
"""A text that says more than this many characters beside an answer is a note rather than an answer."""
PART = GuessReason(Sure.LIKELY, "part")
WITHIN = GuessReason(Sure.DOUBTFUL, "within")
"""Only part of a name is that of a country: it may be something else there."""
UNKNOWN = WordMatch(None, GuessReason(Sure.DOUBTFUL, "unknown"))
ANOTHER = WordMatch(None, GuessReason(Sure.DOUBTFUL, "another"))
"""A name holds that of a country, and is that of another place."""


def match(text: str, terms: Terms, framework_of: Mapping[str, str] | None = None, framework: str = "") -> WordMatch:
    """Return the code that a cell stands for, or may stand for. If several share its name, the one of `framework`."""
    certain = surely(text, terms, framework_of, framework)
    return certain if certain.reason.why != "unknown" else _near(text, terms)


def surely(text: str, terms: Terms, framework_of: Mapping[str, str] | None = None, framework: str = "") -> WordMatch:
    """Return the code that a cell stands for, without considering similar names."""
    if text in terms.names:
        return WordMatch(text, GuessReason(Sure.SURE, "code"))
    if beside := terms.beside(text):
        code, more = beside
        return WordMatch(code, GuessReason(Sure.DOUBTFUL, "qualified", (("beside", more),)) if more else PART)
    bare_text = bare(text)
    for codes, sure, why in (
        (terms.by_name.get(bare_text, ()), Sure.SURE, "name"),
        (terms.by_meaning.get(bare_text, ()), Sure.LIKELY, "meaning"),
    ):
        own = [code for code in codes if (framework_of or {}).get(code) == framework] if len(codes) > 1 else codes
        if len(own) == 1:
            return WordMatch(own[0], GuessReason(sure, why))
        if codes:
            return WordMatch(None, GuessReason(Sure.DOUBTFUL, "several", (("codes", ", ".join(codes)),)))
    if TOGETHER in text:
        # One part alone names something else: the company without its unit.
        return UNKNOWN
    if terms.places:
        return _placed(text, terms)
    return _part(text, terms) or _inside(text, terms) or _by_words(bare_text, terms) or UNKNOWN


def _placed(text: str, terms: Terms) -> WordMatch:
    """Match a text that may name a country: never what stands in another, and on its own only by its whole name."""
    place = place_in(text)
    if place.another:
        return ANOTHER
    if place.whole and place.country and (code := terms.of_country(place.country)):
        return WordMatch(code, GuessReason(Sure.LIKELY, "name"))
    found = _part(text, terms) or _by_words(bare(text), terms) or UNKNOWN
    return UNKNOWN if found.code and terms.elsewhere(found.code, place.country) else found


def fits(text: str, terms: Terms) -> bool:
    """Return whether a cell belongs in a column, even if its code is in doubt: a shared name, or a qualified answer."""
    reason = surely(text, terms).reason
    beside = dict(reason.places).get("beside", "")
    return reason.sure is not Sure.DOUBTFUL or reason.why == "several" or 0 < len(beside) <= MOST_BESIDE


def _part(text: str, terms: Terms) -> WordMatch | None:
    """Match a cell that begins with a code, or one part of which is a name: `CRBP-01.a: text`, `3 - Partly`."""
    first = text.split()[0].rstrip(":.;,)") if text.split() else ""
    if first in terms.names and first != text and (not terms.places or stands_in(first, text)):
        return WordMatch(first, GuessReason(Sure.LIKELY, "begins"))
    parts = [bare(part) for part in PARTED.split(text) if part.strip()]
    parts = [part for part in (*parts, re.sub(r"^\d+ ", "", bare(text))) if part != bare(text)]
    found = {part: codes for part in parts if (codes := terms.by_name.get(part) or terms.by_meaning.get(part, ()))}
    named = {code for of_part in found.values() for code in of_part}
    within = terms.places and all(place_in(part).whole for part in found)
    return WordMatch(named.pop(), WITHIN if within else PART) if len(named) == 1 else None


def _inside(text: str, terms: Terms) -> WordMatch | None:
    """Match a cell that contains exactly one id: `Result G1.1`."""
    words = {word.strip(".:;,()[]") for word in text.split()} if terms.ids else set()
    codes = [word for word in words if word in terms.names and re.search(r"\d", word)]
    return WordMatch(codes[0], GuessReason(Sure.LIKELY, "inside")) if len(codes) == 1 else None


def _by_words(bare_text: str, terms: Terms) -> WordMatch | None:
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
    return WordMatch(best[1], GuessReason(Sure.LIKELY if likeness[best] >= ENOUGH else Sure.DOUBTFUL, "words", share))


def _near(text: str, terms: Terms) -> WordMatch:
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
        return WordMatch(code, GuessReason(Sure.DOUBTFUL, "near", (("name", written),)))
    return UNKNOWN


def matches(
    texts: Sequence[str], terms: Terms, framework_of: Mapping[str, str], prefer: str = ""
) -> dict[str, WordMatch]:
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
