"""Actions as a long-format file that can be imported again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.exports.long_form import long_form
from dashboard.model.plan.action import Action


def actions_csv(actions: Iterable[Action]) -> bytes:
    """Return the file with every column and one line per action, texts unchanged. Importing it changes nothing."""
    return long_form("actions", map(asdict, actions))
