"""The values of a row as text, as in a file: what forms hold and compare."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any


def texts_of(row: Mapping[str, object], form: Any) -> dict[str, str]:
    """The values of a row that a form has, by field; missing ones are empty."""
    return {field.name: text_of(row[field.name]) for field in fields(form)}


def text_of(value: object) -> str:
    """A value as in a file; None is an empty text."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
