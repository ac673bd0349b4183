"""How does a signed-in visitor click without a browser? In Streamlit's messages, every byte of which is searched."""

import asyncio
import random
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.long.marked import WHOSE, others_in

OFFERED = re.compile(r'name="filter_(\w+)" value="([^"]*)"')
LONGEST = 120.0
"""Seconds of silence after which a server counts as failed."""
Value = str | list[str] | bool


@dataclass
class Visitor:
    """One browser: the widgets as it holds them, what the last run showed, and all that was wrong.

    `sees` are the letters of the operations seen by name; None means all. It may change between runs.
    """

    address: str
    headers: Mapping[str, str]
    sees: Callable[[], frozenset[str] | None]
    draw: random.Random
    page: str = "heatmap"
    query: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    filters: dict[str, list[str]] = field(default_factory=dict)
    """The codes in each list of the filter bar."""
    buttons: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    n_bytes: int = 0
    n_named: int = 0
    """How often an operation was named, whichever."""
    wrong: list[str] = field(default_factory=list)
    socket: websockets.ClientConnection | None = None

    async def enter(self) -> None:
        self.socket = await websockets.connect(
            f"ws://{self.address}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            origin=None,
            additional_headers=dict(self.headers),
        )

    async def leave(self) -> None:
        if self.socket is not None:
            await self.socket.close()

    async def open(self, page: str, query: str = "") -> None:
        """Open a page by a link, as a browser does: it keeps no widget of another page."""
        self.page, self.query = page, query
        self.values.clear()
        self.options.clear()
        await self.run()

    def widget(self, key: str) -> str | None:
        """The id of the widget with this key, if it is shown."""
        return next((one for one in (*self.options, *self.values) if one.endswith(f"-{key}")), None)

    async def press(self, key: str) -> bool:
        """Press a button, if it is there."""
        button = next((one for one in self.buttons if one.endswith(f"-{key}")), None)
        if button is not None:
            await self.run(button)
        return button is not None

    async def run(self, pressed: str = "") -> None:
        """Ask for a run and read it to its end."""
        assert self.socket is not None
        wish = BackMsg()
        wish.rerun_script.page_name, wish.rerun_script.query_string = self.page, self.query
        widgets = wish.rerun_script.widget_states.widgets
        for name, value in self.values.items():
            state = widgets.add(id=name)
            if isinstance(value, bool):
                state.bool_value = value
            elif isinstance(value, str):
                state.string_value = value
            else:
                state.string_array_value.data.extend(value)
        if pressed:
            widgets.add(id=pressed).trigger_value = True
        self._more(wish)
        self.buttons, self.texts, self.alerts = [], [], []
        sees, started = self.sees(), time.perf_counter()
        await self.socket.send(wish.SerializeToString())
        while not self._taken(await asyncio.wait_for(self.socket.recv(), LONGEST), sees):
            pass
        self.spent.append(1000 * (time.perf_counter() - started))

    def _more(self, wish: BackMsg) -> None:
        """Add to a run what only some visitors send."""

    async def reads(self, path: str) -> int:
        """Ask for a file or a table, search it, and return the status of the answer."""
        sees = self.sees()
        status, content = await asyncio.to_thread(self._read, path)
        self._search(content, sees, path)
        return status

    def _read(self, path: str) -> tuple[int, bytes]:
        asked = urllib.request.Request(f"http://{self.address}{path}", headers=dict(self.headers))
        try:
            with urllib.request.urlopen(asked, timeout=LONGEST) as answer:  # noqa: S310 - an address of this machine
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def _search(self, content: bytes, sees: frozenset[str] | None, where: str) -> None:
        self.n_bytes += len(content)
        self.n_named += len(WHOSE.findall(content))
        if sees is not None:
            self.wrong += [f"seen on {where}: {text!r}" for text in others_in(content, sees)[:1]]

    def _taken(self, content: str | bytes, sees: frozenset[str] | None) -> bool:
        """Search and read one message; return whether it ends the run."""
        sent = content if isinstance(content, bytes) else content.encode()
        self._search(sent, sees, self.page)
        answer = ForwardMsg()
        answer.ParseFromString(sent)
        kind = answer.WhichOneof("type")
        if kind == "page_info_changed":
            self.query = answer.page_info_changed.query_string
        elif kind == "delta":
            self._take(answer)
        elif kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.buttons, self.texts, self.alerts = [], [], []
        return kind == "script_finished" and answer.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        )

    def _take(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html":
            self.texts.append(element.html.body)
            if offered := OFFERED.findall(element.html.body):
                self.filters = {}
                for name, code in offered:
                    self.filters.setdefault(name, []).append(code)
        elif kind == "exception":
            self.wrong.append(f"{self.page} shows {element.exception.type}: {element.exception.message}")
        elif kind == "markdown":
            self.texts.append(element.markdown.body)
        elif kind == "alert":
            self.texts.append(element.alert.body)
            if element.alert.format == Alert.ERROR:
                self.alerts.append(element.alert.body)
        elif kind == "button":
            self.buttons.append(element.button.id)
        elif kind in ("text_area", "text_input"):
            text = getattr(element, kind)
            if text.set_value or text.id not in self.values:
                self.values[text.id] = text.value if text.set_value else text.default
        elif kind in ("selectbox", "radio"):
            self._take_one(getattr(element, kind))
        elif kind == "multiselect":
            many = element.multiselect
            self.options[many.id] = list(many.options)
            if many.set_value or many.id not in self.values:
                self.values[many.id] = list(many.raw_values) if many.set_value else []

    def _take_one(self, box: object) -> None:
        one: Any = box
        self.options[one.id] = list(one.options)
        if one.set_value and one.HasField("raw_value"):
            self.values[one.id] = one.raw_value
        elif one.set_value:
            self.values.pop(one.id, None)
        elif one.id not in self.values and one.HasField("default") and one.options:
            self.values[one.id] = one.options[one.default]
