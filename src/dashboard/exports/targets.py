"""Targets as the file in long form that can be handed in again."""

from collections.abc import Iterable
from dataclasses import asdict

from dashboard.exports.long_form import long_form
from dashboard.model.plan.target import Target


def targets_csv(targets: Iterable[Target]) -> bytes:
    """The file: every column, a line a target, texts as they stand. Published again, it changes nothing."""
    return long_form("targets", map(asdict, targets))
