"""Do tables and charts of a pack fit their pages? Words stay whole, rows stay on one page, charts can be read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from PIL import Image, ImageFont
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from dashboard.exports.packs.chart_images import SHARP, pictures_of
from dashboard.exports.packs.fitting import BOLD, THEIRS, Leaf, Listed, Pack, grid_of, height_of
from dashboard.exports.packs.html_page import html_page
from dashboard.exports.packs.printed import FORM, LYING, SIZE, lay_out
from dashboard.exports.packs.report import ROWS, report
from dashboard.exports.packs.slides import slides
from dashboard.exports.picture import FONTS
from dashboard.model.words import Words
from dashboard.store.reader import Published
from dashboard.tasks.pack import pack_of
from dashboard.tasks.pack_views import ChosenViews, PackView
from tests.conftest import rest_thorough
from tests.tasks.packs.artefacts import nothing, read

pytestmark = pytest.mark.outside
LONG = "Whoever recruits guards checks that they are trained, and that complaints about them are followed up at once. "
CHANGED = Listed(
    "Answers that changed",
    ("Type of change", "Country", "Operation", "Criterion", "What is asked", "Irremediability", "Before", "Now"),
    tuple(
        ("Became not applicable", "Guatemala", f"Savandina {place}", "CRBP-02.b", LONG, 4, "Not implemented", "Partly")
        for place in range(60)
    ),
)
HEAD_GREEN = np.array((31, 111, 120))
SMALLEST = 12
"""Pixels: the smallest letters of a heat map."""


def pack_with(*tables: Listed, finding: str = "A finding.") -> Pack:
    """A pack with a view for each table."""
    told = (finding, "All", "1 of 2", ("A source.",), ("Mark.",), ())
    leaves = (
        Leaf("risks", (), f"View {number}", *told, (table,), (), None, False) for number, table in enumerate(tables)
    )
    return Pack("A pack", "Publication 1", ("How numbers are made.",), tuple(leaves), date(2026, 1, 1))


def test_of_many_codes_that_are_not_shown_a_footer_names_those_that_fit_and_the_notes_all(words: Words) -> None:
    left = tuple(f"This view: “code-{number}” does not exist here, so it was left out." for number in range(30))
    pack = pack_with(CHANGED)
    pack = replace(pack, leaves=tuple(replace(leaf, left_out=left) for leaf in pack.leaves))
    slide = Presentation(BytesIO(slides(pack, {}, words))).slides[1]
    (foot,) = (shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith("Mark."))
    named = sum(one in foot.text_frame.text for one in left)
    assert named > 0
    assert words.count("pack.more_left_out", len(left) - named) in foot.text_frame.text
    size = foot.text_frame.paragraphs[0].font.size
    assert height_of(foot.text_frame.text, size.pt, foot.width / Inches(1) / THEIRS / BOLD) <= 0.3
    assert all(one in slide.notes_slide.notes_text_frame.text for one in left)


@pytest.mark.parametrize(("size", "width"), [(10, 12.3), (8, 6.69), (SIZE, LYING)])
def test_no_word_of_a_table_is_broken(words: Words, size: float, width: float) -> None:
    grid = grid_of(CHANGED, words, size, width)
    assert sum(grid.widths) == pytest.approx(width)
    assert len(grid.heads) >= 6
    for bold, texts in ((True, [grid.heads]), (False, grid.rows)):
        face = ImageFont.truetype(str(FONTS / f"SourceSans3-{'Bold' if bold else 'Regular'}.otf"), 100)
        for row in texts:
            for text, across in zip(row, grid.widths, strict=True):
                longest = max(face.getlength(word) for word in text.split()) / 100 * size / 72
                assert longest < across - 0.1, text
    asked, rated = (grid.heads.index(head) for head in ("What is asked", "Irremediability"))
    assert grid.widths[asked] > grid.widths[rated]
    assert grid.numeric[rated]


def test_a_table_without_room_says_what_it_leaves_out(words: Words) -> None:
    grid = grid_of(CHANGED, words, 10, 4).first(5)
    n_left = len(CHANGED.heads) - len(grid.heads)
    assert n_left > 2
    assert grid.left(CHANGED, words).startswith(words.count("pack.more_rows", 55))
    assert grid.left(CHANGED, words).endswith(words.count("pack.more_columns", n_left))
    assert grid_of(CHANGED, words, 10, 12).left(CHANGED, words) == ""


def test_a_slide_has_every_column_in_our_colours_and_the_first_one_lists_the_views(words: Words) -> None:
    first, slide = Presentation(BytesIO(slides(pack_with(CHANGED), {}, words))).slides
    listed, shown = (next(shape.table for shape in one.shapes if shape.has_table) for one in (first, slide))
    assert [cell.text for cell in listed.rows[1].cells] == ["1", "View 0", "A finding."]
    assert [cell.text for cell in shown.rows[0].cells] == list(CHANGED.heads)
    assert {str(cell.fill.fore_color.rgb) for cell in shown.rows[0].cells} == {"1F6F78"}
    assert {str(row.cells[0].fill.fore_color.rgb) for row in list(shown.rows)[1:]} == {"FFFFFF", "F1F4F5"}
    assert 5 < len(shown.rows) < len(CHANGED.rows)


@pytest.mark.parametrize(("number", "more"), rest_thorough([(40, "notes"), (1, "")]))
def test_a_slide_names_the_sources_that_fit_and_counts_the_others(number: int, more: str, words: Words) -> None:
    pack = pack_with(CHANGED)
    told = tuple(f"The statistics of country {n}, 2025. Licence: CC BY 4.0." for n in range(number))
    leaf = replace(pack.leaves[0], sources=told)
    _, slide = Presentation(BytesIO(slides(replace(pack, leaves=(leaf,)), {}, words))).slides
    (foot,) = (shape for shape in slide.shapes if shape.has_text_frame and told[0] in shape.text_frame.text)
    shown = sum(one in foot.text_frame.text for one in told)
    assert (words.count("pack.more_sources", number - shown) in foot.text_frame.text) == bool(more)
    assert shown == number or 1 < shown < 6
    assert foot.top + foot.height <= Presentation(BytesIO(slides(pack, {}, words))).slide_height
    assert all(one in slide.notes_slide.notes_text_frame.text for one in told)


def test_a_page_shows_the_first_rows_of_a_long_table_and_unfolds_the_others(words: Words) -> None:
    content = html_page(pack_with(CHANGED), {}, words).decode()
    shown, _, folded = content.partition(f"<summary>{words.count('pack.rest_rows', len(CHANGED.rows) - 20)}</summary>")
    places = [[row[2] for row in CHANGED.rows if f">{row[2]}<" in part] for part in (shown, folded)]
    assert places == [[row[2] for row in CHANGED.rows[:20]], [row[2] for row in CHANGED.rows[20:]]]


@pytest.mark.thorough
def test_a_list_of_views_too_long_for_the_first_slide_has_its_own(words: Words) -> None:
    pack = pack_with(*[CHANGED] * 60, finding=LONG)
    named: list[str] = []
    for slide in Presentation(BytesIO(slides(pack, {}, words))).slides:
        assert "Mark." in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table and shape.name == words("pack.contents"):
                named += [row.cells[1].text for row in list(shape.table.rows)[1:]]
                assert shape.top + shape.height < Inches(7.1)
    assert named == [leaf.name for leaf in pack.leaves]


@pytest.mark.thorough
def test_letters_of_a_heat_map_of_ten_countries_have_nine_points_on_a_slide(
    sample_store: Path, published: Published, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = (PackView("heatmap"),)
    leaves = read(sample_store, views)
    pack = pack_of(leaves, ChosenViews(views), published.revision, words)
    deck = Presentation(BytesIO(slides(pack, pictures_of(leaves, nothing), words)))
    (shape,) = (one for one in deck.slides[1].shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE)
    pixels = Image.open(BytesIO(shape.image.blob)).width / SHARP
    assert shape.width / Inches(1) * 72 / pixels * SMALLEST >= 9
    assert deck.slides[1].shapes.title.text == leaves[0].finding


def test_a_row_of_a_report_is_on_one_page_and_the_last_one_with_its_source(words: Words) -> None:
    document = Document(BytesIO(report(pack_with(CHANGED), {}, words)))
    (table,) = document.tables
    assert len(table.rows) == ROWS + 1
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    kept = [all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in table.rows]
    assert kept == [True, *[False] * (ROWS - 1), True]
    more, source = document.paragraphs[-2:]
    assert more.text.startswith(words.count("pack.more_rows", 60 - ROWS))
    assert more.paragraph_format.keep_with_next
    assert source.text == "A source."


def test_no_page_of_a_print_has_a_source_alone_or_a_row_begun_before(words: Words, tmp_path: Path) -> None:
    counts = [(high, low) for high in range(13, 18) for low in range(3)]
    tables = [Listed("Rows", ("Row", "Asked", "Said", "Then"), tuple(_rows(*count))) for count in counts]
    lay_out(tmp_path, pack_with(*tables), {}, words)
    pages: list[Any] = typst.compile(  # type: ignore[assignment]
        str(tmp_path / FORM.name), root=str(tmp_path), format="png", ppi=72, font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )  # fmt: skip
    assert len(pages) > len(tables) + 2
    for png in pages[1:]:
        page = np.asarray(Image.open(BytesIO(png)).convert("RGB"), int)
        green = np.flatnonzero((abs(page - HEAD_GREEN).sum(axis=2) < 12).sum(axis=1) > 200)
        assert green.size, "a page without a table"
        # The first letters below the head: in the first column too, or else the row began on another page.
        below = page[green[0] + 14 : green[0] + 28].min(axis=2) < 140
        assert below[:, 57:80].any()
        assert below[:, 120:].any()


def _rows(high: int, low: int) -> Iterator[tuple[str, ...]]:
    """Yield so many rows of three lines, then so many of one line."""
    yield from ((f"No {place}", LONG, LONG, LONG) for place in range(high))
    yield from ((f"No {place}", *["Said once, on one line."] * 3) for place in range(high, high + low))
