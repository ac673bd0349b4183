"""Does *Missing answers* show who has signed, and does somebody sign there?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.answer import APPROVED, REOPENED
from dashboard.model.permissions import Grant, Person, Role, Scope
from dashboard.store.history import current_number, read_revision
from dashboard.store.publishing.commit import change_name, set_name
from dashboard.ui import identity
from dashboard.ui.session_state import WRITER_ROLE
from tests.store.publishing.test_publish import asked
from tests.ui.conftest import OpenPage, cells, nothing_failed, tables, tells, texts

PAGE, EARLIER = {"part": "owed"}, {"part": "owed", "round": "2024"}
WORD = """
    SELECT state, role, note, figures IS NOT NULL FROM approval JOIN operation USING (operation_no)
        JOIN round USING (round_no) WHERE round = '2025' AND operation = 'gha-op'
"""


def said_by(app: AppTest, place: str) -> str:
    """What the table of levels says of one of them."""
    table = next(table for table in tables(app) if "Level" in table.columns)
    (row,) = table[table["Level"] == place].to_dict("records")
    return str(row["Said"])


def signs(app: AppTest, state: str, note: str = "", role: str = "Regional director") -> None:
    """Choose Ghana, and say something of it."""
    (level,) = [box for box in app.selectbox if box.key == "signing_level"]
    level.select_index(next(place for place, said in enumerate(level.options) if said.startswith("Ghana"))).run()
    if role:
        app.text_input(key=WRITER_ROLE.name).input(role).run()
    if note:
        app.text_input(key="signing_note gha-op").input(note).run()
    app.button(key=f"signing_{state}").click().run()
    nothing_failed(app)


def test_an_operation_is_approved_and_opened_again(page: OpenPage, own: Path) -> None:
    app = page("collect", PAGE)
    nothing_failed(app)
    assert said_by(app, "The group") == "Not approved"
    assert said_by(app, "Ghana") == "Ready, says the managing director on 9 Jul 2025"
    (approve,) = [button for button in app.button if button.key == f"signing_{APPROVED}"]
    assert approve.disabled, "the group waits for all that is below"
    signs(app, APPROVED, "Looked at with legal.")
    assert asked(own, WORD) == [(APPROVED, "Regional director", "Looked at with legal.", True)]
    assert read_revision(own, current_number(own)).why == "Looked at with legal."
    assert said_by(app, "Ghana").startswith("Approved by the regional director on ")
    locked = page("collect", {"part": "answer", "operation": "gha-op"})
    assert tells(locked, "signing.locked", place="Ghana")
    assert not locked.text_area
    app = page("collect", PAGE)
    signs(app, REOPENED)
    assert tells(app, "problem.reopening_untold")
    signs(app, REOPENED, "An answer was wrong.")
    assert asked(own, WORD) == [(REOPENED, "Regional director", "An answer was wrong.", False)]


def test_earlier_rounds_are_approved_and_overview_says_so(page: OpenPage) -> None:
    assert said_by(page("collect", EARLIER), "The group") == "Approved by the head of sustainability on 3 Aug 2024"
    said = "This round is approved by the head of sustainability on 3 Aug 2024"
    assert any(said in text for text in texts(page("overview", {"round": "2024"})))
    one = page("overview", {"round": "2024", "country": "GHA"})
    assert any("This round is approved by the managing director on" in text for text in texts(one))
    assert any("This round is not approved" in text for text in texts(page("overview", {})))


@pytest.mark.parametrize(
    ("grant", "offered"),
    [
        (Grant(Role.REVIEWER, Scope("operation", "gha-op")), {"Ghana"}),
        (Grant(Role.CONTRIBUTOR, Scope("country", "COL")), {"Colombia"}),
        (Grant(Role.STEWARD), {"The group"}),
        (Grant(Role.VIEWER), set()),
    ],
)
def test_only_levels_that_somebody_may_sign_for_are_offered(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch, grant: Grant, offered: set[str]
) -> None:
    person = Person("idp.example|1", "Ada", (grant, Grant(Role.VIEWER)))
    monkeypatch.setattr(identity, "person", lambda: person)
    app = page("collect", PAGE)
    nothing_failed(app)
    levels = [box for box in app.selectbox if box.key == "signing_level"]
    # Colombia is ready, and whoever answers can say no more.
    found = {option.split(" (")[0] for box in levels for option in box.options}
    assert found == (offered - {"Colombia"})


def test_a_person_is_named_until_the_name_is_removed(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person("idp.example|1", "Ada", (Grant(Role.REVIEWER), Grant(Role.VIEWER)))
    monkeypatch.setattr(identity, "person", lambda: person)
    app = page("collect", PAGE)
    signs(app, APPROVED, role="")
    set_name(own, person.subject, "Ada Example")
    assert said_by(page("collect", PAGE), "Ghana").startswith("Approved by the reviewer Ada Example on")
    assert change_name(own, person.subject, "") == ()
    assert said_by(page("collect", PAGE), "Ghana").startswith("Approved by the reviewer on")
    assert not any("Ada Example" in cell for cell in cells(page("collect", PAGE)))
