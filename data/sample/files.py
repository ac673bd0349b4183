"""What the sample is made of is read, and what is made is written: YAML and CSV files."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DATA = HERE.parent
FRAMEWORKS = DATA.parent / "frameworks"


@cache
def read_yaml(path: Path) -> dict[str, Any]:
    """The content of one YAML file of the frameworks. It is read once a run and must not be changed."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def content(name: str) -> Any:
    """The content of one of the YAML files beside this module; each says at its top how it is laid out."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file of `data/`, each by the names of its columns."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write one CSV file of `data/`: a header of `columns`, then the rows, whose cells stand in the same order."""
    path = DATA / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
