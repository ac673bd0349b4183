"""What must each page claim? A derivation from the files for every page that claims anything of figures."""

from collections.abc import Callable
from dataclasses import replace

from tests.claims.derived import answers, figures, library, risks
from tests.claims.said import Said
from tests.claims.slow.choice import Choice
from tests.claims.slow.every import Slow

Derive = Callable[[Slow], list[Said]]


def _own(of: Derive) -> Derive:
    """What a part of *Country* says, or by default what its summary says."""
    return lambda slow: of(slow) or figures.of_operation(slow)


DERIVED: dict[str, Derive] = {
    "overview": figures.overview,
    "heatmap": figures.heat_map,
    "heatmap/map": figures.on_map,
    "compare": figures.side_by_side,
    "risks/gaps": risks.risk_list,
    "risks/settings": risks.settings,
    "risks/opportunities": risks.openings,
    "country/summary": figures.of_operation,
    "country/answers": _own(answers.answers),
    "country/own_risks": _own(risks.of_operation),
    "country/heard": answers.heard,
    "plan/actions": answers.plan,
    "plan/effects": answers.effects,
    "plan/targets": answers.targets,
    "changes": answers.changes,
    "guidance": library.guidance,
    "cases": library.cases,
    "case": library.case,
    "collect/collect": library.stand,
    "collect/own": library.stand,
    "collect/owed": library.owed,
    "whatif": answers.scenario,
    "country/facts": _own(library.facts),
    "plan/grid": library.to_edit,
    "review": library.question,
    "data/robustness": library.robust,
    "crosswalk/areas": library.crosswalk,
    "frameworks": library.standard,
    "data/sources": library.sources,
    "crosswalk/each_right": figures.by_right,
}
"""By page, or `page/part`; pages whose part is chosen on them open with the first."""
NEVER_ONLY_COMMON = (
    "country/summary",
    "country/answers",
    "country/own_risks",
    "country/facts",
    "crosswalk/each_right",
    "guidance",
)
"""The pages whose figures are over all criteria, also where only those that all have answered are chosen."""
ONLY_COUNTRIES = ("collect/own", "collect/collect")
"""The pages that no filter but that of countries narrows."""


def obeyed(place: str, choice: Choice) -> Choice:
    """What a page takes from a choice."""
    if place in NEVER_ONLY_COMMON:
        return replace(choice, common=False)
    if place in ONLY_COUNTRIES:
        return Choice(choice.framework, choice.round, choice.today, country=choice.country)
    if place == "compare":
        return replace(choice, common=False, only_common=choice.common, country=())
    return choice
