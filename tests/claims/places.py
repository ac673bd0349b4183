"""Which pages and parts open with a sentence, and which sentences state nothing that files could confirm?"""

from dashboard.model.pages import PAGES
from tests.claims.drawn import Query

PLACES: tuple[tuple[str, Query], ...] = (
    *((f"{page}/{part}" if part else page, {}) for page, one in PAGES.items() for part in one.parts or ("",)),
    ("heatmap/map", {"shade": "context"}),
    ("heatmap", {"sort": "groups"}),
    ("risks/settings", {"setting": "retail_agents"}),
    ("crosswalk/areas", {"framework": "cop-2020", "against": "cop-2014"}),
    ("plan/grid", {}),
    ("plan/form", {}),
    ("plan/form", {"action": "A-002"}),
    ("compare", {"subject": "tcd-op"}),
    ("compare", {"subject": "tcd-op,sen-op", "by": "risk_area", "focus": "RA02"}),
    ("case", {"case_study": "C01"}),
    ("whatif", {"imagined": "called~Better,in~2025,TCD~CRBP-02~implemented"}),
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
}
"""Sentences in which nothing can be derived from answers and ratings, and why."""

NOT_YET = {
    "compare.in_focus": "Side by side: how far apart the ends are in one area",
    "compare.no_difference": "Side by side: that few answers in one area do not differ",
    "action_status.in_progress": "Action plan, form",
    "checking.n_changed": "Check: answers that changed since they were checked",
    "checking.n_critical": "Check: those to critical criteria",
    "checking.n_not_applicable": "Check: those that are not applicable",
    "checking.n_raised": "Check: those that are better than in the round before",
    "checking.waits": "Check: answers that await review",
    "map.figure_ends": "Map: the lowest and the highest outside figure",
    "map.recorded": "Map: how many countries have an outside figure",
    "plan.write_suggested_impact": "Action plan, form: the rating without an action that comes first",
    "plan.write_there": "Action plan, form",
    "review.no_look": "One question: how many answers need a look",
    "robust.none_stays": "How reliable: figures that keep their band",
    "answering.finding": "Collect answers, Answer: what an operation has left to answer",
}
"""Sentences whose numbers are not derived yet."""
