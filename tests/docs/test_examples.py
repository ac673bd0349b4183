"""Do the examples in docs/method.md match the sample?"""

from datetime import date

import numpy as np
import pytest

from dashboard.figures.scores import expected_percent, status_of
from dashboard.figures.subjects import BoundedFigure, told_apart
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import AGREEMENT
from dashboard.queries.data_method import ROBUSTNESS
from dashboard.queries.overview_headline import AREAS
from dashboard.queries.plan_actions import TARGETS
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView

METHOD = " ".join((ROOT / "docs" / "method.md").read_text("utf-8").split())
CHOICE = {"framework": "crbp", "kind": "respect", "round": "2025"}


def test_how_sure_a_figure_is(view_of: MakeView) -> None:
    view = view_of(**CHOICE)
    found = [row for row in rows(view.published, ROBUSTNESS, view.parameters()) if row["of"] == "group"]
    ways = {row["way"]: row for row in found if row["way"] != "without"}
    of = {way: f"{row['percent']:.0f}" for way, row in ways.items()}
    left_out = [row["percent"] or 0 for row in found if row["way"] == "without"]
    turns_on = {row["way"] for row in found if row["band"] != ways["answers"]["band"]}
    assert turns_on == {"seen", "low_step"}, "evidence and the steps of the scale"
    every = [row["percent"] or 0 for row in found]
    assert (
        f"the mean is {of['answers']}, and {of['seen']} with only seen evidence, {of['equal']} at equal weights, "
        f"{of['low_step']} and {of['high_step']} with the steps between at 0.25 and 0.75, {of['median']} as the "
        f"median, {of['children']} by children, and {min(left_out):.0f} to {max(left_out):.0f} without one country. "
        f"It lies between {min(every):.0f} and {max(every):.0f}, and its band turns on evidence and on the steps"
    ) in METHOD


def test_the_path_to_a_target(view_of: MakeView) -> None:
    view = view_of(**CHOICE)
    (row,) = (
        row
        for row in rows(view.published, TARGETS, view.parameters())
        if row["operation"] is None and row["area"] is None and row["kind"] == "respect"
    )
    ends = _ends(view)
    begins, now, due = ends["2023"], ends["2025"], row["due_on"]
    was, target, elapsed = row["baseline_percent"], row["target"], (now - begins).days / (due - begins).days
    expected = expected_percent(was, target, elapsed)
    assert (row["target_expected"], row["target_status"]) == (expected, "on_track")
    assert status_of(expected - 1, target, expected) == "off_track"
    days = f"after {(now - begins).days} of {(due - begins).days:,} days".replace(",", " ")
    assert (
        f"{was:.0f} in the round that ended on {_day(begins)}, to be {target} by {_day(due)}. By {_day(now)}, {days}, "
        f"{was:.0f} + {target - was:.0f} × {(now - begins).days} ÷ {f'{(due - begins).days:,}'.replace(',', ' ')} = "
        f"{expected:.0f} is expected; {row['target_percent']:.0f} is on track, {expected - 1:.0f} would be off track."
    ) in METHOD


def _ends(view: View) -> dict[str, date]:
    with view.published.cursor() as cursor:
        return dict(cursor.execute("SELECT round, ends_on FROM round").fetchall())


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_how_far_two_agree(view_of: MakeView) -> None:
    view = view_of(**CHOICE)
    everything, *_ = rows(view.published, AGREEMENT, view.parameters(operation=""))
    assert f"{everything['n_pairs']} pairs give {everything['agreed_percent']:.0f} % agreed." in METHOD


def test_what_can_be_told_apart(view_of: MakeView) -> None:
    view = view_of(**CHOICE)
    found = {row["area_code"]: row for row in rows(view.published, AREAS, view.parameters())}
    six, three = found["6"], found["3"]
    of_six, of_three = (
        BoundedFigure("", one["mean"] or 0, one["low"], one["high"], one["one_step"]) for one in (six, three)
    )
    assert not told_apart(of_six, of_three)
    step = float(np.floor(10 * (of_six.one_step or 0) + 0.5) / 10)
    assert (
        f"principle 6 is at {six['mean']:.0f}, between {six['low']:.0f} and {six['high']:.0f}, and one step moves "
        f"it by {step:.1f} points; principle 3 is at {three['mean']:.0f}, between {three['low']:.0f} and "
        f"{three['high']:.0f}: the same."
    ) in METHOD


@pytest.mark.parametrize("part", ["What can be told apart", "Targets", "Agreement of two", "How sure a figure is"])
def test_each_of_the_newer_sections_has_an_example(part: str) -> None:
    text = (ROOT / "docs" / "method.md").read_text("utf-8")
    section = text[text.index(f"## {part}") :].split("\n## ")[0]
    assert "worked example" in section
    assert "sample" in section
