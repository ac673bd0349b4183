"""Writes a pack as one HTML file that opens offline: findings, charts with tooltips, and their tables.

Charts are pictures until the script in the file draws them again, so that they are there without it too.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from dashboard.exports.packs.chart_images import WIDTH, Pictures
from dashboard.exports.packs.fitting import LONG, Leaf, Listed, Pack, ShownChart, said
from dashboard.exports.picture import AT_ONCE, DRAWN, LONGEST, SHAPES, Drawer, as_sent
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

AT_ONCE_ROWS = 20
"""The rows of a table that are shown at once; the others unfold."""
STYLE = """
body{font:16px/1.5 'Source Sans 3','Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#24323a;max-width:960px;
margin:2rem auto;padding:0 1rem}h1{font-size:1.9rem;line-height:1.2}h2{font-size:1.4rem;line-height:1.25;
margin:3rem 0 .4rem;border-top:1px solid #cfd6da;padding-top:1.5rem}p{margin:.2rem 0}
.quiet{color:#556068;font-size:.9rem}
.mark{color:#a13b22;font-weight:600}figure{margin:1rem 0}figcaption{color:#556068;font-size:.9rem}
.chart{overflow-x:auto}.chart svg{max-width:100%;min-width:640px;height:auto}
#vg-tooltip-element{max-width:90vw;white-space:normal}table{border-collapse:collapse;font-size:.85rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid #e1e6e9}
th{background:#eef1f3}td.number{text-align:right}td.long{min-width:16rem}
summary{cursor:pointer;margin:.6rem 0}.wide{overflow-x:auto}
li{margin:.15rem 0}@media print{h2{break-before:page;border:0}details{display:none}}
"""
DRAW = """
for(const [id,spec] of Object.entries(JSON.parse(document.getElementById("charts").textContent)))
vegaEmbed("#"+id,spec,{actions:false,renderer:"svg",logLevel:1}).catch(()=>{});
"""


@given_writable
def html_page(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as HTML. Raises ValueError if the script that draws cannot be had."""
    body = "".join(part for place, leaf in enumerate(pack.leaves) for part in _leaf(place, leaf, pictures, words))
    specs = {
        _id(place, one): as_sent(one.chart.spec, one.chart.rows, WIDTH - 56, SHAPES)
        for place, leaf in enumerate(pack.leaves)
        for one in leaf.charts
        if (place, one.key) in pictures
    }
    language = escape(words.language)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(pack.title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body>{''.join(_front(pack, words))}{body}{_script(specs)}</body></html>"
    ).encode()


def _front(pack: Pack, words: Words) -> Iterator[str]:
    yield f"<h1>{escape(pack.title)}</h1>{_line(pack.dated)}{_marks(pack.marks)}"
    yield from (f"<p>{escape(line)}</p>" for line in pack.method)
    if pack.moved:
        lines = "".join(f"<li>{escape(line)}</li>" for line in pack.moved)
        yield f"<h3>{escape(words('pack.moved'))}</h3><ul>{lines}</ul>"
    links = (f'<li><a href="#view-{n}">{escape(leaf.name)}</a></li>' for n, leaf in enumerate(pack.leaves))
    yield f"<h3>{escape(words('pack.contents'))}</h3><ol>{''.join(links)}</ol>"


def _leaf(place: int, leaf: Leaf, pictures: Pictures, words: Words) -> Iterator[str]:
    yield f'<section><h2 id="view-{place}">{escape(leaf.finding)}</h2>'
    yield from map(_line, (leaf.name, leaf.choice, leaf.rests))
    yield _marks(leaf.told)
    for one in leaf.charts:
        if picture := pictures.get((place, one.key)):
            name = _id(place, one)
            yield f'<figure><div class="chart" id="{name}" role="img" aria-label="{escape(one.told.subject)}">'
            yield f"{picture.inline(name)}</div>"
            yield f"<figcaption>{escape(one.told.subject)}. {_legend(one)}</figcaption></figure>"
        if one.table and one.table.rows:
            yield f"<details><summary>{escape(words('pack.as_table'))}</summary>{_table(one.table, words)}</details>"
    for table in leaf.tables:
        yield f"<h3>{escape(table.title)}</h3>{_table(replace(table, rows=table.rows[:AT_ONCE_ROWS]), words)}"
        if rest := table.rows[AT_ONCE_ROWS:]:
            more = escape(words.count("pack.rest_rows", len(rest)))
            yield f"<details><summary>{more}</summary>{_table(replace(table, rows=rest), words)}</details>"
    yield from map(_line, leaf.sources)
    yield "</section>"


def _legend(one: ShownChart) -> str:
    """Return what the marks of a chart mean; a mark is an SVG of ours, everything else a text."""
    return " ".join(piece if piece.startswith(DRAWN) else escape(piece) for piece in one.told.legend)


def _table(table: Listed, words: Words) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(f"<tr>{''.join(_cells(row, words))}</tr>" for row in table.rows)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cells(row: tuple[object, ...], words: Words) -> Iterator[str]:
    for cell in row:
        text = said(cell, words)  # type: ignore[arg-type]
        kind = "number" if isinstance(cell, int | float) else "long" if len(text) > LONG else ""
        yield f'<td class="{kind}">{escape(text)}</td>' if kind else f"<td>{escape(text)}</td>"


def _script(specs: Mapping[str, object]) -> str:
    """Return the script that draws the charts, and what it draws; nothing without charts."""
    if not specs:
        return ""
    with AT_ONCE, Drawer(LONGEST) as drawer:
        bundle = drawer.script().replace("</script", "<\\/script")
    drawn = json.dumps(specs, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="charts">{drawn}</script><script type="module">{bundle}\n{DRAW}</script>'
    )


def _id(place: int, one: ShownChart) -> str:
    return f"chart-{place}-{one.key.replace('_', '-')}"


def _line(text: str) -> str:
    return f'<p class="quiet">{escape(text)}</p>' if text else ""


def _marks(marks: tuple[str, ...]) -> str:
    return f'<p class="mark">{escape(" ".join(marks))}</p>' if marks else ""
