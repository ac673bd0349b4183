"""Does a small figure keep to itself what its answers say, whatever is summed of them?"""

import pyarrow as pa

from dashboard.figures.cube import MEASURES
from dashboard.queries.withhold_small_counts import withhold_small_counts

STAY = frozenset({
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_critical_failed",
    "weight_applicable",
})  # fmt: skip
"""What is asked and whether there is an answer; and the mark of a critical failure, which nothing hides."""


def test_of_one_or_two_answers_no_sum_is_seen_that_says_what_they_say() -> None:
    columns = {name: [2.0, 2.0, 3.0] for name in MEASURES}
    table = pa.table(columns | {"n_answered": [1.0, 2.0, 3.0], "reading": ["count", "too_few", "count"]})
    found = withhold_small_counts(table)
    for name in set(MEASURES) - {"n_answered"}:
        assert found[name].to_pylist() == ([2, 2, 3] if name in STAY else [None, None, 3]), name
