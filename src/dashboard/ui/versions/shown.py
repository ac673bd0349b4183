"""What does a page read instead of the published data, and why? One value, made here, in order of precedence.

1. A tour reads the publication it began with, so that the room sees the same as its presenter's other window.
2. A previewed file, unless this session is switched to the published data.
3. A scenario, unless this session is switched to the published data.
4. The current publication.

While names are hidden, the masked copy of any of these is read. A scenario waits for a preview, and both wait for a
tour.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.model.view.known import Known
from dashboard.model.words import Words
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.ui.session import shown_next
from dashboard.ui.versions import masking, trial
from dashboard.ui.versions.scenario import imagines
from dashboard.ui.versions.shown_scenario import ShownScenario, scenario_now
from dashboard.ui.view import Source


@dataclass(frozen=True)
class Shown:
    """What a page reads, which of the four that is, and what waits."""

    published: Published
    source: Source
    in_force: Published
    """The baseline for the others: the published data, or its masked copy."""
    trial: Published | None = None
    """The previewed publication, present even while the session shows the published data."""
    scenario: ShownScenario | None = None
    """The session's scenario, present even while the session shows the published data."""

    @property
    def known(self) -> Known:
        """The codes that a view of it may hold."""
        return known_codes(self.published)


def leads(query: dict[str, str], known: Known) -> bool:
    """Whether a page with this query will be a step of an existing tour."""
    return shown_next("tour", query) in known.of("tour", "")


def what_is_shown(real: Published, query: dict[str, str], words: Words) -> tuple[Shown, dict[str, str]]:
    """Return what the page about to be drawn reads, and its query with aliases while names are hidden.

    `real` is the current publication, or the one the running tour began with.
    """
    in_force = masking.shown(real, words, query)
    query = masking.told_by_alias(query, words)
    return _first_of(in_force, query, words), query


def _first_of(in_force: Published, query: dict[str, str], words: Words) -> Shown:
    if leads(query, known_codes(in_force)):
        return Shown(in_force, Source.TOUR, in_force)
    tried = trial.on_trial(words, date.today())
    if tried is not None:
        tried = masking.shown(tried, words, query)
        if trial.shows_trial():
            return Shown(tried, Source.TRIAL, in_force, trial=tried)
        return Shown(in_force, Source.PUBLISHED, in_force, trial=tried)
    scenario = scenario_now(words, in_force, known_codes(in_force), query)
    if scenario is not None and imagines():
        return Shown(scenario.published, Source.SCENARIO, in_force, scenario=scenario)
    return Shown(in_force, Source.PUBLISHED, in_force, scenario=scenario)
