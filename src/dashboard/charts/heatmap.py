"""Country x principle: a coloured number, so many in place, or one of five words for nothing."""

import json
from typing import Any

import altair as alt

from dashboard.charts.cells import CODE, SHOWN, across, flags, head_label, stripes
from dashboard.charts.look import BAND_INK, SLIM, Look, Spec, band_colours, compiled, expression
from dashboard.charts.targets import FIELDS as TARGET
from dashboard.charts.targets import SIZE, target_sentence, target_signs
from dashboard.model.words import Words

FIELDS = (
    "country", "country_title", "area", "area_title", "reading", "percent", "low", "high", "band", "band_title",
    "low_band", "high_band", "n_applicable", "n_answered", "n_not_applicable", "n_full", "n_part", "n_nil",
    "n_critical_failed", "n_seen", "n_inherited", "down", "down_position", "across_code", "across_title",
    "across_position", *TARGET,
)  # fmt: skip
SELECTION = "cell"
HEADING = "\u2009"
"""What the name of a region begins with: no country is called so, and the sign cannot be seen."""
ROW = 29
HEAD = 62
"""Pixels of the heads of columns."""
FEW = 5
"""Of fewer criteria a cell says how many are in place."""
LETTER, SMALL_LETTER = 6.3, 5.5
"""Pixels of a letter, on the safe side of the average: of any text, and of digits in small type."""
GAP = 8
"""Pixels between the figure of everything and the rest."""
NAMES, SLIM_NAMES = 200, 104
"""Pixels for the names of rows, the longest cut off: in a wide picture and in a slim one."""
TITLES = 330
"""The same for the titles of principles, in a wide picture."""

WHOLE = "(datum.area == '' && datum.country)"
OPEN = "(datum.reading == 'too_few' || datum.reading == 'count' && datum.low_band != datum.high_band)"
"""What is missing could move the cell into another band."""
TOLD = "(datum.reading == 'score' && isValid(datum.percent))"
"""Whether a percentage is told; while names are hidden, not of a whole that would tell what small counts say."""
IN_PLACE = (
    f"((datum.reading == 'count' || datum.reading == 'too_few' && datum.n_applicable < {FEW}) && isValid(datum.n_full))"
)
"""Whether a cell says how many of its criteria are in place; while names are hidden, small counts are withheld."""
END = "max(2.5, bandwidth('x') * 0.1)"
"""How wide the bounds of an open cell are shown at its ends."""
ROOM = f"(bandwidth('x') - ({OPEN} ? 2 * {END} : 1))"


def heatmap(words: Words, look: Look, bands: tuple[str, ...], shape: tuple[str, ...] = ()) -> Spec:
    """The Vega-Lite specification. `bands` are the band ids of the framework, low to high.

    `shape` says what is so: `turned`, principles down and countries across; `tall`, heads stand apart, above it.
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
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    box = {"cornerRadius": 3, "cursor": "pointer", **_apart(turned)}
    colours = alt.Scale(domain=list(bands), range=band_colours(len(bands)))
    inks = alt.Scale(domain=list(bands), range=band_colours(len(bands), BAND_INK))
    chosen = alt.selection_point(name=SELECTION, fields=["country", "area"], empty=False)
    filled = (
        base.transform_filter(f"{SHOWN} && !{OPEN}")
        .mark_rect(**box)
        .encode(color=alt.Color("band:N", scale=colours, legend=None))
        .add_params(chosen)
    )
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
    numbers = (
        base.transform_filter(f"{SHOWN} && !{OPEN}")
        .mark_text(**text)
        .encode(color=alt.Color("band:N", scale=inks, legend=None))
    )
    others = base.transform_filter(f"!{SHOWN} || {OPEN}").mark_text(**text, color=look.ink)
    kept = [
        filled,
        hollow,
        *_ends(base, colours, turned),
        numbers,
        others,
        flags(base, inset="0" if turned else _gap("x")),
    ]
    # Marks stay where only their neighbours change, but for stripes: they name the address of the page, which a filter
    # changes, so that old ones would show nothing.
    first, *rest = (layer.encode(key="cell:N") for layer in (*kept, *_targets(base)))
    chart = alt.layer(first, striped, *rest).resolve_scale(color="independent")
    return compiled(chart.properties(width="container", height=alt.Step(ROW)), look)


def _names(widest: int, apart: bool, look: Look) -> alt.Y:
    """The names of rows; with `apart` as wide as they may be, so that heads can stand above the columns."""
    limit = f"{SLIM} ? {SLIM_NAMES} : {widest}"
    heading = f"indexof(datum.label, '{HEADING}') == 0"
    return alt.Y(
        "down:N",
        title=None,
        sort=alt.EncodingSortField("down_position", op="min"),
        axis=alt.Axis(
            labelPadding=8,
            labelLimit=alt.expr(limit),
            labelFontWeight={"condition": {"test": heading, "value": 600}, "value": 400},
            labelColor={"condition": {"test": heading, "value": look.quiet}, "value": look.ink},
            minExtent=alt.expr(f"8 + ({limit})" if apart else "0"),
        ),
        scale=alt.Scale(paddingInner=0.08, paddingOuter=0),
    )


def _apart(turned: bool) -> dict[str, Any]:
    """The size and place of a cell: that of everything is smaller, on the side of the rest."""
    size = "height" if turned else "width"
    at = "y" if turned else "x"
    gap = _gap(at)
    return {size: alt.expr(f"bandwidth('{at}') - {gap}"), f"{at}Offset": alt.expr(f"-{gap} / 2")}


def _gap(at: str) -> str:
    """Pixels by which the cell of everything is smaller."""
    return f"({WHOLE} ? min({GAP}, bandwidth('{at}') / 5) : 0)"


def _middle(turned: bool) -> dict[str, Any]:
    """Where the text of a cell stands: in the middle of it."""
    at = "y" if turned else "x"
    return {f"{at}Offset": _apart(turned)[f"{at}Offset"]}


def _ends(base: alt.Chart, colours: alt.Scale, turned: bool) -> list[alt.Chart]:
    """The bands between which an open cell lies, at its left and right end."""
    gap = "0" if turned else _gap("x")
    places = {"low_band": f"({END} - bandwidth('x')) / 2", "high_band": f"(bandwidth('x') - {END}) / 2 - {gap}"}
    box = {"cornerRadius": 2, "cursor": "pointer", **(_apart(turned) if turned else {})}
    return [
        base.transform_filter(f"{OPEN} && isValid(datum.{name})")
        .mark_rect(**box, width=alt.expr(END), xOffset=alt.expr(place))
        .encode(color=alt.Color(f"{name}:N", scale=colours, legend=None))
        for name, place in places.items()
    ]


def _targets(base: alt.Chart) -> list[alt.Chart]:
    narrow = "bandwidth('x') < 40"
    corner = {
        "size": alt.expr(f"{narrow} ? 12 : {SIZE}"),
        "xOffset": alt.expr(f"({narrow} ? 5 : 10) - bandwidth('x') / 2"),
        "yOffset": alt.expr(f"({narrow} ? 5 : 9) - bandwidth('y') / 2"),
    }
    return target_signs(base, ((4, "#FFFFFF"), (1.5, "#000000")), **corner)


def signs(words: Words) -> dict[str, str]:
    """What a cell says of each reading that has no figure, where there is no room for its words."""
    return {"unanswered": "·", "not_known": "?", "not_applicable": words("cell.not_applicable"), "not_covered": "–"}


def _labels(words: Words) -> dict[str, str]:
    """What a cell says: in full, in short, or as a sign."""
    counts = {"full": "datum.n_full", "part": "datum.n_part", "of": "datum.n_applicable"}
    in_place = expression(words, "cell.in_place", **counts)
    alone, everywhere, both = (expression(words, f"cell.{key}", **counts) for key in ("partly", "all_partly", "both"))
    some = f"datum.n_full > 0 ? {both} : datum.n_part == datum.n_applicable ? {everywhere} : {alone}"
    partly = f"datum.n_part > 0 ? ({some}) : {in_place}"
    nothing = {f"datum.reading == '{name}'": (f"reading.{name}", sign) for name, sign in signs(words).items()}
    said = "".join(f"{test} ? {expression(words, key)} : " for test, (key, _) in nothing.items())
    signed = "".join(f"{test} ? {json.dumps(sign, ensure_ascii=False)} : " for test, (_, sign) in nothing.items())
    bounds = "format(datum.low, 'd') + '–' + format(datum.high, 'd')"
    rest = f"{TOLD} ? format(datum.percent, 'd') : datum.reading == 'too_few' ? {bounds} : ''"
    mark = "(datum.n_inherited > 0 ? '*' : '')"
    parts = f"{IN_PLACE} || datum.reading == 'too_few' ? datum.n_full + '/' + datum.n_applicable"
    return {
        "in_full": f"({IN_PLACE} ? ({partly}) : {said}{rest}) + {mark}",
        "in_short": f"({IN_PLACE} ? {in_place} : {signed}{rest}) + {mark}",
        "sign": f"({parts} : {signed}{rest}) + {mark}",
    }


def _fitting() -> str:
    """The first of these that there is room for."""
    return (
        f"length(datum.in_full) * {LETTER} < {ROOM} ? datum.in_full : "
        f"length(datum.in_short) * {LETTER} < {ROOM} ? datum.in_short : "
        f"length(datum.sign) * {SMALL_LETTER} < {ROOM} ? datum.sign : ''"
    )


def _sentence(words: Words) -> str:
    places = {
        "country": "datum.country_title",
        "area": "datum.area_title",
        "percent": "format(datum.percent, 'd')",
        "low": "format(datum.low, 'd')",
        "high": "format(datum.high, 'd')",
        "band": "datum.band_title",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "seen": "datum.n_seen",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "nil": "datum.n_nil",
        "na": "datum.n_not_applicable",
    }
    readings = ("score", "count", "too_few", "unanswered", "not_known", "not_applicable")
    chain = " : ".join(
        f"datum.reading == '{reading}' ? {expression(words, f'cell.sentence.{reading}', **places)}"
        for reading in readings
    )
    # While names are hidden, nothing is told but the band.
    hidden = f"{SHOWN} && !isValid(datum.percent) ? {expression(words, 'safe.withheld', **places)}"
    covered = f"{hidden} : {chain} : {expression(words, 'cell.sentence.not_covered', **places)}"
    flag = f"(datum.n_critical_failed > 0 ? ' ' + {expression(words, 'cell.sentence.critical')} : '')"
    inherited = expression(words, "cell.sentence.inherited", inherited="datum.n_inherited")
    return f"({covered}) + {flag} + (datum.n_inherited > 0 ? ' ' + {inherited} : '')"
