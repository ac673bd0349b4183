"""A JSON file becomes plain values."""

import json

from dashboard.loading.files.yaml_file import Document
from dashboard.model.problem import Problem, Weight


def json_document(text: str, name: str) -> Document | Problem:
    """The values of JSON text, without their lines, or a Problem that names the line where it is not JSON."""
    try:
        return Document(name, json.loads(text), {})
    except json.JSONDecodeError as error:
        return Problem("json", name, row=error.lineno, value=error.msg, weight=Weight.FILE)
    except RecursionError:
        return Problem("json", name, value="nested too deeply", weight=Weight.FILE)
