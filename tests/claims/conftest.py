"""What do the tests of claims share? The files, and an environment in which pages run as scripts."""

import pytest

from tests.claims.slow.choice import Group
from tests.conftest import ROOT
from tests.ui.conftest import cookies, here, looked_for_once, rooms_end, session_ends

__all__ = ["cookies", "here", "looked_for_once", "rooms_end", "session_ends"]


@pytest.fixture(scope="session")
def group() -> Group:
    """The files of the sample."""
    return Group(ROOT / "data", ROOT / "frameworks")
