"""What is said beside a figure: how sure it is, and how far it is from its target.

How sure it is means what other ways of calculating it would give, what would move it to another band, and in one line
also how old its answers are, and how much of the standard is confirmed in its document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, TypedDict

import pyarrow as pa

from dashboard.charts.look import TARGET_FIELDS
from dashboard.queries.ask import rows
from dashboard.queries.data_method import ROBUSTNESS, RobustnessRow
from dashboard.queries.plan_actions import TARGETS, TargetsRow
from dashboard.queries.question import Question
from dashboard.queries.standards_document import STANDARD_ABOUT
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


Beside = Mapping[tuple[str | None, str, str | None], TargetsRow]
"""The target of each figure, by operation (None for the group), kind and area (None for all)."""


def targets_beside(view: View) -> Beside:
    """Return the targets of the figures for the filters; none if a filter narrows the figure."""
    found = rows(view.published, TARGETS, view.parameters())
    return {(row["operation"], row["kind"], row["area"]): row for row in found if row["beside"]}


def in_short(view: View, row: TargetsRow) -> str:
    """Return sign, target and status, and what is expected today unless the target was reached."""
    words, status = view.words, row["target_status"]
    said = words(
        "target.in_short", sign=words(f"target.sign.{status}"), target=row["target"], status=status_said(view, row)
    )
    if status == "reached" or row["target_today"] is None:
        return said
    return words("target.and_today", said=said, today=row["target_today"])


def status_said(view: View, row: TargetsRow) -> str:
    """Return the status in words with its day, and whether the date has passed without the target being reached."""
    status, ends = row["target_status"], row["round_ends_on"]
    dated = ends is not None and ends < view.today
    said = view.words(f"target.then.{status}", on=ends) if dated else view.words(f"target.status.{status}")
    passed = row["target_status"] != "reached" and row["due_on"] < view.today
    return view.words("target.passed", status=said) if passed else said


def in_full(view: View, row: TargetsRow) -> str:
    """Return the full sentence on a target, as charts use it."""
    places: dict[str, Any] = {
        "target": row["target"],
        "due": row["due_on"],
        "expected": row["target_expected"],
        "on": row["round_ends_on"],
        "today": row["target_today"],
    }
    return view.words(f"target.{row['target_status']}", **places)


def target_columns(table: pa.Table) -> tuple[str, ...]:
    """Return the target columns for a table below a chart; none if no figure has a target."""
    with_target = table["target"].null_count < table.num_rows
    return TARGET_FIELDS if with_target else ()
