"""The rows of `reviews.csv`."""

from collections.abc import Iterator
from datetime import timedelta

from data.sample.answers import ANSWER_COLUMNS
from data.sample.chance import draw
from data.sample.operations import Round
from data.sample.statuses import MORE_NOT_APPLICABLE

REVIEW_COLUMNS = (
    "round",
    "operation",
    "criterion",
    "verdict",
    "reviewed_by_role",
    "comment",
    "reviewed_on",
    "reviewed_status",
    "reviewed_evidence",
    "rated_status",
)
REVIEWERS = ("Internal audit manager", "External assurance provider")
QUESTIONS_BACK = (
    "Which document shows this? None is named.",
    "Does this hold for agents and street sellers too, or only for our own shops?",
    "Is this done in every region, or only around the capital?",
    "Who decided this, and when is it looked at again?",
)
CHECKED_SHARE = {"2023": 0.9, "2024": 0.8, "2025": 0.35}
"""Of the answers that a second role looks at, so many were, 0 to 1; the last round is still being checked."""
RATED_SHARE = {"CRBP": 1.0, "COP14": 0.4, "COP20": 0.4}
"""By how the ids of criteria begin: of the reviews of the last round, so many say what the second role would answer."""
AGREED_SHARE = 0.8
"""Of those, so many say what the operation said."""
ONE_STEP = {
    "implemented": "partly",
    "partly": "not_implemented",
    "not_implemented": "partly",
    "not_applicable": "not_implemented",
}
"""What a second role says that does not agree: it is mostly the stricter one."""


def review_rows(period: Round, answers: list[tuple[str, ...]], critical: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """What a second role said of one round's answers: of those it looks at, some are still to come in the last round.

    A few answers of the last round said something else when they were checked. `answers` are rows of that round in the
    order of ANSWER_COLUMNS, `critical` the ids of critical criteria; what is given is in the order of REVIEW_COLUMNS.
    """
    for answer in answers:
        said = dict(zip(ANSWER_COLUMNS, answer, strict=True))
        ids = (period.round, said["operation"], said["criterion"])
        source = draw("review", *ids)
        role = source.choice(REVIEWERS)
        day = (period.ends_on + timedelta(days=source.randint(5, 45))).isoformat()
        if (period.round, said["operation"], said["status"]) == ("2025", MORE_NOT_APPLICABLE, "not_applicable"):
            yield (*ids, "checked", role, "", day, "not_implemented", "self_declared", _rated(ids, "not_implemented"))
            continue
        looked_at = said["evidence"] == "independently_checked" or said["status"] == "not_applicable"
        bare = said["criterion"] in critical and said["evidence"] in ("none", "self_declared")
        if looked_at and source.random() < CHECKED_SHARE[period.round]:
            changed = period.round == "2025" and said["status"] == "implemented" and source.random() < 0.2
            was = ("partly", "seen") if changed else ("", "")
            yield (*ids, "checked", role, "", day, *was, _rated(ids, was[0] or said["status"]))
        elif bare and period.round == "2025" and source.random() < 0.3:
            yield (*ids, "asked_back", role, source.choice(QUESTIONS_BACK), day, "", "", _rated(ids, said["status"]))


def _rated(ids: tuple[str, str, str], status: str) -> str:
    """What the second role would have answered, where the answer said `status` then; empty where it does not say."""
    source = draw("rating", *ids)
    if ids[0] != "2025" or status not in ONE_STEP or source.random() >= RATED_SHARE[ids[2].partition("-")[0]]:
        return ""
    return status if source.random() < AGREED_SHARE else ONE_STEP[status]
