"""What an operation writes beside an answer: a note, or why the criterion does not apply."""

from random import Random
from typing import Any

from data.sample.files import content
from data.sample.operations import Operation, Round
from data.sample.questions import Question
from data.sample.statuses import MORE_NOT_APPLICABLE, PLANTED_NOT_APPLICABLE
from data.sample.texts import fill

CRBP: dict[str, dict[str, list[str]]] = content("notes_crbp.yaml")
COP: dict[str, dict[str, list[str]]] = content("notes_cop.yaml")
ANY: dict[str, Any] = content("notes_any.yaml")
REASONS: dict[str, str] = content("reasons.yaml")
NOTES = CRBP | {criterion: notes for notes in COP.values() for criterion in notes["criteria"]}
"""What may be noted, by criterion and status."""
DENIED_BY_REASON = {
    "content_vas": frozenset({"tv", "portal_vas", "community"}),
    "hosting_core": frozenset({"hosting"}),
    "mobile_money": frozenset({"mobile_money"}),
}
"""By setting, the services that its reason would deny."""


def note_of(question: Question, status: str, source: Random, operation: str) -> str:
    """A short note for somewhat more than one answer in three, sometimes with a second sentence."""
    if status == "not_applicable" or source.random() > 0.42:
        return ""
    notes = NOTES.get(question.criterion, {})
    choice = ANY["not_known"] if status == "not_known" else notes.get(status, [])
    if not choice:
        return ""
    note = source.choice(choice)
    if source.random() < 0.5:
        note = f"{note} {source.choice(ANY['second_sentences'][status])}"
    return fill(note, source, operation)


def reason_of(question: Question, operation: Operation, period: Round) -> str:
    """Why the criterion does not apply; it never denies a service that the operation offers."""
    if question.criterion.startswith(PLANTED_NOT_APPLICABLE.get(operation.operation, "-")):
        return REASONS["sites_handed_over"]
    if operation.operation == MORE_NOT_APPLICABLE and period.round == "2025":
        return REASONS["weak"]
    setting = question.settings[0] if question.settings else ""
    denied = operation.services & DENIED_BY_REASON.get(setting, frozenset())
    return REASONS[setting if setting and not denied else "head_office"]
