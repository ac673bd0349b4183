"""Does each chart only use columns of its question, keep its axes, follow the theme, and quote words safely?"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import jsonschema
import pyarrow as pa
import pytest

from dashboard.charts import risk_map as grades
from dashboard.charts.areas import areas, exposures
from dashboard.charts.crosswalk import matrix
from dashboard.charts.differences import gains, gap, robustness
from dashboard.charts.heatmap import heatmap
from dashboard.charts.look import DARK, LIGHT, SIGNS, Look, Spec, band_colours, expression, look_of, sign_svg
from dashboard.charts.risk_map import own_risks, risk_map
from dashboard.charts.slope import labelled, moved, ranked, slope
from dashboard.charts.standing import standing, subjects
from dashboard.charts.timelines import CASE_SHAPES, case_years, plan_years
from dashboard.charts.trend import NONE, over_time, trend
from dashboard.charts.world_map import places
from dashboard.loading.yaml_file import read_words
from dashboard.model.words import Words
from dashboard.queries.ask import ask
from dashboard.ui.compare.gap import waterfall
from dashboard.ui.compare.heatmap_rows import drawn as in_places
from dashboard.ui.compare.map_rows import frame, on_map
from dashboard.ui.compare.subject_choice import Subjects
from dashboard.ui.compare.subjects import figures_asked
from dashboard.ui.country.country_page import own_rows, standing_rows
from dashboard.ui.data.robustness import drawn as robust_drawn
from dashboard.ui.elements.figure_notes import robust_figures
from dashboard.ui.elements.legend import axis_of
from dashboard.ui.plan.effects import drawn, found_gains
from dashboard.ui.standards.crosswalk import with_scores
from dashboard.ui.standards.rights import rights_rows
from dashboard.ui.view import View
from tests.conftest import MakeView

BANDS = ("early", "developing", "established", "embedded")
SUBJECTS = ("col-op", "gha-op@2024", "group.countries")


def heat_rows(view: View, **more: object) -> pa.Table:
    """Return the cells of the heat map in their places."""
    return in_rows(ask(view.published, "heatmap", view.parameters(**more)))


def in_rows(cells: pa.Table) -> pa.Table:
    """Return cells in the places they have on the page, ordered by region."""
    return in_places(cells, "All principles", "region", {}, lambda row: row["country_title"]).rows


def side_by_side(view: View, **more: object) -> pa.Table:
    """Return the rows of the page: figures with each subject's title."""
    chosen = () if more else SUBJECTS
    return figures_asked(view, Subjects(chosen, {code: code for code in chosen}, ()), ())[1]


def in_group(view: View, **more: object) -> pa.Table:
    """Return the rows of one operation against the group's range."""
    return standing_rows(view, str(more.get("operation", "tcd-op")), {})


def of_own(view: View, **more: object) -> pa.Table:
    """Return one operation's risks with their grades in words."""
    return own_rows(view, view.parameters(**{"operation": "tcd-op", **more}))


def steps(view: View, **more: object) -> pa.Table:
    """Return the rows of a waterfall."""
    ends = {"first_percent": 60.0, "second_percent": 40.0, "first_score": 0.6, "second_score": 0.4}
    return waterfall(("one", "other"), ends, [("a", "A", 25.0), ("b", "B", -5.0)]).slice(0, 0 if more else None)


def map_rows(shade: str) -> Callable[..., pa.Table]:
    """Return the rows of the map: countries with the places of their mark and name."""

    def asked(view: View, **more: object) -> pa.Table:
        table = ask(view.published, "places", view.parameters(indicator="child_marriage", **more))
        return on_map(table, frame(view), shade)

    return asked


def shaded(shade: str) -> Callable[[Words, Look], Spec]:
    """Return the map, shaded by one measure."""
    edges = ("-118", "-56", "62", "38")
    return lambda words, look: places(words, look, BANDS, (shade,), ("/media/shapes.json",), edges)


def gained(view: View, **more: object) -> pa.Table:
    """Return the rows of what actions achieve, in a round measured by a later one."""
    found = replace(view, state=replace(view.state, round="2024", country=("nowhere",) if more else ()))
    return drawn(found, found_gains(found))


def lines(view: View, **more: object) -> pa.Table:
    """Return the rows of the slope, with the height of each name."""
    return labelled(ask(view.published, "changes", view.parameters(**more)))


def by_change(view: View, **more: object) -> pa.Table:
    """Return the rows of what changed, with the place of each."""
    return ranked(ask(view.published, "changes", view.parameters(**more)))


def trend_rows(view: View, **more: object) -> pa.Table:
    """Return the rows of the trend, each with its place in time."""
    return over_time(ask(view.published, "operation_reading", view.parameters(**more)), axis_of(view))


OVER = (("2023.288", "2024.5", "2025.288"), ("Round 2023", f"{NONE}no round in 2024", "Round 2025¹"))
"""Places and labels of a time axis, one of them a year without a round."""


def in_cells(question: str, across: str, up: str) -> Callable[..., pa.Table]:
    """Return rows of two grades, with the place of each point in its cell."""

    def asked(view: View, **more: object) -> pa.Table:
        return grades.placed(ask(view.published, question, view.parameters(**more)), across, up)

    return asked


def each_right(view: View, **more: object) -> pa.Table:
    """Return the scores of the standards and what is rated, by right."""
    found = replace(view, state=replace(view.state, right=("nowhere",) if more else ()))
    return rights_rows(found, ask(found.published, "rights", found.parameters()))


def crossed(view: View, **more: object) -> pa.Table:
    """Return the cells of the crosswalk, with the scores of both standards."""
    against = "nowhere" if more else view.state.against
    cells = ask(view.published, "crosswalk", view.parameters(against=against))
    return with_scores(view, cells, view.state.against)


def robust_rows(view: View, **more: object) -> pa.Table:
    """Return the rows of other ways to calculate each figure."""
    found = replace(view, state=replace(view.state, country=("nowhere",) if more else ()))
    return robust_drawn(found, robust_figures(found))


RISK_POINTS = in_cells("risk_picture", "at_likelihood", "at_severity")
Rows = str | Callable[..., pa.Table]
CHARTS: dict[str, tuple[Rows, Callable[[Words, Look], Spec]]] = {
    "heatmap": (heat_rows, lambda words, look: heatmap(words, look, BANDS)),
    "areas": ("areas", lambda words, look: areas(words, look, BANDS)),
    "exposures": ("exposures", lambda words, look: exposures(words, look, BANDS)),
    "trend": (trend_rows, lambda words, look: trend(words, look, *OVER)),
    "slope": (lines, lambda words, look: slope(words, look, *OVER)),
    "moved": (by_change, moved),
    "subjects": (side_by_side, subjects),
    "gap": (steps, gap),
    "gains": (gained, gains),
    "rights": (each_right, lambda words, look: matrix(words, look, ("rights",))),
    "crosswalk": (crossed, lambda words, look: matrix(words, look, ("crosswalk",))),
    "standing": (in_group, lambda words, look: standing(words, look, BANDS)),
    "risk map": ("risk_map", risk_map),
    "own risks": (of_own, own_risks),
    "risks before": (
        RISK_POINTS,
        lambda words, look: grades.risk_picture(words, look, ("inherent",)),
    ),
    "risks after": (RISK_POINTS, lambda words, look: grades.risk_picture(words, look, ("left",))),
    **{
        f"map by {shade}": (map_rows(shade), shaded(shade))
        for shade in ("severity", "coverage", "score", "context", "words")
    },
    "cases": ("cases", lambda words, look: case_years(words, look, ("1995", "2030"))),
    "robustness": (robust_rows, lambda words, look: robustness(words, look, BANDS)),
    "plan by date": ("plan_years", plan_years),
}
NOTHING: dict[str, object] = {"country": ("nowhere",), "operation": "nobody"}
# A blank cell carries meaning too: such a chart is only empty if there is nothing to cross.
BLANK: dict[str, dict[str, object]] = {
    "cases": {"right": ("nowhere",)},
    "risk_map": {"right": ("nowhere",)},
}
each_chart = pytest.mark.parametrize("name", CHARTS)


@cache
def drawn_once(name: str, look: Look) -> Spec:
    """Return the specification of a chart, cached because drawing takes a tenth of a second; do not modify it."""
    return CHARTS[name][1](read_words(), look)


@pytest.fixture(params=["full", "empty"])
def rows_of(request: pytest.FixtureRequest, view_of: MakeView) -> Callable[[Rows], pa.Table]:
    """Return the rows of a question on the whole sample, and with filters that leave none."""
    view = view_of(operation="col-op", earlier="2024", against="cop-2014")

    def asked(name: Rows) -> pa.Table:
        more = (NOTHING | BLANK.get(str(name), {})) if request.param == "empty" else {}
        table = ask(view.published, name, view.parameters(**more)) if isinstance(name, str) else name(view, **more)
        assert (table.num_rows == 0) == (request.param == "empty")
        return table

    return asked


def everything(node: Any) -> Iterator[Any]:
    """Yield every mapping in a specification."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from everything(child)


def calculated(spec: Spec) -> set[str]:
    """Return the names that a specification defines itself."""
    return {node["as"] for node in everything(spec) if isinstance(node.get("as"), str)}


def named(spec: Spec) -> set[str]:
    """Return every column a specification uses: in encodings, tooltips, sorts, selections and expressions."""
    found: set[str] = set()
    for node in everything(spec):
        found |= {value for key, value in node.items() if key == "field" and isinstance(value, str)}
        for key in ("fields", "groupby"):
            found |= set(node.get(key, ()))
        for key, value in node.items():
            if isinstance(value, str) and key != "labelExpr":
                found |= set(re.findall(r"datum\.(\w+)", value))
    # A label of an axis and a value of a legend are Vega's own; a row number comes from no field.
    return found - calculated(spec) - {"label", "value", ""}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    """Return the schema of Vega-Lite, itself checked once."""
    schema = alt.vegalite.v6.schema.core.load_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@each_chart
def test_every_column_that_a_chart_names_is_in_its_rows(name: str, rows_of: Callable[[Rows], pa.Table]) -> None:
    assert named(drawn_once(name, LIGHT)) <= set(rows_of(CHARTS[name][0]).column_names)


@pytest.mark.thorough
@each_chart
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_a_specification_is_right_by_the_schema_of_vega_lite(
    name: str, look: Look, validator: jsonschema.Draft7Validator
) -> None:
    spec = drawn_once(name, look)
    whole = {"$schema": alt.SCHEMA_URL, "data": {"name": "rows"}, **spec}
    validator.validate(whole)


@each_chart
def test_a_gradient_is_made_once_and_not_anew_for_each_mark(name: str) -> None:
    spec = drawn_once(name, LIGHT)
    written = [mark for layer in spec.get("layer", []) if isinstance(mark := layer["mark"], dict)]
    assert not [told for mark in written for told in mark.values() if isinstance(told, dict) and "gradient" in told]


@each_chart
def test_a_specification_holds_no_rows(name: str) -> None:
    spec = drawn_once(name, LIGHT)
    assert "datasets" not in spec
    assert "data" not in spec
    rows = [row for node in everything(spec) for row in [node.get("values")] if isinstance(row, list)]
    assert not any(isinstance(value, dict) for row in rows for value in row)


@pytest.mark.parametrize(
    ("name", "channel", "domain"),
    [
        ("areas", "x", [0, 100]),
        ("trend", "y", [0, 100]),
        ("slope", "y", [0, 100]),
        ("moved", "x", [0, 100]),
        ("exposures", "x", [-18, 100]),
        ("subjects", "x", [0, 100]),
        ("standing", "x", [0, 100]),
        ("robustness", "x", [0, 100]),
    ],
)
def test_the_axis_of_scores_never_moves(name: str, channel: str, domain: list[int]) -> None:
    """From 0 to 100 whatever the rows; exposures have a strip left of 0 for the severity."""
    spec = drawn_once(name, LIGHT)
    scales = [
        node[channel]["scale"]["domain"]
        for node in everything(spec)
        if isinstance(node.get(channel), dict) and node[channel].get("type") == "quantitative"
    ]
    assert scales
    assert all(scale == domain for scale in scales)
    axes = [node[channel].get("axis") for node in everything(spec) if isinstance(node.get(channel), dict)]
    ticks = [axis["values"] for axis in axes if axis]
    assert ticks
    assert all(values == [0, 25, 50, 75, 100] for values in ticks)


@each_chart
def test_colours_of_bands_stand_for_bands_and_not_for_what_happens_to_be_shown(name: str) -> None:
    spec = drawn_once(name, LIGHT)
    coloured = [n[channel] for n in everything(spec) for channel in ("color", "fill") if channel in n]
    colours = [colour for colour in coloured if isinstance(colour, dict) and "field" in colour]
    assert colours
    # The colours of chosen subjects, in the order chosen; and of sides, of which the last may be unknown.
    if name in ("subjects", "gains"):
        assert all(colour["sort"]["field"] in ("position", "side") for colour in colours)
        return
    assert all(len(colour["scale"]["domain"]) == len(colour["scale"]["range"]) for colour in colours)


@pytest.mark.thorough
@each_chart
def test_light_and_dark_differ(name: str, words: Words) -> None:
    assert drawn_once(name, LIGHT) != drawn_once(name, DARK)
    assert drawn_once(name, LIGHT) == CHARTS[name][1](words, LIGHT)


@each_chart
def test_a_tooltip_is_a_sentence(name: str) -> None:
    spec = drawn_once(name, LIGHT)
    tooltips = [node["tooltip"] for node in everything(spec) if isinstance(node.get("tooltip"), dict)]
    assert tooltips
    assert {tip["field"] for tip in tooltips} == {"sentence"}


def test_a_theme_has_its_look_and_an_unknown_one_is_light() -> None:
    assert (look_of("dark"), look_of("light"), look_of("")) == (DARK, LIGHT, LIGHT)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_however_many_bands_there_are_the_lowest_and_the_highest_keep_their_colours(n: int) -> None:
    colours = band_colours(n)
    assert len(colours) == n
    assert colours[-1] == "#1F6F78"
    assert n == 1 or colours[0] == "#B4532A"


def test_a_sentence_becomes_an_expression_with_its_places_filled_by_expressions() -> None:
    words = Words("en", {"key": "{country}: {percent} %."})
    assert expression(words, "key", country="datum.c", percent="datum.p") == '(datum.c) + ": " + (datum.p) + " %."'


@pytest.mark.parametrize("text", ['say "no"', "it's", "back\\slash", "line\nbreak", "' + alert(1) + '", '" + x + "'])
def test_no_word_breaks_out_of_its_quotes(text: str) -> None:
    made = expression(Words("en", {"key": text}), "key")
    assert re.fullmatch(r'"(?:[^"\\\n]|\\.)*"', made)


@pytest.mark.parametrize("name", CHARTS)
def test_a_sign_is_a_shape_and_no_character_of_a_font(name: str) -> None:
    assert not set(SIGNS) & set(json.dumps(drawn_once(name, LIGHT), ensure_ascii=False))


def test_every_sign_of_a_legend_is_drawn_in_the_ink_that_is_asked_for() -> None:
    drawn = {sign: sign_svg(sign, "#123456") for sign in SIGNS}
    assert len(set(drawn.values())) == len(SIGNS)
    assert all("#123456" in svg and "{" not in svg for svg in drawn.values())


def test_an_empty_sentence_is_an_empty_text() -> None:
    assert expression(Words("en", {"key": ""}), "key") == "''"


@pytest.mark.thorough
@pytest.mark.parametrize("shade", ["severity", "coverage", "score", "context", "words"])
def test_the_map_names_its_shapes_and_does_not_hold_them(shade: str, words: Words) -> None:
    """Shapes in the specification would be sent with every run."""
    spec = shaded(shade)(words, LIGHT)
    assert {node["url"] for node in everything(spec) if "url" in node} == {"/media/shapes.json"}
    assert not any(key in node for node in everything(spec) for key in ("arcs", "coordinates"))


def test_the_years_of_cases_stand_where_they_are_whatever_is_shown(words: Words) -> None:
    spec = case_years(words, LIGHT, ("1990", "2005"))
    scales = [
        node["x"]["scale"]
        for node in everything(spec)
        if isinstance(node.get("x"), dict) and node["x"].get("type") == "quantitative"
    ]
    assert scales
    assert all(scale == {"domain": [1990, 2005], "nice": False} for scale in scales)
    (ticks,) = {tuple(node["axis"]["values"]) for node in everything(spec) if "values" in node.get("axis", ())}
    assert ticks == (1990, 1995, 2000, 2005)


def test_kinds_of_cases_differ_in_shape_and_an_open_end_in_its_mark(words: Words) -> None:
    spec = case_years(words, LIGHT, ("1995", "2030"))
    (shape,) = {str(node["shape"]["scale"]) for node in everything(spec) if isinstance(node.get("shape"), dict)}
    assert all(words(f"case_kind.{kind}") in shape for kind in ("own_practice", "event"))
    assert len(set(CASE_SHAPES)) == len(CASE_SHAPES)
    assert any(node.get("filter") == "datum.goes_on" for node in everything(spec))
    assert any("datum.goes_on" in str(node.get("strokeDash")) for node in everything(spec))


@each_chart
def test_what_all_layers_share_is_said_once(name: str) -> None:
    """The whole specification is sent with every run."""
    layers = drawn_once(name, LIGHT).get("layer", [])
    if len(layers) < 2:
        return
    first, *others = ({**layer.get("encoding", {}), "transform": layer.get("transform", [])[:1]} for layer in layers)
    assert [
        channel for channel, told in first.items() if told and all(one.get(channel) == told for one in others)
    ] == []
