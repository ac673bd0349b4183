"""Draws country by principle: a coloured number, a mark for each of few answers, or a word for why there is none."""

import json
from typing import Any

import altair as alt

from dashboard.charts.grid_cells import (
    BANDED,
    CODE,
    COUNTED,
    EACH,
    across,
    answers,
    failed_sentence,
    flags,
    head_label,
    how_many,
    stripes,
)  # fmt: skip
from dashboard.charts.look import (
    ANY_FAILED,
    BAND_INK,
    SENTENCE,
    SLIM,
    TARGET_SIZE,
    Look,
    Spec,
    by_band,
    compiled,
    expression,
    names,
    one_of,
    rounded,
    target_sentence,
    target_signs,
)
from dashboard.model.words import Words

SELECTION = "cell"
HEADING = "\u2009"
"""Prefix of a region's name: invisible, and no country's name starts with it."""
ROW = 29
HEAD = 62
"""Pixels of the heads of columns."""
FEW = 5
"""With fewer criteria than this, a cell says how many are implemented."""
LETTER, SMALL_LETTER = 6.3, 5.5
"""Pixels of a character, allowing a little more than the average: of any text, and of digits in small type."""
GAP = 8
"""Pixels between the figure for everything and the rest."""
NAMES, SLIM_NAMES = 200, 104
"""Pixels for the names of rows, longer ones being cut: in a wide chart and in a narrow one."""
TITLES = 330
"""The same for the titles of principles, in a wide chart."""

WHOLE = "(datum.area == '' && datum.country)"
OPEN = "(datum.reading == 'too_few')"
"""Whether so many answers are missing that the cell lies between two bands."""
TOLD = f"({BANDED} && isValid(datum.percent))"
"""Whether a percentage is shown; while names are hidden, not for a total that would reveal small counts."""
IN_PLACE = f"({OPEN} && datum.n_applicable < {FEW} && isValid(datum.n_full))"
"""Whether a cell says how many of its criteria are implemented; while names are hidden, small counts are withheld."""
BESIDE_ANSWERS = f"{COUNTED} && isValid(datum.n_full) ? (datum.n_answered + 1) / 2 * {EACH} : 0"
"""Pixels from the middle of a cell to its text, which stands behind the marks of its answers."""
BELOW_SIGNS = f"bandwidth('x') < 60 && {OPEN} && ({ANY_FAILED} || isValid(datum.target)) ? 3 : 0"
"""Pixels by which the text of a narrow open cell is lower, so that the signs in its corners do not cover it."""
END = "max(2.5, bandwidth('x') * 0.1)"
"""Width of the bounds shown at both ends of an open cell."""
ROOM = f"(bandwidth('x') - ({OPEN} ? 2 * {END} : 1))"


def heatmap(words: Words, look: Look, bands: tuple[str, ...], shape: tuple[str, ...] = ()) -> Spec:
    """Return the Vega-Lite specification. `bands` are the band ids of the framework, low to high.

    `shape` may hold `turned`, for principles down and countries across, and `tall`, for separate heads above the chart.
    """
    turned, tall = ("turned" in shape), ("tall" in shape)
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            head=head_label("across_code", "across_title"),
            **_labels(words),
            cell="datum.down + ' ' + datum.country + ' ' + datum.area",
            sentence=f"{_sentence(words)} + {target_sentence(words)}",
        )
        .encode(
            x=across("head", "across_position", CODE if tall else HEAD, codes=tall),
            y=_names(TITLES if turned else NAMES, tall, look),
            tooltip=SENTENCE,
        )
    )
    box = {"cornerRadius": 3, "cursor": "pointer", **_apart(turned)}
    chosen = alt.selection_point(name=SELECTION, fields=["country", "area"], empty=False)
    filled = base.transform_filter(BANDED).mark_rect(**box).encode(color=by_band(bands)).add_params(chosen)
    counted = base.transform_filter(COUNTED).mark_rect(**box, color=look.range)
    striped = base.transform_filter(OPEN).mark_rect(**box, color=stripes(look), stroke=look.quiet, strokeWidth=0.5)
    hollow = base.transform_filter(
        "datum.reading == 'unanswered' || datum.reading == 'not_known' || datum.reading == 'not_applicable'"
    ).mark_rect(**box, fill="transparent", stroke=look.quiet, strokeDash=[3, 3])
    text = {
        "cursor": "pointer",
        "text": alt.expr(_fitting()),
        "fontSize": alt.expr("bandwidth('x') < 40 ? 12 : 13"),
        "fontWeight": alt.expr(f"{WHOLE} ? 600 : 400"),
        **_middle(turned),
    }
    numbers = base.transform_filter(BANDED).mark_text(**text).encode(color=by_band(bands, colours=BAND_INK))
    others = base.transform_filter(f"!{BANDED}").mark_text(
        **text, dx=alt.expr(BESIDE_ANSWERS), dy=alt.expr(BELOW_SIGNS), color=look.ink
    )
    kept = [
        filled,
        counted,
        hollow,
        *_ends(base, bands, turned),
        numbers,
        others,
        *_answers(base, look.ink, turned),
        flags(base, look, inset="0" if turned else _gap("x")),
    ]
    # Keyed, so that marks stay when only their neighbours change. Not stripes: they refer to the page's address, which
    # a filter changes, so that old ones would show nothing.
    first, *rest = (layer.encode(key="cell:N") for layer in (*kept, *_targets(base)))
    chart = alt.layer(first, striped, *rest).resolve_scale(color="independent")
    return compiled(chart, look, height=alt.Step(ROW))


def _names(widest: int, apart: bool, look: Look) -> alt.Y:
    """Return the names of rows; with `apart`, at a fixed width, so that separate heads align with the columns."""
    limit = f"{SLIM} ? {SLIM_NAMES} : {widest}"
    heading = f"indexof(datum.label, '{HEADING}') == 0"
    return names(
        "down",
        "down_position",
        alt.Scale(paddingInner=0.08, paddingOuter=0),
        labelPadding=8,
        labelLimit=alt.expr(limit),
        labelFontWeight={"condition": {"test": heading, "value": 600}, "value": 400},
        labelColor={"condition": {"test": heading, "value": look.quiet}, "value": look.ink},
        minExtent=alt.expr(f"8 + ({limit})" if apart else "0"),
    )


def _apart(turned: bool) -> dict[str, Any]:
    """Return the size and place of a cell; that of everything is smaller, on the side of the rest."""
    size = "height" if turned else "width"
    at = "y" if turned else "x"
    gap = _gap(at)
    return {size: alt.expr(f"bandwidth('{at}') - {gap}"), f"{at}Offset": alt.expr(f"-{gap} / 2")}


def _gap(at: str) -> str:
    """Return the pixels by which the cell of everything is smaller."""
    return f"({WHOLE} ? min({GAP}, bandwidth('{at}') / 5) : 0)"


def _middle(turned: bool) -> dict[str, Any]:
    """Return the place of a cell's text: its middle."""
    at = "y" if turned else "x"
    return {f"{at}Offset": _apart(turned)[f"{at}Offset"]}


def _answers(base: alt.Chart, ink: str, turned: bool) -> list[Any]:
    """Return the marks of answers, each with a key of its own."""
    found = answers(base, ink, "0" if turned else f"-{_gap('x')} / 2")
    return [layer.transform_calculate(cell="datum.cell + ' ' + datum.nth") for layer in found]


def _ends(base: alt.Chart, bands: tuple[str, ...], turned: bool) -> list[alt.Chart]:
    """Return the bands between which an open cell lies, at its left and right end."""
    gap = "0" if turned else _gap("x")
    places = {"low_band": f"({END} - bandwidth('x')) / 2", "high_band": f"(bandwidth('x') - {END}) / 2 - {gap}"}
    box = {"cornerRadius": 2, "cursor": "pointer", **(_apart(turned) if turned else {})}
    return [
        base.transform_filter(f"{OPEN} && isValid(datum.{name})")
        .mark_rect(**box, width=alt.expr(END), xOffset=alt.expr(place))
        .encode(color=by_band(bands, name))
        for name, place in places.items()
    ]


def _targets(base: alt.Chart) -> list[alt.Chart]:
    narrow = "bandwidth('x') < 40"
    corner = {
        "size": alt.expr(f"{narrow} ? 12 : {TARGET_SIZE}"),
        "xOffset": alt.expr(f"({narrow} ? 5 : 10) - bandwidth('x') / 2"),
        "yOffset": alt.expr(f"({narrow} ? 5 : 9) - bandwidth('y') / 2"),
    }
    return target_signs(base, ((4, "#FFFFFF"), (1.5, "#000000")), **corner)


def signs(words: Words) -> dict[str, str]:
    """Return the short sign of each reading without a figure, for cells without room for words."""
    return {
        **{"unanswered": "·", "not_known": "?", "started": "…"},
        **{"not_applicable": words("cell.not_applicable"), "not_covered": "–"},
    }


def _labels(words: Words) -> dict[str, str]:
    """Return the text of a cell: in full, in short, or as a sign."""
    in_place = expression(words, "cell.in_place", full="datum.n_full", of="datum.n_applicable")
    partly = how_many(words, "datum.n_applicable")
    nothing = signs(words)
    bounds = "format(datum.low, 'd') + '–' + format(datum.high, 'd')"
    withheld = f"{COUNTED} && !isValid(datum.n_full) ? {expression(words, 'safe.few')}"
    rest = f"{TOLD} ? format(datum.percent, 'd') : datum.reading == 'too_few' ? {bounds} : ''"
    said = one_of("reading", {reading: expression(words, f"reading.{reading}") for reading in nothing}, rest)
    signed = one_of("reading", {name: json.dumps(sign, ensure_ascii=False) for name, sign in nothing.items()}, rest)
    mark = "(datum.n_inherited > 0 ? '*' : '')"
    parts = f"{OPEN} && isValid(datum.n_full) ? datum.n_full + '/' + datum.n_applicable"
    return {
        "in_full": f"({IN_PLACE} ? {partly} : {withheld} : {said}) + {mark}",
        "in_short": f"({IN_PLACE} ? {in_place} : {signed}) + {mark}",
        "sign": f"({parts} : {signed}) + {mark}",
    }


def _fitting() -> str:
    """Return the first of these that fits."""
    return (
        f"length(datum.in_full) * {LETTER} < {ROOM} ? datum.in_full : "
        f"length(datum.in_short) * {LETTER} < {ROOM} ? datum.in_short : "
        f"length(datum.sign) * {SMALL_LETTER} < {ROOM} ? datum.sign : ''"
    )


def _sentence(words: Words) -> str:
    places = {
        "country": "datum.country_title",
        "area": "datum.area_title",
        **rounded("percent", "low", "high"),
        "band": "datum.band_title",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "seen": "datum.n_seen",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "nil": "datum.n_nil",
        "na": "datum.n_not_applicable",
    }
    score = expression(words, "cell.sentence.score", **places)
    readings = ("count", "too_few", "unanswered", "not_known", "not_applicable", "started")
    told = {reading: expression(words, f"cell.sentence.{reading}", **places) for reading in readings}
    rest = one_of("reading", told, expression(words, "cell.sentence.not_covered", **places))
    # While names are hidden, of few answers only their number is shown, and of some totals only the band.
    few, band = (expression(words, f"safe.{key}", **places) for key in ("few_withheld", "withheld"))
    hidden = f"{COUNTED} && !isValid(datum.n_full) ? {few} : {BANDED} && !isValid(datum.percent) ? {band}"
    covered = f"{hidden} : {BANDED} ? {score} : {rest}"
    inherited = expression(words, "cell.sentence.inherited", inherited="datum.n_inherited")
    return f"({covered}) + {failed_sentence(words)} + (datum.n_inherited > 0 ? ' ' + {inherited} : '')"
