"""Which criteria ask for so much at once that *partly* needs a rule?

See docs/decisions/0039-a-rule-for-partly.md.
"""

import re

from dashboard.loading.files.yaml_file import Document
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Framework, Strict

MANY, FEW = 6, 3
"""With this many parts, a criterion should say when the answer is *partly*: `FEW` if it counts for more."""
_EXAMPLES = re.compile(r"\b(such as|for example|including)\b[^;.]*")
_BETWEEN = re.compile(r"[;,.]|\band\b")


def n_parts(text: str) -> int:
    """The number of parts between commas, full stops and *and*, without examples: at most this many demands."""
    return sum(bool(part.strip()) for part in _BETWEEN.split(_EXAMPLES.sub("", text)))


def without_rule(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A note for each criterion that asks for many things and has no `partly`. Repeated criteria need none."""
    problems = []
    for document, value in documents:
        for number, area in enumerate(value.areas if isinstance(value, Framework) else ()):
            for position, criterion in enumerate(area.criteria):
                parts = n_parts(criterion.text)
                most = FEW if criterion.critical or criterion.weight > 1 else MANY
                if parts >= most and criterion.partly is None and criterion.same_as is None:
                    place = ("areas", number, "criteria", position, "text")
                    where = document.file(place), document.line(place)
                    problems.append(
                        Problem("partly_missing", *where, "partly", criterion.criterion, str(parts), weight=Weight.NOTE)
                    )
    return problems
