"""How is a figure's target described? In a line, in a sentence, and in the legend of its sign in charts."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from dashboard.charts.targets import SIGNS
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


def sign_legend(view: View, table: pa.Table) -> str:
    """Return what each sign in a chart means, once if it has two meanings; empty if there are none."""
    found, words = set(table["target_status"].to_pylist()), view.words
    said: dict[str, list[str]] = {}
    for one in (status for status in SIGNS if status in found):
        said.setdefault(words(f"target.sign.{one}"), []).append(words(f"target.status.{one}"))
    signs = " · ".join(f"{sign} {words.listed(statuses)}" for sign, statuses in said.items())
    return words("target.legend", signs=signs) if said else ""


def target_columns(table: pa.Table) -> tuple[str, ...]:
    """Return the target columns for a table below a chart; none if no figure has a target."""
    with_target = table["target"].null_count < table.num_rows
    return ("target", "target_due", "target_expected", "target_status") if with_target else ()
