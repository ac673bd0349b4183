"""Is a figure on track to its target as the method says, and is it the figure that pages show?"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.figures.scores import expected_percent, status_of
from dashboard.model.view_state import ViewState
from dashboard.queries.ask import ask, rows
from dashboard.queries.overview_headline import AREAS, HEADLINE
from dashboard.queries.plan_actions import TARGETS
from dashboard.store.overlays import imagined
from dashboard.store.published_codes import kept
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TODAY, WRITER, MakeView, copy_of, rest_thorough
from tests.queries.toys import toys

NAN = float("nan")
GIVEN: dict[str, Any] = {
    **{name: getattr(ViewState(), name) for name in ViewState.__dataclass_fields__},
    "lang": "en",
    "framework": "toy",
    "within": (),
    "today": TODAY,
}
# Each round ends on 31 March, a year after the one before.
ANSWERS = """
| operation | criterion | R1  | R2  | R3  |
| a-op      | T3.1      | no  | yes | yes |
| a-op      | T3.2      | no  | no  | yes |
| a-op      | T3.3      | no  | no  | no  |
| a-op      | T3.4      | no  | no  | no  |
| b-op      | T3.1      |     | yes |     |
| b-op      | T3.2      |     | yes |     |
| b-op      | T3.3      |     | no  |     |
| b-op      | T3.4      |     | no  |     |
| c-op      | T3.1      | yes | yes | no  |
| c-op      | T3.2      |     |     |     |
| c-op      | T3.3      |     |     |     |
| c-op      | T3.4      |     |     |     |
"""
HEAD = "framework,kind,area,operation,percent,round,due_on,baseline\n"
Publish = Callable[..., Published]


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    """The store of the drawn group, without targets. Read-only."""
    return toys(tmp_path_factory.mktemp("targets"), ANSWERS)


@pytest.fixture
def with_targets(drawing: tuple[Path, Published], tmp_path: Path) -> Publish:
    """The drawn group, published with some targets."""

    def published(*lines: str) -> Published:
        if not lines:
            return drawing[1]
        return publish_targets(drawing[0], tmp_path, lines)

    return published


def publish_targets(store: Path, folder: Path, lines: Sequence[str]) -> Published:
    """Publish some targets into a copy of a store."""
    store = copy_of(store, folder / "store")
    (folder / "targets.csv").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    outcome = publish(Load(store, [folder / "targets.csv"], WRITER, TODAY))
    assert not outcome.problems, outcome.problems
    now = Reader(store).current()
    assert now is not None
    return now


def asked(published: Published, question: str, **more: object) -> list[dict[str, Any]]:
    given = GIVEN | more
    found: list[dict[str, Any]] = ask(published, question, given | kept(published, given)).to_pylist()
    return found


def path_of(
    published: Published, area: str, operation: str, **more: object
) -> list[tuple[str, float | None, float | None]]:
    """The status, the figure and what is expected, round by round, for the only target of an area and an operation."""
    found = [targets_of(published, area, operation, round_, **more) for round_ in ("R1", "R2", "R3")]
    return [(row["target_status"], row["target_percent"], row["target_expected"]) for (row,) in found]


def targets_of(published: Published, area: str, operation: str, round_: str, **more: object) -> list[dict[str, Any]]:
    found = asked(published, "targets", round=round_, **more)
    return [row for row in found if (row["area"] or "", row["operation"] or "") == (area, operation)]


@pytest.fixture(scope="module")
def five(drawing: tuple[Path, Published], tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The drawn group with five targets, each of another area or operation. Read-only."""
    lines = (
        "toy,respect,T3,a-op,80,,2025-03-31,",
        "toy,respect,,a-op,75,R3,,R2",
        "toy,respect,,b-op,50,,2025-03-31,",
        "toy,respect,,,60,R3,,",
        "toy,respect,T3,,60,R3,,",
    )
    return publish_targets(drawing[0], tmp_path_factory.mktemp("five"), lines)


@pytest.mark.parametrize(
    ("baseline", "target", "elapsed", "expected"),
    [
        (46, 70, 730 / 1461, 58),
        (40, 61, 0.5, 51),  # 50.5: halves go up.
        (40, 60, 0, 40),
        (40, 60, 1, 60),
        (40, 60, 3, 60),
        (80, 60, 0.5, 60),  # Never more than the target, and no less after the due date.
        (80, 60, 3, 60),
        (NAN, 60, 0.5, NAN),
    ],
)
def test_what_is_expected_lies_on_the_straight_path(
    baseline: float, target: float, elapsed: float, expected: float
) -> None:
    assert np.array_equal(expected_percent(baseline, target, elapsed), expected, equal_nan=True)


@pytest.mark.parametrize(
    ("percent", "expected", "status"),
    [
        (NAN, 50, "no_figure"),
        (60, 50, "reached"),
        (60, NAN, "reached"),
        (59, NAN, "starts"),
        (50, 50, "on_track"),
        (49, 50, "off_track"),
    ],
)
def test_the_first_line_that_fits_decides(percent: float, expected: float, status: str) -> None:
    assert status_of(percent, 60, expected) == status


def test_a_path_begins_with_the_first_figure_and_arrives_on_its_day(five: Published) -> None:
    # 0 in R1, 25 in R2, 50 in R3; by the end of R3 half of the four years have passed.
    assert path_of(five, "T3", "a-op") == [("starts", 0, None), ("on_track", 25, 20), ("on_track", 50, 40)]


def test_a_baseline_and_a_round_say_where_it_begins_and_ends(five: Published) -> None:
    assert path_of(five, "", "a-op") == [("starts", 0, None), ("starts", 25, None), ("off_track", 50, 75)]


def test_without_a_percentage_there_is_no_figure(five: Published) -> None:
    # b-op answered only in R2; one answer of four by c-op is below the coverage limit.
    assert path_of(five, "", "b-op") == [
        ("no_figure", None, None), ("reached", 50, None), ("no_figure", None, 50),
    ]  # fmt: skip


def test_the_group_is_the_mean_of_the_countries(five: Published) -> None:
    # R1: only a-op has a figure. R2: a-op 25 and b-op 50, which gives 37.5.
    assert path_of(five, "", "") == [("starts", 0, None), ("on_track", 38, 30), ("off_track", 50, 60)]


def test_filters_say_which_figures_have_a_target_beside_them_and_change_no_status(five: Published) -> None:
    whole = path_of(five, "T3", "")
    for more in ({"country": ("AAA",)}, {"within": ("T3.1",)}):
        assert path_of(five, "T3", "", **more) == whole
        assert [row["target"] for row in asked(five, "areas", round="R3", **more)] == [None]
        assert [row["beside"] for row in targets_of(five, "T3", "", "R3", **more)] == [False]
    assert [row["target"] for row in asked(five, "areas", round="R3")] == [60]
    assert [row["beside"] for row in targets_of(five, "T3", "", "R3")] == [True]


def test_of_several_targets_the_one_due_next_stands_beside_the_figure(with_targets: Publish) -> None:
    published = with_targets("toy,respect,T3,a-op,30,R2,,", "toy,respect,T3,a-op,70,R3,,")
    shown = {
        round_: [
            (row["target"], row["target_status"])
            for row in asked(published, "heatmap", round=round_)
            if row["target"] is not None
        ]
        for round_ in ("R1", "R2", "R3")
    }
    assert shown == {"R1": [(30, "starts")], "R2": [(30, "off_track")], "R3": [(70, "off_track")]}


@pytest.mark.parametrize("operation", rest_thorough(["a-op", ""]))
def test_imagined_answers_move_the_figure_that_is_held_against_a_target(operation: str, with_targets: Publish) -> None:
    published = with_targets(f"toy,respect,T3,{operation},60,,2025-03-31,")
    given = GIVEN | {"round": "R3"}
    given |= kept(published, given)
    before = asked(published, "targets", round="R3")
    changed = imagined(published, "R3", (("a-op", "T3.3", "yes"),))
    found = ask(changed, "targets", given).to_pylist()
    assert [(row["target_percent"], row["target_status"]) for row in before] == [(50, "on_track")]
    assert [(row["target_percent"], row["target_status"]) for row in found] == [(75, "reached")]
    assert asked(published, "targets", round="R3") == before


@pytest.mark.parametrize(
    ("today", "expected"),
    # A path from 0 on 31 March 2021 to 60 on 31 March 2027; R3 ended on 31 March 2023.
    [(date(2023, 3, 31), 20), (date(2025, 3, 31), 40), (date(2027, 3, 31), 60), (date(2030, 1, 1), 60)],
)
def test_what_is_expected_today_grows_up_to_the_target_and_leaves_the_status_of_the_round(
    today: date, expected: float, with_targets: Publish
) -> None:
    published = with_targets("toy,respect,T3,,60,,2027-03-31,")
    (row,) = asked(published, "targets", round="R3", today=today)
    (beside,) = asked(published, "areas", round="R3", today=today)
    for one in (row, beside):
        assert (one["target_expected"], one["target_today"], one["target_status"]) == (20, expected, "on_track")
    assert (row["round_ends_on"], beside["target_round_end"]) == (date(2023, 3, 31), "2023-03-31")
    (first,) = asked(published, "targets", round="R1", today=today)
    assert (first["target_today"], first["target_status"]) == (None, "starts")


def test_without_a_target_nothing_is_said(with_targets: Publish) -> None:
    published = with_targets()
    assert asked(published, "targets", round="R3") == []
    for question in ("areas", "heatmap"):
        found = asked(published, question, round="R3")
        assert found
        assert {row[name] for row in found for name in ("target", "target_due", "target_status")} == {None}


@pytest.mark.parametrize("counting", ["", "seen", "inherited"])
@pytest.mark.parametrize("round_", ["2023", "2024", "2025"])
def test_what_is_held_against_a_target_is_the_figure_that_pages_show(
    round_: str, counting: str, view_of: MakeView
) -> None:
    view = view_of(framework="crbp", round=round_, counting=counting)
    assert view.state.counting == (counting or view_of().state.counting)
    found = rows(view.published, TARGETS, view.parameters())
    assert len(found) == 7
    for row in found:
        kind = row["kind"]
        if row["operation"] is not None:
            given = view.parameters(operation=row["operation"])
            question = "operation_reading" if row["area"] is None else "operation_areas"
            shown: list[Any] = ask(view.published, question, given).to_pylist()
            of_target = [
                one["percent"] if one["reading"] == "score" else None
                for one in shown
                if one["kind"] == kind and one.get("area") == row["area"] and one.get("round", round_) == round_
            ]
        elif row["area"] is None:
            of_target = [
                one["mean"] for one in rows(view.published, HEADLINE, view.parameters()) if one["kind"] == kind
            ]
        else:
            areas = rows(view.published, AREAS, view.parameters(kind=kind))
            of_target = [one["mean"] for one in areas if one["area"] == row["area"]]
        assert [row["target_percent"]] == (of_target or [None]), row


def test_the_sample_has_one_of_each(view_of: MakeView) -> None:
    view = view_of(framework="crbp", round="2025")
    found = rows(view.published, TARGETS, view.parameters())
    group = {row["target_status"] for row in found if row["operation"] is None}
    assert group == {"reached", "on_track", "off_track"}
    assert {row["target_status"] for row in found} == group | {"no_figure"}


def test_a_target_is_held_against_the_figure_as_answers_are_counted(with_targets: Publish) -> None:
    published = with_targets("toy,respect,T3,a-op,60,,2025-03-31,")
    usual = asked(published, "targets", round="R3")
    careful = asked(published, "targets", round="R3", counting="seen")
    assert [row["target_percent"] for row in careful] == [0] != [row["target_percent"] for row in usual]
    assert asked(published, "targets", round="R3") == usual
