"""What becomes of answers, figures and links when operations end, join or get another code, or a criterion ends?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.loading.mapping.sheet_files import goes_as_it_is
from dashboard.model.known_codes import Known
from dashboard.model.permissions import Grant, Person, Role, Scope, present_person
from dashboard.model.problem import Weight, sentence
from dashboard.model.view_state import ViewState, from_query
from dashboard.model.words import Words
from dashboard.model.workbook import Book
from dashboard.store.locking import Outcome, Writer
from dashboard.store.published_codes import known_codes, names_of
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.tasks.workbook_file import WantedFile, write_wanted
from tests.books import handed_out
from tests.store.test_versions import Put, asked, framework, put

__all__ = ["framework", "put"]

Publish = Callable[..., Outcome]
OPERATIONS = "operation,country,title,kind,services,frameworks,first_round,last_round,formerly\n"
ANSWERS = "round,operation,criterion,status\n"
THIRD = "round,title,starts_on,ends_on,frameworks\nR3,Third round,2026-01-01,2026-03-31,toy\n"
ASKED_OF = """
    SELECT DISTINCT round, operation FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
    ORDER BY ALL
"""
IN_FIGURES = "SELECT DISTINCT round, country FROM score ORDER BY ALL"
SAID = """
    SELECT round, criterion, status FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
    JOIN criterion USING (criterion_no) JOIN scale USING (status_no)
    WHERE operation = '{}' AND counts_as <> 'unanswered' ORDER BY ALL
"""


@pytest.fixture
def hand_in(store: Path, tmp_path: Path, writer: Writer, today: date) -> Publish:
    """Publishes files, given as `name="text"`."""

    def published(**files: str) -> Outcome:
        paths = []
        for name, text in files.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(text, "utf-8")
        return publish(Load(store, paths, writer, today))

    return published


def kinds(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [(one.kind, one.value) for one in outcome.problems if one.kind != "operations_missing"]


def of(round_: str, found: list[tuple[Any, ...]]) -> set[str]:
    return {code for at, code in found if at == round_}


def test_an_operation_that_has_ended_is_asked_up_to_its_last_round(store: Path, hand_in: Publish) -> None:
    before = asked(store, SAID.format("b-op"))
    told = hand_in(rounds=THIRD, operations=f"{OPERATIONS}b-op,BBB,Toys of Beland,operation,shop,toy,,R2,\n")
    assert kinds(told) == [("operation_ends", "b-op → R2")]
    found = asked(store, ASKED_OF)
    assert (of("R1", found), of("R2", found)) == ({"a-op", "a2-op", "toy-hq"}, {"a-op", "a2-op", "b-op", "toy-hq"})
    assert of("R3", found) == {"a-op", "a2-op", "toy-hq"}
    assert asked(store, SAID.format("b-op")) == before
    # Its country has nobody else: it leaves the figures of the group, and stays in those of before.
    assert (of("R2", asked(store, IN_FIGURES)), of("R3", asked(store, IN_FIGURES))) == (
        {"AAA", "BBB", "GROUP"}, {"AAA", "GROUP"},
    )  # fmt: skip


def test_an_end_can_be_taken_back_and_an_older_file_does_not(store: Path, hand_in: Publish) -> None:
    row = "a2-op,AAA,More toys of Aland,operation,,toy,,{},\n"
    hand_in(operations=OPERATIONS + row.format("R1"))
    assert "a2-op" not in of("R2", asked(store, ASKED_OF))
    older = "operation,country,title,kind,services\na2-op,AAA,More toys of Aland,operation,\n"
    hand_in(operations=older)
    assert asked(store, "SELECT last_round FROM operation WHERE operation = 'a2-op'") == [("R1",)]
    hand_in(operations=OPERATIONS + row.format("-"))
    assert "a2-op" in of("R2", asked(store, ASKED_OF))


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        ("b-op,BBB,Toys of Beland,operation,shop,toy,,R1,", "ends_before_it_joins", "Expected: R2 or a later round."),
        ("a-op,AAA,Toys of Aland,operation,shop,toy,,R1,", "ends_before_answer", "Expected: R2 or a later round."),
        ("a2-op,AAA,More toys,operation,,toy,,R9,", "unknown_round", "“R9” is not a round."),
    ],
)
def test_an_end_that_would_lose_something_is_refused(
    store: Path, hand_in: Publish, words: Words, row: str, kind: str, said: str
) -> None:
    before = asked(store, ASKED_OF)
    told = [one for one in hand_in(operations=f"{OPERATIONS}{row}\n").problems if one.kind == kind]
    assert [one.weight for one in told] == [Weight.ROW]
    assert said in sentence(told[0], words)
    assert asked(store, ASKED_OF) == before


def test_nothing_is_taken_of_an_operation_after_its_end(store: Path, hand_in: Publish) -> None:
    hand_in(rounds=THIRD, operations=f"{OPERATIONS}b-op,BBB,Toys of Beland,operation,shop,toy,,R2,\n")
    assert kinds(hand_in(answers=f"{ANSWERS}R3,b-op,T1.a,yes\nR3,a-op,T1.a,yes\n")) == [("not_asked", "T1.a")]
    head = "round,operation,impact,found,scale,scope,irremediability,likelihood,basis\n"
    told = hand_in(ratings=f"{head}R3,b-op,TOY-I1,none,,,,,Looked\nR3,a-op,TOY-I1,none,,,,,Looked\n")
    assert kinds(told) == [("operation_ended", "R3")]


def test_a_row_that_is_missing_is_told_and_what_it_is_about_stays(store: Path, hand_in: Publish, words: Words) -> None:
    rows = "a-op,AAA,Toys of Aland,operation,shop,toy,,,\na2-op,AAA,More toys of Aland,operation,,toy,,,\n"
    told = hand_in(operations=OPERATIONS + rows).problems
    assert [sentence(one, words) for one in told] == [
        "operations.csv: Operations that are not in this file stay: b-op. "
        "To end one, write its last round in `last_round`."
    ]
    assert asked(store, "SELECT count(*) FROM operation") == [(4,)]
    # A file that brings a row or two is no list of all.
    assert hand_in(operations=f"{OPERATIONS}c-op,AAA,Third toys,operation,shop,toy,,,\n").problems == ()


def test_a_new_operation_begins_in_the_first_open_round(
    store: Path, hand_in: Publish, writer: Writer, today: date
) -> None:
    assert close_round(store, "R1", writer, today, accept=True).revision is not None
    new = "c-op,BBB,Third toys,operation,shop,toy,,,\n"
    hand_in(operations=OPERATIONS + new)
    assert asked(store, "SELECT first_round FROM operation WHERE operation = 'c-op'") == [("R2",)]
    # The same row again says nothing about the round, and changes nothing.
    hand_in(operations=OPERATIONS + new)
    found = asked(store, ASKED_OF)
    assert ("c-op" in of("R1", found), "c-op" in of("R2", found)) == (False, True)
    assert close_round(store, "R2", writer, today, accept=True).revision is not None
    assert kinds(hand_in(operations=f"{OPERATIONS}d-op,BBB,Fourth toys,operation,shop,toy,,,\n")) == [
        ("no_open_round", None)
    ]
    assert kinds(hand_in(rounds=THIRD, operations=f"{OPERATIONS}d-op,BBB,Fourth toys,operation,shop,toy,,,\n")) == []


RECODED = f"{OPERATIONS}beland-toys,BBB,Toys of Beland,operation,shop,toy,,,b-op\n"


def test_what_was_said_under_a_former_code_follows(store: Path, hand_in: Publish, words: Words) -> None:
    plan = "action,operation,text,owner_role,due_on,criterion\nblunt,b-op,Blunt it,Shop manager,2026-05-01,T1.a\n"
    targets = "framework,kind,area,operation,percent,round,due_on\ntoy,respect,T1,b-op,60,R2,\n"
    people = "subject,role,scope\nid.example.org|1,contributor,operation:b-op\n"
    assert kinds(hand_in(actions=plan, targets=targets, people=people)) == []
    before = asked(store, SAID.format("b-op"))
    told = hand_in(operations=RECODED)
    assert kinds(told) == [("recoded", "b-op → beland-toys")]
    assert before
    assert asked(store, SAID.format("beland-toys")) == before
    assert asked(store, "SELECT operation FROM action JOIN operation USING (operation_no)") == [("beland-toys",)]
    assert asked(store, "SELECT operation FROM figure_target AS t JOIN operation USING (operation_no)") == [
        ("beland-toys",)
    ]
    assert asked(store, "SELECT scope FROM person_grant") == [("operation:beland-toys",)]
    # A file with the former code is read as one with the present one, once with a note.
    again = hand_in(answers=f"{ANSWERS}R2,b-op,T2.a,yes\nR2,b-op,T1.b,no\n")
    assert [sentence(one, words) for one in again.problems] == [
        "answers.csv, row 2, operation: The former id was read as the current one (“b-op → beland-toys”)."
    ]
    assert {row[1] for row in asked(store, SAID.format("beland-toys"))} == {"T1.a", "T1.b", "T2.a"}


def test_a_workbook_that_was_handed_out_under_the_former_code_comes_in(
    store: Path, hand_in: Publish, tmp_path: Path, writer: Writer, today: date
) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(handed_out(store, "b-op"))
    hand_in(operations=RECODED)
    before = asked(store, SAID.format("beland-toys"))
    outcome = publish(Load(store, [book], writer, today))
    assert outcome.revision is not None
    assert [one.kind for one in outcome.problems if one.serious] == []
    assert asked(store, SAID.format("beland-toys")) == before


def test_our_own_format_may_hold_a_former_code(store: Path, hand_in: Publish, tmp_path: Path) -> None:
    """A file that names it is a table as it is, and no sheet in another format."""
    file = tmp_path / "answers.csv"
    file.write_text(f"{ANSWERS}R2,b-op,T2.a,yes\n", "utf-8")
    hand_in(operations=RECODED)
    names = names_of(Reader(store).current())
    assert goes_as_it_is(file, names)
    file.write_text(f"{ANSWERS}R2,Toys of Beland,T2.a,yes\n", "utf-8")
    assert not goes_as_it_is(file, names)


def test_a_country_with_another_code_keeps_its_operations_its_name_and_its_links(store: Path, hand_in: Publish) -> None:
    figures = asked(store, "SELECT round, criterion, points FROM score WHERE country = 'BBB' ORDER BY ALL")
    told = hand_in(
        countries="country,title,region,formerly\nBEL,Beland,South,BBB\n",
        operations="operation,country,title,kind\nb-op,BBB,Toys of Beland,operation\n",
    )
    assert ("recoded", "BBB → BEL") in kinds(told)
    again = asked(store, "SELECT round, criterion, points FROM score WHERE country = 'BEL' ORDER BY ALL")
    assert [row[:2] for row in again if row[1] != "T2.a"] == [row[:2] for row in figures if row[1] != "T2.a"]
    published = Reader(store).current()
    assert published is not None
    known = known_codes(published)
    state, problems = from_query({"framework": "toy", "country": "BBB", "of_country": "BBB"}, known)
    assert (state.country, state.of_country, problems) == (("BEL",), "BEL", ())
    assert "BBB" in names_of(published).called["country"]["BEL"]


def test_the_workbook_of_a_former_code_is_that_of_the_present_one(
    store: Path, hand_in: Publish, tmp_path: Path
) -> None:
    hand_in(operations=RECODED)
    made = write_wanted(store, WantedFile("b-op", "R2"), tmp_path / "book.xlsx")
    assert (made.problems, isinstance(made.content, Book) and made.content.about["operation"]) == ((), "beland-toys")
    (unknown,) = write_wanted(store, WantedFile("c-op", "R2"), tmp_path / "none.xlsx").problems
    assert (unknown.kind, unknown.hint) == ("unknown_operation", "a-op")
    assert unknown.expected is not None
    assert "b-op" not in unknown.expected.split(", "), "a former code is not offered"


def test_links_and_roles_with_a_former_code_lead_to_the_present_one(store: Path, hand_in: Publish) -> None:
    hand_in(operations=RECODED)
    hand_in(operations=RECODED.replace("beland-toys", "toys-of-b").replace(",b-op\n", ",beland-toys\n"))
    published = Reader(store).current()
    assert published is not None
    known = known_codes(published)
    for former in ("b-op", "beland-toys"):
        state, problems = from_query({"framework": "toy", "operation": former, "subject": f"{former}@R2"}, known)
        assert (state.operation, problems) == ("toys-of-b", ())
        grant = Grant(Role.CONTRIBUTOR, Scope("operation", former))
        held = present_person(Person("x", "X", (grant,), tokens=(grant,)), known.present)
        assert {one.scope.code for one in (*held.grants, *held.tokens)} == {"toys-of-b"}
    assert ViewState() == from_query({}, Known())[0]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("a-op,AAA,Toys of Aland,operation,shop,toy,,,b-op\n", "former_in_use"),
        ("x-op,BBB,X,operation,shop,toy,,,x-op\n", "former_in_use"),
        ("x-op,BBB,X,operation,shop,toy,,,b-op\ny-op,BBB,Y,operation,shop,toy,,,b-op\n", "former_twice"),
        ("x-op,BBB,X,operation,shop,toy,,,b-op\nb-op,BBB,Toys of Beland,operation,shop,toy,,,x-op\n", "former_in_use"),
    ],
)
def test_a_claim_that_leads_to_two_things_or_in_a_circle_is_refused(
    store: Path, hand_in: Publish, rows: str, kind: str
) -> None:
    before = asked(store, SAID.format("b-op"))
    told = hand_in(operations=OPERATIONS + rows)
    assert kind in [one for one, _ in kinds(told)]
    assert before
    assert asked(store, SAID.format("b-op")) == before


def test_a_code_is_never_used_again(store: Path, hand_in: Publish) -> None:
    hand_in(operations=RECODED)
    told = hand_in(operations=f"{OPERATIONS}b-op,AAA,Quite another,operation,shop,toy,,,\n")
    assert kinds(told) == [("code_had_before", "b-op")]
    back = hand_in(operations=f"{OPERATIONS}b-op,BBB,Toys of Beland,operation,shop,toy,,,beland-toys\n")
    assert ("code_had_before", "b-op") in kinds(back)
    assert asked(store, "SELECT count(*) FROM operation") == [(4,)]


ENDED = ("criterion: T1.b\n", 'criterion: T1.b\n        until: "1.0"\n')


def test_a_criterion_that_ends_keeps_its_answers_and_is_asked_no_more(
    store: Path, put: Put, hand_in: Publish, writer: Writer, today: date
) -> None:
    assert close_round(store, "R1", writer, today, accept=True).revision is not None
    before = asked(store, SAID.format("a-op"))
    hand_in(rounds=THIRD)
    assert kinds(put("1.1", ENDED)) == []
    assert asked(store, SAID.format("a-op")) == before
    rounds = "SELECT DISTINCT round FROM answer JOIN round USING (round_no) JOIN criterion USING (criterion_no) "
    # A closed round that asked it, and an open one in which it has been answered, stay as they are.
    assert asked(store, f"{rounds} WHERE criterion = 'T1.b' ORDER BY ALL") == [("R1",), ("R2",)]
    (told,) = hand_in(answers=f"{ANSWERS}R3,a-op,T1.b,yes\n").problems
    assert (told.kind, told.value, told.expected) == ("not_asked", "T1.b", "until 1.0")


def test_a_round_of_an_earlier_version_still_asks_what_a_later_one_has_dropped(
    store: Path, put: Put, hand_in: Publish
) -> None:
    hand_in(rounds=THIRD.replace("frameworks\n", "frameworks,versions\n").replace(",toy\n", ",toy,toy=1.0\n"))
    put("1.1", ENDED)
    assert kinds(hand_in(answers=f"{ANSWERS}R3,a-op,T1.b,yes\n")) == []
