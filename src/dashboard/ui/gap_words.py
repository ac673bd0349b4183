"""Says how many severe gaps there are, and what a rating is judged to be; the same on every page."""

from dashboard.figures.gaps import GAPS
from dashboard.figures.risks import Gaps
from dashboard.model.claim import Claim
from dashboard.ui.view import View


def gaps_said(gaps: Gaps) -> Claim:
    """Say how many severe gaps there are, in how many countries and of how many risks, and what is partly addressed."""
    partly = "_partly" if gaps.n_partly else ""
    if not gaps.n:
        return Claim.of(f"severe_gap.none{partly}", partly=gaps.n_partly)
    places = {
        "where": gaps_where(gaps),
        "risks": Claim.count("severe_gap.risks", gaps.n_risks),
        "partly": gaps.n_partly,
    }
    return Claim.count(f"severe_gap.count{partly}", gaps.n, **places)


def gaps_where(gaps: Gaps) -> list[Claim]:
    """Say in how many countries there is a severe gap, and whether the head office has one."""
    countries = Claim.of("severe_gap.in_countries", at=gaps.n_countries, of=gaps.of_countries)
    home = [Claim.of("severe_gap.at_head_office")] if gaps.head_office else []
    return [*([countries] if gaps.n_countries or not home else []), *home]


def judged_said(view: View, judged: str) -> str:
    """Return what a rating is judged to be; for a gap, that it is not shown to be addressed, and why."""
    said = view.words(f"judged.{judged}")
    return view.words("severe_gap.because", reason=said) if judged in GAPS else said
