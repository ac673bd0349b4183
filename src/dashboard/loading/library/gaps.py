"""Does every critical criterion say in a few words what is missing if it is not in place?

Which are critical: docs/decisions/0036-which-criteria-are-critical.md.
"""

from dashboard.loading.files.yaml_file import Document
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Framework, Strict


def unsaid_gaps(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A problem for each critical criterion without `gap`, which the Overview shows. Repeated criteria need none."""
    problems = []
    for document, value in documents:
        for number, area in enumerate(value.areas if isinstance(value, Framework) else ()):
            for position, criterion in enumerate(area.criteria):
                if criterion.critical and criterion.gap is None and criterion.same_as is None:
                    place = ("areas", number, "criteria", position, "critical")
                    where = document.file(place), document.line(place)
                    problems.append(Problem("gap_missing", *where, "gap", criterion.criterion, weight=Weight.FILE))
    return problems
