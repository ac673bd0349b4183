"""A room on the local network: served with a new key, which opens every page; everybody else gets the vote."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from secrets import choice, token_urlsafe

from dashboard.model.present.vote import LETTERS
from dashboard.store.permission import PUBLIC_NAMES
from dashboard.tasks.serving import serve, url_at

OPTIONS = (
    "--server.address", "0.0.0.0",  # noqa: S104 - a room is for the phones around; `ui/present/room/gate.py` says what they get
    "--server.fileWatcherType", "none", "--theme.baseFontSize", "18",
)  # fmt: skip
KEY_LENGTH = 12


@dataclass(frozen=True)
class OpenRoom:
    """How a room is reached: by phones, by its facilitator, and with which key."""

    address: str
    here: str
    key: str
    once: str


def open_room(host: str, begun: Callable[[OpenRoom], object], port: int | None = None) -> int:
    """Serve the store in force until the server is stopped; return its exit code. `begun` is called when it listens."""
    key, once = "".join(choice(LETTERS) for _ in range(KEY_LENGTH)), token_urlsafe(16)
    names = ",".join(name for name in (host, os.environ.get(PUBLIC_NAMES, "")) if name)
    given = {"DASHBOARD_ROOM_KEY": key, "DASHBOARD_ROOM_ONCE": once, "DASHBOARD_ROOM_HOST": host, PUBLIC_NAMES: names}

    def announce(bound_port: int) -> None:
        begun(OpenRoom(url_at(host, bound_port), url_at("localhost", bound_port), key, once))

    options = [*OPTIONS, *(["--server.port", str(port)] if port else [])]
    return serve("room.py", options, {**os.environ, **given}, announce)
