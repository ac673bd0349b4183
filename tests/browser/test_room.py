"""Do people with phones and a facilitator vote together, and does nobody without the key see anything else?"""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.model.pages import PAGES, url_path
from dashboard.store.votes import records
from tests.browser.conftest import PHONE, PROJECTOR, Visitor, Writable, someone, still, words
from tests.browser.rooms import (
    Room,
    choose,
    is_gone,
    join,
    joined,
    lead,
    letters,
    open_room,
    press,
    pressed,
    voted,
)
from tests.browser.test_accessibility import in_the_way
from tests.browser.test_visits import address, heading, main
from tests.conftest import ROOT, copy_of, said
from tests.servers import free_port, routes_of_app
from tests.waiting import happens


@pytest.fixture
def room(own_store: Path) -> Iterator[Room]:
    with open_room(own_store) as opened:
        yield opened


@pytest.fixture(scope="module")
def quiet_room(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Yield a room in which nothing is asked, for tests of its access. One of them uses the one-time address."""
    with open_room(copy_of(sample_store, tmp_path_factory.mktemp("quiet") / "store")) as opened:
        yield opened


def ask(page: Page) -> None:
    press(page, "open")
    expect(voted(page, 0)).to_be_visible()
    still(page)


@pytest.mark.thorough
def test_an_hour_of_a_room(
    visitor: Visitor, writable: Writable, phones: list[Visitor], chromium: Browser, projector: Page
) -> None:
    """Whoever leads asks, people vote, discuss and vote again; the projector follows, and everybody is thanked."""
    place = address(writable.address, "present/vote", "country=GHA")
    leader = visitor.open(place)
    projector.goto(place)
    still(projector)
    press(leader, "open")
    for screen in (leader, projector):
        expect(voted(screen, 0)).to_be_visible()
    at = f"http://{main(leader).get_by_text(re.compile(r'^127[.]0[.]0[.]1:[0-9]+/vote$')).inner_text()}"
    one, other = (joined(phone, at, letters(leader)) for phone in phones)
    late = Visitor(someone(chromium, viewport=PHONE, has_touch=True, is_mobile=True))
    outside = late.context.new_page()
    outside.goto(at)
    expect(outside.get_by_label(words("vote.code"))).to_be_visible()

    for page, choice in ((one, 0), (other, 2)):
        choose(page, "group", 0)
        choose(page, "choice", choice)
        expect(page.get_by_role("status")).to_have_text(words("vote.voted"))
    one.reload()
    expect(pressed(one)).to_contain_text("Implemented")
    choose(one, "choice", 2)
    expect(pressed(one)).to_contain_text("Not implemented")
    for screen in (leader, projector):
        expect(voted(screen, 2)).to_be_visible()
        expect(main(screen).get_by_role("progressbar")).to_have_count(0)

    press(leader, "reveal")
    for screen in (leader, projector):
        expect(main(screen).get_by_text(said("room.agree_few.other", n=2))).to_be_visible()
        expect(main(screen).get_by_role("progressbar")).to_have_count(3)
    expect(main(leader).get_by_text(said("room.in_no_group.other", n=2, of=2))).to_be_visible()
    for page in (one, other):
        expect(page.get_by_text(words("vote.revealed"))).to_be_visible()
    still(leader)
    assert not in_the_way(leader)

    press(leader, "again")
    for page in (one, other):
        expect(page.get_by_text(words("vote.again"))).to_be_visible()
        choose(page, "choice", 1)
    for screen in (leader, projector):
        expect(main(screen)).to_contain_text(words("room.voted_again.other").format(n=2, of=2))
    still(leader)
    press(leader, "reveal")
    for screen in (leader, projector):
        expect(main(screen)).to_contain_text(words("room.changed.other").format(n=2))
    still(leader)
    press(leader, "close")
    for page in (one, other):
        expect(page.get_by_text(said("vote.decided", choice="Partly implemented"))).to_be_visible()
    expect(main(leader).get_by_text(said("room.kept.other", n=2, decided="Partly implemented"))).to_be_visible()
    expect(heading(projector)).to_have_text(words("room.finding.one"))

    first = one.locator(".about").inner_text()
    still(leader)
    press(leader, "open")
    for screen in (leader, projector):
        expect(voted(screen, 0)).to_be_visible()
    choose(one, "choice", 0)
    expect(one.get_by_role("status")).to_have_text(words("vote.voted"))
    expect(one.locator(".about")).not_to_have_text(first)
    expect(voted(projector, 1)).to_be_visible()
    still(leader)
    press(leader, "reveal")
    expect(other.get_by_text(words("vote.none"))).to_be_visible()
    still(leader)
    press(leader, "close")
    expect(main(leader).get_by_text(said("room.kept.one", decided="Implemented"))).to_be_visible()
    still(leader)
    press(leader, "leave")
    for page in (one, other, outside):
        expect(page.get_by_role("heading")).to_have_text(words("vote.ended"))
        expect(page.locator("button, input")).to_have_count(0)
    expect(leader).to_have_url(re.compile(r"/present\?.*country=GHA.*part=vote"))
    for screen in (leader, projector):
        expect(heading(screen)).to_have_text(words("room.finding.other").format(n=2))
        expect(main(screen).get_by_text(words("room.open_title"))).to_be_visible()
    expect(main(leader).get_by_text(words("room.closed_now"))).to_be_visible()
    expect(main(leader).get_by_role("row").filter(has_text=first)).to_contain_text("Partly implemented")
    second, earlier = records(writable.store)
    assert [ballot.choices for ballot in earlier.ballots] == [{"not_implemented": 2}, {"partly": 2}]
    assert (earlier.decided, earlier.n_changed, earlier.question.said["en"].about) == ("partly", 2, first)
    assert (second.decided, second.last.choices) == ("implemented", {"implemented": 1})

    assert happens(lambda: is_gone(at)), "the port is closed some seconds later"
    for page in (one, other, outside):
        expect(page.get_by_role("heading")).to_have_text(words("vote.ended"))
        expect(page.get_by_text(words("vote.lost"))).to_be_hidden()
    late.leave()


@pytest.fixture
def projector(chromium: Browser) -> Iterator[Page]:
    """Yield a second window, as large as a projector."""
    somebody = Visitor(someone(chromium, viewport=PROJECTOR))
    yield somebody.context.new_page()
    somebody.leave()


@pytest.mark.thorough
def test_killed_in_the_middle_of_a_vote_the_room_goes_on_where_it_was(
    visitor: Visitor, phones: list[Visitor], own_store: Path
) -> None:
    port = free_port()
    with open_room(own_store, port) as first:
        screen = lead(first, visitor)
        code = letters(screen)
        one = join(first, phones[0], code)
        ask(screen)
        choose(one, "group", 0)
        choose(one, "choice", 1)
        expect(voted(screen, 1)).to_be_visible()
        screen.close()
        children = subprocess.run(
            ["pgrep", "-P", str(first.process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)
    # The phone stays on its page, whatever is tapped, and goes on by itself.
    choose(one, "choice", 2)
    expect(one.get_by_role("alert")).to_have_text(words("vote.lost"))
    with open_room(own_store, port) as second:
        assert second.key != first.key
        expect(one.get_by_role("alert")).to_have_count(0)
        expect(pressed(one)).to_contain_text("Partly")
        former = visitor.context.new_page()
        former.goto(f"{second.address}/present?part=vote")
        expect(former).to_have_url(f"{second.address}/vote")  # The former key opens nothing.
        former.close()
        screen = lead(second, visitor)
        expect(voted(screen, 1)).to_be_visible()
        assert letters(screen) == code
        still(screen)
        screen.close()
        one.goto("about:blank")
    phones[0].wrong.clear()  # The browser has noted that nobody answered.


def _asked(address: str, method: str, path: str, cookie: str = "") -> tuple[int, str, bytes]:
    """Return status, redirect target and content, without following redirects."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request(method, path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("location") or "", answer.read()
    finally:
        connection.close()


def test_no_route_of_the_server_and_no_page_gives_anything_without_the_key(quiet_room: Room) -> None:
    pages = [("GET", f"/{url_path(name)}?country=GHA") for name in PAGES]
    static = [("GET", f"/static/{path.name}") for path in (ROOT / "docs").iterdir()]
    for method, path in [*routes_of_app(), *pages, *static, ("GET", "/static/index.html"), ("GET", "/enter?once=x")]:
        assert _asked(quiet_room.address, method, path) == (303, "/vote", b""), (method, path)
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Protocol": "streamlit",
    }  # fmt: skip
    connection = HTTPConnection(urlsplit(quiet_room.address).netloc, timeout=30)
    connection.request("GET", "/_stcore/stream", headers=upgrade)
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.thorough
def test_what_the_facilitator_has_on_the_screen_cannot_be_fetched_without_the_key(
    quiet_room: Room, visitor: Visitor
) -> None:
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    screen = lead(quiet_room, visitor)
    expect(main(screen).get_by_role("img").first).to_be_visible()
    with screen.expect_response(lambda answer: "/media/" in answer.url):
        screen.goto(f"{quiet_room.address}/heatmap?show_as=map")
    still(screen)
    addresses = {url for url in asked if url.startswith(quiet_room.address) and "/vote" not in url}
    assert any("/media/" in url for url in addresses)
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.context.cookies()}
    for url in addresses:
        path = url.removeprefix(quiet_room.address)
        assert _asked(quiet_room.address, "GET", path) == (303, "/vote", b"")
        others = "; ".join(f"{name}={value}" for name, value in cookies.items() if name != "room_key")
        assert _asked(quiet_room.address, "GET", path, others) == (303, "/vote", b"")


@pytest.mark.thorough
def test_a_phone_that_tries_every_page_finds_the_voting_page(room: Room, phones: list[Visitor]) -> None:
    # In turn: a single connection may not ask so often.
    pages = [phone.context.new_page() for phone in phones]
    connected: list[str] = []
    for page in pages:
        page.on("websocket", lambda socket: connected.append(socket.url))
    # The first of them is the very first request to the server.
    for name, page in zip(PAGES, cycle(pages), strict=False):
        page.goto(f"{room.address}/{name}?framework=crbp&round=2024")
        expect(page).to_have_url(f"{room.address}/vote")
        expect(page.get_by_label(words("vote.code"))).to_be_visible()
    assert not connected


@pytest.mark.thorough
def test_the_command_opens_the_page_once_and_the_word_does_not_stay_in_the_address(
    quiet_room: Room, visitor: Visitor, phones: list[Visitor]
) -> None:
    page = visitor.context.new_page()
    page.goto(quiet_room.opened)
    expect(page).to_have_url(re.compile(r"/present\?.*part=vote$"))
    still(page)
    for name in ("", "data"):
        page.goto(f"{quiet_room.address}/{name}")
        still(page)
        assert quiet_room.key not in page.url
    second = phones[0].context.new_page()
    second.goto(quiet_room.opened)
    expect(second).to_have_url(f"{quiet_room.address}/vote")


@pytest.mark.thorough
def test_nothing_on_the_pages_of_a_vote_stands_in_the_way_by_day_or_in_the_dark(
    room: Room, visitor: Visitor, night: Visitor, chromium: Browser
) -> None:
    screen = lead(room, visitor)
    other = lead(room, night)
    for page in (screen, other):
        assert not in_the_way(page)
    ask(screen)
    other.reload()  # A page on which nothing is asked does not look for a question by itself.
    expect(voted(other, 0)).to_be_visible()
    still(other)
    for page in (screen, other):
        assert not in_the_way(page)
    for theme in ("light", "dark"):
        somebody = Visitor(someone(chromium, viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=theme))
        votes_where_nothing_stands_in_the_way(somebody, room, letters(screen))
        somebody.leave()


def votes_where_nothing_stands_in_the_way(somebody: Visitor, room: Room, code: str) -> None:
    page = somebody.context.new_page()
    page.goto(f"{room.address}/vote")
    for step in ("code", "group", "choice", "voted"):
        assert not in_the_way(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        buttons = page.locator("main > form button")
        assert all((box := button.bounding_box()) and box["height"] >= 48 for button in buttons.all())
        if step == "code":
            page.get_by_label(words("vote.code")).fill(code)
            page.keyboard.press("Enter")
            expect(page.locator("button[name=group]").first).to_be_visible()
        elif step == "group":
            choose(page, step, 0)
            expect(page.locator("main > form button[name=choice]").first).to_be_visible()
        elif step == "choice":
            choose(page, step, 0)
            expect(page.locator("main > form button[aria-pressed=true][name=choice]")).to_be_visible()
