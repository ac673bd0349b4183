"""Does the page of answers know who has signed in: what they may answer and review, and who said what?"""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.permissions import Grant, Person, Role, Scope
from dashboard.store.history import current_number, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.commit import set_name
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui import identity
from dashboard.ui.session_state import WRITER_ROLE
from tests.conftest import TODAY, said
from tests.ui.collect.assessing import another_answers, press
from tests.ui.collect.test_answering import CHAD, LEFT, typed
from tests.ui.conftest import OpenPage, cells, choose, nothing_failed, shown, tells, texts

AT_CHAD, ABROAD = Scope("operation", "tcd-op"), {"part": "answer", "operation": "gha-op"}
CONTRIBUTOR = Person("idp.example|1", "Shown *Name*", (Grant(Role.CONTRIBUTOR, AT_CHAD), Grant(Role.VIEWER)))
REVIEWER = Person("idp.example|2", "Other Name", (Grant(Role.REVIEWER, AT_CHAD), Grant(Role.VIEWER)))


def test_an_answer_is_recorded_for_the_person_and_its_history_says_so(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "person", lambda: CONTRIBUTOR)
    app = typed(page)
    assert not [box for box in app.text_input if box.key == WRITER_ROLE.name], "the role is the person's"
    press(app, "answering.next")
    nothing_failed(app)
    move = read_revision(own, current_number(own))
    assert (move.number, move.role, move.subject, move.why) == (
        2,
        "contributor",
        "idp.example|1",
        "Collect answers: 1 change",
    )
    app.session_state["more_answer_history"] = True
    app.query_params["criterion"] = LEFT[2]
    app.run()
    nothing_failed(app)
    assert any("Shown *Name* · contributor" in text for text in cells(app))


def test_beside_their_operation_answers_are_read_only(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "person", lambda: CONTRIBUTOR)
    app = page("collect", ABROAD)
    nothing_failed(app)
    assert tells(app, "problem.not_your_role_here", value="gha-op")
    assert not app.text_area
    monkeypatch.setattr(identity, "person", lambda: REVIEWER)
    app = page("collect", CHAD)
    assert tells(app, "problem.not_your_role")
    assert not app.text_area


def test_a_reviewer_is_not_offered_their_own_answers_nor_those_of_others_operations(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = replace(REVIEWER, grants=(*REVIEWER.grants, Grant(Role.CONTRIBUTOR, AT_CHAD)))
    given = Writer("contributor", "", person=both)
    another_answers(own, LEFT, given, status="implemented", evidence="self_declared")
    monkeypatch.setattr(identity, "person", lambda: both)
    app = page("collect", {"part": "check"})
    nothing_failed(app)
    assert tells(app, "checking.own.one")
    keys = [button.key for button in app.button if str(button.key).startswith("checking_")]
    assert not any("gha-op" in str(key) or LEFT[2] in str(key) for key in keys)
    assert any("tcd-op" in str(key) for key in keys)


def test_roles_granted_by_the_publication_add_to_those_of_sign_in(
    page: OpenPage, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = replace(CONTRIBUTOR, grants=(Grant(Role.VIEWER),))
    monkeypatch.setattr(identity, "person", lambda: viewer)
    assert tells(page("collect", CHAD), "problem.not_your_role")
    file = tmp_path / "people.csv"
    file.write_text(f"subject,role,scope\n{viewer.subject},contributor,operation:tcd-op\n", "utf-8")
    assert publish(Load(own, [file], Writer("administrator", ""), TODAY)).revision is not None
    assert page("collect", CHAD).text_area
    assert tells(page("collect", ABROAD), "problem.not_your_role_here", value="gha-op")


@pytest.mark.thorough
def test_an_administrator_reads_who_was_granted_what(
    page: OpenPage, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("subject,role,scope\nu-*1*,reviewer,country:GHA\n", "utf-8")
    assert publish(Load(own, [file], Writer("administrator", ""), TODAY)).revision is not None
    for role, reads in ((Role.ADMIN, True), (Role.STEWARD, False)):
        one = Person("u-2", "Two", (Grant(role),))
        monkeypatch.setattr(identity, "person", lambda one=one: one)
        app = page("data/sources")
        nothing_failed(app)
        assert ("u-*1*" in cells(app)) == reads


def test_an_administrator_reads_that_nobody_was_granted_a_role(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "person", lambda: Person("u-2", "Two", (Grant(Role.ADMIN),)))
    assert any(said("roles.granted_none").match(text) for text in texts(page("data/sources")))


def test_one_question_tells_the_history_of_one_answer_and_names_only_to_those_who_work_on_it(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Writer("contributor", "", person=CONTRIBUTOR)
    another_answers(own, LEFT, given, status="implemented", evidence="self_declared")
    set_name(own, CONTRIBUTOR.subject, "Shown *Name*")
    viewer = Person("idp.example|3", "Three", (Grant(Role.VIEWER),))
    asked = {"criterion": LEFT[2], "operation": "tcd-op", "round": LEFT[0], "framework": "crbp"}
    by = {True: "Shown *Name* · contributor", False: "contributor"}
    for who, named in ((REVIEWER, True), (viewer, False)):
        monkeypatch.setattr(identity, "person", lambda who=who: who)
        app = page("review", asked)
        assert not {*by.values()} & {*cells(app)}, "folded away"
        app.session_state["more_answer_history"] = True
        app.run()
        nothing_failed(app)
        assert {*by.values()} & {*cells(app)} == {by[named]}
        assert shown(app, "operation") == "tcd-op"
        choose(app, operation="gha-op")
        assert not {*by.values()} & {*cells(app)}, "that of another operation"
