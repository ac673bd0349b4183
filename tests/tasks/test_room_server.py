"""Is a room opened with a new key each time, and never without one?"""

import os
import re
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from ipaddress import ip_address

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.tasks import server
from tests.conftest import ROOT
from tests.servers import free_port


def test_the_key_and_the_word_are_others_every_time_and_stand_in_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []

    class Server:
        """Prints what Streamlit prints, and ends."""

        def __init__(self, command: list[str], env: dict[str, str], **more: object) -> None:
            started.append((command, env))
            self.stdout = iter(("", "  URL: http://localhost:8599\n", "  URL: http://localhost:8599\n"))

        def __enter__(self) -> "Server":
            return self

        def __exit__(self, *error: object) -> None: ...

        def wait(self) -> int:
            return 7

    monkeypatch.setattr(subprocess, "Popen", Server)
    monkeypatch.setattr(server, "end_as_by_hand", lambda: None)
    begun: list[server.OpenRoom] = []
    for _ in range(2):
        assert server.open_room("10.0.0.7", begun.append, 8599) == 7
    assert [one.address for one in begun] == ["http://10.0.0.7:8599"] * 2, "told once, whatever the server repeats"
    assert len({secret for one in begun for secret in (one.key, one.once)}) == 4
    for (command, environment), opened in zip(started, begun, strict=True):
        assert not {opened.key, opened.once} & set(" ".join(command).split())
        assert (environment["DASHBOARD_ROOM_KEY"], environment["DASHBOARD_ROOM_ONCE"]) == (opened.key, opened.once)
        assert re.fullmatch(r"[A-HJ-NP-Z]{12}", opened.key)


def test_the_machine_knows_its_address_or_says_that_it_is_on_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    found = server.own_address()
    assert found == "localhost" or not ip_address(found).is_loopback
    monkeypatch.setattr(server, "SOMEWHERE", ("127.0.0.1",))
    assert server.own_address() == "localhost"


@pytest.mark.outside
def test_without_the_command_there_is_no_key_and_nothing_is_served() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_ROOM")}
    command = [sys.executable, "-m", "streamlit", "run", "room.py", "--server.headless", "true", "--server.port"]
    done = subprocess.run(
        [*command, str(free_port())],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert "dashboard room" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("opens", [True, False])
def test_a_browser_is_claimed_only_where_one_opens(monkeypatch: pytest.MonkeyPatch, opens: bool) -> None:
    asked = list[str]()

    def opened(address: str) -> bool:
        asked.append(address)
        return opens

    def begin(address: str, begun: Callable[[server.OpenRoom], None], port: int | None) -> int:
        begun(server.OpenRoom("http://10.0.0.7:8501", "http://localhost:8501", "KEY", "word"))
        return 0

    monkeypatch.setattr(webbrowser, "open", opened)
    monkeypatch.setattr("dashboard.commands.serving.open_room", begin)
    result = CliRunner().invoke(main, ["room"])
    assert result.exit_code == 0, result.output
    assert asked == ["http://localhost:8501/enter?once=word"]
    assert ("A browser on this machine was asked to open" in result.stdout) == opens
    assert ("There is no browser here." in result.stdout) == (not opens)
    assert (asked[0] in result.stdout) == (not opens)
