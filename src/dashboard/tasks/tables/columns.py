"""What does each column of the tables for other tools mean, and what is its unit?"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from dashboard.loading.files.yaml_file import read_yaml
from dashboard.model.problem import Problem

Said = Mapping[str, tuple[str, str]]
"""Unit and meaning, by name of the column or by `table.column`."""


def said_of(table: str, column: str) -> tuple[str, str]:
    """Unit and meaning of one column of a table. Raises KeyError if it is not described."""
    everything = said()
    return everything.get(f"{table}.{column}") or everything[column]


@cache
def said() -> Said:
    """All descriptions. Raises ValueError if the file is invalid."""
    path = Path(str(files("dashboard.tasks.tables") / "columns.yaml"))
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        raise ValueError(f"{document.file}, line {document.row}: {document.value}")
    entries = {**document.values["columns"], **document.values["tables"]}
    return {name: (str(unit), str(meaning)) for name, (unit, meaning) in entries.items()}
