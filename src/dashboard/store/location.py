"""Where the store lies: the folder `.dashboard` of the project, or what DASHBOARD_STORE says."""

import os
from pathlib import Path


def store_folder() -> Path:
    """The folder of publications; it need not exist yet."""
    return Path(os.environ.get("DASHBOARD_STORE", ".dashboard"))
