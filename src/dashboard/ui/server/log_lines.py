"""What does the log say, one JSON object a line? Events, and where something failed; never what somebody is called.

A message is written as it stands in the program, without what was put into its places, and only if it is ours. Of an
error, its kind and the lines of the program are written, without its text, which may quote an answer or an address.
Records are made without the rest, so that no handler of any library can write it.
"""

import logging
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from dashboard.model.happened import EVENTS, FACTS

LOG = "DASHBOARD_LOG"
"""The environment variable that asks for such a log, with the value `json`."""
OURS = logging.getLogger("dashboard")
PLACE = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")
"""The place of a value in a message; what stood there is not told."""
FRAMES = 8
"""How many of the innermost lines of the program are written of an error."""


class Told(logging.LogRecord):
    """A record that holds only what may be told: `told`, besides its event or the place where it was made."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        is_ours = str(self.name).startswith(f"{OURS.name}.")
        self.msg = PLACE.sub("…", str(self.msg)) if is_ours else ""
        self.told: dict[str, object] = {"said": self.msg} if is_ours else {}
        if self.exc_info and self.exc_info[0] is not None:
            frames = traceback.extract_tb(self.exc_info[2])[-FRAMES:]
            self.told |= {"error": self.exc_info[0].__name__}
            self.told |= {"in": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]}
        self.args = ()
        self.exc_info = self.exc_text = self.stack_info = None


class Line(JsonFormatter):
    """Writes such a record as one JSON object, without whatever else a library has attached to it."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname.lower()
        if record.name == EVENTS.name:
            log_data |= {"event": record.msg, **getattr(record, FACTS)}
        else:
            log_data |= {"event": "log", "logger": record.name, "at": f"{record.filename}:{record.lineno}"}
            log_data |= getattr(record, "told", {})


def is_wanted(record: logging.LogRecord) -> bool:
    """Whether a record is ours or a warning: not a line for each request."""
    return record.name.startswith(f"{OURS.name}.") or record.levelno >= logging.WARNING


def begin_log() -> None:
    """Send everything that is logged in this process through such lines, if they are asked for."""
    if os.environ.get(LOG) != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    handler.addFilter(is_wanted)
    logging.root.handlers = [handler]
    logging.setLogRecordFactory(_made)
    OURS.setLevel(logging.INFO)


def _made(name: str, *given: Any, **more: Any) -> Told:
    """Return a record, which its logger leaves to the handler above: Streamlit gives each logger one of its own."""
    logger = logging.getLogger(name)
    while logger.parent is not None:
        if logger is not EVENTS:
            logger.handlers = []
        logger.propagate = True
        logger = logger.parent
    return Told(name, *given, **more)
