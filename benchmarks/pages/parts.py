"""The floor page with one kind of element added: what parts of a page cost the browser, whatever they show."""

import os
import runpy
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
SCALE = {"domain": [0, 100], "scheme": "blues"}
HEAT_MAP = {
    "layer": [
        {"mark": "rect", "encoding": {"color": {"field": "percent", "type": "quantitative", "scale": SCALE}}},
        {"mark": "text", "encoding": {"text": {"field": "percent", "type": "nominal"}}},
    ],
    "encoding": {
        "x": {"field": "area_code", "type": "nominal", "axis": {"orient": "top"}},
        "y": {"field": "country_title", "type": "nominal"},
    },
    "width": "container",
    "height": {"step": 29},
}

floor = runpy.run_path(str(HERE / "floor.py"))
kind, _, number = os.environ["BENCH_PART"].partition(" ")
with st.container(horizontal=True):
    for each in range(int(number or 0)):
        match kind:
            case "menus":
                with st.popover(f"Menu {each}", key=f"menu_{each}"):
                    st.multiselect("Choice", ["one", "two", "three", "four"], key=f"choice_{each}")
            case "buttons":
                st.button(f"Button {each}", key=f"button_{each}")
            case "texts":
                st.markdown(f"A **text** of round {floor['round_']}, {each}")
if kind == "chart":
    given = {"framework": floor["framework"], "round": floor["round_"], "areas": floor["areas"]}
    cells = floor["store"]().cursor().sql((HERE / "heatmap.sql").read_text("utf-8"), params=given).to_arrow_table()
    st.vega_lite_chart(cells, HEAT_MAP, theme=None, key="heatmap_chart", width="stretch")
