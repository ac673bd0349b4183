"""The usual Streamlit way: read_csv with st.cache_data in the page, pandas, and an Altair chart built in every run."""

import os
from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st
import yaml

GROUP = Path(os.environ["BENCH_GROUP"])
FRAMEWORKS = Path(os.environ["BENCH_FRAMEWORKS"])
VALUES = {"implemented": 1.0, "partly": 0.5, "not_implemented": 0.0}


@st.cache_data
def read_criteria() -> pd.DataFrame:
    """Return every criterion with its area and risk areas."""
    rows = []
    for file in sorted(FRAMEWORKS.glob("*/framework.yaml")):
        framework = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        rows += [
            {"framework": framework["framework"], "area": area["code"], **criterion}
            for area in framework["areas"]
            for criterion in area["criteria"]
        ]
    criteria = pd.DataFrame(rows)[["framework", "area", "criterion", "kind", "weight", "risk_areas"]]
    criteria["risk_areas"] = criteria["risk_areas"].map(lambda row: row if isinstance(row, list) else [])
    return criteria


@st.cache_data
def read_answers() -> pd.DataFrame:
    """Return every answer, with the country of its operation."""
    files = sorted((GROUP / "answers").glob("*.csv")) or [GROUP / "answers.csv"]
    answers = pd.concat(pd.read_csv(file, dtype={"round": str}) for file in files)
    operations = pd.read_csv(GROUP / "operations.csv")
    return answers.merge(operations[["operation", "country"]], on="operation")


criteria = read_criteria()
answers = read_answers()
with st.sidebar:
    framework = st.selectbox("Framework", sorted(criteria["framework"].unique(), reverse=True), key="framework")
    round_ = st.selectbox("Round", sorted(answers["round"].unique(), reverse=True), key="round")
    areas = st.multiselect("Risk area", sorted({a for row in criteria["risk_areas"] for a in row}), key="risk_area")

chosen = criteria[(criteria["framework"] == framework) & (criteria["kind"] == "respect")]
if areas:
    chosen = chosen[chosen["risk_areas"].map(lambda row: bool(set(row) & set(areas)))]
shown = answers[answers["round"] == round_].merge(chosen, on="criterion")
shown["value"] = shown["status"].map(VALUES)
shown = shown.dropna(subset=["value"])
shown["points"] = shown["value"] * shown["weight"]
cells = shown.groupby(["country", "area"], as_index=False).agg(points=("points", "sum"), weight=("weight", "sum"))
cells["percent"] = (100 * cells["points"] / cells["weight"]).round()

st.markdown(f"#### {len(cells)} cells, mean {cells['percent'].mean():.0f}")
base = alt.Chart(cells).encode(x=alt.X("area:N", axis=alt.Axis(orient="top")), y="country:N")
heat = base.mark_rect().encode(color=alt.Color("percent:Q", scale=alt.Scale(domain=[0, 100], scheme="blues")))
st.altair_chart((heat + base.mark_text().encode(text="percent:Q")).properties(height=alt.Step(29)), width="stretch")
