"""What must pages say of answers, actions, targets and changes? Derived from the files."""

from collections import Counter
from fractions import Fraction

from tests.claims.said import UNDERIVED, Said, said
from tests.claims.slow.effects import Effects, Gain
from tests.claims.slow.every import Slow
from tests.claims.slow.rounds import Moved
from tests.claims.slow.scores import whole
from tests.figures.slow_gaps import Row

STATUSES = ("reached", "on_track", "off_track", "starts", "no_figure")
MOST_NAMED, FIRST_NAMED = 5, 3
REVIEWED = ("changed", "answered_back")


def answers(slow: Slow) -> list[Said]:
    """Country, Answers: how many criteria are in place, partly, not, or without an answer that counts, as answered."""
    operation, found = slow.choice.operation, Counter[str]()
    for code in slow.of_kind():
        if slow.group.is_asked(slow.choice.round, operation, code):
            value = slow.said(slow.choice.round, operation, code)[1]
            found["rest" if value is None else "nil" if value == 0 else "full" if value == 1 else "part"] += 1
    if not found:
        return []
    key = "country.answers_title" if len(slow.kinds) > 1 else "country.answers_title_alone"
    places = {name: found[name] for name in ("full", "part", "nil", "rest")}
    name = slow.name_of(operation)
    return [said(key, n=sum(found.values()), operation=name, **places)]


def heard(slow: Slow) -> list[Said]:
    """Country, Children heard: how many records there are in the round, and after how many something changed."""
    own = [
        row
        for row in slow.group.heard
        if (row["round"], row["operation"]) == (slow.choice.round, slow.choice.operation)
    ]
    places = {
        "operation": slow.name_of(slow.choice.operation),
        "round": slow.group.round_row(slow.choice.round)["title"],
    }
    if not own:
        return [said("heard.none", **places)]
    changed = sum(row["changed"] == "yes" for row in own)
    after = said("heard.after", n=changed) if changed else said("heard.after_none")
    return [said("heard.title", n=len(own), **places), after]


def plan(slow: Slow) -> list[Said]:
    """How many actions are to do, which is due next, and how many severe ratings have none."""
    severe = slow.unplanned()
    last = [said("plan.unplanned", n=len(severe), gaps=len(severe & slow.gaps))] if severe else []
    if not slow.actions:
        return [said("plan.none_here"), *last]
    live = [row for row in slow.actions if slow.is_live(row)]
    late = [row for row in live if slow.is_overdue(row)]
    ahead = sorted((row for row in live if row not in late), key=lambda row: (row["due_on"], row["action"]))
    counts = {"live": len(live), "overdue": len(late), "unowned": sum(not row["owner_role"] for row in live)}
    return [said("plan.finding", n=len(slow.actions), **counts), *(_next(slow, ahead[0]) if ahead else []), *last]


def _next(slow: Slow, row: Row) -> list[Said]:
    name = slow.name_of(row["operation"])
    return [said("plan.finding_next", day=row["due_on"], operation=name)]


def targets(slow: Slow) -> list[Said]:
    """How many targets there are, and how many have each status at the end of the round."""
    found = Counter(slow.status(row) for row in slow.targets())
    if not found:
        return [said("target.none")]
    parts = [said(f"target.counted.{status}", n=found[status]) for status in STATUSES if found[status]]
    round_ = slow.group.round_row(slow.choice.round)["title"]
    return [said("target.finding", n=sum(found.values()), parts=parts, round=round_, on=slow.ends_on())]


def changes(slow: Slow) -> list[Said]:
    """How far the mean moved, on how many matched answers in how many countries."""
    if not slow.before:
        return [said("changes.no_earlier")]
    moved, earlier = slow.moved(), slow.group.round_row(slow.before)["title"]
    if not moved:
        return [said("changes.nothing")]
    return [_moved(slow, earlier)]


def _moved(slow: Slow, earlier: str) -> Said:
    enter = list(slow.in_mean().values())
    if not enter:
        return _not_measured(slow, earlier)
    change = whole(sum((one.change for one in enter), Fraction(0)) / len(enter))
    claim = said(
        f"changes.{'rose' if change > 0 else 'fell' if change < 0 else 'level'}",
        change=said("changes.points", n=abs(change)),
        earlier=earlier,
        matched=said("changes.matched", n=sum(one.n for one in enter)),
        countries=said("changes.countries", n=len(enter)),
        better=sum(one.better for one in enter),
        worse=sum(one.worse for one in enter),
    )
    return claim if slow.choice.counting == "answers" else said("counting.as_answered", said=claim)


def _not_measured(slow: Slow, earlier: str) -> Said:
    moved = slow.moved()
    uncovered = {code: one for code, one in moved.items() if slow.enough(one) and not one.covered}
    if not uncovered:
        n = sum(one.n for one in moved.values())
        return said("changes.too_few", n=n, earlier=earlier, below=slow.count_below)
    return said("changes.none_covered", earlier=earlier, who=_named(slow, uncovered))


def _named(slow: Slow, moved: dict[str, Moved]) -> str:
    names = [f"{slow.titles[code]} {one.n} of {one.n_applicable}" for code, one in moved.items()]
    return ", ".join(names)


def effects(slow: Slow) -> list[Said]:
    """The points that the actions of the round expect, and those that the next round measured."""
    acting = slow.acting()
    if not acting:
        return [said("gains.nothing")]
    now, expected = slow.gained({}), slow.gained(slow.expected())
    if now is None or expected is None:
        return [said("gains.no_figure")]
    places = {"gain": _signed(expected), "figure": _banded(slow, expected), "was": _banded(slow, now)}
    found = said("gains.expects", n=len(acting), who=UNDERIVED, **places)
    measured = slow.measured()
    later = slow.gained(slow.answered_later()) if measured else None
    if later is None:
        return [found, said("gains.not_yet")]
    reached = sum(measured.values())
    places = {"gain": _signed(later), "figure": _banded(slow, later)}
    return [found, said("gains.realised", reached=reached, of=len(measured), **places)]


def _signed(one: Gain) -> str:
    points = one.points
    return f"+{points}" if points > 0 else f"−{-points}" if points else "±0"


def _banded(slow: Slow, one: Gain) -> object:
    percent = whole(one.score)
    band = slow.band(percent, one.n_answered)
    return said("reading.banded", percent=percent, band=band.lower()) if band else str(percent)


def scenario(slow: Slow) -> list[Said]:
    """What if: the mean of each kind before and after, where it moves."""
    if not slow.choice.assumed:
        return [said("whatif.begin")]
    then, words = slow.with_answers(slow.changed_by_scenario()), {"respect": "Respect", "support": "Support"}
    moved = []
    for kind in slow.kinds:
        before, after = (_mean(one, kind) for one in (slow, then))
        if before != after:
            moved.append(f"{words[kind] if len(slow.kinds) > 1 else 'Score'} {before} → {after}")
    return [said("whatif.finding", name="Better", moved=", ".join(moved))] if moved else [UNDERIVED]


def _mean(slow: Effects, kind: str) -> str:
    mean = slow.by_country(slow.of_kind(kind))
    if mean.percent is None:
        return "none"
    band = slow.band(mean.percent, mean.n_answered)
    return f"{mean.percent} · {band}" if band else str(mean.percent)
