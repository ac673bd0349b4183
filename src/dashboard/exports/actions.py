"""Actions as the file in long form that can be handed in again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.exports.long_form import long_form
from dashboard.model.plan.action import Action


def actions_csv(actions: Iterable[Action]) -> bytes:
    """The file: every column, a line an action, texts as they stand. Published again, it changes nothing."""
    return long_form("actions", map(asdict, actions))
