"""The Overview's opening sentence, and a card for each of its two figures."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.charts.look import look_of
from dashboard.charts.rounds.time_axis import TimeAxis
from dashboard.charts.sparkline import is_dotted, sparkline
from dashboard.model.claim import Claim, Claims
from dashboard.model.view.known import KINDS
from dashboard.queries.overview.decisions import DecisionsRow
from dashboard.queries.overview.headline import HeadlineRow
from dashboard.queries.overview.headline_rounds import HeadlineRoundsRow
from dashboard.ui.elements.clicked import how_button
from dashboard.ui.elements.marks import band_badge, band_title
from dashboard.ui.elements.show import theme
from dashboard.ui.elements.targets import Beside, in_full, in_short
from dashboard.ui.elements.time_axis import axis_of
from dashboard.ui.glossary import meaning
from dashboard.ui.html import draw_told, explained
from dashboard.ui.marked import as_html
from dashboard.ui.view import View


def finding(view: View, headlines: Mapping[str, HeadlineRow], decisions: list[DecisionsRow]) -> Claims:
    """Return what opens the page: the group's scores, and how many decisions are pending."""
    first = headlines[view.kinds[0]]
    banded = band_title(view, first["band"])
    if not first["n_countries"]:
        return (Claim.of("overview.nothing", reset=view.reset()),)
    if first["mean"] is None:
        return (Claim.of("overview.too_few"),)
    if not banded:
        stand = "stand_few"
    elif first["n_shown"] == 1:
        stand = "stand_one"
    else:
        stand = "stand_some" if first["n_too_few"] else "stand"
    said = Claim.of(
        f"overview.{stand}",
        kind=view.kind_word(view.kinds[0]),
        mean=first["mean"],
        band=banded,
        lowest=first["lowest"],
        highest=first["highest"],
        n=first["n_shown"],
        of=first["n_countries"],
    )
    return (said, Claim.count("overview.waiting", len(decisions))) if decisions else (said,)


def headline_cards(
    view: View, headlines: Mapping[str, HeadlineRow], rounds: Sequence[HeadlineRoundsRow], targets: Beside
) -> None:
    """Show each kind, side by side if there are two: band, lower bound, target, trend over the rounds, and basis."""
    words, axis = view.words, axis_of(view)
    for column, kind in zip(st.columns(len(view.kinds), gap="small", border=True), view.kinds, strict=True):
        row, target = headlines[kind], targets.get((None, kind, None))
        aim = (in_full(view, target),) if target else ()
        told = [*_low(view, row), *([in_short(view, target)] if target else [])]
        over_rounds = [one for one in rounds if one["kind"] == kind]
        dotted = (words("time_axis.dotted"),) if is_dotted(axis, _figures(over_rounds)) else ()
        means = words(f"overview.{kind}_means") if len(view.kinds) > 1 else ""
        said = (means, " · ".join(told), _in_short(view, row))
        lines = (*(f":small[{text}]" for text in said if text), _line(view, kind, over_rounds, axis))
        why = explained(
            words,
            (
                meaning(words, *([kind] if view.kinds[1:] else []), "score"),
                words("overview.level_help"),
                _rests_on(view, row),
                " ".join((words("overview.low_help"), *aim, *dotted)),
            ),
        )
        with column:
            shown = "<br>".join(as_html(line) for line in lines if line)
            draw_told(as_html(_figure(view, kind, row)), why, f"<p>{shown}</p>")
            how_button(view, kind, kind=kind)


def _figure(view: View, kind: str, row: HeadlineRow) -> str:
    name = view.kind_word(kind)
    if row["mean"] is None:
        return f"{name} :small[{view.words('overview.no_figure')}]"
    badge = f" :small[{band_badge(view, row['band'])}]" if row["band"] else ""
    return f"{name} {view.words('overview.value', mean=row['mean'])}{badge}"


def _line(view: View, kind: str, rounds: Sequence[HeadlineRoundsRow], axis: TimeAxis) -> str:
    """Return the figure over the rounds as a picture, with all its figures in the text alternative."""
    look = look_of(theme())
    picture = sparkline(axis, _figures(rounds), look, look.subjects[KINDS.index(kind)])
    said = "; ".join(
        view.words("overview.in_round", round=row["round_title"], figure=_value(view, row["mean"])) for row in rounds
    )
    return f"![{view.words('overview.over_rounds', rounds=said)}]({picture})" if picture else ""


def _figures(rounds: Sequence[HeadlineRoundsRow]) -> dict[str, float]:
    return {row["round"]: row["mean"] for row in rounds if row["mean"] is not None}


def _value(view: View, mean: float | None) -> str:
    return view.words("overview.no_figure") if mean is None else view.words("overview.value", mean=mean)


def _rests_on(view: View, row: HeadlineRow) -> str:
    words = view.words
    if not row["n_countries"]:
        return words("overview.not_asked")
    spread = (
        words("overview.spread", n=row["n_shown"], of=row["n_countries"], lowest=row["lowest"], highest=row["highest"])
        if row["mean"] is not None
        else words.count("overview.no_spread", row["n_countries"])
    )
    rest = words(
        "overview.rests_on",
        coverage=row["coverage"],
        answered=row["n_answered"],
        applicable=row["n_applicable"],
        seen=row["n_seen"],
    )
    group = words("overview.group", percent=row["group_percent"]) if row["group_percent"] is not None else ""
    return f"{spread} {rest} {group}".strip()


def _in_short(view: View, row: HeadlineRow) -> str:
    words = view.words
    if not row["n_countries"]:
        return words("overview.not_asked")
    if row["n_countries"] == 1:
        key = "in_short_one"
    elif row["n_shown"] == row["n_countries"]:
        key = "in_short"
    else:
        key = "in_short_of" if row["n_shown"] else "in_short_none"
    return words(f"overview.{key}", n=row["n_shown"], of=row["n_countries"], coverage=row["coverage"])


def _low(view: View, row: HeadlineRow) -> list[str]:
    """Return the lower bound of the figure, if it is below it."""
    known = row["low"] is not None and row["mean"] is not None and row["low"] < row["mean"]
    return [view.words("overview.low", low=row["low"])] if known else []
