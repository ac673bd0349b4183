"""Is the common set what every operation shown has answered itself, and does it stay off if it is too small?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.view_state import ViewState
from dashboard.queries.ask import rows
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.compare.subjects import COMPARE_COMMON
from dashboard.queries.every_page import COMMON
from dashboard.queries.every_page import given as given_for
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from tests.conftest import TODAY, MakeView
from tests.queries.toys import toys

# Two operations in Aland: a-op answers all four, a2-op two of them; T3.5 is asked of all and answered by Beland only.
SEVERAL = "a-op,AAA,Toys A,operation,shop,\na2-op,AAA,Toys A2,operation,shop,\nb-op,BBB,Toys B,operation,shop,\n"
ANSWERS = """
| operation | criterion | R1  |
| a-op      | T3.1      | yes |
| a-op      | T3.2      | yes |
| a-op      | T3.3      | yes |
| a-op      | T3.4      | yes |
| a2-op     | T3.1      | no  |
| a2-op     | T3.2      | no  |
| a2-op     | T3.3      | dont_know |
| a2-op     | T3.4      |     |
| b-op      | T3.1      | yes |
| b-op      | T3.2      | no  |
| b-op      | T3.3      | no  |
| b-op      | T3.4      | no  |
| b-op      | T3.5      | no  |
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    return toys(tmp_path_factory.mktemp("several"), ANSWERS, operations=SEVERAL)


def parameters(published: Published, **chosen: Any) -> dict[str, Any]:
    state = ViewState(framework="toy", round="R1", common="yes", **chosen)
    return given_for(published, state, known_codes(published), TODAY)


@pytest.mark.parametrize(
    ("chosen", "common", "kept"),
    [
        ({}, ["T3.1", "T3.2"], ("T3.1", "T3.2")),
        ({"country": ("AAA",)}, ["T3.1", "T3.2"], ("T3.1", "T3.2")),
        ({"country": ("BBB",)}, ["T3.1", "T3.2", "T3.3", "T3.4", "T3.5"], ("T3.1", "T3.2", "T3.3", "T3.4", "T3.5")),
        ({"country": ("GROUP",)}, [], ()),
    ],
)
def test_one_operation_of_a_country_is_not_enough(
    chosen: Mapping[str, Any], common: list[str], kept: tuple[str, ...], several: tuple[Path, Published]
) -> None:
    _, published = several
    asked = parameters(published, **chosen)
    assert [row["criterion"] for row in rows(published, COMMON, asked)] == common
    assert asked["within"] == kept


def test_a_set_that_is_too_small_stays_off(several: tuple[Path, Published], tmp_path: Path) -> None:
    lonely = ANSWERS.replace("| a2-op     | T3.2      | no  |", "| a2-op     | T3.2      |     |")
    assert lonely != ANSWERS
    _, published = toys(tmp_path, lonely, operations=SEVERAL)
    asked = parameters(published)
    found = rows(published, COMMON, asked)
    assert [(row["criterion"], row["enough"]) for row in found] == [("T3.1", False)]
    assert asked["within"] == (), "a percentage needs two answers in this standard"
    whole = next(row for row in rows(published, HEATMAP, asked) if not row["area"] or row["area"] == "T3")
    assert whole["n_asked"] == 10


@pytest.mark.parametrize("framework", ["crbp", "cop-2014"])
def test_what_is_inherited_is_no_answer_in_the_set(framework: str, view_of: MakeView) -> None:
    sets = [
        {row["criterion"] for row in rows(one.published, COMMON, one.parameters())}
        for one in (view_of(framework=framework, counting=counting) for counting in ("", "inherited"))
    ]
    assert sets[0] == sets[1]
    chosen = ("cod-op", "gha-op")
    beside = [
        {row["criterion"]: row["answered_by_all"] for row in rows(one.published, COMPARE_COMMON, asked)}
        for one in (view_of(framework=framework, counting=counting) for counting in ("", "inherited"))
        for asked in (one.parameters(subject=chosen),)
    ]
    assert beside[0] == beside[1]
