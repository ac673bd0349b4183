"""Draw every chart and report which look different: `python -m tests.charts.pictures [--accept] [CHART ...]`.

Without `--accept` the differences are reported and shown in a page; with it they are accepted. If charts are named,
only these are drawn. `--all` shows every picture in the page, to look at them.
"""

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.ui.view import View
from tests.charts.pictures.accepted import Difference, accept, differences, left_over
from tests.charts.pictures.cases import CHOSEN, PICTURED
from tests.charts.pictures.drawn import Drawer
from tests.charts.pictures.page import FOUND, PAGE, note
from tests.conftest import READ_ON, ROOT, TODAY, WRITER


def main() -> int:
    """Return 1 if pictures differ and are not accepted."""
    asked = argparse.ArgumentParser("pictures", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("charts", nargs="*", metavar="CHART", help=", ".join(PICTURED))
    asked.add_argument("--accept", action="store_true", help="take the charts as they look now")
    asked.add_argument("--all", action="store_true", help="show every picture")
    given = asked.parse_args()
    if unknown := set(given.charts) - PICTURED.keys():
        asked.error(f"no such chart: {', '.join(sorted(unknown))}")
    shutil.rmtree(FOUND, ignore_errors=True)
    found = []
    with tempfile.TemporaryDirectory() as folder, Drawer() as drawer:
        view = sample(Path(folder) / "store")
        for name in given.charts or PICTURED:
            drawn = PICTURED[name].pictures(view, drawer)
            changed = accept(name, drawn) if given.accept else differences(name, drawn)
            found += changed
            note(name, [Difference(name, kind, None, svg) for kind, svg in drawn.items()] if given.all else changed)
    for name in () if given.charts else left_over(PICTURED):
        changed = accept(name, {}) if given.accept else differences(name, {})
        found += changed
        note(name, changed)
    print(*found, sep="\n")
    print(f"{len(found)} pictures {'were taken as they are' if given.accept else 'look different'}.")
    if found or given.all:
        print(f"Side by side: {PAGE.as_uri()}")
    return int(bool(found) and not given.accept)


def sample(store: Path) -> View:
    """Return the view in which charts are drawn, on the sample, published into an empty folder."""
    outcome = publish(Load(store, [ROOT / "frameworks", ROOT / "data"], WRITER, READ_ON))
    assert outcome.revision is not None, outcome.problems
    published = Reader(store).current()
    assert published is not None
    known = known_codes(published)
    state = normalised(replace(ViewState(), **CHOSEN), known)  # type: ignore[arg-type]
    return View("pictures", state, read_words(), published, known, TODAY)


if __name__ == "__main__":
    sys.exit(main())
