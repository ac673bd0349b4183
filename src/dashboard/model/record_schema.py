"""What may a file of each table hold, as a JSON Schema for editors and for programs that write such files?"""

from typing import Any

from dashboard.model.records import RECORDS, Column, Kind, Record

DAY = r"^\d{4}-\d{2}-\d{2}$"


def tables_schema() -> dict[str, Any]:
    """The schema of an object that has, by form, the rows of a table: every value a text, as in a CSV file."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {form: {"type": "array", "items": row_schema(record)} for form, record in RECORDS.items()},
    }


def row_schema(record: Record) -> dict[str, Any]:
    """The schema of one row. What depends on other rows or tables is not in it."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(record.required),
        "properties": {column.name: _cell(column) for column in record.columns},
    }


def _cell(column: Column) -> dict[str, Any]:
    about: dict[str, Any] = {"type": "string", "description": column.says}
    if column.kind is Kind.DATE:
        about["pattern"] = DAY if column.must else f"^$|{DAY}"
    elif column.pattern is not None:
        about["pattern"] = f"^({column.pattern[0]})$" if column.must else f"^({column.pattern[0]})?$"
    elif column.words and column.kind is not Kind.LIST:
        about["enum"] = [*column.words, *([] if column.must and not column.when else [""])]
    return about | ({"examples": [column.example]} if column.example else {})
