"""An app with our imports and one fixed chart: the start-up time that no app with these imports can beat."""

import altair as alt
import duckdb
import pandas as pd
import pyarrow as pa
import pydantic
import python_calamine
import streamlit as st
import yaml

IMPORTED = (alt, duckdb, pd, pa, pydantic, python_calamine, yaml)
ONE = {"mark": "bar", "encoding": {"x": {"field": "x", "type": "nominal"}, "y": {"field": "y", "type": "quantitative"}}}

st.vega_lite_chart(pa.table({"x": ["a", "b"], "y": [1, 2]}), ONE)
