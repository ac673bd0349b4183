"""What should tallies, readings and change be? The rules of the method with fractions: slow, and obvious."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor

from tests.store.world import SCALES, Answer, World


@dataclass
class Tally:
    """Counts and weighted sums for one round, country and criterion."""

    n_asked: int = 0
    n_started: int = 0
    n_applicable: int = 0
    n_answered: int = 0
    n_not_applicable: int = 0
    n_not_known: int = 0
    n_unanswered: int = 0
    n_full: int = 0
    n_part: int = 0
    n_nil: int = 0
    n_critical_failed: int = 0
    evidence: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    weight_applicable: Fraction = Fraction(0)
    weight_answered: Fraction = Fraction(0)
    points: Fraction = Fraction(0)
    weight_seen: Fraction = Fraction(0)
    points_seen: Fraction = Fraction(0)
    n_full_seen: int = 0
    n_part_seen: int = 0
    points_equal: Fraction = Fraction(0)
    weight_full: Fraction = Fraction(0)
    weight_part: Fraction = Fraction(0)
    weight_nil: Fraction = Fraction(0)
    n_inherited: int = 0
    weight_inherited: Fraction = Fraction(0)
    points_inherited: Fraction = Fraction(0)
    last_answered_on: str | None = None


@dataclass
class Matched:
    """Change of one criterion in one country since the round before, over answers given in both."""

    n_matched: int = 0
    n_better: int = 0
    n_worse: int = 0
    weight_matched: Fraction = Fraction(0)
    points_now: Fraction = Fraction(0)
    points_earlier: Fraction = Fraction(0)


def counts_as(world: World, answer: Answer) -> str:
    return SCALES[world.criterion(answer.criterion).scale][answer.word][0]


def value(world: World, answer: Answer) -> Fraction:
    """The value of an answered answer: of a criterion that counts the other way round, what the word lacks of 1."""
    criterion = world.criterion(answer.criterion)
    text = SCALES[criterion.scale][answer.word][1]
    assert text is not None
    return 1 - Fraction(text) if criterion.reversed else Fraction(text)


def tallies(world: World) -> dict[tuple[int, int, int], Tally]:
    """By round, country and criterion."""
    found: dict[tuple[int, int, int], Tally] = {}
    head_office = inheritable(world)
    for answer in world.answers:
        criterion = world.criterion(answer.criterion)
        weight = Fraction(criterion.weight)
        country = world.countries[answer.operation - 1]
        tally = found.setdefault((answer.round, country, answer.criterion), Tally())
        if answer.on is not None:
            tally.last_answered_on = max(answer.on, tally.last_answered_on or answer.on)
        role = counts_as(world, answer)
        if (answer.round, answer.operation) in world.short:
            tally.n_started += 1
            tally.n_critical_failed += criterion.critical and role == "answered" and value(world, answer) == 0
            continue
        tally.n_asked += 1
        if role == "not_applicable":
            tally.n_not_applicable += 1
            continue
        tally.n_applicable += 1
        tally.weight_applicable += weight
        from_above = head_office.get((answer.round, answer.criterion))
        if role != "answered" and answer.operation not in world.head_office and from_above is not None:
            tally.n_inherited += 1
            tally.weight_inherited += weight
            tally.points_inherited += from_above * weight
        if role == "not_known":
            tally.n_not_known += 1
        elif role == "unanswered":
            tally.n_unanswered += 1
        else:
            worth = value(world, answer)
            tally.n_answered += 1
            tally.weight_answered += weight
            tally.points += worth * weight
            tally.points_equal += worth
            if answer.evidence in (2, 3):
                tally.weight_seen += weight
                tally.points_seen += worth * weight
                tally.n_full_seen += worth == 1
                tally.n_part_seen += 0 < worth < 1
            step = "full" if worth == 1 else "nil" if worth == 0 else "part"
            setattr(tally, f"weight_{step}", getattr(tally, f"weight_{step}") + weight)
            # Evidence that nobody stated is none of the four, not the weakest of them.
            if answer.evidence is not None:
                tally.evidence[answer.evidence] += 1
            tally.n_full += worth == 1
            tally.n_part += 0 < worth < 1
            tally.n_nil += worth == 0
            tally.n_critical_failed += worth == 0 and criterion.critical
    return found


def inheritable(world: World) -> dict[tuple[int, int], Fraction]:
    """By round and criterion, what the head office answered; if there are several answers, the weakest."""
    found: dict[tuple[int, int], Fraction] = {}
    for answer in world.answers:
        if answer.operation in world.head_office and counts_as(world, answer) == "answered":
            key = answer.round, answer.criterion
            found[key] = min(value(world, answer), found.get(key, Fraction(1)))
    return found


def matched(world: World) -> dict[tuple[int, int, int], Matched]:
    """By the later round, country and criterion."""
    answered = {
        (a.round, a.operation, a.criterion): a
        for a in world.answers
        if counts_as(world, a) == "answered" and (a.round, a.operation) not in world.short
    }
    # The round before is the framework's own: the last earlier one in which any of it was asked.
    asked = {(world.criterion(a.criterion).framework, a.round) for a in world.answers}
    found: dict[tuple[int, int, int], Matched] = {}
    for (round_no, operation, criterion), now in answered.items():
        before = world.rounds[: world.rounds.index(round_no)]
        own = [other for other in before if (world.criterion(criterion).framework, other) in asked]
        earlier = answered.get((own[-1] if own else -1, operation, criterion))
        # An answer is to the question that the criterion last asked, up to the version it answers.
        turns = world.criterion(criterion).turns
        if earlier is None or any(
            min(now.version, earlier.version) < t <= max(now.version, earlier.version) for t in turns
        ):
            continue
        change = found.setdefault((round_no, world.countries[operation - 1], criterion), Matched())
        weight = Fraction(world.criterion(criterion).weight)
        change.n_matched += 1
        change.n_better += value(world, now) > value(world, earlier)
        change.n_worse += value(world, now) < value(world, earlier)
        change.weight_matched += weight
        change.points_now += value(world, now) * weight
        change.points_earlier += value(world, earlier) * weight
    return found


@dataclass(frozen=True)
class Expected:
    """The expected reading of one framework in one round."""

    score: Fraction | None
    percent: int | None
    coverage: Fraction | None
    low: Fraction | None
    high: Fraction | None
    reading: str


def expected(world: World, framework: int, round_no: int, coverage_limit: Fraction, count_below: int) -> Expected:
    """The reading over all countries."""
    parts = [
        tally
        for (found_round, _, criterion), tally in tallies(world).items()
        if found_round == round_no and world.criterion(criterion).framework == framework
    ]
    return reading_of(parts, coverage_limit, count_below)


def reading_of(parts: Iterable[Tally], coverage_limit: Fraction, count_below: int) -> Expected:
    """The reading of some tallies combined."""
    parts = list(parts)
    asked = sum(part.n_asked for part in parts)
    applicable = sum(part.n_applicable for part in parts)
    answered = sum(part.n_answered for part in parts)
    points = sum((part.points for part in parts), Fraction(0))
    weight_answered = sum((part.weight_answered for part in parts), Fraction(0))
    weight_applicable = sum((part.weight_applicable for part in parts), Fraction(0))
    missing = weight_applicable - weight_answered
    score = points / weight_answered if weight_answered else None
    coverage = Fraction(answered, applicable) if applicable else None
    if not asked:
        reading = "not_covered"
    elif not applicable:
        reading = "not_applicable"
    elif not answered:
        reading = "not_known" if sum(part.n_not_known for part in parts) == applicable else "unanswered"
    elif Fraction(answered, applicable) < coverage_limit:
        reading = "too_few"
    elif answered < count_below:
        reading = "count"
    else:
        reading = "score"
    return Expected(
        score=score,
        percent=_percent(score, reading),
        coverage=coverage,
        low=points / weight_applicable if weight_applicable else None,
        high=(points + missing) / weight_applicable if weight_applicable else None,
        reading=reading,
    )


Chain = tuple[object, ...]
"""A smallest part of a figure, after all that it is a part of, from the top down."""


def reading_of_parts(
    parts: Mapping[Chain, Iterable[Tally]],
    weights: Mapping[Chain, Fraction],
    coverage_limit: Fraction,
    count_below: int,
) -> Expected:
    """The reading of tallies part by part: at every level, the weighted mean of the parts that have a figure.

    `weights` are those of parts at any level that count more or less than 1. A tally in several parts counts in each,
    and once in the total.
    """
    parts = {chain: list(tallies) for chain, tallies in parts.items()}
    once = {id(tally): tally for tallies in parts.values() for tally in tallies}
    together = reading_of(once.values(), coverage_limit, count_below)

    def mean(of: Chain, name: str) -> Fraction | None:
        if of in parts:
            found: Fraction | None = getattr(reading_of(parts[of], coverage_limit, count_below), name)
            return found
        below = {chain[: len(of) + 1] for chain in parts if chain[: len(of)] == of}
        known = [(weights.get(one, Fraction(1)), figure) for one in below if (figure := mean(one, name)) is not None]
        whole = sum((weight for weight, _ in known), Fraction(0))
        return sum((weight * figure for weight, figure in known), Fraction(0)) / whole if known else None

    score = mean((), "score")
    percent = _percent(score, together.reading)
    return replace(together, score=score, percent=percent, low=mean((), "low"), high=mean((), "high"))


def _percent(score: Fraction | None, reading: str) -> int | None:
    """The figure if the reading says that there is one: answers alone are not enough."""
    return floor(100 * score + Fraction(1, 2)) if score is not None and reading in ("count", "score") else None
