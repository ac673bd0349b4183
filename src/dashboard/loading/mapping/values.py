"""Which code does a word in their sheet mean? Matched by code, by name in any language, by meaning or by similarity."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache

from dashboard.loading.mapping.numbers import numbered
from dashboard.loading.mapping.qualified import PARTED, qualified
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.model.answers.mapping import TOGETHER
from dashboard.model.answers.mapping_guess import Match, Reason, Sure
from dashboard.model.answers.names import Called, Names, bare

GRADES = ("scale", "scope", "irremediability", "likelihood", "reach", "need", "feasibility")
RESIDUAL = ("residual_severity", "residual_likelihood")
NAMED = ("criterion", "operation", "round", "impact", "country", "indicator")
"""Our columns whose codes the publication names."""
LONG = 6
"""A name of at least this many words is compared word by word."""
ENOUGH, NEAR = 0.8, 0.5
"""The share of words that two texts must share to be taken as the same, and to be suggested."""
MOST_BESIDE = 40
"""A text that says more than this many characters beside an answer is a note rather than an answer."""
PART = Reason(Sure.LIKELY, "part")
UNKNOWN = Match(None, Reason(Sure.DOUBTFUL, "unknown"))


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
        return Terms(names.called.get(column, {}), {}, ids=column in ("criterion", "impact"))
    if column in GRADES or column in RESIDUAL:
        return Terms(dict.fromkeys("1234", ()), {})
    if (form, column) == ("answers", "status") or column == "expected_status":
        meanings = names.meanings(frameworks)
        titles = {status: names.status_titles.get(status, ()) for status in meanings}
        meant = {status: known["status"].get(meaning, ()) for status, meaning in meanings.items()}
        return Terms(titles, meant, meanings if column == "status" else {})
    name = "action_status" if column == "status" else column
    return Terms(dict.fromkeys(known[name], ()), known[name]) if name in known else None


def match(text: str, terms: Terms, framework_of: Mapping[str, str] | None = None, framework: str = "") -> Match:
    """Return the code that a cell stands for, or may stand for. If several share its name, the one of `framework`."""
    certain = surely(text, terms, framework_of, framework)
    return certain if certain.reason.why != "unknown" else _near(bare(text), terms)


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
    return _part(text, terms) or _inside(text, terms) or _by_words(bare_text, terms) or UNKNOWN


def fits(text: str, terms: Terms) -> bool:
    """Return whether a cell belongs in a column, even if its code is in doubt: a shared name, or a qualified answer."""
    reason = surely(text, terms).reason
    beside = dict(reason.places).get("beside", "")
    return reason.sure is not Sure.DOUBTFUL or reason.why == "several" or 0 < len(beside) <= MOST_BESIDE


def _part(text: str, terms: Terms) -> Match | None:
    """Match a cell that begins with a code, or one part of which is a name: `CRBP-01.a: text`, `3 - Partly`."""
    first = text.split()[0].rstrip(":.;,)") if text.split() else ""
    if first in terms.names and first != text:
        return Match(first, Reason(Sure.LIKELY, "begins"))
    parts = [bare(part) for part in PARTED.split(text) if part.strip()]
    parts = [part for part in (*parts, re.sub(r"^\d+ ", "", bare(text))) if part != bare(text)]
    codes = {code for part in parts for code in (terms.by_name.get(part) or terms.by_meaning.get(part, ()))}
    return Match(codes.pop(), PART) if len(codes) == 1 else None


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


def _near(bare_text: str, terms: Terms) -> Match:
    """Return the code whose short name is most similar to a text, to allow for typing errors; numbers must be equal."""
    numbers = re.findall(r"\d+", bare_text)
    short = {
        name: codes
        for name, codes in {**terms.by_meaning, **terms.by_name}.items()
        if name.count(" ") < LONG and not any(name == bare(code) and re.search(r"\d", code) for code in codes)
    }
    near = get_close_matches(
        bare_text, [name for name in short if re.findall(r"\d+", name) == numbers], n=1, cutoff=0.8
    )
    if near and len(short[near[0]]) == 1:
        (code,) = short[near[0]]
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
    return {
        text: match(text, terms, framework_of, framework) if one.reason.why == "several" else one
        for text, one in by_text.items()
    }


def _turned(called: Called) -> dict[str, tuple[str, ...]]:
    """Invert names by code into codes by normalised name."""
    turned: dict[str, dict[str, None]] = {}
    for code, names in called.items():
        for name in names:
            turned.setdefault(bare(name), {})[code] = None
    return {name: tuple(codes) for name, codes in turned.items()}
