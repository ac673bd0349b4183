"""What must each page claim? A derivation from the files for every page that claims anything of figures."""

from collections.abc import Callable

from tests.claims import derived_answers, derived_figures, derived_risks
from tests.claims.said import Said
from tests.claims.slow import Slow

Derive = Callable[[Slow], list[Said]]


def _own(of: Derive) -> Derive:
    """What a part of *Country* says, or by default what its summary says."""
    return lambda slow: of(slow) or derived_figures.of_operation(slow)


DERIVED: dict[str, Derive] = {
    "overview": derived_figures.overview,
    "heatmap": derived_figures.heat_map,
    "heatmap/map": derived_figures.on_map,
    "risks/gaps": derived_risks.risk_list,
    "risks/settings": derived_risks.settings,
    "risks/opportunities": derived_risks.openings,
    "country/summary": derived_figures.of_operation,
    "country/answers": _own(derived_answers.answers),
    "country/own_risks": _own(derived_risks.of_operation),
    "country/heard": derived_answers.heard,
    "plan/actions": derived_answers.plan,
    "plan/targets": derived_answers.targets,
    "changes": derived_answers.changes,
    "crosswalk/each_right": derived_figures.by_right,
}
"""By page, or `page/part`; pages whose part is chosen on them open with the first."""
NEVER_ONLY_COMMON = ("country/summary", "country/answers", "country/own_risks", "crosswalk/each_right")
"""The pages whose figures are over all criteria, also where only those that all have answered are chosen."""
