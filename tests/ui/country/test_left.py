"""Does the row of a risk warn where nothing explains why it is rated lower with measures than without?"""

import pytest

from dashboard.queries.ask import rows
from dashboard.queries.country_operation import OPERATION_RISKS
from dashboard.ui.country.operation_risks import _left, reasons
from tests.conftest import MakeView

NOTHING, NOT_ASKED = "nothing that addresses it is in place", "no criterion that addresses it was asked in this round"


@pytest.mark.parametrize(
    ("severity", "likelihood", "lower"),
    [(4, 4, False), (4, None, False), (None, None, False), (3, None, True), (4, 3, True), (None, 3, True)],
)
def test_a_lower_rating_is_explained_or_warned_of_in_its_row(
    severity: int | None, likelihood: int | None, lower: bool, view_of: MakeView
) -> None:
    view = view_of()
    given = view.parameters(operation="tcd-op")
    row = rows(view.published, OPERATION_RISKS, given)[0]
    row |= {"severity": 4, "likelihood": 4, "residual_severity": severity, "residual_likelihood": likelihood}
    assert (NOT_ASKED in _left(view, row, [])) == lower
    own = next(iter(reasons(view, given).values()))
    without = [one | {"value": 0.0} for one in own]
    assert (NOTHING in _left(view, row, without)) == lower
    assert NOT_ASKED not in _left(view, row, own)
    stated = severity is not None or likelihood is not None
    assert (_left(view, row, own) == view.words("country.not_stated")) != stated
