"""What are countries called? By ISO 3166-1 alpha-3 code, in five languages, from CLDR and a list of further names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path

from babel import Locale
from babel.core import get_global

from dashboard.loading.files.yaml_file import read_yaml
from dashboard.model.answers.names import Called, Names, bare
from dashboard.model.problem import Problem

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
    path = Path(str(files("dashboard.loading.mapping") / "country_names.yaml"))
    further = read_yaml(path, path.name)
    if isinstance(further, Problem):
        raise ValueError(f"{further.file}, line {further.row}: {further.value}")
    titles = [Locale.parse(language).territories for language in LANGUAGES]
    called = {
        code: tuple(dict.fromkeys(title[region] for title in titles))
        for region, code in sorted(alpha_3().items(), key=lambda pair: pair[1])
    }
    listed = {code: (*names, *map(str, further.values.get(code, ()))) for code, names in called.items()}
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
