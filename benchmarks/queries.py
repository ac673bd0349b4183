"""All queries of one run together, in milliseconds, without a browser: the app itself, run with one choice after another.

Every choice is a new one, so that nothing is answered from what the process remembers.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.generate import ROOT
from benchmarks.load import store_of

PAGES = ("overview", "heatmap")
CHOICES = 10
WARM_UP = 2


def measure(size: str) -> dict[str, tuple[float, float]]:
    """The median milliseconds per run spent in queries, and in all, by page. In a process of its own."""
    environment = {**os.environ, "DASHBOARD_STORE": str(store_of(size))}
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.queries"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    return {page: (queries, total) for page, queries, total in json.loads(said.splitlines()[-1])}


def _measure_here() -> list[tuple[str, float, float]]:
    from streamlit.testing.v1 import AppTest

    found = []
    with tempfile.TemporaryDirectory() as folder:
        timing = Path(folder) / "timing.jsonl"
        os.environ["DASHBOARD_TIMING_FILE"] = str(timing)
        for page in PAGES:
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
            if page != "overview":
                app.switch_page(f"pages/{page}.py").run()
            timing.write_text("")
            chosen = list(app.sidebar.multiselect(key="risk_area").options[:CHOICES])
            for number in range(len(chosen)):
                for name, value in (("risk_area", chosen[: number + 1]), ("round", None)):
                    if value is None:
                        box = app.sidebar.selectbox(key=name)
                        box.select_index((number + 1) % len(box.options)).run()
                    else:
                        app.sidebar.multiselect(key=name).set_value(value).run()
                    if app.exception:
                        raise RuntimeError(f"{page} shows {app.exception[0].message}")
            lines = [json.loads(line) for line in timing.read_text("utf-8").splitlines()][WARM_UP:]
            found.append((page, median(line["queries"] for line in lines), median(line["total"] for line in lines)))
    return found


if __name__ == "__main__":
    if sys.argv[1:]:
        for size in sys.argv[1:]:
            print(size, measure(size))
    else:
        print(json.dumps(_measure_here()))
