"""How does somebody collect every file that pages offer? By opening all that folds, and pressing each download."""

import asyncio
import re
from dataclasses import dataclass, field
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.long.visitor import LONGEST, Visitor

ADDRESS = re.compile(rb"/media/[0-9a-f]{32}[.\w]*")


@dataclass
class Collector(Visitor):
    """A visitor who keeps the address of every file, and the ids with which the pages make one on request."""

    addresses: set[str] = field(default_factory=set)
    made_on_request: list[str] = field(default_factory=list)
    folds: list[str] = field(default_factory=list)
    session: str = ""

    async def open_whole(self, page: str, query: str = "") -> None:
        """Open a page, then everything on it that is folded."""
        self.folds = []
        await self.open(page, query)
        if self.folds:
            self.values |= dict.fromkeys(self.folds, True)
            await self.run()

    async def asks_for(self, made_on_request: str) -> str:
        """Have a file made by its id; return what was answered: its address, or why there is none."""
        assert self.socket is not None
        wish = BackMsg()
        asked = wish.backend_operation_request
        asked.request_id, asked.session_id = uuid4().hex, self.session
        asked.deferred_file.file_id = made_on_request
        await self.socket.send(wish.SerializeToString())
        while True:
            content = await asyncio.wait_for(self.socket.recv(), LONGEST)
            answer = ForwardMsg.FromString(content if isinstance(content, bytes) else content.encode())
            if answer.WhichOneof("type") == "backend_operation_response":
                got = answer.backend_operation_response
                return got.deferred_file.url or f"no file: {got.error_msg}"

    def _taken(self, content: str | bytes, sees: frozenset[str] | None) -> bool:
        sent = content if isinstance(content, bytes) else content.encode()
        self.addresses |= {one.decode() for one in ADDRESS.findall(sent)}
        answer = ForwardMsg.FromString(sent)
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.session = answer.new_session.initialize.session_id
            # What an earlier run offered is no longer made.
            self.made_on_request = []
        elif kind == "delta":
            button = answer.delta.new_element.download_button
            if button.deferred_file_id:
                self.made_on_request.append(button.deferred_file_id)
            block = answer.delta.add_block
            self.folds += [one for one in (block.expandable.id, block.popover.id) if one]
        return super()._taken(content, sees)
