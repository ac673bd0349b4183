"""In which columns does an empty cell mean the value above it, as in a list that names each operation only once?"""

from collections.abc import Container, Iterator, Mapping, Sequence

from dashboard.loading.mapping.header import Headed
from dashboard.model.answers.mapping import SAYS, SHEET, SheetMapping
from dashboard.model.answers.mapping_guess import Reason, Sure

KEYS = ("round", "operation", "criterion", "impact", "country", "indicator")


def with_blanks(
    mapping: SheetMapping, headed: Sequence[Headed], reasons: Mapping[str, Reason]
) -> tuple[SheetMapping, dict[str, Reason]]:
    """Return a mapping in which such columns are filled, and its reasons; what was decided is kept."""
    settled = [ours for ours, reason in reasons.items() if reason.why == "settled"]
    found = _blanks(mapping, headed, settled)
    filled = tuple(dict.fromkeys((*mapping.filled, *found)))
    doubtful = {ours: reason for ours, reason in reasons.items() if reason.sure is Sure.DOUBTFUL}
    return mapping.model_copy(update={"filled": filled}), {**reasons, **found, **doubtful}


def _blanks(mapping: SheetMapping, headed: Sequence[Headed], settled: Container[str]) -> dict[str, Reason]:
    """Our columns, except the `settled` ones, that at least half of the answers leave empty, but not the first."""
    says = [mapping.columns[ours] for ours in SAYS[mapping.form] if ours in mapping.columns]
    says += list(mapping.across.codes) if mapping.across else []
    found = {}
    for ours in KEYS:
        label = mapping.columns.get(ours, SHEET)
        if label == SHEET or ours in settled:
            continue
        cells = [cell for one in headed for cell in _cells(one, label, says)]
        n = cells.count("")
        if n and cells[0] and 2 * n >= len(cells):
            found[ours] = Reason(Sure.DOUBTFUL, "blanks", (("n", str(n)),))
    return found


def _cells(one: Headed, label: str, says: Sequence[str]) -> Iterator[str]:
    """Yield the cells of one column, in the rows that say something."""
    labels = one.grid.labels(one.header)
    position = labels.index(label)
    saying = [labels.index(other) for other in says if other in labels]
    for row in one.grid.texts[one.header + 1 :]:
        if any(row[place] for place in saying):
            yield row[position]
