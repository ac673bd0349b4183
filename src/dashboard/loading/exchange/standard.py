"""A standard from a file of any format that is known: our workbook, a library of CISO Assistant."""

from collections.abc import Mapping
from pathlib import Path

from dashboard.loading.exchange.ciso_assistant import from_library
from dashboard.loading.files.fit_to_read import unfit
from dashboard.loading.files.kinds import kind_inside
from dashboard.loading.files.unwritable import taken_out_of
from dashboard.loading.files.yaml_file import parsed, read_text
from dashboard.loading.standard.file import FORMAT, ReadStandard, read_standard
from dashboard.model.problem import Problem, Weight

LIBRARY = (".yaml", ".yml")
FORMATS = (FORMAT, LIBRARY[0])
INSIDE = "objects"
"""The key at the top without which a YAML file is no library."""


def read_any_standard(path: Path, name: str) -> tuple[ReadStandard | None, list[Problem]]:
    """Read a standard; the name of the file tells the format. With a Problem of weight FILE, there is none."""
    suffix = path.suffix.lower()
    if suffix == FORMAT:
        return read_standard(path, name)
    problem = unfit(path, name)
    if problem is None and suffix not in LIBRARY:
        problem = _of_no_format(path, name)
    return _library(path, name) if problem is None else (None, [problem])


def _of_no_format(path: Path, name: str) -> Problem:
    if kind_inside(path) == "oscal":
        return Problem("oscal", name, weight=Weight.FILE)
    return Problem("format", name, value=path.suffix or path.name, expected=", ".join(FORMATS), weight=Weight.FILE)


def _library(path: Path, name: str) -> tuple[ReadStandard | None, list[Problem]]:
    text = read_text(path, name)
    document = text if isinstance(text, Problem) else parsed(text, name)
    if isinstance(document, Problem):
        return None, [document]
    if not isinstance(document.values, Mapping) or INSIDE not in document.values:
        return None, [Problem("no_standard_inside", name, expected=INSIDE, weight=Weight.FILE)]
    foreign = from_library(document)
    if any(problem.weight is Weight.FILE for problem in foreign.problems):
        return None, foreign.problems
    standard, problems = foreign.read()
    return standard, [*problems, *taken_out_of((document,))]
