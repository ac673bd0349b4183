"""What do people call our columns and words? Our own names, their titles in every language, and usual synonyms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dashboard.loading.words_file import languages, read_words
from dashboard.loading.yaml_file import read_yaml
from dashboard.model.names import Called, bare
from dashboard.model.problem import Problem
from dashboard.model.tables import EVIDENCE

TITLED = {
    "evidence": ("evidence.", EVIDENCE),
    "confidence": ("confidence.", ("low", "medium", "high")),
    "action_status": ("action_status.", ("open", "in_progress", "done", "blocked", "dropped")),
    "priority": ("plan.priority_", ("high", "medium", "low")),
    "found": ("mapping.found_", ("yes", "none")),
}
"""Closed lists of words: the section of the words that titles them, and the words."""


@dataclass(frozen=True)
class Synonyms:
    """Bare names by column of ours; names by word of each closed list; names of months."""

    columns: Mapping[str, frozenset[str]]
    values: Mapping[str, Called]
    months: Mapping[str, int]


@cache
def synonyms(more: Path | None = None) -> Synonyms:
    """The synonyms that ship, and the titles of every language there are words for. Raises ValueError when broken."""
    path = Path(str(files("dashboard.loading") / "synonyms.yaml"))
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        raise ValueError(f"{document.file}, line {document.row}: {document.value}")
    said = document.values
    columns = {
        column: frozenset(
            bare(str(name))
            for name in (*names, *_titles(f"column.{column}", more), *_titles(f"mapping.ours_{column}", more))
        )
        for column, names in said["columns"].items()
    }
    values = {
        name: {str(word): tuple(str(called) for called in names) for word, names in words.items()}
        for name, words in said["values"].items()
    }
    for name, (section, codes) in TITLED.items():
        values[name] = {code: (*_titles(f"{section}{code}", more), *values[name].get(code, ())) for code in codes}
    months = {str(name).casefold(): int(month) for month, names in said["months"].items() for name in names}
    return Synonyms(columns, values, months)


def _titles(key: str, more: Path | None) -> Iterable[str]:
    """One sentence of the words in every language."""
    return tuple(
        dict.fromkeys(words(key) for words in (read_words(lang, more) for lang in languages(more)) if words.has(key))
    )
