"""The Overview's opening sentence, a card for each of its two figures, and its two pictures.

Each picture has a legend of every mark: a chart of principles, and a list of risk areas. A list of five rows is drawn
as HTML: a second chart costs the browser a sixth of a click (benchmarks/RESULTS.md).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts import areas
from dashboard.charts.look import look_of
from dashboard.charts.trend import TimeAxis, is_dotted, sparkline
from dashboard.model.filters import ALL_FILTERS
from dashboard.model.known_codes import KINDS
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask
from dashboard.queries.overview_decisions import DecisionsRow
from dashboard.queries.overview_headline import EXPOSURES, ExposuresRow, HeadlineRoundsRow, HeadlineRow
from dashboard.tasks.approvals import approval_said
from dashboard.ui.elements.figure_notes import Beside, in_full, in_short, target_columns
from dashboard.ui.elements.legend import (
    Mark,
    axis_of,
    band_keys,
    colours_of,
    dots,
    failed_key,
    hollow_dot,
    in_a_picture,
    legend_html,
    range_key,
    target_keys,
)
from dashboard.ui.elements.marks import band_badge, band_colour, band_title, grade_mark, grades_key
from dashboard.ui.elements.selection import how_button, open_mark
from dashboard.ui.elements.sentences import areas_finding, cover_shown, exposures_finding, reading_text
from dashboard.ui.elements.show import bands, carry, show_chart, spec_of
from dashboard.ui.escape import escape, escape_label, escaped_rows
from dashboard.ui.glossary import meaning
from dashboard.ui.html import draw_told, explained, paragraph, part
from dashboard.ui.session import theme
from dashboard.ui.session_state import NUMBER
from dashboard.ui.view import View


def finding(view: View, headlines: Mapping[str, HeadlineRow], decisions: list[DecisionsRow]) -> Claims:
    """Return what opens the page: the group's scores, and how many decisions are pending."""
    first = headlines[view.kinds[0]]
    n_countries, n_started = first["n_countries"], first["n_started"]
    if not n_countries and not n_started:
        return (Claim.of("overview.nothing", reset=view.reset()),)
    said = [_stand(view, first) if n_countries else Claim.of("overview.only_started")]
    if n_countries and n_started:
        said.append(Claim.count("overview.started", n_started))
    return (*said, Claim.count("overview.waiting", len(decisions))) if decisions else tuple(said)


def _stand(view: View, first: HeadlineRow) -> Claim:
    if first["mean"] is None:
        return Claim.of("overview.too_few")
    banded = band_title(view, first["band"])
    if not banded:
        stand = "stand_few"
    elif first["n_shown"] == 1:
        stand = "stand_one"
    else:
        stand = "stand_some" if first["n_too_few"] else "stand"
    return Claim.of(
        f"overview.{stand}",
        kind=view.kind_word(view.kinds[0]),
        mean=first["mean"],
        band=banded,
        lowest=first["lowest"],
        highest=first["highest"],
        n=first["n_shown"],
        of=first["n_countries"],
    )


def approval_of(view: View) -> str:
    """Return who approved the round for the group, or for the one country that is chosen; empty if that is unknown."""
    said = approval_said(view.published, view.state.round, view.state.country, view.words)
    return view.words("signing.here", said=escape(said)) if said else ""


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
            draw_told(_figure(view, kind, row), why, paragraph("  \n".join(filter(None, lines))))
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
        return words("overview.only_started" if row["n_started"] else "overview.not_asked")
    if row["coverage"] is None:
        return words("overview.nothing_applies")
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
        return words("overview.only_started" if row["n_started"] else "overview.not_asked")
    if row["coverage"] is None:
        return words("overview.nothing_applies")
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


AREA_COLUMNS = ("area_code", "area_title", "mean", "lowest", "highest", "n_shown", "n_countries", "band_title")
EXPOSURE_COLUMNS = (
    "risk_area_title", "severity", "most_severe", "n_at_severity", "n_rated", "percent", "coverage", "n_answered",
    "n_applicable",
)  # fmt: skip
WHOLE: dict[str, tuple[str, ...]] = {one.name: () for one in ALL_FILTERS if "criterion" in one.keeps}
"""No filter of criteria: cover is over all that the standard has."""
HEADS = ("severity", "risk_area_title", "cover", "percent")


def by_area(view: View) -> None:
    """Draw the mean of the countries for each principle, and their range: of respect, whatever is chosen elsewhere."""
    words, view = view.words, view.of_respect()
    table = ask(view.published, "areas", view.parameters())
    said = areas_finding(table, view)
    why = explained(words, [said]) if table.num_rows else ""
    draw_told(view.area_word().sorted(words, view.kind_word()), why)
    if not table.num_rows:
        st.caption(words("overview.nothing", reset=view.reset()))
        return
    show_chart(
        table,
        spec_of(areas.areas, view, bands(view)),
        view,
        key="areas_chart",
        alt=words("areas.alt"),
        opens=areas.SELECTION,
        clicked=partial(open_mark, {"kind": view.state.kind}, NUMBER),
        columns=(*AREA_COLUMNS, *target_columns(table)),
        keys=_area_keys(view, table),
        finding=words("areas.finding", kind=view.kind_word(), area=view.area_word().one, said=said),
    )


def _area_keys(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield the marks of the chart of principles."""
    of_means = (table[name].to_pylist() for name in ("mean", "band"))
    yield dots(colours_of(view)), view.words("overview.mean_key")
    yield from band_keys(view)
    if any(mean is not None and band is None for mean, band in zip(*of_means, strict=True)):
        yield hollow_dot(look_of(theme()).ink), view.words("chart_key.few", below=view.count_below())
    yield range_key(view, look_of(theme()))
    yield "n=", view.words("overview.answers_key")
    yield from failed_key(view, table)
    yield from target_keys(view, table)


def by_risk_area(view: View, n_gaps: int, worst: Callable[[], Sequence[str]]) -> None:
    """List the areas of the most severe risks, and how far answers cover them.

    As a chart, it can be carried away, with the number of severe gaps, and the worst of them in words.
    """
    words = view.words
    rows = escaped_rows(view.published, EXPOSURES, view.parameters())
    keys = (*grades_key(view, "severity"), (dots(colours_of(view)), words("overview.cover_key")))
    why = explained(words, (exposures_finding(rows, view), words("overview.exposures_help")))
    if rows:
        heads = [words(f"column.{name}") for name in HEADS]
        told = [legend_html(keys), part("exposures", heads, [_exposure(view, row) for row in rows])]
        table, spec = (
            ask(view.published, "exposures", view.parameters()),
            spec_of(areas.exposures, view, bands(view)),
        )
        marks = tuple(in_a_picture(keys))
        columns = table.select(list(EXPOSURE_COLUMNS))
        first = {"risk_area": rows[0]["risk_area_title"]}
        finding = words.count("exposures.gaps", n_gaps, **first) if n_gaps else words("exposures.first", **first)
        carry(table, spec, "exposures_chart", words("exposures.alt"), marks, columns, finding, worst)
    else:
        told = [paragraph(words("overview.no_ratings"))]
    draw_told(words("overview.exposures"), why, *told)


def _exposure(view: View, row: ExposuresRow) -> dict[str, object]:
    """Return what is shown of one area: severity, title, cover as a dot from 0 to 100 and in words, all in a sentence.

    Without a colour, no dot is drawn.
    """
    chosen = {"risk_area": (row["risk_area"],)}
    cover = _cover(view, row)
    said = view.words(
        "exposures.sentence",
        risk_area=row["risk_area_title"],
        severity=row["severity"],
        risk=row["most_severe"],
        n=row["n_at_severity"],
        of=row["n_rated"],
        figure=cover,
        answered=row["n_answered"] or 0,
        applicable=row["n_applicable"] or 0,
    )
    explained_by = {**WHOLE, **chosen, "kind": "respect", "common": ""}
    percent = row["percent"]
    return {
        "told": escape_label(said),
        "severity": grade_mark(view, "severity", row["severity"]),
        "title": _link("risks", view, row["risk_area_title"], **chosen),
        "has_band": row["band"],
        "percent": percent if percent is None else round(percent),
        "colour": "" if percent is None else band_colour(view, row["band"]),
        "cover": _link("number", view, cover, **explained_by) if row["band"] or row["reading"] == "count" else cover,
    }


def _link(page: str, view: View, text: str, **changes: object) -> str:
    return f"[{text}]({view.address(page, **changes)})"


def _cover(view: View, row: ExposuresRow) -> str:
    """Return the cover in words: figure and band, few answers themselves, or why there is none.

    The band alone while its figure is withheld.
    """
    shown, band = cover_shown(row), (row["band_title"] or "").lower()
    if shown == "figure":
        return f"{row['percent']:.0f} {band}"
    if shown == "count":
        return reading_text(view, row)
    return band if shown == "band" else view.words(f"exposures.{shown}")
