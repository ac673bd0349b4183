"""The private publication of the scenario that every page shows, and the answers that it changes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.model.answers.answer import Answer
from dashboard.model.plan.scenario import Scenario, codes_of, scenario_of
from dashboard.model.problem import Problem, sentence
from dashboard.model.view.known import Known
from dashboard.model.words import Words
from dashboard.queries import ask
from dashboard.queries.ask import Value
from dashboard.store.publishing.answers import stored_answers
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.session import reader
from dashboard.ui.versions import masking
from dashboard.ui.versions.private_publication import scenario_publication_of
from dashboard.ui.versions.scenario import arriving
from dashboard.ui.view import View

Row = dict[str, Any]


@dataclass(frozen=True)
class ShownScenario:
    """The scenario of this session, the answers it changes, and the publication in which they are changed."""

    scenario: Scenario
    changed: list[Row]
    published: Published


def scenario_now(
    words: Words, in_force: Published, known: Known, query: dict[str, str], real: Published
) -> ShownScenario | None:
    """What pages can show instead of what is published; None without a scenario that assumes anything.

    `in_force` is what pages may read of `real`: the same, or its copy without names.
    """
    scenario = arriving(query, known)
    if scenario is None or not scenario.assumptions:
        return None
    changed = changed_answers(in_force, scenario)
    if not changed:
        return ShownScenario(scenario, [], in_force)
    with st.spinner(words("whatif.making")):
        made = scenario_publication_of(
            _answers(real, _of_real(scenario, in_force), words("whatif.reason")), date.today()
        )
    if not isinstance(made, Problem) and made.published is not None:
        return ShownScenario(scenario, changed, masking.shown(made.published, words, query))
    problems = [made] if isinstance(made, Problem) else made.problems
    st.warning("  \n".join([words("whatif.cannot"), *(escape(sentence(problem, words)) for problem in problems)]))
    return None


def assumed(scenario: Scenario) -> dict[str, Value]:
    """The assumptions as parameters of a question."""
    return {
        "of_round": scenario.round,
        "wheres": tuple(assumption.where for assumption in scenario.assumptions),
        "whats": tuple(assumption.what for assumption in scenario.assumptions),
        "becomes": tuple(assumption.becomes for assumption in scenario.assumptions),
    }


def changed_answers(published: Published, scenario: Scenario) -> list[Row]:
    """The answers that a scenario changes, as `whatif_answers.sql` tells them."""
    if not scenario.assumptions:
        return []
    return ask.rows(published, "whatif_answers", assumed(scenario))


def _of_real(scenario: Scenario, in_force: Published) -> Scenario:
    """The scenario by the codes that are published, where it names nobody."""
    return (scenario_of(masking.by_code(codes_of(scenario))) or scenario) if in_force.masked else scenario


@once
def _answers(published: Published, scenario: Scenario, reason: str) -> tuple[Answer, ...]:
    """The changed answers as they would be handed in. Their notes spoke of another status, and are left out."""
    changed = changed_answers(published, scenario)
    keys = [(scenario.round, row["operation"], row["criterion"]) for row in changed]
    with published.cursor() as cursor:
        stored = stored_answers(cursor, keys)
    return tuple(_answer(stored[of], row, reason) for of, row in zip(keys, changed, strict=True))


def _answer(stored: Answer, row: Row, reason: str) -> Answer:
    return replace(
        stored,
        status=row["status"],
        note="",
        na_reason=reason if row["counts_as"] == "not_applicable" else "",
        framework_version=row["version"],
    )


def real(view: View) -> Published:
    """What is published, whatever pages show: what a scenario is laid over, and set beside."""
    # What a tour began with is what is real in it.
    published = None if view.state.tour else reader().current()
    return masking.shown(published, view.words, view.query()) if published else view.published
