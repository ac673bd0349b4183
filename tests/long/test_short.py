"""Does every trial hold in its short form?"""

from pathlib import Path

import pytest

from tests.long.trial import trials


@pytest.mark.outside
@pytest.mark.parametrize("name", trials())
def test_nothing_goes_wrong(name: str, tmp_path: Path) -> None:
    _, trial = trials()[name]
    found = trial(False, tmp_path)
    assert found.figures
    assert not found.wrong
