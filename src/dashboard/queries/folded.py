"""Which questions are folded in memory? All others are SQL."""

from collections.abc import Mapping

from dashboard.figures.ratings import BESIDE, OPENINGS
from dashboard.figures.risks import BESIDE as COVERED
from dashboard.figures.targets import BESIDE as TARGETS
from dashboard.queries.collect import agreement, owed_rounds
from dashboard.queries.compare import (
    changes,
    changes_asked,
    changes_moves,
    compare_common,
    compare_criteria,
    compare_figures,
    compare_why,
    heatmap,
    heatmap_finding,
    heatmap_groups,
)
from dashboard.queries.country import operation_areas, operation_reading, operation_risks
from dashboard.queries.data import gap_ways, robustness
from dashboard.queries.elements import failures, number, number_made, number_parts
from dashboard.queries.elements.open_actions import BESIDE as ACTIONS
from dashboard.queries.folded_question import CHOSEN, Folded
from dashboard.queries.frame import common, illustrative
from dashboard.queries.guidance import (
    case_criteria,
    cases,
    guidance_criteria,
    guidance_for_you,
    guidance_stand,
)
from dashboard.queries.overview import areas, decisions, exposures, headline, headline_rounds
from dashboard.queries.plan import gains, next_best, plan_unplanned, targets
from dashboard.queries.risks import (
    covered_risks,
    opportunity_list,
    places,
    risk_checks,
    risk_list,
    risk_rights,
    setting_criteria,
    setting_risks,
)
from dashboard.queries.standards import (
    crosswalk,
    crosswalk_sides,
    right_criteria,
    right_gaps,
    rights,
    standard,
    standard_areas,
)
from dashboard.queries.whatif import whatif_answers, whatif_cells, whatif_gaps, whatif_ready

READ = ("framework", "round", "countries", "criteria", "areas", "lang")
"""The parameters of questions that no fair comparison restricts."""
RATED = (*CHOSEN, "impacts")
"""The parameters of questions about risks."""

FOLDED: Mapping[str, Folded] = {
    "heatmap": Folded(heatmap.answer, (*CHOSEN, "kind", "today"), TARGETS),
    "heatmap_groups": Folded(
        heatmap_groups.answer, (*CHOSEN, "kind", "subject", "today"), ("subject_answers", *TARGETS)
    ),
    "heatmap_finding": Folded(heatmap_finding.answer, (*CHOSEN, "kind", "today"), ("heatmap",)),
    "common": Folded(common.answer, READ),
    "illustrative": Folded(illustrative.answer, ("framework", "countries")),
    "changes": Folded(changes.answer, (*CHOSEN, "kind", "earlier"), ("changes_paired",)),
    "changes_asked": Folded(changes_asked.answer, (*CHOSEN, "kind", "earlier"), changes_asked.BESIDE),
    "changes_moves": Folded(
        changes_moves.answer, (*CHOSEN, "kind", "earlier", "whole"), changes_moves.BESIDE, changes_moves.LOOKED_UP
    ),
    "compare_figures": Folded(
        compare_figures.answer, (*CHOSEN, "kind", "subject", "by", "today"), ("subject_answers",)
    ),
    "compare_why": Folded(compare_why.answer, (*CHOSEN, "kind", "subject"), ("subject_answers",)),
    "compare_criteria": Folded(
        compare_criteria.answer,
        (*CHOSEN, "kind", "subject", "by", "focus"),
        ("subject_answers", "criterion_sources"),
    ),
    "compare_common": Folded(compare_common.answer, (*CHOSEN, "kind", "subject"), ("subject_answers",)),
    "headline": Folded(headline.answer, beside=headline.BESIDE),
    "headline_rounds": Folded(headline_rounds.answer),
    "areas": Folded(areas.answer, (*CHOSEN, "kind", "today"), TARGETS),
    "covered_risks": Folded(covered_risks.answer, ("framework", "round", "countries", "impacts"), BESIDE),
    "risk_list": Folded(risk_list.answer, RATED, (*ACTIONS, *COVERED)),
    "risk_checks": Folded(risk_checks.answer, ("round", "countries", "impacts", "lang"), ("risk_doubts",)),
    "risk_rights": Folded(risk_rights.answer, (*RATED, "right"), ("right_themes", *BESIDE, *OPENINGS)),
    "opportunity_list": Folded(opportunity_list.answer, RATED, OPENINGS),
    "setting_criteria": Folded(setting_criteria.answer, (*READ, "kind"), ("setting_addressed",)),
    "setting_risks": Folded(setting_risks.answer, RATED, ("setting_said", *BESIDE, *COVERED)),
    "decisions": Folded(decisions.answer, (*RATED, "today"), (*ACTIONS, *BESIDE)),
    "failures": Folded(failures.answer, (*CHOSEN, "earlier"), failures.BESIDE),
    "exposures": Folded(exposures.answer, RATED, BESIDE),
    "places": Folded(places.answer, (*RATED, "kind"), ("places_named", *BESIDE)),
    "number": Folded(number.answer, (*CHOSEN, "kind")),
    "number_made": Folded(number_made.answer, (*CHOSEN, "kind")),
    "number_parts": Folded(number_parts.answer, (*CHOSEN, "kind"), ("number_texts",)),
    "whatif_gaps": Folded(whatif_gaps.answer, RATED, BESIDE),
    "operation_areas": Folded(operation_areas.answer, READ, ("operation_answers",)),
    "operation_reading": Folded(operation_reading.answer, READ, ("operation_answers",)),
    "operation_risks": Folded(
        operation_risks.answer, READ, ("operation_answers", "operation_rated", "rated", "impact_cards")
    ),
    "standard_areas": Folded(standard_areas.answer, READ),
    "standard": Folded(standard.answer, READ, ("standard_asks", "standard_links")),
    "guidance_stand": Folded(guidance_stand.answer, READ, ("guidance_count",)),
    "guidance_for_you": Folded(guidance_for_you.answer, (*READ, "impacts"), ("guidance_items", *BESIDE)),
    "guidance_criteria": Folded(guidance_criteria.answer, READ, ("guidance_helps",)),
    "cases": Folded(cases.answer, (*READ, "library", "today"), ("case_list",)),
    "case_criteria": Folded(case_criteria.answer, READ, ("case_bears_on",)),
    "rights": Folded(rights.answer, (*READ, "kind", "right"), ("right_themes",)),
    "right_gaps": Folded(right_gaps.answer, (*READ, "kind", "focus")),
    "right_criteria": Folded(right_criteria.answer, (*READ, "kind", "focus"), ("right_articles",)),
    "crosswalk": Folded(
        crosswalk.answer, (*READ, "kind", "against", "risk_area"), ("crosswalk_across", "crosswalk_bonds")
    ),
    "crosswalk_sides": Folded(crosswalk_sides.answer, READ, ("crosswalk_linked",)),
    "agreement": Folded(agreement.answer, ("framework", "lang"), ("agreement_pairs",)),
    "owed_rounds": Folded(owed_rounds.answer, ("framework", "countries", "criteria", "lang")),
    "robustness": Folded(robustness.answer, (*CHOSEN, "kind"), ("children",)),
    "gap_ways": Folded(gap_ways.answer, ("round", "countries", "impacts"), BESIDE),
    "plan_unplanned": Folded(
        plan_unplanned.answer,
        ("round", "countries", "impacts", "lang", "operation"),
        ("plan_severe", "rated", "impact_cards"),
    ),
    "targets": Folded(targets.answer, (*CHOSEN, "today"), TARGETS),
    "gains": Folded(gains.answer, (*CHOSEN, "kind")),
    "whatif_answers": Folded(whatif_answers.answer, ("of_round", "wheres", "whats", "becomes"), ("whatif_todo",)),
    "whatif_cells": Folded(whatif_cells.answer),
    "whatif_ready": Folded(whatif_ready.answer, (*CHOSEN, "kind"), ACTIONS),
    "next_best": Folded(next_best.answer, (*CHOSEN, "kind", "operation", "by", "focus"), ("next_best_known",)),
}
