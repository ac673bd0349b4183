"""Which figure is highest and which lowest? Named in a sentence only if it can be told apart from all others."""

from collections.abc import Sequence

from dashboard.figures.apart import End, Figure, Unscored, highest, lowest
from dashboard.model.words import FIRST_NAMED, MOST_NAMED
from dashboard.ui.view import View


def ends_said(view: View, figures: Sequence[Figure], unscored: Sequence[Unscored] = ()) -> str:
    """Name both ends of the figures, or say why none can be named: too close, or others without a figure."""
    if len(figures) == 1:
        return view.words("ends.alone", title=figures[0].title, percent=figures[0].percent)
    return both_ends(view, highest(figures, unscored), lowest(figures, unscored), len(figures))


def both_ends(view: View, top: End, bottom: End, n: int) -> str:
    """Name the highest and the lowest of `n` figures."""
    words = view.words
    if all(end.title is None and not _is_unsure(end) for end in (top, bottom)):
        return words("ends.neither", n=n, range=_range(view, bottom.least, top.most))
    return f"{_end(view, 'highest', top, n)} {_end(view, 'lowest', bottom, n)}"


def _end(view: View, name: str, end: End, n: int) -> str:
    if end.title is not None:
        return view.words(f"ends.{name}", title=end.title, percent=end.most)
    if _is_unsure(end):
        return view.words(f"ends.unsure_{name}", percent=end.most, titles=_titles(view, end.unsure))
    return view.words(f"ends.no_{name}", n=end.n_alike, of=n, range=_range(view, end.least, end.most))


def _is_unsure(end: End) -> bool:
    """Whether it can be told apart from the other figures, but not from what has none."""
    return bool(end.unsure) and end.n_alike == 1


def _titles(view: View, titles: Sequence[str]) -> str:
    named = titles[:FIRST_NAMED] if len(titles) > MOST_NAMED else titles
    more = len(titles) - len(named)
    return view.words.listed([*named, *([view.words.count("ends.others", more)] if more else [])])


def _range(view: View, low: float, high: float) -> str:
    return view.words("ends.at" if low == high else "ends.between", low=low, high=high)
