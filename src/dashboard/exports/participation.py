"""How children were heard, as a long-format file that can be imported again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.exports.long_form import long_form
from dashboard.model.answers.participation import Participation


def participation_csv(records: Iterable[Participation]) -> bytes:
    """Return the file with every column and one line per record, texts unchanged. Importing it changes nothing."""
    return long_form("participation", map(asdict, records))
