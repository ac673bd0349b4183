"""How many seconds does a hand that knows the way need for three common tasks, before the menus moved and now?

    python -m benchmarks.tasks BEFORE

BEFORE is a revision with all pages and filters in a sidebar, such as 3ba1d19. Both versions publish the sample and are
clicked through in Chromium, in turn. The hand neither reads nor hesitates: seconds run from its first press to the
moment the answer is in sight, so they show what a task waits for and not what a person needs.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.browser import chromium
from benchmarks.generate import ROOT
from benchmarks.sections import table, with_section
from benchmarks.servers import free_port, running, streamlit_command, wait_for

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
TITLE = "Three tasks, before the menus moved and now"
SAID = """Seconds and clicks from the Overview to the answer, by a hand that neither reads nor hesitates; the median of
seven turns. *Before* is the version whose pages and filters stood in a sidebar. Typing is no click.
"""
TURNS = 7
OPENS_MS = 1000
WINDOW = {"width": 1366, "height": 768}
AT_HIRING = re.compile("age (is checked|checks) at hiring", re.IGNORECASE)
QUIET = "[data-testid=stApp][data-test-script-state=notRunning]"


class Hand:
    """A hand on one page that counts its clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.main = page.get_by_test_id("stMain")

    def click(self, what: Locator) -> None:
        """Click, which also scrolls there."""
        what.click()
        self.clicks += 1

    def quiet(self) -> None:
        """Wait until the page has answered."""
        self.page.locator(QUIET).wait_for()


def failed(hand: Hand) -> None:
    """Open the list of decisions and see the criterion on child labour, its country and its owner."""
    hand.click(hand.main.get_by_role("button", name=re.compile(r"^All \d+")))
    line = hand.page.get_by_role("listitem").filter(has_text=AT_HIRING)
    expect(line.last).to_contain_text(re.compile(r"Chad(.|\n)*Head of"))


def choose_now(hand: Hand, name: str, *typed: str) -> None:
    """Open a filter, and type and take each option."""
    one = hand.page.locator(f".filter_{name}")
    hand.click(one.locator("summary"))
    for text in typed:
        expect(one.get_by_role("searchbox")).to_be_focused()
        hand.page.keyboard.type(text)
        expect(one.get_by_role("checkbox")).to_have_count(1)
        hand.page.keyboard.press("Enter")
        expect(one.get_by_role("checkbox", name=re.compile(re.escape(text)))).to_be_checked()
    hand.quiet()


def choose_before(hand: Hand, key: str, *options: str) -> None:
    """Open a list of Streamlit's and click each option; one click more for each, since the list closes.

    A list that a run of the page closed again is opened again, at no click, as a hand that waits would not need it.
    """
    for option in options:
        field, found = hand.page.locator(f".st-key-{key} input").last, hand.page.get_by_role("option", name=option)
        hand.click(field)
        with suppress(PlaywrightTimeout):
            found.first.wait_for(timeout=OPENS_MS)
        if not found.count():
            hand.page.keyboard.press("Escape")
            field.click()
        hand.click(found.first)
        hand.quiet()
    hand.page.keyboard.press("Escape")


def go(hand: Hand, link: Locator, address: str) -> None:
    """Follow a link to a page."""
    hand.click(link)
    hand.page.wait_for_url(re.compile(rf"/{address}\?"))
    hand.quiet()


def compare_now(hand: Hand) -> None:
    """Choose two countries and a principle, and see both scores and why they differ."""
    choose_now(hand, "country", "Ghana", "Senegal")
    choose_now(hand, "principle", "5 Safe")
    hand.click(hand.page.locator(".menu_compare summary"))
    go(hand, hand.page.locator(".pages a[href^='./compare']"), "compare")
    expect(hand.main.locator("h1")).to_have_text(re.compile(r"Senegal \d+.*Ghana \d+"))
    expect(hand.main.get_by_text("Why do they differ?").first).to_be_visible()


def compare_before(hand: Hand) -> None:
    """Choose two operations in place of those offered, and the principle below the chart."""
    go(hand, hand.page.get_by_role("link", name="Side by side"), "compare")
    for offered in ("Savandina Chad", "Mean of all countries"):
        hand.click(hand.main.get_by_role("button", name=f"Remove {offered}"))
        hand.quiet()
    choose_before(hand, "subject_shown", "Ghana", "Senegal")
    choose_before(hand, "focus", "5 Safe")
    expect(hand.main.get_by_text(re.compile("Ghana.*Senegal|Senegal.*Ghana")).first).to_be_visible()
    expect(hand.main.get_by_text(re.compile("Why do they differ")).first).to_be_visible()


def plan_now(hand: Hand) -> None:
    """Choose country and risk area, and begin an action against the first risk."""
    choose_now(hand, "country", "Bolivia")
    choose_now(hand, "risk_area", "Privacy")
    go(hand, hand.page.locator(".pages a[href^='./risks']"), "risks")
    hand.click(hand.main.get_by_role("row").nth(1).get_by_role("link", name="Plan an action"))
    expect(hand.main.get_by_role("textbox").first).to_be_visible()
    hand.page.wait_for_url(re.compile(r"/plan\?"))


def plan_before(hand: Hand) -> None:
    """The same in the sidebar, where the form opens in another tab."""
    choose_before(hand, "country", "Bolivia")
    choose_before(hand, "risk_area", "Privacy")
    go(hand, hand.page.get_by_role("link", name="Risks", exact=True), "risks")
    with hand.page.context.expect_page() as opened:
        hand.click(hand.main.get_by_role("row").nth(1).get_by_role("link", name="Plan an action"))
    form = opened.value
    expect(form.get_by_test_id("stMain").get_by_role("textbox").first).to_be_visible()
    form.close()


Task = Callable[[Hand], None]
TASKS: dict[str, tuple[Task, Task]] = {
    "1 Which countries fail the criterion on child labour, and who owns it?": (failed, failed),
    "2 Ghana and Senegal on principle 5, and why": (compare_before, compare_now),
    "3 Privacy risks in Bolivia, and an action against the first": (plan_before, plan_now),
}


def measure(before: str) -> dict[str, list[tuple[float, int]]]:
    """Return the median seconds and the clicks of each task, before and now."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        packed = subprocess.run(["git", "-C", ROOT, "archive", before], check=True, capture_output=True).stdout
        (folder / "before").mkdir()
        subprocess.run(["tar", "-x", "-C", folder / "before"], input=packed, check=True)
        versions = (folder / "before", ROOT)
        addresses = [stack.enter_context(_Served(tree, folder / f"store{at}")) for at, tree in enumerate(versions)]
        browser = stack.enter_context(chromium())
        turns = {
            title: [[_once(browser, of, task) for of, task in zip(addresses, both, strict=True)] for _ in range(TURNS)]
            for title, both in TASKS.items()
        }
    return {
        title: [(median(spent for spent, _ in of), of[0][1]) for of in zip(*found, strict=True)]
        for title, found in turns.items()
    }


class _Served(ExitStack):
    """A version that serves the sample; its block's value is its address."""

    def __init__(self, tree: Path, store: Path) -> None:
        super().__init__()
        self._tree, self._store = tree, store

    def __enter__(self) -> str:  # type: ignore[override]
        environment = {"PYTHONPATH": str(self._tree / "src"), "DASHBOARD_STORE": str(self._store)}
        subprocess.run(
            [sys.executable, "-m", "dashboard", "publish", "frameworks", "data"],
            cwd=self._tree, env={**os.environ, **environment}, check=True, capture_output=True,
        )  # fmt: skip
        port = free_port()
        self.enter_context(running(streamlit_command(self._tree / "app.py", port), self._tree, environment))
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        return f"http://127.0.0.1:{port}"


def _once(browser: Browser, address: str, task: Task) -> tuple[float, int]:
    with browser.new_context(viewport=WINDOW) as context:  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(address)
        page.get_by_test_id("stVegaLiteChart").first.wait_for()
        page.locator(QUIET).wait_for()
        hand = Hand(page)
        started = perf_counter()
        task(hand)
        return perf_counter() - started, hand.clicks


def main(before: str) -> None:
    """Write the section of RESULTS.md."""
    lines = [
        [title, *(f"{figure}" for spent, clicks in both for figure in (clicks, f"{spent:.1f}"))]
        for title, both in measure(before).items()
    ]
    text = table(["Task", "Clicks before", "Seconds before", "Clicks now", "Seconds now"], lines)
    RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), TITLE, f"{SAID}\n{text}"), "utf-8")
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:2])
