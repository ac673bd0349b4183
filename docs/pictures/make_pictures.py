"""Which pictures do the README and docs/pictures.md show? Made from the real app over the data that ships."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from shutil import which

from playwright.sync_api import FilePayload, Page, ViewportSize, expect, sync_playwright

from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish

WRITER = Writer(role="editor of these documents", why="for the pictures")
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SIZE: ViewportSize = {"width": 1366, "height": 768}
PICTURES = {
    "overview": "/",
    "french": "/?lang=fr",
    "heatmap": "/heatmap",
    "compare": "/compare?subject=gha-op,col-op",
    "law": "/country?operation=gtm-op&part=facts",
    "law_french": "/country?operation=cod-op&part=facts&lang=fr",
    "law_spanish": "/country?operation=col-op&part=facts&lang=es",
    "asked": "/collect?part=answer&operation=gtm-op&criterion=CRBP-02.a",
    "risks": "/risks?part=settings",
    "rights": "/crosswalk?part=each_right&by=right&focus=opinion",
    "crosswalk": "/crosswalk",
    "guidance": "/guidance",
    "gains": "/plan?part=effects&round=2024",
    "whatif": "/whatif?imagined=called~Age_20checks,in~2025,all~CRBP-05~implemented,COD~CRBP-08~partly",
    "tour": "/heatmap?tour=ten-minutes&tour_step=3",
    "outcome": "/present?part=outcome&tour=setting-exercise&tour_step=7&setting=retail_agents&country=GHA&agreed=A-001",
    "robustness": "/data?part=robustness",
    "targets": "/plan?part=targets",
}
SCROLLED = {"law": "Law and services", "law_french": "Droit et services", "law_spanish": "Leyes y servicios"}
"""The headings at which pictures begin that do not begin at the top."""
HANDED_IN = (
    "round,operation,criterion,status,evidence\n2025,cod-op,CRBP-08.a,implemented,seen\n"
    "2025,cod-op,CRBP-08.b,partly,seen\n2025,gha-op,CRBP-05.e,implemented,seen\n2025,gha-op,CRBP-05.x,partly,seen\n"
)
"""What the picture of a file that is looked at before it counts is made with."""
JOINS = {
    "countries.csv": "country,title,region\nKEN,Kenya,Africa\n",
    "operations.csv": "operation,country,title,kind,services,first_round,short_until\n"
    "ken-op,KEN,Savandina Kenya,operation,mobile;mobile_money,2025,2025\n",
}
"""A country that joins the sample with a short start."""
PHONE: ViewportSize = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take(page: Page, address: str, name: str) -> None:
    """Open one page, wait until it has drawn, and keep the picture."""
    page.goto(address)
    page.locator("h1").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("[data-testid=stSkeleton], [data-testid=stStatusWidget]")).to_have_count(0, timeout=30_000)
    charts = page.locator("[data-testid=stVegaLiteChart]")
    expect(charts.locator("svg.marks, canvas")).to_have_count(charts.count(), timeout=30_000)
    if name in SCROLLED:
        heading = page.get_by_text(SCROLLED[name], exact=True).first
        # Below the filters, which stay in sight.
        heading.evaluate("place => { place.style.scrollMarginTop = '4rem'; place.scrollIntoView() }")
    page.screenshot(path=HERE / f"{name}.png")


def take_handed_in(page: Page, address: str) -> None:
    """Hand in a file, and keep the picture of what it would change."""
    page.goto(address)
    file = FilePayload(name="answers.csv", mimeType="text/csv", buffer=HANDED_IN.encode())
    page.locator("input[type=file]").set_input_files(files=[file])
    page.get_by_text("What would change").scroll_into_view_if_needed()
    page.get_by_role("button", name="Publish").wait_for()
    page.get_by_text("What would change").evaluate("place => place.scrollIntoView()")
    page.screenshot(path=HERE / "collect.png")


def take_first_day(page: Page, address: str, store: Path) -> None:
    """Let a country join with a short start, and keep the picture of the form in which it answers."""
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in JOINS.items():
            (Path(folder) / name).write_text(rows, "utf-8")
        if publish(Load(store, [Path(folder)], WRITER, date.today())).revision is None:
            sys.exit("The country cannot join.")
    take(page, f"{address}/collect?part=answer&operation=ken-op", "short")


def take_room(page: Page, address: str) -> None:
    """Let two phones vote, and keep the pictures of what whoever leads sees, of a phone, and of its end."""

    def press(name: str) -> None:
        page.locator(f".st-key-room_{name}").get_by_role("button").click()

    page.goto(f"{address}/present?part=vote&country=GHA")
    press("open")
    code = page.get_by_test_id("stMain").get_by_text(re.compile(r"^[A-Z]{6}$")).first.inner_text()
    at = page.get_by_text(re.compile(r"^[0-9.]+:[0-9]+/vote$")).inner_text()
    browser = page.context.browser
    phones = [browser.new_page(viewport=PHONE) for _ in range(2)] if browser else []
    for number, phone in enumerate(phones):
        phone.goto(f"http://{at}")
        phone.get_by_label("Six letters on the screen").fill(code)
        phone.keyboard.press("Enter")
        for name, place in (("group", 0), ("choice", 2 * number)):
            phone.locator(f"main > form button[name={name}]").nth(place).click()
        phone.get_by_role("status").filter(has_text="Your vote is counted").wait_for()
    phones[0].screenshot(path=HERE / "phone.png")
    press("reveal")
    expect(page.get_by_test_id("stMain").get_by_role("progressbar")).to_have_count(3)
    expect(page.locator(".segments input:checked")).to_have_count(1)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.screenshot(path=HERE / "room.png")
    press("close")
    press("leave")
    phones[0].get_by_role("heading", name="The room is closed").wait_for()
    phones[0].screenshot(path=HERE / "thanks.png")


def main() -> None:
    """Start the app on a store of its own and take every picture."""
    browser_path = which("chromium") or sys.exit("The pictures need Chromium: apt-get install chromium")
    port = free_port()
    with tempfile.TemporaryDirectory() as store, sync_playwright() as playwright:
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.headless=true",
            f"--server.port={port}",
        ]
        environment = {**os.environ, "DASHBOARD_STORE": store}
        sample = Load(Path(store), [ROOT / "frameworks", ROOT / "data"], WRITER, date.today())
        if publish(sample).revision is None:
            sys.exit("The sample cannot be published.")
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
        try:
            # The server says its address once it listens.
            next(line for line in server.stdout or () if "URL" in line)
            browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
            page = browser.new_page(viewport=SIZE)
            for name, path in PICTURES.items():
                take(page, f"http://localhost:{port}{path}", name)
            take_handed_in(page, f"http://localhost:{port}/collect")
            take_room(page, f"http://127.0.0.1:{port}")
            take_first_day(page, f"http://localhost:{port}", Path(store))
            browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
