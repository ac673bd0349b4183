"""The status of every answer: what an operation would say by its level, and what is planted."""

from data.sample.chance import draw
from data.sample.levels import practice
from data.sample.operations import Operation, Round, takes_part
from data.sample.questions import Question

# Shares of all criteria asked, 0 to 1, by round.
UNANSWERED_SHARE = {"2023": 0.08, "2024": 0.06, "2025": 0.04}
NOT_KNOWN_SHARE = {"2023": 0.06, "2024": 0.04, "2025": 0.03}
NOT_APPLICABLE_SHARE = 0.03
# By operation: how the ids of the criteria begin.
PLANTED_NOT_APPLICABLE = {"bol-op": "CRBP-07."}
PLANTED_NOT_KNOWN = {"gtm-op": "CRBP-08."}
PLANTED_UNANSWERED = {"tza-op": "CRBP-09."}
LOW_COVERAGE, LOW_COVERAGE_SHARE = "cod-op", 0.6
"""Who answers too little in the last round, and the most it answers of what is answerable."""
MORE_NOT_APPLICABLE = "pry-op"
MORE_NOT_APPLICABLE_FIRST = ("CRBP-02.b", "CRBP-06.b", "CRBP-07.b")
"""Whose score rises only because more is called not applicable, and the criteria that are turned first."""


def ranks(operation: Operation, asked: list[Question]) -> dict[str, float]:
    """By criterion, how hard it is for this operation, spread evenly over 0 to 1 within each framework and kind."""
    hardness: dict[str, float] = {}
    for framework in sorted({question.framework for question in asked}):
        for kind in ("respect", "support"):
            ids = [q.criterion for q in asked if q.framework == framework and q.kind == kind]
            ids.sort(key=lambda criterion: draw("rank", operation.operation, criterion).random())
            hardness |= {criterion: (place + 0.5) / len(ids) for place, criterion in enumerate(ids)}
    return hardness


def own_status(question: Question, operation: Operation, round_id: str, hardness: float) -> str:
    """The status an operation would give before anything is planted; empty when it gives none.

    `hardness` is that of the criterion, 0 to 1.
    """
    ids = (operation.operation, question.criterion)
    may_not_apply = operation.kind == "operation" and not question.critical
    if may_not_apply and draw("na", *ids).random() < NOT_APPLICABLE_SHARE:
        return "not_applicable"
    # Head office is asked few questions, so that one gap more would put it below the coverage limit.
    source = draw("gap", round_id, *ids).random() * (20 if operation.kind == "group" else 1)
    if source < UNANSWERED_SHARE[round_id]:
        return ""
    if source < UNANSWERED_SHARE[round_id] + NOT_KNOWN_SHARE[round_id]:
        return "not_known"
    ahead = practice(question, operation, round_id) - hardness
    if ahead > 0.2:
        return "implemented"
    return "partly" if ahead > -0.2 else "not_implemented"


def planted_status(question: Question, operation: Operation, round_id: str, status: str) -> str:
    """The status after what is planted for single criteria and whole principles."""
    ident, criterion = operation.operation, question.criterion
    if ident in PLANTED_NOT_APPLICABLE and criterion.startswith(PLANTED_NOT_APPLICABLE[ident]):
        return "not_applicable"
    if ident == MORE_NOT_APPLICABLE and criterion in MORE_NOT_APPLICABLE_FIRST:
        return "not_implemented"
    if ident == "col-op" and criterion.startswith("CRBP-05.") and question.kind == "respect":
        failing = "not_implemented" if round_id == "2025" else "partly"
        return failing if criterion == "CRBP-05.e" else "implemented"
    if round_id != "2025":
        return status
    if ident in PLANTED_NOT_KNOWN and criterion.startswith(PLANTED_NOT_KNOWN[ident]):
        return "not_known"
    if ident in PLANTED_UNANSWERED and criterion.startswith(PLANTED_UNANSWERED[ident]):
        return ""
    return status


def thin_out(statuses: dict[str, str], asked: list[Question]) -> dict[str, str]:
    """Take answers away until coverage is below the limit in every framework, and for respect and support alike.

    `statuses` and the result are by criterion.
    """
    kept = dict(statuses)
    for framework in sorted({question.framework for question in asked}):
        for kind in ("respect", "support"):
            ids = [q.criterion for q in asked if q.framework == framework and q.kind == kind]
            answerable = [criterion for criterion in ids if kept[criterion] != "not_applicable"]
            answered = [criterion for criterion in answerable if kept[criterion] not in ("", "not_known")]
            answered.sort(key=lambda criterion: draw("thin", criterion).random())
            kept |= dict.fromkeys(answered[int(len(answerable) * LOW_COVERAGE_SHARE) :], "")
    return kept


def more_not_applicable(before: dict[str, str], asked: list[Question]) -> dict[str, str]:
    """The answers of the round before, where about one not implemented in two has become not applicable."""
    after = dict(before)
    for framework in sorted({question.framework for question in asked}):
        failing = [q.criterion for q in asked if q.framework == framework and before[q.criterion] == "not_implemented"]
        failing.sort(key=lambda c: (c not in MORE_NOT_APPLICABLE_FIRST, draw("more", c).random()))
        count = max(len(MORE_NOT_APPLICABLE_FIRST) if framework == "crbp" else 1, len(failing) // 2)
        after |= dict.fromkeys(failing[:count], "not_applicable")
    return after


def statuses_of(operation: Operation, rounds: list[Round], asked: list[Question]) -> dict[str, dict[str, str]]:
    """Status by round and criterion; empty where the operation gave no answer."""
    hardness = ranks(operation, asked)
    result: dict[str, dict[str, str]] = {}
    for period in rounds:
        if not takes_part(operation, period.round):
            continue
        statuses = {
            q.criterion: planted_status(
                q, operation, period.round, own_status(q, operation, period.round, hardness[q.criterion])
            )
            for q in asked
        }
        if period.round == "2025" and operation.operation == LOW_COVERAGE:
            statuses = thin_out(statuses, asked)
        if period.round == "2025" and operation.operation == MORE_NOT_APPLICABLE:
            statuses = more_not_applicable(result["2024"], asked)
        result[period.round] = statuses
    return result
