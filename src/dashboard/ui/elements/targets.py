"""How is a figure's target described? In a line, and in a sentence."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from dashboard.queries.ask import rows
from dashboard.queries.plan.rows import TargetsRow
from dashboard.ui.view import View

Beside = Mapping[tuple[str | None, str, str | None], TargetsRow]
"""The target of each figure, by operation (None for the group), kind and area (None for all)."""


def targets_beside(view: View) -> Beside:
    """Return the targets of the figures for the filters; none if a filter narrows the figure."""
    found = rows(view.published, "targets", view.parameters())
    return {(row["operation"], row["kind"], row["area"]): row for row in found if row["beside"]}


def in_short(view: View, row: TargetsRow) -> str:
    """Return sign, target and status."""
    sign = view.words(f"target.sign.{row['target_status']}")
    return view.words("target.in_short", sign=sign, target=row["target"], status=status_said(view, row))


def status_said(view: View, row: TargetsRow) -> str:
    """Return the status in words, and whether the date has passed without the target being reached."""
    said = view.words(f"target.status.{row['target_status']}")
    passed = row["target_status"] != "reached" and row["due_on"] < view.today
    return view.words("target.passed", status=said) if passed else said


def in_full(view: View, row: TargetsRow) -> str:
    """Return the full sentence on a target, as charts use it."""
    places: dict[str, Any] = {"target": row["target"], "due": row["due_on"], "expected": row["target_expected"]}
    return view.words(f"target.{row['target_status']}", **places)


def target_columns(table: pa.Table) -> tuple[str, ...]:
    """Return the target columns for a table below a chart; none if no figure has a target."""
    with_target = table["target"].null_count < table.num_rows
    return ("target", "target_due", "target_expected", "target_status") if with_target else ()
