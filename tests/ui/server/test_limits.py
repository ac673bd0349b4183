"""Is what is too large cut off on arrival, and does a removed file free its share?"""

from dataclasses import dataclass

import pytest
from starlette.types import Receive, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.model.permissions import Grant, Person, Role
from dashboard.ui.identity import IN_SCOPE
from dashboard.ui.server import limits
from dashboard.ui.server.limits import EACH, ENVELOPE, MOST_OF_ALL, MOST_OF_SESSION, MOST_OTHERWISE, UploadLimits
from dashboard.ui.versions.imported_files import MOST_BYTES
from tests.ui.server.conftest import SELF, Got, Inside, asks

UPLOAD = "/_stcore/upload_file/{session}/file"
HOLDS = {"me", "other"}.__contains__
"""The sessions of this process."""
PIECE = b"x" * 1_000_000


@dataclass(frozen=True)
class File:
    """A held file of the given size, without its bytes."""

    data: "Bytes"


class Bytes(bytes):
    """Bytes of the given length."""

    def __new__(cls, size: int) -> "Bytes":
        made = super().__new__(cls)
        made.size = size
        return made

    size: int

    def __len__(self) -> int:
        return self.size


Held = dict[str, dict[str, File]]


def held(**sizes: int) -> Held:
    return {session: {"one": File(Bytes(size))} for session, size in sizes.items()}


def send(files: Held, inside: Inside, pieces: int, session: str = "me", announced: int | None = None) -> Got:
    headers = [SELF, *([("content-length", str(announced))] if announced is not None else [])]
    door = UploadLimits(inside, lambda: files, HOLDS)
    got = asks(door, UPLOAD.format(session=session), headers, "PUT", [PIECE] * pieces)
    assert not door.arriving, "nothing arrives any more"
    return got


def refused(got: Got) -> bool:
    return got.status == 413 and got.text == read_words()("door.too_much") and got.headers["connection"] == "close"


def test_a_file_within_the_limit_arrives() -> None:
    inside = Inside()
    assert send({}, inside, MOST_BYTES // len(PIECE), announced=MOST_BYTES).status == 200
    assert inside.read == MOST_BYTES


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_one_for_a_session_of_another_process_is_not_found_so_that_a_proxy_asks_the_next(method: str) -> None:
    inside = Inside()
    got = asks(UploadLimits(inside, dict, HOLDS), UPLOAD.format(session="somebody"), [SELF], method, [PIECE])
    assert (got.status, inside.scopes) == (404, [])


def test_a_larger_one_is_cut_off_as_soon_as_it_is_too_large() -> None:
    inside = Inside()
    assert refused(send({}, inside, 200))
    assert inside.read == MOST_BYTES + ENVELOPE


@pytest.mark.parametrize("announced", [MOST_BYTES + ENVELOPE + 1, 10**4000], ids=["more", "absurd"])
def test_one_that_says_so_is_not_read_at_all(announced: int) -> None:
    inside = Inside()
    assert refused(send({}, inside, 1, announced=announced))
    assert (inside.read, inside.scopes) == (0, [])


def test_one_that_says_less_than_it_brings_is_cut_off_all_the_same() -> None:
    inside = Inside()
    assert refused(send({}, inside, 200, announced=5))


def test_a_session_holds_so_much_and_what_goes_frees_its_share() -> None:
    files = held(me=MOST_OF_SESSION - EACH - 2 * len(PIECE))
    assert send(files, Inside(), 2).status == 200
    assert refused(send(files, Inside(), 3))
    assert send(files, Inside(), 3, session="other").status == 200
    files["me"].clear()
    assert send(files, Inside(), 3).status == 200


def test_all_sessions_together_hold_so_much() -> None:
    files = held(**{f"s{number}": MOST_OF_ALL // 8 - EACH for number in range(8)})
    assert refused(send(files, Inside(), 1))
    files.pop("s0")
    assert send(files, Inside(), 1).status == 200


@dataclass
class Store:
    """An application that keeps what is uploaded, as Streamlit does."""

    files: Held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside = Inside()
        await inside(scope, receive, send)
        session = scope["path"].split("/")[-2]
        kept = self.files.setdefault(session, {})
        kept[str(len(kept))] = File(Bytes(inside.read))


def uploads(door: UploadLimits, session: str, address: str, subject: str = "") -> int:
    """The status with which a file of 48 MB is answered."""

    async def sent_from(scope: Scope, receive: Receive, send: Send) -> None:
        who = {IN_SCOPE: Person(subject, subject, (Grant(Role.STEWARD),))} if subject else {}
        await door({**scope, "client": (address, 7), **who}, receive, send)

    return asks(sent_from, UPLOAD.format(session=session), [SELF], "PUT", [PIECE] * 48).status


@pytest.mark.parametrize("signed_in", [False, True], ids=["by address", "by person"])
def test_one_visitor_leaves_room_for_another_however_many_sessions_they_open(signed_in: bool) -> None:
    one, other = [
        ("192.0.2.1", "id|ama" * signed_in),
        ("192.0.2.1" if signed_in else "192.0.2.2", "id|kofi" * signed_in),
    ]
    files: Held = {}
    door = UploadLimits(Store(files), lambda: files, lambda _: True)
    statuses = [uploads(door, f"s{number // 2}", *one) for number in range(8)]
    assert statuses == [200] * 4 + [413] * 4, "two sessions are full, and a third and fourth get nothing"
    assert [uploads(door, "another", *other) for _ in range(2)] == [200, 200]
    del files["s0"]
    assert uploads(door, "s2", *one) == 200, "a session that ends gives back its share"
    assert "s0" not in door.whose


def test_a_great_many_empty_files_are_too_much() -> None:
    files = {"me": {str(number): File(Bytes(0)) for number in range(MOST_OF_SESSION // EACH)}}
    assert refused(send(files, Inside(), 1))


def test_what_arrives_at_the_same_time_counts() -> None:
    door = UploadLimits(Inside(), lambda: held(other=MOST_OF_ALL - EACH - 3 * len(PIECE)), HOLDS)
    path = UPLOAD.format(session="me")
    beside: list[int] = []

    def meanwhile() -> None:
        if not beside:
            beside.append(asks(door, path, method="PUT", body=[PIECE] * 4).status)

    # The first piece has arrived when the second request comes: two and two make four, and there is room for three.
    first = asks(door, path, method="PUT", body=[PIECE] * 3, seen=meanwhile)
    assert (first.status, beside) == (200, [413])
    assert not door.arriving


@pytest.mark.parametrize("path", ["/", "/vote", "/anything/later"])
def test_whatever_hands_in_no_file_is_short(path: str) -> None:
    inside = Inside()
    assert refused(asks(UploadLimits(inside, dict), path, method="POST", body=[PIECE, b"x"]))
    assert inside.read == MOST_OTHERWISE


def test_after_the_answer_has_begun_nothing_is_said_a_second_time() -> None:
    async def answers_first(scope: object, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await receive()

    got = asks(UploadLimits(answers_first, dict), method="POST", body=[PIECE] * 3)
    assert [message["type"] for message in got.sent] == ["http.response.start"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_a_server_that_others_can_reach_takes_no_file_unless_whoever_runs_it_allows_it(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "listens_on", lambda _: "0.0.0.0")  # noqa: S104
    inside = Inside()
    got = asks(UploadLimits(inside, dict, HOLDS), UPLOAD.format(session="me"), method=method, body=[PIECE])
    assert (got.status, got.text, inside.read) == (403, read_words()("door.no_files"), 0)
    assert asks(UploadLimits(inside, dict)).status == 200, "pages are there"
    monkeypatch.setenv("DASHBOARD_TRIALS", "1")
    assert (
        asks(UploadLimits(inside, dict, HOLDS), UPLOAD.format(session="me"), method=method, body=[PIECE]).status == 200
    )
