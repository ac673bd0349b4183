"""Writes the illustrative tables of the sample: `python -m data.sample`."""

from collections import Counter

from data.sample.actions import ACTION_COLUMNS, action_rows
from data.sample.answers import ANSWER_COLUMNS, answer_rows
from data.sample.approvals import APPROVAL_COLUMNS, approval_rows
from data.sample.evidence import COMMENT_COLUMNS, EVIDENCE_COLUMNS, comment_rows, evidence_rows
from data.sample.files import write_rows
from data.sample.operations import read_operations, read_rounds, takes_part
from data.sample.opportunities import OPPORTUNITY_COLUMNS, opportunity_rows
from data.sample.participation import PARTICIPATION_COLUMNS, participation_rows
from data.sample.questions import asks, is_asked, read_questions
from data.sample.reviews import REVIEW_COLUMNS, review_rows
from data.sample.risks import RISK_COLUMNS, risk_rows
from data.sample.statuses import statuses_of
from data.sample.targets import TARGET_COLUMNS, target_rows


def main() -> None:
    """Write all files of the sample."""
    operations, rounds = read_operations(), read_rounds()
    questions = [q for q in read_questions() if all(asks(period, q) for period in rounds)]
    asked = {op.operation: [q for q in questions if is_asked(q, op)] for op in operations}
    statuses = {op.operation: statuses_of(op, rounds, asked[op.operation]) for op in operations}
    used: Counter[str] = Counter()
    reviews: list[tuple[str, ...]] = []
    for period in rounds:
        rows = [
            row
            for op in operations
            if takes_part(op, period.round)
            for row in answer_rows(period, op, asked[op.operation], statuses[op.operation][period.round], used)
        ]
        write_rows(f"answers/{period.round}.csv", ANSWER_COLUMNS, rows)
        reviews += review_rows(period, rows, frozenset(q.criterion for q in questions if q.critical))
    write_rows("evidence.csv", EVIDENCE_COLUMNS, evidence_rows(rows))
    write_rows("comments.csv", COMMENT_COLUMNS, comment_rows(reviews))
    write_rows("reviews.csv", REVIEW_COLUMNS, reviews)
    write_rows("ratings/risks.csv", RISK_COLUMNS, risk_rows(operations, rounds, statuses))
    write_rows("ratings/opportunities.csv", OPPORTUNITY_COLUMNS, opportunity_rows(operations, rounds))
    write_rows("actions.csv", ACTION_COLUMNS, action_rows())
    write_rows("targets.csv", TARGET_COLUMNS, target_rows())
    write_rows("approvals.csv", APPROVAL_COLUMNS, approval_rows(operations, rounds))
    write_rows("participation.csv", PARTICIPATION_COLUMNS, participation_rows())


if __name__ == "__main__":
    main()
