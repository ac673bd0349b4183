"""Can a round be answered by keyboard alone, and by two people on one criterion, without losing a word?"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.model.answer import Answer, Key
from dashboard.store.publishing.save_rows import stored_answers
from dashboard.store.reader import Reader
from tests.browser.conftest import Visitor, Writable, still, words
from tests.browser.test_visits import heading, main, say_who
from tests.conftest import said

LEFT: Key = ("2025", "tcd-op", "CRBP-02.b")
NEXT: Key = ("2025", "tcd-op", "CRBP-05.b")
ADDRESS = "collect?framework=crbp&round=2025&part=answer&operation=tcd-op"
MOST_STEPS = 60


def answer(store: Path, key: Key) -> Answer:
    """Return one answer as it is published now."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_answers(connection, [key])[key]


def open_on(page: Page, key: Key) -> None:
    """Wait until the form of a criterion is open."""
    expect(main(page).get_by_role("radiogroup", name=words("column.status")).first).to_be_visible()
    expect(main(page).locator("p", has=page.get_by_text(key[2], exact=True)).first).to_be_visible()
    still(page)


def focused(page: Page) -> str:
    """Return what has the focus: the name of its group or label, or the text of its button."""
    return str(
        page.evaluate(
            """() => {
                const e = document.activeElement;
                const group = e.closest('[role=radiogroup]');
                if (group) return group.getAttribute('aria-label') || '';
                return e.getAttribute('aria-label') || e.innerText || '';
            }"""
        )
    )


def go_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(MOST_STEPS):
        if focused(page).startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name!r} is not reached by {key}: the focus is on {focused(page)!r}")


def checked(page: Page, name: str) -> str:
    """Return what is chosen in a group of radio buttons; empty if nothing is."""
    group = main(page).get_by_role("radiogroup", name=name).first
    return "".join(group.locator("label", has=page.locator("input:checked")).all_inner_texts())


def choose_by_arrows(page: Page, name: str, wanted: str) -> None:
    """Choose in the focused group: Space selects, an arrow moves to the next, wrapping round."""
    for _ in range(MOST_STEPS):
        found = checked(page, name)
        if found == wanted:
            return
        page.keyboard.press("ArrowRight" if found else "Space")
        still(page)
    raise AssertionError(f"{wanted!r} is not reached by arrows")


def choose(page: Page, status: str) -> None:
    main(page).get_by_role("radiogroup", name=words("column.status")).first.get_by_text(status, exact=True).click()
    still(page)


def note(page: Page, text: str) -> None:
    box = main(page).get_by_label(words("answering.note"), exact=True)
    box.fill(text)
    box.press("Tab")
    still(page)


@pytest.fixture
def person(visitor: Visitor, writable: Writable) -> Page:
    """Return a visitor who answers for one operation."""
    page = visitor.open(f"{writable.address}/{ADDRESS}")
    open_on(page, LEFT)
    return page


@pytest.mark.thorough
def test_two_criteria_are_answered_by_keyboard_alone(person: Page, writable: Writable) -> None:
    page = person
    go_to(page, words("data.role"))
    page.keyboard.type("facilitator")
    page.keyboard.press("Tab")
    still(page)
    go_to(page, words("column.status"), "Shift+Tab")
    choose_by_arrows(page, words("column.status"), "Partly implemented")
    go_to(page, words("column.evidence"))
    choose_by_arrows(page, words("column.evidence"), words("evidence.self_declared"))
    go_to(page, words("answering.note"))
    page.keyboard.type("Told in the shop.")
    page.keyboard.press("Tab")
    still(page)
    go_to(page, words("answering.next"))
    page.keyboard.press("Enter")
    expect(main(page).get_by_text(said("edit.saved.one", number=2))).to_be_visible()
    open_on(page, NEXT)
    given = answer(writable.store, LEFT)
    assert (given.status, given.evidence, given.note) == ("partly", "self_declared", "Told in the shop.")
    assert given.answered_by_role == "facilitator"
    # The focus has not moved: the form of the next criterion is a few steps back.
    go_to(page, words("column.status"), "Shift+Tab")
    choose_by_arrows(page, words("column.status"), "Implemented")
    go_to(page, words("answering.next"))
    page.keyboard.press("Enter")
    expect(main(page).get_by_text(said("edit.saved.one", number=3))).to_be_visible()
    assert answer(writable.store, NEXT).status == "implemented"
    expect(heading(page)).to_have_text(said("answering.complete"))


@pytest.mark.thorough
def test_back_and_reload_lead_to_the_criterion_that_was_open(person: Page) -> None:
    page = person
    main(page).get_by_role("button", name=re.compile(re.escape(NEXT[2]))).click()
    open_on(page, NEXT)
    expect(page).to_have_url(re.compile(r"criterion=CRBP-05\.b"))
    choose(page, "Not known")
    main(page).get_by_role("button", name=re.compile("CRBP-01.b")).click()
    expect(page).to_have_url(re.compile(r"criterion=CRBP-01\.b"))
    still(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"criterion=CRBP-05\.b"))
    open_on(page, NEXT)
    assert checked(page, words("column.status")) == "Not known", "typed, not saved, and still there"
    page.reload()
    still(page)
    open_on(page, NEXT)


@pytest.mark.thorough
def test_the_second_of_two_people_is_told_sees_both_versions_and_loses_nothing(
    visitor: Visitor, phone: Visitor, writable: Writable
) -> None:
    sooner, later = (one.open(f"{writable.address}/{ADDRESS}&criterion={LEFT[2]}") for one in (visitor, phone))
    for page, status, text in ((sooner, "Implemented", "Theirs"), (later, "Partly implemented", "Mine")):
        open_on(page, LEFT)
        say_who(page)
        choose(page, status)
        note(page, text)
    main(sooner).get_by_role("button", name=words("edit.save"), exact=True).click()
    expect(main(sooner).get_by_text(said("edit.saved.one"))).to_be_visible()
    main(later).get_by_role("button", name=words("edit.save"), exact=True).click()
    expect(main(later).get_by_text(said("edit.conflict"))).to_be_visible()
    row = main(later).get_by_role("row").filter(has_text=words("answering.note"))
    expect(row).to_contain_text("Theirs")
    expect(row).to_contain_text("Mine")
    expect(main(later).get_by_label(words("answering.note"), exact=True)).to_have_value("Mine")
    assert answer(writable.store, LEFT).note == "Theirs"
    main(later).get_by_role("button", name=words("edit.keep_mine"), exact=True).click()
    expect(main(later).get_by_text(said("edit.saved.one", number=3))).to_be_visible()
    assert (answer(writable.store, LEFT).note, answer(writable.store, LEFT).status) == ("Mine", "partly")
