"""Does every messy sheet end in the rows that it means, by one command, with everything else told?"""

import csv
from pathlib import Path

import pytest

from tests.messy import MESSY, MessySheet
from tests.tasks.test_command import call

COLUMNS = ("operation", "criterion", "status", "note", "na_reason")


@pytest.mark.parametrize("sheet", MESSY, ids=lambda sheet: sheet.name)
def test_a_messy_sheet_is_published(store: Path, tmp_path: Path, sheet: MessySheet) -> None:
    path, target = sheet.write(tmp_path), tmp_path / "long.csv"
    (store / "mappings").mkdir()
    (store / "mappings" / "By hand.yaml").write_text(sheet.mapping or "form: answers", "utf-8")
    by = ["--mapping", "By hand"] if sheet.mapping else []
    result = call("import", path, *by, *sheet.options, "--to", target, "--publish", "--store", store)
    assert result.exit_code == 0, result.output
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [tuple(row[column] for column in COLUMNS) for row in rows] == list(sheet.rows)
    assert {row["round"] for row in rows} == {sheet.round}
    n, out = len(rows), sheet.n_out
    assert result.stdout.splitlines()[-1] == f"{n} rows read: {n - out} published, {out} left out."
    assert sheet.told in result.output
