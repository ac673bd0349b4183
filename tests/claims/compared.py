"""Is what a page claims what must be said? Compared place by place."""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.loading.yaml_file import read_words
from dashboard.model.words import Claim
from dashboard.ui.escape import escape_label
from tests.claims.said import UNDERIVED, Said

WORDS = {"kind", "reset"}
"""The places that hold neither a number nor the name of anything in the files."""


def each_in(claims: Sequence[object]) -> Iterator[Claim]:
    """All claims, also those in places of others."""
    for one in claims:
        if isinstance(one, Claim):
            yield one
            yield from each_in(list(one.places.values()))
        elif isinstance(one, list | tuple):
            yield from each_in(one)


def differences(found: object, expected: object, where: str = "") -> Iterator[str]:
    """Say where what is claimed is not what must be said."""
    if expected is UNDERIVED:
        return
    if isinstance(found, Claim) and isinstance(expected, Said):
        if found.key != expected.key:
            yield f"{where}: claims {found.key} {_told(found)}, not {expected.key} {dict(expected.places)}"
            return
        for name, value in found.places.items():
            if name in expected.places:
                yield from differences(value, expected.places[name], f"{where}/{found.key}.{name}")
            elif name not in WORDS:
                yield f"{where}/{found.key}.{name}: nobody derives {value!r}"
        yield from (f"{where}/{found.key}.{name}: is missing" for name in set(expected.places) - set(found.places))
    elif isinstance(found, list | tuple) and isinstance(expected, list | tuple):
        if len(found) != len(expected):
            yield f"{where}: claims {[_told(one) for one in found]}, not {list(expected)}"
            return
        for one, other in zip(found, expected, strict=True):
            yield from differences(one, other, where)
    elif isinstance(found, str) and isinstance(expected, Said):
        text = read_words()(expected.key, **expected.places)
        if found != text:
            yield f"{where}: {found!r}, not {text!r}"
    elif _plain(found) != expected:
        yield f"{where}: {found!r}, not {expected!r}"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return escape_label(value) if isinstance(value, str) else value


def _told(found: object) -> object:
    return (found.key, dict(found.places)) if isinstance(found, Claim) else found
