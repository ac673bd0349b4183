"""Which figure is highest and which lowest? Named in a sentence only if it can be told apart from all others."""

from collections.abc import Sequence

from dashboard.figures.apart import End, Figure, Unscored, highest, lowest
from dashboard.model.claim import Claim, Claims
from dashboard.model.words import FIRST_NAMED, MOST_NAMED


def ends_said(figures: Sequence[Figure], unscored: Sequence[Unscored] = ()) -> Claims:
    """Name both ends of the figures, or say why none can be named: too close, or others without a figure."""
    if len(figures) == 1:
        return (Claim.of("ends.alone", title=figures[0].title, percent=figures[0].percent),)
    return both_ends(highest(figures, unscored), lowest(figures, unscored), len(figures))


def both_ends(top: End, bottom: End, n: int) -> Claims:
    """Name the highest and the lowest of `n` figures."""
    if all(end.title is None and not _is_unsure(end) for end in (top, bottom)):
        return (Claim.of("ends.neither", n=n, range=_range(bottom.least, top.most)),)
    return _end("highest", top, n), _end("lowest", bottom, n)


def _end(name: str, end: End, n: int) -> Claim:
    if end.title is not None:
        return Claim.of(f"ends.{name}", title=end.title, percent=end.most)
    if _is_unsure(end):
        return Claim.of(f"ends.unsure_{name}", percent=end.most, titles=_titles(end.unsure))
    return Claim.of(f"ends.no_{name}", n=end.n_alike, of=n, range=_range(end.least, end.most))


def _is_unsure(end: End) -> bool:
    """Whether it can be told apart from the other figures, but not from what has none."""
    return bool(end.unsure) and end.n_alike == 1


def _titles(titles: Sequence[str]) -> list[Claim | str]:
    named = titles[:FIRST_NAMED] if len(titles) > MOST_NAMED else titles
    more = len(titles) - len(named)
    return [*named, *([Claim.count("ends.others", more)] if more else [])]


def _range(low: float, high: float) -> Claim:
    return Claim.of("ends.at" if low == high else "ends.between", low=low, high=high)
