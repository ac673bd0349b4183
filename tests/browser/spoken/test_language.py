"""Does a reader see their own language: the browser's, the one that was chosen, or the one that an address names?"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.pages import PAGES
from tests.browser.conftest import ARGUMENTS, LAPTOP, ON_A_PHONE, PHONE, PROGRAM, Visitor, someone, still
from tests.browser.rooms import Room, choose, lead, letters, open_room, press, voted
from tests.browser.test_visits import address, bar, chosen, heading, main, open_filter

SPOKEN = [language for language in languages() if language != "en"]
PLACES = [
    f"{name}/{part}" if part else name
    for name, page in PAGES.items()
    for part in (*page.parts, *(() if page.parts else ("",)))
]
LEFT_ENGLISH = re.compile("Upload|per file")
"""Words of Streamlit, which cannot be translated."""


@pytest.fixture
def french(chromium: Browser) -> Iterator[Visitor]:
    """Yield a visitor whose browser asks for French."""
    # Older versions do not send a locale that is only emulated when they open the connection of a session.
    browser = chromium.browser_type.launch(executable_path=PROGRAM, args=[*ARGUMENTS, "--accept-lang=fr-FR"])
    visitor = Visitor(someone(browser, viewport=LAPTOP))
    yield visitor
    visitor.leave()
    browser.close()


def lang(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


def test_a_browser_is_spoken_to_in_its_language_and_remembers_another(french: Visitor, server: str) -> None:
    page = french.open(server)
    expect(heading(page)).to_contain_text("sur 100 (établi)")
    expect(chosen(page, "lang")).to_have_text("Français")
    assert (lang(page), "lang=" in page.url) == ("fr", False)
    open_filter(page, "lang").get_by_label("English").click()
    expect(heading(page)).to_contain_text("of 100 (established)")
    still(page)
    assert (lang(page), "lang=" in page.url) == ("en", False)
    page.reload()
    expect(heading(page)).to_contain_text("of 100 (established)")
    # An address that names a language is shown in it, also when it is loaded again.
    page.goto(address(server, "overview", "lang=es"))
    expect(heading(page)).to_contain_text("de 100 (consolidado)")
    still(page)
    page.reload()
    expect(heading(page)).to_contain_text("de 100 (consolidado)")
    assert lang(page) == "es"


def test_a_link_from_a_french_screen_opens_in_the_language_of_whoever_gets_it(
    french: Visitor, visitor: Visitor, server: str
) -> None:
    sent = french.open(address(server, "heatmap", "country=TCD,GHA")).url
    page = visitor.open(sent)
    expect(heading(page)).to_contain_text("Highest")
    expect(chosen(page)).to_contain_text("Chad")
    assert lang(page) == "en"


@pytest.fixture
def room(own_store: Path) -> Iterator[Room]:
    with open_room(own_store) as opened:
        yield opened


@pytest.mark.thorough
def test_phones_in_three_languages_vote_on_one_question(room: Room, visitor: Visitor, chromium: Browser) -> None:
    screen = lead(room, visitor)
    code = letters(screen)
    press(screen, "open")
    expect(voted(screen, 0)).to_be_visible()
    of = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    for n, (language, answer) in enumerate(
        (("en-GB", "Implemented"), ("fr-FR", "Mis en œuvre"), ("es-PY", "Implementado")), start=1
    ):
        phone = Visitor(someone(chromium, locale=language, **of))
        page = phone.context.new_page()
        page.goto(f"{room.address}/vote")
        page.locator("input[name=code]").fill(code)
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", language[:2])
        choose(page, "group", 0)
        expect(page.locator("button[name=choice]").first).to_contain_text(answer)
        choose(page, "choice", 0)
        expect(voted(screen, n)).to_be_visible()
        phone.leave()


@cache
def english_sentences(language: str) -> list[str]:
    """Every English sentence of the interface of four words or more that the language says otherwise."""
    words, english = read_words(language), read_words()
    return [
        text
        for key, text in english.texts.items()
        if "{" not in text and len(text.split()) > 3 and words.texts.get(key) != text and "`" not in text
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_every_view_is_in_the_language_and_has_room_for_it(
    chromium: Browser, server: str, language: str, size: str
) -> None:
    of = {"viewport": LAPTOP} if size == "laptop" else {
        "viewport": PHONE, "has_touch": True, "is_mobile": True, "user_agent": ON_A_PHONE,
    }  # fmt: skip
    visitor = Visitor(someone(chromium, **of))
    wrong = []
    page = visitor.open(server)
    for place in PLACES:
        page.goto(address(server, place, f"lang={language}" + "&country=TCD" * place.startswith("country")))
        expect(heading(page)).to_be_visible()
        still(page)
        assert lang(page) == language
        said = main(page).inner_text()
        wrong += [(place, text) for text in english_sentences(language) if text in said]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            wrong.append((place, "is wider than the window"))
        if size == "laptop" and bar(page).count():
            height = bar(page).bounding_box()
            if height is not None and height["height"] > 60:
                wrong.append((place, f"filters take {height['height']:.0f} pixels"))
    visitor.leave()
    assert [one for one in wrong if not LEFT_ENGLISH.search(one[1])] == []
