"""Does a demonstration begin with the workshop page, and leave nothing behind?"""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboard.tasks import server
from tests.conftest import ROOT, rest_thorough

ADDRESS = re.compile(r"http://localhost:(\d+)/present\. ")


@pytest.mark.outside
@pytest.mark.parametrize("ending", rest_thorough([signal.SIGINT, signal.SIGTERM]), ids=["ctrl-c", "ended"])
def test_a_demonstration_serves_the_workshop_page_and_takes_its_store_with_it(
    ending: signal.Signals, tmp_path: Path
) -> None:
    places = {"TMPDIR": str(tmp_path), "DASHBOARD_STORE": str(tmp_path / "real"), "BROWSER": "echo opened %s"}
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "demo"],
        cwd=ROOT,
        env={**os.environ, **places, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # As in a script that starts it in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    ) as process:
        assert process.stdout is not None
        lines = (ADDRESS.search(line) for line in process.stdout)
        port = next(found[1] for found in lines if found)
        with urlopen(f"http://localhost:{port}/present", timeout=30) as answer:
            assert answer.status == 200
        (store,) = tmp_path.glob("dashboard-private-*/store")
        assert (store / "CURRENT").exists()
        process.send_signal(ending)
        rest = process.stdout.read()
        assert process.wait(30) == 0, rest
    assert "Traceback" not in rest
    assert f"opened http://localhost:{port}/present" in rest
    assert list(tmp_path.iterdir()) == [], "the real store was not made"


def test_what_cannot_be_published_is_reported_and_nothing_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "SHIPPED", (tmp_path / "nowhere",))
    begun: list[str] = []
    outcome = server.demonstrate("a test", begun.append)
    assert outcome.revision is None
    assert outcome.problems
    assert not begun
