"""Engines that speak Spark Connect, on this machine only, each ended with its workers when its block ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import ROOT
from benchmarks.servers import free_port

EXECUTOR = "CoarseGrainedExecutorBackend"
"""What the command line of one of Spark's workers holds."""
SPARK_MISSING = (
    "Spark 4 is missing: install Java 17 (on Debian: apt-get install openjdk-17-jre-headless) and run "
    "`make .venv/spark`, or name the folder of another Spark 4 in SPARK_HOME"
)


@dataclass(frozen=True)
class Running:
    """A running engine: its address and its process."""

    address: str
    process: subprocess.Popen[str]

    def processes(self) -> list[int]:
        """Return the process of the engine and all that it has started."""
        parents = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                except OSError:
                    continue
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def workers(self) -> list[int]:
        """Return those processes that only work, which can be lost."""
        return [
            pid for pid in self.processes() if EXECUTOR in _read(pid, "cmdline") and "/java" in _read(pid, "cmdline")
        ]

    def peak_mb(self) -> float:
        """Return the peak memory of the largest of its processes, in MB."""
        lines = (line for pid in self.processes() for line in _read(pid, "status").splitlines())
        return max((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), default=0.0)


def _read(pid: int, name: str) -> str:
    try:
        return (Path("/proc") / str(pid) / name).read_text()
    except OSError:
        return ""


def processor_seconds(pid: int) -> float:
    """Return how long a process has computed."""
    spent = _read(pid, "stat").rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _started(command: Sequence[str], says: str, port: int, **environment: str) -> Iterator[Running]:
    """Run a command, from when it says that it serves."""
    with tempfile.TemporaryDirectory(prefix="engine-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stderr=subprocess.STDOUT, stdout=subprocess.PIPE,
            text=True, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            said = ""
            while says not in said:
                said = process.stdout.readline()
                if not said:
                    raise RuntimeError(f"{command[0]} ended before it served")
            # What it says from here on is not read, and must not stop it once the pipe is full.
            drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
            yield Running(f"sc://127.0.0.1:{port}", process)
        finally:
            # Of an engine that was killed, nothing may be left.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()
        drain.wait()


@contextmanager
def sail(workers: int = 0) -> Iterator[Running]:
    """Sail in one process: without workers, or as a cluster of workers that are threads of it, of one core each."""
    port = free_port()
    cluster: Mapping[str, str] = {
        "SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": str(workers),
        "SAIL_CLUSTER__WORKER_MAX_COUNT": str(workers), "SAIL_CLUSTER__WORKER_TASK_SLOTS": "8",
        "SAIL_EXECUTION__DEFAULT_PARALLELISM": "2",
    }  # fmt: skip
    command = [sys.executable, "-m", "pysail", "spark", "server", "--port", str(port)]
    with _started(command, "Starting the Spark Connect server", port, **(cluster if workers else {})) as running:
        yield running


def spark_home() -> Path | None:
    """Return the folder of Spark: that of SPARK_HOME, else the one that `make` installs; None without Java."""
    named = os.environ.get("SPARK_HOME")
    found = [Path(named)] if named else sorted((ROOT / ".venv" / "spark").glob("lib/python*/site-packages/pyspark"))
    return next((home for home in found if (home / "bin" / "spark-submit").exists() and shutil.which("java")), None)


@contextmanager
def spark(workers: int = 0) -> Iterator[Running]:
    """Spark 4 in one process, or with workers in processes of their own. Raises RuntimeError without it."""
    home, port = spark_home(), free_port()
    if home is None:
        raise RuntimeError(SPARK_MISSING)
    settings = {
        "spark.connect.grpc.binding.port": port, "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": 4, "spark.executor.memory": "1g",
        "spark.driver.memory": "1g",
    }  # fmt: skip
    command = [
        str(home / "bin" / "spark-submit"), "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
        "--master", f"local-cluster[{workers},1,1024]" if workers else "local[2]",
        *(word for name, value in settings.items() for word in ("--conf", f"{name}={value}")), "spark-internal",
    ]  # fmt: skip
    own = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    with _started(command, "Spark Connect server started", port, **own) as running:
        yield running
