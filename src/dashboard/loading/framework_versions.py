"""Checks that every change of a framework comes with a higher version, and gives its old and new value.

See docs/decisions/0005-versions.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from dashboard.loading.library import Library
from dashboard.loading.references import former_names
from dashboard.loading.yaml_file import Document, Place, of_model
from dashboard.model.framework import Framework, Strict, version_key
from dashboard.model.problem import Problem, Weight

WORDS_AROUND = 6
"""How many words and gaps are kept on each side of a change."""
MOST_SHOWN = 90
"""How many characters of each text are shown."""


def difference(was: str, becomes: str) -> tuple[str, str]:
    """The part of each text that differs, with … for what is left out; short texts are kept whole."""
    was, becomes = " ".join(was.split()), " ".join(becomes.split())
    if max(len(was), len(becomes)) <= MOST_SHOWN:
        return was, becomes
    left, right = (re.findall(r"\w+|\W", text) for text in (was, becomes))
    groups = list(SequenceMatcher(None, left, right, autojunk=False).get_grouped_opcodes(WORDS_AROUND))
    return (
        _joined(left, [(group[0][1], group[-1][2]) for group in groups]),
        _joined(right, [(group[0][3], group[-1][4]) for group in groups]),
    )


def _joined(tokens: Sequence[str], spans: Sequence[tuple[int, int]]) -> str:
    """The spans of a text joined by …, which also marks what is left out before and after them."""
    text = " … ".join("".join(tokens[start:end]).strip() for start, end in spans)
    before = "… " if spans and spans[0][0] > 0 else ""
    after = " …" if spans and spans[-1][1] < len(tokens) else ""
    shown = f"{before}{text}{after}"
    return shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 1]}…"


APART = {"schema_version", "framework", "version", "scale", "numbers", "bands", "areas"}
"""The keys of a framework that are not simply compared as values."""


@dataclass(frozen=True)
class TextChange:
    """One difference. `place` is where it is now or, for something removed, what contained it.

    `named` is its name in a problem, such as `CRBP-05.a text`. `was` is None for something new, `becomes` for something
    removed.
    """

    place: Place
    named: str
    was: object = None
    becomes: object = None


@dataclass(frozen=True)
class Part:
    """An area, a criterion, a status of the scale or a band, with its place and what contains it."""

    place: Place
    owner: str
    values: Mapping[str, Any]


def unraised(documents: list[tuple[Document, Strict]], before: Library) -> list[Problem]:
    """What changed under the published version or a lower one; and where `since` is wrong or missing.

    `before` is what is published. References in it by a former name count as renamed too.
    """
    earlier = {framework.framework: framework for framework in before.frameworks}
    names = former_names(value for _, value in of_model(documents, Framework))
    problems: list[Problem] = []
    for document, value in of_model(documents, Framework):
        problems += _ahead(document, value)
        if value.framework in earlier:
            problems += _version_problems(document, earlier[value.framework], value, names)
    return problems


def _ahead(document: Document, framework: Framework) -> list[Problem]:
    """Criteria whose `since`, for themselves or their wording, is above the version of the framework."""
    present = version_key(framework.version)
    return [
        document.problem("since_ahead", (*part.place, key), part.values[key], framework.version, column=f"{code} {key}")
        for code, part in _criteria(framework).items()
        for key in ("added", "until", "since")
        if part.values[key] is not None and version_key(part.values[key]) > present
    ]


def _version_problems(document: Document, was: Framework, now: Framework, names: Mapping[str, str]) -> list[Problem]:
    published, given = version_key(was.version), version_key(now.version)
    if given < published:
        return [document.problem("version_lowered", ("version",), now.version, was.version)]
    text_changes = list(changes(was, now, names))
    if given == published:
        return [_unversioned(document, change, now) for change in text_changes]
    return [
        _of_change("same_words", document, change, now, Weight.NOTE)
        for change in text_changes
        if change.place[-1] == "text" and len(change.place) > 4 and change.was is not None
        if not _reworded(was, now, change.place)
    ]


def _reworded(was: Framework, now: Framework, place: Place) -> bool:
    """Whether the criterion whose text is at `place` declares in `since` that its wording is newer than `was`."""
    since = next(part.values["since"] for part in _criteria(now).values() if part.place == place[:-1])
    return since is not None and version_key(since) > version_key(was.version)


def _unversioned(document: Document, change: TextChange, now: Framework) -> Problem:
    kind = "changed_unversioned"
    if change.was is None:
        kind = "added_unversioned"
    elif change.becomes is None:
        kind = "taken_out_unversioned"
    return _of_change(kind, document, change, now)


def _of_change(
    kind: str, document: Document, change: TextChange, now: Framework, weight: Weight = Weight.FILE
) -> Problem:
    return document.problem(kind, change.place, _shown(change), now.version, weight=weight, column=change.named)


def _shown(change: TextChange) -> str:
    if change.was is None or change.becomes is None:
        return _text(change.becomes if change.was is None else change.was)
    return " → ".join(difference(_text(change.was), _text(change.becomes)))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return ", ".join(value) if isinstance(value, tuple | list) else str("" if value is None else value)


def changes(was: Framework, now: Framework, names: Mapping[str, str]) -> Iterator[TextChange]:
    """Every value that differs, in the order of the new file, then what was removed. Order alone is no difference."""
    yield from _values((), "", _plain(was, APART), _plain(now, APART), names)
    renamed = {former: code for former, code in names.items() if former in _areas(was) | _criteria(was)}
    for parts in (_scale, _bands, _areas, _criteria):
        yield from _parts(parts(was), parts(now), renamed, names)


def _parts(
    was: Mapping[str, Part], now: Mapping[str, Part], renamed: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[TextChange]:
    formers = {renamed.get(code, code): code for code in was if code not in now}
    for code, part in now.items():
        former = code if code in was else formers.get(code)
        if former is None:
            yield TextChange(part.place, code, None, _called(part))
            continue
        if former != code:
            yield TextChange(part.place, code, former, code)
        owner = renamed.get(was[former].owner, was[former].owner)
        if owner != part.owner:
            yield TextChange(part.place, f"{code} area", owner, part.owner)
        # The preceding line already reports that a renamed thing now declares its former name.
        values_now = part.values if former == code else {**part.values, "formerly": was[former].values["formerly"]}
        yield from _values(part.place, f"{code} ", was[former].values, values_now, names)
    for code, part in was.items():
        if code not in now and renamed.get(code) not in now:
            owner = renamed.get(part.owner, part.owner)
            place = next((p.place[:-2] for p in now.values() if owner and p.owner == owner), part.place[:1])
            yield TextChange(place, code, _called(part), None)


def _values(
    place: Place, prefix: str, was: Mapping[str, Any], now: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[TextChange]:
    for key, value in now.items():
        before = was[key]
        if key == "supersedes" and isinstance(before, tuple):
            # It is not a change of this framework if another one has renamed what it continues.
            before, value = (tuple(names.get(code, code) for code in codes) for codes in (before, value))
        if _without_form(before) != _without_form(value):
            yield TextChange(
                (*place, key), f"{prefix}{key}", "" if before is None else before, "" if value is None else value
            )


def _without_form(value: object) -> object:
    """A value without mere form: the order of a list, the line breaks of a text."""
    if isinstance(value, str):
        return " ".join(value.split())
    return sorted(value) if isinstance(value, tuple) else value


def _plain(item: Strict, apart: set[str]) -> dict[str, Any]:
    return {key: getattr(item, key) for key in type(item).model_fields if key not in apart}


def _scale(framework: Framework) -> dict[str, Part]:
    words = {
        f"{s.scale}/{s.status}" if s.scale else s.status: _part(("scale", n), "", s, {"status", "scale"})
        for n, s in enumerate(framework.scale)
    }
    return words | {
        f"{row.scale or ''} numbers".strip(): _part(("numbers", n), "", row, {"scale"})
        for n, row in enumerate(framework.numbers)
    }


def _bands(framework: Framework) -> dict[str, Part]:
    return {b.band: _part(("bands", n), "", b, {"band"}) for n, b in enumerate(framework.bands)}


def _areas(framework: Framework) -> dict[str, Part]:
    return {a.area: _part(("areas", n), "", a, {"area", "criteria"}) for n, a in enumerate(framework.areas)}


def _criteria(framework: Framework) -> dict[str, Part]:
    return {
        c.criterion: _part(("areas", n, "criteria", m), area.area, c, {"criterion"})
        for n, area in enumerate(framework.areas)
        for m, c in enumerate(area.criteria)
    }


def _called(part: Part) -> object:
    values = part.values
    return values.get("text") or values.get("title") or f"{values['low']:g}–{values['high']:g}"


def _part(place: Place, owner: str, item: Strict, apart: set[str]) -> Part:
    return Part(place, owner, _plain(item, apart))
