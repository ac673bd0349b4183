"""Draws the map: countries shaded by one measure, each also with a mark and its name, however small it is.

It says what is told of a country, which part of the world is shown, and where a place is on it: in Equal Earth, as
Vega projects it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

import altair as alt

from dashboard.charts.grid_cells import how_many, stripes
from dashboard.charts.look import (
    BANDS,
    SENTENCE,
    Look,
    Spec,
    band_colours,
    compiled,
    expression,
    one_of,
    rounded,
)
from dashboard.model.words import Words

TERMS = (1.340264, -0.081106, 0.000893, 0.003796)
"""Coefficients of Equal Earth: Šavrič, Patterson, Jenny: The Equal Earth map projection (2018), equations 7 and 9."""
PAD = 12.0
"""Degrees of margin around the places shown."""
LOWEST, HIGHEST = 320.0, 480.0
"""Least and greatest height of a map in pixels."""


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees to map units, y growing upwards."""
    a1, a2, a3, a4 = TERMS
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


@dataclass(frozen=True)
class Frame:
    """The part of the world shown, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def turned(self) -> float:
        """The longitude in the middle, to which the projection is rotated."""
        return (self.west + self.east) / 2

    @property
    def width(self) -> float:
        """Its greatest width in map units."""
        nearest = min(max(0.0, self.south), self.north)
        return 2 * projected(self.east - self.turned, nearest)[0]

    @property
    def height(self) -> float:
        return projected(0, self.north)[1] - projected(0, self.south)[1]

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return a place in map units, to the right of and down from the middle of the map."""
        x, y = projected(longitude - self.turned, latitude)
        return x, (projected(0, self.north)[1] + projected(0, self.south)[1]) / 2 - y

    def tall(self, width: float) -> float:
        """Return the height in pixels of a map of this width, so that the frame fills it."""
        return min(max(width * self.height / self.width, LOWEST), HIGHEST)

    def scale(self, width: float) -> float:
        """Return pixels per unit, so that the frame just fits."""
        return min(width / self.width, self.tall(width) / self.height)


WORLD = Frame(-180, -56, 180, 72)
"""All inhabited land: the frame if no place is known."""


def frame_of(places: Iterable[tuple[float, float]]) -> Frame:
    """Return the frame around all places (longitude, latitude) with a margin; the world if there are none."""
    points = list(places)
    if not points:
        return WORLD
    west, east = min(x for x, _ in points) - PAD, max(x for x, _ in points) + PAD
    south, north = min(y for _, y in points) - PAD, max(y for _, y in points) + PAD
    return Frame(max(west, -180), max(south, -84), min(east, 180), min(north, 84))


LOOKS = {
    "severity": "isValid(datum.severity) ? 'filled' : 'empty'",
    "score": "datum.reading == 'score' ? 'filled' : datum.reading == 'count' ? 'few' : "
    "datum.reading == 'too_few' ? 'striped' : 'empty'",
    "coverage": "isValid(datum.cover) ? 'filled' : 'empty'",
    "context": "datum.state == 'not_recorded' ? 'empty' : datum.state == 'old' ? 'old' : "
    "isValid(datum.at) ? 'filled' : 'words'",
}
LOOKS["words"] = LOOKS["context"]
"""How a country is drawn, by what is shown."""


def figure(words: Words, shade: str) -> str:
    """Return the figure beside the name as a Vega expression; each reason for having none has its own sign."""
    few = how_many(words, "datum.n_answered")
    share = expression(words, "map.share", percent="format(datum.coverage, 'd')")
    number = "(isValid(datum.number) ? format(datum.number, ',') : datum.value)"
    context = f"datum.state == 'not_recorded' ? '–' : {number} + (datum.state == 'old' ? ' (' + datum.year + ')' : '')"
    return {
        "severity": "isValid(datum.severity) ? datum.severity + ' (' + datum.n_at_severity + ')' : '–'",
        "score": "datum.reading == 'score' ? format(datum.percent, 'd') : "
        f"datum.reading == 'count' ? {few} + '*' : "
        "datum.reading == 'too_few' ? format(datum.low, 'd') + '–' + format(datum.high, 'd') : "
        f"datum.reading == 'not_applicable' ? {expression(words, 'cell.not_applicable')} : "
        "datum.reading == 'not_known' ? '?' : datum.reading == 'unanswered' ? '·' : '–'",
        "coverage": f"isValid(datum.cover) ? {share} : '–'",
        "context": context,
        "words": context,
    }[shade]


def sentence(words: Words, shade: str) -> str:
    """Return the sentence of the tooltip as a Vega expression."""
    return f"({_sentences(words)[shade]}) + ' ' + {_expression(words, 'operations')}"


def _sentences(words: Words) -> dict[str, str]:
    readings = ("score", "count", "too_few", "unanswered", "not_known", "not_applicable", "started")
    score = one_of("reading", {name: _expression(words, name) for name in readings}, _expression(words, "not_covered"))
    none, one = _expression(words, "not_recorded"), _expression(words, "context")
    context = f"datum.state == 'not_recorded' ? {none} : ({one}) + ' ' + {source(words)}"
    return {
        "severity": f"isValid(datum.severity) ? {_expression(words, 'severity')} : {_expression(words, 'not_rated')}",
        "score": score,
        "coverage": f"isValid(datum.cover) ? {_expression(words, 'coverage')} : {_expression(words, 'no_coverage')}",
        "context": context,
        "words": context,
    }


def source(words: Words) -> str:
    """Return the publisher and year of the outside figure as a Vega expression."""
    places = {"publisher": "datum.publisher", "dataset": "datum.dataset", "year": "datum.year"}
    computed, plain, old = (expression(words, f"figure.{key}", **places) for key in ("computed", "source", "old"))
    return f"(datum.computed ? {computed} : {plain}) + (datum.state == 'old' ? ' ' + {old} : '')"


def _expression(words: Words, key: str) -> str:
    places = {
        "country": "datum.country_title",
        "operations": "datum.operations",
        "severity": "datum.severity",
        "most_severe": "truncate(datum.most_severe, 110)",
        "n": "datum.n_at_severity",
        "of": "datum.n_rated",
        "band": "datum.band_title",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "title": "datum.indicator_title",
        "value": "(isValid(datum.number) ? format(datum.number, ',') : datum.value)",
        "unit": "datum.unit",
        **rounded("percent", "low", "high", "coverage", "coverage_limit"),
    }
    return expression(words, f"map.sentence.{key}", **places)


SELECTION = "place"
SLIM = 520
"""Width in pixels below which names are placed for a narrow map."""
COVER = ("under", "enough", "all")
COVER_COLOURS = BANDS[1:]
FIGURES = {"light": ("#DCD6EA", "#5B4B8A"), "dark": ("#4A4266", "#C9BDF2")}
"""Lowest to highest of an outside figure; neither end is good or bad."""
CORNER = (14, 17)
"""Pixels from the lower left corner to the first mark without a place on the map, and between such marks."""


def places(
    words: Words,
    look: Look,
    bands: tuple[str, ...],
    shade: tuple[str],
    shapes: tuple[str],
    frame: tuple[str, ...],
) -> Spec:
    """Return the Vega-Lite specification. `bands` are those of the framework, low to high; `shade` is what is
    shown (a shade of the view, or `words` for an outside fact in words), `shapes` the address of the countries, and
    `frame` the west, south, east and north of the map in degrees.
    """
    part = Frame(*map(float, frame))
    colours = _colours(look, bands)[shade[0]]
    world = alt.UrlData(url=shapes[0], format=alt.TopoDataFormat(type="topojson", feature="countries"))
    ground = alt.Chart(world).mark_geoshape(clip=True, fill=look.range, stroke=look.ground, strokeWidth=0.6)
    layers = [ground, *_shapes(world, look, colours), *_point_layers(look, shade[0], colours)]
    chart = _with_pixels(alt.layer(*layers, data=alt.NamedData("rows")), words, part, shade[0]).project(
        type="equalEarth",
        rotate=[-part.turned, 0, 0],
        scale=alt.expr(_scale(part)),
        translate=alt.expr(f"[width / 2, height / 2 + {part.at(part.turned, 0)[1]:.5f} * {_scale(part)}]"),
    )
    tall = f"min(max(width * {part.height / part.width:.5f}, {LOWEST}), {HIGHEST})"
    height = alt.param(name="height", expr=tall)
    return compiled(chart.add_params(height), look, height=HIGHEST)


def _with_pixels(chart: Any, words: Words, part: Frame, shade: str) -> Any:
    """Add each country's look, label, sentence, and the pixels of its mark, its name and its line's end."""
    by_width = f"width < {SLIM} ? datum.slim_{{0}} : datum.wide_{{0}}"
    ends = (("lx", "px", "dx"), ("ly", "py", "dy"), ("ex", "px", "ex"), ("ey", "py", "ey"))
    return chart.transform_calculate(
        look=LOOKS[shade],
        px=f"isValid(datum.corner) ? {CORNER[0]} : width / 2 + datum.x * {_scale(part)}",
        py=f"isValid(datum.corner) ? height - {CORNER[0]} - {CORNER[1]} * datum.corner"
        f" : height / 2 + datum.y * {_scale(part)}",
        label=f"datum.country_title + '  ' + ({figure(words, shade)})",
        sentence=sentence(words, shade),
    ).transform_calculate(
        side=by_width.format("side"),
        **{name: f"datum.{by} + ({by_width.format(offset)})" for name, by, offset in ends},
    )


def _colours(look: Look, bands: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return field, domain and range of the colours of each shade."""
    figures: dict[str, Any] = {"field": "at:Q", "domain": [0, 1], "range": list(FIGURES[look.theme])}
    return {
        "severity": {"field": "severity:O", "domain": [1, 2, 3, 4], "range": list(look.severity)},
        "score": {"field": "band:N", "domain": list(bands), "range": band_colours(len(bands))},
        "coverage": {"field": "cover:N", "domain": list(COVER), "range": list(COVER_COLOURS)},
        "context": figures,
        "words": figures,
    }


def _scale(part: Frame) -> str:
    return f"min(width / {part.width:.5f}, height / {part.height:.5f})"


def _shapes(world: alt.UrlData, look: Look, colours: dict[str, Any]) -> list[alt.Chart]:
    base = (
        alt.Chart()
        .transform_lookup(lookup="numeric", from_=alt.LookupData(data=world, key="id"), as_="geo")
        .transform_filter("isValid(datum.geo)")
        .encode(shape=alt.Shape("geo:G"), tooltip=SENTENCE)
    )
    common: dict[str, Any] = {"clip": True, "cursor": "pointer", "stroke": look.ground, "strokeWidth": 0.8}
    empty: dict[str, Any] = {"fill": look.ground, "stroke": look.quiet, "strokeDash": [2, 2]}
    return [
        base.transform_filter("datum.look == 'empty'").mark_geoshape(**common | empty),
        base.transform_filter("datum.look == 'old'").mark_geoshape(**common | empty | {"strokeDash": [6, 3]}),
        base.transform_filter("datum.look == 'few'").mark_geoshape(
            **common | {"fill": look.ground, "stroke": look.quiet}
        ),
        base.transform_filter("datum.look == 'striped'").mark_geoshape(**common | {"fill": stripes(look)}),
        base.transform_filter("datum.look == 'words'").mark_geoshape(**common | {"fill": FIGURES[look.theme][0]}),
        base.transform_filter("datum.look == 'filled'")
        .mark_geoshape(**common)
        .encode(color=_colour(alt.Color, colours)),
    ]


def _point_layers(look: Look, shade: str, colours: dict[str, Any]) -> list[alt.Chart]:
    rows = alt.Chart()
    at: dict[str, Any] = {"x": alt.X("px:Q", scale=None, axis=None), "y": alt.Y("py:Q", scale=None, axis=None)}
    named: dict[str, Any] = {
        "x": alt.X("lx:Q", scale=None, axis=None),
        "y": alt.Y("ly:Q", scale=None, axis=None),
        "text": "label:N",
    }
    tip: dict[str, Any] = {"tooltip": SENTENCE}
    leads = rows.transform_filter("abs(datum.ex - datum.px) + abs(datum.ey - datum.py) > 13.5").mark_rule(
        color=look.quiet, strokeWidth=0.8
    )
    form = "square" if shade == "severity" else "circle"
    marks = rows.mark_point(shape=form, size=62, opacity=1, strokeWidth=1.4, cursor="pointer", stroke=look.ink)
    names = rows.transform_filter("datum.side != ''").encode(**named, **tip)
    label_style: dict[str, Any] = {"cursor": "pointer", "align": alt.expr("datum.side")}
    chosen = alt.selection_point(name=SELECTION, fields=["country"], empty=False)
    return [
        rows.mark_point(shape=form, size=130, opacity=1, filled=True, color=look.ground).encode(**at),
        leads.encode(**at, x2="ex:Q", y2="ey:Q"),
        marks.transform_filter("datum.look != 'filled'").encode(fill=alt.value(look.ground), **at, **tip),
        marks.transform_filter("datum.look == 'filled'")
        .encode(fill=_colour(alt.Fill, colours), **at, **tip)
        .add_params(chosen),
        names.mark_text(stroke=look.ground, strokeWidth=3.5, strokeJoin="round", **label_style),
        names.mark_text(color=look.ink, **label_style),
    ]


def _colour(channel: type[alt.Color] | type[alt.Fill], colours: dict[str, Any]) -> alt.Color | alt.Fill:
    scale = alt.Scale(domain=colours["domain"], range=colours["range"])
    return channel(colours["field"], scale=scale, legend=None)
