"""The group of the sample a round later: an operation has left, two begin with a short start, a criterion has ended."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import copytree

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests import conftest

ROUND, BEFORE = "2026", "2025"
LEFT, HOME, NEW = "bol-op", "gtm-home", "hnd-op"
"""Who is asked nothing any more; who joins a country that is already there; and who joins in one of its own."""
ENDED, FAILED = "CRBP-10.a", "CRBP-09.a"
"""What its standard no longer asks, and the critical criterion that fails in the new country."""
Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of a file of the sample."""
    with (conftest.ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    rows = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_files(folder: Path) -> Path:
    """Everything that the next round brings, beside the answers of the round before as they were."""
    copytree(conftest.ROOT / "frameworks", folder / "frameworks")
    standard = folder / "frameworks/crbp/framework.yaml"
    text = standard.read_text("utf-8").replace('version: "1.7"', 'version: "1.8"', 1)
    head, at, rest = text.partition(f"criterion: {ENDED}\n")
    standard.write_text(f'{head}{at}        until: "1.7"\n{rest}', "utf-8")
    one = table("rounds.csv")[-1] | {"round": ROUND, "title": f"Round {ROUND}"}
    write(folder / "rounds.csv", [*table("rounds.csv"), one | {"starts_on": "2026-02-02", "ends_on": "2026-05-29"}])
    honduras = {"country": "HND", "title": "Honduras", "region": "Latin America"}
    write(folder / "countries.csv", [*table("countries.csv"), honduras])
    write(folder / "operations.csv", _operations())
    answers = table(f"answers/{BEFORE}.csv")
    write(folder / f"answers/{BEFORE}.csv", answers)
    kept = [row | {"round": ROUND} for row in answers if row["operation"] != LEFT and row["criterion"] != ENDED]
    failed = {"round": ROUND, "operation": NEW, "criterion": FAILED, "status": "not_implemented"}
    write(folder / f"answers/{ROUND}.csv", [*kept, failed])
    rated = [row for row in table("ratings/risks.csv") if (row["round"], row["operation"]) == (BEFORE, "gtm-op")]
    again = [row | {"round": ROUND, "operation": NEW} for row in rated]
    write(folder / "ratings/risks.csv", [*table("ratings/risks.csv"), *again])
    return folder


def _operations() -> list[Row]:
    rows = [row | {"last_round": BEFORE if row["operation"] == LEFT else ""} for row in table("operations.csv")]
    short = next(row for row in rows if row["operation"] == "gtm-op") | {"first_round": ROUND, "short_until": ROUND}
    home = {"operation": HOME, "title": "Savandina Guatemala Home", "services": "isp;tv"}
    new = {"operation": NEW, "country": "HND", "title": "Savandina Honduras"}
    return [*rows, short | home, short | new]


def publish_it(store: Path, folder: Path) -> None:
    """Publish these files over the sample, agreeing to whatever is asked."""
    outcome = publish(Load(store, [folder], conftest.WRITER, conftest.READ_ON, agree=lambda _: True))
    assert outcome.revision is not None, outcome.problems
