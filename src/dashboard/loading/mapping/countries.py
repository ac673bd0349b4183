"""What are countries called? By ISO 3166-1 alpha-3 code, in five languages, from CLDR and a list of further names."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from babel import Locale
from babel.core import get_global

from dashboard.loading.files.yaml_file import read_yaml
from dashboard.model.answers.names import Called, Names, bare
from dashboard.model.problem import Problem

LANGUAGES = ("en", "fr", "es", "pt", "de")
WITHDRAWN = frozenset(
    ["ANT", "BUR", "BYS", "CSK", "DDR", "FXX", "NTZ", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"]
)
"""Codes of ISO 3166-3, which CLDR still reads as the countries that followed."""
UNASSIGNED = re.compile("[QX].|AC|CP|DG|EU|TA|UN|ZZ")
"""Alpha-2 codes that ISO 3166-1 gives to no country."""


@cache
def countries() -> Called:
    """Return the names of every country, English first. Raises ValueError if the list of further names is invalid."""
    path = Path(str(files("dashboard.loading.mapping") / "country_names.yaml"))
    further = read_yaml(path, path.name)
    if isinstance(further, Problem):
        raise ValueError(f"{further.file}, line {further.row}: {further.value}")
    titles = [Locale(language).territories for language in LANGUAGES]
    called = {}
    for code, (region, *_) in sorted(get_global("territory_aliases").items()):
        if not re.fullmatch("[A-Z]{3}", code) or code in WITHDRAWN or UNASSIGNED.fullmatch(region):
            continue
        if names := [title[region] for title in titles if region in title]:
            called[code] = tuple(dict.fromkeys((*names, *_written(names), *further.values.get(code, ()))))
    return called


def _written(names: list[str]) -> list[str]:
    """Return other spellings of the names: with an article, with words for signs, without the part in brackets."""
    english = names[0]
    spelled = english.replace(" & ", " and ").replace("St. ", "Saint ")
    return [f"The {english}", spelled, *(name.split(" (")[0] for name in names)]


@cache
def _codes() -> Mapping[str, str]:
    """Return the country of each normalised name that belongs to only one."""
    codes: dict[str, set[str]] = {}
    for code, names in countries().items():
        for name in (code, *names):
            codes.setdefault(bare(name), set()).add(code)
    return {name: found.pop() for name, found in codes.items() if len(found) == 1}


def country_in(text: str) -> str | None:
    """Return the one country whose name a text is, or contains as whole words; longer names come first."""
    words = bare(text).split()
    for length in range(len(words), 0, -1):
        parts = {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}
        found = {_codes()[part] for part in parts if part in _codes() and (length == len(words) or len(part) > 3)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


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
