"""How do phones answer a form, and how do servers export what they send? The paths are those that pyxform makes."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter
from pyxform.xls2xform import convert

from dashboard.exports.xlsform import xlsform
from dashboard.loading.yaml_file import read_words
from dashboard.model.workbook import AnswerForm
from dashboard.queries.collect_answering import form_of
from dashboard.store.reader import Reader

Sent = Mapping[str, str]
"""What one phone sends: values by the name of the question."""
XFORM = "{http://www.w3.org/2002/xforms}"
OF_KOBO = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "_index")
OF_CENTRAL = (
    "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
    "DeviceID", "Edits", "FormVersion",
)  # fmt: skip


def form_from(store: Path, operation: str = "", round_: str = "R2", everything: bool = False) -> AnswerForm | None:
    """The form for one operation, or for all of them, in the publication in force."""
    published = Reader(store).current()
    assert published is not None
    with published.connection:
        return form_of(published, operation, round_, "en", everything)


def made_from(store: Path, operation: str = "", round_: str = "R2", everything: bool = False) -> ET.Element:
    """The XForm that pyxform makes from the form."""
    form = form_from(store, operation, round_, everything)
    assert form is not None
    return xform(xlsform([(form, read_words())]))


def xform(content: bytes) -> ET.Element:
    """What pyxform makes from an XLSForm. Raises PyXFormError for what it does not accept."""
    result = convert(xlsform=BytesIO(content))
    assert result.warnings == []
    return ET.fromstring(result.xform)  # noqa: S314


def paths(form: ET.Element) -> dict[str, str]:
    """The path of each question by its name, such as `area_T1/criterion_T1__a/status_T1__a`."""
    instance = form.find(f".//{XFORM}instance/{XFORM}*")
    assert instance is not None
    return dict(_leaves(instance, ()))


def _leaves(element: ET.Element, above: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    for child in element:
        name = child.tag.rpartition("}")[2]
        if len(child):
            yield from _leaves(child, (*above, name))
        else:
            yield name, "/".join((*above, name))


def binds(form: ET.Element) -> dict[str, Mapping[str, str]]:
    """The rules of each question and group by its name: type, relevant, required, calculate."""
    return {bind.attrib["nodeset"].rpartition("/")[2]: bind.attrib for bind in form.iter(f"{XFORM}bind")}


def calculated(form: ET.Element) -> dict[str, str]:
    """What a phone sends without asking anybody."""
    return {name: bind["calculate"].strip("'") for name, bind in binds(form).items() if "calculate" in bind}


def of_kobo(form: ET.Element, sent: Sequence[Sent], groups: bool = True) -> list[list[str]]:
    """The table that KoboToolbox exports with XML values: `group/name`, then its own columns."""
    rows = _table(form, sent, lambda path: path if groups else path.rpartition("/")[2])
    rows[0] += OF_KOBO
    for number, (row, one) in enumerate(zip(rows[1:], sent, strict=True), start=1):
        at, state = one.get("sent_at", "2025-03-01T10:00:00"), one.get("state", "")
        row += [str(number), f"uuid-{number}", at, state, "", "submitted_via_web", "", str(number)]
    return rows


def of_central(form: ET.Element, sent: Sequence[Sent]) -> list[list[str]]:
    """The table that ODK Central exports: the time first, then `group-name`, then its own columns."""
    rows = _table(form, sent, lambda path: path.replace("/", "-"))
    rows[0] = ["SubmissionDate", *rows[0], *OF_CENTRAL]
    for number, (row, one) in enumerate(zip(rows[1:], sent, strict=True), start=1):
        row.insert(0, one.get("sent_at", "2025-03-01T10:00:00.000Z"))
        row += [f"uuid:{number}", "5", "Phone", "0", "0", "", one.get("state", ""), "", "0", "v1"]
    return rows


def _table(form: ET.Element, sent: Sequence[Sent], head: Callable[[str], str]) -> list[list[str]]:
    found, fixed = paths(form), calculated(form)
    return [
        [head(path) for path in found.values()],
        *([{**fixed, **one}.get(name, "") for name in found] for one in sent),
    ]


def written_csv(rows: Sequence[Sequence[str]], delimiter: str, path: Path) -> Path:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL if delimiter == ";" else csv.QUOTE_MINIMAL).writerows(
        rows
    )
    path.write_text(stream.getvalue(), "utf-8")
    return path


def written_xlsx(rows: Sequence[Sequence[str]], path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Answers R2")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell)
    return path
