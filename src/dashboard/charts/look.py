"""Sets how charts look on light and dark backgrounds: colours, type, formats, signs, and the marks of targets.

Signs are shapes, because fonts draw such characters differently or not at all. The mark of a target is a sign for its
status; its sentence follows that of the figure. See docs/decisions/0018-charts.md.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import altair as alt

from dashboard.model.words import ENGLISH, Words, chart_locale

Spec = dict[str, Any]

BANDS = ("#B4532A", "#E9B872", "#9CC5C9", "#1F6F78")
"""Four bands of implementation, low to high."""
BAND_INK = ("#FFFFFF", "#24323A", "#24323A", "#FFFFFF")
SLIM = "containerSize()[0] < 480"
"""True on a phone: names give way to the marks."""


@dataclass(frozen=True)
class Look:
    """The colours that differ between the light and the dark theme."""

    theme: str
    ink: str
    quiet: str
    hairline: str
    ground: str
    range: str
    stripe: str
    subjects: tuple[str, ...]
    brick: str
    """For what needs a decision, and what fell."""
    severity: tuple[str, ...]
    opportunity: tuple[str, ...]


LIGHT = Look(
    theme="light",
    ink="#24323A",
    quiet="#5B6770",
    hairline="#E6EAEC",
    ground="#FFFFFF",
    range="#E9EEF0",
    stripe="#D5DBDE",
    subjects=("#1F6F78", "#C8742B", "#5B4B8A", "#7A8B2F", "#A23B72", "#3E5C9A"),
    brick=BANDS[0],
    severity=("#F0D9A8", "#E3A857", "#C96A2E", "#8C2F1B"),
    opportunity=("#CFE6DF", "#93C7B8", "#4B9A88", "#1B5E54"),
)
DARK = Look(
    theme="dark",
    ink="#E8EDEF",
    quiet="#A9B5BB",
    hairline="#33414A",
    ground="#151C20",
    range="#2A353B",
    stripe="#3A474E",
    subjects=("#3FA3AD", "#DB8B4C", "#A292D8", "#A9BA55", "#D67BA9", "#85A3DC"),
    brick="#DE7650",
    severity=("#F0D9A8", "#E3A857", "#C96A2E", "#BC3F27"),
    opportunity=("#CFE6DF", "#93C7B8", "#4B9A88", "#2C7A6E"),
)


def look_of(theme: str) -> Look:
    """Return the look of a theme by name."""
    return DARK if theme == "dark" else LIGHT


def band_colours(n: int, colours: tuple[str, ...] = BANDS) -> list[str]:
    """Return colours for `n` bands, low to high: the ends are kept, so that two bands are brick and teal."""
    if n == 1:
        return [colours[-1]]
    return [colours[round(position * (len(colours) - 1) / (n - 1))] for position in range(n)]


def short_label(letters: int) -> str:
    """Return an axis label in two lines of about `letters` characters if the chart is narrow, or in one."""
    wrapped = rf"trim(replace(datum.label, regexp('(.{{1,{letters}}})(\\s+|$)', 'g'), '$1\n'))"
    return f"{SLIM} ? ({first_lines(wrapped, 2)}) : datum.label"


def first_lines(label: str, most: int) -> str:
    """Return the expression of a label in at most `most` lines; a longer title ends with an ellipsis."""
    lines = f"split({label}, '\\n')"
    return f"length({lines}) > {most} ? split(join(slice({lines}, 0, {most}), '\\n') + '…', '\\n') : {lines}"


PERCENT = alt.Scale(domain=[0, 100])
QUARTERS = alt.Axis(values=[0, 25, 50, 75, 100], grid=True)
QUARTERS_ABOVE = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top")
"""The scale of scores, which never moves, and its axis."""
SENTENCE = alt.Tooltip("sentence:N", title=None)
GRADES = (1, 2, 3, 4)
GRADE_INK = alt.condition("datum.grade > 2", alt.value("#FFFFFF"), alt.value("#24323A"))
"""The colour of a `grade` on the colour that stands for it."""


def names(field: str, position: str, scale: Any = alt.Undefined, **axis: Any) -> alt.Y:
    """Return rows in the order of `position`, preceded by their names."""
    order = alt.EncodingSortField(position, op="min")
    return alt.Y(f"{field}:N", title=None, sort=order, axis=alt.Axis(**axis), scale=scale)


def by_band(bands: Sequence[str], field: str = "band", colours: tuple[str, ...] = BANDS) -> alt.Color:
    """Return the colour of a band; `bands` are those of the framework, low to high."""
    scale = alt.Scale(domain=list(bands), range=band_colours(len(bands), colours))
    return alt.Color(f"{field}:N", scale=scale, legend=None)


def by_grade(field: str, colours: tuple[str, ...]) -> alt.Color:
    """Return the colour of a grade from 1 to 4."""
    return alt.Color(f"{field}:O", scale=alt.Scale(domain=list(GRADES), range=list(colours)), legend=None)


def rounded(*columns: str) -> dict[str, str]:
    """Return places of a sentence that hold the numbers of columns without decimals."""
    return {name: f"format(datum.{name}, 'd')" for name in columns}


def one_of(field: str, texts: Mapping[str, str], otherwise: str) -> str:
    """Return the expression that is the text of the code in a column, and for any other code `otherwise`."""
    return "".join(f"datum.{field} == '{code}' ? {text} : " for code, text in texts.items()) + otherwise


def expression(words: Words, key: str, **places: str) -> str:
    """Return a sentence from the words as a Vega expression; places are expressions such as `datum.percent`."""
    parts = []
    for piece in re.split(r"(\{\w+\})", words(key)):
        if re.fullmatch(r"\{\w+\}", piece):
            parts.append(f"({places[piece[1:-1]]})")
        elif piece:
            parts.append(json.dumps(piece, ensure_ascii=False))
    return " + ".join(parts) or "''"


def compiled(chart: alt.Chart | alt.LayerChart | alt.FacetChart, look: Look, **more: Any) -> Spec:
    """Return the Vega-Lite of a chart over the dataset sent with each run, including our configuration.

    It is as wide as its place; `more` are further properties, such as its `height`, of all or of one row.

    It is not compared with the schema of Vega-Lite, which takes longer than all the rest; `tests/charts/` does that.
    """
    spec: Spec = chart.properties(width="container", **more).to_dict(validate=False)
    spec.pop("datasets", None)
    spec.pop("data", None)
    _say_once(spec)
    _name_gradients(spec)
    spec["config"] = config(look)
    spec["background"] = "transparent"
    return spec


def in_locale(spec: Spec, words: Words) -> Spec:
    """The specification with numbers and months as the language of the words writes them; of English, the same.

    Vega writes as English by itself, on screen as in a picture.
    """
    if words.locale.language == ENGLISH.language:
        return spec
    return {**spec, "config": {**spec["config"], "locale": chart_locale(words.locale)}}


def _say_once(spec: Spec) -> None:
    """Move what all layers share, leading transforms and equal channels, to the level above them.

    The whole specification is sent with every run, and Altair repeats what layers share in each of them.
    """
    layers = spec.get("layer", [])
    if len(layers) < 2:
        return
    transforms = [layer.get("transform", []) for layer in layers]
    alike = takewhile(lambda steps: all(step == steps[0] for step in steps), zip(*transforms, strict=False))
    n_shared = len(list(alike))
    if n_shared:
        spec["transform"] = [*spec.get("transform", []), *transforms[0][:n_shared]]
        for layer in layers:
            layer["transform"] = layer["transform"][n_shared:]
    encodings = [layer.get("encoding", {}) for layer in layers]
    shared = {
        channel: told
        for channel, told in encodings[0].items()
        if all(other.get(channel) == told for other in encodings[1:])
    }
    if shared and "encoding" not in spec:
        spec["encoding"] = shared
        for encoding in encodings:
            for channel in shared:
                del encoding[channel]


def _name_gradients(spec: Spec) -> None:
    """Define gradients above the layers and refer to them: for one inside a mark, Vega makes a copy per cell."""
    found: list[dict[str, Any]] = []
    for layer in spec.get("layer", []):
        mark = layer["mark"]
        for channel, told in mark.items() if isinstance(mark, dict) else ():
            if isinstance(told, dict) and "gradient" in told:
                if told not in found:
                    found.append(told)
                mark[channel] = {"expr": f"gradient_{found.index(told)}"}
    if found:
        named = [{"name": f"gradient_{number}", "value": told} for number, told in enumerate(found)]
        spec["params"] = [*spec.get("params", []), *named]


def config(look: Look) -> Mapping[str, Any]:
    """Return the type and lines of every chart."""
    return {
        "font": "Source Sans, sans-serif",
        "view": {"stroke": None},
        # A chart has one sentence as text alternative and a table beside it; single marks would be noise.
        "mark": {"aria": False},
        "axis": {
            "labelColor": look.ink,
            "titleColor": look.quiet,
            "labelFontSize": 13,
            "labelLineHeight": 12,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "grid": False,
            "domain": False,
            "ticks": False,
            "labelAngle": 0,
            "gridColor": look.hairline,
            "labelLimit": 260,
        },
        "legend": {"labelColor": look.ink, "titleColor": look.quiet, "labelFontSize": 13, "titleFontSize": 13},
        "text": {"color": look.ink, "fontSize": 13},
    }


SIDE = 12
"""Pixels of a sign in a legend."""
_FILLED, _LINED = "<path d='{path}' fill='{ink}'/>", "<path d='{path}' fill='none' stroke='{ink}' stroke-width='1.3'/>"
_CIRCLE, _DOT = "M6 1.7a4.3 4.3 0 1 1 -.01 0z", "M6 4a2 2 0 1 1 -.01 0z"
_SHAPES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "●": ((_FILLED, _CIRCLE),),
    "◉": ((_LINED, _CIRCLE), (_FILLED, _DOT)),
    "○": ((_LINED, _CIRCLE),),
    "■": ((_FILLED, "M2 2H10V10H2z"),),
    "▲": ((_FILLED, "M1.5 10H10.5L6 2z"),),
    "▼": ((_FILLED, "M1.5 2H10.5L6 10z"),),
    "▽": ((_LINED, "M1.5 2H10.5L6 10z"),),
    "✓": ((_LINED, "M2 6.5L5 9.5L10.5 3"),),
    "∅": ((_LINED, _CIRCLE), (_LINED, "M2 10L10 2")),
}
SIGNS = tuple(_SHAPES)
NONE_FOUND = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0M-1,1L1,-1"
"""The shape of *none found* in a chart."""


def sign_svg(sign: str, ink: str) -> str:
    """Return a sign as a small SVG, for the legend of a picture."""
    parts = "".join(drawn.format(path=path, ink=ink) for drawn, path in _SHAPES[sign])
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='{SIDE}' height='{SIDE}'>{parts}</svg>"


FAILED = "datum.n_critical_failed > 0"
ANY_FAILED = f"({FAILED} || datum.n_failed_before > 0)"
"""Whether a critical criterion failed, or failed when it was last answered and has no answer now."""


def failed_beside(base: alt.Chart, ink: str, ground: str, at: int) -> Any:
    """Return a triangle `at` pixels from a figure, where a critical criterion failed; hollow if it fell silent."""
    return (
        base.transform_filter(ANY_FAILED)
        .mark_point(shape="triangle-down", size=46, stroke=ink, strokeWidth=1.3, opacity=1, xOffset=at)
        .encode(fill=alt.condition(FAILED, alt.value(ink), alt.value(ground)))
    )


TARGET_FIELDS = ("target", "target_due", "target_expected", "target_round_end", "target_today", "target_status")
TICK, RING, CALL, DASH = "M-1,0L-0.3,0.7L1,-0.7", "circle", "M0,-1L0,0.25M0,0.8L0,1", "M-0.8,0L0.8,0"
TARGET_SIGNS = {"reached": TICK, "on_track": RING, "off_track": CALL, "starts": DASH, "no_figure": DASH}
"""The shape for each status; `ui/elements/figure_notes.py` has the same in words."""
TARGET_SIZE = 36
"""Size of a sign where there is room."""


def target_signs(base: alt.Chart, strokes: tuple[tuple[float, str], ...], **places: Any) -> list[alt.Chart]:
    """Return the layers of the signs, one per stroke (width and colour). `places` are their offsets and a size."""
    shape = alt.Shape(
        "target_status:N", scale=alt.Scale(domain=list(TARGET_SIGNS), range=list(TARGET_SIGNS.values())), legend=None
    )
    with_target = base.transform_filter("isValid(datum.target)")
    return [
        with_target.mark_point(
            filled=False,
            strokeWidth=width,
            stroke=colour,
            strokeCap="round",
            opacity=1,
            **{"size": TARGET_SIZE, **places},
        ).encode(shape=shape)
        for width, colour in strokes
    ]


def target_sentence(words: Words) -> str:
    """Return the expression for the sentence on the target; empty if there is none."""
    places = {
        "target": "format(datum.target, 'd')",
        "due": "datum.target_due",
        "expected": "format(datum.target_expected, 'd')",
        "on": "datum.target_round_end",
        "today": "format(datum.target_today, 'd')",
    }
    said = {status: f"' ' + {expression(words, f'target.{status}', **places)}" for status in TARGET_SIGNS}
    return f"({one_of('target_status', said, chr(39) * 2)})"
