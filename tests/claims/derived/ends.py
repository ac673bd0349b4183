"""Which of some figures is named highest or lowest, and what is said where none is? Told again from the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.claims.said import Said, said
from tests.claims.slow.scores import Figure, Mean, whole


@dataclass(frozen=True)
class Named:
    """A figure with its name: in whole percent, as shown; `percent` is None where too few answers give only bounds."""

    title: str
    percent: int | None
    low: int
    high: int
    one_step: Fraction


def named(title: str, figure: Figure | Mean) -> Named | None:
    """A figure, or the mean of some, if it has bounds."""
    if isinstance(figure, Mean):
        low, high = figure.bound(lambda one: one.low), figure.bound(lambda one: one.high)
    else:
        low, high = figure.low, figure.high
    if low is None or high is None:
        return None
    return Named(title, figure.percent, whole(low), whole(high), 100 * (figure.one_step or Fraction(0)))


def apart(one: Named, other: Named) -> bool:
    """Whether bounds do not overlap, and the difference is more than one step of one answer changes in either."""
    assert one.percent is not None
    assert other.percent is not None
    difference = abs(one.percent - other.percent)
    return (one.low > other.high or other.low > one.high) and difference > max(one.one_step, other.one_step)


def ends(figures: Sequence[Named], unscored: Sequence[Named]) -> list[Said]:
    """What is said of both ends of two or more figures."""
    top, bottom = _end("highest", figures, unscored), _end("lowest", figures, unscored)
    if top.key == "ends.no_highest" and bottom.key == "ends.no_lowest":
        percents = [one.percent or 0 for one in figures]
        return [said("ends.neither", n=len(figures), range=_range(min(percents), max(percents)))]
    return [top, bottom]


def _end(name: str, figures: Sequence[Named], unscored: Sequence[Named]) -> Said:
    last = _last(figures, name)
    alike = _beside(figures, name)
    beyond = [one.title for one in unscored if (one.high >= last.low if name == "highest" else one.low <= last.high)]
    if len(alike) > 1:
        percents = [one.percent or 0 for one in alike]
        return said(f"ends.no_{name}", n=len(alike), of=len(figures), range=_range(min(percents), max(percents)))
    if beyond:
        return said(f"ends.unsure_{name}", percent=last.percent, titles=_few(beyond))
    return said(f"ends.{name}", title=last.title, percent=last.percent)


def _last(figures: Sequence[Named], name: str) -> Named:
    percents = [one.percent or 0 for one in figures]
    last = max(percents) if name == "highest" else min(percents)
    return figures[percents.index(last)]


def _beside(figures: Sequence[Named], name: str) -> list[Named]:
    """The last one, and those that it cannot be told apart from."""
    last = _last(figures, name)
    return [one for one in figures if one is last or not apart(one, last)]


def _few(titles: list[str]) -> list[object]:
    """All names, or of more than five the first three and how many there are besides."""
    return [*titles] if len(titles) <= 5 else [*titles[:3], said("ends.others", n=len(titles) - 3)]


def _range(low: int, high: int) -> Said:
    return said("ends.at" if low == high else "ends.between", low=low, high=high)
