"""What does the log say, one JSON object a line? Events, and where something failed; never what somebody is called.

A message is written as it stands in the program, without what was put into its places, and only if it is ours. Of an
error, its kind and the lines of the program are written, without its text, which may quote an answer or an address.
"""

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import streamlit.logger

from dashboard.model.happened import EVENTS, FACTS

LOG = "DASHBOARD_LOG"
"""The environment variable that asks for such a log, with the value `json`."""
OURS = logging.getLogger("dashboard")
FRAMES = 8
"""How many of the innermost lines of the program are written of an error."""


class Line(logging.Formatter):
    """Writes a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        if record.name == EVENTS.name:
            line |= {"event": record.msg, **getattr(record, FACTS)}
        else:
            line |= {"event": "log", "logger": record.name, "at": f"{record.filename}:{record.lineno}"}
            line |= {"said": record.msg} if record.name.startswith(f"{OURS.name}.") else {}
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])[-FRAMES:]
            line |= {"error": record.exc_info[0].__name__}
            line |= {"in": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]}
        return json.dumps(line)


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
    # Streamlit gives each of its loggers a handler of its own, which would write the text of errors.
    streamlit.logger.setup_formatter = lambda logger: setattr(logger, "handlers", [handler])
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
    OURS.setLevel(logging.INFO)
