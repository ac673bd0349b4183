"""OSCAL assessment results as a table: one row for each control that was assessed, with our columns."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from dashboard.loading.exchange.foreign import Loose
from dashboard.loading.exchange.oscal_shape import Prop, own_values
from dashboard.loading.files.yaml_file import Document, validate
from dashboard.model.answers.tables import FORM
from dashboard.model.problem import Problem

COLUMNS = FORM["answers"].columns
STATEMENT = re.compile(r"_(?:smt|stm|obj)(?:\..*)?$")
"""The end of the id of a control's statement or objective."""
WORST_FIRST = ("not satisfied", "partially", "satisfied")
LENGTH_OF_A_DAY = len("2025-04-03")


class State(Loose):
    state: str
    remarks: str | None = None


class Target(Loose):
    target_id: str = Field(alias="target-id")
    status: State
    implemented: State | None = Field(default=None, alias="implementation-status")


class Related(Loose):
    observation_uuid: str = Field(alias="observation-uuid")


class Finding(Loose):
    description: str = ""
    target: Target
    related: tuple[Related, ...] = Field(default=(), alias="related-observations")


class Observation(Loose):
    uuid: str
    description: str = ""
    collected: str | None = None
    props: tuple[Prop, ...] = ()


class Result(Loose):
    start: str
    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()


class AssessmentResults(Loose):
    results: tuple[Result, ...] = Field(min_length=1)


class ResultsFile(Loose):
    results: AssessmentResults = Field(alias="assessment-results")


def result_rows(document: Document) -> list[list[str]] | list[Problem]:
    """The header and the rows, without columns that nothing fills; or what is wrong with the file."""
    file = validate(document, ResultsFile)
    if isinstance(file, list):
        return file
    rows = [row for result in file.results.results for row in _rows(result)]
    columns = [column for column in COLUMNS if any(row.get(column) for row in rows)]
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


Row = Mapping[str, str]


def _rows(result: Result) -> Iterator[Row]:
    """Yield our own observations as they are, and of every other control the worst finding."""
    observed = {one.uuid: one for one in result.observations}
    own = {one.uuid: own_values(one.props) for one in result.observations}
    yield from ({name: str(value) for name, value in values.items()} for values in own.values() if values)
    found: dict[str, list[Row]] = {}
    for finding in result.findings:
        related = [one.observation_uuid for one in finding.related]
        if not any(own.get(uuid) for uuid in related):
            control = STATEMENT.sub("", finding.target.target_id).removeprefix("_")
            found.setdefault(control, []).append(
                _row(control, finding, [observed[u] for u in related if u in observed], result)
            )
    for rows in found.values():
        yield min(rows, key=lambda row: WORST_FIRST.index(row["status"]) if row["status"] in WORST_FIRST else 3)


def _row(control: str, finding: Finding, observations: Sequence[Observation], result: Result) -> Row:
    collected = max((one.collected or "" for one in observations), default="") or result.start
    status = finding.target.status
    implemented = finding.target.implemented.state if finding.target.implemented else ""
    word = {"partial": "partially", "not-applicable": "not applicable"}.get(implemented)
    return {
        "criterion": control,
        "status": word or status.state.replace("-", " "),
        "na_reason": (status.remarks or finding.description) if word == "not applicable" else "",
        "note": finding.description,
        "answered_on": collected[:LENGTH_OF_A_DAY],
    }
