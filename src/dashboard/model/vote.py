"""Votes in a room: what is asked, what each device said, how far the room agrees, and what a group takes home."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, get_args

Kind = Literal["severity", "likelihood", "status", "first"]
"""What can be asked: a grade of an impact, the status of a criterion, or what to do first."""
KINDS: tuple[Kind, ...] = get_args(Kind)
GROUPED_BY = ("function", "country")
FIRST, SECOND = 1, 2
"""The vote before the discussion, and the one after it."""
FEWEST = 3
"""A group with fewer votes is not shown on its own: it could reveal somebody's vote."""
MOST_CHOICES = 8
"""This many buttons fit on a phone."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The letters of codes and keys: none that looks like a digit."""
CODE = re.compile(f"[{LETTERS}]{{6}}")
DEVICE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class QuestionText:
    """A question as people read it in one language: what is asked, about what, where, and what each code is called.

    `needs` are the lines below a choice that say what it needs; few questions have them.
    """

    asks: str
    about: str
    where: str
    choices: Mapping[str, str]
    groups: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class VoteQuestion:
    """What a room is asked. `choices` are in order, the best or slightest first; those of `first` have no order."""

    kind: Kind
    subject: str
    round: str
    operation: str
    framework: str
    choices: tuple[str, ...]
    grouped_by: str
    said: Mapping[str, QuestionText]
    opened_at: str

    @property
    def ordered(self) -> bool:
        """Whether the choices are steps of a scale."""
        return self.kind != "first"

    def in_language(self, wanted: Iterable[str]) -> QuestionText:
        """The question in the first wanted language that it has; else in its first language."""
        return next((self.said[code] for code in wanted if code in self.said), next(iter(self.said.values())))


@dataclass(frozen=True)
class Vote:
    """What one device said in one of the two votes."""

    ballot: int
    device: str
    choice: str
    group: str


@dataclass(frozen=True)
class Counted:
    """What was said in one vote: how often each choice was made, in total and by each group that is large enough."""

    n: int = 0
    choices: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    n_in_no_group: int = 0
    """Votes from groups that are too small to be shown on their own."""
    paper: Mapping[str, int] = field(default_factory=dict)
    """How many of these were on paper and entered by the facilitator. They belong to no group."""

    @property
    def n_on_paper(self) -> int:
        return sum(self.paper.values())

    def of(self, question: VoteQuestion) -> tuple[int, ...]:
        """The counts in the order of the choices."""
        return tuple(self.choices.get(choice, 0) for choice in question.choices)

    def of_group(self, question: VoteQuestion, group: str) -> tuple[int, ...]:
        return tuple(self.groups[group].get(choice, 0) for choice in question.choices)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that is still open: which vote it is at, whether that is shown, and everything that was said."""

    number: int
    question: VoteQuestion
    ballot: int = FIRST
    revealed: bool = False
    votes: Mapping[tuple[int, str], Vote] = field(default_factory=dict)
    """By vote and device: voting again before the result is shown replaces the earlier vote."""
    paper: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """By vote and choice: how many paper ballots were counted by hand."""

    def of_device(self, device: str) -> Vote | None:
        """What a device said in the current vote."""
        return self.votes.get((self.ballot, device))

    def n_voted(self) -> int:
        """How many votes there are in the current vote, including those on paper."""
        return sum(ballot == self.ballot for ballot, _ in self.votes) + self.n_on_paper()

    def n_on_paper(self) -> int:
        return sum(self.paper.get(self.ballot, {}).values())

    def on_paper(self, choice: str) -> int:
        """How many paper ballots chose this in the current vote."""
        return self.paper.get(self.ballot, {}).get(choice, 0)

    def has_votes(self) -> bool:
        """Whether anything was said in either vote."""
        return bool(self.votes) or any(any(counts.values()) for counts in self.paper.values())

    def n_devices(self) -> int:
        """How many devices said something in either vote."""
        return len({device for _, device in self.votes})

    def counted(self, ballot: int) -> Counted:
        given = (vote for (of, _), vote in self.votes.items() if of == ballot)
        return counted(given, self.paper.get(ballot, {}))

    def n_changed(self) -> int:
        """How many said something different in the second vote."""
        return sum(
            first.choice != self.votes[SECOND, device].choice
            for (ballot, device), first in self.votes.items()
            if ballot == FIRST and (SECOND, device) in self.votes
        )


@dataclass(frozen=True)
class VoteRecord:
    """What remains of a closed question: counts, and what the room decided. Who said what is gone."""

    number: int
    question: VoteQuestion
    ballots: tuple[Counted, ...]
    n_changed: int
    decided: str
    closed_at: str

    @property
    def last(self) -> Counted:
        return self.ballots[-1]


MOST_ON_PAPER = 500
"""The most paper ballots that can be entered for one choice: a typing error is not a thousand votes."""


def counted(votes: Iterable[Vote], paper: Mapping[str, int] = MappingProxyType({})) -> Counted:
    """The votes counted, including those on `paper` by choice.

    No group that is too small can be derived from a total and the other groups.
    """
    given = tuple(votes)
    by_group: dict[str, Counter[str]] = {}
    for vote in given:
        by_group.setdefault(vote.group, Counter())[vote.choice] += 1
    # If what is withheld would still be too few, the smallest group that could be shown is withheld as well.
    by_size = sorted(by_group, key=lambda group: (by_group[group].total(), group))
    hidden: list[str] = []
    n_hidden = 0
    for group in by_size:
        size = by_group[group].total()
        if size >= FEWEST and (not hidden or n_hidden >= FEWEST):
            break
        hidden.append(group)
        n_hidden += size
    shown = {group: dict(by_group[group]) for group in sorted(by_group) if group not in hidden}
    on_paper = {choice: n for choice, n in paper.items() if n}
    choices = Counter(vote.choice for vote in given) + Counter(on_paper)
    return Counted(choices.total(), dict(choices), shown, n_hidden, on_paper)


FEW_VOTES = 3
"""With fewer votes, nothing is said about agreement."""
MOST_OF_THE_ROOM = Fraction(3, 4)
SIDE = Fraction(1, 4)
RIVAL = Fraction(1, 3)


def agreement(counts: Sequence[int], ordered: bool) -> str:
    """One of six words, from the counts of the choices in order.

    `few` votes; `all` said the same; `most`, three quarters or more; `near`, three quarters on two neighbouring steps;
    `split`, a quarter or more on each of two steps that are not neighbours, or a third on each of two things; else
    `open`.
    """
    n = sum(counts)
    if n < FEW_VOTES:
        return "few"
    if max(counts) == n:
        return "all"
    if max(counts) >= MOST_OF_THE_ROOM * n:
        return "most"
    if not ordered:
        return "split" if sum(count >= RIVAL * n for count in counts) > 1 else "open"
    if any(one + next_one >= MOST_OF_THE_ROOM * n for one, next_one in pairwise(counts)):
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


Line = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page: its title, its lines with their headings, and what is said if there are none."""

    title: str
    columns: Line
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True)
class RoomOutcome:
    """The whole page. `about` says what it is based on; texts are unescaped, which is left to the screen or file."""

    title: str
    about: tuple[str, ...]
    actions: Section
    risks: Section
    openings: Section
    gaps: Section
    read: Section

    @property
    def sections(self) -> tuple[Section, ...]:
        """All parts, in reading order."""
        return (self.actions, self.risks, self.openings, self.gaps, self.read)
