"""Which figure is highest and which lowest? Named in a sentence only if it can be told apart from all others."""

from collections.abc import Sequence

from dashboard.figures.apart import End, Figure, highest, lowest
from dashboard.ui.view import View


def ends_said(view: View, figures: Sequence[Figure]) -> str:
    """Name both ends of the figures, or say how many are too close together to name one."""
    if len(figures) == 1:
        return view.words("ends.alone", title=figures[0].title, percent=figures[0].percent)
    return both_ends(view, highest(figures), lowest(figures), len(figures))


def both_ends(view: View, top: End, bottom: End, n: int) -> str:
    """Name the highest and the lowest of `n` figures."""
    words = view.words
    if top.title is None and bottom.title is None:
        return words("ends.neither", n=n, range=_range(view, bottom.least, top.most))
    return f"{_end(view, 'highest', top, n)} {_end(view, 'lowest', bottom, n)}"


def _end(view: View, name: str, end: End, n: int) -> str:
    if end.title is not None:
        return view.words(f"ends.{name}", title=end.title, percent=end.most)
    return view.words(f"ends.no_{name}", n=end.n_alike, of=n, range=_range(view, end.least, end.most))


def _range(view: View, low: float, high: float) -> str:
    return view.words("ends.at" if low == high else "ends.between", low=low, high=high)
