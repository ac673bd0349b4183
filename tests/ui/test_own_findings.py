"""Has every chart of a page with several a finding of its own, with whatever filters?"""

from pathlib import Path

import pytest

from dashboard.exports.packs.content import Leaf
from dashboard.tasks.pack_views import PackView
from tests.tasks.packs.artefacts import read

CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"country": "GHA"},
    {"framework": "cop-2020"},
    {"country": "GHA", "principle": "CRBP-07"},
    {"country": "GROUP"},
    {"country": "GROUP", "principle": "CRBP-07", "risk_area": "RA05"},
)
SEVERAL = {
    "overview": {"areas_chart", "exposures_chart"},
    "country": {"standing_chart", "own_risks_chart", "trend_chart"},
    "country/own_risks": {"inherent_chart", "left_chart"},
    "compare": {"subjects_chart_principle", "gap_chart"},
}
"""Pages with several charts, and those of the whole group or of its first operation with risks."""


@pytest.fixture(scope="module", params=SEVERAL)
def leaves(request: pytest.FixtureRequest, sample_store: Path) -> tuple[str, tuple[Leaf, ...]]:
    """Return a page and what it carries with each choice."""
    page, _, part = request.param.partition("/")
    more = {"part": part} if part else {}
    return request.param, read(sample_store, tuple(PackView(page, {**more, **choice}) for choice in CHOICES))


def test_no_two_charts_of_a_page_have_the_same_finding(leaves: tuple[str, tuple[Leaf, ...]]) -> None:
    place, read_leaves = leaves
    assert {chart.key for leaf in read_leaves[:2] for chart in leaf.charts} == SEVERAL[place]
    for leaf in read_leaves:
        findings = [chart.told.title for chart in leaf.charts]
        assert len(set(findings)) == len(findings)
        assert all(finding and "{" not in finding and "None" not in finding for finding in findings)
        assert not any(finding.startswith("0 ") for finding in findings)
        if place != "compare":
            assert leaf.finding not in findings
