"""The same page in Dash: the same filters and heat map, from the same score tables, with SQL."""

import os
import sys
from pathlib import Path
from typing import Any

import dash
import duckdb
import numpy as np
import plotly.graph_objects as go
from dash import Input, Output, dcc, html

STORE = duckdb.connect(
    str(max((Path(os.environ["DASHBOARD_STORE"]) / "publications").glob("*.duckdb"))), read_only=True
)
HEATMAP = Path(__file__).with_name("heatmap.sql").read_text("utf-8")


def codes(sql: str) -> list[str]:
    """Return the options of one filter."""
    return [code for (code,) in STORE.cursor().execute(sql).fetchall()]


FRAMEWORKS = codes("SELECT framework FROM framework ORDER BY framework_no")
ROUNDS = codes("SELECT round FROM round ORDER BY position DESC")
AREAS = codes("SELECT risk_area FROM risk_area ORDER BY risk_area")

app = dash.Dash(__name__)
app.layout = html.Div(
    [
        html.Div(
            [
                dcc.Dropdown(FRAMEWORKS, FRAMEWORKS[0], id="framework", clearable=False),
                dcc.Dropdown(ROUNDS, ROUNDS[0], id="round", clearable=False),
                dcc.Dropdown(AREAS, [], id="risk_area", multi=True, closeOnSelect=False),
            ],
            style={"width": "20rem"},
        ),
        html.Div([html.H4(id="headline"), dcc.Graph(id="heatmap")], style={"flex": "1"}),
    ],
    style={"display": "flex"},
)


@app.callback(  # type: ignore[untyped-decorator]
    Output("headline", "children"),
    Output("heatmap", "figure"),
    Input("framework", "value"),
    Input("round", "value"),
    Input("risk_area", "value"),
)
def draw(framework: str, round_: str, risk_area: list[str] | None) -> tuple[str, Any]:
    """Return the sentence and the figure for one combination of filters."""
    asked = {"framework": framework, "round": round_, "areas": risk_area or []}
    cells = STORE.cursor().execute(HEATMAP, asked).fetchnumpy()
    across, down = list(dict.fromkeys(cells["area_code"])), list(dict.fromkeys(cells["country_title"]))
    percent = np.ma.filled(cells["percent"], np.nan).reshape(len(down), len(across))
    text = [["" if value != value else f"{value:.0f}" for value in row] for row in percent]
    figure = go.Figure(
        go.Heatmap(z=percent, x=across, y=down, text=text, texttemplate="%{text}", zmin=0, zmax=100, colorscale="Blues")
    )
    figure.update_layout(
        height=62 + 29 * len(down), margin={"t": 30, "l": 120, "b": 10}, yaxis={"autorange": "reversed"}
    )
    return f"{len(percent) * len(across)} cells", figure


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
