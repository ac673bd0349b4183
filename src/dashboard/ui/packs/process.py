"""The process that reads pages without a browser: it is asked for views once, and answers each with what it carries.

`python -m dashboard.ui.packs.process` runs the pages as scripts, each in a session of its own. It is a process because
Streamlit's simulated sessions replace the server of the process that they run in.
"""

import logging
import pickle
import sys
from functools import cache
from typing import IO

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.exports.packs.leaf import Leaf
from dashboard.model.view.aliases import Aliases
from dashboard.tasks.packs.asked import Asked, PackView
from dashboard.tasks.packs.reading import ENTRY
from dashboard.ui import carried, people
from dashboard.ui.packs.leaves import leaf_of
from dashboard.ui.session_keys import BROWSER_VIEWS
from dashboard.ui.versions import masking
from dashboard.ui.view import View

SECONDS = 120.0
"""Seconds after which reading a page is given up."""


def main(asks: IO[bytes], answers: IO[bytes]) -> None:
    """Read what is asked, and answer with a leaf or the reason why there is none, view by view."""
    asked: Asked = pickle.load(asks)  # noqa: S301
    # Every simulated session would look for components in all installed packages.
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    # Simulated sessions warn in every run that they are no real ones.
    logging.disable(logging.WARNING)
    if asked.aliases:
        masking.take_aliases(Aliases(asked.aliases))
    for view in asked.views:
        pickle.dump(read(asked, view), answers)
        answers.flush()


def read(asked: Asked, one: PackView) -> Leaf | str:
    """Return what one view carries, or why it cannot be read."""
    found: list[Leaf] = []

    def take(view: View, drawn: carried.Carried) -> None:
        found[:] = [leaf_of(view, drawn, one.name)]

    carried.hand_over_to(take)
    app = AppTest.from_file(ENTRY, default_timeout=SECONDS)
    app.query_params.update(_query(asked, one))
    app.context["theme"] = "light"
    app.session_state[BROWSER_VIEWS.name] = ()
    app.user = {people.HELD: people.written(asked.person)} if asked.person else {}
    app.switch_page(f"pages/{one.page}.py").run()
    if app.exception:
        return ""
    return found[0] if found else " ".join(said.value for said in (*app.error, *app.info))


def _query(asked: Asked, one: PackView) -> dict[str, str]:
    more = {"lang": asked.lang, masking.ON: "yes" if asked.safe else ""}
    return {name: text for name, text in {**one.query, **more}.items() if text}


if __name__ == "__main__":
    answered, sys.stdout = sys.stdout.buffer, sys.stderr
    main(sys.stdin.buffer, answered)
