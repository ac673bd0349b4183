"""What a sentence states of figures: which sentence it is, and the numbers and names in it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One statement: the key of its sentence, and what stands in its places. `Words.say` makes the sentence.

    A place may hold a claim, a tuple of sentences, or a list of parts. The key says what is stated of what
    (`severe_gap.count`), the places hold the numbers as they were calculated, so that each can be calculated again
    without reading a sentence. `n` is the number by which the language chooses a plural, and stands in the place `n`.
    """

    key: str
    places: Mapping[str, object]
    n: int | None = None

    @classmethod
    def of(cls, key: str, /, **places: object) -> "Claim":
        """Return what the sentence `key` states."""
        return cls(key, places)

    @classmethod
    def count(cls, key: str, n: int, /, **places: object) -> "Claim":
        """Return what the sentence `key` states of a number of things."""
        return cls(key, {"n": n, **places}, n)


Claims = tuple[Claim, ...]
"""What is said one after the other."""
