"""How long does a click on a filter option take until the last chart is redrawn? In Chromium, alike for every page.

The timer runs in the page: it starts when a pointer goes down on a filter's option, and every drawing on a canvas and
every change inside a chart or a metric moves the end to the frame that shows it. A click is over when nothing has been
drawn for a while and the server says that its run has finished. The pages take turns, click by click.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from statistics import mean, median, quantiles

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.servers import Server, serving

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WINDOW: ViewportSize = {"width": 1400, "height": 1000}
WARM_UP = 2
CLICKS = 20
WELCOMED = "dashboard_welcome"
"""The cookie of a visitor who has been offered the first tour."""
QUIET_MS = 350
NOTHING_MS = 1500
LONGEST_MS = 8_000
TRIES = 3
OPENING_MS = 30_000
CHARTS = '.js-plotly-plot .main-svg, .vega-embed :is(canvas, svg), [data-testid="stMetricValue"]'
OPTION = (
    '[role="option"][aria-selected="false"]:not([data-key="__select_all__"]), '
    '.filters details[open] label:has(input:not(:checked):not([value=""]))'
)
"""An option not chosen yet, in a list of Streamlit's or of our filter bar."""
OPEN = '[role="option"], .filters details[open]'
FILTER = {
    "ours": ".filter_{name} > summary",
    "floor": ".st-key-{name} input",
    "parts": ".st-key-{name} input",
    "usual": ".st-key-{name} input",
    "dash": "#{name}",
}
"""What opens a filter, by server."""
YARDSTICK = """
(() => {
    const seen = window.seen = { start: 0, end: 0, draws: 0, pending: false };
    const shown = () => { seen.pending = false; seen.end = performance.now(); };
    const drawn = () => {
        seen.draws += 1;
        if (!seen.pending) { seen.pending = true; requestAnimationFrame(shown); }
    };
    for (const name of ['clearRect', 'fillRect', 'fill', 'stroke', 'fillText', 'drawImage']) {
        const draw = CanvasRenderingContext2D.prototype[name];
        CanvasRenderingContext2D.prototype[name] = function (...given) { drawn(); return draw.apply(this, given); };
    }
    const charts = '.js-plotly-plot, .vega-embed, [data-testid="stMetricValue"]';
    const element = node => node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const inside = change => element(change.target)?.closest(charts)
        || [...change.addedNodes].some(node => node.nodeType === Node.ELEMENT_NODE && node.querySelector(charts));
    new MutationObserver(changes => { if (changes.some(inside)) drawn(); })
        .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    addEventListener('pointerdown', event => {
        if (!event.target.closest('[role="option"], .filters label')) return;
        Object.assign(seen, { start: performance.now(), end: 0, draws: 0 });
    }, true);
})();
"""
OVER = f"""
() => {{
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;
    if (state !== undefined && state !== 'notRunning') return false;
    if (!seen.draws) return performance.now() - seen.start > {NOTHING_MS};
    return seen.end && !seen.pending && performance.now() - seen.end > {QUIET_MS};
}}
"""


@dataclass(frozen=True)
class Subject:
    """One page to measure: its title, the server that shows it, and its path."""

    name: str
    server: str
    path: str = "/"
    part: str = ""
    """What is added to the floor page, for the server `parts`."""


SUBJECTS = (
    Subject("floor", "floor"),
    Subject("our Heat map", "ours", "/heatmap"),
    Subject("our Overview", "ours", "/"),
    Subject("our Risks", "ours", "/risks?part=settings"),
    Subject("Dash page", "dash"),
    Subject("usual Streamlit page", "usual"),
)


@dataclass
class Measured:
    """The milliseconds of every click on one page, and what the server spent on each run (ours only)."""

    clicks: list[float] = field(default_factory=list)
    runs: list[dict[str, float]] = field(default_factory=list)
    unchanged: int = 0
    """Clicks after which every chart stayed the same, because the figures did."""
    again: int = 0
    """Clicks that were repeated because a list did not open or a run did not end in time."""

    @property
    def median(self) -> float:
        return median(self.clicks) if self.clicks else inf

    @property
    def p95(self) -> float:
        return quantiles(self.clicks, n=20)[-1] if len(self.clicks) > 1 else inf

    def part(self, name: str) -> float | None:
        """Return the mean milliseconds per run that the server spent on `queries`, `charts` or in `total`."""
        return mean(run.get(name, 0.0) for run in self.runs) if self.runs else None


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless Chromium. Raises RuntimeError if there is none."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        raise RuntimeError("no Chromium found: install one to measure in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def measure(size: str, subjects: Sequence[Subject] = SUBJECTS, clicks: int = CLICKS) -> dict[str, Measured]:
    """Click through the pages in turn, `clicks` times each after warming up; a page that does not answer is dropped."""
    found = {subject.name: Measured() for subject in subjects}
    with ExitStack() as stack:
        servers = {
            (name, part): stack.enter_context(serving(name, size, {"BENCH_PART": part}))
            for name, part in {(one.server, one.part) for one in subjects}
        }
        browser = stack.enter_context(chromium())
        pages: dict[str, Page] = {}
        for one in subjects:
            with suppress(PlaywrightTimeout):
                pages[one.name] = _opened(browser, servers[one.server, one.part], one)
        for number in range(WARM_UP + clicks):
            for one in [one for one in subjects if one.name in pages]:
                measured = found[one.name]
                before = len(_runs(servers[one.server, one.part]))
                try:
                    spent = _clicked(pages[one.name], one.server, number, measured)
                except PlaywrightTimeout:
                    pages.pop(one.name).context.close()
                    continue
                if number < WARM_UP:
                    continue
                if spent is None:
                    measured.unchanged += 1
                else:
                    measured.clicks.append(spent)
                measured.runs += _runs(servers[one.server, one.part])[before:]
    return found


def _opened(browser: Browser, server: Server, subject: Subject) -> Page:
    context = browser.new_context(viewport=WINDOW)
    context.add_cookies([{"name": WELCOMED, "value": "later", "url": server.address}])
    page = context.new_page()
    page.set_default_timeout(LONGEST_MS)
    page.add_init_script(YARDSTICK)
    page.goto(server.address + subject.path)
    page.locator(CHARTS).first.wait_for(timeout=OPENING_MS)
    page.wait_for_function(OVER, timeout=OPENING_MS)
    return page


def _clicked(page: Page, server: str, number: int, measured: Measured) -> float | None:
    """Click once, retrying if a list did not open, with an equally new choice. Raises after the third attempt."""
    for tried in range(TRIES):
        try:
            return click(page, server, number + 2 * tried)
        except PlaywrightTimeout:
            if tried == TRIES - 1:
                raise
            measured.again += 1
            page.keyboard.press("Escape")
    raise AssertionError("a last try ends or raises")


def click(page: Page, server: str, number: int) -> float | None:
    """Choose another round and one more risk area in turn: no choice is repeated, so nothing can be cached."""
    page.bring_to_front()
    name = "risk_area" if number % 2 else "round"
    page.click(FILTER[server].format(name=name))
    option = page.locator(OPTION).first
    option.wait_for()
    page.wait_for_timeout(150)
    option.click()
    page.wait_for_function(OVER)
    spent: float | None = page.evaluate("seen.draws ? seen.end - seen.start : null")
    # While a list is closing, the next click would close it and open none.
    while page.locator(OPEN).count():
        page.keyboard.press("Escape")
        page.wait_for_timeout(50)
    return spent


def _runs(server: Server) -> list[dict[str, float]]:
    if not server.timing.exists():
        return []
    lines = [json.loads(line) for line in server.timing.read_text("utf-8").splitlines()]
    return [{key: value for key, value in line.items() if key != "page"} for line in lines]


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ["sample"]:
        for name, measured in measure(chosen).items():
            parts = {part: measured.part(part) for part in ("queries", "charts", "total")}
            print(
                f"{chosen} {name}: median {measured.median:.0f} ms, p95 {measured.p95:.0f} ms, {parts}, "
                f"{measured.unchanged} unchanged"
            )
