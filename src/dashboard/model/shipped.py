"""Where is what comes with the program: pages, standards, sample? In the checkout, or inside the installed package.

See docs/decisions/0054-deployment.md.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "shipped"
PROJECT = _INSTALLED if (_INSTALLED / "app.py").is_file() else _PACKAGE.parents[1]
"""The folder of the start scripts, of the pages and of `.streamlit`, wherever the command is run."""
SHIPPED = (PROJECT / "frameworks", PROJECT / "data")
"""The standards and the sample, to be published."""
MAP = PROJECT / "data" / "map"
