"""A workbook of 250 answers: previewed, and published as previewed, compared with merely copying the store's file.

In turn, in one process, over a copy of the store of each size; a quarter of the answers differ from before.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import xlsxwriter

from benchmarks.generate import WORK
from benchmarks.load import store_of
from dashboard.model.records import RECORDS, as_csv
from dashboard.store.history import current_number, publication_path, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.build import Proof
from dashboard.store.publishing.publish import publish_preview
from dashboard.tasks.preview import preview

ANSWERS, TURNS = 250, 7
# All answers of one operation after another in the last round, as in a returned workbook.
HANDED_IN = """
    SELECT r.round, o.operation, c.criterion,
        CASE WHEN row_number() OVER () % 4 > 0 THEN s.status WHEN s.status = 'partly' THEN 'implemented'
            ELSE 'partly' END AS status,
        ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] AS evidence,
        coalesce(a.note, '') AS note, a.answered_by_role, CAST(a.answered_on AS VARCHAR) AS answered_on,
        coalesce(a.na_reason, '') AS na_reason
    FROM answer AS a JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN criterion AS c USING (criterion_no) JOIN scale AS s USING (status_no)
    WHERE r.round = '2025' AND s.counts_as <> 'unanswered' AND o.kind = 'operation'
    ORDER BY a.operation_no, a.criterion_no LIMIT $answers
"""


@dataclass(frozen=True)
class Spent:
    """Median seconds over all turns; `size_mb` is the size of the store's file."""

    copy: float
    preview_csv: float
    preview_xlsx: float
    publish: float
    size_mb: float


def measure(name: str, turns: int = TURNS) -> Spent:
    """Return what each costs at one size."""
    with tempfile.TemporaryDirectory(prefix="bench-preview-", dir=WORK) as folder:
        store = Path(shutil.copytree(store_of(name), Path(folder) / "store"))
        current = _current(store)
        csv_file, xlsx_file = _handed_in(current, Path(folder))
        spent: dict[str, list[float]] = {key: [] for key in ("copy", "preview_csv", "preview_xlsx", "publish")}
        for turn in range(turns):
            room = Path(folder) / str(turn)
            spent["copy"].append(_clock(lambda: _bare_copy(_current(store), Path(folder) / "bare"))[0])
            for kind, file in (("preview_csv", csv_file), ("preview_xlsx", xlsx_file)):
                shutil.rmtree(room, ignore_errors=True)
                room.mkdir()
                seconds, proof = _clock(lambda file=file, room=room: _previewed(store, file, room))  # type: ignore[misc]
                spent[kind].append(seconds)
            spent["publish"].append(_clock(lambda proof=proof: _published(store, proof))[0])  # type: ignore[misc]
            # Every turn applies its changes to the same publication.
            _back(store)
        return Spent(**{key: median(found) for key, found in spent.items()}, size_mb=current.stat().st_size / 1e6)


def _clock(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def _current(store: Path) -> Path:
    return publication_path(store, read_revision(store, current_number(store)).publication)


def _bare_copy(publication: Path, target: Path) -> None:
    shutil.copyfile(publication, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _previewed(store: Path, file: Path, room: Path) -> Proof:
    found = preview(store, [file], date.today(), room)
    if found.proof is None or found.changes.n("changed") < ANSWERS // 5:
        raise RuntimeError(f"the preview tells too little: {found.problems[:3]}")
    return found.proof


def _published(store: Path, proof: Proof) -> None:
    outcome = publish_preview(store, proof, Writer("benchmark", "as seen"))
    if outcome.revision is None:
        raise RuntimeError(f"not published: {outcome.problems[:3]}")


def _back(store: Path) -> None:
    (store / "CURRENT").write_text("1\n", "ascii")


def _handed_in(publication: Path, folder: Path) -> tuple[Path, Path]:
    with duckdb.connect(str(publication), read_only=True) as connection:
        cursor = connection.execute(HANDED_IN, {"answers": ANSWERS})
        names = [name for name, *_ in cursor.description]
        rows: list[Mapping[str, str]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    csv_file, xlsx_file = folder / "answers.csv", folder / "answers.xlsx"
    csv_file.write_text(as_csv(RECORDS["answers"], rows), "utf-8", newline="")
    with xlsxwriter.Workbook(xlsx_file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names)
        for position, row in enumerate(rows, start=1):
            sheet.write_row(position, 0, [row[name] for name in names])
    return csv_file, xlsx_file


if __name__ == "__main__":
    for size in sys.argv[1:] or ["1m", "10m"]:
        print(size, measure(size))
