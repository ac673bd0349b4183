"""A standard from a file of any format that is known: our workbook, a library of CISO Assistant, an OSCAL catalog."""

from collections.abc import Callable, Mapping
from pathlib import Path

from dashboard.loading.exchange.ciso_assistant import from_library
from dashboard.loading.exchange.foreign import Foreign
from dashboard.loading.exchange.oscal_catalog import from_catalog
from dashboard.loading.files.fit_to_read import unfit
from dashboard.loading.files.json_file import json_document
from dashboard.loading.files.unwritable import taken_out_of
from dashboard.loading.files.yaml_file import Document, parsed, read_text
from dashboard.loading.standard.file import ReadStandard, read_standard
from dashboard.model.problem import Problem, Weight

WORKBOOK, CISO_ASSISTANT, OSCAL = ".xlsx", ".yaml", ".json"
FORMATS = (WORKBOOK, CISO_ASSISTANT, OSCAL)
FOREIGN: Mapping[str, tuple[str, Callable[[Document], Foreign]]] = {
    CISO_ASSISTANT: ("objects", from_library),
    OSCAL: ("catalog", from_catalog),
}
"""By format: the key at the top without which a file is something else, and how the standard is read."""


def read_any_standard(path: Path, name: str) -> tuple[ReadStandard | None, list[Problem]]:
    """Read a standard; the name of the file tells the format. With a Problem of weight FILE, there is none."""
    suffix = path.suffix.lower().replace(".yml", CISO_ASSISTANT)
    if suffix not in FOREIGN:
        expected = ", ".join(FORMATS)
        wrong = Problem("format", name, value=path.suffix or path.name, expected=expected, weight=Weight.FILE)
        return read_standard(path, name) if suffix == WORKBOOK else (None, [wrong])
    problem = unfit(path, name)
    document = _document(path, name, suffix) if problem is None else problem
    if isinstance(document, Problem):
        return None, [document]
    key, read = FOREIGN[suffix]
    if not isinstance(document.values, Mapping) or key not in document.values:
        return None, [Problem("no_standard_inside", name, expected=key, weight=Weight.FILE)]
    foreign = read(document)
    if any(problem.weight is Weight.FILE for problem in foreign.problems):
        return None, foreign.problems
    standard, problems = foreign.read()
    return standard, [*problems, *taken_out_of((document,))]


def _document(path: Path, name: str, suffix: str) -> Document | Problem:
    text = read_text(path, name)
    if isinstance(text, Problem):
        return text
    if suffix == CISO_ASSISTANT:
        return parsed(text, name)
    return json_document(text, name)
