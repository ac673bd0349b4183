"""A demonstration that touches no real data: the sample in a temporary store, with the page of tours open."""

import os
from collections.abc import Callable
from datetime import date

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.model.pages import TOURS
from dashboard.model.shipped import SHIPPED
from dashboard.store.locking import Outcome
from dashboard.store.permission import PUBLIC_NAMES, Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.tasks.serving import serve, url_at

OPTIONS = ("--server.address", "localhost", "--theme.baseFontSize", "18")
"""Listens to this machine only, with larger type than usual."""


def demonstrate(why: str, begun: Callable[[str], object]) -> Outcome:
    """Publish the sample, serve it until the server is stopped, and leave nothing behind.

    `begun` is called with the address of the page of tours once it responds, and `why` goes into the history. Without a
    publication nothing is served, and the problems say why.
    """
    with PrivateFolder() as folder:
        store = folder / "store"
        environment = {**os.environ, "DASHBOARD_STORE": str(store)}
        # A demonstration is for this machine only, whatever public names it has.
        environment.pop(PUBLIC_NAMES, None)
        outcome = publish(Load(store, SHIPPED, Writer("dashboard", why), date.today()))
        if outcome.revision is not None:
            serve("app.py", OPTIONS, environment, lambda port: begun(f"{url_at('localhost', port)}/{TOURS}"))
        return outcome
