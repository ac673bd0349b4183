"""Which answers can be given to a criterion, and what is each worth? The scales of a standard, with its numbers.

See docs/decisions/0041-a-scale-of-its-own.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from dashboard.model.standard.framework import Criterion, Framework, Numbers, Role, Status

OWN = ""
"""The name of a standard's own scale, for criteria that name none."""
MOST_NUMBERS = 1001
"""The answers that one scale of numbers may have: 0 to 100 in tenths."""
Key = tuple[str, bool]
"""A scale by its name, and whether it counts the other way round."""


@dataclass(frozen=True)
class Choice:
    """One answer. `value` is given exactly if it counts as answered; `number` if it is a number instead of a word.

    `scale` is the one that defines it: words for *not applicable* and *not known* may come from the standard's own.
    """

    status: str
    title: str
    counts_as: Role | Literal["unanswered"]
    value: float | None
    scale: str
    number: float | None = None


def key_of(criterion: Criterion) -> Key:
    """The scale that a criterion is answered on."""
    return criterion.scale or OWN, criterion.reversed


def scales_of(framework: Framework) -> Mapping[str, tuple[Choice, ...]]:
    """Every scale by name, the standard's own first. One without words for *not applicable* or *not known* has its."""
    rows: tuple[Status | Numbers, ...] = (*framework.scale, *framework.numbers)
    names = dict.fromkeys([OWN, *(row.scale or OWN for row in rows)])
    given = {name: _given(framework, name) for name in names}
    return {name: (*own, *_lent(given[OWN], own)) if name != OWN else own for name, own in given.items()}


def scales_used(framework: Framework) -> Mapping[Key, tuple[Choice, ...]]:
    """The standard's own scale, and every other that a criterion is answered on."""
    scales = scales_of(framework)
    keys = dict.fromkeys([(OWN, False), *(key_of(c) for area in framework.areas for c in area.criteria)])
    return {(name, turned): _turned(scales[name]) if turned else scales[name] for name, turned in keys}


def status_id(framework: Framework, choice: Choice) -> str:
    """What translations call a status: `status/crbp/partly`, or `status/crbp/levels/2` if it is on another scale."""
    return "/".join(part for part in ("status", framework.framework, choice.scale, choice.status) if part)


def written(number: Decimal) -> str:
    """A number as its code: 37 or 37.5."""
    return f"{number.normalize():f}"


def steps(numbers: Numbers) -> int:
    """How many steps there are from the lowest number to the highest; 0 if they do not lead there exactly."""
    span, step = _decimal(numbers.high) - _decimal(numbers.low), _decimal(numbers.step)
    return int(span / step) if span > 0 and span % step == 0 else 0


def _given(framework: Framework, name: str) -> tuple[Choice, ...]:
    numbers = [choice for row in framework.numbers if (row.scale or OWN) == name for choice in _numbers(row)]
    words = [
        Choice(word.status, word.title, word.counts_as, word.value, name)
        for word in framework.scale
        if (word.scale or OWN) == name
    ]
    return (*numbers, *words)


def _numbers(numbers: Numbers) -> tuple[Choice, ...]:
    """Highest first, as words usually are."""
    n, low, step = steps(numbers), _decimal(numbers.low), _decimal(numbers.step)
    codes = [(place, written(low + place * step)) for place in range(n, -1, -1)]
    return tuple(
        Choice(code, code, "answered", place / n, numbers.scale or OWN, float(code)) for place, code in codes if n
    )


def _lent(of_standard: tuple[Choice, ...], own: tuple[Choice, ...]) -> tuple[Choice, ...]:
    has = {choice.counts_as for choice in own}
    return tuple(choice for choice in of_standard if choice.counts_as not in {*has, "answered"})


def _turned(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(choice if choice.value is None else replace(choice, value=1 - choice.value) for choice in choices)


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))
