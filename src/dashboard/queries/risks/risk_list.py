"""Which risks were rated, how far are they covered, and which are priority gaps? One row a risk, in their order."""

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.risks import covered_risks


def answer(asked: Asked) -> pa.Table:
    """With the titles of its risk area, its setting and the functions that act, and how many actions are under way."""
    found = covered_risks(asked)
    acted = {row["impact"]: row["n_actions"] for row in asked.rows("risk_actions").to_pylist()}
    impacts, functions = found["impact"].to_pylist(), found["functions"].to_pylist()
    named = {
        "text": [asked.text(code) for code in impacts],
        "risk_area_title": [asked.title(code) for code in found["risk_area"].to_pylist()],
        "setting_title": [asked.title(code) for code in found["setting"].to_pylist()],
    }
    for name, values in named.items():
        found = found.append_column(name, column(values, pa.string()))
    titles = [sorted(title for code in codes if (title := asked.title(code))) or None for codes in functions]
    found = found.set_column(
        found.column_names.index("functions"), "functions", column(titles, pa.list_(pa.string()))
    ).append_column("n_actions", column([acted.get(code, 0) for code in impacts], pa.int64()))
    return found.drop_columns(["rights"])
