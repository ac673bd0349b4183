"""Writes a pack as one HTML file that opens offline: findings, charts with tooltips, and their tables.

Charts are pictures until the script in the file draws them again, so that they are there without it too.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from dashboard.exports.packs.chart_images import WIDTH, Pictures
from dashboard.exports.packs.content import Cell, Pack, ShownChart
from dashboard.exports.packs.fitting import LONG, said
from dashboard.exports.packs.outline import UNCUT, chapters_of
from dashboard.exports.picture import AT_ONCE, DRAWN, LONGEST, SHAPES, Drawer, as_sent
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

AT_ONCE_ROWS = 20
"""The rows of a table that are shown at once; the others unfold, or are in the appendix."""
_PAGE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    files("dashboard.exports.packs").joinpath("pack.html").read_text("utf-8")
)


@dataclass(frozen=True)
class InlineChart:
    """A chart in a page: the name of its place, its drawing, and what its marks mean."""

    name: str
    svg: Markup
    legend: Markup


@dataclass(frozen=True)
class HtmlCell:
    """A cell of a table, and the class of its style: `number`, `long` or none."""

    text: str
    kind: str


@given_writable
def html_page(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as HTML. Raises ValueError if the script that draws cannot be had."""
    charts = {
        (place, one.key): one
        for place, leaf in enumerate(pack.leaves)
        for one in leaf.charts
        if (place, one.key) in pictures
    }

    def cells(rows: Sequence[Sequence[Cell]]) -> Iterator[list[HtmlCell]]:
        return ([_cell(value, words) for value in row] for row in rows)

    return _PAGE.render(
        pack=pack,
        words=words,
        chapters=chapters_of(pack, pictures, UNCUT, words),
        charts={at: InlineChart(_id(*at), _svg(at, pictures), _legend(one)) for at, one in charts.items()},
        cells=cells,
        at_once=AT_ONCE_ROWS,
        specs=_specs(charts),
        script=_script() if charts else "",
    ).encode()


def _cell(value: Cell, words: Words) -> HtmlCell:
    text = said(value, words)
    return HtmlCell(text, "number" if isinstance(value, int | float) else "long" if len(text) > LONG else "")


def _svg(at: tuple[int, str], pictures: Pictures) -> Markup:
    """Return a drawing of ours."""
    return Markup(pictures[at].inline(_id(*at)))  # noqa: S704


def _legend(one: ShownChart) -> Markup:
    """Return what the marks of a chart mean; a mark is an SVG of ours, everything else a text."""
    pieces = (piece if piece.startswith(DRAWN) else escape(piece) for piece in one.told.legend)
    return Markup(" ".join(pieces))  # noqa: S704


def _specs(charts: Mapping[tuple[int, str], ShownChart]) -> Markup:
    """Return what the script draws, by the name of its place; nothing in it ends the script."""
    specs = {_id(*at): as_sent(one.chart.spec, one.chart.rows, WIDTH - 56, SHAPES) for at, one in charts.items()}
    return Markup(json.dumps(specs, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704


def _script() -> Markup:
    """Return the script that draws."""
    with AT_ONCE, Drawer(LONGEST) as drawer:
        return Markup(drawer.script().replace("</script", "<\\/script"))  # noqa: S704


def _id(place: int, key: str) -> str:
    return f"chart-{place}-{key.replace('_', '-')}"
