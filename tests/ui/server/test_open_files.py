"""May a server have as many connections open as its system allows?"""

import subprocess
import sys

import pytest

resource = pytest.importorskip("resource")

ASKED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
from dashboard.ui.server.app import allow_more_files
allow_more_files()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.outside
@pytest.mark.parametrize(("soft", "hard", "found"), [(256, 4096, 4096), (256, 1024, 1024), (4097, 4098, 4097)])
def test_the_limit_is_raised_as_far_as_it_may_be(soft: int, hard: int, found: int) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASKED, str(soft), str(hard)], capture_output=True, text=True, check=True
    )
    assert int(asked.stdout) == found
