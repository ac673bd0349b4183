"""What does a visitor see before the first page has loaded, whichever it is? Never a bare file name."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.model.pages import PAGES
from tests.browser.conftest import Visitor, running, someone, still
from tests.conftest import rest_thorough

WATCH = """
window.seen = new Set();
const look = () => {
    const text = document.body ? document.body.innerText : "";
    for (const line of text.split("\\n")) if (line.trim()) window.seen.add(line.trim());
    if (document.querySelector("[data-testid=stSidebarNav]")) window.seen.add("the list of files");
};
new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true, attributes: true});
"""
"""Records every line that was ever visible, from before the page's first script."""
RAW = {"the list of files", "app", *PAGES, *(name.replace("_", " ") for name in PAGES)}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("published", "link"),
    rest_thorough([(True, "/compare?framework=crbp&round=2024"), (False, "/"), (True, "/")]),
    ids=["a deep link", "a new store", "a store"],
)
def test_nobody_sees_the_names_of_files_while_a_server_wakes_up(
    published: bool, link: str, own_store: Path, tmp_path: Path, chromium: Browser
) -> None:
    with running(own_store if published else tmp_path / "new") as address:
        somebody = Visitor(someone(chromium, WATCH))
        page = somebody.open(f"{address}{link}")
        still(page)
        seen = set(page.evaluate("() => [...window.seen]"))
        assert any(re.search("Illustrative|publish", line) for line in seen), (
            "it was watched until something stood there"
        )
        assert not seen & RAW
        somebody.leave()
