"""What is this process doing, in numbers? Served for Prometheus, at the address DASHBOARD_METRICS names.

The address is apart from the pages, so that neither sign-in nor a proxy opens it by mistake.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from streamlit import runtime

from dashboard.loading.files.words_file import read_words
from dashboard.model.happened import EVENTS, FACTS
from dashboard.model.host import read_host
from dashboard.store.history import StoreError, current_number, read_revision
from dashboard.store.location import store_folder
from dashboard.tasks.serving import METRICS

if TYPE_CHECKING:  # An extra: imported only where it was asked for.
    from prometheus_client.metrics_core import Metric

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
