"""Is everything that was confirmed to somebody in the store at the end, and does every step say who made it?"""

from collections.abc import Iterator
from pathlib import Path

from dashboard.model.answer import Key
from dashboard.model.problem import sentence
from dashboard.store.history import history
from dashboard.store.publishing.save_rows import stored_answers, stored_reviews
from dashboard.store.reader import Reader
from dashboard.store.verify import verify_history
from tests.long.crowd import WORDS, Member
from tests.long.loads import ADMIN, STEWARD, Loads
from tests.long.marked import operation_of


def what_is_missing(crowd: list[Member], loads: Loads, store: Path) -> list[str]:
    """One sentence for each answer, review, file or author that is not there."""
    return [*_damage(store), *_lost(crowd, loads, store), *_authors(crowd, store)]


def _damage(store: Path) -> list[str]:
    return [sentence(problem, WORDS) for problem in verify_history(store).problems if problem.serious]


def _lost(crowd: list[Member], loads: Loads, store: Path) -> Iterator[str]:
    """A later answer that was saved although its author was not told so any more is no loss."""
    wanted = {key: {note} for key, note in loads.notes.items()}
    for one in crowd:
        for criterion, note in one.notes.items():
            wanted[_key(one, criterion)] = {note, one.pending.get(criterion, note)}
    reviewed = [_key(one, criterion) for one in crowd for criterion in one.reviewed]
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        answers, reviews = stored_answers(cursor, wanted), stored_reviews(cursor, reviewed) if reviewed else {}
    for key, notes in wanted.items():
        if key not in answers or answers[key].note not in notes:
            yield f"{key}: {notes} was confirmed, and {answers.get(key)} is there."
    yield from (f"{key}: a review was confirmed, and none is there." for key in reviewed if key not in reviews)


def _key(one: Member, criterion: str) -> Key:
    return "2025", operation_of(one.letter), criterion


def _authors(crowd: list[Member], store: Path) -> Iterator[str]:
    roles = {one.subject: one.role for one in crowd}
    roles |= {person.subject: person.grants[0].role for person in (STEWARD, ADMIN)}
    steps = {revision.number: revision for revision in history(store)}
    for one in crowd:
        for number in one.told:
            if number not in steps or steps[number].subject != one.subject:
                yield f"{one.subject} was told of publication {number}, which is not theirs."
    for number, step in steps.items():
        if number > 1 and roles.get(step.subject) != step.role:
            yield f"Publication {number} names {step.subject or 'nobody'} as {step.role}."
