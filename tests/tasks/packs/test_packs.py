"""Does every file of a pack say what its views say, with the same numbers, and twice the same bytes?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches
from python_calamine import CalamineWorkbook

from dashboard.exports.packs.chart_images import WIDTH, Pictures, on_paper, pictures_of
from dashboard.exports.packs.content import Leaf, Pack, ShownChart
from dashboard.exports.packs.fitting import height_of
from dashboard.exports.packs.slides import slides
from dashboard.exports.picture import SCALE
from dashboard.model.known_codes import SHOWN_AS
from dashboard.model.pages import PAGES
from dashboard.model.permissions import Grant, Person, Role, Scope
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.store.reader import Published, Reader
from dashboard.tasks.figure_tables import figures_of
from dashboard.tasks.pack import PACK_FORMATS, list_of, list_yaml, pack_changes, pack_of
from dashboard.tasks.pack_views import AUDIENCES, ChosenViews, PackView, for_audience, in_file, of_tour
from tests.canary import MARK, leaks, publish_canary
from tests.conftest import TODAY, MakeOnce, rest_thorough, said
from tests.tasks.packs.artefacts import NUMBER, everything, nothing, printed_content, printed_texts, read, said_in

pytestmark = pytest.mark.outside
VIEWS = (
    PackView("overview"),
    PackView("heatmap", {"country": "GHA,BOL"}, "Two of them"),
    PackView("risks", {"part": "gaps"}),
    PackView("heatmap", {"show_as": "map", "shade": "context", "indicator": "internet_users"}),
    PackView("plan", {"part": "targets"}),
    PackView("country", {"part": "facts"}),
)
MOST_PAGES = 16
SMALLEST, ACROSS = 12, 17 / 2.54 * 72
"""The pixels of the smallest letters of a chart, and the points across a page of A4."""
each_format = pytest.mark.parametrize("kind", PACK_FORMATS)


@dataclass(frozen=True)
class Example:
    """A pack, and each of its files, written once."""

    pack: Pack
    pictures: Pictures
    words: Words
    written: dict[str, bytes] = field(default_factory=dict)

    def file(self, kind: str) -> bytes:
        if kind not in self.written:
            self.written[kind] = PACK_FORMATS[kind](self.pack, self.pictures, self.words)
        return self.written[kind]

    def texts(self, kind: str) -> list[str]:
        if kind == "pdf":
            return list(printed_texts(printed_content(self.pack, self.pictures, self.words)))
        return said_in(kind, self.file(kind), self.words)


@pytest.fixture(scope="module")
def example(sample_store: Path, published: Published, words: Words) -> Example:
    leaves = read(sample_store, VIEWS)
    return Example(pack_of(leaves, ChosenViews(VIEWS), published.revision, words), pictures_of(leaves, nothing), words)


def test_every_view_carries_its_finding_its_filters_and_what_it_rests_on(example: Example, words: Words) -> None:
    overview, heatmap, gaps, context, targets, facts = example.pack.leaves
    assert heatmap.name == "Two of them"
    assert gaps.name == "Risks: List"
    assert overview.finding.startswith("Respect: ")
    assert overview.sure.startswith("How sure: answers from ")
    assert example.pack.method[-1] == f"{overview.choice}: {overview.sure}"
    assert "Ghana" in heatmap.choice
    assert "Ghana" not in overview.choice
    assert [len(leaf.charts) for leaf in example.pack.leaves] == [2, 1, 0, 1, 0, 0]
    assert [len(leaf.tables) for leaf in example.pack.leaves] == [2, 0, 2, 0, 1, 1]
    for leaf in example.pack.leaves:
        assert leaf.marks == (words("shell.illustrative"),)
        assert re.search(r"\d+ of \d+ answered, \d+ %", leaf.rests)
        assert leaf.sources[0].startswith("Children's Rights and Business Principles")
    assert any("Licence:" in source for source in context.sources)
    assert not any("Licence:" in source for source in overview.sources)
    assert (words("pack.all_areas"), words("target.group")) in [row[:2] for row in targets.tables[0].rows]
    assert facts.tables[0].title.startswith("What the law of ")


@pytest.mark.thorough
def test_a_source_without_a_clear_licence_says_so_in_words(sample_store: Path, words: Words) -> None:
    (facts,) = read(sample_store, (PackView("country", {"part": "facts", "operation": "gha-op"}),))
    assert any(words("data.licence_to_verify") in source for source in facts.sources)
    assert not any("to_verify" in source for source in facts.sources)


@each_format
def test_every_file_says_what_each_view_says(example: Example, kind: str) -> None:
    texts = "\n".join(example.texts(kind))
    for leaf in example.pack.leaves:
        for text in (leaf.finding, leaf.choice, leaf.rests, *leaf.marks, *leaf.sources):
            assert text in texts
    assert example.pack.dated in texts
    assert all(line in texts for line in example.pack.method)


STANDARDS = ("COP 2014", "COP 2020")
"""Their names hold numbers."""


@each_format
def test_every_number_in_a_file_is_one_of_the_figures(
    example: Example, published: Published, words: Words, kind: str
) -> None:
    known = set(_numbers(example, published, words))
    rest = re.compile("|".join(said(f"pack.{key}.other").pattern for key in ("more_rows", "rest_rows")))
    texts = [rest.sub("", text) for text in example.texts(kind)]
    found = {number for text in texts for number in NUMBER.findall(text)}
    assert len(found) > 30
    assert found - known == set()


def _numbers(example: Example, published: Published, words: Words) -> Iterator[str]:
    """The numbers of the figures, asked anew, those in the sentences of pages, and those that count pages and rows."""
    for view, leaf in zip(VIEWS, example.pack.leaves, strict=True):
        for table in PAGES[view.page].tables:
            figures = figures_of(published, view.page, table, view.query, date.today())
            assert not isinstance(figures, Problem)
            found: pa.Table = figures.rows
            for row in found.to_pylist():
                for value in row.values():
                    shown = words.shown(round(value, 1) if isinstance(value, float) else value)
                    yield from NUMBER.findall(shown if not isinstance(value, list) else "; ".join(value))
        for text in (leaf.finding, leaf.choice, leaf.rests, *leaf.sources, *_heads(leaf)):
            yield from NUMBER.findall(text)
    yield from NUMBER.findall(" ".join((example.pack.dated, *example.pack.method, *STANDARDS)))
    yield from map(str, range(1, MOST_PAGES))


def _heads(leaf: Leaf) -> Iterator[str]:
    for table in leaf.listed:
        yield from (table.title, *table.heads)


@pytest.mark.parametrize("kind", rest_thorough(["docx", "pdf", "xlsx", "pptx", "html"], now=3))
def test_the_same_pack_makes_the_same_bytes(example: Example, words: Words, kind: str) -> None:
    again = PACK_FORMATS[kind](example.pack, example.pictures, words)
    assert again == example.file(kind)
    assert kind != "pdf" or again.startswith(b"%PDF-")


@pytest.mark.thorough
def test_the_same_view_is_read_twice_alike(example: Example, sample_store: Path) -> None:
    (again,) = read(sample_store, VIEWS[1:2])
    first = example.pack.leaves[1]
    assert (again.finding, again.tables, again.rests) == (first.finding, first.tables, first.rests)
    assert pictures_of([again], nothing)[0, again.charts[0].key].png == example.pictures[1, first.charts[0].key].png


def test_a_deck_has_no_text_beyond_its_slides_and_describes_every_picture(example: Example, words: Words) -> None:
    long = "A finding about operations with an exceptionally long name in a country of many provinces. " * 5
    leaves = [
        replace(leaf, finding=long, name=long[:120], charts=tuple(_titled(one, long) for one in leaf.charts))
        for leaf in example.pack.leaves
    ]
    deck = Presentation(BytesIO(slides(replace(example.pack, leaves=tuple(leaves)), example.pictures, words)))
    pictures = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                pictures += 1
                assert shape._element.nvPicPr.cNvPr.get("descr").startswith(long[:90])
            if shape.has_text_frame and shape == slide.shapes.title:
                size = shape.text_frame.paragraphs[0].font.size.pt
                assert height_of(shape.text, size, shape.width / Inches(1)) <= shape.height / Inches(1)
    assert pictures >= 4


def _titled(one: ShownChart, finding: str) -> ShownChart:
    return replace(one, told=replace(one.told, title=finding))


def test_slides_take_the_size_of_a_template_and_none_of_its_slides(example: Example, words: Words) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(7.5)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Left over"
    stream = BytesIO()
    own.save(stream)
    pack = replace(example.pack, leaves=example.pack.leaves[:3])
    deck = Presentation(BytesIO(slides(pack, example.pictures, words, stream.getvalue())))
    assert deck.slide_width == Inches(10)
    assert "Left over" not in [slide.shapes.title.text for slide in deck.slides]
    widest = max(shape.left + shape.width for slide in deck.slides for shape in slide.shapes)
    assert widest <= deck.slide_width


def test_a_workbook_has_each_table_once(example: Example, words: Words) -> None:
    workbook = CalamineWorkbook.from_filelike(BytesIO(example.file("xlsx")))
    titles = [name.partition(" ")[2] for name in workbook.sheet_names[1:-1]]
    assert titles.count(words("table.plan")) == 1
    assert titles.count(words("table.targets")) == 1
    listed = {str(row[0]) for row in workbook.get_sheet_by_index(0).to_python()}
    assert set(workbook.sheet_names[1:-1]) <= listed


def test_a_chart_higher_than_a_page_is_cut_without_losing_anything(example: Example) -> None:
    picture = replace(example.pictures[1, "heatmap_chart"], head=0)
    pieces = [Image.open(BytesIO(png)) for png in picture.cut(0.15)]
    assert len(pieces) > 1
    assert sum(piece.height for piece in pieces) == picture.height
    assert all(piece.height <= picture.width * 0.15 for piece in pieces)
    assert picture.cut(10) == (picture.png,)


def test_a_chart_on_paper_is_as_narrow_as_it_can_be_without_a_word_less(example: Example) -> None:
    drawn = on_paper(example.pack.leaves, example.pictures, 1.1)
    assert drawn.keys() == example.pictures.keys()
    widths = {key: picture.width / SCALE for (_, key), picture in drawn.items()}
    assert SMALLEST * ACROSS / widths["areas_chart"] >= 10
    assert widths["heatmap_chart"] == WIDTH
    for at, picture in drawn.items():
        assert picture.words >= example.pictures[at].words
        assert picture.height <= picture.width * 1.1
    low = on_paper(example.pack.leaves, example.pictures, 0.1)
    assert all(low[at] is picture for at, picture in example.pictures.items())


def test_what_is_above_the_plot_is_on_every_piece_of_a_chart(example: Example) -> None:
    picture = example.pictures[1, "heatmap_chart"]
    whole = Image.open(BytesIO(picture.png))
    assert 0 < picture.head < picture.height / 2
    heads = whole.crop((0, 0, picture.width, picture.head))
    # Seven times as many rows as there are: the plot below itself.
    high = Image.new(whole.mode, (whole.width, picture.head + 7 * (whole.height - picture.head)), "white")
    high.paste(heads)
    for place in range(7):
        top = picture.head + place * (whole.height - picture.head)
        high.paste(whole.crop((0, picture.head, whole.width, whole.height)), (0, top))
    stream = BytesIO()
    high.save(stream, "PNG")
    pieces = [Image.open(BytesIO(png)) for png in replace(picture, png=stream.getvalue(), height=high.height).cut(0.6)]
    assert len(pieces) > 2
    tops = [piece.crop((0, 0, piece.width, picture.head)).tobytes() for piece in pieces]
    assert set(tops) == {heads.tobytes()}
    assert all(piece.height <= picture.width * 0.6 for piece in pieces)
    assert sum(piece.height for piece in pieces) == high.height + picture.head * (len(pieces) - 1)


def test_a_list_makes_the_pack_again_and_says_what_has_moved(example: Example, tmp_path: Path, words: Words) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes(list_yaml(list_of(example.pack, 1, VIEWS)))
    again = in_file(path, {})
    assert isinstance(again, ChosenViews)
    assert [(view.page, dict(view.query)) for view in again.views] == [(v.page, dict(v.query)) for v in VIEWS]
    assert again.former is not None
    leaves = example.pack.leaves
    assert pack_changes(again.former, leaves, words)[1:] == (words("pack.moved_nothing"),)
    standing = leaves[0].standing
    assert standing is not None
    higher = replace(leaves[0], finding="Something else.", standing=replace(standing, score=99, answered=1))
    since, score, answers, finding = pack_changes(again.former, (higher, *leaves[1:]), words)
    assert str(example.pack.made_on.day) in since
    assert "99 now" in score
    assert f"1 of {standing.applicable} now" in answers
    assert leaves[0].finding in finding


def test_a_view_that_stays_as_answered_says_so_and_gives_no_other_score(sample_store: Path, words: Words) -> None:
    places = ({"page": "data", "part": "robustness"}, {"page": "changes"}, {"page": "overview"})
    seen, plain = (
        read(sample_store, tuple(PackView(one["page"], {**one, "counting": counting}) for one in places))
        for counting in ("seen", "answers")
    )
    stays = words("counting.stays", chosen=words("counting.seen"))
    for counted, as_answered in zip(seen[:2], plain[:2], strict=True):
        assert stays in counted.choice
        assert counted.standing == as_answered.standing
        assert counted.rests == as_answered.rests
        assert "s answered: " in counted.finding
    assert stays not in seen[2].choice
    assert seen[2].standing != plain[2].standing
    assert (
        seen[0].finding
        == plain[0].finding
        == (
            "Respect, as answered: 59. Calculated in other ways, it is between 42 and 69. "
            + plain[0].finding.partition("69. ")[2]
        )
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_view_for_an_audience_exists(audience: str, published: Published) -> None:
    views = for_audience(published, audience, {"country": "GHA"}, TODAY).views
    for view in views:
        assert view.query.get("part", "") in ("", *PAGES[view.page].parts)
        assert view.query.get("show_as", "") in ("", *SHOWN_AS.get(view.page, ()))
        assert view.query["country"] == "GHA"
    in_front = [not view.taken.appendix for view in views]
    assert in_front == sorted(in_front, reverse=True)


def test_a_pack_for_a_programme_has_the_same_views_of_every_operation(published: Published) -> None:
    views = for_audience(published, "programme", {"country": "GHA,BOL"}, TODAY).views
    own = [(view.query["operation"], view.page) for view in views if "operation" in view.query]
    each = ("country", "compare", "plan", "collect", "country")
    assert own == [(operation, page) for operation in ("gha-op", "bol-op") for page in each]
    safe = for_audience(published, "programme", {"country": "GHA"}, TODAY, safe=True).views
    assert [view.page for view in safe if "operation" in view.query] == ["country", "plan", "collect"]


def test_a_tour_is_a_pack_and_an_unknown_one_is_not(published: Published) -> None:
    tour = of_tour(published, "executive", {}, date.today())
    assert isinstance(tour, ChosenViews)
    assert tour.title == "What needs a decision"
    assert [view.page for view in tour.views] == ["overview", "risks", "heatmap", "changes", "plan", "number"]
    wrong = of_tour(published, "executives", {}, date.today())
    assert isinstance(wrong, tuple)
    assert wrong[0].hint == "executive"


@pytest.fixture(scope="module")
def canary_store(make_once: MakeOnce) -> Path:
    return make_once("canary", publish_canary) / "store"


def test_nothing_of_a_group_is_in_any_file_while_names_are_hidden(canary_store: Path, words: Words) -> None:
    views = tuple(replace(view, query={**view.query, "country": ""}, name=f"{MARK} saved") for view in VIEWS)
    leaves = read(canary_store, views, apart=True, safe=True)
    published = Reader(canary_store).current()
    assert published is not None
    pack = pack_of(leaves, ChosenViews(views, f"{MARK} title"), published.revision, words)
    pictures = pictures_of(leaves, nothing)
    for kind, write in PACK_FORMATS.items():
        content = printed_content(pack, pictures, words) if kind == "pdf" else everything(write(pack, pictures, words))
        assert leaks(content) == [], kind
    assert all(words("safe.label") in leaf.marks for leaf in leaves)
    open_leaves = read(canary_store, views[1:2])
    assert leaks(open_leaves[0].finding)


def test_a_role_in_one_country_and_a_scenario_hold_in_a_pack(sample_store: Path, words: Words) -> None:
    somebody = Person("somebody", "Somebody", (Grant(Role.VIEWER, Scope("country", "GHA")),))
    plan, heatmap = read(sample_store, (PackView("plan", {"show_as": "board"}), PackView("heatmap")), person=somebody)
    *coming, every = plan.tables
    assert {row[1] for row in every.rows} == {"Ghana"}
    assert all("Ghana" in row for table in coming for row in table.rows)
    assert "Colombia" not in str((plan.tables, heatmap))
    (imagined,) = read(sample_store, (PackView("heatmap", {"imagined": "in~2025,GHA~CRBP-05~implemented"}),))
    assert words("picture.imagined") in imagined.marks
