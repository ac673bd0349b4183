"""Says where a column and a table that were just added to the records have arrived; `test_records.py` runs it apart.

Its one argument is a folder to publish in. It prints what it found as JSON.
"""

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import duckdb

from dashboard.exports.xlsform import FURTHER
from dashboard.model.masking import Aliases, Sight
from dashboard.model.permissions import Deed
from dashboard.model.publish_preview import COLUMNS, COMPARED
from dashboard.model.records import Draft, EditedRow, tables_schema
from dashboard.model.workbook import asked_columns
from dashboard.store.history import current_number, publication_path, read_revision
from dashboard.store.mask import Replacements, codes_to_hide, mask, restrict
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import save_rows
from dashboard.store.reader import Reader
from dashboard.tasks.preview import preview
from dashboard.ui.editing.field import fields_of
from tests.conftest import TINY, TODAY, WRITER

ANSWERS = """round,operation,criterion,status,evidence,answer_source
R2,a-op,T1.a,yes,seen,Board minutes
"""
VISIT = """round,operation,visit,seen_on,crowd,remark
R2,a-op,V-1,2025-03-01,many,Told in confidence
"""
VISITS = f"""{VISIT}\
R2,a-op,V-1,2025-03-01,few,Said twice
R9,a-op,V-2,2025-03-01,few,
R2,a-op,V-3,2025-02-30,few,
R2,a-op,V-4,2999-01-01,few,
R2,a-op,V-5,2025-03-01,lots,
R2,a-op,V-6,2025-03-01,,
"""
ROOM = Replacements("{name}", "{name}", "{name}", "{name}", "Head office", "a role", "left out")


@dataclass(frozen=True)
class Visit(EditedRow):
    """A row of the new table as people edit it: all that its editor needs beside the record."""

    form: ClassVar[str] = "visits"
    deed: ClassVar[Deed] = Deed.ANSWER
    round: str = ""
    operation: str = ""
    visit: str = ""
    seen_on: str = ""
    crowd: str = ""
    remark: str = ""


def main(folder: Path) -> None:
    """Publish a row of each, preview a change of each, and hide names."""
    publish(Load(folder / "store", [TINY], WRITER, TODAY))
    files = [_file(folder, "answers", ANSWERS), _file(folder, "visits", VISITS)]
    outcome = publish(Load(folder / "store", files, WRITER, TODAY))
    revision = read_revision(folder / "store", current_number(folder / "store"))
    with duckdb.connect(str(publication_path(folder / "store", revision.publication)), read_only=True) as opened:
        stored = {
            "answers": opened.execute("SELECT answer_source FROM answer WHERE answer_source IS NOT NULL").fetchall(),
            "visits": opened.execute("SELECT visit, CAST(seen_on AS VARCHAR), crowd, remark FROM visit").fetchall(),
        }
    changed = [
        _file(folder, "answers", ANSWERS.replace("Board", "Other")),
        _file(folder, "visits", VISIT.replace("03-01", "03-02")),
    ]
    (folder / "proof").mkdir()
    seen = preview(folder / "store", changed, TODAY, folder / "proof").changes
    published = Reader(folder / "store").current()
    assert published is not None
    assert seen is not None
    aliases = Aliases(
        {kind: {code: n for n, code in enumerate(codes)} for kind, codes in codes_to_hide(published).items()}
    )
    with mask(published, aliases, ROOM, folder / "masked.duckdb").cursor() as masked:
        hidden = {
            "answers": masked.execute("SELECT answer_source FROM answer WHERE answer_source IS NOT NULL").fetchall(),
            "visits": masked.execute("SELECT crowd, remark FROM visit").fetchall(),
        }
    was = Visit("R2", "a-op", "V-1", "2025-03-01", "many", "Told in confidence")
    typed = Draft(was, replace(was, crowd="few"))
    saves = [save_rows(folder / "store", [draft], WRITER, TODAY) for draft in (typed, typed, Draft(None, was))]
    asks = fields_of("visits")
    with restrict(published, Sight(frozenset(("b-op",)), False), "Rest", folder / "restricted.duckdb").cursor() as one:
        restricted = one.execute("SELECT visit FROM visit").fetchall()
    found = {
        "restricted": restricted,
        "saved": [[*(problem.kind for problem in save.problems), *save.codes] for save in saves],
        "asked": [asks(name).kind.name for name in ("seen_on", "crowd", "remark")],
        "problems": sorted([problem.kind, problem.row, problem.column] for problem in outcome.problems),
        "stored": stored,
        "changes": sorted([row.form, one.column, one.was, one.now] for row in seen.rows for one in row.differences),
        "masked": hidden,
        "sheet": [column.name for column in asked_columns("answers")],
        "form for phones": [column.name for column in FURTHER],
        "compared": [*COMPARED, *COLUMNS],
        "schema": sorted(tables_schema()["properties"]["visits"]["items"]["properties"]),
    }
    print(json.dumps(found))


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(text, "utf-8")
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]))
