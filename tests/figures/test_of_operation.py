"""Does an answer count in memory as it counts in SQL?"""

import numpy as np

from dashboard.figures.cube import MEASURES
from dashboard.figures.imagined import cube_of
from dashboard.figures.single_answers import sums_of_answers
from tests.conftest import MakeView


def test_each_answer_counts_as_it_does_in_sql(view_of: MakeView) -> None:
    published = view_of().published
    cursor = published.cursor()
    table = cursor.execute(
        "SELECT round, country, operation, criterion_no, status_no, evidence, answered_on FROM answer "
        "JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN country USING (country_no) "
        "ORDER BY round_no, operation_no, criterion_no"
    ).to_arrow_table()
    right = cursor.execute(
        f"SELECT {', '.join(MEASURES)} FROM counted ORDER BY round_no, operation_no, criterion_no"  # noqa: S608
    ).to_arrow_table()
    found = sums_of_answers(cube_of(published), table).rows
    assert len(found.values) > 1000
    for name in MEASURES:
        assert np.array_equal(found[name], right[name].to_numpy()), name
