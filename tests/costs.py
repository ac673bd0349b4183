"""Tells at the end what the tests cost: seconds of processor of the whole process tree, by folder and by test.

Seconds of a test are those of its process and of every process that it has started, living or ended, from the
beginning of its set-up to the end of its tear-down: the first test to use a server pays for its start.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

DEAREST = 20
TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 1
KEY = "seconds of processor"
_seconds: dict[str, float] = defaultdict(float)


def of_tree(pid: int) -> float:
    """Return the seconds of processor of a process, of its descendants, and of those that it has waited for."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # It has ended in the meantime.
        return 0.0
    return sum(map(int, after_name[11:15])) / TICK + sum(of_tree(int(child)) for child in children)


def own() -> float:
    """Return the seconds of this process tree; where there is no /proc, of this process alone."""
    return of_tree(os.getpid()) if Path("/proc/self/stat").exists() else sum(os.times()[:4])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    item.user_properties.append((KEY, own()))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "teardown":
        report.user_properties = [
            (KEY, own() - float(str(began))) for name, began in item.user_properties if name == KEY
        ]
    else:
        report.user_properties = []
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for name, value in report.user_properties:
        if name == KEY and isinstance(value, float):
            _seconds[report.nodeid] += value


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _seconds:
        return
    folders: dict[str, float] = defaultdict(float)
    tests: Counter[str] = Counter()
    for test, seconds in _seconds.items():
        folder = "/".join(test.split("::")[0].split("/")[:2])
        folders[folder] += seconds
        tests[folder] += 1
    whole = own()
    terminalreporter.section("seconds of processor")
    for folder, seconds in sorted(folders.items(), key=lambda one: -one[1]):
        terminalreporter.write_line(f"{seconds:8.1f} {tests[folder]:6} {folder}")
    terminalreporter.write_line(f"{whole - sum(folders.values()):8.1f}        collecting, fixtures and workers")
    terminalreporter.write_line(f"{whole:8.1f} {len(_seconds):6} in all")
    terminalreporter.write_line(f"The {DEAREST} dearest:")
    for test, seconds in sorted(_seconds.items(), key=lambda one: -one[1])[:DEAREST]:
        terminalreporter.write_line(f"{seconds:8.1f} {test}")
