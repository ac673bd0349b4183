"""Do the columns of a sheet of figures represent years or indicators?"""

import re
from collections.abc import Sequence

from dashboard.loading.mapping.fit import Theirs
from dashboard.loading.mapping.terms import terms_of
from dashboard.loading.mapping.wide import FEW, Spread, named
from dashboard.model.answers.mapping import Across, Represented
from dashboard.model.answers.mapping_guess import Reason, Sure
from dashboard.model.answers.names import Names

YEAR = re.compile(r"(?:YR)?((?:19|20)\d\d)(?: \[YR\1\])?")
"""A year as the title of a column, also as the World Bank writes it: `2021 [YR2021]`."""


def year_of(title: str) -> str | None:
    """Return the year that a title is."""
    found = YEAR.fullmatch(title)
    return found[1] if found else None


def spread_of_figures(columns: Sequence[Theirs], names: Names) -> Spread | None:
    """Return what a sheet of figures is spread over: indicators, or years."""
    indicators = terms_of("context", "indicator", names)
    found: dict[Represented, dict[str, str]] = {
        "indicator": {c.label: code for c in columns if indicators and (code := named(c.title, indicators))},
        "year": {c.label: code for c in columns if (code := year_of(c.title))},
    }
    for ours, codes in found.items():
        if len(set(codes.values())) >= FEW:
            why = (("n", str(len(codes))), ("titles", ", ".join(list(codes)[:3])))
            across = Across(column=ours, codes=codes, holds="value")
            return Spread(across, Reason(Sure.LIKELY, f"across_{ours}", why))
    return None
