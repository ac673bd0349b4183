"""Does an operation's page say how it heard children, withhold small numbers, and save a record as entered?"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.answer import Participation
from dashboard.model.records import Draft
from dashboard.store.publishing.save_rows import save_rows, stored_rows
from dashboard.store.reader import Reader
from dashboard.ui.country.child_participation import EDITOR, GUIDANCE
from tests.conftest import WRITER, said
from tests.ui.conftest import OpenPage, cells, drafts_of, finding, nothing_failed, tells, texts, told

GHANA = {"part": "heard", "framework": "crbp", "round": "2025", "operation": "gha-op"}
CHAD = GHANA | {"operation": "tcd-op"}
NEW = "tcd-op 2025"


def stored(store: Path) -> dict[str, Participation]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {key[0]: row for key, row in stored_rows(connection, Participation).items()}


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [button for button in app.button if said(key).fullmatch(button.label)]
    return button.click().run()


def as_somebody(app: AppTest) -> AppTest:
    return app.text_input(key="writer_role").input("facilitator").run()


def begun(app: AppTest) -> AppTest:
    """Start a new record for Chad with its required fields."""
    app.selectbox(key=f"heard_activity {NEW}").set_value("workshop").run()
    return app.date_input(key=f"heard_held_on {NEW}").set_value(date(2025, 3, 4)).run()


def test_the_finding_comes_first_and_then_the_records_of_the_operation(page: OpenPage) -> None:
    app = page("country", GHANA)
    nothing_failed(app)
    assert finding(app) == ("Ghana: children were heard 2 times in Round 2025. After one of them, something changed.")
    assert tells(app, "heard.in_choice.other", n=6, of=11, round="Round 2025", changed=4)
    found = cells(app)
    assert any("Workshop" in cell and "12 Mar 2025" in cell for cell in found)
    assert any("stop selling airtime on credit" in cell for cell in found)
    assert "Nothing yet" in found
    (whom,) = [cell for cell in found if "Children: 48" in cell]
    assert "Girls: 26 · Boys: 22 · With disabilities: withheld · Out of school: 14" in whom
    assert "Aged 12 to 14, 15 to 17" in whom
    assert any("✓ Consent and assent: yes" in cell for cell in found)


def test_without_a_record_the_page_says_so(page: OpenPage) -> None:
    app = page("country", CHAD)
    nothing_failed(app)
    assert finding(app) == "Chad: no record says that children were heard in Round 2025."
    assert not tells(app, "heard.withheld_help")


def test_the_way_to_do_it_safely_stands_beside_it(page: OpenPage) -> None:
    links = {(link.proto.page, link.proto.query_string) for link in page("country", GHANA).get("page_link")}
    for code in GUIDANCE:
        assert any(page == "guidance_item" and f"guidance={code}" in query for page, query in links), code
    assert any(page == "country" and "right=CRC-12" in query and "part=answers" in query for page, query in links)


def test_the_right_to_a_say_leads_to_the_records(page: OpenPage) -> None:
    rights = {"framework": "crbp", "round": "2025", "part": "each_right", "by": "right"}
    sentence = "Children were heard in 6 of 11 operations in Round 2025; something changed because of it in 4."
    app = page("crosswalk", rights | {"focus": "participation"})
    (said_there,) = [html for html in told(app) if sentence in html]
    assert re.search(r'href="country\?[^"]*part=heard', said_there)
    assert not any(sentence in html for html in told(page("crosswalk", rights | {"focus": "privacy"})))


def test_where_nobody_was_heard_the_choice_says_so(page: OpenPage) -> None:
    app = page("country", CHAD | {"country": "TCD,BOL"})
    assert tells(app, "heard.in_choice_none", round="Round 2025", of=2)


def test_what_was_not_done_safely_is_said(page: OpenPage) -> None:
    found = cells(page("country", GHANA | {"operation": "pry-op"}))
    (safely,) = [cell for cell in found if "Safeguarding lead" in cell]
    assert "✗ Safeguarding lead: no" in safely
    assert "? Informed of the result: not stated" in safely


def test_the_summary_leads_to_the_records(page: OpenPage) -> None:
    app = page("country", {"framework": "crbp", "round": "2025", "operation": "gha-op"})
    assert any("2 records in this round · something changed after 1" in text for text in texts(app))
    assert any(said("heard.to_records").fullmatch(link.proto.label) for link in app.get("page_link"))


def test_a_new_record_is_saved_and_its_small_numbers_are_not(page: OpenPage, own: Path) -> None:
    app = begun(as_somebody(page("country", CHAD)))
    assert tells(app, "heard.no_names"), "the form says that names of children are not asked for"
    app.multiselect(key=f"heard_age_groups {NEW}").set_value(["15_to_17", "12_to_14"]).run()
    for name, n in (("children", 30), ("girls", 23), ("boys", 7), ("out_of_school", 12)):
        app = app.number_input(key=f"heard_{name} {NEW}").set_value(n).run()
    app.selectbox(key=f"heard_consent {NEW}").set_value("yes").run()
    app.selectbox(key=f"heard_changed {NEW}").set_value("yes").run()
    app.text_area(key=f"heard_what_changed {NEW}").input("The notice is shorter.").run()
    app = press(app, "edit.save")
    nothing_failed(app)
    assert stored(own)["P-012"] == Participation(
        *("P-012", "tcd-op", "2025", "workshop", "2025-03-04", "12_to_14;15_to_17"),
        *("30", "withheld", "withheld", "", "12", "yes"),
        changed="yes",
        what_changed="The notice is shorter.",
    )
    assert drafts_of(app, EDITOR) == {}
    assert finding(app).startswith("Chad: children were heard once")
    assert any("Girls: withheld · Boys: withheld · Out of school: 12" in cell for cell in cells(app))
    assert not any("23" in cell or "7" in cell.replace("15 to 17", "") for cell in cells(app))


def test_what_is_typed_is_there_after_another_page(page: OpenPage, own: Path) -> None:
    app = begun(as_somebody(page("country", CHAD)))
    app.switch_page("pages/heatmap.py").run()
    app.switch_page("pages/country.py").run()
    assert app.selectbox(key=f"heard_activity {NEW}").value == "workshop"
    assert app.date_input(key=f"heard_held_on {NEW}").value == date(2025, 3, 4)
    press(app, "edit.discard")
    assert app.date_input(key=f"heard_held_on {NEW}").value is None


@pytest.mark.thorough
def test_what_is_missing_is_told_before_anything_is_saved(page: OpenPage, own: Path) -> None:
    app = press(as_somebody(page("country", CHAD)), "edit.save")
    assert tells(app, "edit.needs", fields="What was done, Date (last day)")
    app = begun(app)
    app.selectbox(key=f"heard_changed {NEW}").set_value("yes").run()
    app = press(app, "edit.save")
    assert any("Something changed, but the row does not say what" in text for text in texts(app))
    assert len(stored(own)) == 11
    assert drafts_of(app, EDITOR)[NEW].typed.activity == "workshop"


@pytest.mark.thorough
def test_a_record_is_changed_without_its_withheld_number_and_removed(page: OpenPage, own: Path) -> None:
    was = stored(own)["P-004"]
    app = as_somebody(page("country", GHANA)).selectbox(key="heard_chosen").set_value("P-004").run()
    hidden = app.number_input(key="heard_children_with_disabilities P-004")
    assert (hidden.value, hidden.placeholder) == (None, "withheld")
    app = app.text_area(key="heard_what_changed P-004").input("Shops sell to adults alone.").run()
    app = press(app, "edit.save")
    assert stored(own)["P-004"] == replace(was, what_changed="Shops sell to adults alone.")
    assert was.children_with_disabilities == "withheld"
    app = app.selectbox(key="heard_chosen").set_value("P-004").run()
    app = press(app, "edit.withdraw")
    nothing_failed(app)
    assert "P-004" not in stored(own)
    assert len(stored(own)) == 10


@pytest.mark.thorough
def test_what_was_saved_is_undone_unless_somebody_has_changed_it_since(page: OpenPage, own: Path) -> None:
    before = stored(own)
    was = before["P-004"]
    app = as_somebody(page("country", GHANA)).selectbox(key="heard_chosen").set_value("P-004").run()
    app = press(app.text_area(key="heard_note P-004").input("Shorter.").run(), "edit.save")
    assert tells(app, "edit.saved.one", number=2)
    app = press(app, "edit.undo")
    nothing_failed(app)
    assert tells(app, "edit.undone.one", number=3)
    assert stored(own) == before
    app = press(app.selectbox(key="heard_chosen").set_value("P-004").run(), "edit.withdraw")
    assert "P-004" not in stored(own)
    app = press(app, "edit.undo")
    assert replace(stored(own)["P-012"], record="P-004") == was
    app = app.selectbox(key="heard_chosen").set_value("P-012").run()
    app = press(app.text_area(key="heard_note P-012").input("Mine.").run(), "edit.save")
    now = stored(own)["P-012"]
    theirs = replace(now, note="Theirs.")
    assert save_rows(own, [Draft(now, theirs)], WRITER, date.today(), lambda _: "Workshop").revision is not None
    app = press(app, "edit.undo")
    assert tells(app, "edit.not_saved")
    assert stored(own)["P-012"] == theirs
    app = press(begun(as_somebody(page("country", CHAD))), "edit.save")
    assert len(stored(own)) == 12
    press(app, "edit.undo")
    assert len(stored(own)) == 11


def test_of_two_people_who_change_a_record_neither_is_lost(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("country", GHANA)).selectbox(key="heard_chosen").set_value("P-004").run()
    app = app.text_area(key="heard_note P-004").input("Mine.").run()
    was = stored(own)["P-004"]
    theirs = replace(was, note="Theirs.")
    assert save_rows(own, [Draft(was, theirs)], WRITER, date.today(), lambda _: "Workshop").revision is not None
    app = press(app, "edit.save")
    assert stored(own)["P-004"] == theirs
    app = app.run()
    assert any(said("edit.conflict").fullmatch(text) for text in texts(app))
    assert {"Mine.", "Theirs."} <= set(cells(app))
    app = press(app, "edit.keep_mine")
    assert stored(own)["P-004"] == replace(was, note="Mine.")


def test_where_names_are_hidden_records_are_read_and_not_written(page: OpenPage) -> None:
    app = page("country", GHANA | {"safe": "yes"})
    nothing_failed(app)
    assert not tells(app, "heard.write")
    assert any("Children: 48" in cell for cell in cells(app))
    assert not any(word in cell for cell in cells(app) for word in ("Ghana", "airtime", "Partner's report", "12 Mar"))
    assert not [box for box in app.selectbox if box.key == "heard_chosen"]


def test_where_nothing_may_change_the_records_are_listed(page: OpenPage, open_to_all: None) -> None:
    app = page("country", GHANA)
    nothing_failed(app)
    assert finding(app).startswith("Ghana: children were heard 2 times")
    assert not [box for box in app.selectbox if box.key == "heard_chosen"]
