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
from dashboard.exports.packs.content import Leaf, Listed, Pack
from dashboard.exports.packs.deck import SMALL
from dashboard.exports.packs.fitting import BOLD, UNKNOWN, grid_of, lines_of
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


@pytest.mark.parametrize("n", [1, 30])
def test_of_many_codes_that_are_not_shown_a_footer_counts_them_and_the_notes_name_all(n: int, words: Words) -> None:
    left = tuple(f"“code-{number}” is not here." for number in range(n))
    pack = pack_with(CHANGED)
    pack = replace(pack, leaves=tuple(replace(leaf, left_out=left) for leaf in pack.leaves))
    slide = Presentation(BytesIO(slides(pack, {}, words))).slides[1]
    (foot,) = (shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith("Mark."))
    named = sum(one in foot.text_frame.text for one in left)
    assert (named == n) == (n == 1)
    assert (words.count("pack.more_left_out", len(left) - named) in foot.text_frame.text) == (n > 1)
    assert lines_of(foot.text_frame.text, SMALL * UNKNOWN, foot.width / Inches(1) / BOLD - 0.2) <= 2
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


def test_a_table_on_slides_has_its_columns_in_our_colours_and_goes_on(words: Words) -> None:
    _, *shown, last = Presentation(BytesIO(slides(pack_with(CHANGED), {}, words))).slides
    tables = [next(shape.table for shape in one.shapes if shape.has_table) for one in shown]
    heads = [cell.text for cell in tables[0].rows[0].cells]
    assert heads == list(CHANGED.heads)[: len(heads)]
    assert {str(cell.fill.fore_color.rgb) for cell in tables[0].rows[0].cells} == {"1F6F78"}
    assert {str(row.cells[0].fill.fore_color.rgb) for row in list(tables[0].rows)[1:]} == {"FFFFFF", "F1F4F5"}
    place = heads.index("Operation")
    assert [row.cells[place].text for one in tables for row in list(one.rows)[1:]] == [row[2] for row in CHANGED.rows]
    titles = [one.shapes.title.text for one in shown]
    assert titles == [f"A finding. ({n} of {len(shown)})" for n in range(1, len(shown) + 1)]
    assert last.shapes.title.text == words("pack.head_sources")


@pytest.mark.parametrize("behind", [True, False])
def test_a_table_that_the_appendix_has_whole_is_as_long_as_its_slide(behind: bool, words: Words) -> None:
    pack = pack_with(CHANGED)
    whole = (replace(pack.leaves[0], appendix=True),) if behind else ()
    deck = Presentation(BytesIO(slides(replace(pack, leaves=(*pack.leaves, *whole)), {}, words)))
    front = [one for one in deck.slides if one.shapes.title.text.startswith("A finding.")]
    behind_it = [one for one in deck.slides if one.shapes.title.text.startswith("Appendix: Answers that changed (")]
    assert (len(front) == 1, len(behind_it) > 1) == (behind, behind)
    (table,) = [shape.table for shape in front[0].shapes if shape.has_table]
    said_so = words.count("pack.more_rows_appendix", len(CHANGED.rows) - len(table.rows) + 1)
    assert any(said_so in shape.text_frame.text for shape in front[0].shapes if shape.has_text_frame) == behind


def every_size(deck: Any) -> Iterator[float]:
    """The type size of everything written on slides."""
    for slide in deck.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            yield from (part.font.size.pt for frame in frames for part in frame.paragraphs if part.text)


def test_no_title_stands_twice_or_over_two_lines_and_nothing_is_under_twelve_points(words: Words) -> None:
    pack = pack_with(CHANGED, CHANGED, finding=LONG * 3)
    deck = Presentation(BytesIO(slides(replace(pack, moved=("A sentence.",)), {}, words)))
    titles = [slide.shapes.title for slide in deck.slides]
    assert len({one.text for one in titles}) == len(titles) > 5
    across = titles[0].width / Inches(1) / BOLD / UNKNOWN
    assert all(lines_of(one.text, one.text_frame.paragraphs[0].font.size.pt, across) <= 2 for one in titles)
    assert min(every_size(deck)) == SMALL == 12
    assert LONG.strip() in deck.slides[2].notes_slide.notes_text_frame.text


def test_a_finding_longer_than_a_title_goes_on_below_it(words: Words) -> None:
    finding = f"{LONG} The second sentence says how many. {LONG} The last one says where."
    slide = Presentation(BytesIO(slides(pack_with(CHANGED, finding=finding), {}, words))).slides[1]
    title = slide.shapes.title.text.partition(" (1 of ")[0]
    below = next(shape.text for shape in slide.shapes if shape.has_text_frame and shape.text.startswith("• "))
    assert " ".join(f"{title} {below.removeprefix('• ')}".split()) == " ".join(finding.split())


@pytest.mark.parametrize("number", rest_thorough([40, 1]))
def test_every_source_is_on_the_last_slides_and_in_the_notes(number: int, words: Words) -> None:
    pack = pack_with(CHANGED)
    told = tuple(f"The statistics of country {n}, 2025. Licence: CC BY 4.0." for n in range(number))
    leaf = replace(pack.leaves[0], sources=told)
    deck = Presentation(BytesIO(slides(replace(pack, leaves=(leaf,)), {}, words)))
    named = [
        line.text
        for slide in deck.slides
        if slide.shapes.title.text.startswith(words("pack.head_sources"))
        for shape in slide.shapes
        if shape.has_text_frame
        for line in shape.text_frame.paragraphs
        if line.text in told
    ]
    assert named == list(told)
    assert all(one in deck.slides[1].notes_slide.notes_text_frame.text for one in told)
    assert all(shape.top + shape.height <= deck.slide_height for slide in deck.slides for shape in slide.shapes)


def test_a_row_to_write_in_is_high(words: Words) -> None:
    blank = Listed("Room to write", ("What we say", "Who acts"), (("", ""),) * 4)
    slide = Presentation(BytesIO(slides(pack_with(blank), {}, words))).slides[1]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [row.height for row in list(table.rows)[1:]] == [Inches(0.5)] * 4


def test_a_page_shows_the_first_rows_of_a_long_table_and_unfolds_the_others(words: Words) -> None:
    content = html_page(pack_with(CHANGED), {}, words).decode()
    shown, _, folded = content.partition(f"<summary>{words.count('pack.rest_rows', len(CHANGED.rows) - 20)}</summary>")
    places = [[row[2] for row in CHANGED.rows if f">{row[2]}<" in part] for part in (shown, folded)]
    assert places == [[row[2] for row in CHANGED.rows[:20]], [row[2] for row in CHANGED.rows[20:]]]


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
    assert leaves[0].finding.startswith(deck.slides[1].shapes.title.text)


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
