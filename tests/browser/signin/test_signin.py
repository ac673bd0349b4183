"""Does somebody sign in at a real provider, arrive where they wanted to, and is nobody inside after signing out?"""

import re

import pytest
from playwright.sync_api import Browser, Cookie, Page, expect

from tests.browser.conftest import LAPTOP, someone, still, words
from tests.browser.signin.conftest import Signing
from tests.servers import routes_of_app
from tests.ui.server.signin.test_door import STEPS

ASKED = "/heatmap?framework=crbp&country=GHA"


def on_page(page: Page, name: str) -> None:
    page.get_by_role("link", name=words(f"signin.{name}"), exact=True).click()


def sign_in(page: Page, signing: Signing, who: str = "ama") -> None:
    """Ask for a page, and sign in at the provider."""
    page.goto(signing.address + ASKED)
    expect(page.get_by_text(words("signin.asks"))).to_be_visible()
    on_page(page, "button")
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile(re.escape(f"{signing.address}/heatmap?")))
    still(page)


def sign_out(page: Page, name: str) -> None:
    """Sign out behind the question mark, and at the provider."""
    page.locator(".st-key-help button").click()
    on_page(page, name)
    page.get_by_role("button", name="Yes, sign me out").click()
    expect(page.get_by_text(words("signin.out"))).to_be_visible()


def status(chromium: Browser, signing: Signing, cookies: list[Cookie]) -> int:
    """What another browser with these cookies gets at the asked address."""
    context = someone(chromium)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    found = context.request.get(signing.address + ASKED, headers={"accept": "text/html"}).status
    context.close()
    return found


def test_somebody_signs_in_and_out_at_a_certified_provider(chromium: Browser, signing: Signing) -> None:
    context = someone(chromium, viewport=LAPTOP)
    page = context.new_page()
    sign_in(page, signing)
    assert "country=GHA" in page.url
    page.locator(".st-key-help button").click()
    expect(page.locator(".st-key-signed_in")).to_contain_text("Ama Mensah")
    page.keyboard.press("Escape")
    copied = context.cookies(signing.address)
    assert status(chromium, signing, copied) == 200
    page.reload()
    still(page)
    sign_out(page, "sign_out")
    assert status(chromium, signing, copied) == 401
    assert status(chromium, signing, context.cookies(signing.address)) == 401
    page.goto(signing.address + ASKED)
    expect(page.get_by_text(words("signin.asks"))).to_be_visible()
    context.close()


@pytest.mark.thorough
def test_signing_out_everywhere_closes_pages_that_are_open_elsewhere(chromium: Browser, signing: Signing) -> None:
    here, there, other = (someone(chromium, viewport=LAPTOP) for _ in range(3))
    pages = [context.new_page() for context in (here, there, other)]
    for page, who in zip(pages, ("ama", "ama", "kofi"), strict=True):
        sign_in(page, signing, who)
    first, second, third = pages
    sign_out(first, "sign_out_everywhere")
    second.locator(".filters .reset").click()
    expect(second.get_by_text(words("signin.asks"))).to_be_visible()
    third.locator(".filters .reset").click()
    still(third)
    expect(third.get_by_text(words("signin.asks"))).to_have_count(0)
    for context in (here, there, other):
        context.close()


def test_a_provider_that_refuses_ends_on_a_page_with_a_button(chromium: Browser, signing: Signing) -> None:
    context = someone(chromium, viewport=LAPTOP)
    page = context.new_page()
    page.goto(signing.address + ASKED)
    on_page(page, "button")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_text(words("signin.refused"))).to_be_visible()
    assert len(loads) == 1, loads
    on_page(page, "button")
    expect(page.locator("input[name=login]")).to_be_visible()
    context.close()


def test_the_server_itself_answers_nobody(chromium: Browser, signing: Signing) -> None:
    request = chromium.new_context().request
    for method, path in [
        *routes_of_app(),
        ("GET", "/static/index.html"),
        ("GET", "/vendor/x"),
        ("GET", "/favicon.png"),
    ]:
        if path not in STEPS and not path.endswith("/_stcore/health"):
            got = request.fetch(signing.address + path, method=method, max_redirects=0)
            assert got.status == 401, (method, path)
            assert len(got.body()) < 100, (method, path)
