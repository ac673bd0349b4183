"""Says which standards, guidance and cases of the program are newer than those in a store."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.references import former_names
from dashboard.model.deployment import SHIPPED
from dashboard.model.framework import Strict, version_key
from dashboard.model.words import Words
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.reader import Published

STANDARDS = SHIPPED[0]
"""The folder of the standards, guidance and cases that the program includes."""
COUNTED = {"guidance": "guidance", "cases": "case_study", "tours": "tour"}
"""What is counted, with the field that tells its items apart."""
LISTS = (
    "rights", "tensions", "risk_areas", "settings", "functions", "impacts", "crosswalk", "beside", "translations",
)  # fmt: skip
"""The parts of a library of which it is said only that they differ."""


@dataclass(frozen=True)
class NewerStandard:
    """A standard of which a higher version is included; `was` is empty if the store does not hold it."""

    framework: str
    was: str
    now: str


@dataclass(frozen=True)
class NewerItems:
    """Guidance, cases or tours of which `n_differ` are new or changed: the store holds `n_was`, and would `n_now`."""

    what: str
    n_was: int
    n_now: int
    n_differ: int


@dataclass(frozen=True)
class Newer:
    """What is included and newer than in a store. `own` are standards of the program that the store has changed.

    Nothing of it can be taken while there are `own` ones: a standard is not replaced by a lower version, nor by another
    text of the same version.
    """

    standards: tuple[NewerStandard, ...] = ()
    items: tuple[NewerItems, ...] = ()
    lists: bool = False
    own: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(astuple(self)[:3])


def newer_included(published: Published, folder: Path) -> Newer:
    """What is included in `folder` that is newer than what is published.

    Nothing for a group that uses none of the standards included.
    """
    with published.cursor() as cursor:
        held = stored_library(cursor)
    included, _ = read_library([folder])
    before = {framework.framework: framework for framework in held.frameworks}
    if before.keys().isdisjoint(framework.framework for framework in included.frameworks):
        return Newer()
    standards, own = list[NewerStandard](), list[str]()
    for framework in included.frameworks:
        was = before.get(framework.framework)
        if was is None or version_key(was.version) < version_key(framework.version):
            standards.append(NewerStandard(framework.framework, was.version if was else "", framework.version))
        elif was != framework:
            own.append(framework.framework)
    renamed = held.renamed(former_names(included.frameworks))
    after = renamed.joined(included)
    items = [_items(what, key, renamed, after) for what, key in COUNTED.items()]
    lists = any(getattr(renamed, name) != getattr(after, name) for name in LISTS)
    return Newer(tuple(standards), tuple(one for one in items if one.n_differ), lists, tuple(own))


def _items(what: str, key: str, before: Library, after: Library) -> NewerItems:
    was: dict[str, Strict] = {getattr(item, key): item for item in getattr(before, what)}
    now: Sequence[Strict] = getattr(after, what)
    return NewerItems(what, len(was), len(now), sum(was.get(getattr(item, key)) != item for item in now))


def newer_said(newer: Newer, words: Words) -> str:
    """One sentence on everything that is newer, or that it is not offered because of the group's own standards."""
    if newer.own:
        return words("included.own", standards=words.listed(newer.own))
    parts = [
        words("included.standard" if one.was else "included.new", code=one.framework, was=one.was, now=one.now)
        for one in newer.standards
    ]
    for one in newer.items:
        name = words(f"included.{one.what}")
        if one.n_was != one.n_now:
            parts.append(words("included.counted", what=name, was=one.n_was, now=one.n_now))
        else:
            parts.append(words.count("included.revised", one.n_differ, what=name))
    parts += [words("included.lists")] if newer.lists else []
    return words("included.newer", what=words.listed(parts))
