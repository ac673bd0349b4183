"""Which pictures look different? One self-contained page, accepted and new side by side."""

import base64
import html
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock

from dashboard.charts.look import look_of
from dashboard.exports.picture import FONTS
from tests.charts.pictures.accepted import Difference
from tests.conftest import ROOT

FOUND = ROOT / ".pictures"
"""Where differences are recorded, outside the repository."""
PAGE = FOUND / "pictures.html"
WEIGHTS = {"Regular": 400, "Bold": 700}
STYLE = """
body { font-family: "Source Sans 3", sans-serif; margin: 2em; color: #24323A; background: #E6EAEC }
section { display: flex; gap: 1em; align-items: start }
figure { margin: 0; min-width: 0 } figcaption { padding: .3em 0 }
figure > div { padding: 1em } svg { max-width: 100%; height: auto }
"""


def note(chart: str, found: list[Difference], folder: Path = FOUND) -> Path:
    """Replace the recorded findings for one chart, and return the page of all charts.

    Tests run in several processes, each of which knows only its own charts, so the findings are kept in files.
    """
    page, own = folder / PAGE.name, folder / f"{chart}.json"
    if not found and not own.exists():
        return page
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "LOCK"):
        own.unlink(missing_ok=True)
        if found:
            own.write_text(json.dumps([asdict(difference) for difference in found]), "utf-8")
        noted = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
        page.write_text(written(Difference(**one) for several in noted for one in several), "utf-8")
    return page


def written(found: Iterable[Difference]) -> str:
    """Return the page that shows some differences."""
    shown = [_section(number, difference) for number, difference in enumerate(found)]
    told = "\n".join(shown) or "<p>Every picture looks as it was accepted.</p>"
    return f"<!doctype html>\n<meta charset=utf-8>\n<title>Pictures</title>\n<style>{_fonts()}{STYLE}</style>\n{told}\n"


def _section(number: int, found: Difference) -> str:
    sides = (("accepted", found.accepted), ("new", found.new))
    ground = look_of(found.picture.split("-")[0]).ground
    figures = "".join(
        f'<figure><figcaption>{side}</figcaption><div style="background: {ground}">{_apart(svg, f"{side}{number}")}'
        f"</div></figure>"
        for side, svg in sides
        if svg is not None
    )
    return f"<h2>{html.escape(str(found))}</h2>\n<section>{figures}</section>"


def _apart(svg: str, mark: str) -> str:
    """Return the SVG with unique names, because all pictures in a page share them."""
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{mark}-", svg)


def _fonts() -> str:
    return "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; '
        f"src: url(data:font/otf;base64,{_encoded(FONTS / f'SourceSans3-{name}.otf')}) }}\n"
        for name, weight in WEIGHTS.items()
    )


def _encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()
