"""What must each page claim? A derivation from the files for every page that claims anything of figures."""

from collections.abc import Callable
from dataclasses import replace

from tests.claims import derived_answers, derived_figures, derived_library, derived_risks
from tests.claims.said import Said
from tests.claims.slow import Slow
from tests.claims.slow_choice import Choice

Derive = Callable[[Slow], list[Said]]


def _own(of: Derive) -> Derive:
    """What a part of *Country* says, or by default what its summary says."""
    return lambda slow: of(slow) or derived_figures.of_operation(slow)


DERIVED: dict[str, Derive] = {
    "overview": derived_figures.overview,
    "heatmap": derived_figures.heat_map,
    "heatmap/map": derived_figures.on_map,
    "compare": derived_figures.side_by_side,
    "risks/gaps": derived_risks.risk_list,
    "risks/settings": derived_risks.settings,
    "risks/opportunities": derived_risks.openings,
    "country/summary": derived_figures.of_operation,
    "country/answers": _own(derived_answers.answers),
    "country/own_risks": _own(derived_risks.of_operation),
    "country/heard": derived_answers.heard,
    "plan/actions": derived_answers.plan,
    "plan/effects": derived_answers.effects,
    "plan/targets": derived_answers.targets,
    "changes": derived_answers.changes,
    "guidance": derived_library.guidance,
    "cases": derived_library.cases,
    "collect/collect": derived_library.stand,
    "collect/own": derived_library.stand,
    "collect/owed": derived_library.owed,
    "whatif": derived_answers.scenario,
    "country/facts": _own(derived_library.facts),
    "plan/grid": derived_library.to_edit,
    "review": derived_library.question,
    "data/robustness": derived_library.robust,
    "crosswalk/areas": derived_library.crosswalk,
    "frameworks": derived_library.standard,
    "data/sources": derived_library.sources,
    "crosswalk/each_right": derived_figures.by_right,
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
