"""What must pages say of risks, gaps and opportunities? Derived from the files."""

from tests.claims.derived.figures import most
from tests.claims.said import Said, said
from tests.claims.slow.every import Slow
from tests.claims.slow.rated import SevereGaps
from tests.claims.slow.scores import Mean

GREATEST = 4
FEASIBLE = 3


def risk_list(slow: Slow) -> list[Said]:
    """How many risks are severe, and how many severe gaps there are."""
    risks = slow.risks()
    if not risks:
        return [said("risks.nothing")]
    severe = sum(severity == GREATEST for severity in risks.values())
    return [said("risks.severe", n=severe, of=len(risks)), *gaps_said(slow.severe_gaps())]


def gaps_said(gaps: SevereGaps) -> list[Said]:
    """How many severe gaps there are, where, of how many risks, and how many severe ratings are none, or none yet."""
    others = _no_gaps(gaps.n_partly, gaps.n_not_yet)
    if not gaps.n:
        return [said("severe_gap.none_so_far" if gaps.n_not_yet else "severe_gap.none"), *others]
    risks = said("severe_gap.risks", n=gaps.n_risks)
    return [said("severe_gap.count", n=gaps.n, where=gaps_where(gaps), risks=risks), *others]


def _no_gaps(n_partly: int, n_not_yet: int) -> list[Said]:
    counts = {"partly": n_partly, "not_yet": n_not_yet}
    return [said(f"severe_gap.{name}", n=n) for name, n in counts.items() if n]


def gaps_where(gaps: SevereGaps) -> list[Said]:
    """In how many countries there is a gap, and whether the head office has one."""
    if gaps.head_office and not gaps.at:
        return [said("severe_gap.at_head_office")]
    home = [said("severe_gap.at_head_office")] if gaps.head_office else []
    return [said("severe_gap.in_countries", n=gaps.of, at=gaps.at), *home]


def settings(slow: Slow) -> list[Said]:
    """In how many settings a risk is severe, and which has the most such risk areas; of one, what is rated in it."""
    kept = slow.choice.setting or tuple(slow.group.settings)
    if len(kept) == 1:
        return _setting(slow, kept[0])
    severe = slow.severe_areas()
    if not slow.risks() and not slow.openings():
        return [said("risks.nothing")]
    n = sum(areas > 0 for areas in severe.values())
    return [said("risks.severe_settings", n=n, of=len(severe)), *most("areas", severe)]


def _setting(slow: Slow, setting: str) -> list[Said]:
    title = slow.group.settings[setting]["title"]
    if not slow.present(setting):
        return [said("setting.absent" if slow.taking_part() else "setting.nobody", setting=title)]
    n = len(slow.openings())
    told = said("setting.openings", n=n) if n else said("setting.no_opening")
    risks = slow.risks()
    if not risks:
        return [said("setting.no_risk", setting=title), told]
    first = slow.ranked(set(risks))[0]
    most_severe = sum(severity == risks[first] for severity in risks.values())
    places = {"n": most_severe, "of": len(risks), "setting": title, "grade": said(f"grade.severity_{risks[first]}")}
    return [_covered(slow, slow.cover(first), **places), told]


def _covered(slow: Slow, cover: Mean, **places: object) -> Said:
    """How severe the risks of a setting are, with the cover of the first."""
    if cover.percent is None:
        return said("setting.most_severe_unknown", **places)
    answered = sum(one.n_answered for one in cover.figures.values())
    is_score = any(one.reading == "score" for one in cover.figures.values())
    if not is_score and slow.band(cover.percent, cover.n_answered) is None:
        return said("setting.most_severe_few", answered=answered, **places)
    return said("setting.most_severe", figure=said("reading.score", percent=cover.percent), **places)


def openings(slow: Slow) -> list[Said]:
    """How many opportunities meet the greatest need, and how many of these are feasible."""
    found = slow.openings()
    if not found:
        return [said("risks.no_openings")]
    needed = [grades for grades in found.values() if grades[0] == GREATEST]
    feasible = sum(feasibility >= FEASIBLE for _, _, feasibility in needed)
    return [said("risks.needed", n=len(needed), of=len(found), feasible=feasible)]


def of_operation(slow: Slow) -> list[Said]:
    """Country, Risks: how many risks are rated and severe, how many of these gaps, and what was rated again."""
    operation = slow.choice.operation
    own = {pair for pair in slow.severity if pair[0] == operation}
    if not own:
        return []
    severe, judged = own & slow.severe, slow.judged
    return [
        said(
            "country.risks_title",
            n=len(own),
            operation=slow.name_of(operation),
            severe=len(severe),
            gaps=(
                said("severe_gap.own", n=len(own & slow.gaps)),
                *_no_gaps(*(sum(judged[pair] == word for pair in severe) for word in ("partly", "not_yet"))),
            ),
        ),
        *_rated_again(slow, operation, {what for _, what in own}),
    ]


def _rated_again(slow: Slow, operation: str, impacts: set[str]) -> list[Said]:
    rows = [
        row
        for row in slow.group.ratings
        if (row["round"], row["operation"], row["found"]) == (slow.choice.round, operation, "yes")
        and row["impact"] in impacts
    ]
    again = [row for row in rows if row.get("residual_severity") or row.get("residual_likelihood")]
    if not again:
        return [said("risks.none_again")]
    lower = [row["impact"] for row in again if slow.is_lower(row)]
    nothing = sum(not slow.has_in_place(operation, impact) for impact in lower)
    first = said("risks.rated_again", n=len(again), of=len(rows), lower=len(lower))
    return [first, said("risks.lower_by_nothing", n=nothing)] if nothing else [first]
