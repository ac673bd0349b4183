"""Which pages and parts open with a sentence, and which sentences state nothing that files could confirm?"""

from dashboard.model.pages import PAGES
from tests.claims.drawn import Query

PLACES: tuple[tuple[str, Query], ...] = (
    *((f"{page}/{part}" if part else page, {}) for page, one in PAGES.items() for part in one.parts or ("",)),
    ("heatmap/map", {"shade": "context"}),
    ("heatmap", {"sort": "groups"}),
    ("risks/settings", {"setting": "retail_agents"}),
    ("crosswalk", {"against": "rights"}),
    ("crosswalk", {"framework": "cop-2020", "against": "cop-2014"}),
    ("plan/grid", {}),
    ("plan/form", {}),
    ("plan/form", {"action": "A-002"}),
    ("compare", {"subject": "tcd-op"}),
    ("compare", {"subject": "tcd-op,sen-op", "by": "risk_area", "focus": "RA02"}),
    ("case", {"case_study": "CS-01"}),
    ("whatif", {"imagined": "Better,2025,TCD*CRBP-02.a*implemented"}),
    ("changes", {"round": "2023"}),
    ("overview", {"right": "CRC-42", "country": "GROUP", "risk_area": "RA07"}),
)
"""Where a page claims something: its parts, and what is chosen there to be told something else."""

NOT_OF_FIGURES = {
    "cases.not_named": "asks for a case",
    "guidance.not_named": "asks for a guidance item",
    "number.title": "is the name of the page",
    "outcome.no_exercise": "asks for an exercise",
    "presenter.no_tour": "asks for a tour",
    "room.nothing_yet": "says how to begin",
    "whatif.begin": "says how to begin",
    "workshop.finding": "is on tours, not on figures",
    "data.finding": "is the number and the day of the publication",
    "compare.who_else": "asks for a second subject",
    "compare.choose_two": "asks for subjects",
}
"""Sentences in which nothing can be derived from answers and ratings, and why."""

NOT_YET = {
    "action_status.in_progress": "Action plan, form",
    "cases.best": "Cases: how many open criteria the best fitting one is about",
    "cases.finding": "Cases: how many the filters keep",
    "checking.n_changed": "Check: answers that changed since they were checked",
    "checking.n_critical": "Check: those to critical criteria",
    "checking.n_not_applicable": "Check: those that are not applicable",
    "checking.n_raised": "Check: those that are better than in the round before",
    "checking.waits": "Check: answers that await review",
    "collect.stand": "Collect answers: what is answered, of how many operations",
    "compare.finding": "Side by side: how far apart the ends are",
    "compare.in_focus": "Side by side: the same in one area",
    "compare.nothing_to_say": "Side by side: fewer than two scores",
    "country.facts_title": "Country, Outside facts: how many there are, and how many are old",
    "crosswalk.alone": "Crosswalk: which areas meet nothing",
    "crosswalk.finding": "Crosswalk: how many areas overlap with the other standard",
    "crosswalk.lens": "Crosswalk: how many areas serve a right",
    "editions.finding": "Crosswalk: what became of the criteria of the earlier edition",
    "gains.expects": "Effects: the score that actions expect",
    "gains.not_yet": "Effects: whether anything was measured",
    "guidance.fitting": "Guidance: how many items help",
    "guidance.weak": "Guidance: how many answered criteria are not fully in place",
    "map.figure_ends": "Map: the lowest and the highest outside figure",
    "map.recorded": "Map: how many countries have an outside figure",
    "owed.left": "Outstanding: what is left to answer, and the function with most of it",
    "plan.finding_grid": "Action plan, Edit many",
    "plan.write_suggested_impact": "Action plan, form: the rating without an action that comes first",
    "plan.write_there": "Action plan, form",
    "review.finding": "One question: who gave which answer",
    "review.n": "One question: how many gave one answer",
    "review.no_look": "One question: how many answers need a look",
    "robust.none_stays": "How reliable: figures that keep their band",
    "robust.stand": "How reliable: the range of all ways of calculating",
    "standard.finding": "Frameworks: how many criteria of each kind, and how many are critical",
    "standard.n_criteria": "Frameworks: how many criteria",
    "standard.to_verify": "Frameworks: how many are confirmed",
    "data.confirmed_of": "Sources: how many criteria of each standard are confirmed",
    "data.outside": "Sources: outside datasets",
    "data.sources_found": "Sources: how many standards and datasets, and how many terms are unclear",
    "data.standards": "Sources: standards",
    "answering.finding": "Collect answers, Answer: what an operation has left to answer",
}
"""Sentences whose numbers are not derived yet."""
