"""Actions as the file in long form that can be handed in again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.model.action import Action
from dashboard.model.long_form import as_csv
from dashboard.model.tables import FORM

MARK = "\ufeff"
"""By it a spreadsheet knows that the text is UTF-8."""


def actions_csv(actions: Iterable[Action]) -> bytes:
    """The file: every column, a line an action, texts as they stand. Published again, it changes nothing."""
    return (MARK + as_csv(FORM["actions"], map(asdict, actions))).encode()
