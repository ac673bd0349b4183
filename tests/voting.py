"""What do the tests of votes share? A question on a scale of four grades, and one without a scale."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.model.known_codes import GRADES
from dashboard.model.vote import QuestionText, Vote, VoteQuestion

GROUPS = {"board": "Board", "legal": "Legal <and> privacy", "sales": "Sales"}
NEEDS = {grade: (f"harm <{grade}>", f"{grade} children", f"put right {grade}") for grade in GRADES}
TITLES = {grade: f"{grade} – grade {grade}" for grade in GRADES}
SEVERITY = VoteQuestion(
    kind="severity",
    subject="IMP-retail-RA06-r1",
    round="2025",
    operation="gha-op",
    framework="crbp",
    choices=GRADES,
    grouped_by="function",
    said={"en": QuestionText("How severe?", "Children sell <airtime>.", "Ghana", TITLES, GROUPS)},
    opened_at="2026-01-01T09:00:00+00:00",
)
FIRST = replace(
    SEVERITY,
    kind="first",
    subject="",
    operation="",
    choices=("1", "2", "3"),
    said={"en": QuestionText("What first?", "", "", {"1": "Talk", "2": "Train", "3": "Check"}, GROUPS)},
)


def device(number: int) -> str:
    """The id of one phone."""
    return f"{number:032x}"


def votes(choices: Iterable[str], group: str = "board", ballot: int = 1, begin: int = 1) -> list[Vote]:
    """One vote per device, one device after the other."""
    return [Vote(ballot, device(number), choice, group) for number, choice in enumerate(choices, start=begin)]
