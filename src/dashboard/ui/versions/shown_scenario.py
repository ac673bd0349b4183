"""The scenario that every page shows, the answers that it changes, and the publication with these answers."""

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
from dashboard.ui.session import reader
from dashboard.ui.versions import masking
from dashboard.ui.versions.scenario import arriving
from dashboard.ui.view import View


@dataclass(frozen=True)
class ShownScenario:
    """The scenario of this session, how many answers it changes, and the publication in which they are changed."""

    scenario: Scenario
    n_changed: int
    published: Published


def scenario_now(words: Words, in_force: Published, known: Known, query: dict[str, str]) -> ShownScenario | None:
    """What pages can show instead of what is published; None without a scenario that assumes anything.

    `in_force` is what pages may read: what is published, or its copy without names.
    """
    scenario = arriving(query, known)
    if scenario is None or not scenario.assumptions:
        return None
    n_changed = len(changed_answers(in_force, scenario))
    return ShownScenario(scenario, n_changed, with_scenario(in_force, scenario, words))


def with_scenario(published: Published, scenario: Scenario, words: Words) -> Published:
    """The publication with the answers that a scenario changes; itself, where there are none."""
    level = Level(scenario.round, scenario.assumptions, changed_answers(published, scenario))
    return laid_over(published, level, words("whatif.reason"))


def assumed(scenario: Scenario) -> dict[str, Value]:
    """The assumptions as parameters of a question."""
    return {
        "of_round": scenario.round,
        "wheres": tuple(assumption.where for assumption in scenario.assumptions),
        "whats": tuple(assumption.what for assumption in scenario.assumptions),
        "becomes": tuple(assumption.becomes for assumption in scenario.assumptions),
    }


def changed_answers(published: Published, scenario: Scenario) -> pa.Table:
    """The answers that a scenario changes, as `whatif_answers` tells them: there may be very many."""
    # However answers are counted, these are they.
    return ask.ask(published, "whatif_answers", {**assumed(scenario), "counting": ""})


def real(view: View) -> Published:
    """What is published, whatever pages show: what a scenario is laid over, and set beside."""
    # What a tour began with is what is real in it.
    published = None if view.state.tour else reader().current()
    if published is None:
        return view.published
    return in_language(masking.shown(published, view.words, view.query()), view.words.language)
