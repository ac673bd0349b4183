"""What does every table of a publication hold, as one number each, so that two states of the program can be compared?

    python -m tests.stores.fingerprints made.json            # with the program on the path
    python -m tests.stores.fingerprints made.json was.json   # also names each table that differs

It makes the sample, the toy group, the nested fixtures and the sample with cells spoilt at random, and upgrades every
held store.
"""

import csv
import json
import random
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dashboard.store.history import history, publication_path
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.upgrade import Upgraded, upgrade
from tests.conftest import LEVELS, ROOT, TINY, TODAY, WRITER

FROM = {
    "sample": [ROOT / "frameworks", ROOT / "data"],
    "toy group": [TINY],
    "nested": [LEVELS],
}
"""What is published in one step, by name."""
HELD = sorted((ROOT / "tests" / "stores").glob("*.tar.xz"))

SPOILT = ("", "x", "=1+1", "2031-02-30", "2999-01-01", "-1", "5", "101", "none", "low;x", "a=1", "true")
"""What a cell may become."""

Fingerprints = dict[str, dict[str, list[str]]]


def fingerprints(folder: Path) -> Fingerprints:
    """By publication, then by table: how many rows, and a sum over all of them, whatever their order."""
    return {
        f"{name} {path.stem.partition('-')[0]}": dict(_tables(path))
        for name, store in _stores(folder)
        for path in (publication_path(store, one) for one in sorted({move.publication for move in history(store)}))
    }


def _stores(folder: Path) -> Iterator[tuple[str, Path]]:
    spoilt = {"spoilt": [ROOT / "frameworks", _spoilt(folder / "spoilt data")]}
    for name, (*lists, last) in (FROM | spoilt).items():
        store = folder / name
        first = [*lists, ROOT / "data"] if name == "spoilt" else [*lists, last]
        # A second step over the first: what is there already is compared with what comes.
        for paths in (first, [*lists, last], [last]):
            publish(Load(store, paths, WRITER, TODAY))
        yield name, store
    for packed in HELD:
        place = folder / packed.name.partition(".")[0]
        with tarfile.open(packed) as content:
            content.extractall(place, filter="data")
        if isinstance(upgrade(place / "store", place / "new"), Upgraded):
            yield place.name, place / "new"


def _spoilt(folder: Path) -> Path:
    """The tables of the sample: of twenty rows one has another cell, of a hundred one comes twice."""
    draw = random.Random(0)
    for file in sorted((ROOT / "data").rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            head, *rows = csv.reader(opened)
        twice = [row for row in rows if draw.random() < 0.01]
        for row in rows:
            if draw.random() < 0.05:
                row[draw.randrange(len(head))] = draw.choice([*SPOILT, draw.choice(draw.choice(rows))])
        to = folder / file.relative_to(ROOT / "data")
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([head, *rows, *twice])
    return folder


def _tables(path: Path) -> Iterator[tuple[str, list[str]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        for (table,) in names:
            described = connection.execute(f'DESCRIBE "{table}"').fetchall()
            columns = sorted(f'"{column}"' for column, *_ in described)
            # The sum tells repeated rows, which an exclusive or would not.
            row = f'SELECT count(*), sum(CAST(hash({", ".join(columns)}) AS HUGEINT)) FROM "{table}"'  # noqa: S608
            n, total = connection.execute(row).fetchall()[0]
            yield table, [str(n), str(total), " ".join(sorted(f"{column} {kind}" for column, kind, *_ in described))]


def main(arguments: list[str]) -> int:
    """Write the fingerprints; 1 if a table differs from those of the second file."""
    with TemporaryDirectory() as folder:
        made = fingerprints(Path(folder))
    Path(arguments[0]).write_text(json.dumps(made, indent=1), "utf-8")
    if len(arguments) < 2:
        return 0
    was: Fingerprints = json.loads(Path(arguments[1]).read_text("utf-8"))
    unlike = [f"{name}: {table}" for name in {*made, *was} for table in _unlike(was.get(name, {}), made.get(name, {}))]
    print("\n".join(sorted(unlike)) or f"Equal: {sum(map(len, made.values()))} tables.")
    return int(bool(unlike))


def _unlike(was: dict[str, list[str]], now: dict[str, list[str]]) -> list[str]:
    return sorted(table for table in {*was, *now} if was.get(table) != now.get(table))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
