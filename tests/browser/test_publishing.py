"""Can a person bring files, see what is wrong with them, publish, see the result everywhere, and undo?"""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from dashboard.store.history import current_number
from tests.browser.conftest import Visitor, Writable, hand_over, still, words
from tests.browser.test_visits import go_to, heading, main, open_page, say_who
from tests.conftest import said

HEADER = "round,operation,criterion,status,note\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture
def page(visitor: Visitor, writable: Writable) -> Page:
    """Return the Data page."""
    return visitor.open(f"{writable.address}/data?part=publications")


def bring(page: Page, content: bytes, button: str, role: str = "", why: str = "") -> None:
    """Choose a file, enter role and reason, and press a button of the form."""
    file = FilePayload(name="answers.csv", mimeType="text/csv", buffer=content)
    hand_over(page, [file])
    expect(main(page).get_by_test_id("stFileChipName").first).to_be_visible()
    say_who(page, role, why)
    main(page).get_by_role("button", name=words(button), exact=True).click()
    still(page)


@pytest.mark.thorough
def test_checking_tells_what_is_wrong_and_what_is_wrong_or_of_nobody_is_not_published(
    page: Page, writable: Writable
) -> None:
    rows = "2025,gha-op,CRBP-01.b,implemented,\n2025,gha-op,CRBP-01.x,partly,\n"
    bring(page, (HEADER + rows).encode(), "data.check")
    told = main(page).get_by_text(said("problem.unknown_criterion", value="CRBP-01.x"))
    expect(told).to_be_visible()
    expect(told).to_contain_text("answers.csv, row 3, criterion")
    bring(page, (HEADER + "2025,gha-op,CRBP-01.b,implemented,\n").encode(), "data.publish")
    expect(main(page)).to_contain_text(words("problem.role_missing"))
    bring(page, PICTURE, "data.publish", role="facilitator")
    expect(main(page)).to_contain_text(re.compile(r"answers\.csv.*: "))
    expect(main(page)).to_contain_text(words("data.costs_file"))
    expect(main(page)).to_contain_text(words("data.not_published"))
    assert current_number(writable.store) == 1


@pytest.mark.thorough
def test_what_is_published_stands_in_the_history_and_on_every_page_until_it_is_reverted(
    page: Page, writable: Writable
) -> None:
    note = "seen in the capital, ![x](https://elsewhere.example/x.png)"
    bring(
        page,
        (HEADER + f'2025,gha-op,CRBP-01.b,not_implemented,"{note}"\n').encode(),
        "data.publish",
        role="facilitator",
        why="a workshop",
    )
    expect(main(page).get_by_text(said("data.published", number=2))).to_be_visible()
    expect(heading(page)).to_have_text(said("data.finding", number=2))
    expect(main(page)).to_contain_text("a workshop")
    expect(main(page)).to_contain_text("facilitator")
    assert current_number(writable.store) == 2

    go_to(page, "country")
    main(page).get_by_role("radio", name=words("part.answers"), exact=True).click()
    expect(page).to_have_url(re.compile("part=answers"))
    still(page)
    main(page).get_by_role("combobox").first.select_option(label="Ghana")
    expect(main(page)).to_contain_text("seen in the capital")

    open_page(page, "data")
    main(page).get_by_role("radio", name=words("part.publications")).click()
    expect(heading(page)).to_have_text(said("data.finding", number=2))
    still(page)
    say_who(page, why="an exercise")
    main(page).get_by_role("button", name=words("data.revert")).click()
    expect(heading(page)).to_have_text(said("data.finding", number=3))
    expect(main(page)).to_contain_text("an exercise")
    go_to(page, "country")
    expect(main(page)).not_to_contain_text("seen in the capital")
    assert current_number(writable.store) == 3
