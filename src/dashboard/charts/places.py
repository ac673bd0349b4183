"""A map: countries shaded by one measure, each also with a mark and its name, however small it is."""

from typing import Any

import altair as alt

from dashboard.charts.cells import stripes
from dashboard.charts.look import BANDS, Look, Spec, band_colours, compiled
from dashboard.charts.map_frame import HIGHEST, LOWEST, Frame
from dashboard.charts.places_said import LOOKS, figure, sentence
from dashboard.model.words import Words

FIELDS = (
    "country", "country_title", "operations", "severity", "n_rated", "n_at_severity", "most_severe", "reading",
    "percent", "low", "high", "coverage", "cover", "coverage_limit", "n_applicable", "n_answered", "n_full", "n_part",
    "band", "band_title",
    "indicator_title", "unit", "value", "number", "year", "publisher", "dataset", "computed", "state", "at", "numeric",
    "corner", "x", "y", "wide_dx", "wide_dy", "wide_ex", "wide_ey", "wide_side",
    "slim_dx", "slim_dy", "slim_ex", "slim_ey", "slim_side",
)  # fmt: skip
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
    return compiled(chart.properties(width="container", height=HIGHEST).add_params(height), look)


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
        .encode(shape=alt.Shape("geo:G"), tooltip=alt.Tooltip("sentence:N", title=None))
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
    tip: dict[str, Any] = {"tooltip": alt.Tooltip("sentence:N", title=None)}
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
