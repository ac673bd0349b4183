"""Which country does a text name: as a whole, only within another name, or as part of another place's?"""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from dashboard.loading.files.yaml_file import read_yaml
from dashboard.loading.mapping.countries import alpha_3, country_codes
from dashboard.loading.mapping.qualified import PARTED
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.model.answers.names import bare, named_in
from dashboard.model.problem import Problem

LONGEST = 20
"""A text of more words is no name."""
CODE = 3
"""So few letters, in a longer text, are only read as a country if they are in capitals and between signs."""
NUMBERED = re.compile(r"^\d+\s*[.):–-]\s*")
"""What numbers a name in a list: `3. Ghana`. A number without a sign may belong to the name: `3 Ireland`."""
TURNED = re.compile(r"([^,()]+)[,(]([^,()]+)\)?")
"""A name with its beginning at the end: `Sudan, South`, `Samoa (American)`."""


@dataclass(frozen=True)
class PlaceWords:
    """Normalised words that make a country's name that of another place, and those that say nothing beside it."""

    before: frozenset[str]
    after: frozenset[str]
    states: frozenset[str]
    articles: frozenset[str]
    joining: frozenset[str]

    @cached_property
    def state_of(self) -> re.Pattern[str]:
        """A normalised official name: `Republic of Ghana`, `République du Tchad`."""
        return re.compile(rf"(?:{'|'.join(self.states)}) (?:(?:{'|'.join(self.joining)}) )*(.{{{CODE + 1},}})")


@cache
def place_words() -> PlaceWords:
    """Return the words of all languages. Raises ValueError if their list is invalid."""
    path = Path(str(files("dashboard.loading.mapping") / "place_words.yaml"))
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        raise ValueError(f"{document.file}, line {document.row}: {document.value}")
    lists = {name: frozenset(map(str, words)) for name, words in document.values.items()}
    return PlaceWords(
        lists["sides"] | lists["before"],
        lists["sides"] | lists["after"],
        lists["states"],
        lists["articles"],
        lists["articles"] | lists["joining"],
    )


@dataclass(frozen=True)
class Place:
    """The country that a text names, by alpha-3 code, and whether it says nothing else.

    `another`: it holds a country's name, but is another place, or names several countries.
    """

    country: str | None = None
    whole: bool = False
    another: bool = False


@lru_cache(maxsize=50_000)
def place_in(text: str) -> Place:
    """Return the country that a text names; none if it is longer than a name."""
    words = bare(text).split()
    if len(words) > LONGEST:
        return Place()
    if country := _whole(text):
        return Place(country, whole=True)
    parts = [part.strip() for part in PARTED.split(text)]
    found = {code for part in parts if part.isupper() and (code := country_codes().get(bare(part)))}
    for start, end, code in named_in(words, country_codes()):
        if len(" ".join(words[start:end])) > CODE:
            found.add("" if _of_another(words, start, end) else code)
    if found:
        found |= {alpha_3()[part] for part in parts if part in alpha_3()}
    return Place(found.pop()) if len(found) == 1 and "" not in found else Place(another=bool(found))


def stands_in(name: str, text: str) -> bool:
    """Return whether a text holds a name as whole words, and not only within the name of another place.

    The code of a country only counts as it is written: PER is Peru, and `per` is not.
    """
    words, sought = bare(text).split(), bare(name)
    if len(sought) <= CODE and sought in country_codes() and name not in re.findall(r"[^\W_]+", text):
        return False
    codes = {**country_codes(), sought: ""}
    return any(code == "" and not _of_another(words, start, end) for start, end, code in named_in(words, codes))


def country_of(text: str) -> str | None:
    """Return the country of which a text is a name, an official one or the alpha-3 code; none for other texts."""
    plain, known = bare(text), place_words()
    first, _, rest = plain.partition(" ")
    without = rest if first in known.articles else plain
    official = known.state_of.fullmatch(without)
    names = (plain, without, official[1] if official else "")
    return next((code for name in names if (code := country_codes().get(name))), None)


def _whole(text: str) -> str | None:
    """Return the country if a text says nothing but its name, even twice, turned round, or beside a title or number."""
    text = NUMBERED.sub("", text.strip(), count=1)
    turned = TURNED.fullmatch(text)
    found = country_of(text) or (country_of(f"{turned[2]} {turned[1]}") if turned else None)
    if found:
        return found
    parts = [part for part in PARTED.split(text) if not says_nothing(part)]
    named = {country_of(part) or alpha_3().get(part.strip()) for part in parts}
    return named.pop() if len(named) == 1 and any(map(country_of, parts)) else None


def says_nothing(part: str) -> bool:
    """Return whether part of a text is no name: a number, or the title of a column."""
    return not re.search(r"[^\W\d_]", part) or any(bare(part) in titles for titles in synonyms().columns.values())


def _of_another(words: list[str], start: int, end: int) -> bool:
    """Return whether the words from `start` to `end` are part of another place's name."""
    known = place_words()
    before = [word for word in words[:start] if word not in known.joining]
    after = [word for word in words[end:] if word not in known.joining]
    if set(before[-1:]) & known.before or set(after[:1]) & known.after:
        return True
    # `Turkish Republic of Cyprus`, `République turque de Chypre`: another republic than that of the name.
    states = [number for number in range(start) if words[number] in known.states]
    if len(before) < 2 or not set(before[-2:]) & known.states or words[start - 1] not in known.joining:
        return False
    return before[-1] not in known.states or words[states[-1] - 1] not in known.joining
