"""The criteria of all frameworks, and which of them are put to an operation."""

from dataclasses import dataclass

from data.sample.files import FRAMEWORKS, read_yaml
from data.sample.operations import Operation


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


def read_questions() -> list[Question]:
    """The criteria of all frameworks in the order of their files."""
    return [
        Question(
            folder,
            area["area"],
            criterion["criterion"],
            criterion["kind"],
            criterion["level"],
            bool(criterion.get("critical")),
            frozenset(criterion.get("services") or ()),
            tuple(criterion.get("functions") or ()),
            tuple(criterion.get("settings") or ()),
        )
        for folder in ("crbp", "cop-2014", "cop-2020")
        for area in read_yaml(FRAMEWORKS / folder / "framework.yaml")["areas"]
        for criterion in area["criteria"]
    ]


def is_asked(question: Question, operation: Operation) -> bool:
    """Whether the criterion is put to the operation: its level fits, and it offers one of the services named."""
    if operation.kind == "group":
        return question.level in ("group", "both")
    offered = not question.services or bool(question.services & operation.services)
    return question.level in ("operation", "both") and offered
