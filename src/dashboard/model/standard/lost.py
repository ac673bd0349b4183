"""What does a standard lose on its way through a format that cannot hold all of it? Counted, field by field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.model.standard.framework import Framework, Strict
from dashboard.model.standard.standard import Standard

INSIDE = ("scale", "bands", "areas", "criteria")
"""The fields that hold items, which are compared one by one."""
Items = Mapping[str, Strict]


def lost(before: Standard, after: Standard) -> Mapping[str, int]:
    """Return how many values of each field differ afterwards, such as `criteria.gap`, in the order of the standard."""
    found: Counter[str] = Counter()
    found.update(_changed("framework", before.framework, after.framework))
    for name, items in _items(before.framework).items():
        others = _items(after.framework)[name]
        for code, item in items.items():
            found.update([name] if code not in others else _changed(name, item, others[code]))
    found.update("links" for link in before.links if link not in after.links)
    kept = {(one.language, *text) for one in after.translations for text in _texts(one.texts)}
    found.update(
        "translations" for one in before.translations for text in _texts(one.texts) if (one.language, *text) not in kept
    )
    return {name: n for name, n in found.items() if n}


def listed(counts: Mapping[str, int]) -> str:
    """Return what is lost as one text: `framework.address, criteria.gap (6)`."""
    return ", ".join(name if n == 1 else f"{name} ({n})" for name, n in counts.items())


def _changed(name: str, one: Strict, other: Strict) -> Iterator[str]:
    for field in type(one).model_fields:
        if field not in INSIDE and getattr(one, field) != getattr(other, field):
            yield f"{name}.{field}"


def _items(framework: Framework) -> Mapping[str, Items]:
    """Return the statuses, bands, areas and criteria by their codes."""
    return {
        "scale": {f"{status.scale or ''}/{status.status}": status for status in framework.scale},
        "bands": {band.band: band for band in framework.bands},
        "areas": {area.area: area for area in framework.areas},
        "criteria": {criterion.criterion: criterion for area in framework.areas for criterion in area.criteria},
    }


def _texts(texts: Mapping[str, Mapping[Any, str]]) -> Iterable[tuple[str, str, str]]:
    return ((code, field, text) for code, fields in texts.items() for field, text in fields.items())
