"""Draws that are the same in every run."""

from random import Random

SEED = "savandina-1"


def draw(*ids: str) -> Random:
    """A random source of its own for these ids, so that a change elsewhere moves nothing here.

    The first id says what is drawn, the others for which round, operation, criterion or impact.
    """
    return Random("/".join((SEED, *ids)))


def clamp(value: float, low: float, high: float) -> float:
    """The value, held between two limits."""
    return max(low, min(high, value))


def whole(value: float) -> str:
    """The nearest step of a scale of 1 to 4, as a file writes it."""
    return str(int(clamp(round(value), 1, 4)))
