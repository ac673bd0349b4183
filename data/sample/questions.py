"""The criteria of all frameworks, and which of them are put to an operation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from data.sample.files import FRAMEWORKS, read_yaml
from data.sample.operations import Operation, Round

from dashboard.model.framework import version_key


@dataclass(frozen=True)
class Question:
    """One criterion as far as the sample needs it."""

    framework: str
    area: str
    criterion: str
    kind: str
    level: str
    critical: bool
    services: frozenset[str]
    functions: tuple[str, ...]
    settings: tuple[str, ...]
    added: str


def read_questions() -> list[Question]:
    """The criteria of all frameworks in the order of their files; of those that ask the same (`same_as`) the first.

    It is put to whoever any of them is put to.
    """
    questions: dict[str, Question] = {}
    for same_as, question in _every():
        first = questions.get(same_as or "")
        if first is None:
            questions[question.criterion] = question
        else:
            level = first.level if first.level == question.level else "both"
            anyone = not (first.services and question.services)
            services = frozenset() if anyone else first.services | question.services
            questions[first.criterion] = replace(first, level=level, services=services)
    return list(questions.values())


def asked_as(criteria: Iterable[str]) -> list[str]:
    """Some criteria as they are asked: those that repeat another are that, and none stands twice."""
    same = _repeats()
    return list(dict.fromkeys(same.get(criterion, criterion) for criterion in criteria))


@cache
def _repeats() -> dict[str, str]:
    return {question.criterion: same_as for same_as, question in _every() if same_as is not None}


def _every() -> Iterator[tuple[str | None, Question]]:
    for folder in ("crbp", "cop-2014", "cop-2020"):
        for area in read_yaml(FRAMEWORKS / folder / "framework.yaml")["areas"]:
            for criterion in area["criteria"]:
                yield criterion.get("same_as"), _question(folder, area["area"], criterion)


def _question(folder: str, area: str, criterion: dict[str, Any]) -> Question:
    return Question(
        folder,
        area,
        criterion["criterion"],
        criterion["kind"],
        criterion["level"],
        bool(criterion.get("critical")),
        frozenset(criterion.get("services") or ()),
        tuple(criterion.get("functions") or ()),
        tuple(criterion.get("settings") or ()),
        criterion.get("added", ""),
    )


def asks(period: Round, question: Question) -> bool:
    """Whether the version of the framework that a round answers holds the criterion."""
    named = period.versions.get(question.framework, "")
    return not (question.added and named) or version_key(question.added) <= version_key(named)


def is_asked(question: Question, operation: Operation) -> bool:
    """Whether the criterion is put to the operation: its level fits, and it offers one of the services named."""
    if operation.kind == "group":
        return question.level in ("group", "both")
    offered = not question.services or bool(question.services & operation.services)
    return question.level in ("operation", "both") and offered
