"""Which parameters may a question use? The view, the day, and what the filters keep."""

from datetime import date

from dashboard.model.view.known import COUNTINGS, Known
from dashboard.model.view.view_state import FIELDS, ViewState
from dashboard.queries.ask import Value, rows
from dashboard.queries.frame.common import COMMON
from dashboard.store.reading.choice import kept
from dashboard.store.reading.reader import Published

NOT_CHOSEN: dict[str, Value] = {
    "within": (),
    "row_code": "",
    "column_code": "",
    "earlier_edition": "",
    "later_edition": "",
    "picture": "inherent",
    "whole": False,
}
"""Parameters that are not fields of the view: a page sets them, and the defaults restrict nothing.

Without `whole`, long lists have as many rows as a page shows of them; other tools are given all.
"""


def given(published: Published, state: ViewState, known: Known, today: date, /, **more: Value) -> dict[str, Value]:
    """Every parameter a question may use. Other selections go into `more`; merged in afterwards, they filter
    nothing."""
    fields = {name: getattr(state, name) for name in FIELDS}
    parameters = {**NOT_CHOSEN, **fields, "lang": known.wording(state.lang), "today": today, **more}
    parameters |= kept(published, parameters)
    # While names are hidden, this would expose the head office's answer to a single criterion.
    if published.masked and parameters["counting"] == "inherited":
        parameters["counting"] = COUNTINGS[0]
    if state.common == "yes" and "within" not in more:
        parameters["within"] = _common(published, parameters)
    return parameters


def _common(published: Published, parameters: dict[str, Value]) -> tuple[str, ...]:
    """The criteria that every shown operation has answered; none, which restricts nothing, if they are too few."""
    return tuple(row["criterion"] for row in rows(published, COMMON, parameters) if row["enough"])
