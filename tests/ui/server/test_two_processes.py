"""Do two processes with one store show and accept the same? As behind a proxy: both under the proxy's name."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.model.tour import Step
from dashboard.store.history import current_number
from dashboard.store.named_files import remove_view, save_view
from dashboard.ui.identity import SIGNING_OUT
from tests.conftest import WRITER, copy_of
from tests.long.visitor import LONGEST, Visitor
from tests.servers import STREAMLIT, free_port, started
from tests.waiting import ended

pytestmark = [pytest.mark.outside, pytest.mark.thorough]
ISSUER, SECRET, CLIENT = "id.example.org", "a secret of thirty-two characters", "dashboard"
OPERATION, CRITERION = "tcd-op", "CRBP-02.b"
ANSWERING = {"part": "answer", "operation": OPERATION, "criterion": CRITERION, "round": "2025", "framework": "crbp"}
MAP = {"framework": "crbp", "round": "2025"}
SCENARIO = "called~Together,in~2025,GHA~CRBP-05~implemented"


@dataclass(frozen=True)
class Site:
    """The name under which both are reached, the port of each, the cookie of somebody who signed in, and the store."""

    name: str
    ports: tuple[int, int]
    cookie: str
    store: Path

    def visitor(self, process: int) -> "Guest":
        return Guest(self.name, {"Cookie": self.cookie}, lambda: None, random.Random(7), port=self.ports[process])


@dataclass
class Guest(Visitor):
    """A visitor whom the proxy has sent to one process, and who remembers what the last run showed."""

    port: int = 0
    shown: str = ""
    id: str = ""
    """The id of its session."""
    parts: list[bytes] = field(default_factory=list)

    async def enter(self) -> None:
        self.socket = await websockets.connect(
            f"ws://{self.address}/_stcore/stream", host="127.0.0.1", port=self.port, max_size=None, origin=None,
            subprotocols=[websockets.Subprotocol("streamlit")], additional_headers=dict(self.headers),
        )  # fmt: skip

    async def run(self, pressed: str = "") -> None:
        self.parts.clear()
        await super().run(pressed)
        self.shown = sha256(b"".join(self.parts)).hexdigest()
        assert not self.wrong

    def _taken(self, content: str | bytes, sees: frozenset[str] | None) -> bool:
        answer = ForwardMsg()
        answer.ParseFromString(content if isinstance(content, bytes) else content.encode())
        if answer.WhichOneof("type") == "new_session":
            self.id = answer.new_session.initialize.session_id
        return super()._taken(content, sees)

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        element = answer.delta.new_element
        if element.WhichOneof("type") in ("markdown", "vega_lite_chart"):
            self.parts.append(element.SerializeToString())


def signed(origin: str) -> str:
    """A cookie as a process sets it once the provider has confirmed somebody."""
    now = int(time.time())
    held = {
        "iss": f"https://{ISSUER}", "sub": "ama", "name": "Ama Mensah", "aud": CLIENT, "iat": now, "exp": now + 3600,
        "roles": ["admin", "contributor"], "origin": origin, "is_logged_in": True, "provider": "default",
    }  # fmt: skip
    return f"_streamlit_user={create_signed_value(SECRET, '_streamlit_user', json.dumps(held)).decode()}"


@pytest.fixture(scope="module")
def site(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("two")
    store = copy_of(sample_store, folder / "store")
    name, ports = f"localhost:{free_port()}", (free_port(), free_port())
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://{name}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "of this test alone"\n'
        f'server_metadata_url = "https://{ISSUER}/.well-known/openid-configuration"\n'
    )
    with ExitStack() as stack:
        for port in ports:
            at = ("app.py", "--server.address", "127.0.0.1", "--server.port", str(port))
            environment = {"DASHBOARD_STORE": str(store), "DASHBOARD_PUBLIC_NAMES": name}
            stack.enter_context(started(*STREAMLIT, *at, "--secrets.files", str(secrets), **environment))
        yield Site(name, ports, signed(f"http://{name}"), store)


def asks(site: Site, process: int, path: str, method: str = "GET") -> int:
    """The status with which a process answers whoever has the cookie."""
    connection = HTTPConnection("127.0.0.1", site.ports[process], timeout=LONGEST)
    headers = {"Cookie": site.cookie, "Host": site.name, "Sec-Fetch-Site": "same-origin"}
    connection.request(method, path, headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


async def both_show(guests: tuple[Guest, Guest], page: str, query: dict[str, str]) -> str:
    """Open an address at both; returns what both show."""
    for guest in guests:
        await guest.open(page, urlencode(query))
    assert guests[0].shown == guests[1].shown
    assert guests[0].query == guests[1].query
    return guests[0].shown


@asynccontextmanager
async def entered(site: Site) -> AsyncIterator[tuple[Guest, Guest]]:
    """The same person at both, until the end."""
    guests = site.visitor(0), site.visitor(1)
    for guest in guests:
        await guest.enter()
    yield guests
    for guest in guests:
        await guest.leave()


def test_what_is_published_at_one_is_shown_by_the_next_run_of_the_other(site: Site) -> None:
    async def visited() -> None:
        async with entered(site) as (here, there):
            before = await both_show((here, there), "heatmap", MAP)
            number = current_number(site.store)
            await here.open("collect", urlencode(ANSWERING))
            key = f"2025 {OPERATION} {CRITERION}"
            status, note = (here.widget(f"answering_{name} {key}") for name in ("status", "note"))
            assert status
            assert note
            here.values |= {status: here.options[status][0], note: "said here"}
            assert await here.press("answering_save"), here.texts
            assert current_number(site.store) == number + 1
            await there.run()
            assert there.shown != before
            now = there.shown
            assert now == await both_show((here, there), "heatmap", MAP)
            await there.open("collect", urlencode(ANSWERING))
            assert "said here" in there.values.values()

    ended(visited())


def test_a_scenario_means_the_same_at_both(site: Site) -> None:
    async def visited() -> None:
        async with entered(site) as guests:
            real = await both_show(guests, "heatmap", MAP)
            assert real != await both_show(guests, "heatmap", MAP | {"imagined": SCENARIO})
            await both_show(guests, "country", MAP | {"operation": OPERATION})

    ended(visited())


def test_while_names_are_hidden_both_call_everybody_the_same(site: Site) -> None:
    async def visited() -> None:
        async with entered(site) as guests:
            real = await both_show(guests, "heatmap", MAP)
            assert real != await both_show(guests, "heatmap", MAP | {"safe": "yes"})
            await both_show(guests, "heatmap", MAP | {"country": "GHA,TCD,RWA", "safe": "yes"})
            assert "country=safe-country-" in guests[0].query

    ended(visited())


def test_a_view_that_another_process_saves_or_removes_is_listed_or_gone_and_opens_alike_at_both(site: Site) -> None:
    view = Step.of_view("heatmap", MAP | {"country": "GHA"}, "Seen by both", "A map.")

    def is_listed(guest: Guest) -> bool:
        return any(view.title in text for text in guest.texts)

    async def visited() -> None:
        async with entered(site) as guests:
            await both_show(guests, "overview", MAP)
            assert not any(is_listed(guest) for guest in guests)
            assert save_view(site.store, view, WRITER) is None
            for guest in guests:
                await guest.run()
                assert is_listed(guest)
            real = await both_show(guests, "heatmap", MAP)
            assert real != await both_show(guests, view.page, view.query())
            assert remove_view(site.store, view.title, WRITER) is None
            await both_show(guests, "overview", MAP)
            assert not any(is_listed(guest) for guest in guests)

    ended(visited())


def test_a_file_for_a_session_of_the_other_is_not_found_so_that_the_proxy_asks_there(site: Site) -> None:
    async def visited() -> None:
        async with entered(site) as (here, there):
            await both_show((here, there), "heatmap", MAP)
            for process, guest in enumerate((here, there)):
                path = f"/_stcore/upload_file/{guest.id}/one"
                found = [await asyncio.to_thread(asks, site, at, path, "PUT") for at in (process, 1 - process)]
                # Its own refuses it only for want of the token that a browser sends along.
                assert found == [403, 404]

    ended(visited())


def test_whoever_signs_out_at_one_is_signed_out_at_the_other(site: Site) -> None:
    assert [asks(site, process, "/api/heatmap.json") for process in (0, 1)] == [200, 200]
    assert asks(site, 0, SIGNING_OUT) == 303
    assert [asks(site, process, "/api/heatmap.json") for process in (0, 1)] == [401, 401]
