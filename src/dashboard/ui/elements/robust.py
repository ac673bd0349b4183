"""How sure is a figure? What other ways of calculating it would give, and what would move it to another band."""

from dataclasses import dataclass
from itertools import groupby

from dashboard.queries.data.rows import RobustnessRow
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

WITHOUT = "without"


@dataclass(frozen=True)
class Robust:
    """One figure, and all other ways of calculating it."""

    stands: RobustnessRow
    others: list[RobustnessRow]

    @property
    def lowest(self) -> float:
        return min(self._every)

    @property
    def highest(self) -> float:
        return max(self._every)

    @property
    def _every(self) -> list[float]:
        return [row["percent"] for row in (self.stands, *self.others) if row["percent"] is not None]

    @property
    def turning(self) -> list[RobustnessRow]:
        """The ways that move it to another band."""
        return [row for row in self.others if row["band"] != self.stands["band"]]


def robust_figures(view: View) -> list[Robust]:
    """Return the figures for the filters: the mean over countries, each principle, each country.

    Only those with a band: those of one or two answers have none to keep.
    """
    found = [row for row in escaped_rows(view.published, "robustness", view.parameters()) if row["percent"] is not None]
    of_figure = [list(rows) for _, rows in groupby(found, lambda row: (row["of"], row["code"]))]
    return [Robust(stands, others) for stands, *others in of_figure if stands["band"]]


def verdict(view: View, figure: Robust) -> str:
    """Say whether the figure is safe in its band, or what moves it out."""
    words, turning = view.words, figure.turning
    if not turning:
        return words("robust.safe")
    said = list(dict.fromkeys(words(f"robust.turns_{row['way']}") for row in turning if row["way"] != WITHOUT))
    without = [title for row in turning if row["way"] == WITHOUT for title in row["left_out_titles"]]
    if without:
        said.append(words("robust.turns_without", countries=words.some("countries", without)))
    return words("robust.turns", on=words.listed(said))


def said_of_number(view: View, alone: bool) -> str:
    """Return the range of the current figure and what it depends on; empty if it has none. `alone`: for one country."""
    figures = [figure for figure in robust_figures(view) if figure.stands["of"] == ("country" if alone else "group")]
    if not figures:
        return ""
    return view.words(
        "robust.of_number", low=figures[0].lowest, high=figures[0].highest, verdict=verdict(view, figures[0])
    )
