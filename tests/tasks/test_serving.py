"""Does every way of starting serve the same routes, contact nobody outside, and report its true address?"""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.commands import serving as commands
from dashboard.tasks import server
from dashboard.ui.server.headers import HEADERS
from tests.conftest import ROOT, rest_thorough, said
from tests.servers import STREAMLIT, free_port, started

ALONE = str(ROOT / "tests" / "alone")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - the ways that others are served by
WAYS = {
    "run": ((*STREAMLIT, "app.py", "--server.address", EVERYWHERE, "--server.port", "{port}"), "URL: "),
    "make run": (("streamlit", "run", "app.py", "--server.port", "{port}"), "opened http"),
    "demo": (("dashboard", "demo"), "http://localhost:"),
    "room": (("dashboard", "room", "--port", "{port}"), "Ctrl+C"),
    "serve": (("dashboard", "serve", "--port", "{port}", "--public-name", "board.example.org"), "Ctrl+C"),
}
"""Each way of starting, and what it prints once it listens."""


@pytest.mark.outside
@pytest.mark.parametrize("way", rest_thorough(["serve", *(way for way in WAYS if way != "serve")]))
def test_no_way_of_starting_asks_anybody_outside(way: str, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    asked.touch()
    command, until = WAYS[way]
    path = os.pathsep.join(filter(None, (ALONE, os.environ.get("PYTHONPATH", ""))))
    environment = {"PYTHONPATH": path, "ASKED_OUTSIDE": str(asked), "DASHBOARD_STORE": str(tmp_path / "store")}
    words = [word.format(port=free_port()) for word in command]
    with started(*words, until=until, **environment, TMPDIR=str(tmp_path)) as lines:
        port = int(re.findall(r"http://[\w.]+:(\d+)", "".join(lines))[-1])
        with urlopen(f"http://localhost:{port}/", timeout=30) as answer:
            assert dict(answer.headers).keys() >= HEADERS.keys()
        for origin in ("http://elsewhere.example", f"http://localhost:{port + 1}", f"http://localhost:{port}"):
            _connect(port, origin)
    assert asked.read_text("utf-8") == ""
    # Of a server that others can reach, it is said once who ends half-sent requests.
    assert len(said("command.url_half_sent").findall("".join(lines))) == (way not in ("make run", "demo"))


@pytest.mark.outside
def test_a_connection_to_the_outside_is_detected(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    calls = (
        "import urllib.request; urllib.request.urlopen('http://elsewhere.example', timeout=1)",
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('8.8.8.8', 1))",
        "import socket; socket.getfqdn('elsewhere.example')",
    )
    environment = {**os.environ, "PYTHONPATH": ALONE, "ASKED_OUTSIDE": str(asked)}
    for number, call in enumerate(calls):
        subprocess.run([sys.executable, "-c", call], env=environment, capture_output=True, check=False)
        assert len(asked.read_text("utf-8").splitlines()) == number + 1, call


def _connect(port: int, origin: str) -> None:
    """Request a connection, as a page of that origin would."""
    asked = (
        f"GET /_stcore/stream HTTP/1.1\r\nhost: localhost:{port}\r\norigin: {origin}\r\nconnection: Upgrade\r\n"
        f"upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: {'A' * 22}==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(asked.encode())
        assert connection.recv(1024).startswith(b"HTTP/1.1 ")


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        ((), ("serve_all", "serve_reads", "serve_no_trials")),
        (("--trials",), ("serve_all", "serve_reads", "serve_trials")),
        (("--address", "127.0.0.1"), ("serve_local", "serve_writes")),
        (("--address", "::1", "--public-name", "localhost:9000"), ("serve_local", "serve_named", "serve_writes")),
        (
            ("--address", "::1", "--public-name", "a.example"),
            ("serve_local", "serve_named", "serve_reads", "serve_no_trials"),
        ),
    ],
)
def test_it_is_said_where_the_server_is_who_reaches_it_and_what_they_may_do(
    given: tuple[str, ...], sentences: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[list[str], dict[str, str]]] = []

    def serve(script: str, options: list[str], environment: dict[str, str], begun: Callable[[int], object]) -> int:
        served.append((options, environment))
        begun(8599)
        return 7

    monkeypatch.setattr(commands, "serve", serve)
    result = CliRunner().invoke(main, ["serve", "--port", "8599", *given])
    assert result.exit_code == 7
    lines = result.stdout.splitlines()
    keys = [*sentences, "serve_ends"]
    assert [key for key, line in zip(keys, lines, strict=True) if not said(f"command.{key}").fullmatch(line)] == []
    ((options, environment),) = served
    assert ("--trials" in given) is (environment.get("DASHBOARD_TRIALS") == "1")
    assert environment["DASHBOARD_PUBLIC_NAMES"] == (given[-1] if "--public-name" in given else "")
    assert options[1] == (given[1] if "--address" in given else EVERYWHERE)


@pytest.mark.parametrize("way", ["provider", "neither"])
def test_where_people_sign_in_it_is_said_that_nobody_sees_anything_before(
    way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    section = {"provider": "[auth]", "neither": "[database]"}[way]
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'# [auth]\n{section}\nkey = "x"\n', "utf-8")
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
    monkeypatch.setattr(commands, "serve", lambda *given: given[3](8501) or 0)
    lines = CliRunner().invoke(main, ["serve"]).stdout.splitlines()
    keys = ("serve_all", "serve_reads", "serve_no_trials") if way == "neither" else ("serve_at", "serve_signed_in")
    for key, line in zip((*keys, "serve_ends"), lines, strict=True):
        assert said(f"command.{key}").fullmatch(line), line


def test_a_name_that_is_none_is_told_before_anything_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "serve", lambda *given: pytest.fail("served"))
    result = CliRunner().invoke(main, ["serve", "--public-name", "https://board.example.org"])
    assert result.exit_code == 2
    assert said("command.public_name_wrong", names="https://board.example.org").search(result.stderr)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("localhost", "http://localhost:80"),
        (EVERYWHERE, "http://localhost:80"),
        ("::", "http://localhost:80"),
        ("", "http://localhost:80"),
        ("::1", "http://[::1]:80"),
        ("10.0.0.7", "http://10.0.0.7:80"),
    ],
)
def test_an_address_is_written_as_a_browser_takes_it(address: str, url: str) -> None:
    assert server.url_at(address, 80) == url


@pytest.mark.outside
def test_a_taken_port_is_reported_and_ends_the_command() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        serve = started("dashboard", "serve", "--address", "127.0.0.1", "--port", port, until="Ctrl+C")
        with pytest.raises(AssertionError, match="not available"):
            serve.__enter__()


@pytest.mark.outside
@pytest.mark.parametrize("way", rest_thorough(["run", "room", "serve"]))
def test_nothing_starts_while_a_proxy_is_told_to_sign_people_in(way: str, tmp_path: Path) -> None:
    command, until = WAYS[way]
    proxy = {"DASHBOARD_PROXY_USER_HEADER": "X-User", "DASHBOARD_PROXY_ADDRESSES": "127.0.0.1"}
    words = [word.format(port=free_port()) for word in command]
    starts = started(*words, until=until, DASHBOARD_STORE=str(tmp_path / "store"), **proxy)
    with pytest.raises(AssertionError, match=said("wrong_way_in.by_proxy", value=", ".join(sorted(proxy))).pattern):
        starts.__enter__()


@pytest.mark.outside
def test_a_server_gives_figures_to_other_tools_beside_its_pages(sample_store: Path) -> None:
    port = str(free_port())
    command = ("dashboard", "serve", "--address", "127.0.0.1", "--port", port)
    with started(*command, until="Ctrl+C", DASHBOARD_STORE=str(sample_store)):
        with urlopen(f"http://localhost:{port}/api/heatmap?country=GHA", timeout=30) as answer:
            found = json.load(answer)
        with urlopen(f"http://localhost:{port}/heatmap", timeout=30) as page:
            assert page.headers["content-type"].startswith("text/html")
    assert {row["country"] for row in found["rows"]} == {"GHA"}
    assert found["illustrative"] is True
