"""Can ten common tasks be done from the Overview, each with few clicks, and all by keyboard too?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from dashboard.model.pages import MORE
from dashboard.store.history import current_number
from tests.books import HEAD, fill, filled_in, write
from tests.browser.conftest import Visitor, Writable, still, words
from tests.browser.rooms import letters, press, voted
from tests.browser.test_visits import address, bar, first_line, heading, main, navigation, opened, say_who
from tests.conftest import rest_thorough, said

INSIDE = "() => document.activeElement.closest('[role=dialog]') !== null"
MENUS = ("compare", "standards", "act", "data")
FILTERS = ("framework", "round", "country", "principle", "risk_area", "right", "setting", "function", "counting")
"""Everything in the two rows that opens something, from the top of the page down."""
BETWEEN = 5
"""Most presses of Tab between two of them; the page itself and three links come before the first."""


class Hand:
    """A user's hand: it counts clicks that open or choose something, but not typing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def go_to(self, name: str, menu: str = "") -> None:
        """Open a page by its link, or by its menu and then its link."""
        if menu:
            self.click(self.page.locator(f".menu_{menu} summary"))
        before = main(self.page).locator("h1").inner_text()
        self.click(navigation(self.page).locator(f"a[href^='./{name}?']"))
        expect(self.page).to_have_url(re.compile(rf"/{name}\?"))
        expect(heading(self.page)).not_to_have_text(before)
        still(self.page)

    def choose(self, name: str, *options: str) -> None:
        """Open a filter's list, type the option and press Enter; the list is left open, as people do."""
        one = self.page.locator(f".filter_{name}")
        self.click(one.locator("summary"))
        for option in options:
            expect(one.get_by_role("searchbox")).to_be_focused()
            self.page.keyboard.type(option)
            expect(one.get_by_role("checkbox")).to_have_count(1)
            self.page.keyboard.press("Enter")
            expect(one.get_by_role("checkbox", name=re.compile(re.escape(option)))).to_be_checked()
            still(self.page)


def search_dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name=words("search.title"))


@pytest.fixture
def hand(visitor: Visitor, server: str) -> Hand:
    """Return a hand at the Overview of a group without filters."""
    return Hand(visitor.open(address(server, "overview")))


def test_1_who_fails_the_critical_criterion_on_child_labour_and_who_owns_it(hand: Hand) -> None:
    hand.click(main(hand.page).get_by_role("button", name=said("overview.all_decisions")))
    line = opened(hand.page).get_by_role("listitem").filter(has_text="age checks at hiring")
    expect(line).to_have_count(1)
    expect(line).to_contain_text(re.compile(r"Chad · CRBP .*\s+Head of distribution, overdue since \d+ \w{3} 2025"))
    assert hand.clicks <= 2


def test_2_ghana_against_senegal_on_principle_5_and_why(hand: Hand) -> None:
    page = hand.page
    hand.choose("country", "Ghana", "Senegal")
    hand.choose("principle", "5 Safe")
    hand.go_to("compare", "compare")
    expect(page).to_have_url(re.compile(r"country=GHA%2CSEN&principle=CRBP-05"))
    expect(heading(page)).to_have_text(re.compile(r"Senegal \d+, .*Ghana \d+\. .*points"))
    expect(main(page).get_by_role("heading", name=words("compare.why_title"))).to_be_visible()
    expect(main(page).get_by_role("row").filter(has_text=re.compile(r"[+−]\d.*CRBP-05\.")).first).to_be_visible()
    assert hand.clicks <= 4


def test_3_an_action_against_the_most_severe_privacy_risk_in_bolivia(hand: Hand) -> None:
    page = hand.page
    hand.choose("country", "Bolivia")
    hand.choose("risk_area", "Privacy")
    hand.go_to("risks")
    expect(main(page).get_by_role("row").nth(1).get_by_role("img").first).to_have_accessible_name("Severity: severe")
    hand.click(main(page).get_by_role("row").nth(1).get_by_role("link", name=words("plan.begin")))
    expect(page).to_have_url(re.compile(r"/plan\?.*country=BOL&risk_area=RA\d\d&.*show_as=form&.*impact=IMP-"))
    expect(main(page).get_by_label(words("column.action_text"), exact=True)).to_be_visible()
    still(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/risks\?.*country=BOL&risk_area=RA\d\d"))
    expect(heading(page)).to_have_text(first_line("risks"))
    still(page)
    assert hand.clicks <= 5


def test_4_a_chart_for_a_slide_that_says_what_it_shows(hand: Hand) -> None:
    page = hand.page
    hand.click(page.locator(".st-key-export button"))
    with page.expect_download() as download:
        hand.click(opened(page).locator(".st-key-picture_areas_chart_svg button"))
    text = download.value.path().read_text("utf-8")
    # The chart has a finding of its own, which is not that of the page.
    (title,) = re.findall(r"<title>(.*?)</title>", text)
    assert title.startswith("Respect by principle. ")
    assert title != heading(page).inner_text()
    for part in (
        "No child labour",
        "CRBP · Round 2025",
        "All countries",
        "Illustrative answers",
        "Early 0–24",
        "publication 1",
    ):
        assert part in text
    assert hand.clicks <= 2


def test_5_the_view_for_a_colleague_and_who_can_open_it(hand: Hand, night: Visitor) -> None:
    page = hand.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('')")
    hand.click(page.locator(".st-key-share button"))
    link = opened(page).get_by_test_id("stCode").first
    link.hover()
    hand.click(opened(page).get_by_role("button", name="Copy to clipboard").first)
    expect(opened(page)).to_contain_text(words("share.link_here"))
    copied = page.wait_for_function("() => navigator.clipboard.readText()").json_value()
    page.context.clear_permissions()
    other = night.open(copied)
    expect(heading(other)).to_have_text(heading(page).inner_text())
    expect(other).to_have_url(page.url)
    assert hand.clicks <= 2


def test_6_a_tour_is_begun_and_left_and_one_is_where_one_was(hand: Hand) -> None:
    page = hand.page
    hand.choose("country", "Ghana")
    before = hand.clicks
    hand.go_to("present")
    where = page.url
    hand.click(main(page).locator(".st-key-tour_start_ten-minutes button"))
    expect(page).to_have_url(re.compile(r"tour=ten-minutes"))
    still(page)
    hand.click(main(page).locator(".st-key-tour_leave button"))
    expect(page).to_have_url(re.compile(rf"{re.escape(where)}(&part=tours)?$"))
    expect(heading(page)).to_have_text(first_line("present"))
    still(page)
    assert hand.clicks - before <= 3


def workbook(store: Path, path: Path) -> Path:
    """Return Ghana's workbook with one valid answer and three invalid ones."""
    sheets = filled_in(store, "gha-op", "2025")
    asked = [cells for cells in sheets.values() if len(cells) > HEAD and "Status" in cells[HEAD]]
    sheet = {row[0]: cells for cells in asked for row in cells if row}
    for criterion, cells in (
        ("CRBP-01.b", {"status": "Not implemented"}),
        ("CRBP-02.a", {"status": "Perhaps"}),
        ("CRBP-03.a", {"on": "31 April 2025"}),
        ("CRBP-04.a", {"evidence": "Believed"}),
    ):
        fill(sheet[criterion], criterion, **cells)
    return write(path, sheets)


def test_7_and_8_a_workbook_with_three_mistakes_is_published_without_them_and_undone(
    visitor: Visitor, writable: Writable, tmp_path: Path
) -> None:
    page = visitor.open(address(writable.address, "overview"))
    hand = Hand(page)
    hand.go_to("collect", "data")
    with page.expect_file_chooser() as asked:
        hand.click(main(page).get_by_test_id("stFileUploader").locator("button").first)
    asked.value.set_files(workbook(writable.store, tmp_path / "ghana.xlsx"))
    expect(main(page).get_by_text(words("collect.would_change"))).to_be_visible()
    still(page)
    for wrong in ("Perhaps", "31 April 2025", "Believed"):
        expect(main(page)).to_contain_text(f"“{wrong}”")
    say_who(page, "programme lead", "what they sent")
    hand.click(main(page).get_by_role("button", name=words("collect.publish"), exact=True))
    expect(main(page)).to_contain_text(said("collect.published", number="2"))
    assert current_number(writable.store) == 2
    assert hand.clicks <= 4

    still(page)
    hand = Hand(page)
    hand.click(main(page).get_by_role("button", name=words("collect.undo"), exact=True))
    expect(main(page)).to_contain_text(said("collect.undone", number="2", step="3"))
    assert current_number(writable.store) == 3
    assert hand.clicks <= 2


def test_9_a_case_about_birth_registration_and_what_there_is_on_mobile_money(hand: Hand) -> None:
    """For mobile money there are cases, guidance, criteria and risks, each a click away."""
    page = hand.page
    dialog, box = search_dialog(page), search_dialog(page).get_by_role("textbox")
    hand.click(bar(page).get_by_role("button", name=words("search.open")))
    expect(box).to_be_focused()
    page.keyboard.type("mobile money")
    expect(dialog).to_contain_text(said("search.n_risk.other"))
    expect(dialog.locator(".st-key-found_guidance a")).not_to_have_count(0)
    expect(dialog.locator(".st-key-found_case a")).not_to_have_count(0)
    still(page)
    box.fill("birth registration")
    expect(dialog.locator(".st-key-found_case a").first).to_contain_text(re.compile("birth", re.IGNORECASE))
    still(page)
    hand.click(dialog.locator(".st-key-found_case a").first)
    expect(page).to_have_url(re.compile(r"/case\?.*case_study=C"))
    expect(dialog).to_have_count(0)
    expect(main(page)).to_contain_text(re.compile("birth registration", re.IGNORECASE))
    assert hand.clicks <= 2


def test_10_two_phones_vote_without_a_terminal_and_are_thanked_at_the_end(
    visitor: Visitor, writable: Writable, phones: list[Visitor]
) -> None:
    page = visitor.open(address(writable.address, "overview", "country=GHA"))
    leader = Hand(page)
    leader.go_to("present")
    leader.click(main(page).get_by_text(words("part.vote"), exact=True))
    expect(main(page)).to_contain_text(words("room.open_title"))
    opens = main(page).get_by_role("button", name=re.compile(re.escape(words("room.let_in"))))
    expect(opens, "one button opens a room").to_have_count(1)
    leader.click(opens)
    expect(voted(page, 0)).to_be_visible()
    assert leader.clicks <= 3

    found = main(page).get_by_text(re.compile(r"^127\.0\.0\.1:\d+/vote$"))
    expect(found).to_be_visible()
    room, code = f"http://{found.inner_text()}", letters(page)
    for number, phone in enumerate(phones, 1):
        one = Hand(phone.context.new_page())
        one.page.goto(f"{room}?code={code}")  # As the camera reads it.
        for name in ("group", "choice"):
            one.click(one.page.locator(f"main > form button[name={name}]").first)
        expect(one.page.get_by_role("status")).to_have_text(words("vote.voted"))
        expect(voted(page, number)).to_be_visible()
        one.page.goto(room.replace("/vote", "/overview"))
        expect(one.page).to_have_url(room)
        assert one.clicks <= 3

    still(page)
    press(page, "leave")
    for phone in phones:
        expect(phone.context.pages[0].get_by_role("heading")).to_have_text(words("vote.ended"))
    expect(main(page).get_by_text(words("room.closed_now"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"/present\?.*country=GHA.*part=vote"))
    still(page)


def is_inside(page: Page) -> None:
    """Assert that the focus is in what was just opened, without pressing Tab."""
    expect(opened(page)).to_be_visible()
    page.wait_for_function(INSIDE)


def tab_to(page: Page, button: Locator) -> None:
    """Move the focus to the next button that opens something."""
    for _ in range(BETWEEN):
        page.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            return
    expect(button).to_be_focused()


def test_every_menu_and_filter_opens_takes_the_keyboard_and_gives_it_back(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "overview"))
    page.evaluate("() => document.activeElement.blur()")
    for name in MENUS:
        menu = navigation(page).locator(f".menu_{name}")
        tab_to(page, menu.locator("summary"))
        page.keyboard.press("Enter")
        expect(menu.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu.get_by_role("link")).to_have_count(0)
        expect(menu.locator("summary")).to_be_focused()
    for name in FILTERS:
        if name == MORE[0]:
            tab_to(page, bar(page).locator(".more"))
            page.keyboard.press("Enter")
        one = page.locator(f".filter_{name}")
        tab_to(page, one.locator("summary"))
        page.keyboard.press("Enter")
        expect(one.locator("fieldset input:focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(one.locator("fieldset")).to_be_hidden()
        expect(one.locator("summary")).to_be_focused()
    share = page.locator(".st-key-share button")
    tab_to(page, share)
    page.keyboard.press("Enter")
    is_inside(page)
    still(page)
    page.keyboard.press("Escape")
    expect(opened(page)).to_have_count(0)
    expect(share).to_be_focused()
    still(page)


def test_two_letters_and_enter_choose_of_every_list_and_a_menu_is_followed_by_keyboard(
    visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "overview"))
    for name, typed, chosen in (("country", "Gh", "country=GHA"), ("setting", "Ca", r"setting=call_centre")):
        one = page.locator(f".filter_{name}")
        if name in MORE:
            bar(page).locator(".more").press("Enter")
        one.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(one.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(chosen))
        still(page)
        expect(one.get_by_role("searchbox"), "what was typed stays, to be typed over").to_have_value(typed)
        page.keyboard.press("ArrowDown")
        expect(one.get_by_role("checkbox").first).to_be_focused()
        page.keyboard.press("Escape")
    page.locator(".menu_compare summary").focus()
    page.keyboard.press("Enter")
    expect(navigation(page).get_by_role("link", name=words("page.heatmap"), exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(first_line("compare"))
    expect(page).to_have_url(re.compile(r"/compare\?.*country=GHA"))
    still(page)


def test_a_link_of_a_menu_opens_in_a_tab_of_its_own_with_the_choice(hand: Hand, visitor: Visitor) -> None:
    page = hand.page
    hand.choose("country", "Ghana")
    hand.click(page.locator(".menu_compare summary"))
    with visitor.context.expect_page() as new:
        navigation(page).get_by_role("link", name=words("page.heatmap"), exact=True).click(button="middle")
    still(new.value)
    expect(heading(new.value)).to_have_text(said("heatmap.finding_one", highest_title="Ghana"))
    expect(new.value).to_have_url(re.compile(r"/heatmap\?.*country=GHA"))
    expect(page).to_have_url(re.compile(r"/\?.*country=GHA"))


def test_a_link_followed_while_a_choice_is_on_its_way_keeps_the_choice(hand: Hand) -> None:
    page = hand.page
    hand.click(page.locator(".filter_country summary"))
    page.get_by_role("checkbox", name=re.compile("Ghana")).check()
    navigation(page).locator("a[href^='./country?']").click()
    expect(page).to_have_url(re.compile(r"/country\?.*country=GHA"))
    expect(heading(page)).to_have_text(first_line("country"))
    expect(main(page)).to_contain_text("Ghana")
    still(page)


@pytest.mark.parametrize(
    ("typed", "opens"), rest_thorough([("brith phone", "case"), ("mobile money", "risks"), ("world map", "heatmap")])
)
def test_enter_opens_the_first_thing_of_what_stands_in_the_box(
    typed: str, opens: str, visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA"))
    page.keyboard.press("Control+k")
    expect(search_dialog(page).get_by_role("textbox")).to_be_focused()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")  # At once: results come later.
    expect(page).to_have_url(re.compile(rf"/{opens}[?].*country=GHA"))
    expect(search_dialog(page)).to_have_count(0)


def test_keys_open_the_search_and_an_arrow_and_enter_the_first_thing_it_finds(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA"))
    dialog = search_dialog(page)
    box = dialog.get_by_role("textbox")
    for key in ("Control+k", "/"):
        page.keyboard.press(key)
        expect(box).to_be_focused()
        expect(box).to_have_value("")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.reload()
    still(page)  # Keys are heard once the page is drawn.
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("state/brith regstration")
    expect(dialog).to_contain_text(words("search.near").format(sought="brith", near="birth"))
    link = dialog.get_by_role("link")
    expect(dialog.locator(".st-key-found_guidance")).to_contain_text(said("search.n_guidance.one"))
    still(page)
    page.keyboard.press("ArrowDown")
    expect(link.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(link.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(link.nth(0)).to_be_focused()
    title = link.nth(0).inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(case|guidance_item)\?.*country=GHA"))
    expect(dialog).to_have_count(0)
    expect(heading(page)).to_contain_text(title)
    still(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/heatmap\?.*country=GHA"))
    still(page)


class Held:
    """A tab of its own whose server is as slow as a test wants: while it holds, nothing that it sends arrives."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self.page = visitor.context.new_page()
        self._holds = False
        self._waiting: list[Callable[[], None]] = []
        self.page.route_web_socket("**/*", self._connected)
        self.page.goto(address)
        still(self.page)

    def _connected(self, tab: WebSocketRoute) -> None:
        def sent(message: str | bytes) -> None:
            self._waiting.append(lambda: tab.send(message))
            self._pass_on()

        tab.connect_to_server().on_message(sent)

    def _pass_on(self) -> None:
        while self._waiting and not self._holds:
            self._waiting.pop(0)()

    def hold(self) -> None:
        """From now on, let nothing arrive."""
        self._holds = True

    def let_go(self) -> None:
        """Let everything arrive."""
        self._holds = False
        self._pass_on()


def test_what_was_sought_before_is_replaced_and_no_letter_waits_for_the_server(visitor: Visitor, server: str) -> None:
    held = Held(visitor, address(server, "heatmap", "country=GHA"))
    page = held.page
    dialog = search_dialog(page)
    early, box = page.locator(".early_search input"), dialog.get_by_role("textbox")
    held.hold()
    page.keyboard.press("Control+k")
    expect(early).to_be_focused()
    page.keyboard.type("Ch")
    expect(early).to_have_value("Ch")
    expect(dialog).to_have_count(0)
    held.let_go()
    page.keyboard.type("ad")
    expect(box).to_have_value("Chad")
    expect(early).to_have_count(0)
    expect(dialog.get_by_role("link", name="Chad", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(box).to_have_value("Chad")
    expect(box).to_be_focused()
    page.keyboard.type("Ghana")
    expect(box).to_have_value("Ghana")
    expect(dialog.get_by_role("link", name="Ghana", exact=True)).to_be_visible()


def test_a_letter_pressed_as_the_dialog_takes_the_focus_is_kept(visitor: Visitor, server: str) -> None:
    held = Held(visitor, address(server, "heatmap"))
    page = held.page
    held.hold()
    page.keyboard.press("Control+k")
    expect(page.locator(".early_search input")).to_be_focused()
    # What follows for a letter would arrive where the focus is by then.
    keys = page.context.new_cdp_session(page)
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "C", "code": "KeyC", "modifiers": 8})
    held.let_go()
    expect(search_dialog(page).get_by_role("textbox")).to_have_value("C")


def test_no_key_is_taken_from_whoever_types_or_has_something_open(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks"))
    box = main(page).get_by_role("textbox", name=words("standard.search"))
    box.click()
    page.keyboard.type("sex/")
    page.keyboard.press("Control+k")
    expect(box).to_have_value("sex/")
    expect(search_dialog(page)).to_have_count(0)
    page.keyboard.press("Enter")
    still(page)
    bar(page).locator(".st-key-share button").click()
    expect(opened(page)).to_be_visible()
    page.locator(".st-key-share button").focus()
    page.keyboard.press("/")
    expect(search_dialog(page)).to_have_count(0)
    page.keyboard.press("Escape")
    still(page)
