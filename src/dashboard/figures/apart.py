"""When can two figures be told apart? A highest or lowest is named only if it can be told apart from all the others."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure as shown, in percent, with its bounds; None where they are not shown.

    `one_step` is how many points it moves when one answer in one country moves by one step.
    """

    title: str
    percent: float
    low: float | None
    high: float | None
    one_step: float | None


@dataclass(frozen=True)
class Unscored:
    """What has bounds, in percent, but too few answers for a figure."""

    title: str
    low: float
    high: float


@dataclass(frozen=True)
class End:
    """The highest or the lowest of some figures: its title, if one stands out, and those it cannot be told apart from.

    `n_alike` counts it and those; all of them lie between `least` and `most`. `unsure` are titles of what has no figure
    and may lie beyond it.
    """

    title: str | None
    n_alike: int
    least: float
    most: float
    unsure: tuple[str, ...] = ()


def told_apart(one: Figure, other: Figure) -> bool:
    """Whether their bounds do not overlap and they differ by more than one step of one answer would move either."""
    below, above = sorted((one, other), key=lambda figure: figure.percent)
    if below.high is None or above.low is None or below.one_step is None or above.one_step is None:
        return False
    return below.high < above.low and above.percent - below.percent > max(below.one_step, above.one_step)


def highest(figures: Sequence[Figure], unscored: Sequence[Unscored] = ()) -> End:
    """The highest of one or more figures, beside what has none and might lie above it."""
    last = max(figures, key=lambda figure: figure.percent)
    return _end(figures, last, tuple(one.title for one in unscored if last.low is None or one.high >= last.low))


def lowest(figures: Sequence[Figure], unscored: Sequence[Unscored] = ()) -> End:
    """The lowest of one or more figures, beside what has none and might lie below it."""
    last = min(figures, key=lambda figure: figure.percent)
    return _end(figures, last, tuple(one.title for one in unscored if last.high is None or one.low <= last.high))


def _end(figures: Sequence[Figure], last: Figure, unsure: tuple[str, ...]) -> End:
    alike = [one for one in figures if one is last or not told_apart(one, last)]
    percents = [one.percent for one in alike]
    named = len(alike) == 1 and not unsure
    return End(last.title if named else None, len(alike), min(percents), max(percents), unsure)
