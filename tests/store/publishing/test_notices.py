"""Does a load say when operations are asked what does not concern them, and when that hides a figure?"""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from dashboard.model.framework import CountryFigure
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.publishing.load import FEWEST_ANSWERED
from dashboard.store.publishing.publish import check
from tests.conftest import TODAY, rest_thorough
from tests.store.publishing.repeating import Asks, write_answers, write_group, write_standard

SERVICES = ("phone", "shop", "van")
OPERATIONS = "operation,country,title,kind,services\n" + "".join(
    f"{service}-op,{country},Toys {service},operation,{service}\n"
    for service, country in zip(SERVICES, ("AAA", "AAA", "BBB"), strict=True)
)
Told = list[tuple[str, str | None, str | None, str | None]]


def told(
    folder: Path, criteria: list[Asks], answers: list[tuple[str, str]], today: date = TODAY, of_country: str = "pooled"
) -> Told:
    """The notes of a check of the standard and of answers by operation and criterion."""
    found = problems_of(folder, criteria, answers, today, of_country)
    return [(problem.kind, problem.column, problem.value, problem.expected) for problem in found]


def problems_of(
    folder: Path, criteria: list[Asks], answers: list[tuple[str, str]], today: date = TODAY, of_country: str = "pooled"
) -> tuple[Problem, ...]:
    write_standard(folder / "frameworks", criteria)
    (standard,) = folder.glob("frameworks/*/framework.yaml")
    standard.write_text(f"{standard.read_text('utf-8')}country_figure: {of_country}\n", "utf-8")
    write_group(folder, [])
    (folder / "operations.csv").write_text(OPERATIONS, "utf-8")
    write_answers(folder / "answers.csv", [f"R1,{operation}-op,{criterion},yes" for operation, criterion in answers])
    found = check(folder / "store", [folder], today)
    assert not [problem for problem in found if problem.serious]
    return found


def of_each(own: int, marked: bool) -> tuple[list[Asks], list[tuple[str, str]]]:
    """Two criteria for all and `own` for each service, which only its operation answers; with its name if `marked`."""
    criteria = [Asks("T1.all1"), Asks("T1.all2")]
    criteria += [
        Asks(f"T1.{service}{n}", services=(service,) if marked else ()) for service in SERVICES for n in range(own)
    ]
    return criteria, [(s, c.code) for s in SERVICES for c in criteria if s in c.code or "all" in c.code]


def test_criteria_that_seem_to_lack_services_are_reported(tmp_path: Path, words: Words) -> None:
    (problem,) = problems_of(tmp_path, *of_each(4, marked=False))
    assert (problem.kind, problem.column, problem.value) == ("hardly_answered", None, "6/14")
    assert problem.expected == str(len(SERVICES))
    assert sentence(problem, words).startswith("toy: A typical operation answers 6/14 of the criteria asked of it. ")


@pytest.mark.parametrize(("own", "marked"), rest_thorough([(4, True), (1, False)]))
def test_nothing_is_reported_where_most_is_answered(own: int, marked: bool, tmp_path: Path) -> None:
    assert told(tmp_path, *of_each(own, marked)) == []


@pytest.mark.thorough
def test_nothing_is_reported_before_the_round_is_over_or_of_few_operations(tmp_path: Path) -> None:
    criteria, answers = of_each(4, marked=False)
    assert told(tmp_path, criteria, answers, date(2021, 3, 31)) == []
    few = [(service, code) for service, code in answers if service in SERVICES[: FEWEST_ANSWERED - 1]]
    assert "hardly_answered" not in {kind for kind, *_ in told(tmp_path, criteria, few)}


def asked_in(area: str, ever: int, never: int) -> list[Asks]:
    return [Asks(f"{area}.{'never' if n >= ever else 'ever'}{n}", area) for n in range(ever + never)]


def answers_to(criteria: list[Asks]) -> list[tuple[str, str]]:
    return [(service, one.code) for service in SERVICES for one in criteria if ".ever" in one.code]


@pytest.mark.parametrize("of_country", rest_thorough(get_args(CountryFigure)))
def test_an_area_hidden_by_what_nobody_answers_is_reported(of_country: str, tmp_path: Path) -> None:
    criteria = [*asked_in("T1", 5, 0), *asked_in("T2", 1, 3)]
    found = told(tmp_path, criteria, answers_to(criteria), of_country=of_country)
    assert found == [("figure_hidden", "T2", "3/4", None)]


@pytest.mark.thorough
@pytest.mark.parametrize("of_country", get_args(CountryFigure))
def test_nothing_is_said_to_be_hidden_where_few_operations_answer(of_country: str, tmp_path: Path) -> None:
    criteria = [*asked_in("T1", 5, 0), *asked_in("T2", 1, 3)]
    few = [(service, code) for service, code in answers_to(criteria) if service in SERVICES[: FEWEST_ANSWERED - 1]]
    assert told(tmp_path, criteria, few, of_country=of_country) == []


@pytest.mark.thorough
def test_a_whole_standard_that_is_hidden_is_reported_once(tmp_path: Path) -> None:
    criteria = [*asked_in("T1", 2, 2), *asked_in("T2", 1, 3)]
    found = told(tmp_path, criteria, answers_to(criteria))
    assert ("figure_hidden", None, "5/8", None) in found
    assert [kind for kind, *_ in found].count("figure_hidden") == 1


@pytest.mark.thorough
def test_a_figure_that_is_hidden_for_other_reasons_is_not_reported(tmp_path: Path) -> None:
    criteria = [*asked_in("T1", 5, 0), *asked_in("T2", 5, 1)]
    some = [
        ("phone", "T2.ever0"),
        ("phone", "T2.ever1"),
        ("shop", "T2.ever2"),
        ("van", "T2.ever3"),
        ("van", "T2.ever4"),
    ]
    assert told(tmp_path, criteria, [*answers_to(asked_in("T1", 5, 0)), *some]) == []
