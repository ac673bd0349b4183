"""Do percent agreement and AC1 match published examples, and are pairs counted as docs/method.md says?"""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from dashboard.figures.agreement import ac1, agreed
from dashboard.model.view.view_state import ViewState
from dashboard.queries.ask import rows
from dashboard.queries.collect.rows import AgreementRow
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reading.choice import kept
from dashboard.store.reading.reader import Published, Reader
from tests.conftest import TODAY, WRITER, MakeView, most
from tests.queries.toys import toys

# Both from Gwet, Handbook of Inter-Rater Reliability (2014), as included in the irrCAC packages for R and Python.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""How two abstractors classified 100 pregnancies."""
DIAGNOSES = [[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]]
"""How two methods diagnosed 223 patients."""
GIVEN: dict[str, Any] = {
    **{name: getattr(ViewState(), name) for name in ViewState.__dataclass_fields__},
    "framework": "toy",
    "round": "R1",
    "within": (),
    "today": TODAY,
}
STATUSES = ("yes", "yes", "yes", "yes", "mostly", "mostly", "no", "no", "na", "dont_know", "yes", "")
ANSWERS = "| operation | criterion | R1 |\n" + "\n".join(
    f"| a-op | T3.{place:02} | {status} |" for place, status in enumerate(STATUSES, 1)
)
Rated = Callable[[Sequence[str]], Published]


@pytest.mark.parametrize(
    ("pairs", "share", "coefficient"), [(ABSTRACTORS, 0.89, 0.84933), (DIAGNOSES, 0.58744, 0.45616)]
)
def test_published_examples_come_out(pairs: list[list[int]], share: float, coefficient: float) -> None:
    assert round(agreed(np.array(pairs)), 5) == share
    assert round(ac1(np.array(pairs)), 5) == coefficient


def test_examples_worked_by_hand_come_out() -> None:
    # Shares 0.7 and 0.3: chance is 2 x 0.7 x 0.3 = 0.42, and (0.8 - 0.42) / (1 - 0.42) = 38 / 58.
    assert ac1(np.array([[6, 1], [1, 2]])) == pytest.approx(38 / 58)
    # The example of docs/method.md.
    assert ac1(np.array([[5, 2, 0, 0], [0, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]])) == pytest.approx(0.62 / 0.82)
    # A third status that nobody chose halves chance: (0.8 - 0.21) / (1 - 0.21).
    assert ac1(np.array([[6, 1, 0], [1, 2, 0], [0, 0, 0]])) == pytest.approx(59 / 79)
    assert ac1(np.diag([5, 3])) == 1
    assert ac1(np.array([[0, 5], [5, 0]])) == -1
    assert np.isnan([agreed(np.zeros((2, 2), int)), ac1(np.zeros((2, 2), int)), ac1(np.array([[4]]))]).all()


@pytest.mark.share
def test_it_is_what_irrcac_gives() -> None:
    """irrcac needs older versions of pandas and scipy than ours, so it is compared only if it happens to be there."""
    table = pytest.importorskip("irrCAC.table")
    frame = pytest.importorskip("pandas").DataFrame
    for seed in range(most(200)):
        source = Random(seed)
        size = source.randint(2, 6)
        pairs = np.array([[source.randint(0, 9) + 20 * (a == b) for b in range(size)] for a in range(size)])
        theirs = table.CAC(frame(pairs)).gwet()["est"]
        assert (round(agreed(pairs), 5), round(ac1(pairs), 5)) == (theirs["pa"], theirs["coefficient_value"])


@pytest.fixture
def rated(tmp_path: Path) -> Rated:
    """The drawn group, published with what a second role would have answered, criterion by criterion."""
    store, _ = toys(tmp_path, ANSWERS)

    def bring(name: str, *lines: str) -> None:
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
        outcome = publish(Load(store, [tmp_path / name], WRITER, TODAY))
        assert not outcome.problems, outcome.problems

    def published(ratings: Sequence[str]) -> Published:
        bring(
            "reviews.csv",
            "round,operation,criterion,verdict,reviewed_by_role,rated_status",
            *(f"R1,a-op,T3.{place:02},checked,Auditor,{status}" for place, status in enumerate(ratings, 1)),
        )
        # What the operation says afterwards does not count as agreement.
        bring("later.csv", "round,operation,criterion,status", "R1,a-op,T3.01,no", "R1,a-op,T3.09,no")
        now = Reader(store).current()
        assert now is not None
        return now

    return published


def found(published: Published, **more: object) -> list[tuple[str, int, float | None, float | None]]:
    given = GIVEN | more
    answer: list[AgreementRow] = rows(published, "agreement", given | kept(published, given))
    return [(row["area"], row["n_pairs"], row["agreed_percent"], row["ac1"]) for row in answer]


def test_ten_pairs_have_both_figures(rated: Rated) -> None:
    # The tenth answer is not known, so it is not a pair even though it was rated.
    published = rated(("yes", "yes", "yes", "mostly", "mostly", "mostly", "no", "no", "na", "yes", "yes"))
    # Of 20 ratings, 9 are yes, 5 mostly, 4 no and 2 na. The scale has a fifth status, somewhat: chance is 0.685 / 4.
    assert found(published) == [("", 10, 90, 0.88), ("T3", 10, 90, 0.88)]
    assert found(published, country=("BBB",)) == found(published, operation="b-op") == []
    assert found(published, operation="a-op") == found(published)


@pytest.mark.parametrize(
    ("ratings", "figures"),
    [
        (("yes", "yes", "yes", "mostly", "mostly", "mostly", "no", "no", "yes"), (9, 78, None)),
        (("yes", "dont_know", "", "mostly"), (2, 50, None)),
        (("yes",), (1, None, None)),
        (("dont_know", ""), None),
    ],
)
def test_with_few_pairs_there_is_no_figure(
    ratings: Sequence[str], figures: tuple[int, float | None, float | None] | None, rated: Rated
) -> None:
    assert found(rated(ratings)) == ([("", *figures), ("T3", *figures)] if figures else [])


EVERYTHING = """
    SELECT r.round, f.framework, k.area, c.country, o.operation, said.status AS said, v.rated_status AS rated
    FROM review AS v JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN country AS c USING (country_no) JOIN criterion_card AS k USING (criterion_no)
    JOIN framework AS f USING (framework_no) JOIN scale AS said ON said.status_no = v.said.status_no
    WHERE rated_status IS NOT NULL AND 'not_known' NOT IN (said.status, rated_status)
"""


@pytest.mark.parametrize(
    "choice",
    [{}, {"framework": "cop-2014"}, {"framework": "cop-2020", "country": ("GHA", "PRY")}, {"principle": ("CRBP-10",)}],
)
def test_the_sample_has_the_pairs_that_plain_counting_finds(choice: dict[str, Any], view_of: MakeView) -> None:
    view = view_of(**choice)
    with view.published.cursor() as cursor:
        table: pa.Table = cursor.execute(EVERYTHING).to_arrow_table()
    state = view.state
    pairs = [
        row
        for row in table.to_pylist()
        if (row["framework"], row["round"]) == (state.framework, state.round)
        and (not state.country or row["country"] in state.country)
        and (not state.principle or row["area"] in state.principle)
    ]
    assert pairs
    answer: list[AgreementRow] = rows(view.published, "agreement", view.parameters(operation=""))
    assert {row["area"]: (row["n_pairs"], row["agreed_percent"], row["ac1"]) for row in answer} == {
        area: counted([row for row in pairs if area in ("", row["area"])])
        for area in ("", *(row["area"] for row in pairs))
    }


def counted(pairs: list[dict[str, Any]]) -> tuple[int, float | None, float | None]:
    """Pairs, percent agreement, and AC1 over the four statuses of the built-in standards."""
    n = len(pairs)
    share = sum(row["said"] == row["rated"] for row in pairs) / n
    both = [row[name] for row in pairs for name in ("said", "rated")]
    chance = sum(p * (1 - p) for p in (both.count(status) / len(both) for status in set(both))) / 3
    coefficient = int(100 * (share - chance) / (1 - chance) + 0.5) / 100
    return n, int(100 * share + 0.5) if n >= 3 else None, coefficient if n >= 10 else None
