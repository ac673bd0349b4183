"""How do trials visit a server without a browser? In Streamlit's own messages, one connection per session."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from benchmarks.servers import free_port, running, streamlit_command, wait_for
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from tests.conftest import ROOT


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """A server of these pages for this machine only: its address and its process."""
    port = free_port()
    command = streamlit_command(ROOT / "app.py", port)
    with running(command, ROOT, environment) as server:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"127.0.0.1:{port}", server.pid


@contextmanager
def session(address: str) -> Iterator[ClientConnection]:
    """A visitor with a browser."""
    with connect(
        f"ws://{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, origin=None
    ) as socket:
        yield socket


def look(socket: ClientConnection, query: dict[str, str] | None = None) -> None:
    """Open the heat map and read it to its end. Raises RuntimeError if the page shows an error instead."""
    wish = BackMsg()
    wish.rerun_script.page_name = "heatmap"
    wish.rerun_script.query_string = urlencode(query or {})
    socket.send(wish.SerializeToString())
    while True:
        answer = ForwardMsg()
        content = socket.recv(60)
        answer.ParseFromString(content if isinstance(content, bytes) else content.encode())
        if answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(answer.delta.new_element.exception.message)
        if (
            answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            and answer.WhichOneof("type") == "script_finished"
        ):
            return
