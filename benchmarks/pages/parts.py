"""The floor page with one kind of element added: what parts of a page cost the browser, whatever they show."""

import os
import runpy
from pathlib import Path

import pyarrow as pa
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

BARS = {
    "layer": [
        {"mark": "bar", "encoding": {"x": {"field": "percent", "type": "quantitative", "scale": {"domain": [0, 100]}}}},
        {"mark": "text", "encoding": {"text": {"field": "percent", "type": "nominal"}}},
    ],
    "encoding": {"y": {"field": "area_code", "type": "nominal"}},
    "width": "container",
    "height": {"step": 29},
}
FIRST_COUNTRY = 10
"""Cells of one country: a bar for each area."""

floor = runpy.run_path(str(HERE / "floor.py"))
kind, _, number = os.environ["BENCH_PART"].partition(" ")


def cells() -> pa.Table:
    """Return the cells of the heat map for what is chosen."""
    given = {"framework": floor["framework"], "round": floor["round_"], "areas": floor["areas"]}
    return floor["store"]().cursor().sql((HERE / "heatmap.sql").read_text("utf-8"), params=given).to_arrow_table()


def frame() -> None:
    """Draw as much as stands above our pages, beside the three filters of the floor page."""
    st.html("<nav>" + '<a href="compare">A page</a>' * 16 + "</nav>")
    with st.container(horizontal=True):
        st.html("<fieldset><label>A choice</label></fieldset>" * 500)
        st.button("Search", key="search")
        with st.popover("Share", key="share"):
            pass
        st.button("?", key="help")
    st.html("<div></div>")
    st.markdown(f"Illustrative data. Round {floor['round_']}")


def told(title: str, lines: int) -> None:
    """Draw a heading and texts that are others in each round."""
    line = f"<p>A <b>finding</b> of round {floor['round_']} with <a href='compare'>a link</a></p>"
    st.html(f"<div><h2>{title}</h2>{line * lines}</div>")


def heat_map() -> None:
    """Draw as many elements as the Heat map has."""
    st.html("<fieldset>Respect or support</fieldset>" * 20)
    st.html(f"<h1>Scores by country in round {floor['round_']}</h1>")
    st.html("<div>■ early 0–24</div>" * 100)
    with st.container():
        st.vega_lite_chart(cells(), HEAT_MAP, theme=None, key="heatmap_chart", width="stretch")
    st.toggle("Show as a table", key="table")
    st.caption(f"Comparable in round {floor['round_']}")


def overview() -> None:
    """Draw as many elements as the Overview has, and a chart of ten bars."""
    st.html(f"<h1>The group in round {floor['round_']}</h1>")
    left, right = st.columns([4, 3])
    with left:
        with st.container(border=True):
            told("What needs a decision", 5)
            with st.popover("All", key="all"):
                pass
        told("Most severe risks", 5)
    with right:
        for column, name in zip(st.columns(2), ("Respect", "Support"), strict=True):
            with column:
                told(name, 3)
                st.button("How is this calculated?", key=name)
        with st.container(border=True):
            told("What changed", 2)
        st.html("<fieldset>Respect or support</fieldset>")
        bars = cells().slice(0, FIRST_COUNTRY)
        st.vega_lite_chart(bars, BARS, theme=None, key="bars_chart", width="stretch")
        st.toggle("Show as a table", key="bars_table")
        st.html("<div>■ early 0–24</div>" * 5)


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
match kind:
    case "chart":
        st.vega_lite_chart(cells(), HEAT_MAP, theme=None, key="heatmap_chart", width="stretch")
    case "heatmap":
        frame()
        heat_map()
    case "overview":
        frame()
        overview()
    case "bars":
        bars = cells().slice(0, FIRST_COUNTRY)
        st.vega_lite_chart(bars, BARS, theme=None, key="bars_chart", width="stretch")
    case "frame":
        frame()
floor["finish"]()
