"""How children were heard, as the file in long form that can be handed in again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.exports.long_form import long_form
from dashboard.model.answers.participation import Participation


def participation_csv(records: Iterable[Participation]) -> bytes:
    """The file: every column, a line a record, texts as they stand. Published again, it changes nothing."""
    return long_form("participation", map(asdict, records))
