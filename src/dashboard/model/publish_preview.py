"""What publishing some files would change: values for a page to put into words, with codes and no titles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.model.problem import Problem
from dashboard.model.records import RECORDS

STATES = ("new", "changed", "moved_on", "unchanged", "rejected")
"""What happens to a row, in the order in which it is reported; an answer that moved on only has another version."""
COMPARED = tuple(record.form for record in RECORDS.values() if record.compared)
"""The forms whose rows are compared with what is published; rows of other forms are only counted."""
OF_A_ROUND = tuple(form for form in COMPARED if RECORDS[form].has_round)
"""The forms whose every row belongs to a round."""
COLUMNS = tuple(dict.fromkeys(column.change for form in COMPARED for column in RECORDS[form].changing))
"""Every column that can change, in the order in which the changes of a row are listed."""
ENOUGH_PERCENT = 80
"""If less than this percentage of a round's rows would be published, the user is asked first."""


def too_few(n_in: int, n: int) -> bool:
    """Return whether `n_in` of the `n` rows of a round are too few to publish without asking."""
    return 100 * n_in < ENOUGH_PERCENT * n


@dataclass(frozen=True)
class Withdrawn:
    """An operation that would keep too few of its published answers in a round: `n` of `n_was` would be withdrawn."""

    round: str
    operation: str
    n: int
    n_was: int


@dataclass(frozen=True)
class Few:
    """A round of which too few rows would be published: `n_in` of `n`."""

    round: str
    n_in: int
    n: int


@dataclass(frozen=True)
class Difference:
    """One value of one row: what is published and what would be; None for nothing. An answer starts as unanswered."""

    column: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class ChangedRow:
    """One row that is new or changed. `flag` is `raised` or `cleared` if it raises or clears a critical failure."""

    form: str
    state: str
    round: str
    operation: str
    code: str
    critical: bool
    flag: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Count:
    """How many rows of one form, round and operation end in one state; codes are as imported."""

    form: str
    round: str
    operation: str
    state: str
    n: int


@dataclass(frozen=True)
class PreviewScore:
    """One score as it may be shown, and what it is based on."""

    reading: str
    percent: float | None
    low: float | None
    high: float | None
    coverage: float | None
    n_answered: float
    n_applicable: float
    n_seen: float
    n_critical_failed: float
    n_full: float
    n_part: float
    n_nil: float


@dataclass(frozen=True)
class MovedScore:
    """One score that changes. An empty `area` means all; `was` or `now` is None if nothing was or will be asked."""

    round: str
    framework: str
    country: str
    area: str
    kind: str
    was: PreviewScore | None
    now: PreviewScore | None


FIGURE, GAP_CAME, GAP_WENT = "figure", "gap_came", "gap_went"


@dataclass(frozen=True)
class ClosedChange:
    """One figure or severe gap of a closed round that changes. Of a figure, an empty `area` means the whole standard.

    `was` and `now` are its percentage and its band, empty if none is shown. Of a gap, `country` is the title of the
    operation that has it, and `area` the risk.
    """

    what: str
    round: str
    framework: str = ""
    kind: str = ""
    country: str = ""
    area: str = ""
    was: str = ""
    now: str = ""

    @staticmethod
    def of_figure(cell: tuple[str, str, str, str, str], was: str, now: str) -> "ClosedChange":
        """Of a framework, a round, a kind, a country and an area."""
        framework, round_, kind, country, area = cell
        return ClosedChange(FIGURE, round_, framework, kind, country, area, was, now)

    @staticmethod
    def of_gap(what: str, gap: tuple[str, str, str]) -> "ClosedChange":
        """Of a round, a risk and an operation."""
        round_, risk, operation = gap
        return ClosedChange(what, round_, country=operation, area=risk)


@dataclass(frozen=True)
class Changes:
    """What would change. `rows` come with the most important first and may be incomplete; `counts` count them all.

    `n_torn` are lines that could not be read as rows; `others` counts rows of forms that are not compared. `n_raised`
    and `n_cleared` count critical failures; `n_taken_away` counts rows that empty something published, and
    `n_unproven` answers whose evidence would become none. `left_out` counts the rows left out by kind of problem, each
    row and malformed line once. `withdrawn` are the operations that would lose most of their published answers.
    `behind` names newer publications that are not in force, and would stay so. `closed` are figures and severe gaps of
    closed rounds that change.
    """

    counts: tuple[Count, ...] = ()
    rows: tuple[ChangedRow, ...] = ()
    moved: tuple[MovedScore, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    n_torn: int = 0
    n_raised: int = 0
    n_cleared: int = 0
    n_taken_away: int = 0
    n_unproven: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    few: tuple[Few, ...] = ()
    behind: Problem | None = None
    closed: tuple[ClosedChange, ...] = ()

    def n(self, state: str, **of: str) -> int:
        """Count the rows in a state, of those with the given form, round or operation."""
        return sum(c.n for c in self.counts if c.state == state and all(getattr(c, k) == v for k, v in of.items()))

    def n_in(self, form: str) -> int:
        """Count the rows of one form that would be published."""
        compared = sum(count.n for count in self.counts if count.form == form and count.state != "rejected")
        return compared + dict(self.others).get(form, 0)

    def emptied(self) -> dict[str, tuple[Withdrawn, ...]]:
        """Return what would be withdrawn, by round."""
        rounds = sorted({one.round for one in self.withdrawn})
        return {round_: tuple(one for one in self.withdrawn if one.round == round_) for round_ in rounds}

    @property
    def asks(self) -> bool:
        """Whether somebody is asked first: something published or closed would change, too little be in, or be left."""
        return bool(self.n("changed") or self.few or self.withdrawn or self.behind or self.closed)

    @property
    def n_out(self) -> int:
        """How many rows are left out, including malformed lines."""
        return sum(n for _, n in self.left_out)

    @property
    def anything(self) -> bool:
        """Whether publishing would change anything listed here."""
        return bool(self.n("new") + self.n("changed") + self.n("moved_on") or self.moved or self.others or self.closed)


def few_of(counts: Iterable[Count]) -> tuple[Few, ...]:
    """Return the rounds of which too few of the counted rows would be published."""
    n_in, n = Counter[str](), Counter[str]()
    for count in counts:
        if count.form in OF_A_ROUND and count.round:
            n[count.round] += count.n
            n_in[count.round] += 0 if count.state == "rejected" else count.n
    return tuple(Few(round_, n_in[round_], n[round_]) for round_ in sorted(n) if too_few(n_in[round_], n[round_]))
