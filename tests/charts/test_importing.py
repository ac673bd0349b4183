"""Does a chart wait until pandas is whole, when another thread of a new server has only begun to import it?"""

import subprocess
import sys

import pytest

FIRST_PAGES = """
import sys, threading, altair
begun = threading.Event()

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "pandas.core" and not begun.is_set():
            begun.set()
            threading.Event().wait(0.5)

sys.meta_path.insert(0, Slow())
other = threading.Thread(target=__import__, args=("pandas",))
other.start()
assert begun.wait(30)
import dashboard.charts.standing
other.join()
"""


@pytest.mark.outside
def test_a_chart_can_be_made_while_another_thread_imports_pandas() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAGES], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
