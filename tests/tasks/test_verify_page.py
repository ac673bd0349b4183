"""Is the page for verifying served to this machine only, to its key, and does it do what the command does?"""

import socket
import threading
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from shutil import copytree
from urllib.parse import urlencode

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.tasks.verdicts import Verdict
from dashboard.tasks.verify_page import MOST, VerifyingSession, verifying_server
from dashboard.tasks.verifying import VerifiedStandard, open_standard
from tests.conftest import TINY, TODAY
from tests.servers import started

KEY = "a-key"
USUAL = Verdict("", "", "", role="project", date="2026-01-01")
FORM = {"verdict": "own_reading", "page": "12", "instead": "", "role": "project", "date": "2025-12-31"}


class Desk:
    """A server of the page on a copy of the toy standard, and what a browser sends to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        opened = open_standard(folder, "toy")
        assert isinstance(opened, VerifiedStandard)
        self.session = VerifyingSession(opened, USUAL, read_words(), lambda: TODAY, KEY)
        self.server = verifying_server(self.session)

    def ask(
        self, method: str = "GET", path: str = f"/{KEY}", body: str = "", **headers: str
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = unescape(answer.read().decode())
        connection.close()
        return answer, text

    def send(self, criterion: str = "T1.b", **form: str) -> tuple[HTTPResponse, str]:
        return self.ask("POST", f"/{KEY}?item={criterion}", urlencode({**FORM, **form}))

    @property
    def text(self) -> str:
        return (self.folder / "toy" / "framework.yaml").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(Path(copytree(TINY / "frameworks", tmp_path / "frameworks")))
    serving = threading.Thread(target=desk.server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield desk
    desk.server.shutdown()
    serving.join()
    desk.server.server_close()


def test_it_listens_at_this_machine_only(desk: Desk) -> None:
    assert desk.server.server_address[0] == "127.0.0.1"


def test_the_first_criterion_without_a_verdict_is_shown_with_all_that_is_to_be_compared(desk: Desk) -> None:
    answer, text = desk.ask()
    assert answer.status == 200
    assert "default-src 'none'" in str(answer.getheader("content-security-policy"))
    for said in (
        "TOY, version 1.0: 0 of 4 criteria have a verdict.",
        "<h1>No toy is sharp.</h1>",
        "Evidence could be: The drawer of sharp toys, empty.",
        "Source: Toy standard, 1a",
        "Marked now: confirmed",
        'name="role" value="project"',
        'type="date" value="2026-01-01" max="2026-01-01"',
        'href="?item=T1.b">Skip for now',
    ):
        assert said in text
    assert "<script" not in text


def test_a_table_that_was_changed_by_hand_is_shown_as_it_is(desk: Desk) -> None:
    desk.send()
    table = desk.folder / "toy" / "verified.csv"
    table.write_text(table.read_text("utf-8").replace("own_reading", "fine").replace("2025-12-31", "31/12"), "utf-8")
    assert "no longer counts: fine, page 12 (project, 31/12)" in desk.ask(path=f"/{KEY}?item=T1.b")[1]


def test_a_connection_on_which_nothing_is_sent_keeps_nobody_waiting(desk: Desk) -> None:
    with socket.create_connection(("127.0.0.1", desk.server.server_port)):
        assert desk.ask()[0].status == 200


def test_a_verdict_is_written_and_leads_to_the_next_criterion(desk: Desk) -> None:
    answer, _ = desk.send()
    assert (answer.status, answer.getheader("location")) == (303, "?item=T2.a")
    assert "page: page 12\n        verification: own_reading" in desk.text
    _, text = desk.ask(path=f"/{KEY}?item=T1.b")
    assert "Last verdict: Our own reading, page 12 (project, 31 Dec 2025)" in text
    assert 'value="own_reading" required checked' in text
    assert '<a href="?item=T1.b">T1.b</a> Our own reading, page 12' in text
    assert 'type="date" value="2025-12-31"' in text, "the day that was typed last"


def test_what_is_wrong_is_said_above_what_was_typed(desk: Desk) -> None:
    before = desk.text
    answer, text = desk.send(verdict="says_otherwise", page='"7" & <8>')
    assert answer.status == 200
    assert '<p class="alert" role="alert">Say what the document says instead.</p>' in text
    assert 'name="page" value=""7" & <8>"' in text
    assert 'value="says_otherwise" required checked' in text
    assert desk.text == before


def test_what_somebody_typed_is_never_markup(desk: Desk) -> None:
    desk.send(verdict="says_otherwise", instead="<b>less</b>")
    connection = HTTPConnection("127.0.0.1", desk.server.server_port, timeout=30)
    connection.request("GET", f"/{KEY}")
    assert b"&lt;b&gt;less&lt;/b&gt;" in connection.getresponse().read()
    connection.close()


def test_it_ends_when_every_criterion_has_a_verdict(desk: Desk) -> None:
    for criterion in ("T1.a", "T1.b", "T2.a", "T2.b"):
        answer, _ = desk.send(criterion)
    assert answer.getheader("location") == "?item="
    _, text = desk.ask()
    assert "<h1>Every criterion has a verdict.</h1>" in text
    assert f"dashboard publish {desk.folder}" in text


def test_an_unknown_criterion_and_a_broken_file_are_said(desk: Desk) -> None:
    _, text = desk.ask(path=f"/{KEY}?item=T1.bb")
    assert "“T1.bb” is not a criterion. Did you mean T1.b?" in text
    assert "<h1>No toy is sharp.</h1>" in text
    (desk.folder / "toy" / "framework.yaml").write_text("areas: [", "utf-8")
    _, text = desk.ask()
    assert 'role="alert">toy/framework.yaml, row' in text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 404),
        ("/other-key", {}, 404),
        (f"/{KEY}/", {}, 404),
        (f"/{KEY}", {"host": "rebound.example"}, 421),
        (f"/{KEY}", {"origin": "https://elsewhere.example"}, 403),
        (f"/{KEY}", {"origin": "null"}, 403),
    ],
)
def test_nobody_else_reads_or_writes(desk: Desk, method: str, path: str, headers: dict[str, str], status: int) -> None:
    before = desk.text
    answer, text = desk.ask(method, f"{path}?item=T1.b", urlencode(FORM), **headers)
    assert answer.status == status
    assert "sharp" not in text
    assert desk.text == before


def test_its_own_page_may_send(desk: Desk) -> None:
    origin = f"http://127.0.0.1:{desk.server.server_port}"
    assert desk.ask("POST", f"/{KEY}?item=T1.b", urlencode(FORM), origin=origin)[0].status == 303


def test_a_form_without_end_is_refused(desk: Desk) -> None:
    assert desk.ask("POST", f"/{KEY}?item=T1.b", **{"content-length": str(MOST + 1)})[0].status == 413


@pytest.mark.outside
def test_the_command_serves_it_until_it_is_ended(tmp_path: Path) -> None:
    folder = copytree(TINY / "frameworks", tmp_path / "frameworks")
    with started("dashboard", "verify", "toy", str(folder), "--page", until="http://127.0.0.1:") as said:
        address = said[-1].split()[4].rstrip(".").removeprefix("http://")
        host, _, key = address.partition("/")
        connection = HTTPConnection(host, timeout=30)
        connection.request("GET", f"/{key}")
        assert connection.getresponse().status == 200
        connection.close()
    assert said[-1] == "TOY, version 1.0: 0 of 4 criteria have a verdict.\n"
