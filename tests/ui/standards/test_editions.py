"""Do the panels of the editions count what the headline counts: criteria rather than links?"""

import re

import pytest

from dashboard.loading.files.words_file import read_words
from tests.conftest import said
from tests.ui.conftest import OpenPage, finding, nothing_failed

BECAME = ("kept", "moved", "in_part", "new", "dropped")


def summed(labels: list[str]) -> dict[str, int]:
    """Return the sum of the counts in the panel titles."""
    words = read_words()
    ways = {name: words(f"editions.n_{name}", n=r"(\d+)") for name in BECAME}
    return {name: sum(int(n) for label in labels for n in re.findall(way, label)) for name, way in ways.items()}


def test_the_panels_add_up_to_the_headline(page: OpenPage) -> None:
    app = page("crosswalk", {"part": "editions", "framework": "cop-2020"})
    nothing_failed(app)
    counted = r"(\d+) criteria kept, (\d+) moved, (\d+) continued in part, (\d+) new; (\d+) earlier"
    told = re.search(counted, finding(app))
    assert told, finding(app)
    counts = dict(zip(BECAME, map(int, told.groups()), strict=True))
    assert summed([panel.label for panel in app.expander]) == counts
    assert said("editions.finding").fullmatch(finding(app))


@pytest.mark.parametrize("became", BECAME)
def test_of_one_kind_the_panels_count_as_many(became: str, page: OpenPage) -> None:
    app = page("crosswalk", {"part": "editions", "framework": "cop-2020"})
    everything = summed([panel.label for panel in app.expander])
    app.radio(key="relation").set_value(became).run()
    nothing_failed(app)
    alone = summed([panel.label for panel in app.expander])
    assert alone == {**dict.fromkeys(BECAME, 0), became: everything[became]}
    assert alone[became] or became == "dropped", "nothing is dropped: all continues at least in part"


def test_filters_that_no_criterion_matches_are_said_and_not_counted_as_zeros(page: OpenPage) -> None:
    app = page("crosswalk", {"part": "editions", "framework": "cop-2020", "risk_area": "RA07", "right": "CRC-14"})
    nothing_failed(app)
    assert said("editions.nothing").fullmatch(finding(app))
