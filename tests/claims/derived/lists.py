"""What must the lists of gaps, of matters and of actions state? Derived from the files."""

from collections import Counter

from tests.claims.said import Said, said
from tests.claims.slow.every import Slow
from tests.claims.slow.rated import GAPS

SHOWN = 8
GRADES = (("severe", 4), ("serious", 3))
LEFT_OPEN = ("overview.late", "overview.due", "overview.first_of", "overview.no_action", "overview.no_action_in")
"""Who answers for a matter: not derived, like the risk that is named first and what stands in another matter."""
UNDERIVED_KEYS = (*LEFT_OPEN, "overview.first_risk", "overview.also")


def gaps(slow: Slow) -> list[Said]:
    """Of each risk in its order, in how many operations it is a severe or serious gap, and where, by reason."""
    return [
        said(f"severe_gap.{word}_in", n=n_rated, at=sum(map(len, where.values())), where=where)
        for impact in slow.ranked(set(slow.risks()))
        for n_rated in [sum(what == impact for _, what in slow.severity)]
        for word, grade in GRADES
        if (where := _by_reason(slow, impact, grade))
    ]


def _by_reason(slow: Slow, impact: str, grade: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair, judged in slow.judged.items():
        if pair[1] == impact and slow.severity[pair] == grade and judged in GAPS:
            found.setdefault(judged, []).append(slow.name_of(pair[0]))
    return {reason: sorted(names) for reason, names in found.items()}


def counts(slow: Slow) -> list[Said]:
    """How many matters there are and are shown, and how many actions are overdue on any standard; empty without any."""
    n = slow.n_matters()
    shown = said("overview.matters", n=n, shown=min(n, SHOWN))
    return [shown, said("overview.late_actions", n=len(slow.overdue_named()))] if n else []


def matters(slow: Slow) -> Counter[tuple[object, ...]]:
    """Of each matter what is found, how many severe gaps of how many risks it holds, and how many reasons of each."""
    found: Counter[tuple[object, ...]] = Counter()
    for code, pairs in slow.matters_of_criteria().items():
        own = [pair for pair in pairs if pair[1] in slow.group.impacts]
        before = sum((code, who) in slow.failures_before() for who, what in pairs if what == code)
        failed = sum(what == code for _, what in pairs)
        kind = "before" if before == failed else "critical"
        part = (before, failed) if 0 < before < failed else ()
        found[f"overview.found_{kind}", *_gaps(own), *part] += 1
    for pairs in slow.matters_of_areas().values():
        reasons = Counter(slow.judged[pair] for pair in pairs)
        told = tuple(reasons[name] for name in ("not_answered", "nothing") if reasons[name])
        found["overview.found_area", *_gaps(list(pairs)), *told] += 1
    if n := len(slow.overdue_alone()):
        found["overview.found_overdue",] = n
    return found


def _gaps(pairs: list[tuple[str, str]]) -> tuple[int, ...]:
    return (len(pairs), len({what for _, what in pairs})) if pairs else ()


def elsewhere(slow: Slow) -> list[Said]:
    """Of which standard the actions listed are, and how many are overdue on others; empty if there is only one."""
    if len(slow.group.standards) == 1:
        return []
    first = said("plan.of_standard", framework=slow.framework["short_title"])
    own = set(slow.group.asked_in(slow.choice.framework))
    late = sum(bool(row["criterion"]) and slow.asks(row) not in own for row in slow.overdue_anywhere())
    return [first, said("plan.overdue_elsewhere", n=late)] if late else [first]
