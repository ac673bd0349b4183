"""Are pairs counted, and is percent agreement given, as docs/method.md says?"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dashboard.model.view_state import ViewState
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import AGREEMENT
from dashboard.store.published_codes import kept
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TODAY, WRITER, MakeView, copy_of, rest_thorough
from tests.queries.toys import toys

GIVEN: dict[str, Any] = {
    **{name: getattr(ViewState(), name) for name in ViewState.__dataclass_fields__},
    "lang": "en",
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


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the drawn group. Read-only."""
    return toys(tmp_path_factory.mktemp("agreement"), ANSWERS)[0]


@pytest.fixture
def rated(drawing: Path, tmp_path: Path) -> Rated:
    """The drawn group, published with what a second role would have answered, criterion by criterion."""
    store = copy_of(drawing, tmp_path / "store")

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


def found(published: Published, **more: object) -> list[tuple[str, int, float | None]]:
    given = GIVEN | more
    answer = rows(published, AGREEMENT, given | kept(published, given))
    return [(row["area"], row["n_pairs"], row["agreed_percent"]) for row in answer]


def test_ten_pairs_have_a_figure(rated: Rated) -> None:
    # The tenth answer is not known, so it is not a pair even though it was rated.
    published = rated(("yes", "yes", "yes", "mostly", "mostly", "mostly", "no", "no", "na", "yes", "yes"))
    assert found(published) == [("", 10, 90), ("T3", 10, 90)]
    assert found(published, country=("BBB",)) == found(published, operation="b-op") == []
    assert found(published, operation="a-op") == found(published)


@pytest.mark.parametrize(
    ("ratings", "figures"),
    rest_thorough(
        [
            (("yes", "dont_know", "", "mostly"), (2, 50)),
            (("yes",), (1, None)),
            (("yes", "yes", "yes", "mostly", "mostly", "mostly", "no", "no", "yes"), (9, 78)),
            (("dont_know", ""), None),
        ],
        now=2,
    ),
)
def test_with_few_pairs_there_is_no_figure(
    ratings: Sequence[str], figures: tuple[int, float | None] | None, rated: Rated
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
    answer = rows(view.published, AGREEMENT, view.parameters(operation=""))
    assert {row["area"]: (row["n_pairs"], row["agreed_percent"]) for row in answer} == {
        area: counted([row for row in pairs if area in ("", row["area"])])
        for area in ("", *(row["area"] for row in pairs))
    }


def counted(pairs: list[dict[str, Any]]) -> tuple[int, float | None]:
    """Pairs and percent agreement."""
    n = len(pairs)
    share = sum(row["said"] == row["rated"] for row in pairs) / n
    return n, int(100 * share + 0.5) if n >= 3 else None
