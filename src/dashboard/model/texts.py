"""The values of a row as text, as they stand in a file: what forms hold and compare."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any


def texts_of(row: Mapping[str, object], form: Any) -> dict[str, str]:
    """The values of a row that a form has, by field; nothing is an empty text."""
    return {field.name: text_of(row[field.name]) for field in fields(form)}


def text_of(value: object) -> str:
    """A value as it stands in a file; nothing is an empty text."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
