"""Which group shows at once whose words leak? One in which every name and text says which operation it belongs to."""

import csv
import re
from pathlib import Path

from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.canary import MARK, write_canary
from tests.conftest import TODAY

LETTERS = "abcdefghijk"
"""One for each operation, in the order of their list. A single letter ends by itself, also where no blank follows."""
WHOSE = re.compile(rf"(?i:{MARK})(?i:-op-|tel |land )([{LETTERS}])".encode())
_NUMBERED = re.compile(rf"(?i:{MARK})(-op-|tel |land )(\d+)")
_TEXT = re.compile(rf"{MARK} [a-z_]+ \d+")


def operation_of(letter: str) -> str:
    return f"{MARK}-op-{letter}"


def others_in(content: bytes, own: frozenset[str]) -> list[str]:
    """What is said in some bytes about operations other than these, each with its surroundings."""
    found = (one for one in WHOSE.finditer(content) if one[1].decode().lower() not in own)
    return [content[max(0, one.start() - 60) : one.end() + 20].decode("utf-8", "replace") for one in found]


def publish_marked(folder: Path) -> tuple[Path, dict[str, str]]:
    """Publish the group with its files beside `store`; return the store, and the country of each letter."""
    places = write_canary(folder)
    for path in (*folder.rglob("*.csv"), *folder.rglob("own.yaml"), *folder.rglob("pt.yaml")):
        path.write_text(_NUMBERED.sub(_lettered, path.read_text("utf-8")), "utf-8")
    data = folder / "data"
    for path in sorted(data.rglob("*.csv")):
        _say_whose(path)
    outcome = publish(Load(folder / "store", places, Writer("host", "the beginning"), TODAY))
    assert outcome.revision is not None, outcome.problems
    with (data / "operations.csv").open(encoding="utf-8", newline="") as file:
        countries = {row["operation"][-1]: row["country"] for row in csv.DictReader(file) if row["country"]}
    return folder / "store", countries


def criteria_of(data: Path, operation: str) -> list[str]:
    """The criteria of one standard that an operation has answered in the last round."""
    with (data / "answers" / "2025.csv").open(encoding="utf-8", newline="") as file:
        rows = [row["criterion"] for row in csv.DictReader(file) if row["operation"] == operation]
    return sorted(criterion for criterion in rows if criterion.startswith("CRBP-"))


def _lettered(found: re.Match[str]) -> str:
    """The list of countries lacks the head office, which is the first operation."""
    number = int(found[2]) + (found[1] == "land ")
    return found[0][: -len(found[2])] + LETTERS[number]


def _say_whose(path: Path) -> None:
    """Add its operation to every text of a row. The title of a round names a country that everybody sees."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if path.stem == "rounds":
            row["title"] = row["title"].partition(" of ")[0]
        elif row.get("operation"):
            row |= {name: f"{said} {row['operation']}" for name, said in row.items() if _TEXT.fullmatch(said or "")}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
