"""From a gap to the outcome of an action: guidance, action, done, the next round, and two people on one action."""

import re
from pathlib import Path

import pyarrow as pa
import pytest
from playwright.sync_api import FilePayload, Page, expect

from dashboard.model.pages import PAGES
from dashboard.store.reader import Reader
from tests.browser.conftest import Visitor, Writable, hand_over, still, words
from tests.browser.test_visits import heading, main, say_who
from tests.conftest import said

ROUNDS = "round,title,starts_on,ends_on,frameworks\n2026,Round 2026,2026-02-02,2026-05-29,crbp\n"
ANSWERS = (
    "round,operation,criterion,status,evidence,answered_on\n2026,{operation},{criterion},implemented,seen,2026-03-02\n"
)


def stored(store: Path, action: str) -> dict[str, str]:
    """Return an action as it is published now, every value as text."""
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        found: pa.Table = cursor.execute(
            "SELECT a.*, o.operation, c.country FROM action AS a JOIN operation AS o USING (operation_no) "
            "JOIN country AS c USING (country_no) WHERE action = $action",
            {"action": action},
        ).to_arrow_table()
    (row,) = found.to_pylist()
    return {name: str(value) for name, value in row.items()}


def write(page: Page, label: str, text: str) -> None:
    """Type into a field of the form and leave it."""
    field = main(page).get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    still(page)


def choose(page: Page, label: str, option: str) -> None:
    main(page).get_by_role("combobox", name=re.compile(re.escape(label))).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    still(page)


def save(page: Page) -> None:
    main(page).get_by_role("button", name=words("edit.save"), exact=True).click()
    expect(main(page).get_by_text(said("edit.saved.one"))).to_be_visible()
    still(page)


def action_in(page: Page) -> str:
    """Return the id of the open action, as in the address."""
    expect(page).to_have_url(re.compile(r"[?&]action=A-"))
    (found,) = re.findall(r"[?&]action=([\w-]+)", page.url)
    return str(found)


def bring(page: Page, files: dict[str, str]) -> None:
    """Publish tables on the data page."""
    payload = [FilePayload(name=name, mimeType="text/csv", buffer=text.encode()) for name, text in files.items()]
    hand_over(page, payload)
    expect(main(page).get_by_test_id("stFileChipName")).to_have_count(len(files))
    say_who(page, "data steward", "round 2026")
    main(page).get_by_role("button", name=words("data.publish"), exact=True).click()
    expect(main(page).get_by_text(said("data.published"))).to_be_visible()


@pytest.mark.thorough
def test_a_gap_becomes_an_action_and_the_next_round_says_what_it_brought(visitor: Visitor, writable: Writable) -> None:
    page = visitor.open(f"{writable.address}/guidance?framework=crbp&round=2025&country=SEN")
    expect(heading(page)).to_have_text(said("guidance.weak.other"))
    main(page).locator(".table a[href*='guidance=']").first.click()
    expect(page).to_have_url(re.compile(r"/guidance_item\?.*guidance=G-"))
    still(page)
    expect(main(page).get_by_text(words("guidance.this_month"))).to_be_visible()
    first_step = main(page).get_by_role("listitem").first.inner_text()
    main(page).get_by_role("link", name=words("plan.begin")).first.click()
    expect(page).to_have_url(re.compile(r"/plan\?.*show_as=form"))
    still(page)
    # There is one on this gap already, so the form asks first.
    main(page).get_by_text(words("plan.plan_second"), exact=True).click()
    text = main(page).get_by_label(words("column.action_text"), exact=True)
    expect(text).not_to_be_empty()
    begun_with = text.input_value()

    write(page, words("column.action_text"), f"{begun_with} First in the north.")
    write(page, words("data.role"), "programme lead")
    save(page)
    action = action_in(page)
    as_open = stored(writable.store, action)
    assert first_step in as_open["text"] or begun_with in as_open["text"]
    assert as_open["text"].endswith("First in the north.")
    assert (as_open["country"], as_open["status"], as_open["round"]) == ("SEN", "open", "2025")
    assert as_open["expected_status"] == "implemented"

    choose(page, words("column.status"), words("action_status.done"))
    save(page)
    assert stored(writable.store, action)["status"] == "done"

    page.goto(f"{writable.address}/plan?framework=crbp&round=2025&country=SEN&part=effects")
    still(page)
    expect(heading(page)).to_contain_text(words("gains.not_yet"))
    page.goto(f"{writable.address}/data?part=publications")
    still(page)
    bring(page, {"rounds.csv": ROUNDS, "answers.csv": ANSWERS.format(**as_open)})
    kind = "support" if criterion_kind(writable.store, as_open["criterion"]) == "support" else "respect"
    page.goto(f"{writable.address}/plan?framework=crbp&round=2025&country=SEN&part=effects&kind={kind}")
    still(page)
    expect(heading(page)).to_have_text(said("gains.realised"))
    row = main(page).get_by_role("row").filter(has_text="First in the north.")
    expect(row).to_contain_text(words("gains.outcome_reached"))


def criterion_kind(store: Path, criterion: str) -> str:
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        ((kind,),) = cursor.execute(
            "SELECT kind FROM criterion WHERE criterion = $code", {"code": criterion}
        ).fetchall()
    return str(kind)


@pytest.mark.thorough
def test_the_second_of_two_people_is_told_sees_both_versions_and_loses_nothing(
    visitor: Visitor, phone: Visitor, writable: Writable
) -> None:
    sooner, later = (one.open(f"{writable.address}/plan?part=actions&action=A-003") for one in (visitor, phone))
    for page, owner in ((sooner, "Regional lead"), (later, "Group buyer")):
        write(page, words("column.owner_role"), owner)
        write(page, words("data.role"), "programme lead")
    save(sooner)
    main(later).get_by_role("button", name=words("edit.save"), exact=True).click()
    expect(main(later).get_by_text(said("edit.conflict"))).to_be_visible()
    row = main(later).get_by_role("row").filter(has_text=words("column.owner_role"))
    expect(row).to_contain_text("Regional lead")
    expect(row).to_contain_text("Group buyer")
    expect(main(later).get_by_label(words("column.owner_role"), exact=True)).to_have_value("Group buyer")
    assert stored(writable.store, "A-003")["owner_role"] == "Regional lead"
    main(later).get_by_role("button", name=words("edit.keep_mine"), exact=True).click()
    expect(main(later).get_by_text(said("edit.saved.one"))).to_be_visible()
    assert stored(writable.store, "A-003")["owner_role"] == "Group buyer"


@pytest.mark.thorough
def test_no_view_moves_the_title_or_drops_the_operation(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/plan?operation=gha-op")
    titles: dict[str, float] = {}
    for part in PAGES["plan"].parts:
        main(page).get_by_role("radio", name=words(f"part.{part}"), exact=True).click()
        expect(page).to_have_url(re.compile(r"operation=gha-op"))
        expect(main(page).locator("h1")).not_to_have_text(list(titles)[-1] if titles else "")
        still(page)
        box = main(page).locator("h1").bounding_box()
        assert box is not None
        titles[main(page).locator("h1").inner_text()] = round(box["y"])
    assert len(titles) == len(PAGES["plan"].parts)
    assert len(set(titles.values())) == 1, titles


def test_an_action_and_the_grid_open_on_the_list_and_lead_back_to_it(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/plan?country=TCD&show_as=board")
    board = heading(page).inner_text()
    main(page).get_by_role("link", name=re.compile("Put the age clause")).click()
    expect(page).to_have_url(re.compile(r"country=TCD&part=actions&show_as=board&action=A-005"))
    expect(main(page).get_by_label(words("column.action_text"), exact=True)).to_have_value(re.compile("age clause"))
    still(page)
    main(page).get_by_role("link", name=words("plan.back")).click()
    expect(page).to_have_url(re.compile(r"country=TCD&part=actions&show_as=board$"))
    expect(heading(page)).to_have_text(board)
    still(page)
    main(page).get_by_role("link", name=words("plan.many"), exact=True).click()
    expect(main(page).get_by_test_id("stDataFrame")).to_be_visible()
    still(page)
    page.go_back()
    expect(heading(page)).to_have_text(board)
    expect(main(page).get_by_test_id("stDataFrame")).to_have_count(0)


def test_one_switch_draws_the_list_the_board_and_the_timeline(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/plan?country=TCD")
    for way, drawn in (("timeline", "canvas, svg.marks"), ("board", ".told h2"), ("list", ".told h2")):
        main(page).get_by_role("radio", name=words(f"show_as.{way}"), exact=True).click()
        still(page)
        expect(main(page).locator(drawn).first).to_be_visible()
    expect(page).not_to_have_url(re.compile("show_as"))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("plan?part=board&country=GTM", r"plan\?.*country=GTM&part=actions&show_as=board"),
        ("plan?part=write&action=A-001", r"plan\?.*part=actions&show_as=form&action=A-001"),
        ("plan?part=gains", r"plan\?.*part=effects"),
    ],
)
def test_a_former_address_opens_what_is_there_now(before: str, now: str, visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/{before}")
    expect(page).to_have_url(re.compile(now))
    expect(heading(page)).not_to_have_text("")
