"""Does a person get the files that pages offered to them, and nobody the file of another?"""

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard.model.permissions import Person
from dashboard.ui import runtime
from dashboard.ui.identity import IN_SCOPE
from dashboard.ui.server import routes
from dashboard.ui.server.app import doors
from dashboard.ui.server.routes import Handed
from dashboard.ui.server.signin.door import SignIn
from tests.ui.server.conftest import Got, Inside
from tests.ui.server.signin.conftest import AUTH, secrets
from tests.waiting import ended

AMA, KOFI = Person("id|ama", "Ama"), Person("id|kofi", "Kofi")
FILE, OTHER = "0a" * 16, "1b" * 16
ADDRESSES = (
    f"/media/{FILE}.csv",
    f"/media/{FILE}",
    f"/media/{FILE}.x",
    f"/media/{FILE}/",
    f"/media//{FILE}.csv",
    "/media/",
)


class Sends:
    """An application that keeps a connection and sends messages over it, and answers requests."""

    def __init__(self, *messages: bytes) -> None:
        self.messages, self.heard, self.inside = messages, list[Message](), Inside()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.inside(scope, receive, send)
            return
        for content in self.messages:
            await send({"type": "websocket.send", "bytes": content})
        self.heard.append(await receive())


def asked(app: ASGIApp, path: str, person: Person | None, kind: str = "http", sent: bytes = b"") -> Got:
    got: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": sent} if kind == "websocket" else {"type": "http.request"}

    async def send(message: Message) -> None:
        got.append(message)

    scope: Scope = {"type": kind, "path": path, "method": "GET", "headers": [], IN_SCOPE: person}
    ended(app(scope, receive, send))
    return Got(got)


def connect(app: ASGIApp, person: Person, sent: bytes = b"") -> None:
    asked(app, "/_stcore/stream", person, "websocket", sent)


def test_a_file_is_given_to_whoever_was_sent_its_address_and_to_nobody_else() -> None:
    inside = Sends(b"\x0a\x30/media/" + FILE.encode() + b".csv\x12", b"nothing")
    app = Handed(inside)
    assert {asked(app, path, AMA).status for path in ADDRESSES} == {404}
    connect(app, AMA)
    assert [asked(app, path, AMA).status for path in ADDRESSES] == [200, 200, 200, 404, 404, 404]
    assert asked(app, f"/media/{OTHER}.csv", AMA).status == 404
    n_answered = len(inside.inside.scopes)
    for person in (KOFI, None):
        assert {asked(app, path, person).status for path in ADDRESSES} == {404}
    assert len(inside.inside.scopes) == n_answered
    for path in ("/", "/heatmap", "/static/media/font.woff2", "/api/heatmap.csv"):
        assert asked(app, path, KOFI).status == 200, path


def test_it_holds_below_a_path_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "below", lambda: "/rights")
    app = Handed(Sends(f"/rights/media/{FILE}.json".encode()))
    connect(app, AMA)
    assert asked(app, f"/rights/media/{FILE}.json", AMA).status == 200
    assert asked(app, f"/rights/media/{FILE}.json", KOFI).status == 404


def test_only_what_is_no_longer_held_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MOST_KEPT", 3)
    files = [f"{number:032x}" for number in range(8)]
    app = Handed(Sends(*(f"/media/{file}.csv".encode() for file in files)), holds=lambda file: file in files[::2])
    connect(app, AMA)
    assert {asked(app, f"/media/{file}.csv", AMA).status for file in files[::2]} == {200}
    assert asked(app, f"/media/{files[1]}.csv", AMA).status == 404


def wish(button: str, session: str) -> bytes:
    made = BackMsg()
    made.backend_operation_request.session_id = session
    made.backend_operation_request.request_id = "1"
    made.backend_operation_request.deferred_file.file_id = button
    return bytes(made.SerializeToString())


def test_a_file_is_made_only_for_the_session_to_which_it_was_offered() -> None:
    rerun = BackMsg()
    rerun.rerun_script.page_name = "heatmap"
    for sent, same in (
        (wish("of ama", "session of ama"), True),
        (wish("of ama", "session of kofi"), False),
        (wish("of nobody", "session of kofi"), True),
        (rerun.SerializeToString(), True),
        (b"\xff no message", True),
    ):
        inside = Sends()
        connect(Handed(inside, offered_to={"of ama": "session of ama"}.get), KOFI, sent)
        (heard,) = inside.heard
        assert (heard["bytes"] == sent) is same
        if not same:
            left = BackMsg.FromString(heard["bytes"]).backend_operation_request
            assert (left.request_id, left.WhichOneof("payload")) == ("1", None)


def test_what_is_known_of_streamlits_files_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was offered a file that is made on request, and whether a file is still there."""
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    monkeypatch.setattr(runtime, "get_instance", lambda: type("Runtime", (), {"media_file_mgr": manager}))
    button = manager.add_deferred(lambda: b"figures", "text/csv", "1.2")
    assert runtime.session_of(button) == "dontcare"
    assert runtime.session_of("another") is None
    address = manager.add(b"figures", "text/csv", "1.3")
    found = routes.ADDRESS.fullmatch(address.removesuffix(".csv").encode())
    assert found is not None
    assert runtime.is_offered(found[1].decode())
    assert not runtime.is_offered(FILE)


def test_it_stands_directly_behind_sign_in_and_only_where_people_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets(monkeypatch, AUTH)
    found = [one.cls for one in doors()["middleware"]]
    assert found[found.index(SignIn) + 1] is Handed
    secrets(monkeypatch, None)
    assert Handed not in [one.cls for one in doors()["middleware"]]
