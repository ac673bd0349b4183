"""Are a scenario's answers those that its assumptions name, and its sums those of scoring all answers again?"""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dashboard.figures.imagined import cube_of
from dashboard.model.plan import Assumption, Scenario
from dashboard.model.words import Words
from dashboard.store.reader import Published, Reader
from dashboard.ui.versions.page_version import changed_answers, with_scenario
from tests.conftest import MakeView, most
from tests.queries.test_imagine import sums
from tests.store.scored_anew import score_anew

Said = dict[tuple[str, str], str]
"""What answers become, by operation and criterion."""
ANSWERS = """
SELECT operation, country, criterion, areas, k.framework, s.status, s.counts_as, s.value FROM answer
JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN country USING (country_no)
JOIN criterion_card AS k USING (criterion_no) JOIN scale AS s USING (status_no) WHERE round = $round
"""
SCALES = "SELECT framework, status, status_no, value FROM scale JOIN framework USING (framework_no)"
ACTIONS = """
SELECT operation, criterion, status, expected_status, CAST(due_on AS VARCHAR)
FROM action JOIN operation USING (operation_no) WHERE criterion IS NOT NULL
"""


def slowly(published: Published, scenario: Scenario) -> Said:
    """The answers that would change, calculated assumption by assumption and answer by answer."""
    cursor = published.cursor()
    answers = cursor.execute(ANSWERS, {"round": scenario.round}).fetchall()
    scales = {row[:2]: row[2:] for row in cursor.execute(SCALES).fetchall()}
    actions = cursor.execute(ACTIONS).fetchall()
    then: Said = {}
    for one in scenario.assumptions:
        for operation, country, criterion, areas, framework, _, counts_as, value in answers:
            if one.where not in ("all", country, operation):
                continue
            if one.what == "planned":
                planned = [
                    (-worth, number, expected)
                    for who, what, state, expected, due in actions
                    if (who, what) == (operation, criterion) and state in ("open", "in_progress") and due <= one.becomes
                    for number, worth in [scales.get((framework, expected), (0, None))]
                    if worth is not None and worth > (-1 if value is None else value)
                ]
                if planned:
                    then[operation, criterion] = min(planned)[2]
            elif (framework, one.becomes) in scales and (
                (one.what == criterion and one.where == operation)
                or (one.what in (criterion, *areas) and counts_as != "not_applicable")
            ):
                then[operation, criterion] = one.becomes
    was = {(operation, criterion): status for operation, _, criterion, _, _, status, _, _ in answers}
    return {of: status for of, status in then.items() if status != was[of]}


def drawn(published: Published, seed: int) -> Scenario:
    """None to eight assumptions of every kind, on the answers of any round; the head office is drawn often."""
    draw, cursor = Random(seed), published.cursor()

    def codes(query: str) -> list[str]:
        return [code for (code,) in cursor.sql(query).fetchall()]

    wheres: Sequence[Sequence[str]] = (
        ["all"],
        codes("SELECT country FROM country ORDER BY ALL"),
        codes("SELECT operation FROM operation ORDER BY ALL"),
        codes("SELECT operation FROM operation WHERE kind <> 'operation' ORDER BY ALL"),
    )
    whats = [codes("SELECT criterion FROM criterion ORDER BY ALL"), codes("SELECT area FROM area ORDER BY ALL")]
    words = codes("SELECT DISTINCT status FROM scale WHERE counts_as <> 'unanswered' ORDER BY ALL")
    rounds = codes("SELECT round FROM round ORDER BY ALL")

    def assumption() -> Assumption:
        where = draw.choice(draw.choice(wheres))
        if draw.random() < 0.2:
            return Assumption(where, "planned", draw.choice(("2024-06-30", "2025-12-31", "2030-01-01")))
        return Assumption(where, draw.choice(draw.choice(whats)), draw.choice(words))

    return Scenario("Drawn", draw.choice(rounds), tuple(assumption() for _ in range(seed % 9)))


def check(published: Published, scenario: Scenario, words: Words) -> int:
    """Assert that both ways agree; returns how many answers the scenario changes."""
    changed: list[dict[str, Any]] = changed_answers(published, scenario).to_pylist() if scenario.assumptions else []
    right = slowly(published, scenario)
    assert {(row["operation"], row["criterion"]): row["status"] for row in changed} == right
    assert len(changed) == len(right)
    imagined = with_scenario(published, scenario, words) if changed else published
    if changed:
        assert sums(cube_of(imagined)) != sums(cube_of(published))
        lent = imagined.cursor()
        assert sums(score_anew(lent.__enter__())) == sums(cube_of(imagined))
    return len(changed)


def test_a_scenario_of_a_group_with_several_operations_a_country(store: Path, words: Words) -> None:
    published = Reader(store).current()
    assert published is not None
    assert sum(check(published, drawn(published, seed), words) > 0 for seed in range(most(40))) > 1
    published.connection.close()


def test_a_scenario_of_the_sample(view_of: MakeView, words: Words) -> None:
    published = view_of().published
    assert sum(check(published, drawn(published, seed), words) > 0 for seed in range(most(40))) > 1


@pytest.mark.parametrize("assumptions", [(), (Assumption("all", "CRBP-01", "no_such_word"),)])
def test_what_changes_nothing_is_what_is_published(
    assumptions: tuple[Assumption, ...], view_of: MakeView, words: Words
) -> None:
    published = view_of().published
    assert with_scenario(published, Scenario("Nothing", "2025", assumptions), words) is published
    assert with_scenario(published, Scenario("Nothing", "1999", assumptions), words) is published
