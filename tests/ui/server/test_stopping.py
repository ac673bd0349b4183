"""Does a server that is asked to stop leave nothing on disk that only some people may see?"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboard.loading.sandbox import PREFIX
from tests.conftest import ROOT, rest_thorough
from tests.servers import STREAMLIT, free_port
from tests.waiting import LONGEST, happens

pytestmark = pytest.mark.outside
COMMANDS = {
    "as a service": ("dashboard", "serve", "--address", "127.0.0.1", "--port"),
    "as a script": (*STREAMLIT, "app.py", "--server.address", "127.0.0.1", "--server.port"),
}


@pytest.mark.parametrize("kind", rest_thorough(COMMANDS))
def test_a_server_that_is_asked_to_stop_leaves_no_copies(kind: str, tmp_path: Path, store: Path) -> None:
    port, temporary = free_port(), tmp_path / "temporary"
    temporary.mkdir()
    places = {"TMPDIR": str(temporary), "DASHBOARD_STORE": str(store), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", *COMMANDS[kind], str(port)],
        cwd=ROOT,
        env={**os.environ, **places},
        stdout=subprocess.PIPE,
    ) as server:
        assert server.stdout is not None
        assert any(b"URL: " in line or b"http://" in line for line in server.stdout)
        reader = threading.Thread(target=server.stdout.read, daemon=True)
        reader.start()
        address = f"http://127.0.0.1:{port}/api/heatmap.json?safe=yes"
        with urlopen(address, timeout=LONGEST) as answer:
            assert answer.status == 200
        assert list(temporary.glob(f"{PREFIX}*/masked.duckdb")), "the copy stays a while"
        server.send_signal(signal.SIGTERM)
        server.wait(LONGEST)
    assert happens(lambda: not list(temporary.glob(f"{PREFIX}*"))), list(temporary.iterdir())
