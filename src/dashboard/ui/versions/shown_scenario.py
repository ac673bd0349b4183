"""The scenario that every page shows, the answers that it changes, and the publication with these answers."""

from dataclasses import dataclass

from dashboard.model.plan.scenario import Scenario
from dashboard.model.view.known import Known
from dashboard.model.words import Words
from dashboard.queries import ask
from dashboard.queries.ask import Value
from dashboard.queries.whatif.rows import WhatifAnswersRow
from dashboard.store.reading.imagined import imagined
from dashboard.store.reading.reader import Published
from dashboard.ui.session import reader
from dashboard.ui.versions import masking
from dashboard.ui.versions.scenario import arriving
from dashboard.ui.view import View


@dataclass(frozen=True)
class ShownScenario:
    """The scenario of this session, the answers it changes, and the publication in which they are changed."""

    scenario: Scenario
    changed: list[WhatifAnswersRow]
    published: Published


def scenario_now(words: Words, in_force: Published, known: Known, query: dict[str, str]) -> ShownScenario | None:
    """What pages can show instead of what is published; None without a scenario that assumes anything.

    `in_force` is what pages may read: what is published, or its copy without names.
    """
    scenario = arriving(query, known)
    if scenario is None or not scenario.assumptions:
        return None
    return ShownScenario(scenario, changed_answers(in_force, scenario), with_scenario(in_force, scenario, words))


def with_scenario(published: Published, scenario: Scenario, words: Words) -> Published:
    """The publication with the answers that a scenario changes; itself, where there are none."""
    changed = changed_answers(published, scenario)
    changes = tuple((row["operation"], row["criterion"], row["status"]) for row in changed)
    return imagined(published, scenario.round, changes, words("whatif.reason"))


def assumed(scenario: Scenario) -> dict[str, Value]:
    """The assumptions as parameters of a question."""
    return {
        "of_round": scenario.round,
        "wheres": tuple(assumption.where for assumption in scenario.assumptions),
        "whats": tuple(assumption.what for assumption in scenario.assumptions),
        "becomes": tuple(assumption.becomes for assumption in scenario.assumptions),
    }


def changed_answers(published: Published, scenario: Scenario) -> list[WhatifAnswersRow]:
    """The answers that a scenario changes, as `whatif_answers.sql` tells them."""
    if not scenario.assumptions:
        return []
    return ask.rows(published, "whatif_answers", assumed(scenario))


def real(view: View) -> Published:
    """What is published, whatever pages show: what a scenario is laid over, and set beside."""
    # What a tour began with is what is real in it.
    published = None if view.state.tour else reader().current()
    return masking.shown(published, view.words, view.query()) if published else view.published
