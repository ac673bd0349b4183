"""What may a cell of one of our columns say? Our codes, with their names and with what else people call them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dashboard.loading.mapping.places import place_in
from dashboard.loading.mapping.qualified import qualified
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.model.answers.names import Called, Names, bare

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
