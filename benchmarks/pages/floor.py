"""The floor: a tuned Streamlit page with our settings, three filters and one metric. Nothing useful can be faster."""

import json
import os
from pathlib import Path
from time import perf_counter

import duckdb
import streamlit as st

started = perf_counter()

MEAN = """
SELECT 100 * sum(points) / sum(weight_answered) FROM score
WHERE framework = $framework AND round = $round AND (len($risk_area) = 0 OR list_has_any(risk_areas, $risk_area))
"""


@st.cache_resource
def store() -> duckdb.DuckDBPyConnection:
    """Return the current publication, opened once."""
    newest = max((Path(os.environ["DASHBOARD_STORE"]) / "publications").glob("*.duckdb"))
    return duckdb.connect(str(newest), read_only=True)


@st.cache_data
def codes(sql: str) -> list[str]:
    """Return the options of one filter."""
    return [code for (code,) in store().cursor().execute(sql).fetchall()]


with st.sidebar:
    framework = st.selectbox(
        "Framework", codes("SELECT framework FROM framework ORDER BY framework_no"), key="framework"
    )
    round_ = st.selectbox("Round", codes("SELECT round FROM round ORDER BY position DESC"), key="round")
    areas = st.multiselect("Risk area", codes("SELECT risk_area FROM risk_area ORDER BY risk_area"), key="risk_area")

given = {"framework": framework, "round": round_, "risk_area": areas}
found = store().cursor().execute(MEAN, given).fetchone()
st.metric("Mean", "–" if found is None or found[0] is None else f"{found[0]:.3f}")


def finish() -> None:
    """Note what this run took."""
    with Path(os.environ["DASHBOARD_TIMING_FILE"]).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"page": "", "total": 1000 * (perf_counter() - started)}) + "\n")


# `parts.py` adds to this page.
if __name__ == "__main__":
    finish()
