"""Which questions are folded in memory? All others are SQL."""

from collections.abc import Mapping

from dashboard.queries.compare import (
    compare_common,
    compare_criteria,
    compare_figures,
    compare_why,
    heatmap,
    heatmap_finding,
)
from dashboard.queries.folded_question import CHOSEN, Folded
from dashboard.queries.overview import areas, headline

FOLDED: Mapping[str, Folded] = {
    "heatmap": Folded(heatmap.answer, (*CHOSEN, "kind", "principle")),
    "heatmap_finding": Folded(heatmap_finding.answer, (*CHOSEN, "kind")),
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
    "headline": Folded(headline.answer),
    "areas": Folded(areas.answer, (*CHOSEN, "kind")),
}
