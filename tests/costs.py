"""Tells at the end what the tests cost: seconds of processor of the whole process tree, by folder and by test.

Seconds of a test are those of its process and of every process that it has started, living or ended, from the
beginning of its set-up to the end of its tear-down: the first test to use a server pays for its start.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

DEAREST = 20
TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 1
KEY = "seconds of processor"
_seconds: dict[str, float] = defaultdict(float)
_seen: dict[int, int] = {}
"""The processes of the tree, in the order in which they were first seen."""
_collecting: list[float] = []
"""The seconds of each process that ran tests, before its first test."""


def own() -> float:
    """Return the seconds of this process tree so far; where there is no /proc, of this process alone."""
    if not Path("/proc/self/stat").exists():
        return sum(os.times()[:4])
    me = os.getpid()
    _seen[me] = 0
    for pid in [*_seen]:
        _seen.update(dict.fromkeys(_children(pid), 0))
    return sum(_spent(pid) for pid in [*_seen])


def _spent(pid: int) -> float:
    """Return the seconds of a process and of those that it has waited for; 0 once it has ended itself."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        _seen.pop(pid, None)
        return 0.0
    return sum(map(int, after_name[11:15])) / TICK


def _children(pid: int) -> Iterator[int]:
    """Yield the descendants of a process. Linux may leave out some while others end, so they are remembered."""
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                if child not in _seen:
                    yield from _children(child)
    except OSError:
        return  # It has ended in the meantime.


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


def pytest_collection_finish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[KEY] = own()
    else:
        _collecting.append(own())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    _collecting.append(getattr(node, "workeroutput", {}).get(KEY, 0.0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _seconds:
        return
    folders: dict[str, float] = defaultdict(float)
    tests: Counter[str] = Counter()
    for test, seconds in _seconds.items():
        folder = "/".join(test.split("::")[0].split("/")[:2])
        folders[folder] += seconds
        tests[folder] += 1
    collecting = sum(_collecting)
    terminalreporter.section("seconds of processor")
    for folder, seconds in sorted(folders.items(), key=lambda one: -one[1]):
        terminalreporter.write_line(f"{seconds:8.1f} {tests[folder]:6} {folder}")
    terminalreporter.write_line(f"{collecting:8.1f}        before the first test")
    terminalreporter.write_line(f"{collecting + sum(folders.values()):8.1f} {len(_seconds):6} in all")
    terminalreporter.write_line(f"The {DEAREST} dearest:")
    for test, seconds in sorted(_seconds.items(), key=lambda one: -one[1])[:DEAREST]:
        terminalreporter.write_line(f"{seconds:8.1f} {test}")
