"""Do impacts fit together? Opportunities touch risks, risks touch nothing, and what relies on a source names it."""

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.loading.library.library import Library
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Strict
from dashboard.model.standard.shared import Impacts

ONLY_RISKS = {"opportunity": "an impact of polarity risk", "risk": "none: only an opportunity touches a risk"}


def unsound_impacts(documents: list[tuple[Document, Strict]], beside: Library) -> list[Problem]:
    """What does not fit in the files of impacts; those in `beside` are known. Unknown ids are checked elsewhere."""
    read = [(document, value) for document, value in documents if isinstance(value, Impacts)]
    polarity = {item.impact: item.polarity for item in beside.impacts.impacts}
    polarity |= {item.impact: item.polarity for _, value in read for item in value.impacts}
    problems = []
    for document, value in read:
        for position, item in enumerate(value.impacts):
            for number, code in enumerate(item.touches):
                if item.polarity == "risk" or polarity.get(code) == "opportunity":
                    row = document.line(("impacts", position, "touches", number))
                    expected = ONLY_RISKS[item.polarity]
                    problems.append(
                        Problem("bad_value", document.name, row, "touches", code, expected, None, Weight.FILE)
                    )
            if item.basis == "source" and item.citation is None:
                place: Place = ("impacts", position, "basis")
                problems.append(
                    Problem("missing_key", document.file(place), document.line(place), "citation", weight=Weight.FILE)
                )
    return problems
