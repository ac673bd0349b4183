"""Which countries do two letters stand for? ISO 3166-1 alpha-2 codes, if a column holds little else."""

from collections.abc import Sequence

from dashboard.loading.mapping.countries import alpha_3, countries
from dashboard.loading.mapping.terms import Terms
from dashboard.model.answers.mapping_guess import Match, Reason, Sure

WORDS = ("NA", "NO")
"""Codes that are also words: not available, and no."""


def lettered(texts: Sequence[str], terms: Terms) -> dict[str, Match]:
    """Return the alpha-2 codes among the words of one column, each with our code; empty if they are not most of them.

    They count only in capitals. Those that are also words are only suggested.
    """
    found = {text: alpha_3()[text] for text in texts if text in alpha_3()} if terms.places else {}
    if 2 * len(found) <= len(texts):
        return {}
    return {
        text: Match(
            code,
            Reason(Sure.DOUBTFUL if text in WORDS else Sure.LIKELY, "letters", (("country", countries()[country][0]),)),
        )
        for text, country in found.items()
        if (code := terms.of_country(country))
    }
