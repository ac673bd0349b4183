"""Which pictures are there? Each chart with real data, light and dark, with no row, one, the usual ones and many.

For a phone, 340 pixels wide, the usual rows are drawn again in the light theme. Two things are not drawn in every size,
because they would show the same again: other shades of the map, whose shapes take as much time and space as some ten
charts; and a chart also used by another page or standard.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.charts.heatmap import heatmap
from dashboard.charts.look import DARK, LIGHT, Look, Spec
from dashboard.charts.slope import slope
from dashboard.charts.trend import TimeAxis, over_time, trend
from dashboard.charts.world_map import places
from dashboard.queries.ask import ask
from dashboard.queries.compare.difference import COMPARE_WHY
from dashboard.ui.compare.gap import waterfall
from dashboard.ui.compare.map_rows import frame, on_map
from dashboard.ui.compare.subject_choice import Subjects
from dashboard.ui.compare.subjects import figures_asked
from dashboard.ui.elements.legend import axis_of
from dashboard.ui.elements.show import bands, slim
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View
from tests.charts.pictures.drawn import ADDRESS, Drawer
from tests.charts.pictures.rows import (
    Many,
    alone,
    both,
    more,
    more_lines,
    more_on_map,
    more_points,
    more_rows,
    more_steps,
    repeated,
)
from tests.charts.test_charts import CHARTS, OVER, RISK_POINTS, heat_rows, in_rows

CHOSEN = {"operation": "col-op", "earlier": "2024", "against": "cop-2014"}
"""Fields of the view in which charts are drawn."""
COMPARED = {"col-op": "Savandina Colombia", "gha-op@2024": "Savandina Ghana, Round 2024", "group.countries": "Mean"}
FIGURE, IN_WORDS = "child_marriage", "opsc_status"
"""Two outside facts about the countries."""
PAGE, HALF, PHONE = 900, 440, 340
"""Pixels available to a chart in a 1366-pixel window, alone and beside another, and on a phone."""
SIZES = ("empty", "one", "usual", "many", "phone")


@dataclass(frozen=True)
class Chart:
    """What one chart is drawn from."""

    usual: Callable[[View], pa.Table]
    spec: Callable[[View, Look], Spec]
    many: Many
    width: int = PAGE
    sizes: tuple[str, ...] = SIZES
    one: Callable[[View], pa.Table] | None = None
    """The rows for the case of one; by default the first of the usual ones."""

    def pictures(self, view: View, drawer: Drawer) -> dict[str, str]:
        """Return every picture as SVG, by theme and size."""
        usual = self.usual(view)
        tables = {size: self._sized(view, usual, size) for size in self.sizes}
        return {
            f"{look.theme}-{size}": drawer.draw(spec, slim(table, spec), PHONE if size == "phone" else self.width)
            for look in (LIGHT, DARK)
            for spec in [self.spec(view, look)]
            for size, table in tables.items()
            if size != "phone" or look is LIGHT
        }

    def _sized(self, view: View, usual: pa.Table, size: str) -> pa.Table:
        match size:
            case "empty":
                return usual.slice(0, 0)
            case "one":
                return self.one(view) if self.one else usual.slice(0, 1)
            case "many":
                return self.many(view, usual)
            case _:
                return usual


def known(
    name: str,
    many: Many,
    width: int = PAGE,
    sizes: tuple[str, ...] = SIZES,
    usual: Callable[[View], pa.Table] | None = None,
) -> Chart:
    """Return a chart from the chart tests; `usual` asks the page's own question where those tests ask for less."""
    question, draw = CHARTS[name]

    def asked(view: View) -> pa.Table:
        return ask(view.published, question, view.parameters()) if isinstance(question, str) else question(view)

    return Chart(usual or asked, lambda view, look: draw(view.words, look), many, width, sizes)


def shaded(shade: str, sizes: tuple[str, ...], indicator: str = FIGURE) -> Chart:
    """Return the map in one shade, with the bands and the frame used by the page."""

    def spec(view: View, look: Look) -> Spec:
        return places(view.words, look, bands(view), (shade,), (ADDRESS,), frame(view))

    def asked(view: View) -> pa.Table:
        table = ask(view.published, "places", view.parameters(indicator=indicator))
        return on_map(table, frame(view), shade)

    many = more_on_map(shade, indicator)
    return Chart(asked, spec, many, sizes=sizes, one=lambda view: asked(alone(view, "GHA")))


def on_axis(name: str, many: Many, sizes: tuple[str, ...] = SIZES) -> Chart:
    """Return a chart over the actual rounds; for the slope, its two."""
    usual, _ = CHARTS[name]
    assert not isinstance(usual, str)

    def spec(view: View, look: Look) -> Spec:
        axis = axis_of(view)
        if name == "trend":
            return trend(view.words, look, *axis.drawn(view.words))
        return slope(view.words, look, *axis.between(view.state.earlier, view.state.round).drawn(view.words))

    return Chart(usual, spec, many, HALF, sizes)


def over_a_gap(view: View) -> pa.Table:
    """Return an operation's first and last round, with a year without a round between them."""
    table = ask(view.published, "operation_reading", view.parameters())
    places = (float(at) for at in OVER[0])
    axis = TimeAxis(("2023", "", "2025"), tuple(places), ("", "", ""), ("", "", ""))
    return over_time(table.filter(pc.field("round") != "2024"), axis)


def compared(view: View) -> pa.Table:
    """Return three subjects side by side, with their titles."""
    return figures_asked(view, Subjects(tuple(COMPARED), COMPARED, ()), ())[1]


def explained(view: View) -> pa.Table:
    """Return why two operations differ, as a waterfall of principles."""
    parts = escaped_rows(view.published, COMPARE_WHY, view.parameters(subject=("col-op", "gha-op")))
    steps = {
        row["area"]: (row["area"], f"{row['area_code']}  {row['area_title']}", row["area_points"]) for row in parts
    }
    return waterfall(("Savandina Colombia", "Savandina Ghana"), parts[0], list(steps.values()))


def of_standard(framework: str) -> Callable[[View], pa.Table]:
    """Return the heat map of another standard."""
    return lambda view: heat_rows(view, framework=framework)


def grown_map(times: int, **columns: Sequence[str]) -> Callable[[View], pa.Table]:
    """Return the heat map of a larger group."""
    return lambda view: in_rows(repeated(ask(view.published, "heatmap", view.parameters()), times, **columns))


def many_areas(view: View) -> pa.Table:
    """Return the heat map of a standard with twice as many principles, in six countries."""
    cells = ask(view.published, "heatmap", view.parameters(country=("TCD", "COD", "GHA", "BOL", "COL", "PRY")))
    whole = pa.array([not area for area in cells["area"].to_pylist()])
    areas = {"codes": ("area",), "titles": ("area_title",), "positions": ("area_position",)}
    return in_rows(pa.concat_tables([cells.filter(whole), repeated(cells.filter(pc.invert(whole)), 2, **areas)]))


def same(view: View, table: pa.Table) -> pa.Table:
    """Return no more than the usual rows."""
    return table


def shaped(shape: str, usual: Callable[[View], pa.Table]) -> Chart:
    """Return the heat map in another form: with separate heads, or turned."""
    return Chart(
        usual,
        lambda view, look: heatmap(view.words, look, bands(view), (shape,)),
        same,
        sizes=("usual", "phone"),
    )


COUNTRIES = {"codes": ("country",), "titles": ("country_title",), "positions": ("country_position",)}
AREAS = more(3, codes=("code", "area_code"), titles=("code_title",))
LINES = {"codes": ("row_code",), "titles": ("row_title",), "positions": ("row_position",)}
COLUMNS = {"codes": ("column_code", "column_mark"), "titles": ("column_title",), "positions": ("column_position",)}
SETTINGS = more(3, codes=("setting",), titles=("setting_title",), positions=("setting_position",))
RISKS = more_points(3, "likelihood", "severity")
PICTURED: dict[str, Chart] = {
    "heatmap": known("heatmap", lambda view, _: grown_map(3, **COUNTRIES)(view)),
    "heatmap of areas": known("heatmap", same, sizes=("usual",), usual=of_standard("cop-2020")),
    "heatmap of many countries": shaped("tall", grown_map(3, **COUNTRIES)),
    "heatmap of many areas": shaped("turned", many_areas),
    "areas": known("areas", more(3, codes=("area", "area_code"), titles=("area_title",)), HALF),
    "exposures": known("exposures", more(4, codes=("risk_area",), titles=("risk_area_title",)), HALF),
    "trend": on_axis("trend", more(1), ("empty", "one", "usual", "phone")),
    "trend over a gap": known("trend", more(1), HALF, ("usual",), usual=over_a_gap),
    "slope": on_axis("slope", more_lines),
    "slope over a gap": known("slope", more_lines, HALF, ("usual", "phone")),
    "moved": known("moved", more_rows, HALF),
    "subjects": known(
        "subjects", both(more(2, titles=("subject_title",), positions=("position",)), AREAS), usual=compared
    ),
    "standing": known("standing", AREAS, 640),
    "gap": known("gap", more_steps, usual=explained),
    "gains": known("gains", more(3, codes=("country",), titles=("country_title",), positions=("place",))),
    "rights": known("rights", both(more(2, **LINES), more(2, **COLUMNS)), 700),
    "crosswalk": known("crosswalk", both(more(3, **LINES), more(2, **COLUMNS))),
    "risk map": known("risk map", SETTINGS),
    "own risks": known("own risks", more(3, codes=("setting",), titles=("setting_title",)), HALF),
    "risks before": known("risks before", RISKS, HALF),
    "risks after": known(
        "risks after",
        more_points(3, "at_likelihood", "at_severity"),
        HALF,
        usual=lambda view: RISK_POINTS(view, picture="left"),
    ),
    "map by severity": shaded("severity", SIZES),
    **{f"map by {shade}": shaded(shade, ("usual", "many")) for shade in ("coverage", "score", "context")},
    "map by words": shaded("words", ("usual", "many"), IN_WORDS),
    "cases": known("cases", more(3, codes=("case_study",), titles=("title",), positions=("began_order",))),
    "robustness": known("robustness", more(2, titles=("label",), positions=("place",))),
    "plan by date": known(
        "plan by date",
        more(2, codes=("action",), titles=("operation_title", "action_text"), positions=("position",)),
        usual=lambda view: ask(view.published, "plan_years", view.parameters(operation="")),
    ),
}
