"""What do browser tests of a room share? An open room, its facilitator, and people with phones."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import main
from tests.conftest import ROOT, said
from tests.servers import free_port
from tests.waiting import LONGEST


@dataclass(frozen=True)
class Room:
    """An open room: its address, its key, the address that the command opened, and the process."""

    address: str
    key: str
    opened: str
    process: "subprocess.Popen[str]"


@contextmanager
def open_room(store: Path, port: int = 0) -> Iterator[Room]:
    """Run `dashboard room` over a store until the block ends."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "room", "--port", str(port), "--address", "127.0.0.1"],
        cwd=ROOT,
        env={**os.environ, "DASHBOARD_STORE": str(store), "BROWSER": "echo opened %s", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if line.startswith("opened "):
                break
        text = "".join(lines)
        found = said("command.room").search(text)
        assert found, text
        key = re.search(r"every time: ([A-Z]{12})", text)
        assert key, text
        yield Room(f"http://localhost:{port}", key[1], lines[-1].removeprefix("opened ").strip(), process)
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=LONGEST)
    assert "Traceback" not in "".join(lines) + rest


def lead(room: Room, visitor: Visitor) -> Page:
    """Open the page of a room, using the key."""
    page = visitor.context.new_page()
    page.goto(f"{room.address}/")
    expect(page).to_have_url(f"{room.address}/vote")
    page.get_by_text(words("vote.leads")).click()
    page.get_by_label(words("vote.key")).fill(room.key)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/present\?.*part=vote"))
    still(page)
    return page


def letters(page: Page) -> str:
    """Return the six letters as shown on the screen."""
    found = main(page).get_by_text(re.compile(r"^[A-Z]{6}$")).first
    expect(found).to_be_visible()
    return found.inner_text()


def press(page: Page, name: str) -> None:
    main(page).locator(f".st-key-room_{name}").get_by_role("button").click()


def voted(page: Page, n: int) -> Locator:
    """Assert that the screen says so many have voted."""
    text = words("room.voted.one") if n == 1 else words("room.voted.other").format(n=n)
    return main(page).get_by_text(text, exact=True)


def join(room: Room, phone: Visitor, code: str) -> Page:
    """Return a phone that has entered the letters of a room that the command has opened."""
    return joined(phone, f"{room.address}/vote", code)


def joined(phone: Visitor, address: str, code: str) -> Page:
    """Return a phone that has entered the letters on the voting page at an address."""
    page = phone.context.new_page()
    page.goto(address)
    page.get_by_label(words("vote.code")).fill(code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_label(words("vote.code"))).to_have_count(0)
    return page


def choose(page: Page, name: str, at: int) -> None:
    """Press one of the buttons: for groups, or for choices."""
    page.locator(f"main > form button[name={name}]").nth(at).click()


def pressed(page: Page) -> Locator:
    """Return the button of what a phone has voted for."""
    return page.locator("main > form button[aria-pressed=true][name=choice]")


def is_gone(address: str) -> bool:
    """Whether nobody answers at an address any more."""
    try:
        urlopen(address, timeout=30).close()  # noqa: S310
    except URLError as error:
        return isinstance(error.reason, ConnectionRefusedError)
    return False
