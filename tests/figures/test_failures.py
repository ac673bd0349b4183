"""Does a critical failure stay until it is answered again, or no longer asked, wherever failures are counted?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.figures.failures import last_failed
from dashboard.figures.imagined import answers_of, cube_of
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.elements.failures import FAILURES
from dashboard.queries.overview_headline import AREAS, HEADLINE
from dashboard.queries.standards_crosswalk import CROSSWALK
from dashboard.queries.standards_document import STANDARD_AREAS
from dashboard.queries.standards_rights import RIGHTS
from dashboard.queries.whatif_effects import WHATIF_CELLS
from dashboard.store.overlays import imagined
from dashboard.store.reader import Published
from dashboard.ui.country.operation import ANSWERS
from tests.conftest import MakeView
from tests.queries.test_changes import given
from tests.queries.toys import toys

# What each operation said of one critical criterion over four rounds; T3.2 is asked too, so that it takes part.
SAID = """
| operation | criterion | R1       | R2        | R3        | R4       |
| a-op      | T3.1      | no       |           | dont_know | na       |
| b-op      | T3.1      | no       | somewhat  |           |          |
| c-op      | T3.1      | yes      | no        | na        | yes      |
| a-op      | T3.2      | no       | no        | no        |          |
| b-op      | T3.2      | yes      | yes       | yes       | yes      |
| c-op      | T3.2      | yes      | yes       | yes       | yes      |
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return toys(tmp_path_factory.mktemp("said"), SAID, critical=["T3.1"])[1]


@pytest.mark.parametrize(
    ("round_", "told"),
    [
        ("R1", {"Aland": ("R1", True), "Beland": ("R1", True)}),
        ("R2", {"Aland": ("R1", False), "Ceeland": ("R2", True)}),
        ("R3", {"Aland": ("R1", False), "Ceeland": ("R2", False)}),
        ("R4", {"Aland": ("R1", False)}),
    ],
)
def test_a_failure_stays_until_it_is_answered_again(
    round_: str, told: Mapping[str, tuple[str, bool]], said: Published
) -> None:
    asked = given(said, round=round_, earlier="")
    found = rows(said, FAILURES, asked)
    last = {row["country_title"]: (row["failed_in"], row["failed_now"]) for row in found if row["failed_in"]}
    assert last == told
    assert {row["criterion"] for row in found} == {"T3.1"}, "what is not critical does not fail"
    silent = Counter(place for place, (_, now) in told.items() if not now)
    cells = rows(said, HEATMAP, asked)
    assert {
        row["country_title"]: row["n_failed_before"] for row in cells if not row["area"] or row["area"] == "T3"
    } == {place: silent[place] for place in ("Aland", "Beland", "Ceeland")}
    (area,) = rows(said, AREAS, asked)
    (level,) = (row for row in rows(said, HEADLINE, asked) if row["kind"] == "respect")
    assert area["n_failed_before"] == level["n_failed_before"] == silent.total()


def test_what_is_no_longer_asked_has_not_failed(said: Published) -> None:
    """The criterion is taken from what the last round asks."""
    cube, answers = cube_of(said), answers_of(said)
    place = cube.criterion_numbers["T3.1"]
    assert (last_failed(cube, answers, 3)[place] >= 0).any()
    codes = answers.codes[3].copy()
    codes[place] = 0
    assert (last_failed(cube, replace(answers, codes=(*answers.codes[:3], codes)), 3)[place] == -1).all()


@pytest.mark.parametrize(("framework", "round_"), [("crbp", "2025"), ("cop-2014", "2025"), ("cop-2014", "2024")])
def test_failures_are_those_found_slowly_answer_by_answer(framework: str, round_: str, view_of: MakeView) -> None:
    view = view_of(framework=framework, round=round_)
    rounds = [one for one in ("2025", "2024", "2023") if one <= round_]
    by_round = [_answers(view, one) for one in rounds]
    expected: dict[tuple[str, str], str] = {}
    for key in by_round[0]:
        last = next(
            ((at, one[key]) for at, one in zip(rounds, by_round, strict=True) if key in one and _answered(one[key])),
            None,
        )
        if last and last[1]["value"] == 0 and last[1]["critical"]:
            expected[key] = last[0]
    found = rows(view.published, FAILURES, view.parameters(earlier=rounds[1]))
    assert {(row["operation"], row["criterion"]): row["failed_in"] for row in found if row["failed_in"]} == expected
    both = [key for key in by_round[0].keys() & by_round[1].keys() if all(_answered(one[key]) for one in by_round[:2])]
    for side, answers in (("failed_now", by_round[0]), ("failed_earlier", by_round[1])):
        matched = {(row["operation"], row["criterion"]) for row in found if row["matched"] and row[side]}  # type: ignore[literal-required]
        assert matched == {key for key in both if answers[key]["critical"] and answers[key]["value"] == 0}
    silent = {key: at for key, at in expected.items() if at != round_}
    assert silent
    country = {row["operation"]: row["country"] for row in found}
    of_country = Counter(country[operation] for operation, _ in silent)
    cells = ask(view.published, "heatmap", view.parameters()).to_pylist()
    wholes = {row["country"]: row["n_failed_before"] for row in cells if not row["area"]}
    assert {place: n for place, n in wholes.items() if n} == of_country


def _answers(view: Any, round_: str) -> dict[tuple[str, str], Any]:
    asked = view.parameters() | {"round": round_, "whole": True, "kind": ""}
    return {(row["operation"], row["criterion"]): row for row in rows(view.published, ANSWERS, asked)}


def _answered(row: Mapping[str, Any]) -> bool:
    return bool(row["counts_as"] == "answered")


@pytest.mark.parametrize(("framework", "kind"), [("crbp", "respect"), ("cop-2014", "respect"), ("cop-2014", "support")])
def test_pages_of_standards_and_what_if_count_what_fell_silent(framework: str, kind: str, view_of: MakeView) -> None:
    """Criterion by criterion: each area, right and country has those of its own criteria, outside the head office."""
    view = view_of(framework=framework, kind=kind)
    found = [
        row
        for row in rows(view.published, FAILURES, view.parameters(earlier=""))
        if row["failed_in"] and not row["failed_now"] and row["enters"] and row["kind"] == kind
    ]
    assert found or kind == "support"
    fell = Counter(row["criterion"] for row in found)
    with view.published.cursor() as cursor:
        areas = dict(cursor.sql("SELECT criterion, area FROM criterion JOIN area USING (area_no)").fetchall())
        served = cursor.sql(
            "SELECT DISTINCT criterion, unnest(themes) FROM criterion JOIN criterion_link USING (criterion_no) "
            'JOIN crc_right ON crc_right."right" = target'
        ).fetchall()
    of_area, of_right = Counter[str](), Counter[str]()
    for code, n in fell.items():
        of_area[areas[code]] += n
    for code, theme in served:
        of_right[theme] += fell[code]
    of_right = +of_right
    given_ = view.parameters()
    told = rows(view.published, STANDARD_AREAS, given_)
    assert _counted((row["area"], row["n_failed_before"]) for row in told if row["kind"] == kind) == of_area
    rights = rows(view.published, RIGHTS, given_)
    own = ((row["row_code"], row["n_failed_before"]) for row in rights if row["column_code"] == framework)
    assert _counted(own) == of_right
    crossed = rows(view.published, CROSSWALK, view.parameters(against="rights"))
    assert _counted((row["row_code"], row["n_failed_before"]) for row in crossed) == of_right
    cells = rows(view.published, WHATIF_CELLS, given_)
    whole = (row for row in cells if row["kind"] == kind and not row["area"] and row["country"] != "GROUP")
    of_country = Counter(row["country"] for row in found)
    assert _counted((row["country"], row["n_failed_before"]) for row in whole) == of_country


def _counted(pairs: Iterable[tuple[str, float | None]]) -> dict[str, int]:
    """The sums by name, of those that are not zero."""
    sums = Counter[str]()
    for name, n in pairs:
        sums[name] += int(n or 0)
    return dict(+sums)


@pytest.mark.parametrize(("status", "failed", "before"), [("yes", 0, 0), ("partly", 0, 0), ("no", 1, 0)])
def test_an_imagined_answer_ends_the_silence(status: str, failed: int, before: int, view_of: MakeView) -> None:
    """DR Congo failed CRBP-08.a and has no answer now: an answer takes that away, and a bad one fails now."""
    view = view_of(framework="crbp", country=("COD",))
    what = {"yes": "implemented", "partly": "partly", "no": "not_implemented"}[status]
    (fell,) = (
        row
        for row in rows(view.published, FAILURES, view.parameters(earlier=""))
        if row["failed_in"] and not row["failed_now"]
    )
    supposed = imagined(view.published, view.state.round, ((fell["operation"], fell["criterion"], what),))

    def counted(published: Published) -> tuple[float, float]:
        cells = rows(published, WHATIF_CELLS, view.parameters())
        (whole,) = (row for row in cells if row["kind"] == fell["kind"] and not row["area"])
        return whole["n_critical_failed"], whole["n_failed_before"]

    now = counted(view.published)
    assert now[1] == 1
    assert counted(supposed) == (now[0] + failed, before)


def test_all_ways_of_counting_tell_the_same_failures(view_of: MakeView) -> None:
    told = []
    for counting in ("", "seen", "inherited"):
        view = view_of(framework="cop-2014", counting=counting)
        told.append(ask(view.published, "failures", view.parameters(earlier="2024")))
    assert told[0].equals(told[1])
    assert told[0].equals(told[2])
    assert np.any(told[0]["failed_now"].to_numpy())
