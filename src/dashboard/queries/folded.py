"""Which questions are folded in memory? All others are SQL."""

from collections.abc import Mapping

from dashboard.queries.compare import heatmap, heatmap_finding
from dashboard.queries.folded_question import CHOSEN, Folded
from dashboard.queries.overview import areas, headline

FOLDED: Mapping[str, Folded] = {
    "heatmap": Folded(heatmap.answer, (*CHOSEN, "kind", "principle")),
    "heatmap_finding": Folded(heatmap_finding.answer, (*CHOSEN, "kind")),
    "headline": Folded(headline.answer),
    "areas": Folded(areas.answer, (*CHOSEN, "kind")),
}
