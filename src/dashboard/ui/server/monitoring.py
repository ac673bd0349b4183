"""The log, one JSON object a line, and the metrics of this process for Prometheus.

The log holds events, and where something failed; never what somebody is called. A message is written as it stands in
the program, without what was put into its places, and only if it is ours. Of an error, its kind and the lines of the
program are written, without its text, which may quote an answer or an address. Records are made without the rest, so
that no handler of any library can write it. The address of the metrics is apart from the pages, so that neither
sign-in nor a proxy opens it by mistake.
"""

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pythonjsonlogger.json import JsonFormatter
from streamlit import runtime

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import EVENTS, FACTS, read_host
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError, current_number, read_revision
from dashboard.tasks.server import METRICS

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

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


SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The steps by which the times of runs are counted."""
SESSIONS = "active_sessions"
"""What Streamlit calls the sessions of open pages among its figures."""


class Meter(logging.Handler):
    """Counts events, and looks at sessions and the publication when it is asked."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics

        super().__init__(logging.INFO)
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Now())
        self._runs = Histogram("dashboard_run_seconds", "Runs", ["page"], buckets=SECONDS, registry=self.registry)
        self._counted = {
            "changed": Counter("dashboard_changes", "Changes of the store", ["kind"], registry=self.registry),
            "refused": Counter("dashboard_refusals", "What was refused", ["kind"], registry=self.registry),
            "error": Counter("dashboard_errors", "Errors of the program", ["kind"], registry=self.registry),
        }

    def emit(self, record: logging.LogRecord) -> None:
        """Count one event."""
        facts: dict[str, str | float] = getattr(record, FACTS)
        if record.msg == "run":
            self._runs.labels(facts["page"]).observe(float(facts["seconds"]))
        else:
            self._counted[record.msg].labels(facts["kind"]).inc()


class _Now:
    """What is looked up when the figures are asked for."""

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.metrics_core import GaugeMetricFamily

        if runtime.exists():
            found = runtime.get_instance().stats_mgr.get_stats([SESSIONS]).get(SESSIONS, ())
            yield GaugeMetricFamily("dashboard_sessions", "Open pages", sum(getattr(one, "value", 0) for one in found))
        # A store that cannot be read has neither a number nor an age, which an alert can ask for.
        with suppress(StoreError, OSError):
            if number := current_number(store_folder()):
                age = datetime.now(UTC) - datetime.fromisoformat(read_revision(store_folder(), number).at)
                yield GaugeMetricFamily("dashboard_publication", "Number of the publication in force", number)
                yield GaugeMetricFamily("dashboard_publication_age_seconds", "Its age", age.total_seconds())


def begin_metrics() -> None:
    """Serve the figures if an address is given. What the operator gave wrongly ends the process with a sentence."""
    asked = os.environ.get(METRICS, "")
    if not asked:
        return
    at = read_host(asked)
    if at is None or at.port is None:
        sys.exit(read_words()("command.metrics_wrong", value=asked))
    try:
        from prometheus_client import start_http_server

        meter = Meter()
        start_http_server(at.port, at.name, meter.registry)
    except ModuleNotFoundError:
        sys.exit(read_words()("command.metrics_missing"))
    except OSError as error:
        sys.exit(read_words()("command.metrics_taken", value=asked, why=error.strerror or type(error).__name__))
    EVENTS.setLevel(logging.INFO)
    EVENTS.addHandler(meter)
