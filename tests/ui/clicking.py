"""How does a test click on a mark of a chart, or choose a row of its table, as a browser would report it?"""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import nothing_failed


def click_mark(app: AppTest, chart: str, mark: Mapping[str, object]) -> AppTest:
    """Click on a mark of the chart with this key; `mark` is what the browser sends, the fields of its selection."""
    found = next(one.proto for one in app.get("vega_lite_chart") if f"-{chart}_" in one.proto.id)
    (selection,) = found.selection_mode
    fields = next(one for one in json.loads(found.spec)["params"] if one["name"] == selection)["select"]["fields"]
    assert set(fields) == set(mark), fields
    return _tell(app, found.id, {selection: [dict(mark)]})


def choose_row(app: AppTest, chart: str, row: int) -> AppTest:
    """Choose a row of the chart's table, as by keyboard or mouse."""
    app.toggle(key=f"{chart}_table").set_value(True).run()
    (grid,) = (one.proto for one in app.dataframe if f"-{chart}_table_" in one.proto.id)
    return _tell(app, grid.id, {"rows": [row], "columns": [], "cells": []})


def _tell(app: AppTest, widget: str, selection: Mapping[str, Any]) -> AppTest:
    states = app._tree.get_widget_states()
    states.widgets.add(id=widget, string_value=json.dumps({"selection": selection}))
    app._run(states)
    nothing_failed(app)
    return app
