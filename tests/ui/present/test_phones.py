"""Does a room opened beside the pages give phones the voting page, and nobody anything else?"""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import count
from pathlib import Path
from queue import Queue

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import PAGES, url_path
from dashboard.store.votes import ask, code_of, standing
from dashboard.ui.listener import OpenListener, close_listener
from dashboard.ui.present import room_access
from dashboard.ui.present.ballot import BallotStep, page_of
from dashboard.ui.present.room_access import open_room
from dashboard.ui.server.limits import RateLimit
from tests.conftest import rest_thorough, said
from tests.servers import routes_of_app
from tests.voting import NEEDS, SEVERITY, device

PATHS = (
    "/", "/overview", "/present?part=vote", "/api/heatmap", "/vote/", "/Vote", "//vote", "/enter?once=x",
    "/_stcore/health", "/_stcore/stream", "/_stcore/host-config", "/media/a.csv", "/static/js/index.js", "/page.js",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    return tmp_path


@pytest.fixture
def room(store: Path, monkeypatch: pytest.MonkeyPatch) -> OpenListener:
    """Open a room in which the rate limit does not reset while a test runs."""
    monkeypatch.setattr(room_access, "RateLimit", lambda burst, per_second: RateLimit(burst, 0.001))
    return open_room("127.0.0.1")


def asks(
    room: OpenListener, method: str, path: str, body: str = "", host: str = "", **headers: str
) -> tuple[HTTPResponse, str]:
    given = {name.replace("_", "-"): value for name, value in headers.items()} | ({"Host": host} if host else {})
    # Closed also where the server closes first.
    with closing(HTTPConnection(room.address, room.port, timeout=30)) as connection:
        connection.request(method, path, body or None, given)
        answer = connection.getresponse()
        return answer, answer.read().decode()


METHODS = ["POST", "PUT", "DELETE", "OPTIONS"]
FIRST = [*(("GET", path) for path in PATHS), *((method, PATHS[0]) for method in METHODS)]
REST = [(method, path) for path in PATHS[1:] for method in METHODS]


@pytest.mark.parametrize(("method", "path"), rest_thorough([*FIRST, *REST], now=len(FIRST)))
def test_whatever_else_is_asked_for_leads_to_the_voting_page(room: OpenListener, method: str, path: str) -> None:
    answer, text = asks(room, method, path)
    assert (answer.status, answer.headers["location"], text) == (303, "/vote", "")


@pytest.mark.outside
def test_no_route_of_the_pages_and_no_page_is_there(room: OpenListener) -> None:
    pages = [("GET", f"/{url_path(name)}?country=GHA") for name in PAGES]
    tables = [("GET", f"/api/{name}.json") for name in PAGES]
    for method, path in [*routes_of_app(), *pages, *tables]:
        answer, text = asks(room, method, path)
        assert (answer.status, answer.headers["location"], text) == (303, "/vote", ""), (method, path)


def test_no_connection_stays(room: OpenListener) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    answer, _ = asks(room, "GET", "/_stcore/stream", **upgrade, **{"Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg=="})
    assert answer.status == 303


@pytest.mark.parametrize("name", ["evil.example", "localhost", "192.168.1.5"])
def test_a_name_or_address_that_is_not_its_own_is_refused(room: OpenListener, name: str) -> None:
    answer, text = asks(room, "GET", "/vote", host=f"{name}:{room.port}")
    expected = 200 if name == "localhost" else 421
    assert answer.status == expected
    assert ("<h1>" in text) == (expected == 200)


def test_a_page_of_elsewhere_sends_no_vote(room: OpenListener) -> None:
    assert asks(room, "POST", "/vote", "choice=1", Origin="http://evil.example")[0].status == 403


def test_only_the_letters_lead_to_the_question_and_no_key_is_asked_for(room: OpenListener, store: Path) -> None:
    ask(store, SEVERITY)
    _, text = asks(room, "GET", "/vote")
    assert said("vote.join").search(text)
    assert not said("vote.leads").search(text)
    for sent in ("code=QQQQQQ", "key=", "key=ABCDEFGHJKLM", ""):
        answer, text = asks(room, "POST", "/vote", sent)
        assert answer.status == 200
        assert answer.headers["set-cookie"] is None
        assert SEVERITY.said["en"].asks not in text
    answer, _ = asks(room, "POST", "/vote", f"code={code_of(store)}")
    assert answer.status == 303
    cookies = answer.headers.get_all("set-cookie") or []
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["device", "joined"]


def test_what_each_grade_needs_stands_below_it() -> None:
    said_of = replace(SEVERITY.said["en"], needs=NEEDS)
    step = BallotStep("voted", said_of, mine="3", group="board", choices=SEVERITY.choices)
    page = page_of(read_words(), step)
    buttons = dict(re.findall(r'<button name="choice" value="(.)"[^>]*>(.*?)</button>', page, re.DOTALL))
    assert buttons["4"] == "4 – grade 4<small>harm &lt;4&gt;</small><small>4 children</small><small>put right 4</small>"
    assert buttons["3"].startswith("✓ 3 – grade 3<small>")
    assert page.count("<small>") == 12, "none below a group"
    assert read_words()("rating.highest") in page
    plain = page_of(read_words(), replace(step, said=SEVERITY.said["en"]))
    assert "<small>" not in plain
    assert read_words()("rating.highest") not in plain


def test_letters_are_not_guessed_without_end(room: OpenListener) -> None:
    connection = HTTPConnection(room.address, room.port, timeout=30)
    found = []
    for _ in range(31):
        connection.request("POST", "/vote", "code=QQQQQQ")
        answer = connection.getresponse()
        answer.read()
        found.append(answer.status)
    connection.close()
    assert found == [*[200] * 30, 429]


def test_a_vote_counts_and_is_there_after_the_room_is_closed_and_opened_again(room: OpenListener, store: Path) -> None:
    ask(store, SEVERITY)
    held = f"joined={code_of(store)}; device={device(1)}; group=board"
    answer, _ = asks(room, "POST", "/vote", "number=1&ballot=1&choice=3", Cookie=held)
    assert answer.status == 303
    close_listener()
    _, text = asks(open_room("127.0.0.1"), "GET", "/vote", Cookie=held)
    assert said("vote.voted").search(text)
    now = standing(store)
    assert now is not None
    assert now.n_voted() == 1


@pytest.mark.parametrize("sent", ["", "number=1&ballot=1&choice=3", "code={code}"])
def test_a_closed_room_thanks_every_phone_whatever_it_asks_and_shows_nothing_else(
    sent: str, room: OpenListener, store: Path
) -> None:
    ask(store, SEVERITY)
    sent = sent.format(code=code_of(store))
    close_listener()
    for held in ("", held_by(store, 1)):
        for path in ("/vote", "/", "/api/heatmap"):
            answer, text = asks(room, "POST" if sent else "GET", path, sent, Cookie=held)
            assert answer.status == 200
            assert said("vote.ended").search(text)
            assert SEVERITY.said["en"].asks not in text
            assert "<form" not in text
    now = standing(store)
    assert now is not None
    assert not now.n_voted(), "nobody is told that a vote counts which came too late"


def held_by(store: Path, n: int) -> str:
    return f"joined={code_of(store)}; device={device(n)}; group=board"


def test_closed_in_the_middle_of_a_vote_every_phone_that_was_told_so_is_counted(
    room: OpenListener, store: Path
) -> None:
    ask(store, SEVERITY)
    assert code_of(store), "made before anybody asks for it at once"
    told: Queue[int] = Queue()

    def vote_until_closed(first: int) -> None:
        with suppress(OSError, HTTPException):
            for n in count(first, 8):
                answer, _ = asks(room, "POST", "/vote", "number=1&ballot=1&choice=3", Cookie=held_by(store, n))
                if answer.status == 303:
                    told.put(n)

    with ThreadPoolExecutor(8) as phones_at_once:
        for first in range(1, 9):
            phones_at_once.submit(vote_until_closed, first)
        seen = [told.get(timeout=30) for _ in range(40)]
        close_listener()
    seen += [told.get_nowait() for _ in range(told.qsize())]
    now = standing(store)
    assert now is not None
    assert {device(n) for n in seen} <= {of for _, of in now.votes}


def test_a_phone_has_one_vote_however_often_it_sends_it(room: OpenListener, store: Path) -> None:
    ask(store, SEVERITY)
    for choice in "1133":
        asks(room, "POST", "/vote", f"number=1&ballot=1&choice={choice}", Cookie=held_by(store, 1))
    now = standing(store)
    assert now is not None
    assert dict(now.counted(1).choices) == {"3": 1}


@pytest.mark.parametrize(
    ("cookie", "sent"),
    [
        ("joined=QQQQQQ; device={device}; group=board", "choice=1"),
        ("joined={code}; device=ZZ; group=board", "choice=1"),
        ("joined={code}; group=board", "choice=1"),
        ("joined={code}; device={device}; group=nobody", "choice=1"),
        ("joined={code}; device={device}; group=board", "choice=" + "x" * 3000),
        ("joined={code}; device={device}; group=board", "choice=" + "x" * 5000),
        ("joined={code}; device={device}; group=board", "choice=%00"),
        ("joined={code}; device={device}; group=board", "key=ABCDEFGHJKLM&choice=1"),
        ("joined={code}; device={device}; group=board; room_key=ABCDEFGHJKLM", "choice=" + "1" * 30),
    ],
)
def test_what_is_forged_or_far_too_long_counts_for_nothing(
    cookie: str, sent: str, room: OpenListener, store: Path
) -> None:
    ask(store, SEVERITY)
    held = cookie.format(code=code_of(store), device=device(1))
    answer, _ = asks(room, "POST", "/vote", f"number=1&ballot=1&{sent}", Cookie=held)
    assert answer.status in (200, 303, 413)
    now = standing(store)
    assert now is not None
    assert now.n_voted() == 0
