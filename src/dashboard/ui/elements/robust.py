"""How sure is a figure? What other ways of calculating it would give, what would move it to another band, and in one
line also how old its answers are, and how much of the standard is confirmed in its document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypedDict

from dashboard.queries.ask import rows
from dashboard.queries.data.robustness import ROBUSTNESS, RobustnessRow
from dashboard.queries.question import Question
from dashboard.queries.standards.questions import STANDARD_ABOUT
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

WITHOUT = "without"
ASKED = ("answer_ages", "robustness", "standard_about")
"""What the line on the group's figure is made of."""


class AnswerAgesRow(TypedDict):
    """A row of `answer_ages`."""

    first_answered_on: date | None
    last_answered_on: date | None
    oldest_months: int | None
    newest_months: int | None


ANSWER_AGES = Question("answer_ages", AnswerAgesRow)


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
    found = [row for row in escaped_rows(view.published, ROBUSTNESS, view.parameters()) if row["percent"] is not None]
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


def how_sure(view: View) -> str:
    """Return the line on the respect figure for the filters; empty if nothing matches them."""
    view = view.of_respect()
    parts = [*_age(view), *_range(view)]
    return view.words("sure.line", parts=" · ".join((*parts, *_confirmed(view)))) if parts else ""


def _age(view: View) -> Iterator[str]:
    (row,) = rows(view.published, ANSWER_AGES, view.parameters())
    oldest, newest = row["oldest_months"], row["newest_months"]
    if oldest is None or newest is None:
        return
    first, last = row["first_answered_on"], row["last_answered_on"]
    given = view.words("sure.given_on" if first == last else "sure.given", first=first, last=last)
    if oldest == newest:
        yield view.words.count("sure.age", newest, given=given)
    else:
        yield view.words("sure.ages", newest=newest, oldest=oldest, given=given)


def _range(view: View) -> Iterator[str]:
    """Yield the lowest and the highest value of all ways of calculating that *How reliable the figures are* shows."""
    figure = next((one for one in robust_figures(view) if one.stands["of"] == "group"), None)
    if figure is not None:
        kind, key = view.kind_word().lower(), "same" if figure.lowest == figure.highest else "range"
        yield view.words(f"sure.{key}", kind=kind, low=figure.lowest, high=figure.highest)


def _confirmed(view: View) -> Iterator[str]:
    """Yield how much of the whole standard is confirmed, whatever the filters."""
    for row in escaped_rows(view.published, STANDARD_ABOUT, view.parameters()):
        yield view.words("sure.confirmed", n=row["n_confirmed"], of=row["n_criteria"], title=row["short_title"])
