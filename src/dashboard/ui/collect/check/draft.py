"""Which checks has somebody made and not saved? And what do the answers say by now that they are of?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.model.answers.answer import REVIEWED, Answer, Key, Review, answer_of
from dashboard.model.answers.tables import EVIDENCE
from dashboard.model.texts import text_of
from dashboard.queries.collect.rows import CheckingRow
from dashboard.store.publishing.answers import Check, stored_answers, stored_reviews
from dashboard.ui.collect.answer.draft import says_the_same
from dashboard.ui.session_keys import CHECKING_DRAFTS, CHECKING_GRID_SHEET
from dashboard.ui.view import View

Drafts = dict[Key, Check]


def drafts() -> Drafts:
    """Every check that is not saved, by round, operation and criterion."""
    return CHECKING_DRAFTS.setdefault({})


def fresh(row: CheckingRow) -> Check:
    """An answer that waits, as it stands, and nothing said of it."""
    values: Mapping[str, object] = row
    said = {name: text_of(values[name]) for name in REVIEWED}
    answer = answer_of(row)
    review = Review(*answer.key, **said) if row["verdict"] else None
    return Check(answer, review, "")


def keep(check: Check) -> None:
    """Keep what was typed; a check that says nothing is no draft."""
    if not only_rated(check) or check.rated_status:
        drafts()[check.answer.key] = check
    else:
        drop(check.answer.key)


def drop(key: Key) -> None:
    """Forget what was typed; the grid then shows it."""
    drafts().pop(key, None)
    CHECKING_GRID_SHEET.pop()


@dataclass(frozen=True)
class Stored:
    """What is published of the answers that drafts are of."""

    answers: Mapping[Key, Answer]
    reviews: Mapping[Key, Review]

    def conflicts(self, check: Check) -> bool:
        """Whether somebody else has changed the answer, or checked it, since it was opened."""
        key = check.answer.key
        if not says_the_same(check.answer, self.answers.get(key, check.answer)):
            return True
        was, now = check.was or Review(), self.reviews.get(key, Review())
        return any(getattr(was, name) != getattr(now, name) for name in REVIEWED)

    def rebased(self, check: Check) -> Check:
        """The same check of what is published by now."""
        key = check.answer.key
        return replace(check, answer=self.answers.get(key, check.answer), was=self.reviews.get(key))


def stored(view: View) -> Stored:
    """What is published of the answers that drafts are of; read only where there are drafts."""
    if not drafts():
        return Stored({}, {})
    with view.published.cursor() as cursor:
        return Stored(stored_answers(cursor, drafts()), stored_reviews(cursor, drafts()))


def only_rated(check: Check) -> bool:
    """Whether a check says nothing yet but what the second role would have answered."""
    return not (check.verdict or check.comment or check.evidence)


def missing_field(check: Check) -> str:
    """What keeps a check from being saved: a verdict, a comment to ask back with, evidence not lower, or nothing."""
    if not check.verdict:
        return "verdict"
    if check.evidence in EVIDENCE and EVIDENCE.index(check.evidence) < _level(check.answer):
        return "evidence"
    return "comment" if check.verdict == "asked_back" and not check.comment.strip() else ""


def _level(answer: Answer) -> int:
    return EVIDENCE.index(answer.evidence) if answer.evidence in EVIDENCE else 0
