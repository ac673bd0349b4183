"""Which risks were rated, how well are they covered, and where are they gaps? One row per risk, in order."""

from typing import TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.risks import BESIDE as COVERED
from dashboard.queries.elements.open_actions import BESIDE as ACTIONS
from dashboard.queries.elements.open_actions import acted
from dashboard.queries.question import RATED, Folded


class RiskListRow(TypedDict):
    """A row of `risk_list`."""

    impact: str
    severity: int
    likelihood: int
    n_rated: int
    n_at_severity: int
    residual_severity: int | None
    n_residual: int
    reading: str
    shade: float | None
    band_title: str | None
    n_severe_gaps: int
    n_gaps: int
    n_partly: int
    gap_operations: list[str]
    gap_reasons: list[str]
    risk_order: int
    text: str
    risk_area_title: str
    setting_title: str
    n_actions: int


def answer(asked: Asked) -> pa.Table:
    """With the titles of its risk area, its setting and the responsible functions, and the number of open actions."""
    found = asked.rows("covered_risks")
    impacts, functions = found["impact"].to_pylist(), found["functions"].to_pylist()
    titles = [asked.in_order(title for code in codes if (title := asked.title(code))) or None for codes in functions]
    columns = {name: found[name] for name in found.column_names if name != "rights"}
    n_actions = acted(asked)
    return pa.table(
        {
            **columns,
            "functions": column(titles, pa.list_(pa.string())),
            "text": strings(asked.text(code) for code in impacts),
            "risk_area_title": strings(asked.title(code) for code in found["risk_area"].to_pylist()),
            "setting_title": strings(asked.title(code) for code in found["setting"].to_pylist()),
            "n_actions": column([n_actions.get(code, 0) for code in impacts], pa.int64()),
        }
    )


RISK_LIST = Folded("risk_list", RiskListRow, answer, RATED, (*ACTIONS, *COVERED))
