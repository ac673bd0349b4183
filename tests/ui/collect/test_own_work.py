"""Does somebody who is signed in see what they owe, all of it and nothing else, and do they land there?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.permissions import Grant, Person, Role, Scope
from dashboard.queries import ask
from dashboard.queries.collect_answering import OWN_WORK
from dashboard.store.locking import Writer
from dashboard.store.publishing.edits import close_round
from dashboard.store.reader import Reader
from dashboard.ui import identity
from dashboard.ui.collect.own_work import own_work
from dashboard.ui.collect.review_drafts import CHECKING, steps_of
from dashboard.ui.view import View
from tests.conftest import ROOT, TODAY, MakeView
from tests.ui.collect.assessing import another_answers
from tests.ui.collect.test_answering import LEFT
from tests.ui.conftest import ENOUGH, OpenPage, cells, choices, nothing_failed, tells

CHAD, GHANA = Scope("operation", "tcd-op"), Scope("country", "GHA")
CONTRIBUTOR = Person("idp|1", "Ama", (Grant(Role.CONTRIBUTOR, CHAD), Grant(Role.VIEWER)))
REVIEWER = Person("idp|2", "Kofi", (Grant(Role.REVIEWER, GHANA), Grant(Role.VIEWER)))
STEWARD = Person("idp|3", "Esi", (Grant(Role.STEWARD),))
COUNTED = """
    SELECT round, o.operation, f.framework, count(*) FILTER (WHERE s.counts_as = 'unanswered') AS n_left,
        count(*) FILTER (WHERE x.mark = 'asked_back') AS n_back
    FROM answer AS a JOIN round USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN scale AS s USING (status_no) JOIN criterion AS k USING (criterion_no)
    JOIN framework AS f ON f.framework_no = k.framework_no
    LEFT JOIN reviewed AS x USING (round_no, operation_no, criterion_no)
    WHERE NOT closed GROUP BY ALL
"""


def test_what_is_owed_agrees_with_counting_every_answer_whatever_the_filters(view_of: MakeView) -> None:
    view = view_of(country=("GHA",), principle=("CRBP-03",), framework="cop-2020")
    with view.published.cursor() as cursor:
        counted = {tuple(row[:3]): tuple(row[3:]) for row in cursor.execute(COUNTED).fetchall()}
    for round_ in ("", "2024"):
        found = ask.rows(view.published, OWN_WORK, view.unfiltered(round=round_))
        asked = {(row["round"], row["operation"], row["framework"]): (row["n_left"], row["n_back"]) for row in found}
        assert asked == {key: numbers for key, numbers in counted.items() if round_ in ("", key[0])}
    assert len({key[0] for key in counted}) == 3
    work = own_work(view, CONTRIBUTOR, ())
    mine = [numbers for (_, operation, _), numbers in counted.items() if operation == "tcd-op"]
    assert (work.n_left, work.n_back) == tuple(map(sum, zip(*mine, strict=True)))
    assert work.n_left > 0
    assert {row["operation"] for row in work.actions} == {"tcd-op"}
    assert not work.waiting


@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_what_awaits_review_is_what_the_view_of_reviews_lists(view_of: MakeView, framework: str) -> None:
    view = view_of(framework=framework)
    waiting = [(row, n) for row, n in own_work(view, REVIEWER, ()).waiting if row["framework"] == framework]
    assert [row["round"] for row, _ in waiting] == ["2025", "2024"], "both are overdue: the latest first"
    found = next(n for row, n in waiting if row["round"] == view.state.round)
    listed = ask.rows(view.published, CHECKING, view.parameters(operation="gha-op"))
    assert found == listed[0]["all_n"]
    assert not own_work(view, REVIEWER, ()).answering


def test_nobody_is_asked_to_review_what_they_answered(own: Path, view_of: MakeView) -> None:
    both = replace(REVIEWER, grants=(Grant(Role.CONTRIBUTOR, CHAD), Grant(Role.REVIEWER, CHAD)))
    before = _waiting(own, both, view_of())
    given = Writer("contributor", "", person=both)
    another_answers(own, LEFT, given, status="implemented", evidence="self_declared")
    assert _waiting(own, both, view_of()) == before
    other = replace(both, subject="idp|4")
    assert _waiting(own, other, view_of()) == before + 1


@pytest.mark.thorough
def test_a_closed_round_asks_for_nothing_more(own: Path, view_of: MakeView) -> None:
    assert close_round(own, "2024", Writer("steward", "over"), TODAY).revision is not None
    published = Reader(own).current()
    assert published is not None
    work = own_work(replace(view_of(), published=published), CONTRIBUTOR, ())
    assert {row["round"] for row in work.answering} == {"2023", "2025"}


def _waiting(store: Path, person: Person, view: View) -> int:
    published = Reader(store).current()
    assert published is not None
    return own_work(replace(view, published=published), person, steps_of(person.subject)).n_waiting


def entered(person: Person | None, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """Open the address without a page, as a visitor who names none."""
    monkeypatch.setattr(identity, "person", lambda: person)
    app = AppTest.from_file(ROOT / "app.py", default_timeout=ENOUGH)
    app.query_params.update(query)
    app.run()
    nothing_failed(app)
    return app


@pytest.mark.parametrize("person", [CONTRIBUTOR, REVIEWER], ids=["contributor", "reviewer"])
def test_those_who_answer_and_review_land_on_their_own_work(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    app = entered(person, monkeypatch)
    assert app.query_params["part"] in ("own", ["own"])
    key = "own.to_answer" if person is CONTRIBUTOR else "own.to_review"
    assert tells(app, key)
    operation = "Chad" if person is CONTRIBUTOR else "Ghana"
    named = {country for country in ("Bolivia", "Chad", "Ghana", "Senegal") if country in " ".join(cells(app))}
    assert named == {operation}


@pytest.mark.thorough
@pytest.mark.parametrize("person", [STEWARD, None], ids=["steward", "nobody"])
def test_all_others_land_on_the_first_page_and_have_no_such_view(
    person: Person | None, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = entered(person, monkeypatch)
    assert "part" not in app.query_params
    app = page("collect/own")
    nothing_failed(app)
    assert not tells(app, "own.nothing")
    assert "own" not in choices(app, "part")
    assert tells(app, "collect.stand.other")


def test_an_address_that_asks_for_something_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app = entered(CONTRIBUTOR, monkeypatch, round="2024")
    assert "part" not in app.query_params


def test_what_is_due_next_comes_before_what_should_have_been_done(view_of: MakeView) -> None:
    view = replace(view_of(), today=date(2024, 1, 1))
    rounds = dict.fromkeys(row["round"] for row in own_work(view, CONTRIBUTOR, ()).answering)
    assert [*rounds] == ["2024", "2025", "2023"]
