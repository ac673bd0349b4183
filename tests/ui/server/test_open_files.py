"""Does a server accept as many connections as its system allows, and fewer if that is little?"""

import subprocess
import sys

import pytest

resource = pytest.importorskip("resource")

ASKED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
from dashboard.ui.server.connections import terms_here
print(terms_here().most, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.outside
@pytest.mark.parametrize(
    ("soft", "hard", "found"),
    [(256, 4096, "2000 4096"), (256, 1024, "768 1024"), (200, 200, "100 200"), (4096, 4096, "2000 4096")],
)
def test_the_limit_is_raised_as_far_as_it_may_be(soft: int, hard: int, found: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASKED, str(soft), str(hard)], capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == found
