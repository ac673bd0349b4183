"""Which scenario do pages show, which answers does it change, and what is the publication with these answers?"""

from dataclasses import dataclass

import pyarrow as pa

from dashboard.model.plan.scenario import Scenario
from dashboard.model.view.known import Known
from dashboard.model.words import Words
from dashboard.queries import ask
from dashboard.queries.ask import Value
from dashboard.store.reading.imagined import laid_over
from dashboard.store.reading.reader import Level, Published
from dashboard.store.reading.spoken import in_language
from dashboard.ui import session
from dashboard.ui.versions import masking, sight
from dashboard.ui.versions.scenario import arriving
from dashboard.ui.view import View


@dataclass(frozen=True)
class ShownScenario:
    """This session's scenario, how many answers it changes, and the publication with these changes."""

    scenario: Scenario
    n_changed: int
    published: Published


def scenario_now(words: Words, in_force: Published, known: Known, query: dict[str, str]) -> ShownScenario | None:
    """Return the scenario that pages can show instead of the published data; None if it assumes nothing.

    `in_force` is what pages may read: the published data, or its masked copy.
    """
    scenario = arriving(query, known)
    if scenario is None or not scenario.assumptions:
        return None
    n_changed = len(changed_answers(in_force, scenario))
    return ShownScenario(scenario, n_changed, with_scenario(in_force, scenario, words))


def with_scenario(published: Published, scenario: Scenario, words: Words) -> Published:
    """Return the publication with a scenario's answers; the same publication if it changes none."""
    level = Level(scenario.round, scenario.assumptions, changed_answers(published, scenario))
    return laid_over(published, level, words("whatif.reason"))


def assumed(scenario: Scenario) -> dict[str, Value]:
    """Return the assumptions as parameters of a question."""
    return {
        "of_round": scenario.round,
        "wheres": tuple(assumption.where for assumption in scenario.assumptions),
        "whats": tuple(assumption.what for assumption in scenario.assumptions),
        "becomes": tuple(assumption.becomes for assumption in scenario.assumptions),
    }


def changed_answers(published: Published, scenario: Scenario) -> pa.Table:
    """Return the answers that a scenario changes, as rows of `whatif_answers`; there may be very many."""
    # These answers are the same whatever the counting rule.
    return ask.ask(published, "whatif_answers", {**assumed(scenario), "counting": ""})


def real(view: View) -> Published:
    """Return the published data, whatever pages show: the basis of scenarios, and what they are compared with."""
    # During a tour, the publication it began with.
    published = None if view.state.tour else sight.current(session.person())
    if published is None:
        return view.published
    return in_language(masking.shown(published, view.words, view.query()), view.words.language)
