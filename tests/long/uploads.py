"""Does a file made to exhaust the server end in a sentence on a page, while the server answers everybody else?"""

import asyncio
import http.client
import os
import random
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.loading.sandbox import PREFIX
from dashboard.loading.sandbox_process import resident
from dashboard.model.problem import MB, PAGE
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import TINY, TODAY, WRITER
from tests.long.bombs import BOMBS, LATE, Bomb, content_of
from tests.long.served import served
from tests.long.signin.collector import Collector
from tests.long.trial import Found
from tests.long.visitor import LONGEST

TITLE = "files made to exhaust the server, given to a page"
FEW = ("rows.parquet", "unpacks.xlsx", "laughs.xlsx")
MOST = 50 * MB
"""Larger ones are cut off on arrival, which other tests try."""
XSRF = "_streamlit_xsrf"


@dataclass
class Uploader(Collector):
    """A visitor who gives files to a page."""

    chosen: tuple[str, FileURLs, int] | None = None
    uploaders: list[str] = field(default_factory=list)

    @property
    def mapped(self) -> bool:
        """Whether the page asks what the columns of a sheet are, which it lists as nothing it knows."""
        return any("▲" in text for text in self.texts)

    async def gives(self, path: Path) -> None:
        """Upload a file as the browser does, and let the page read it."""
        urls = await self._urls(path.name)
        status = await asyncio.to_thread(_put, self.address, urls.upload_url, path)
        if status not in (200, 204):
            self.wrong.append(f"{path.name}: the upload is answered with {status}")
        self.chosen = (path.name, urls, path.stat().st_size)
        await self.run()

    async def _urls(self, name: str) -> FileURLs:
        assert self.socket is not None
        wish = BackMsg()
        wish.file_urls_request.request_id, wish.file_urls_request.session_id = uuid4().hex, self.session
        wish.file_urls_request.file_names.append(name)
        await self.socket.send(wish.SerializeToString())
        while True:
            content = await asyncio.wait_for(self.socket.recv(), LONGEST)
            answer = ForwardMsg.FromString(content if isinstance(content, bytes) else content.encode())
            if answer.WhichOneof("type") == "file_urls_response":
                urls: FileURLs = answer.file_urls_response.file_urls[0]
                return urls

    def _more(self, wish: BackMsg) -> None:
        if self.chosen and self.uploaders:
            name, urls, size = self.chosen
            state = wish.rerun_script.widget_states.widgets.add(id=self.uploaders[-1])
            state.file_uploader_state_value.uploaded_file_info.add(
                file_id=urls.file_id, name=name, size=size, file_urls=urls
            )

    def _take(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        if element.WhichOneof("type") == "file_uploader":
            self.uploaders.append(element.file_uploader.id)
        super()._take(answer)


def _put(address: str, url: str, path: Path) -> int:
    """Send a file as a form of one part; return the status of the answer."""
    with closing(http.client.HTTPConnection(address, timeout=LONGEST)) as connection:
        connection.request("GET", "/_stcore/health")
        answer = connection.getresponse()
        answer.read()
        token = next(
            (
                one.partition(";")[0].partition("=")[2]
                for one in answer.headers.get_all("set-cookie", [])
                if XSRF in one
            ),
            "",
        )
        mark = uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'
        body = head.encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        headers = {
            "content-type": f"multipart/form-data; boundary={mark}",
            "X-Xsrftoken": token,
            "cookie": f"{XSRF}={token}",
        }
        connection.request("PUT", url, body, headers)
        return connection.getresponse().status


def trial(long: bool, folder: Path) -> Found:
    store, places = folder / "store", folder / "places"
    places.mkdir()
    publish(Load(store, [TINY], WRITER, TODAY))
    before = content_of(store)
    environment = {**os.environ, "TMPDIR": str(places), "DASHBOARD_STORE": str(store)}
    bombs = [bomb for bomb in BOMBS if bomb.on_page and (long or bomb.name in FEW)]
    with served(environment) as (address, process):
        held = resident(process)
        found = asyncio.run(_all_given(bombs, address, folder, process))
        left = [path.name for path in places.iterdir() if not path.name.startswith(PREFIX)]
    wrong = [*found.wrong, *(["The store is not what it was."] if content_of(store) != before else [])]
    wrong += [f"Left: {', '.join(left)}"] if left else []
    figures = (
        ("Files given to the page", f"{len(bombs)}"),
        ("Longest until the page had read one", f"{max(found.seconds):.1f} s"),
        ("Most that the server process grew", f"{(found.most - held) // MB} MB"),
        ("Answers to another visitor meanwhile", f"{len(found.others)}"),
        ("Longest of these", f"{max(found.others):.2f} s"),
    )
    return Found(figures, tuple(wrong))


@dataclass
class Given:
    """How long each file took, how long others waited meanwhile, and what was wrong."""

    seconds: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    most: int = 0


async def _all_given(bombs: list[Bomb], address: str, folder: Path, process: int) -> Given:
    found, over = Given(), asyncio.Event()
    other = Collector(address, {}, lambda: None, random.Random(2))
    await other.enter()
    await other.open("heatmap")
    watching = asyncio.create_task(_look_meanwhile(other, found, process, over))
    for bomb in bombs:
        path = folder / "bombs" / bomb.name
        path.parent.mkdir(parents=True, exist_ok=True)
        bomb.make(path)
        if path.stat().st_size <= MOST:
            await _given(bomb, path, address, found)
        path.unlink()
    over.set()
    await watching
    await other.leave()
    found.wrong += other.wrong
    return found


async def _given(bomb: Bomb, path: Path, address: str, found: Given) -> None:
    one = Uploader(address, {}, lambda: None, random.Random(1))
    await one.enter()
    await one.open("collect", "part=collect")
    started = time.monotonic()
    await one.gives(path)
    found.seconds.append(time.monotonic() - started)
    if not one.alerts and not one.mapped:
        found.wrong.append(f"{bomb.name}: nothing serious is said: {one.texts[-6:]}")
    if found.seconds[-1] > 2 * (PAGE.seconds or 0) + LATE:
        found.wrong.append(f"{bomb.name}: the page took {found.seconds[-1]:.0f} s")
    found.wrong += [text for text in one.wrong if text not in found.wrong]
    await one.leave()


async def _look_meanwhile(other: Collector, found: Given, process: int, over: asyncio.Event) -> None:
    """Open the heat map again and again, and note how long each takes and how much memory the server holds."""
    while not over.is_set():
        await other.open("heatmap")
        found.others.append(other.spent[-1] / 1000)
        found.most = max(found.most, resident(process))
