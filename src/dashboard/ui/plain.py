"""Text that people wrote, made safe to stand where Markdown is read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.model.problem import Problem
from dashboard.queries import ask
from dashboard.store.open import Published

_DISARMED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>$~"})
# Codes carry underscores and are keys; between rows and words only what can dress up or fetch something is disarmed.
_IN_ROWS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*[]<>$~"})


def plain(text: str | None) -> str:
    """The text with every mark of Markdown disarmed, so that a note can neither dress up nor fetch a picture."""
    return (text or "").translate(_DISARMED)


def plain_problem(problem: Problem) -> Problem:
    """The problem with what it quotes disarmed; the marks of its own sentence stay."""
    return replace(problem, file=plain(problem.file), value=None if problem.value is None else plain(problem.value))


def rows(published: Published, name: str, given: Mapping[str, ask.Value]) -> list[dict[str, Any]]:
    """The rows of a question, to be put into words: no text in them can fetch a picture or draw a link."""
    return [plain_row(row) for row in ask.rows(published, name, given)]


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """One row with its texts disarmed, also those in lists and in rows within it."""
    return {name: _disarmed(value) for name, value in row.items()}


def _disarmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_IN_ROWS)
    if isinstance(value, dict):
        return plain_row(value)
    return [_disarmed(part) for part in value] if isinstance(value, list) else value
