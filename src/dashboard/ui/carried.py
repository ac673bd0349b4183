"""What may be carried away of a page? What it found and the charts it drew in this run, as pictures that say it all."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

import pyarrow as pa

from dashboard.charts.look import Look, Spec
from dashboard.charts.signs import SIGNS, sign_svg
from dashboard.exports.picture import Chart, Ink, Told
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.view import Source, View, chosen_in_words

IMAGE = re.compile(r"!\[[^\]]*\]\(data:image/svg\+xml,([^ )]+)[^)]*\)")
SQUARE = re.compile(r':color\[■\]\{foreground="([^"]+)"[^}]*\}')
SWATCH = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='12' height='12'><path d='M0 0H12V12H0z' fill='{colour}'/></svg>"
)
DRESS = re.compile(r"\*\*|:(?:small|gray|material/)\w*\[?|(?<!\\)\]|  \n")
"""What gives a text its looks on the page and says nothing."""
MARK = re.compile(r"(<svg.*?</svg>)", re.DOTALL)
SIGN = re.compile(f"([{''.join(SIGNS)}])")
NOT_PUBLISHED = {Source.TRIAL: "picture.on_trial", Source.SCENARIO: "picture.imagined"}


@dataclass(frozen=True)
class Drawn:
    """One chart of the page; `subject` says what is drawn, `legend` what its marks mean, as Markdown or as SVG."""

    key: str
    subject: str
    spec: Spec
    rows: pa.Table
    look: Look
    legend: tuple[str, ...]


@dataclass
class _Run(threading.local):
    """Of the run of this thread."""

    view: View | None = None
    title: str = ""
    charts: list[Drawn] = field(default_factory=list)


_run = _Run()


def begin(view: View | None) -> None:
    """A page begins, with nothing found and drawn yet; or ends, with None."""
    _run.view, _run.title, _run.charts = view, "", []


def found(text: str) -> None:
    """What the page found: the sentence that it opens with."""
    _run.title = _run.title or text


def drew(chart: Drawn) -> None:
    """The page drew a chart."""
    _run.charts.append(chart)


def of_this_run() -> tuple[View | None, tuple[Drawn, ...]]:
    """The view of the page, and the charts that it drew."""
    return _run.view, tuple(_run.charts)


def chart_of(drawn: Drawn) -> Chart:
    """The chart as a picture draws it."""
    look = drawn.look
    return Chart(drawn.spec, drawn.rows, Ink(look.ink, look.quiet, look.brick, look.ground))


def told_of(drawn: Drawn, view: View) -> Told:
    """All that must be known of a chart away from its page: finding, legend, choice, source and date."""
    words = view.words
    (mark,) = escaped_rows(view.published, "illustrative", view.parameters())
    (about,) = escaped_rows(view.published, "standard_about", view.parameters())
    revision = view.published.revision
    source = words(
        "picture.source",
        framework=about["title"],
        version=about["version"],
        number=str(revision.number),
        at=datetime.fromisoformat(revision.at).date(),
        today=view.today,
    )
    marks = (
        words("shell.illustrative") if mark["illustrative"] else "",
        words(NOT_PUBLISHED[view.source]) if view.source in NOT_PUBLISHED else "",
        words("share.safe") if view.masked else "",
    )
    return Told(
        plain(_run.title) or words(f"page.{view.page}"),
        drawn.subject,
        tuple(filter(None, marks)),
        pieces(drawn.legend, drawn.look.ink),
        plain(chosen_in_words(view)),
        plain(source),
    )


def pieces(legend: Sequence[str], ink: str) -> tuple[str, ...]:
    """A legend as plain texts and marks: what the page shows as a picture, a coloured square or a sign is a mark."""
    return tuple(piece for part in legend for piece in _parted(part, ink) if piece)


def _parted(part: str, ink: str) -> Iterator[str]:
    drawn = IMAGE.sub(lambda image: unquote(image[1]), SQUARE.sub(lambda square: SWATCH.format(colour=square[1]), part))
    for piece in MARK.split(drawn):
        if piece.startswith("<svg"):
            yield piece
        else:
            yield from (sign_svg(one, ink) if one in SIGNS else _between(one) for one in SIGN.split(plain(piece)))


def _between(text: str) -> str:
    """What stands between two marks; the dot before the next is not needed where a mark begins."""
    return text.strip().removesuffix(" ·")


def plain(text: str) -> str:
    """A sentence of the page without what Streamlit would read as Markdown."""
    return escape_label(DRESS.sub(" ", text)).strip()
