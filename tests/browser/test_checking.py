"""Do outstanding answers link to where they are given, and does a review lapse when its answer changes?"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.browser.conftest import Visitor, Writable, still, words
from tests.browser.test_answering import open_on
from tests.browser.test_visits import heading, main, say_who
from tests.conftest import TODAY, WRITER, said

OWED = "collect?framework=crbp&round=2025&part=owed"
CHECK = "collect?framework=crbp&round=2025&part=check&operation=HQ"


@pytest.mark.thorough
def test_what_is_owed_leads_to_where_it_is_answered(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/{OWED}")
    expect(heading(page)).to_have_text(re.compile(said("owed.left.other").pattern))
    row = main(page).get_by_role("row", name=re.compile("Chad"))
    expect(row.get_by_role("link", name="1").first).to_be_visible()
    still(page)
    left = [int(text) for text in row.get_by_role("link").all_inner_texts() if text.isdigit()]
    expect(row.get_by_role("cell").nth(1)).to_have_text(words("owed.of").format(n=sum(left), of=30))
    row.get_by_role("link", name="1").first.click()
    open_on(page, ("2025", "tcd-op", "CRBP-02.b"))
    assert len(left) == sum(left) == 2, "each number of this row is a single answer"


def number_of(page: Page, key: str) -> int:
    """Return the number at the start of a sentence on the page."""
    text = main(page).get_by_text(said(key)).first.inner_text()
    return int(re.findall(r"\d+", text)[0])


@pytest.mark.thorough
def test_a_check_lapses_when_the_answer_is_changed(visitor: Visitor, writable: Writable, tmp_path: Path) -> None:
    page = visitor.open(f"{writable.address}/{CHECK}")
    waited = number_of(page, "checking.waits.other")
    assert number_of(page, "checking.checked.other") == 0
    say_who(page)
    card = main(page).get_by_text(re.compile(r"CRBP-\d\d\.\w")).first.inner_text()
    criterion = re.findall(r"CRBP-\d\d\.\w", card)[0]
    main(page).get_by_role("button", name=words("checking.check"), exact=True).first.click()
    expect(main(page).get_by_text(said("checking.checked.one"))).to_be_visible()
    still(page)
    assert number_of(page, "checking.waits.other") == waited - 1
    expect(main(page).get_by_text(criterion, exact=False)).to_have_count(0)
    again = tmp_path / "answers.csv"
    again.write_text(f"round,operation,criterion,status\n2025,HQ,{criterion},not_known\n", "utf-8")
    outcome = publish(Load(writable.store, [again], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    assert not any(problem.serious for problem in outcome.problems)
    page.reload()
    still(page)
    expect(main(page).get_by_text(said("checking.checked.other", n=0))).to_be_visible()
    assert number_of(page, "checking.waits.other") == waited
    expect(main(page).get_by_text(re.compile(criterion)).first).to_be_visible()
