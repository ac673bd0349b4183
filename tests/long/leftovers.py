"""What do killed saves and checks leave behind, and what does a server hold open that nobody reads any more?

`python -m tests.long.leftovers STORE KILLS` kills savers and checkers at random moments, in a process of its own that
forks: nothing of DuckDB may have run in it. It prints one JSON object.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.servers import free_port, streamlit_command
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from dashboard.loading.private_folder import PREFIX
from dashboard.loading.words_file import read_words
from dashboard.store.answers import Change, save_answers, stored_answers
from dashboard.store.history import history
from dashboard.store.open import Reader
from dashboard.store.pool import IDLE_SECONDS, USUAL_SECONDS
from dashboard.store.publish import check, publish
from tests.conftest import ROOT, TINY, TODAY, WRITER
from tests.handles import handles_on, when_none
from tests.long.trial import Found
from tests.store.children import forked, state

TITLE = "killed saves, and files that nobody reads any more"
KILLS, FEW_KILLS = 100, 5
ALLOWED = 30.0
"""Seconds after which nothing may be open that nobody reads."""
KEY = ("R2", "a-op", "T2.a")
SHOWN = {
    "what is in force": {},
    "a masked copy": {"safe": "yes"},
    "a scenario": {"imagined": "in~R2,a-op~T2.a~somewhat"},
    "a masked scenario": {"imagined": "in~R2,a-op~T2.a~mostly", "safe": "yes"},
}
"""What sessions look at, by the query of their link."""


def trial(long: bool, folder: Path) -> Found:
    """Kill savers and checkers, then start a server once, open pages on it, publish, and see what it lets go."""
    store, places = folder / "store", folder / "places"
    places.mkdir()
    publish(store, [TINY], WRITER, TODAY)
    environment = {**os.environ, "TMPDIR": str(places), "DASHBOARD_STORE": str(store)}
    kills = KILLS if long else FEW_KILLS
    command = [sys.executable, "-m", "tests.long.leftovers", str(store), str(kills)]
    killed = json.loads(subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout)
    before = len(list(places.glob(f"{PREFIX}*")))
    seconds = USUAL_SECONDS if long else 1.0
    with served({**environment, IDLE_SECONDS: str(seconds)}) as (address, process):
        swept, opened, held = let_go(store, places, address, process)
    wrong = [
        f"{many} {what}"
        for what, many in {
            "acknowledged saves were lost": killed["lost"],
            "folders lay there after the start": swept,
            "files were open that nobody reads": len(held),
        }.items()
        if many
    ]
    wrong += [] if before else ["no kill left a folder, so nothing was swept"]
    wrong += [] if opened >= len(SHOWN) else [f"only {opened} files were open while pages showed them"]
    figures = (
        ("Saves and checks killed at random moments", str(killed["kills"])),
        ("Folders left behind by those kills", str(killed["left"])),
        ("Of these still there before the next start", str(before)),
        ("Of these still there after it", str(swept)),
        ("Acknowledged saves", str(killed["acknowledged"])),
        ("Of these lost", str(killed["lost"])),
        ("Files open while pages showed them: in force, masked, imagined", str(opened)),
        (f"Former and private files still open {ALLOWED:.0f} s after their last reader", str(len(held))),
    )
    return Found(figures, tuple(wrong))


def let_go(store: Path, places: Path, address: str, process: int) -> tuple[int, int, list[str]]:
    """How many folders are left once a page is open, how many files pages hold open, and what stays open afterwards.

    One visitor stays, on a page that shows what is in force, and one stays without a click since before.
    """
    with ExitStack() as stays, ExitStack() as leave:
        asleep, awake = (stays.enter_context(session(address)) for _ in range(2))
        look(asleep)
        swept = len(list(places.glob(f"{PREFIX}*")))
        former = [store / "publications" / f"{move.publication}.duckdb" for move in history(store)]
        opened: set[str] = set()
        for query in SHOWN.values():
            look(leave.enter_context(session(address)), query)
            opened |= {*handles_on(places, process), *handles_on(store / "publications", process)} - _locks(places)
        save(store, "no")
        look(awake)
        leave.close()

        def held() -> list[str]:
            private = set(handles_on(places, process)) - _locks(places)
            return [*private, *(link for file in former for link in handles_on(file, process))]

        when_none(held, ALLOWED)
        return swept, len(opened), held()


def _locks(places: Path) -> set[str]:
    return {str(lock) for lock in places.glob("*/LOCK")}


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """A server of these pages on this machine alone: its address and its process."""
    port = free_port()
    command = streamlit_command(ROOT / "app.py", port)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            yield _answers(f"127.0.0.1:{port}"), server.pid
        finally:
            server.terminate()


def _answers(address: str) -> str:
    for _ in range(600):
        try:
            urlopen(f"http://{address}/_stcore/health", timeout=30).close()
            return address
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)


@contextmanager
def session(address: str) -> Iterator[ClientConnection]:
    """Somebody with a browser."""
    with connect(
        f"ws://{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, origin=None
    ) as socket:
        yield socket


def look(socket: ClientConnection, query: dict[str, str] | None = None) -> None:
    """Open the heat map and read it to its end. Raises RuntimeError when the page shows an error instead of itself."""
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


def save(store: Path, status: str) -> int | None:
    """Answer one criterion as the page does; gives the number of the step, None when it was refused."""
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        was = stored_answers(cursor, [KEY])[KEY]
    move = save_answers(store, [Change(was, replace(was, status=status))], WRITER, TODAY).move
    return move and move.number


def _checked(store: Path) -> int:
    return len(check(store, [TINY], TODAY))


def killed(store: Path, kills: int) -> dict[str, int]:
    """So many savers and checkers killed; what was acknowledged, what of it is lost, and how many folders they left."""
    chance, places = random.Random(11), Path(tempfile.gettempdir())
    acknowledged, done, left = [], 0, 0
    usual = 0.0
    for turn in range(10 * kills):
        # The last one leaves something, for the next start to find.
        if done >= kills and list(places.glob(f"{PREFIX}*")):
            break
        work = partial(_checked, store) if turn % 3 == 2 else partial(save, store, ("yes", "mostly")[turn % 2])
        begun = time.monotonic()
        before = set(places.glob(f"{PREFIX}*"))
        answer = forked(work, after=chance.uniform(0, usual) if turn > 1 else None)
        usual = usual or time.monotonic() - begun
        done += answer is None
        left += len(set(places.glob(f"{PREFIX}*")) - before)
        if answer and turn % 3 != 2:
            acknowledged.append(int(answer))
    whole = json.loads(forked(partial(state, store)) or "{}")
    lost = sum(number > whole.get("last", 0) for number in acknowledged)
    return {"kills": done, "left": left, "acknowledged": len(acknowledged), "lost": lost}


if __name__ == "__main__":
    # Read once, for all forks.
    read_words()
    print(json.dumps(killed(Path(sys.argv[1]), int(sys.argv[2]))))
