"""What do tests of workbooks share? The workbook of an operation, made once for each file of tests."""

from copy import deepcopy
from pathlib import Path

import pytest

from tests.books import Sheets, filled_in


@pytest.fixture(scope="module")
def hands_out(tiny_store: Path) -> Path:
    """The store that hands the workbook out. Read-only."""
    return tiny_store


@pytest.fixture(scope="module")
def handed_out_once(hands_out: Path) -> Sheets:
    return filled_in(hands_out)


@pytest.fixture
def sheets(handed_out_once: Sheets) -> Sheets:
    """The workbook of an operation, as handed out: in the toy group, with two of three answers."""
    return deepcopy(handed_out_once)
