"""Are metrics and log off unless asked for, valid where they are on, and free of anything personal?"""

import ast
import io
import json
import logging
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from dashboard.model.deployment import EVENTS
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui.frame import export_menu
from dashboard.ui.server.monitoring import OURS, Meter, begin_log, begin_metrics
from tests.canary import MARK, leaks, publish_canary
from tests.conftest import ROOT, TODAY, MakeOnce, copy_of, said
from tests.servers import free_port, started
from tests.ui.conftest import OpenPage

Series = dict[tuple[str, ...], float]
TOLD_ELSEWHERE = """
import logging
from streamlit.logger import get_logger
from dashboard.ui.server.monitoring import begin_log
theirs = get_logger("streamlit.anything")
begin_log()
try:
    raise ValueError("qxv said")
except ValueError:
    theirs.exception("Failed for qxv: %s", "qxv")
theirs.info("a request of qxv")
get_logger("streamlit.later").error("Failed for qxv")
logging.getLogger("dashboard.ui.anything").warning("Not accepted: %s", "qxv")
"""

TOLD_ANOTHER_WAY = """
import logging
import streamlit.logger
from dashboard.ui.server.monitoring import begin_log
begin_log()
# As Streamlit does when its settings have changed, and as any library may.
streamlit.logger.update_formatter()
logging.root.addHandler(logging.StreamHandler())
for name in ("streamlit", "uvicorn.error", "dashboard.ui.anything"):
    log = logging.getLogger(name)
    log.error("Not %d", "qxv", extra={"color_message": "qxv"}, stack_info=True)
    log.error({"qxv": "qxv"} if name != "dashboard.ui.anything" else "Not accepted")
    try:
        raise LookupError("qxv")
    except LookupError as error:
        log.warning("Failed", exc_info=error)
"""


@pytest.fixture
def meter() -> Iterator[Meter]:
    meter = Meter()
    EVENTS.addHandler(meter)
    EVENTS.setLevel(logging.INFO)
    yield meter
    EVENTS.removeHandler(meter)
    EVENTS.setLevel(logging.NOTSET)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, by every logger, as a server writes it."""
    for logger in [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]:
        monkeypatch.setattr(logger, "handlers", logger.handlers)
        monkeypatch.setattr(logger, "propagate", logger.propagate)
    factory = logging.getLogRecordFactory()
    monkeypatch.setenv("DASHBOARD_LOG", "json")
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", written := io.StringIO())
        begin_log()
    yield written
    logging.setLogRecordFactory(factory)
    OURS.setLevel(logging.NOTSET)


def series(text: str) -> Series:
    """Every figure of a text in the format of Prometheus, by name and labels."""
    found = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, *one.labels.values()): one.value for one in found}


def counted(meter: Meter) -> Series:
    return series(generate_latest(meter.registry).decode())


def test_both_are_off_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_METRICS", raising=False)
    monkeypatch.delenv("DASHBOARD_LOG", raising=False)
    before = (list(EVENTS.handlers), list(logging.root.handlers))
    monkeypatch.setattr("prometheus_client.start_http_server", lambda *given: pytest.fail("served"))
    begin_metrics()
    begin_log()
    assert (EVENTS.handlers, logging.root.handlers) == before
    assert not EVENTS.isEnabledFor(logging.INFO)


@pytest.mark.parametrize("value", ["1", "9108", "127.0.0.1", "http://127.0.0.1:9108"])
def test_a_value_that_is_no_address_with_a_port_ends_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_METRICS", value)
    with pytest.raises(SystemExit) as ended:
        begin_metrics()
    assert said("command.metrics_wrong", value=value).fullmatch(str(ended.value))


def test_an_address_that_is_taken_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("DASHBOARD_METRICS", at)
        with pytest.raises(SystemExit) as ended:
            begin_metrics()
    assert said("command.metrics_taken", value=at).fullmatch(str(ended.value))


def test_a_missing_package_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_METRICS", "127.0.0.1:9108")
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(SystemExit) as ended:
        begin_metrics()
    assert said("command.metrics_missing").fullmatch(str(ended.value))


@pytest.mark.thorough
def test_runs_changes_refusals_and_errors_are_counted(
    meter: Meter, own: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page("heatmap")
    page("heatmap")
    page("overview")
    assert publish(Load(own, [ROOT / "frameworks"], Writer("", "x"), TODAY)).revision is None
    assert publish(Load(own, [ROOT / "data" / "reviews.csv"], Writer("steward", "x"), TODAY)).revision is not None
    monkeypatch.setattr(export_menu, "fill", lambda: 1 // 0)
    assert page("risks").exception
    found = counted(meter)
    assert found["dashboard_run_seconds_count", "heatmap"] == 2
    assert found["dashboard_run_seconds_count", "overview"] == 1
    assert found["dashboard_refusals_total", "role_missing"] == 1
    assert found["dashboard_changes_total", "publish"] == 1
    assert found["dashboard_errors_total", "ZeroDivisionError"] == 1
    assert found[("dashboard_publication",)] == 2
    assert found[("dashboard_publication_age_seconds",)] >= 0


def test_a_store_without_a_publication_has_no_number(
    meter: Meter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "none"))
    assert ("dashboard_publication",) not in counted(meter)


def test_neither_holds_anything_personal(
    meter: Meter,
    lines: io.StringIO,
    page: OpenPage,
    make_once: MakeOnce,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy_of(make_once("canary", publish_canary) / "store", tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    for name, query in {"overview": {}, "country": {"country": "NAM"}, "review": {}}.items():
        page(name, query)
    writer = Writer(f"{MARK} role", f"{MARK} why")
    renamed = tmp_path / f"{MARK} again.csv"
    renamed.write_text(f"country,title,region\nNAM,{MARK}land again,{MARK} region\n", "utf-8")
    assert publish(Load(tmp_path / "store", [renamed], writer, TODAY)).revision is not None
    broken = tmp_path / f"{MARK}.csv"
    broken.write_text(f"operation,round,criterion,status,evidence\n{MARK}-op-1,{MARK},{MARK},{MARK},{MARK}\n", "utf-8")
    publish(Load(tmp_path / "store", [broken], writer, TODAY, all_or_nothing=True))
    logging.getLogger("dashboard.ui.server.signin.door").info("Signed in: %s", f"id.example.org|{MARK}")

    def fails() -> None:
        raise LookupError(MARK)

    monkeypatch.setattr(export_menu, "fill", fails)
    page("risks")
    text = lines.getvalue()
    events = [json.loads(line) for line in text.splitlines()]
    assert [event["said"] for event in events if event.get("said", "").startswith("Signed in")] == ["Signed in: …"]
    assert {event["event"] for event in events} == {"run", "changed", "refused", "error", "log"}
    assert leaks(text) == []
    assert leaks(generate_latest(meter.registry).decode()) == []


@pytest.mark.outside
def test_of_what_others_log_only_where_and_what_kind_is_written() -> None:
    environment = {"DASHBOARD_LOG": "json", "PYTHONPATH": ":".join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", TOLD_ELSEWHERE], env=environment, capture_output=True, text=True, check=True
    )
    assert MARK not in ran.stdout + ran.stderr
    first, later, second = [json.loads(line) for line in ran.stderr.splitlines()]
    assert (first["logger"], first["error"], first["in"]) == (
        "streamlit.anything",
        "ValueError",
        ["<string>:8 <module>"],
    )
    assert later["logger"] == "streamlit.later"
    assert "said" not in first | later
    assert (second["level"], second["said"]) == ("warning", "Not accepted: …")


@pytest.mark.outside
def test_no_other_handler_and_no_other_way_of_logging_tells_more() -> None:
    environment = {"DASHBOARD_LOG": "json", "PYTHONPATH": ":".join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", TOLD_ANOTHER_WAY], env=environment, capture_output=True, text=True, check=True
    )
    assert MARK not in ran.stdout + ran.stderr
    lines = [json.loads(line) for line in ran.stderr.splitlines() if line.startswith("{")]
    assert [line["logger"] for line in lines] == [
        name for name in ("streamlit", "uvicorn.error", "dashboard.ui.anything") for _ in range(3)
    ]
    assert [line.get("error") for line in lines] == [None, None, "LookupError"] * 3
    assert [line["said"] for line in lines[6:]] == ["Not …", "Not accepted", "Failed"]


def test_what_the_program_logs_are_texts_of_its_own() -> None:
    """A text with something put into it beforehand would be written whole."""
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    calls = [
        (path.name, node)
        for path in (ROOT / "src").rglob("*.py")
        for text in [path.read_text("utf-8")]
        if re.search(r"log\s*\.", text, re.IGNORECASE)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in levels
        if isinstance(node.func.value, ast.Name) and node.func.value.id.lower() == "log"
    ]
    assert len(calls) >= 3
    assert [(name, ast.unparse(call)) for name, call in calls if not isinstance(call.args[0], ast.Constant)] == []


@pytest.mark.outside
def test_a_server_gives_them_at_their_own_address_alone(sample_store: Path) -> None:
    port, at = free_port(), f"127.0.0.1:{free_port()}"
    command = ("dashboard", "serve", "--address", "127.0.0.1", "--port", str(port), "--metrics", at)
    with started(*command, until="Ctrl+C", DASHBOARD_STORE=str(sample_store), DASHBOARD_LOG="json") as lines:
        with pytest.raises(HTTPError, match="421"):
            urlopen(Request(f"http://127.0.0.1:{port}/", headers={"Host": "qxv.example"}), timeout=30)
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/_stcore/metrics", timeout=30)
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as beside:
            assert "dashboard_" not in beside.read().decode()
        with urlopen(f"http://{at}/metrics", timeout=30) as answer:
            found = series(answer.read().decode())
    assert found["dashboard_refusals_total", "host"] == 1
    assert found[("process_resident_memory_bytes",)] > 0
    assert found[("dashboard_sessions",)] == 0
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert [event["kind"] for event in events if event["event"] == "refused"] == ["host", "nothing_here"]
    assert "qxv" not in "".join(lines)
