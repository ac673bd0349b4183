"""What do people call our columns and words? Our own names, their titles in every language, and usual synonyms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dashboard.loading.files.words_file import further, languages, read_words
from dashboard.loading.files.yaml_file import read_yaml
from dashboard.model.answers.names import Called, bare
from dashboard.model.problem import Problem
from dashboard.model.records import EVIDENCE

TITLED: Mapping[str, Mapping[str, str]] = {
    "evidence": {code: f"evidence.{code}" for code in EVIDENCE},
    "confidence": {code: f"confidence.{code}" for code in ("low", "medium", "high")},
    "action_status": {code: f"action_status.{code}" for code in ("open", "in_progress", "done", "blocked", "dropped")},
    "priority": {code: f"plan.priority_{code}" for code in ("high", "medium", "low")},
    **{name: {code: f"plan.priority_{code}" for code in ("low", "medium", "high")} for name in ("effort", "cost")},
    "found": {code: f"mapping.found_{code}" for code in ("yes", "none")},
}
"""Fixed lists: the codes of each, with the key of the sentence that is its title."""


@dataclass(frozen=True)
class Synonyms:
    """Normalised names by our column; names by word of each fixed list; names of months."""

    columns: Mapping[str, frozenset[str]]
    values: Mapping[str, Called]
    months: Mapping[str, int]


def synonyms() -> Synonyms:
    """Return the built-in synonyms and the titles in every language of the words. Raises ValueError if invalid."""
    return _synonyms(further())


@cache
def _synonyms(_more: Path | None) -> Synonyms:
    path = Path(str(files("dashboard.loading.mapping") / "synonyms.yaml"))
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        raise ValueError(f"{document.file}, line {document.row}: {document.value}")
    content = document.values
    columns = {
        column: frozenset(
            bare(str(name)) for name in (*names, *_titles(f"column.{column}"), *_titles(f"mapping.ours_{column}"))
        )
        for column, names in content["columns"].items()
    }
    values = {
        name: {str(word): tuple(str(called) for called in names) for word, names in words.items()}
        for name, words in content["values"].items()
    }
    for name, titles in TITLED.items():
        values[name] = {code: (*_titles(key), *values[name].get(code, ())) for code, key in titles.items()}
    months = {str(name).casefold(): int(month) for month, names in content["months"].items() for name in names}
    return Synonyms(columns, values, months)


def _titles(key: str) -> tuple[str, ...]:
    """One sentence of the words, in every language."""
    spoken = (read_words(language) for language in languages())
    return tuple(dict.fromkeys(words(key) for words in spoken if words.has(key)))
