"""Can each fault still be put in? `python -m tests.breaks` then tells whether the tests notice it."""

from tests.breaks.listed import BREAKS
from tests.conftest import ROOT


def test_every_fault_has_one_place_where_it_is_put_in() -> None:
    texts = {one.path: (ROOT / one.path).read_text("utf-8") for one in BREAKS}
    assert [one.name for one in BREAKS if texts[one.path].count(one.old) != 1 or one.old == one.new] == []
    assert [one.name for one in BREAKS if not (ROOT / one.likeliest).exists()] == []
    assert len({one.name for one in BREAKS}) == len(BREAKS)
