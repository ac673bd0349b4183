"""Can a person using a browser find, filter, share and understand what the dashboard holds?"""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from dashboard.model.known_codes import opened_by
from dashboard.model.pages import EVERY, url_path
from tests.browser.conftest import LAPTOP, PHONE, Visitor, running, someone, still, words
from tests.conftest import rest_thorough, said

LOW: ViewportSize = {"width": 683, "height": 384}
"""A laptop at a zoom of 200 %."""
MOST_ABOVE = 150
"""Pixels that the filters and what is shown may take there."""
FIRST_LINE = {
    "overview": ("overview.stand_some", "overview.stand", "overview.stand_one"),
    "heatmap": ("heatmap.finding", "heatmap.finding_one"),
    "country": ("country.finding",),
    "compare": ("compare.finding.other", "compare.same"),
    "changes": ("changes.rose", "changes.fell", "changes.level"),
    "review": ("review.finding.other",),
    "risks": ("risks.severe.other", "risks.severe.one"),
    "frameworks": ("standard.finding",),
    "risks/settings": ("risks.severe_settings.other", "risks.severe_settings.one"),
    "crosswalk": ("crosswalk.finding",),
    "crosswalk/each_right": ("rights.finding", "rights.too_few"),
    "guidance": ("guidance.weak.other", "guidance.weak.one"),
    "cases": ("cases.finding.other",),
    "plan": ("plan.finding.other", "plan.finding.one", "plan.none_here"),
    "collect": ("collect.stand.one", "collect.stand.other", "collect.done.one", "collect.done.other"),
    "whatif": ("whatif.begin", "whatif.finding"),
    "present": ("workshop.finding.other",),
    "present/outcome": ("outcome.no_exercise",),
    "present/vote": ("room.nothing_yet",),
    "presenter": ("presenter.no_tour",),
    "guidance_item": ("guidance.not_named",),
    "case": ("cases.not_named",),
    "number": ("number.title",),
    "data": ("data.sources_found", "data.sources_sound"),
    "data/publications": ("data.finding",),
}


def address(server: str, place: str, query: str = "") -> str:
    """Return the address of a page, of `page/part`, or of `page/way` in which it is shown."""
    name, _, part = place.partition("/")
    asked = "&".join(filter(None, (urlencode(opened_by(part)), query)))
    return f"{server}/{url_path(name)}{asked and '?' + asked}"


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def bar(page: Page) -> Locator:
    """Return the row of filters."""
    return page.locator(".st-key-filters")


def navigation(page: Page) -> Locator:
    """Return the row of menus above it."""
    return page.locator("nav.pages")


def opened(page: Page) -> Locator:
    """Return what a button of the filter bar, or a menu, has opened."""
    return page.get_by_role("dialog")


def chosen(page: Page, name: str = "country") -> Locator:
    """Return the button of a filter, which says what is chosen in it."""
    return bar(page).locator(f".filter_{name} > summary")


def clear(page: Page, name: str = "country") -> Locator:
    """Return what clears a filter, on its button."""
    return bar(page).get_by_role("button", name=words("filter.clear").replace("{filter}", words(f"filter.{name}")))


def open_filter(page: Page, name: str) -> Locator:
    """Press the button of a filter, and return its list."""
    every = bar(page).locator(".filter_all > summary")
    if every.count():  # On a phone and during a tour, one button opens them all.
        every.click()
    one = bar(page).locator(f".filter_{name}")
    if not one.is_visible():
        bar(page).get_by_role("button", name=words("filter.more"), exact=True).click()
    one.locator("summary").click()
    expect(one.locator("fieldset")).to_be_visible()
    return one.locator("fieldset")


def close_filters(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(bar(page).locator("details[open] > fieldset:visible")).to_have_count(0)


def first_line(name: str) -> re.Pattern[str]:
    """Return a pattern for a page's opening sentence."""
    return re.compile("|".join(said(key).pattern for key in FIRST_LINE[name]))


def heading(page: Page) -> Locator:
    """Return a page's opening sentence."""
    return main(page).get_by_role("heading").first


def open_page(page: Page, name: str) -> None:
    """Open a page by the navigation: its link, or the menu that holds it and then its link."""
    link = navigation(page).get_by_role("link", name=words(f"page.{name}"), exact=True)
    menu = navigation(page).locator("details", has=page.locator(f"a[href^='./{url_path(name)}?']"))
    if menu.count():
        menu.locator("summary").click()
    link.click()


def go_to(page: Page, name: str) -> None:
    open_page(page, name)
    expect(heading(page)).to_have_text(first_line(name))
    expect(opened(page)).to_have_count(0)
    still(page)


def choose(page: Page, name: str, option: str) -> None:
    """Choose one more option of a filter in the bar, or another one, and close its list."""
    open_filter(page, name).get_by_label(re.compile(option)).check()
    still(page)
    close_filters(page)


def say_who(page: Page, role: str = "facilitator", why: str = "") -> None:
    """Enter the role, and a reason where one is asked for. A browser script clicks faster than a field is sent."""
    for label, text in (("data.role", role), *([("data.why", why)] if why else [])):
        box = main(page).get_by_label(words(label), exact=True)
        box.fill(text)
        box.press("Tab")
        still(page)


@pytest.mark.parametrize("name", rest_thorough(["number", "guidance_item", "overview"]))
def test_a_page_opens_by_its_address_alone(name: str, visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, name))
    expect(heading(page)).to_have_text(first_line(name))
    expect(page).to_have_url(re.compile(rf"/{url_path(name)}\?framework=crbp&round=2025"))


def test_a_deep_link_is_right_for_the_first_visitor_after_a_restart(visitor: Visitor, sample_store: Path) -> None:
    with running(sample_store) as fresh:
        page = visitor.open(f"{fresh}/heatmap?framework=cop-2014&round=2024")
        expect(heading(page)).to_have_text(said("heatmap.finding"))
        expect(main(page)).to_contain_text("COP 2014")
        expect(bar(page)).to_contain_text(words("filter.country"))
        expect(page).to_have_url(re.compile(r"/heatmap\?framework=cop-2014&round=2024$"))
        choose(page, "country", "Ghana")
        expect(page).to_have_url(re.compile(r"/heatmap\?framework=cop-2014&round=2024&country=GHA$"))
        expect(main(page)).to_contain_text("Round 2024 · Respect · Ghana")
        go_to(page, "overview")
        expect(page).to_have_url(re.compile(r"/\?framework=cop-2014&round=2024&country=GHA$"))
        page.close()


LATE = """(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (...given) { setTimeout(() => send.apply(this, given), 2000); };
})()"""
"""Sends the server everything two seconds later."""


@pytest.mark.thorough
def test_a_page_is_still_only_when_a_late_answer_has_come(chromium: Browser, server: str) -> None:
    visitor = Visitor(someone(chromium, LATE, viewport=LAPTOP))
    page = visitor.open(address(server, "plan"))
    main(page).get_by_role("radio").nth(1).click()
    still(page)
    assert "part=" in page.url
    visitor.leave()


def test_choices_made_before_the_server_answers_all_count_and_the_list_keeps_its_place(
    chromium: Browser, server: str
) -> None:
    visitor = Visitor(someone(chromium, LATE, viewport=LAPTOP))
    page = visitor.open(address(server, "heatmap"))
    expect(bar(page).locator(".filter_country summary")).to_be_visible()
    expect(bar(page).locator("label"), "a list is empty until it is first opened").to_have_count(0)
    countries = open_filter(page, "country")
    expect(countries.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("an")
    offered = countries.get_by_role("checkbox").locator("visible=true")
    expect(offered).to_have_count(3)  # Ghana, Rwanda, Tanzania.
    for name in ("Ghana", "Tanzania", "Rwanda", "Ghana"):
        countries.get_by_role("checkbox", name=name).click()
    expect(chosen(page)).to_have_text("Rwanda +1")
    expect(chosen(page).locator("b")).to_have_text("Rwanda")
    expect(navigation(page).locator("a", has_text=words("page.overview"))).to_have_attribute(
        "href", re.compile(r"country=RWA(,|%2C)TZA$")
    )
    still(page)
    expect(heading(page)).not_to_contain_text("Ghana")
    expect(main(page)).to_contain_text("Rwanda, Tanzania")
    expect(countries.get_by_role("searchbox")).to_have_value("an")
    expect(countries.get_by_role("checkbox", name="Ghana")).to_be_focused()
    clear(page).click()
    expect(chosen(page)).to_have_text(words("filter.country"))
    expect(chosen(page)).to_be_focused()
    expect(clear(page)).to_have_count(0)
    page.go_back()
    expect(chosen(page)).to_have_text("Rwanda +1")
    still(page)
    countries = open_filter(page, "country")
    expect(countries.get_by_role("searchbox")).to_have_value("")
    expect(countries.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("xyz")
    expect(countries.get_by_role("searchbox")).to_have_value("xyz")
    expect(offered).to_have_count(0)
    close_filters(page)
    visitor.leave()


def test_a_link_to_a_former_view_opens_the_nearest_one_step_of_back_away(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks"))
    still(page)
    page.goto(address(server, "crosswalk/twice", "framework=crbp&round=2024"))
    still(page)
    expect(heading(page)).to_have_text(first_line("crosswalk"))
    expect(page).to_have_url(re.compile(r"round=2024&part=areas\b"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/frameworks\b"))


@pytest.mark.thorough
def test_a_country_chosen_in_the_bar_changes_the_page_and_the_url(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    before = page.get_by_test_id("stVegaLiteChart").bounding_box()
    choose(page, "country", "Ghana")
    expect(page).to_have_url(re.compile(r"country=GHA\b"))
    expect(heading(page)).to_have_text(said("heatmap.finding_one", highest_title="Ghana"))
    still(page)
    after = page.get_by_test_id("stVegaLiteChart").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] < before["height"] / 2
    choose(page, "country", "Bolivia")
    expect(page).to_have_url(re.compile(r"country=(BOL(,|%2C)GHA|GHA(,|%2C)BOL)\b"))


def test_filters_are_kept_on_changing_the_page_and_on_reload(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "framework=crbp&round=2024"))
    choose(page, "country", "Ghana")
    kept = re.compile(r"\?framework=crbp&round=2024&country=GHA")
    expect(page).to_have_url(kept)
    for name in ("overview", "country", "data", "heatmap"):
        go_to(page, name)
        expect(page).to_have_url(kept)
        if name == "data":
            expect(
                bar(page).locator("details:not(.filter_lang)"), "where they came from is the same for all"
            ).to_have_count(0)
        else:
            expect(chosen(page)).to_have_text("Ghana")
        expect(bar(page).locator("details[open]"), "a list that was closed stays so").to_have_count(0)
    page.reload()
    still(page)
    expect(page).to_have_url(kept)
    expect(heading(page)).to_have_text(said("heatmap.finding_one", highest_title="Ghana"))


def test_back_and_forward_bring_back_the_views_before_and_after(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    choose(page, "country", "Ghana")
    expect(page).to_have_url(re.compile("country=GHA"))
    go_to(page, "overview")
    expect(page).to_have_url(re.compile(r"/\?.*country=GHA"))
    page.go_back()
    expect(heading(page)).to_have_text(said("heatmap.finding_one", highest_title="Ghana"))
    expect(page).to_have_url(re.compile("/heatmap.*country=GHA"))
    page.go_forward()
    expect(heading(page)).to_have_text(said("overview.stand_one"))
    expect(page).to_have_url(re.compile(r"/\?.*country=GHA"))
    still(page)


def test_a_menu_opened_while_another_page_is_on_its_way_stays_open(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    go_to(page, "overview")
    # In one go: the server answers before a second request of this test would arrive.
    page.evaluate("history.back(); document.querySelector('.menu_act summary').click()")
    menu = navigation(page).locator(".menu_act")
    expect(heading(page)).to_have_text(said("heatmap.finding"))
    still(page)
    expect(menu).to_have_attribute("open", "")
    expect(menu.get_by_role("link").first).to_be_focused()
    menu.get_by_role("link", name=words("page.plan")).click()
    expect(heading(page)).to_have_text(first_line("plan"))
    expect(navigation(page).locator("details[open]")).to_have_count(0)
    still(page)


@pytest.mark.thorough
def test_a_country_that_a_round_did_not_ask_stays_chosen_until_a_round_that_did(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA"))
    own = heading(page).inner_text()
    for round_, asked in (("2023", False), ("2025", True)):
        box = open_filter(page, "round").get_by_role("radio", name=re.compile(f"Round {round_}"))
        box.check()
        still(page)
        expect(box, "another round brings other lists; this one stays open, with the focus").to_be_focused()
        close_filters(page)
        expect(page).to_have_url(re.compile(rf"round={round_}.*country=GHA"))
        expect(chosen(page)).to_have_text("Ghana")
        told = main(page).get_by_text(f"not asked about CRBP in Round {round_}")
        expect(told).to_have_count(0 if asked else 1)
    expect(heading(page)).to_have_text(own)


@pytest.mark.thorough
def test_reset_clears_every_filter(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA&risk_area=RA01&kind=support&common=yes"))
    expect(page).to_have_url(re.compile("country=GHA"))
    bar(page).get_by_role("button", name=words("filter.reset")).click()
    expect(page).to_have_url(re.compile(r"/heatmap\?framework=crbp&round=2025$"))
    expect(heading(page)).to_have_text(said("heatmap.finding"))
    still(page)


@pytest.mark.thorough
def test_an_unknown_code_in_the_url_is_told_and_dropped(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHANA"))
    told = main(page).get_by_role("alert")
    expect(told).to_contain_text(said("problem.unknown_code", value="GHANA"))
    expect(told).to_contain_text(said("problem.hint", hint="GHA"))
    expect(page).to_have_url(re.compile(r"/heatmap\?framework=crbp&round=2025$"))


@pytest.mark.thorough
def test_a_link_that_says_a_filter_twice_keeps_both_and_of_one_choice_the_last(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA&round=2023&country=COL&round=2024"))
    expect(page).to_have_url(re.compile(r"/heatmap\?framework=crbp&round=2024&country=COL%2CGHA$"))
    expect(main(page).get_by_role("alert")).to_contain_text(said("problem.one_of_several", value="Round 2023"))


def test_a_link_cannot_draw_pictures_from_elsewhere(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "overview", "country=![x](https://elsewhere.example/x.png)"))
    expect(main(page).get_by_role("alert")).to_contain_text("![x]")
    assert page.locator("img[src*='elsewhere']").count() == 0


@pytest.mark.thorough
def test_the_copied_link_opens_the_same_view_for_somebody_else(visitor: Visitor, night: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA&kind=support&round=2024"))
    finding = heading(page).inner_text()
    bar(page).get_by_role("button", name=words("share.label")).click()
    link = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    expect(link).to_contain_text("/heatmap?framework=crbp&round=2024")
    other = night.open("".join(link.inner_text().split()))
    expect(heading(other)).to_have_text(finding)
    expect(other).to_have_url(page.url)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def click_a_cell(page: Page) -> None:
    """Click on the heat map, a row and a half above its lower edge: a country that has answered."""
    chart = page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first
    box = chart.bounding_box()
    assert box is not None
    chart.click(position={"x": box["width"] * 0.55, "y": box["height"] - 29 * 2.5})


def test_a_click_on_a_cell_explains_it_and_does_so_again(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    click_a_cell(page)
    expect(dialog(page)).to_contain_text(words("number.title"))
    expect(dialog(page)).to_contain_text(words("number.parts"))
    expect(dialog(page)).to_contain_text("÷")
    expect(dialog(page)).to_contain_text(re.compile(r"CRBP-\d\d\.[a-z]"))
    expect(dialog(page)).to_contain_text(words("column.citation"))
    dialog(page).get_by_text(words("number.sql")).click()
    expect(dialog(page)).to_contain_text("FROM score")
    expect(dialog(page)).to_contain_text('"criteria"')
    still(page)
    first = dialog(page).get_by_test_id("stMarkdownContainer").all_inner_texts()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    still(page)
    click_a_cell(page)
    expect(dialog(page)).to_contain_text(words("number.parts"))
    still(page)
    assert dialog(page).get_by_test_id("stMarkdownContainer").all_inner_texts()[:3] == first[:3]


@pytest.mark.thorough
def test_a_figure_of_the_overview_is_explained_and_the_explanation_has_its_own_address(
    visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "overview", "country=GHA"))
    main(page).get_by_role("button", name=words("number.how")).nth(1).click()
    expect(dialog(page)).to_contain_text(re.compile("Support.*Ghana"))
    expect(dialog(page)).to_contain_text(words("number.parts"))
    dialog(page).get_by_role("link", name=words("number.as_page")).click()
    expect(page).to_have_url(re.compile(r"/number\?framework=crbp&round=2025&country=GHA&kind=support"))
    expect(heading(page)).to_have_text(words("number.title"))
    expect(main(page)).to_contain_text(re.compile("Support.*Ghana"))
    still(page)


@pytest.mark.thorough
def test_the_table_behind_a_chart_is_one_click_away(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "overview"))
    main(page).get_by_text(words("show.as_table")).first.click()
    expect(main(page).get_by_test_id("stDataFrame")).to_be_visible()


def test_what_needs_a_decision_and_where_the_group_stands_are_seen_at_once(visitor: Visitor, server: str) -> None:
    """All on one screen, with the first four matters the most prominent."""
    page = visitor.open(address(server, "overview"))
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    still(page)
    decisions = main(page).get_by_role("listitem").all()
    assert len(decisions) == 8
    told = [*decisions[:4], *main(page).get_by_role("button", name=words("number.how")).all()]
    told.append(main(page).get_by_role("link", name=words("overview.every_change")))
    boxes = [one.bounding_box() for one in told]
    assert all(box and box["y"] + box["height"] <= LAPTOP["height"] for box in boxes)


@pytest.mark.thorough
def test_a_risk_area_leads_to_its_risks_and_its_figure_to_how_it_is_calculated(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "overview"))
    row = main(page).get_by_role("row", name=re.compile("Privacy and children"))
    row.get_by_role("link").last.press("Enter")
    expect(page).to_have_url(re.compile(r"/number\?framework=crbp&round=2025&risk_area=RA03$"))
    expect(heading(page)).to_have_text(words("number.title"))
    page.go_back()
    row.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/risks\?framework=crbp&round=2025&risk_area=RA03$"))
    expect(heading(page)).to_contain_text("severe")
    still(page)


def test_a_phone_has_one_button_for_pages_that_closes_after_a_choice_and_one_for_filters(
    phone: Visitor, server: str
) -> None:
    page = phone.open(address(server, "overview", "country=GHA"))
    filters = bar(page).locator(".filter_all > summary")
    expect(filters).to_contain_text(words("filter.some").format(n=1))
    for row in (navigation(page), bar(page)):
        box = row.bounding_box()
        assert box is not None
        assert box["height"] < 60, "on one line"
    go_to(page, "changes")
    filters.click()
    each = bar(page).locator(".filter_all details > summary:visible")
    expect(each).to_have_count(len((*EVERY, "lang")))
    each.filter(has_text=words("filter.setting")).click()
    expect(
        bar(page).get_by_role("searchbox").locator("visible=true")
    ).not_to_be_focused()  # Its keyboard would cover the list.
    for name in ("round", "country"):
        bar(page).locator(f".filter_{name} > summary").click()
    lists = bar(page).locator(".filter_all > :last-child")
    lists.evaluate("lists => lists.scrollTop = 60")
    bar(page).locator(".filter_round").get_by_role("radio").last.check()
    still(page)
    assert lists.evaluate("lists => lists.scrollTop") == 60, "another round brings other lists, in the same place"
    close_filters(page)
    still(page)


@pytest.mark.thorough
def test_however_long_what_is_chosen_the_filters_stay_on_one_line(visitor: Visitor, server: str) -> None:
    chosen = "country=GHA&principle=CRBP-01,CRBP-02&risk_area=RA12,RA01&right=protection,privacy&function=hr"
    page = visitor.open(address(server, "heatmap", chosen))
    expect(bar(page).locator(".clear:visible")).to_have_count(5)
    box = bar(page).bounding_box()
    assert box is not None
    assert box["height"] < 60, "on one line"
    for whole in ("1 Responsibility and commitment, 2 No child labour", "Human resources"):
        expect(main(page), "what the buttons shorten stands below them in full").to_contain_text(whole)


@pytest.mark.parametrize("place", ["overview", "heatmap", "risks"])
def test_a_low_window_keeps_its_height_for_the_page(place: str, visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, place))
    page.set_viewport_size(LOW)
    still(page)
    above, caption = bar(page).bounding_box(), main(page).locator(".caption").first.bounding_box()
    assert above
    assert caption
    assert caption["y"] + caption["height"] - above["y"] <= MOST_ABOVE
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= LOW["width"]


def test_a_narrow_window_shows_every_menu_whole(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    page.set_viewport_size(PHONE)
    menus = navigation(page).locator("> a, > details > summary")
    expect(menus.first).to_be_visible()
    cut = [menu.inner_text() for menu in menus.all() if menu.evaluate("menu => menu.scrollWidth > menu.clientWidth")]
    assert cut == []
    boxes = [box for menu in menus.all() if (box := menu.bounding_box())]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    for menu in navigation(page).locator("> details").all():
        menu.locator("> summary").click()
        box = menu.locator("> div").bounding_box()
        assert box is not None
        assert (box["x"] >= 0, box["x"] + box["width"] <= PHONE["width"]) == (True, True)
        menu.locator("> summary").click()


@pytest.mark.thorough
def test_another_language_keeps_the_codes_in_the_url(visitor: Visitor, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "sw.yaml").write_text(
        'language: {name: "Kiswahili"}\nfilter: {country: "Nchi", reset: "Borrar"}\npage: {heatmap: "Mapa"}\n', "utf-8"
    )
    with running(sample_store, DASHBOARD_WORDS=str(tmp_path)) as fresh:
        page = visitor.open(f"{fresh}/heatmap?country=GHA&round=2024")
        expect(heading(page)).to_have_text(said("heatmap.finding_one"))
        still(page)
        open_filter(page, "lang").get_by_role("radio", name="Kiswahili").click()
        expect(bar(page)).to_contain_text("Borrar")
        expect(navigation(page)).to_contain_text("Mapa")
        expect(page).to_have_url(re.compile(r"/heatmap\?framework=crbp&round=2024&country=GHA$"))
        expect(chosen(page)).to_have_text("Ghana")
        expect(heading(page)).to_have_text(said("heatmap.finding_one", highest_title="Ghana"))
        expect(page.locator("html")).to_have_attribute("lang", "sw")
        open_page(page, "country")
        expect(page).to_have_url(re.compile(r"/country\?.*country=GHA"))
        expect(bar(page)).to_contain_text("Borrar")
        still(page)
        page.close()


def test_on_a_phone_each_row_of_a_table_is_a_card_that_names_its_columns(phone: Visitor, server: str) -> None:
    page = phone.open(address(server, "risks"))
    card = main(page).get_by_role("row").nth(1)
    expect(card).to_be_visible()
    heads = main(page).locator("thead").first.locator("th").all_inner_texts()
    cells = card.locator("td")
    expect(cells.nth(1)).to_have_attribute("data-column", heads[1])
    named = cells.evaluate_all("found => found.map(cell => getComputedStyle(cell, '::before').content)")
    assert named == ["none", *(f'"{head}"' for head in heads[1:])]
    tops = cells.evaluate_all("found => found.map(cell => cell.getBoundingClientRect().top)")
    assert tops[1] > tops[0], "one below the other"
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == page.evaluate("innerWidth")
