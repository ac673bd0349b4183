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
    with st.container(horizontal=True):
        st.button("Search", key="search")
        with st.popover("Share", key="share"):
            pass
        st.button("?", key="help")
    st.caption(f"Illustrative data. Round {floor['round_']}")


def card(title: str) -> None:
    """Draw a framed text that is another in each round."""
    with st.container(border=True):
        st.markdown(f"##### {title}\n\n" + f"- A **finding** of round {floor['round_']} with [a link](compare)\n" * 5)


def heat_map() -> None:
    """Draw as many elements as the Heat map has."""
    st.html("<fieldset>Respect or support</fieldset>" * 20)
    st.markdown(f"# Scores by country in round {floor['round_']}", anchors=False)
    st.html("<div>■ early 0–24</div>" * 100)
    with st.container():
        st.vega_lite_chart(cells(), HEAT_MAP, theme=None, key="heatmap_chart", width="stretch")
    st.toggle("Show as a table", key="table")
    st.caption(f"Comparable in round {floor['round_']}")


def overview() -> None:
    """Draw as many elements as the Overview has, and two charts of ten bars."""
    st.markdown(f"# The group in round {floor['round_']}", anchors=False)
    bars = cells().slice(0, FIRST_COUNTRY)
    left, right = st.columns([4, 3])
    with left:
        with st.container(horizontal=True):
            st.markdown("##### What needs a decision")
            with st.popover("All", key="all"):
                pass
        card("First")
    with right:
        for column, name in zip(st.columns(2), ("Respect", "Support"), strict=True):
            with column:
                card(name)
                st.button("How is this calculated?", key=name)
        card("What changed")
        with st.container(horizontal=True):
            st.markdown("Mean and spread")
            st.html("<fieldset>Respect or support</fieldset>")
    for key, place in (("one", left), ("two", right)):
        with place:
            st.markdown("A legend of every mark")
            st.vega_lite_chart(bars, BARS, theme=None, key=f"{key}_chart", width="stretch")
            st.toggle("Show as a table", key=f"{key}_table")


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
