"""What are answers called? As the standard's scale calls them, if it has one word each for the best and the worst."""

from collections.abc import Mapping
from typing import TypedDict

from dashboard.queries.ask import rows
from dashboard.queries.question import Question
from dashboard.ui.escape import one_line
from dashboard.ui.view import View

MARKS = {"full": "●", "part": "◉", "nil": "○", "not_applicable": "–", "not_known": "?", "unanswered": "·"}
"""The mark of each degree of an answer, in the order of a legend."""
TEMPLATE = {"full": "implemented", "part": "partly", "nil": "not_implemented"}
"""The statuses that a standard starts with. Pages have shorter words for them."""
MOST = 3
"""So many words between the best and the worst are named; of more, *partly* says it better."""


class AnswerWordsRow(TypedDict):
    """A row of `answer_words`."""

    degree: str
    titles: list[str]


ANSWER_WORDS = Question("answer_words", AnswerWordsRow)


def answer_words(view: View) -> Mapping[str, str]:
    """Return the plain word for each degree of an answer that the scale has, in the order of `MARKS`."""
    words = view.words
    found = rows(view.published, ANSWER_WORDS, view.parameters())
    titles = {row["degree"]: tuple(dict.fromkeys(map(one_line, row["titles"]))) for row in found}
    ours = {degree: (words(f"workbook.start.{status}"),) for degree, status in TEMPLATE.items()}
    one_of_each = len(titles.get("full", ())) == len(titles.get("nil", ())) == 1
    own = one_of_each and len(titles.get("part", ())) <= MOST and titles != titles | ours
    return {
        degree: words.listed(titles[degree]) if own else words(f"counts_as.{degree}")
        for degree in MARKS
        if degree in titles
    }


def mark_of(counts_as: str, value: float | None) -> str:
    """Return the mark of one answer."""
    answered = {1.0: "full", 0.0: "nil"}.get(value or 0.0, "part")
    return MARKS[answered if counts_as == "answered" else counts_as]


def legend_marks(view: View) -> list[tuple[str, str]]:
    """Return the mark and the plain word of each degree, and of no answer."""
    said = [(MARKS[degree], word) for degree, word in answer_words(view).items()]
    return [*said, (MARKS["unanswered"], view.words("counts_as.unanswered"))]
