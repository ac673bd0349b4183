"""How is a figure's target described? In a line, and in a sentence."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from dashboard.charts.targets import FIELDS
from dashboard.queries.ask import rows
from dashboard.queries.plan.targets import TARGETS, TargetsRow
from dashboard.ui.view import View

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
    return FIELDS if with_target else ()
