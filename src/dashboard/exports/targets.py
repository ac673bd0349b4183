"""Targets as a long-format file that can be imported again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.exports.long_form import long_form
from dashboard.model.plan.target import Target


def targets_csv(targets: Iterable[Target]) -> bytes:
    """Return the file with every column and one line per target, texts unchanged. Importing it changes nothing."""
    return long_form("targets", map(asdict, targets))
