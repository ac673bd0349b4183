"""Pins that nobody works out a hidden operation by subtracting what they know: not with a role, nor with any tokens.

A person makes tokens for less than they see themselves. Whatever they or the programs read, what is left after
subtracting everything from everything holds the answers of no operation, or of at least three.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dashboard.exports.figures_file import FiguresTable
from dashboard.model.masking import REST, sight_of
from dashboard.model.pages import PAGES
from dashboard.model.permissions import Grant, Person, Role, Scope, WantedToken
from dashboard.model.problem import Problem
from dashboard.store.mask import FEWEST, countries_of, restrict
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.store.tokens import holder, make
from dashboard.tasks.figure_tables import WITH_FIGURES, figures_of
from tests.conftest import TINY, TODAY, WRITER, rest_thorough, some_of

COUNTRIES = {f"{letter}-op": f"{letter.upper() * 3}" for letter in "abcdefgh"} | {"a2-op": "AAA"}
ROUNDS, CRITERIA = ("R1", "R2"), ("T1.a", "T1.b")
STATUSES = ("yes", "mostly", "somewhat", "no", "na", "dont_know")
TABLES = [(page, table) for page in WITH_FIGURES for table in PAGES[page].tables]
Answers = Mapping[tuple[str, str, str], str]
"""The status by round, operation and criterion; without an answer, no entry."""


@dataclass(frozen=True)
class Drawn:
    """A person, the programs that read with their tokens, and which operations whoever has all of these never sees."""

    person: Person
    programs: tuple[Person, ...]
    hidden: frozenset[str]


def drawn(random: Random, folder: Path) -> Drawn:
    """Draw somebody who sees at least two operations, or all of them, and up to three of their tokens."""
    whole = random.random() < 0.3
    seen = list(COUNTRIES) if whole else random.sample(sorted(COUNTRIES), random.randint(2, len(COUNTRIES) - 1))
    scopes = [Scope()] if whole else [Scope("operation", code) for code in seen]
    person = Person("idp|drawn", "", tuple(Grant(Role.REVIEWER, scope) for scope in scopes))
    passed_on = [random.sample(seen, random.randint(1, len(seen) - 1)) for _ in range(random.randint(1, 3))]
    programs = programs_of(folder, person, passed_on)
    known = {code for codes in passed_on for code in codes} if whole else set(seen)
    return Drawn(person, programs if whole else (person, *programs), frozenset(COUNTRIES) - known)


def programs_of(
    folder: Path, maker: Person, places: Iterable[Iterable[str]], countries: Mapping[str, str] = COUNTRIES
) -> tuple[Person, ...]:
    """Make a token for each group of operations, and return who asks with them, once all are made."""
    wanted = [
        WantedToken("report", tuple(Grant(Role.VIEWER, Scope("operation", one)) for one in codes)) for codes in places
    ]
    made = [make(folder, one, maker, countries, 1.0) for one in wanted]
    assert not [problems for _, problems in made if problems]
    found = [holder(folder, text, 2.0) for text, _ in made]
    return tuple(one for one in found if one is not None)


def answers(random: Random) -> Answers:
    """Draw answers, some of them missing, so that few operations have answered some criteria.

    In a third of the worlds everybody answers in both rounds, since otherwise no change of a sum is shown.
    """
    places = [(round_, code, criterion) for round_ in ROUNDS for code in COUNTRIES for criterion in CRITERIA]
    share = random.choice((0.5, 0.8, 1))
    statuses = [status for status in STATUSES if share < 1 or valued(status)]
    return {place: random.choice(statuses) for place in places if random.random() < share}


def valued(status: str) -> bool:
    return status not in ("na", "dont_know")


def published_at(folder: Path, held: Answers) -> Published:
    folder.mkdir()
    _write(folder, "countries", [{"country": code, "title": f"{code}-land", "region": "North"} for code in _codes()])
    operations = [
        {"operation": code, "country": country, "title": f"Toys of {code}", "kind": "operation", "services": "",
         "frameworks": "toy", "first_round": "", "synthetic": "true"}
        for code, country in COUNTRIES.items()
    ]  # fmt: skip
    _write(folder, "operations", operations)
    (folder / "rounds.csv").write_text((TINY / "rounds.csv").read_text("utf-8"), "utf-8")
    rows = [
        {"round": round_, "operation": code, "criterion": criterion, "status": status, "evidence": "seen", "note": "",
         "answered_by_role": "Shop manager", "answered_on": "2024-02-01", "na_reason": "none" if status == "na" else ""}
        for (round_, code, criterion), status in held.items()
    ]  # fmt: skip
    _write(folder, "answers", rows)
    outcome = publish(Load(folder / "store", [TINY / "frameworks", folder], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    found = Reader(folder / "store").current()
    assert found is not None
    return found


def _codes() -> list[str]:
    return sorted(set(COUNTRIES.values()))


def _write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def copy_for(whole: Published, reader: Person, path: Path) -> Published:
    sight = sight_of(reader, COUNTRIES, True)
    return whole if sight.is_whole else restrict(whole, sight, "Rest of the group", path)


def everything(copy: Published, own: str) -> dict[tuple[str, str, str], list[dict[str, object]]]:
    """All rows of all tables for other tools, in both rounds."""
    needs = {
        "framework": "toy", "operation": own, "subject": f"{own},{REST}", "criterion": "T1.a", "against": "toy",
        "focus": "T1", "earlier": "R1",
    }  # fmt: skip
    found = {}
    for page, table in TABLES:
        for round_ in ROUNDS:
            answer = figures_of(copy, page, table, {**needs, "round": round_}, TODAY)
            found[page, table, round_] = rows_of(answer)
    return found


def rows_of(answer: FiguresTable | Problem) -> list[dict[str, Any]]:
    assert isinstance(answer, FiguresTable)
    return [row for batch in answer.rows.to_batches(10_000) for row in batch.to_pylist()]


def few(held: Answers, hidden: frozenset[str], criterion: str) -> bool:
    """Whether fewer than three hidden operations answered a criterion, in each round."""
    return all(sum((round_, code, criterion) in held for code in hidden) < FEWEST for round_ in ROUNDS)


@pytest.mark.share
# The first is a world in which some of those who were asked have not answered, and a sum would give one away.
@pytest.mark.parametrize("seed", rest_thorough(some_of((*range(8, 24), *range(8)))))
def test_no_table_depends_on_what_fewer_than_three_hidden_operations_answered(seed: int, tmp_path: Path) -> None:
    """Whatever can be subtracted from what: the same bytes whether a hidden operation answered one thing or another."""
    random = Random(seed)
    for attempt in count():  # Until there is a hidden answer that something could depend on.
        held, who = answers(random), drawn(random, tmp_path / f"draw-{attempt}")
        others = {
            place: random.choice([status for status in STATUSES if status != held[place]])
            if place[1] in who.hidden and few(held, who.hidden, place[2])
            else status
            for place, status in held.items()
        }
        if others != held:
            break
    one, other = published_at(tmp_path / "one", held), published_at(tmp_path / "other", others)
    for n, reader in enumerate(who.programs):
        own = sorted(sight_of(reader, COUNTRIES, True).operations or COUNTRIES)[0]
        seen = [
            everything(copy_for(whole, reader, tmp_path / f"{n}-{name}"), own)
            for name, whole in (("one", one), ("other", other))
        ]
        for asked in seen[0]:
            assert seen[0][asked] == seen[1][asked], asked


@pytest.mark.share
@pytest.mark.parametrize("seed", rest_thorough(some_of(range(1, 49), least=8), now=2))
def test_what_is_left_of_a_sum_holds_no_operation_or_at_least_three(seed: int, tmp_path: Path) -> None:
    random = Random(100 + seed)
    for attempt in count():  # Until a sum may be shown, of the round or, in every other world, of change as well.
        held, who = answers(random), drawn(random, tmp_path / f"draw-{attempt}")
        all_answered = len(held) == len(ROUNDS) * len(COUNTRIES) * len(CRITERIA)
        if len(who.hidden) >= FEWEST and all_answered == bool(seed % 2):
            break
    whole = published_at(tmp_path / "one", held)
    shown = set[str]()
    for n, reader in enumerate(who.programs):
        copy, seen = (
            copy_for(whole, reader, tmp_path / str(n)),
            sight_of(reader, COUNTRIES, True).operations or frozenset[str](),
        )
        unseen = frozenset(COUNTRIES) - seen
        for round_, criterion, counted in rest_of(copy, "score", "n_asked - n_unanswered"):
            shown.add("round")
            assert counted == sum((round_, code, criterion) in held for code in unseen)
            left = counted - sum((round_, code, criterion) in held for code in unseen - who.hidden)
            assert left >= FEWEST, (round_, criterion)
        for _, criterion, counted in rest_of(copy, "score_change", "n_matched"):
            shown.add("change")
            in_round = [{code for code in unseen if valued(held.get((at, code, criterion), "na"))} for at in ROUNDS]
            assert in_round[0] == in_round[1], "whoever answered once only would be left"
            assert counted == len(in_round[0])
            assert len(in_round[0] & who.hidden) >= FEWEST
    if seed % 2:
        assert shown == {"round", "change"}


def rest_of(copy: Published, table: str, counted: str) -> list[tuple[str, str, int]]:
    with copy.cursor() as cursor:
        query = f"SELECT round, criterion, {counted} FROM {table} WHERE country = $rest"  # noqa: S608
        return [row for row in cursor.execute(query, {"rest": REST}).fetchall() if row[2]]


def test_a_token_for_one_of_nine_operations_does_not_give_away_the_tenth(published: Published, tmp_path: Path) -> None:
    """Somebody sees all operations but one, makes a token for one of them, and subtracts what they see by name."""
    countries = countries_of(published)
    pooled = sorted(code for code in countries if code.endswith("-op"))

    def rest(seen: list[str]) -> list[int]:
        maker = Person("idp|1", "", tuple(Grant(Role.VIEWER, Scope("operation", code)) for code in seen))
        (program,) = programs_of(tmp_path, maker, [seen[:1]], countries)
        copy = restrict(published, sight_of(program, countries, True), "Rest", tmp_path / f"{len(seen)}.duckdb")
        answer = figures_of(copy, "heatmap", "heatmap", {"framework": "crbp"}, TODAY)
        return [row["n_asked"] for row in rows_of(answer) if row["country"] == REST]

    assert rest(pooled[:-FEWEST])
    for few_left in range(1, FEWEST):
        assert not rest(pooled[:-few_left])
