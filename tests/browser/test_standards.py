"""Can the standards be read, crossed and read by right, with a mouse and with a keyboard alone?"""

import re
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, choose, dialog, first_line, go_to, heading, main
from tests.conftest import TINY, said
from tests.servers import started


def tables(page: Page) -> Locator:
    return main(page).locator(".table")


def cells(page: Page) -> Locator:
    """Return the coloured cells of the first chart."""
    return main(page).get_by_test_id("stVegaLiteChart").first.locator("svg g.mark-rect.role-mark path")


@pytest.mark.thorough
def test_a_click_on_a_right_tells_what_serves_it_and_the_address_opens_it_again(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "crosswalk/each_right"))
    expect(heading(page)).to_have_text(first_line("crosswalk/each_right"))
    expect(main(page)).to_contain_text(words("rights.named"))
    cells(page).nth(9).click(force=True)
    expect(page).to_have_url(re.compile(r"by=right&focus=\w+"))
    expect(page.get_by_role("dialog")).to_contain_text(words("number.parts"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    still(page)
    focus = page.url.split("focus=")[1].split("&")[0]
    told = tables(page).all_inner_texts()
    again = visitor.open(address(server, "crosswalk/each_right", f"by=right&focus={focus}"))
    expect(tables(again)).to_have_text(told, use_inner_text=True)


def test_a_right_chosen_in_the_list_is_put_in_words_and_back_leads_to_the_one_before(
    visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "crosswalk/each_right"))
    listed = main(page).get_by_role("combobox", name=words("rights.choose"))
    still(page)
    told = main(page).locator(".told").first.inner_text()
    listed.select_option("culture")
    expect(page).to_have_url(re.compile(r"(?=.*[?&]by=right\b).*[?&]focus=culture\b"))
    expect(main(page).locator(".told").first).not_to_have_text(told, use_inner_text=True)
    page.go_back()
    expect(listed).to_have_value("protection")
    expect(main(page).locator(".told").first).to_have_text(told, use_inner_text=True)


@pytest.mark.thorough
def test_a_figure_of_another_standard_is_explained_as_its_own(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "crosswalk/each_right", "principle=CRBP-05&by=right&focus=privacy"))
    main(page).get_by_role("button", name=words("number.how")).last.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("COP 2020")
    expect(dialog).to_contain_text(re.compile(r"COP20-\w+"))
    expect(dialog).not_to_contain_text("CRBP-")


@pytest.mark.thorough
def test_a_right_can_be_chosen_in_the_bar(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    choose(page, "right", "^Privacy")
    expect(page).to_have_url(re.compile(r"right=privacy\b"))
    go_to(page, "crosswalk")
    main(page).get_by_role("radio", name=words("part.each_right")).click()
    expect(heading(page)).to_have_text(first_line("crosswalk/each_right"))
    expect(page).to_have_url(re.compile(r"right=privacy\b"))
    expect(main(page)).to_contain_text("Privacy")


@pytest.mark.thorough
def test_a_link_to_a_criterion_opens_it_and_closing_it_leaves_the_standard(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks"))
    main(page).get_by_text(re.compile(r"^5 Safe products")).locator("visible=true").click()
    link = main(page).get_by_role("link", name="CRBP-05.e", exact=True)
    target = link.get_attribute("href") or ""
    assert "criterion=CRBP-05.e" in target
    opened = visitor.open(f"{server}/frameworks{target}")
    expect(main(opened)).to_contain_text(words("standard.linked"))
    expect(main(opened)).to_contain_text(re.compile(r"strong link: COP14-\S+"))
    main(opened).get_by_role("button", name=words("standard.close")).click()
    expect(main(opened)).not_to_contain_text(words("standard.linked"))
    expect(opened).not_to_have_url(re.compile("criterion="))


@pytest.mark.thorough
def test_a_search_narrows_the_standard_and_says_how_much_it_found(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks"))
    box = main(page).get_by_role("textbox", name=words("standard.search"))
    box.fill("TAX")
    box.press("Enter")
    expect(main(page)).to_contain_text(said("standard.found.one"))
    expect(main(page).get_by_role("link", name=re.compile(r"^CRBP-"))).to_have_count(1)
    box.fill("no such thing at all")
    box.press("Enter")
    expect(main(page)).to_contain_text(said("standard.found.other", n=0))


@pytest.mark.thorough
def test_what_cop_does_not_cover_is_said_on_its_page_and_blank_in_the_crosswalk(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks", "framework=cop-2020"))
    expect(main(page)).to_contain_text("Not covered, of CRBP: 7 Environment and land; 8 Security arrangements.")
    go_to_crosswalk = visitor.open(address(server, "crosswalk", "against=cop-2020"))
    expect(heading(go_to_crosswalk)).to_contain_text("7 Environment and land, 8 Security arrangements")


@pytest.mark.thorough
def test_a_click_on_a_cell_opens_both_sides(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "crosswalk", "against=cop-2014"))
    expect(heading(page)).to_have_text(first_line("crosswalk"))
    cells(page).first.click(force=True)
    expect(page).to_have_url(re.compile(r"pair=CRBP-\d\d(~|%7E)COP14-A\d"))
    still(page)
    left, right = tables(page).nth(0), tables(page).nth(1)
    expect(left).to_contain_text(re.compile(r"CRBP-\d\d\.[a-z]"))
    expect(right).to_contain_text(re.compile(r"COP14-\S+"))


def rows_of(page: Page) -> Locator:
    """Return the grid of a chart's table; the content of its canvas is also available as text."""
    return main(page).get_by_test_id("stDataFrame").get_by_test_id("data-grid-canvas")


def choose_first_row(page: Page) -> None:
    still(page)
    rows_of(page).focus()
    for key in ("ArrowDown", "Shift+Space"):
        page.keyboard.press(key)


def test_the_crosswalk_can_be_used_with_a_keyboard_alone(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "crosswalk"))
    against = main(page).get_by_role("combobox", name=words("crosswalk.choose"))
    against.focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"against=cop-2020"))
    still(page)
    pair = main(page).get_by_role("combobox", name=words("crosswalk.pair"))
    pair.focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"pair=CRBP-"))
    still(page)
    switch = main(page).get_by_role("switch", name=words("show.as_table"))
    if not switch.count():
        switch = main(page).get_by_role("checkbox", name=words("show.as_table"))
    switch.first.focus()
    page.keyboard.press("Space")
    expect(rows_of(page)).to_contain_text(re.compile(r"\((strong|weak), project mapping\)"))
    expect(rows_of(page)).to_contain_text(words("column.met"))
    choose_first_row(page)
    for key in ("implemented", "partly", "not implemented", "not applicable", "not known", "unanswered"):
        expect(dialog(page).locator(".legend span", has_text=key).first).to_be_visible()


@pytest.mark.thorough
def test_the_editions_say_what_was_kept_what_continues_in_part_and_that_nothing_was_dropped(
    visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "crosswalk/editions", "framework=cop-2020&operation=col-op"))
    expect(page).to_have_url(re.compile(r"part=areas\b"))
    expect(heading(page)).to_have_text(said("editions.finding", dropped=0))
    answers = main(page).get_by_role("combobox", name=words("editions.answers_of"))
    expect(answers).to_have_value("col-op")
    became = main(page).get_by_test_id("stExpander")
    expect(became.filter(has_text=said("editions.n_dropped"))).to_have_count(0)
    became.filter(has_text=said("editions.n_in_part")).locator("summary").click()
    still(page)
    listed = became.locator(".table")
    expect(listed).to_contain_text(words("editions.now_answered"))
    told = listed.inner_text()
    answers.select_option("gha-op")
    expect(page).to_have_url(re.compile(r"operation=gha-op\b"))
    expect(listed).not_to_have_text(told, use_inner_text=True)


@pytest.mark.thorough
def test_points_of_other_documents_lead_to_the_criteria_on_the_same_matter(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks"))
    expect(main(page)).to_contain_text(said("beside.finding"))
    for document in main(page).locator("[class*=st-key-more_beside] summary").all():
        document.click()
        still(page)
    main(page).get_by_role("link", name="COP14-A1.8", exact=True).click()
    expect(heading(page)).to_have_text(re.compile("COP 2014"))
    expect(main(page)).to_contain_text("COP14-A1.8")


@pytest.mark.parametrize("who", ["visitor", "phone"])
def test_a_standard_is_compared_with_its_document_on_a_page(
    who: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A person sees ours, says what the document says, and is led to the next criterion; what is typed is kept."""
    folder = copytree(TINY / "frameworks", tmp_path / "frameworks")
    visits: Visitor = request.getfixturevalue(who)
    with started("dashboard", "verify", "toy", str(folder), "--page", until="http://127.0.0.1:") as told:
        page = visits.context.new_page()
        page.goto(re.findall(r"http://\S+\b", told[-1])[0])
        expect(page.get_by_role("heading")).to_have_text("No toy is sharp.")
        page.get_by_role("radio", name=words("verify.own_reading")).check()
        page.get_by_label(words("verify.page")).fill("12")
        page.get_by_label(words("verify.instead")).fill("More.")
        page.get_by_label(words("verify.role")).fill("project")
        page.get_by_role("button", name=words("verify.save")).click()
        expect(page.get_by_role("alert")).to_contain_text("says otherwise")
        expect(page.get_by_label(words("verify.page"))).to_have_value("12")
        page.get_by_label(words("verify.instead")).fill("")
        page.get_by_role("button", name=words("verify.save")).click()
        expect(page.get_by_role("heading")).to_have_text("Toys are lent.")
        page.get_by_text(words("verify.list")).click()
        page.get_by_role("link", name="T1.a", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Last verdict: Our own reading, page 12 (project")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "page: page 12" in (folder / "toy" / "framework.yaml").read_text("utf-8")
