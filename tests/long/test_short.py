"""Does every trial pass in its short form?"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.long.trial import trials


@pytest.mark.outside
@pytest.mark.thorough
@pytest.mark.parametrize("name", trials())
def test_nothing_goes_wrong(name: str, tmp_path: Path) -> None:
    _, trial = trials()[name]
    # In a separate thread: that of the tests has a running event loop once a browser was opened in it.
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(trial, False, tmp_path).result()
    assert found.figures
    assert not found.wrong
