"""Which figures have a band? Those of as many answers as a score needs, in every table."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.every_page import BANDS
from dashboard.queries.overview_headline import AREAS
from dashboard.queries.risks_list import RISK_LIST
from dashboard.store.published_codes import known_codes
from dashboard.ui.view import View
from tests.conftest import TODAY, MakeView, some_of
from tests.queries.toys import toys

Row = Mapping[str, Any]
NEEDED = 3
"""Answers that a band needs, in each standard of the sample."""
ROUNDS = (("crbp", "2025"), ("cop-2014", "2024"), ("cop-2020", "2025"), ("crbp", "2023"))
CHOICES: tuple[dict[str, object], ...] = (
    {},
    {"country": ("TCD",)},
    {"country": ("GHA", "COD")},
    {"risk_area": ("RA09",)},
    {"counting": "seen"},
)
SINGLE = ("heatmap", "whatif_cells", "places")
"""Tables whose rows are figures of one country."""


def views(view_of: MakeView) -> list[View]:
    return [
        view_of(framework=framework, round=round_, kind=kind, **choice)
        for framework, round_ in ROUNDS
        for kind in ("respect", "support")
        for choice in some_of(CHOICES)
    ]


def slow_band(view: View, percent: float | None, n_answered: float) -> str | None:
    """The last band that begins at the shown number or below; none for too few answers."""
    if percent is None or n_answered < NEEDED:
        return None
    found = rows(view.published, BANDS, view.parameters())
    return str([row["band"] for row in found if row["starts_at"] <= percent][-1])


@pytest.mark.share
def test_one_or_two_answers_have_no_band_anywhere(view_of: MakeView) -> None:
    few = banded = 0
    for view in views(view_of):
        for name in SINGLE:
            for row in ask(view.published, name, view.parameters()).to_pylist():
                shown = row["percent"] if row["reading"] in ("score", "count") else None
                assert row["band"] == slow_band(view, shown, row["n_answered"] or 0), (name, view.state, row)
                assert (row["band"] is None) == (row["band_title"] is None)
                few += row["reading"] == "count"
                banded += row["band"] is not None
    assert few
    assert banded


@pytest.mark.share
def test_a_mean_has_a_band_if_its_figures_have_enough_answers_together(view_of: MakeView) -> None:
    found = set()
    for view in views(view_of):
        cells = rows(view.published, HEATMAP, view.parameters())
        for row in rows(view.published, AREAS, view.parameters()):
            n_in_mean = sum(
                cell["n_answered"] or 0
                for cell in cells
                if cell["area"] in (row["area"], "" if len({c["area"] for c in cells}) == 1 else row["area"])
                and cell["country"] != "GROUP"
                and cell["reading"] in ("score", "count")
            )
            assert row["band"] == slow_band(view, row["mean"], n_in_mean), (view.state, row)
            found.add((row["mean"] is not None, row["band"] is not None))
    assert found == {(False, False), (True, False), (True, True)}


def test_bounds_of_one_or_two_answers_have_no_band(view_of: MakeView) -> None:
    cells = rows(view_of().published, HEATMAP, view_of().parameters())
    assert {row["low_band"] for row in cells if row["reading"] == "count"} == {None}
    assert None not in {row["low_band"] for row in cells if row["reading"] == "too_few"}


def test_a_cover_of_one_or_two_answers_has_no_band(view_of: MakeView) -> None:
    found = rows(view_of(country=("COL",)).published, RISK_LIST, view_of(country=("COL",)).parameters())
    few = [row for row in found if row["reading"] == "count"]
    assert few
    assert {(row["band_title"], row["shade"]) for row in few} == {(None, None)}


def test_a_standard_with_one_criterion_has_answers_and_no_band(tmp_path: Path) -> None:
    _, published = toys(tmp_path, "| c | k | R1 |\n| a-op | T3.1 | somewhat |\n| b-op | T3.1 | yes |")
    known = known_codes(published)
    state = normalised(replace(ViewState(), framework="toy", round="R1"), known)
    given = View("test", state, read_words(), published, known, TODAY).parameters()
    cells = {row["country"]: row for row in ask(published, "heatmap", given).to_pylist()}
    assert {row["area"] for row in cells.values()} == {"T3"}
    assert (cells["AAA"]["reading"], cells["AAA"]["band"], cells["AAA"]["n_part"]) == ("count", None, 1)
    (mean,) = ask(published, "areas", given).to_pylist()
    assert (mean["mean"], mean["n_shown"], mean["band"]) == (63, 2, "high"), "two answers are enough in this standard"
