"""What has changed since a workbook was made? Its framework has another version now; a note for each difference."""

from collections.abc import Iterable, Mapping

import duckdb

from dashboard.loading.files.staging import AskedRow, Staged
from dashboard.loading.library.library import Library
from dashboard.loading.workbook.words import framework_named
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Framework, version_key

Texts = Mapping[str, str]


def older_books(
    connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged], library: Library, names: Mapping[str, str]
) -> list[Problem]:
    """Notes on workbooks of an older version: one per workbook and framework, then one per question that has changed.

    `names` map former names to current ones.
    """
    named = {
        (round_, edition.partition("=")[0]): edition.partition("=")[2]
        for round_, versions in connection.execute("SELECT round, versions FROM round").fetchall()
        for edition in versions
    }
    problems: list[Problem] = []
    noted: set[tuple[object, str, str]] = set()
    for table in staged:
        for (framework, version, round_), rows in _asked(table).items():
            present = framework_named(library, framework)
            if present is None or _same(version, present.version, named.get((round_, framework))):
                continue
            former = _former(connection, framework, version)
            if (table.path, framework, version) not in noted:
                noted.add((table.path, framework, version))
                problems += _notes_on_workbook(table, present, version, former, names)
            problems += _each(table, rows, present, former, names)
    return problems


def _same(version: str, *others: str | None) -> bool:
    """Whether a version equals one of the others. The check of versions reports invalid ones."""
    try:
        return any(version_key(version) == version_key(other) for other in others if other)
    except ValueError:
        return True


def _asked(table: Staged) -> dict[tuple[str, str, str], list[AskedRow]]:
    by_version: dict[tuple[str, str, str], list[AskedRow]] = {}
    for row in table.book.asked if table.book is not None else ():
        if row.framework and row.version:
            by_version.setdefault((row.framework, row.version, row.round), []).append(row)
    return by_version


def _former(connection: duckdb.DuckDBPyConnection, framework: str, version: str) -> Texts:
    """What a version asked, by the ids at the time; empty if it was never published."""
    rows = connection.execute(
        "SELECT v.version, t.criterion, t.text FROM former_text AS t JOIN framework_version AS v USING (version_no) "
        "JOIN framework AS f USING (framework_no) WHERE f.framework = $framework",
        {"framework": framework},
    ).fetchall()
    return {id_: text for edition, id_, text in rows if _same(version, edition)}


def _present(framework: Framework) -> dict[str, str]:
    return {criterion.criterion: criterion.text for area in framework.areas for criterion in area.criteria}


def _notes_on_workbook(
    table: Staged, present: Framework, version: str, former: Texts, names: Mapping[str, str]
) -> list[Problem]:
    """Notes that the workbook is older, and which questions have been added since."""
    value = f"{present.short_title} {version} → {present.version}"
    problems = [Problem("older_version", table.path.name, value=value, weight=Weight.NOTE)]
    known = {names.get(id_, id_) for id_ in former}
    added = [id_ for id_ in _present(present) if id_ not in known]
    if former and added:
        problems.append(Problem("asked_since", table.path.name, value=", ".join(added), weight=Weight.NOTE))
    return problems


def _each(
    table: Staged, rows: Iterable[AskedRow], present: Framework, former: Texts, names: Mapping[str, str]
) -> list[Problem]:
    """The questions of one sheet that have been reworded or are no longer asked."""
    texts, column = _present(present), table.column("criterion")
    problems = []
    for row in rows:
        now, was = texts.get(names.get(row.id, row.id)), former.get(row.id)
        if now is None:
            problems.append(Problem("asked_no_more", table.file, row.number, column, row.id, weight=Weight.NOTE))
        elif was is not None and now.split() != was.split():
            problems.append(
                Problem("worded_otherwise", table.file, row.number, column, f"{was} → {now}", weight=Weight.NOTE)
            )
    return problems
