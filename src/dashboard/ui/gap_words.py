"""Says how many severe gaps there are, and what a rating is judged to be; the same on every page."""

from dashboard.figures.gaps import GAPS
from dashboard.figures.risks import Gaps
from dashboard.model.words import Words
from dashboard.ui.view import View


def gaps_said(view: View, gaps: Gaps) -> str:
    """Say how many severe gaps there are, in how many countries and of how many risks, and what is partly addressed."""
    words = view.words
    partly = "_partly" if gaps.n_partly else ""
    if not gaps.n:
        return words(f"severe_gap.none{partly}", partly=gaps.n_partly)
    risks = words.count("severe_gap.risks", gaps.n_risks)
    places = {"where": gaps_where(words, gaps), "risks": risks, "partly": gaps.n_partly}
    return words.count(f"severe_gap.count{partly}", gaps.n, **places)


def gaps_where(words: Words, gaps: Gaps) -> str:
    """Say in how many countries there is a severe gap, and whether the head office has one."""
    countries = words("severe_gap.in_countries", at=gaps.n_countries, of=gaps.of_countries)
    home = [words("severe_gap.at_head_office")] if gaps.head_office else []
    return words.listed([*([countries] if gaps.n_countries or not home else []), *home])


def judged_said(view: View, judged: str) -> str:
    """Return what a rating is judged to be; for a gap, that it is not shown to be addressed, and why."""
    said = view.words(f"judged.{judged}")
    return view.words("severe_gap.because", reason=said) if judged in GAPS else said
