"""How far does a room agree, what does it lean towards, and where do groups differ? Counts in, a word out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

FEW = 3
"""With fewer votes, nothing is said about agreement."""
MOST = Fraction(3, 4)
SIDE = Fraction(1, 4)
RIVAL = Fraction(1, 3)


def agreement(counts: Sequence[int], ordered: bool) -> str:
    """One of six words, from the counts of the choices in order.

    `few` votes; `all` said the same; `most`, three quarters or more; `near`, three quarters on two neighbouring steps;
    `split`, a quarter or more on each of two steps that are not neighbours, or a third on each of two things; else
    `open`.
    """
    n = sum(counts)
    if n < FEW:
        return "few"
    if max(counts) == n:
        return "all"
    if max(counts) >= MOST * n:
        return "most"
    if not ordered:
        return "split" if sum(count >= RIVAL * n for count in counts) > 1 else "open"
    if any(one + next_one >= MOST * n for one, next_one in pairwise(counts)):
        return "near"
    sides = [step for step, count in enumerate(counts) if count >= SIDE * n]
    return "split" if sides and sides[-1] - sides[0] > 1 else "open"


def leaning(counts: Sequence[int], ordered: bool) -> int | None:
    """The index of the choice that the room leans towards; None without votes, or if two things tie for the lead.

    On a scale it is the median vote, and of two medians the higher one, because that one needs attention.
    """
    n = sum(counts)
    if not n:
        return None
    if not ordered:
        best = max(counts)
        return counts.index(best) if list(counts).count(best) == 1 else None
    below = 0
    for step, count in enumerate(counts):
        below += count
        if below > n // 2:
            return step
    raise AssertionError("more votes than counts")


@dataclass(frozen=True)
class Parting:
    """Two groups that lean towards different choices, and the indexes of these choices."""

    one: str
    leans: int
    other: str
    leans_otherwise: int


def parting(groups: Mapping[str, Sequence[int]], ordered: bool) -> Parting | None:
    """The two groups that are farthest apart; None if all lean the same way."""
    leans = {group: place for group, counts in groups.items() if (place := leaning(counts, ordered)) is not None}
    if len(set(leans.values())) < 2:
        return None
    low = min(leans, key=lambda group: leans[group])
    high = max(leans, key=lambda group: leans[group])
    return Parting(low, leans[low], high, leans[high])
