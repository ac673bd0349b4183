"""Knows what countries are called and where they are on the map, and finds the country that a text names.

Names are in five languages, from CLDR and a list of further names, by ISO 3166-1 alpha-3 code.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path

from babel import Locale
from babel.core import get_global

from dashboard.loading.mapping.synonyms import PARTED, synonyms
from dashboard.loading.yaml_file import own_values
from dashboard.model.mapping import Called, Names, bare, named_in

LANGUAGES = ("en", "fr", "es", "pt", "pt_PT", "de")
WITHDRAWN = frozenset(
    ["ANT", "BUR", "BYS", "CSK", "DDR", "FXX", "NTZ", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"]
)
"""Codes of ISO 3166-3, which CLDR still reads as the countries that followed."""
UNASSIGNED = re.compile("AA.|Q[M-Z].|X..|ZZ.|ASC|CPT|DGA|TAA")
"""Alpha-3 codes that ISO 3166-1 gives to no country: those left to users, and those of CLDR for reserved alpha-2."""
KOSOVO = "XKX"
"""The code of Kosovo that is in wide use; ISO 3166-1 has none, and CLDR knows only its alpha-2 code, XK."""


@cache
def alpha_3() -> Mapping[str, str]:
    """Return the ISO 3166-1 alpha-3 code of each alpha-2 code."""
    aliases = {code: region for code, (region, *_) in get_global("territory_aliases").items() if len(code) == 3}
    official = {
        region: code
        for code, region in aliases.items()
        if re.fullmatch("[A-Z]{3}", code) and code not in WITHDRAWN and not UNASSIGNED.fullmatch(code)
    }
    return {**official, "XK": KOSOVO}


@cache
def countries() -> Called:
    """Return the names of every country, English first. Raises ValueError if the list of further names is invalid.

    No name belongs to two: the name of a country comes before another spelling of another country's.
    """
    further = own_values(Path(__file__).with_name("country_names.yaml"))
    titles = [Locale.parse(language).territories for language in LANGUAGES]
    called = {
        code: tuple(dict.fromkeys(title[region] for title in titles))
        for region, code in sorted(alpha_3().items(), key=lambda pair: pair[1])
    }
    listed = {code: (*names, *map(str, further.get(code, ()))) for code, names in called.items()}
    spelled = {code: _spelled(names) for code, names in called.items()}
    taken, wanted = _owners(listed), _owners(spelled)
    return {
        code: tuple(
            dict.fromkeys(
                [*names, *(one for one in spelled[code] if (taken.get(bare(one)) or wanted[bare(one)]) == {code})]
            )
        )
        for code, names in listed.items()
    }


def _spelled(names: tuple[str, ...]) -> list[str]:
    """Return other spellings of the names: with an article, with words for signs, without the part in brackets."""
    english = names[0]
    spelled = english.replace(" & ", " and ").replace("St. ", "Saint ")
    return [f"The {english}", spelled, *(name.split(" (")[0] for name in names)]


def _owners(called: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Return the countries of each normalised name."""
    owners: dict[str, set[str]] = {}
    for code, name in chain.from_iterable(((code, name) for name in names) for code, names in called.items()):
        owners.setdefault(bare(name), set()).add(code)
    return owners


@cache
def country_codes() -> Mapping[str, str]:
    """Return the country of each normalised name and alpha-3 code."""
    owners = _owners({code: (code, *names) for code, names in countries().items()})
    return {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}


def operation_of(country: str) -> str:
    """Return the code of a new operation of which a sheet gives only the country."""
    return f"{country.lower()}-op"


@lru_cache(maxsize=8)
def with_countries(names: Names) -> Names:
    """Return the names of a publication, with the names of every country added to its countries and operations.

    If a country has one operation, they are further names of it; if it has none, they name an operation that could be
    new.
    """
    operations, published = dict(names.called.get("operation", {})), dict(names.called.get("country", {}))
    titles = {bare(title): code for code, of_country in published.items() for title in of_country}
    only = {name: code for code, of_operation in operations.items() for name in of_operation if name in names.operating}
    new = set()
    for iso, called in countries().items():
        country = iso if iso in names.operating else next((titles[n] for n in map(bare, called) if n in titles), iso)
        code = operation_of(iso)
        if country in published:
            published[country] = tuple(dict.fromkeys((*published[country], iso, *called)))
        if country in only:
            operations[only[country]] = tuple(dict.fromkeys((*operations[only[country]], iso, *called)))
        elif not names.operating.get(country) and code not in operations:
            operations[code] = (*called, iso)
            new.add(code)
    return replace(names, called={**names.called, "operation": operations, "country": published}, new=frozenset(new))


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
    words_of = own_values(Path(__file__).with_name("place_words.yaml"))
    lists = {name: frozenset(map(str, words)) for name, words in words_of.items()}
    return PlaceWords(
        lists["sides"] | lists["before"],
        lists["sides"] | lists["after"],
        lists["states"],
        lists["articles"],
        lists["articles"] | lists["joining"],
    )


@dataclass(frozen=True)
class PlaceInText:
    """The country that a text names, by alpha-3 code, and whether it says nothing else.

    `another`: it holds a country's name, but is another place, or names several countries.
    """

    country: str | None = None
    whole: bool = False
    another: bool = False


@lru_cache(maxsize=50_000)
def place_in(text: str) -> PlaceInText:
    """Return the country that a text names; none if it is longer than a name."""
    words = bare(text).split()
    if len(words) > LONGEST:
        return PlaceInText()
    if country := _whole(text):
        return PlaceInText(country, whole=True)
    parts = [part.strip() for part in PARTED.split(text)]
    found = {code for part in parts if part.isupper() and (code := country_codes().get(bare(part)))}
    for start, end, code in named_in(words, country_codes()):
        if len(" ".join(words[start:end])) > CODE:
            found.add("" if _of_another(words, start, end) else code)
    if found:
        found |= {alpha_3()[part] for part in parts if part in alpha_3()}
    return PlaceInText(found.pop()) if len(found) == 1 and "" not in found else PlaceInText(another=bool(found))


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


@dataclass(frozen=True)
class MapPlace:
    """One country: its number in the shapes, as a text of three digits, and the degrees of its mark."""

    numeric: str
    longitude: float
    latitude: float


def read_places(path: Path) -> dict[str, MapPlace]:
    """The places by ISO 3166-1 alpha-3 code; empty if there is no such file.

    Raises ValueError or KeyError if the file is not as `data/map/make_places.py` writes it.
    """
    if not path.is_file():
        return {}
    return {
        country: MapPlace(place["numeric"], place["longitude"], place["latitude"])
        for country, place in json.loads(path.read_text("utf-8")).items()
    }
