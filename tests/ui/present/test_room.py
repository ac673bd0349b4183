"""Does a room's page ask, count, show, close and import, and do none of it where no room is open?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.vote import SECOND, VoteRecord
from dashboard.queries.ask import rows
from dashboard.queries.plan_actions import PLAN_CRITERIA, PLAN_LACKING
from dashboard.store.votes import ask, close, code_of, records, reveal, standing, vote
from dashboard.ui import session
from tests.conftest import MakeView, copy_of, rest_thorough, said
from tests.ui.conftest import OpenPage, bar, cells, finding, nothing_failed, tells, texts
from tests.voting import FIRST, SEVERITY, votes


@pytest.fixture
def store(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample's store to vote in."""
    copy = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(copy))
    return copy


@pytest.fixture
def room(store: Path) -> Iterator[Path]:
    """Yield the store of an open room, as the facilitator sees it."""
    session.guard_session()
    yield store
    session._guarded.clear()


def press(app: AppTest, name: str) -> AppTest:
    app.button(key=f"room_{name}").click().run()
    nothing_failed(app)
    return app


def decided(store: Path, decision: str = "3", **changes: str) -> VoteRecord:
    """Ask a question about a risk in Chad, vote on it and close it."""
    ask(store, replace(SEVERITY, operation="tcd-op", **changes))  # type: ignore[arg-type]
    number = getattr(standing(store), "number")  # noqa: B009 - it stands
    for given in votes("33334"):
        vote(store, number, given)
    reveal(store, number)
    return close(store, number, decision)


def test_where_others_reach_the_server_it_is_told_how_a_room_is_opened_and_nothing_can_be_asked(
    page: OpenPage, store: Path, open_to_all: None
) -> None:
    ask(store, SEVERITY)
    app = page("present/vote")
    nothing_failed(app)
    assert tells(app, "room.not_open")
    assert not [button for button in app.button if str(button.key).startswith("room_")]
    assert tells(app, "room.example")
    assert code_of(store) not in "".join(texts(app))


@pytest.mark.thorough
def test_what_is_missing_most_is_asked_with_one_click(page: OpenPage, room: Path, view_of: MakeView) -> None:
    view = view_of()
    lacking = rows(view.published, PLAN_LACKING, view.parameters(operation="bol-op"))[0]
    app = page("present/vote", {"operation": "bol-op"})
    (text,) = [
        row["text"]
        for row in rows(view.published, PLAN_CRITERIA, view.parameters(criterion=""))
        if row["criterion"] == lacking["criterion"]
    ]
    assert any(text in shown for shown in texts(app))
    press(app, "open")
    asked = standing(room)
    assert asked is not None
    assert (asked.question.kind, asked.question.subject) == ("status", lacking["criterion"])
    assert asked.question.operation == "bol-op"
    reveal(room, asked.number)
    close(room, asked.number, "")
    press(app.run(), "open")
    asked = standing(room)
    assert asked is not None
    assert asked.question.subject != lacking["criterion"], "what is offered next was not asked yet"


def test_people_are_told_how_to_join(page: OpenPage, room: Path) -> None:
    app = page("present/vote")
    nothing_failed(app)
    assert said("room.nothing_yet").search(finding(app))
    assert any(code_of(room) in text for text in texts(app))
    assert app.get("image")
    before = code_of(room)
    press(app, "next")
    assert code_of(room) != before
    assert any(code_of(room) in text for text in texts(app))


@pytest.mark.thorough
def test_while_a_question_stands_neither_menus_nor_filters_take_room_from_it(page: OpenPage, room: Path) -> None:
    before = page("present/vote")
    assert bar(before)
    ask(room, SEVERITY)
    app = page("present/vote")
    nothing_failed(app)
    assert not bar(app)
    assert bar(page("heatmap")), "other pages keep theirs"


@pytest.mark.parametrize(("kind", "choices"), rest_thorough([("severity", "1234"), ("likelihood", "1234")]))
def test_a_grade_of_a_risk_is_asked(kind: str, choices: str, page: OpenPage, room: Path) -> None:
    app = page("present/vote", {"operation": "gha-op", "impact": "IMP-retail-RA06-r1"})
    app.radio(key="room_kind").set_value(kind).run()
    press(app, "open")
    now = standing(room)
    assert now is not None
    asked = now.question
    assert (asked.kind, asked.operation, asked.subject, asked.round) == (kind, "gha-op", "IMP-retail-RA06-r1", "2025")
    assert asked.choices == tuple(choices)
    assert asked.said["en"].where == "Ghana" or "Ghana" in asked.said["en"].where
    assert asked.said["en"].about
    assert {"board", "legal_privacy", "other"} <= set(asked.said["en"].groups)
    words = read_words()
    needs = {grade: tuple(words(f"rating.{part}_{grade}") for part in OF_SEVERITY) for grade in GRADES}
    assert asked.said["en"].needs == (needs if kind == "severity" else {})
    assert tells(app, "room.voted.other", n=0)


def test_a_severity_is_shown_with_what_each_grade_needs_before_it_is_asked(page: OpenPage, room: Path) -> None:
    app = page("present/vote", {"operation": "gha-op", "impact": "IMP-retail-RA06-r1"})
    needs = [read_words()(f"rating.{part}_4") for part in OF_SEVERITY]
    assert not tells(app, "rating.highest")
    app.radio(key="room_kind").set_value("severity").run()
    (card,) = [text for text in texts(app) if text.startswith(read_words()("rating.highest"))]
    assert card.endswith(" · ".join(needs))


@pytest.mark.thorough
def test_the_status_of_a_criterion_is_asked_by_country(page: OpenPage, room: Path) -> None:
    app = page("present/vote", {"operation": "gha-op", "criterion": "CRBP-01.b"})
    app.radio(key="room_kind").set_value("status").run()
    app.radio(key="room_grouped").set_value("country").run()
    press(app, "open")
    now = standing(room)
    assert now is not None
    assert now.question.choices == ("implemented", "partly", "not_implemented")
    assert {"GHA", "BOL", "other"} <= set(now.question.said["en"].groups)
    assert "GROUP" not in now.question.said["en"].groups


@pytest.mark.thorough
def test_what_to_do_first_is_asked_from_a_list(page: OpenPage, room: Path) -> None:
    app = page("present/vote")
    app.radio(key="room_kind").set_value("first").run()
    assert str(app.text_area(key="room_lines").value).count("\n") == 5, "begun with the plan"
    app.text_area(key="room_lines").set_value("alone").run()
    assert tells(app, "room.lines_wrong")
    app.text_area(key="room_lines").set_value("  Train *staff* \n\nTrain *staff*\nTalk").run()
    app.switch_page("pages/plan.py").run()
    app.switch_page("pages/present.py").run()
    app.radio(key="room_kind").set_value("first").run()
    assert str(app.text_area(key="room_lines").value).endswith("Talk"), "what was typed is kept over another page"
    press(app, "open")
    now = standing(room)
    assert now is not None
    assert now.question.said["en"].choices == {"1": "Train *staff*", "2": "Talk"}


def test_nothing_is_shown_before_it_is_revealed_and_then_all_of_it(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    for given in [*votes("1112"), *votes("444", "sales", begin=11)]:
        vote(room, 1, given)
    app = page("present/vote")
    nothing_failed(app)
    assert tells(app, "room.voted.other", n=7)
    shown = " ".join(texts(app))
    assert not any(title in shown for title in SEVERITY.said["en"].choices.values())
    press(app, "reveal")
    assert tells(app, "room.agree_split.other", n=7, choice="2 – grade 2")
    assert tells(app, "room.part", one="Board", leans="1 – grade 1", other="Sales", otherwise="4 – grade 4")
    assert {"Board", "Sales", "3"} <= set(cells(app))


def test_a_second_vote_is_shown_against_the_first_and_the_record_is_made(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    for given in votes("1112"):
        vote(room, 1, given)
    reveal(room, 1)
    app = press(page("present/vote"), "again")
    assert tells(app, "room.voted_again.other", n=0, of=4)
    for given in votes("1333", ballot=SECOND):
        vote(room, 1, given)
    press(app, "reveal")
    assert tells(app, "room.changed.other", n=3)
    assert tells(app, "room.moved", first="1 – grade 1", last="3 – grade 3")
    bars = [str(bar.proto.text) for bar in app.get("progress")]
    assert bars[0] == read_words()("room.bar_before", title="1 – grade 1", n=1, before=3)
    assert not [button.key for button in app.button if button.key == "room_again"], "there is no third vote"
    press(app, "close")
    (record,) = records(room)
    assert (record.decided, record.n_changed, len(record.ballots)) == ("3", 3, 2)
    assert tells(app, "room.finding.one")


def test_what_another_window_has_done_is_told_and_nothing_is_lost(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    reveal(room, 1)
    app = page("present/vote")
    close(room, 1, "2")
    press(app, "close")
    assert tells(app, "room.refused_over")
    assert [record.decided for record in records(room)] == ["2"]
    app = page("present/vote")
    ask(room, FIRST)
    press(app, "open")
    assert tells(app, "room.refused_asked")


def next_form(app: AppTest, number: int) -> AppTest:
    """Return the page with the form for the next question open."""
    app.session_state[f"more_room_next_{number}"] = True
    app.run()
    nothing_failed(app)
    return app


def test_the_next_question_is_asked_in_one_step_and_the_votes_on_this_one_are_kept(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    for given in votes("333"):
        vote(room, 1, given)
    app = page("present/vote")
    assert read_words()("room.next") in [one.label for one in app.expander]
    app = next_form(app, 1)
    app.radio(key="room_kind").set_value("status").run()
    press(app, "open")
    now = standing(room)
    assert now is not None
    assert (now.number, now.question.kind) == (2, "status")
    assert [(record.decided, record.last.n) for record in records(room)] == [("", 3)]
    assert tells(app, "room.kept.other", n=3, decided=read_words()("room.decided_nothing"))
    assert not tells(app.run(), "room.kept.other"), "said once"


@pytest.mark.thorough
def test_of_a_vote_that_was_shown_the_decision_is_kept_with_it(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    for given in votes("333"):
        vote(room, 1, given)
    reveal(room, 1)
    app = next_form(page("present/vote"), 1)
    app.selectbox(key="room_decided_1_1").set_value("4").run()
    press(app, "open")
    assert [record.decided for record in records(room)] == ["4"]
    assert tells(app, "room.kept.other", n=3, decided="4 – grade 4")


@pytest.mark.thorough
def test_a_question_nobody_voted_on_leaves_nothing_and_that_is_said(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    app = press(next_form(page("present/vote"), 1), "open")
    assert not records(room)
    assert tells(app, "room.kept_nothing")


def test_another_windows_question_is_not_closed_unseen(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    app = next_form(page("present/vote"), 1)
    close(room, 1, "2")
    ask(room, FIRST)
    press(app, "open")
    assert tells(app, "room.refused_asked")
    now = standing(room)
    assert now is not None
    assert now.question == FIRST


@pytest.mark.thorough
def test_what_is_kept_is_said_when_a_question_is_closed(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    for given in votes("3"):
        vote(room, 1, given)
    reveal(room, 1)
    app = press(page("present/vote"), "close")
    assert tells(app, "room.kept.one", decided="3 – grade 3")


def test_two_windows_lose_nothing_of_the_numbers_on_paper(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    one, other = page("present/vote"), page("present/vote")
    one.number_input(key="room_paper_1_1_3").set_value(4).run()
    other.number_input(key="room_paper_1_1_2").set_value(5).run()
    nothing_failed(other)
    assert tells(other, "room.on_paper", n=9)
    one.number_input(key="room_paper_1_1_2").set_value(1).run()
    nothing_failed(one)
    assert tells(one, "room.refused_meanwhile"), "this window did not know yet"
    assert one.number_input(key="room_paper_1_1_2").value == 5
    one.number_input(key="room_paper_1_1_2").set_value(6).run()
    nothing_failed(one)
    assert tells(one, "room.on_paper", n=10)


@pytest.mark.thorough
def test_a_question_is_withdrawn(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    press(page("present/vote"), "withdraw")
    assert standing(room) is None
    assert not records(room)


def test_what_is_damaged_is_told(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    (room / "room" / "000001" / "log.jsonl").write_text("nonsense\n")
    app = page("present/vote")
    nothing_failed(app)
    assert tells(app, "problem.room_unread")


def handed_in(app: AppTest) -> str:
    """Return the file imported by the last click."""
    (file,) = app.session_state["collect_files"]
    return str(file.content.decode("utf-8"))


@pytest.mark.thorough
def test_a_decision_becomes_a_rating_through_the_preview(page: OpenPage, room: Path) -> None:
    record = decided(room, "3")
    app = page("present/vote")
    nothing_failed(app)
    for name, grade in (("scale", "3"), ("scope", "2"), ("irremediability", "1"), ("likelihood", "2")):
        app.radio(key=f"room_grade_1_{name}").set_value(grade)
    app.run()
    press(app, "hand_in_1")
    assert app.session_state["part"] == "collect"
    head, row = handed_in(app).splitlines()
    found = dict(zip(head.split(","), row.split(","), strict=False))
    assert (found["operation"], found["impact"], found["round"]) == ("tcd-op", "IMP-retail-RA06-r1", "2025")
    assert [found[name] for name in ("scale", "scope", "irremediability", "likelihood")] == ["3", "2", "1", "2"]
    assert (
        read_words().count("room.basis", 5, date=record.closed_at[:10], agreement=read_words()("room.word_most")) in row
    )
    assert tells(app, "collect.would_change")
    app.switch_page("pages/collect.py").run()
    app.text_input(key="writer_role").set_value("facilitator").run()
    app.button(key="collect_publish").click().run()
    nothing_failed(app)
    assert tells(app, "collect.published", number=2)


def test_each_grade_of_the_rating_says_what_it_needs(page: OpenPage, room: Path) -> None:
    decided(room, "3")
    app, words = page("present/vote"), read_words()
    for part in OF_SEVERITY:
        grades = app.radio(key=f"room_grade_1_{part}")
        assert grades.label == words(f"rating.{part}")
        assert grades.options == [f"{grade} – {words(f'rating.{part}_{grade}')}" for grade in GRADES]
    assert app.radio(key="room_grade_1_likelihood").options[3] == f"4 – {words('grade.likelihood_4')}"


def test_grades_that_contradict_the_decision_cannot_be_imported(page: OpenPage, room: Path) -> None:
    decided(room, "3")
    app = page("present/vote")
    for name in ("scale", "scope", "irremediability", "likelihood"):
        app.radio(key=f"room_grade_1_{name}").set_value("4")
    app.run()
    assert tells(app, "room.grades_differ_severity", reached=4, decided=3)
    assert app.button(key="room_hand_in_1").disabled
    nothing_failed(app)


def test_of_a_risk_that_nobody_rated_every_grade_is_chosen(page: OpenPage, room: Path) -> None:
    decided(room, "3", subject="IMP-care-RA02-r3")
    app = page("present/vote")
    chosen = {name: app.radio(key=f"room_grade_1_{name}").value for name in (*OF_SEVERITY, "likelihood")}
    assert chosen == {"scale": "3", "scope": None, "irremediability": None, "likelihood": None}
    assert tells(app, "room.grades_missing")
    assert app.button(key="room_hand_in_1").disabled


@pytest.mark.thorough
@pytest.mark.parametrize("bar", [{}, {"country": "COL", "setting": "office", "function": "security"}])
def test_a_decision_becomes_an_answer_whatever_the_bar_keeps_and_the_former_note_stays(
    bar: dict[str, str], page: OpenPage, room: Path
) -> None:
    said_of = replace(SEVERITY.said["en"], choices={"implemented": "Implemented", "partly": "Partly"})
    ask(
        room,
        replace(SEVERITY, kind="status", subject="CRBP-01.b", choices=("implemented", "partly"), said={"en": said_of}),
    )
    reveal(room, 1)
    close(room, 1, "partly")
    app = press(page("present/vote", bar), "hand_in_1")
    text = handed_in(app)
    assert re.search(r"2025,gha-op,CRBP-01\.b,partly,self_declared,", text)
    assert said("room.basis.other", n=0).search(text)
    assert tells(app, "collect.would_change")


@pytest.mark.thorough
def test_ballots_on_paper_are_counted_apart_up_to_what_is_handed_in(page: OpenPage, room: Path) -> None:
    ask(room, replace(SEVERITY, operation="tcd-op"))
    for given in votes("333"):
        vote(room, 1, given)
    app = page("present/vote")
    nothing_failed(app.number_input(key="room_paper_1_1_3").set_value(4).run())
    assert tells(app, "room.voted.other", n=7)
    assert tells(app, "room.on_paper", n=4)
    assert app.number_input(key="room_paper_1_1_3").value == 4
    press(app, "reveal")
    bars = [str(bar.proto.text) for bar in app.get("progress")]
    assert bars[2].endswith("7 · " + read_words()("room.bar_paper", n=4))
    assert not bars[0].endswith("paper")
    press(app, "close")
    for name, grade in (("scale", "3"), ("scope", "2"), ("irremediability", "1"), ("likelihood", "2")):
        app.radio(key=f"room_grade_1_{name}").set_value(grade)
    app.run()
    press(app, "hand_in_1")
    assert said("room.basis_paper", n=4).search(handed_in(app))


@pytest.mark.thorough
def test_a_count_that_comes_after_the_reveal_is_told(page: OpenPage, room: Path) -> None:
    ask(room, SEVERITY)
    app = page("present/vote")
    reveal(room, 1)
    nothing_failed(app.number_input(key="room_paper_1_1_3").set_value(4).run())
    assert tells(app, "room.refused_over")


@pytest.mark.parametrize("question", rest_thorough(["first", "nothing"]))
def test_what_is_no_rating_stays_a_record(question: str, page: OpenPage, room: Path) -> None:
    ask(room, FIRST if question == "first" else SEVERITY)
    reveal(room, 1)
    close(room, 1, "1" if question == "first" else "")
    app = page("present/vote")
    nothing_failed(app)
    assert tells(app, "room.outcome_none")


@pytest.mark.thorough
def test_records_are_read_where_no_room_is_open_and_written_by_nobody_there(
    page: OpenPage, store: Path, open_to_all: None
) -> None:
    decided(store)
    app = page("present/vote")
    nothing_failed(app)
    assert said("room.finding.one").search(finding(app))
    assert "Chad" in " ".join(cells(app))
    assert not [button for button in app.button if str(button.key).startswith("room_")]


@pytest.mark.thorough
def test_the_question_that_was_closed_last_is_looked_at(page: OpenPage, room: Path) -> None:
    decided(room)
    app = page("present/vote")
    decided(room, "4")
    app.run()
    assert app.selectbox(key="room_record_2").value == 2
    app.selectbox(key="room_record_2").set_value(1).run()
    nothing_failed(app)
    assert app.radio(key="room_grade_1_scale")


def test_marks_in_a_question_are_text(page: OpenPage, room: Path) -> None:
    odd = replace(SEVERITY.said["en"], about="![x](https://elsewhere.example/x.png) *b*", where="[w](http://x)")
    ask(room, replace(SEVERITY, said={"en": odd}))
    app = page("present/vote")
    nothing_failed(app)
    assert not any(re.search(r"(?<!\\)!\[x|(?<!\\)\[w\]", text) for text in texts(app))
