"""Verifies the criteria of a standard one by one: takes verdicts, and writes them into a folder of standards.

A verdict sets the mark and the page of its criterion in `framework.yaml`, and becomes a row of `verified.csv` beside
it. Nothing else in the file changes, except that the first verdict of a session raises the version: publishing asks
for that. Rows are never removed; the last one of a criterion counts, as long as its text, mark and page stay.

See docs/decisions/0007-marks-of-content.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from dashboard.exports.csv_files import listed_csv
from dashboard.loading.frameworks import framework_folders
from dashboard.loading.references import criteria_at
from dashboard.loading.yaml_edit import edited
from dashboard.loading.yaml_file import Document, read_yaml, validate
from dashboard.model.deployment import SHIPPED
from dashboard.model.framework import Area, Criterion, Framework
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.standard_files import FRAMEWORK_FILE
from dashboard.store.disk import write_atomically
from dashboard.store.publishing.load import framework_roots
from dashboard.tasks.verdicts import COLUMNS, MARKS, OTHERWISE, Verdict, one_line, read_table, short_name, verdict_in

TABLE = "verified.csv"


@dataclass(frozen=True)
class VerifiedItem:
    """A criterion with the last verdict on it, which `counts` while nothing has changed since."""

    area: Area
    criterion: Criterion
    last: Verdict | None

    @property
    def counts(self) -> bool:
        last, now = self.last, self.criterion
        return last is not None and (last.text, MARKS.get(last.verdict), last.page) == (
            one_line(now.text), now.verification, now.page,
        )  # fmt: skip

    @property
    def otherwise(self) -> str:
        """What the document says instead; empty unless a verdict that counts says so."""
        return self.last.instead if self.last and self.counts and self.last.verdict == OTHERWISE else ""


@dataclass(frozen=True)
class VerifiedStandard:
    """A standard with the rows of its table. `file` is its `framework.yaml`, and `began` its version as it was opened.

    Rows are kept whole: somebody may have added a column.
    """

    file: Path
    framework: Framework
    began: str
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def table(self) -> Path:
        return self.file.with_name(TABLE)

    def items(self) -> tuple[VerifiedItem, ...]:
        """Every criterion, in the order of the file."""
        last = {row["criterion"]: verdict_in(row) for row in self.rows}
        return tuple(
            VerifiedItem(area, one, last.get(one.criterion)) for area in self.framework.areas for one in area.criteria
        )

    def item(self, criterion: str) -> VerifiedItem | Problem:
        found = {item.criterion.criterion: item for item in self.items()}
        if criterion in found:
            return found[criterion]
        hint = nearest(criterion, found)
        return Problem("unknown_criterion", short_name(self.file), value=criterion, hint=hint, weight=Weight.FILE)


def open_standard(folder: Path, standard: str, included: Path = SHIPPED[0]) -> VerifiedStandard | list[Problem]:
    """The standard with this id in a folder of standards, or why it cannot be verified there.

    The folder that the program itself reads is never written.
    """
    places = [place for root in framework_roots([folder]) for place in framework_folders(root)]
    found = {_id(file): file for file in ((place / FRAMEWORK_FILE).resolve() for place in places)}
    if not found:
        return [Problem("nothing_found", str(folder), weight=Weight.FILE)]
    if standard not in found:
        listed, hint = ", ".join(found), nearest(standard, found)
        return [Problem("no_standard", str(folder), value=standard, expected=listed, hint=hint, weight=Weight.FILE)]
    file = found[standard]
    if file.is_relative_to(included.resolve()):
        return [Problem("standard_included", str(folder), weight=Weight.FILE)]
    opened = _read(file)
    return replace(opened, began=opened.framework.version) if isinstance(opened, VerifiedStandard) else opened


def reread(standard: VerifiedStandard) -> VerifiedStandard | list[Problem]:
    """The same standard as its files are now; somebody may have edited them."""
    return _read(standard.file, standard.began)


def _id(file: Path) -> str:
    """The id of a standard; of a file that cannot be read, the name of its folder."""
    read = read_yaml(file, short_name(file))
    values = read.values if isinstance(read, Document) else None
    return str(values["framework"]) if isinstance(values, dict) and "framework" in values else file.parent.name


def _read(file: Path, began: str = "") -> VerifiedStandard | list[Problem]:
    document = read_yaml(file, short_name(file))
    framework = [document] if isinstance(document, Problem) else validate(document, Framework)
    if isinstance(framework, list):
        return framework
    table = file.with_name(TABLE)
    rows = read_table(table) if table.exists() else {}
    return [rows] if isinstance(rows, Problem) else VerifiedStandard(file, framework, began, tuple(rows.values()))


def wrong_day(day: str, today: date) -> Iterator[Problem]:
    try:
        late = date.fromisoformat(day) > today
    except ValueError:
        yield Problem("bad_date", "date", value=day, expected=today.isoformat())
    else:
        if late:
            yield Problem("future_date", "date", value=day, expected=today.isoformat())


def wrong_in(given: Verdict, item: VerifiedItem, today: date) -> Iterator[Problem]:
    """What is missing or wrong in a verdict."""
    if given.verdict not in MARKS:
        yield Problem("bad_verdict", "verdict", value=given.verdict, expected=", ".join(MARKS))
    if not given.page:
        yield Problem("page_missing", "page")
    if given.verdict == OTHERWISE and not given.instead:
        yield Problem("instead_missing", "instead")
    if given.verdict != OTHERWISE and given.instead:
        yield Problem("instead_unused", "instead", value=given.instead)
    if not given.role:
        yield Problem("role_missing", "role")
    yield from wrong_day(given.date, today)
    if given.text and given.text != one_line(item.criterion.text):
        yield Problem("text_changed", "text", value=item.criterion.criterion)


def give(standard: VerifiedStandard, given: Verdict, today: date) -> VerifiedStandard | list[Problem]:
    """Write one verdict. Returns the standard as it is then, or why nothing was written."""
    now = reread(standard)
    item = now.item(given.criterion) if isinstance(now, VerifiedStandard) else None
    if not isinstance(now, VerifiedStandard) or not isinstance(item, VerifiedItem):
        return [item] if isinstance(item, Problem) else now if isinstance(now, list) else []
    given = verdict_in(asdict(given))
    if wrong := list(wrong_in(given, item, today)):
        return wrong
    version = now.framework.version
    version = _next(version) if version == now.began else version
    return _write(now, replace(given, version=version, text=one_line(item.criterion.text)))


def _next(version: str) -> str:
    first, *more = version.split(".")
    return ".".join([first, *more[:-1], str(int(more[-1]) + 1)]) if more else f"{first}.1"


def _write(now: VerifiedStandard, given: Verdict) -> VerifiedStandard | list[Problem]:
    """Write the mark, then the row; without the row, the file is put back."""
    place = next(place for place, one in criteria_at(now.framework) if one.criterion == given.criterion)
    changes = {
        ("version",): given.version, (*place, "page"): given.page, (*place, "verification"): MARKS[given.verdict],
    }  # fmt: skip
    rows = (*now.rows, asdict(given))
    columns = dict.fromkeys((*COLUMNS, *(name for row in rows for name in row)))
    table = listed_csv(tuple(columns), ({**dict.fromkeys(columns, ""), **row} for row in rows)).decode()
    try:
        before = now.file.read_bytes().decode()
        after = edited(before, changes, tuple(Criterion.model_fields))
        if after is None:
            return [Problem("not_editable", short_name(now.file), value=given.criterion, weight=Weight.FILE)]
        write_atomically(now.file, after)
        try:
            write_atomically(now.table, table)
        except OSError:
            with suppress(OSError):
                write_atomically(now.file, before)
            raise
    except OSError as error:
        return [Problem("not_written", str(now.table), value=error.strerror, weight=Weight.FILE)]
    return _read(now.file, now.began)


@dataclass(frozen=True)
class TakenTable:
    """What was taken of a table of verdicts: the standard then, how many rows, and the problems of the others."""

    standard: VerifiedStandard
    taken: int = 0
    problems: tuple[Problem, ...] = ()


def take_table(standard: VerifiedStandard, path: Path, usual: Verdict, today: date) -> TakenTable:
    """Give every verdict of a table. `usual` has the role and day of rows without; rows there already are passed over.

    A row without a verdict is not filled in yet.
    """
    rows = read_table(path)
    if isinstance(rows, Problem):
        return TakenTable(standard, problems=(rows,))
    taken, problems = 0, list[Problem]()
    for number, row in rows.items():
        given = verdict_in(row)
        given = replace(given, role=given.role or usual.role, date=given.date or usual.date)
        item = standard.item(given.criterion)
        if not given.verdict or _is_there(given, item):
            continue
        done = [item] if isinstance(item, Problem) else give(standard, given, today)
        if isinstance(done, VerifiedStandard):
            standard, taken = done, taken + 1
        else:
            problems += _in_row(done, path.name, number)
    return TakenTable(standard, taken, tuple(problems))


def _is_there(given: Verdict, item: VerifiedItem | Problem) -> bool:
    if isinstance(item, Problem) or item.last is None or not item.counts:
        return False
    return replace(given, version=item.last.version, text=item.last.text) == item.last


def _in_row(problems: Sequence[Problem], file: str, row: int) -> list[Problem]:
    return [
        replace(one, file=file, row=row, column=one.file if one.file in COLUMNS else "criterion", weight=Weight.ROW)
        for one in problems
    ]
