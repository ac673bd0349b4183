"""Does every page stand with no network at all? Server and browser in a network of their own, which holds nothing else.

Each page is read on a laptop, on a phone, in type of twice the size and on paper.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.model.pages import PAGES, url_path
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.browser.conftest import ARGUMENTS, LAPTOP, ON_A_PHONE, PHONE, PROGRAM, running
from tests.conftest import READ_ON, ROOT, WRITER
from tests.long.trial import Found

TITLE = "no network at all"
ALONE = ("unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$0" "$@"')
"""Runs a command in a network that holds only the machine itself."""
OPENS: dict[str, str] = {
    "guidance_item": "guidance=G-vendors-child-found-selling",
    "case": "case_study=C14",
    "presenter": "tour=ten-minutes&tour_step=2",
}
"""What is chosen on pages that show one thing."""
WAYS: dict[str, dict[str, Any]] = {
    "laptop": {"viewport": LAPTOP},
    "phone": {"viewport": PHONE, "user_agent": ON_A_PHONE},
    "large type": {"viewport": {"width": LAPTOP["width"] // 2, "height": LAPTOP["height"] // 2}},
    "paper": {"viewport": LAPTOP},
}
FEW = ("overview", "heatmap", "number")
WIDTH = "() => Math.max(...[...document.querySelectorAll('html, [data-testid=stMain]')].map(one => one.scrollWidth))"
READY = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def trial(full: bool, folder: Path) -> Found:
    """Read every page in every way; in the short form three pages on a laptop."""
    outcome = publish(Load(folder / "store", [ROOT / "frameworks", ROOT / "data"], WRITER, READ_ON))
    assert outcome.revision is not None, outcome.problems
    command = (*ALONE, sys.executable, "-m", "tests.long.offline", str(folder / "store"), "full" if full else "short")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        return Found((("Pages read", "none"),), (f"It did not end: {ended.stderr[-1000:]}",))
    told = json.loads(ended.stdout.splitlines()[-1])
    figures = tuple((f"Pages read, {way}", str(n)) for way, n in told["read"].items())
    return Found(
        (*figures, ("Addresses elsewhere that a page asked for", str(told["elsewhere"]))), tuple(told["wrong"])
    )


def _views(full: bool) -> Iterator[str]:
    for name, page in PAGES.items():
        for part in page.parts or ("",):
            if full or name in FEW:
                yield f"{url_path(name)}?{OPENS.get(name, '')}{f'&part={part}' if part else ''}"


def _read(store: Path, full: bool) -> dict[str, Any]:
    wrong: list[str] = []
    elsewhere: list[str] = []
    read: dict[str, int] = {}
    with running(store) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PROGRAM, args=[*ARGUMENTS])
        for way in WAYS if full else ("laptop",):
            page = _opened(browser, way, address, elsewhere, wrong)
            for view in _views(full):
                wrong += (f"{way}, {view}: {text}" for text in _wrong_on(page, f"{address}/{view}", way))
                read[way] = read.get(way, 0) + 1
        browser.close()
    return {"read": read, "elsewhere": len(elsewhere), "wrong": [*wrong, *dict.fromkeys(elsewhere)]}


def _opened(browser: Browser, way: str, address: str, elsewhere: list[str], wrong: list[str]) -> Page:
    page = browser.new_context(**WAYS[way]).new_page()
    if way == "paper":
        page.emulate_media(media="print")
    page.on(
        "request", lambda one: None if one.url.startswith((address, "data:", "blob:")) else elsewhere.append(one.url)
    )
    page.on("pageerror", lambda error: wrong.append(f"{way}: {error}"))
    return page


def _wrong_on(page: Page, address: str, way: str) -> Iterator[str]:
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    if (n := page.locator("h1").count()) != 1:
        yield f"{n} headings"
    if page.locator("[data-testid=stException]").count():
        yield page.locator("[data-testid=stException]").first.inner_text()[:200]
    if way != "paper" and (width := page.evaluate(WIDTH)) > WAYS[way]["viewport"]["width"]:
        yield f"{width} px wide"
    if not page.locator("h1").inner_text().strip():
        yield "an empty heading"


if __name__ == "__main__":
    print(json.dumps(_read(Path(sys.argv[1]), sys.argv[2] == "full")))
