"""Are tours published, is a step that stopped working reported with its line, and do old publications stay open?"""

import shutil
from pathlib import Path

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import PAGES
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import ViewState
from dashboard.store.published_codes import cards_in, known_in
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.load_checks import counts, unsound_steps
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import MOST_KEPT_OPEN, Published, Reader
from tests.conftest import ROOT, TINY, TODAY, WRITER

TOUR = """
schema_version: 1
tour: shop
title: Through the shop
audience: Toy makers
minutes: 5
steps:
  - page: heatmap
    view: {country: [BBB]}
    title: Beland
    text: One shop. One country.
    note: Ask who was there.
  - {page: risks, view: {part: opportunities}, title: Good, text: What good it does.}
"""
TRANSLATED = """
schema_version: 1
language: fr
texts:
  shop: {title: Dans le magasin}
  shop.2: {title: Bien, text: Le bien que cela fait.}
"""
RATING = "round,operation,impact,reach,need,feasibility,basis\nR2,a-op,TOY-I2,2,3,2,seen\n"


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """The toy group with a tour."""
    group = Path(shutil.copytree(TINY, tmp_path / "toys"))
    (group / "frameworks" / "tours").mkdir()
    (group / "frameworks" / "tours" / "shop.yaml").write_text(TOUR)
    (group / "openings.csv").write_text(RATING)
    return group


@pytest.fixture
def toured(group: Path, tmp_path: Path) -> Path:
    store = tmp_path / "toured"
    outcome = publish(Load(store, [group], WRITER, TODAY))
    assert outcome.revision is not None
    assert not outcome.problems
    return store


def _open(store: Path) -> Published:
    published = Reader(store).current()
    assert published is not None
    return published


def _told(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None, str | None]]:
    return [(p.kind, p.file, p.row, p.value) for p in problems if p.kind.startswith("tour_")]


@pytest.mark.thorough
def test_a_tour_is_published_with_its_steps_in_every_language(group: Path, tmp_path: Path) -> None:
    (group / "frameworks" / "shared" / "fr.yaml").write_text(TRANSLATED)
    publish(Load(tmp_path / "toured", [group], WRITER, TODAY))
    with _open(tmp_path / "toured").cursor() as cursor:
        assert cursor.execute("SELECT tour, minutes FROM tour").fetchall() == [("shop", 5)]
        assert cursor.execute("SELECT step, place, note FROM tour_step ORDER BY step").fetchall() == [
            (1, "heatmap;country:BBB", "Ask who was there."),
            (2, "risks;part:opportunities", None),
        ]
        said = cursor.execute(
            "SELECT id, title, text FROM wording WHERE language = 'fr' AND id LIKE 'shop%' ORDER BY id"
        )
        assert said.fetchall() == [
            ("shop", "Dans le magasin", "Toy makers"),
            ("shop.1", "Beland", "One shop. One country."),
            ("shop.2", "Bien", "Le bien que cela fait."),
        ]


@pytest.mark.thorough
def test_the_codes_of_a_publication_know_its_tours(toured: Path) -> None:
    with _open(toured).cursor() as cursor:
        known = known_in(cursor)
    assert known.of("tour", "") == ("shop",)
    assert known.of("tour_step", "shop") == ("1", "2")


def test_a_tour_is_silent_where_nobody_is_asked_anything_yet(group: Path, tmp_path: Path) -> None:
    assert not _told(check(tmp_path / "none", [group / "frameworks"], TODAY))


@pytest.mark.thorough
def test_a_step_that_stops_working_later_is_reported_with_its_line_and_stops_nothing(
    toured: Path, tmp_path: Path
) -> None:
    operations = (TINY / "operations.csv").read_text().replace("b-op,BBB,Toys of Beland", "b-op,AAA,Toys of Beland")
    (tmp_path / "operations.csv").write_text(operations)
    outcome = publish(Load(toured, [tmp_path / "operations.csv"], WRITER, TODAY))
    assert _told(outcome.problems) == [("tour_code", "frameworks/tours/shop.yaml", 9, "BBB")]
    assert outcome.revision is not None
    published = _open(toured)
    with published.cursor() as cursor:
        assert len(unsound_steps(cursor, stored_library(cursor))) == 1, "a page can ask the same"


@pytest.mark.thorough
def test_a_part_of_a_page_is_checked_by_what_it_shows(group: Path, tmp_path: Path) -> None:
    (group / "openings.csv").unlink()
    told = _told(check(tmp_path / "none", [group], TODAY))
    assert told == [("tour_empty", "frameworks/tours/shop.yaml", 13, "risks")]


def test_a_step_with_a_seventh_subject_is_reported_with_its_line(group: Path, tmp_path: Path) -> None:
    subjects = [f"{code}{at}" for code in ("a-op", "a2-op", "b-op", "toy-hq") for at in ("", "@R1")][:7]
    step = f"  - {{page: compare, view: {{round: R2, subject: [{', '.join(subjects)}]}}, title: All, text: It.}}\n"
    (group / "frameworks" / "tours" / "shop.yaml").write_text(TOUR + step)
    told = [problem for problem in check(tmp_path / "none", [group], TODAY) if problem.kind == "too_many"]
    assert [(p.file, p.row, p.value) for p in told] == [("frameworks/tours/shop.yaml", 14, subjects[6])]
    assert sentence(told[0], read_words()).startswith("frameworks/tours/shop.yaml, row 14, ")


def test_what_each_page_shows_is_counted(published: Published) -> None:
    with published.cursor() as cursor:
        counted = set(counts(cursor, ViewState(), cards_in(cursor)))
    assert {page.counted(part) for page in PAGES.values() for part in ("", *page.parts)} <= counted


def test_two_tours_of_one_name_are_reported(group: Path, tmp_path: Path) -> None:
    (group / "frameworks" / "tours" / "twin.yaml").write_text(TOUR)
    problems = check(tmp_path / "none", [group], TODAY)
    assert ("id_twice", "shop") in [(problem.kind, problem.value) for problem in problems]


@pytest.mark.thorough
def test_every_step_that_ships_works() -> None:
    problems = check(Path("nowhere"), [ROOT / "frameworks", ROOT / "data"], TODAY)
    assert not _told(problems)


# The publication that a tour began with.


@pytest.mark.thorough
def test_a_publication_that_is_kept_can_be_read_after_another_is_in_force(toured: Path, group: Path) -> None:
    reader = Reader(toured)
    first = reader.current()
    assert first is not None
    assert reader.newer(first) is None
    reader.keep(first)
    publish(Load(toured, [group], WRITER, TODAY))
    assert reader.newer(first) == 2
    second = reader.current()
    assert second is not None
    assert second.revision.number == 2
    assert reader.kept_open("1") is first
    assert first.cursor().execute("SELECT count(*) FROM tour").fetchall() == [(1,)]
    assert reader.kept_open("2") is None, "nobody has asked to keep it"
    assert Reader(toured).kept_open("1") is None, "what was taken back stays out of reach of an address"


@pytest.mark.thorough
def test_the_latest_few_are_kept(toured: Path) -> None:
    reader = Reader(toured)
    for _ in range(MOST_KEPT_OPEN + 1):
        publish(Load(toured, [TINY], WRITER, TODAY))
        published = reader.current()
        assert published is not None
        reader.keep(published)
    assert reader.kept_open("2") is None
    assert reader.kept_open("3") is not None


@pytest.mark.thorough
def test_a_damaged_pointer_does_not_end_a_tour(toured: Path) -> None:
    reader = Reader(toured)
    published = reader.current()
    assert published is not None
    (toured / "CURRENT").write_text("seven")
    assert reader.newer(published) is None


def test_the_tours_of_the_sample_that_do_not_fit_share_one_line_and_are_not_offered(
    group: Path, tmp_path: Path
) -> None:
    own = group / "frameworks" / "tours"
    for file in (ROOT / "frameworks" / "tours").glob("*.yaml"):
        shutil.copyfile(file, own / file.name)
    (own / "shop.yaml").write_text(TOUR.replace("BBB", "CCC"))
    told = check(tmp_path / "none", [group], TODAY)
    assert [(p.kind, p.value) for p in told if "tours" in f"{p.kind} {p.file}"] == [
        ("tour_code", "CCC"),
        ("tours_of_sample", "program-lead, ten-minutes, two-minutes"),
        ("tours_of_sample_empty", "executive, setting-exercise"),
    ]
    # A tour that somebody has made their own is told of step by step again.
    path = own / "two-minutes.yaml"
    path.write_text(path.read_text().replace("minutes: 2", "minutes: 3"))
    told = check(tmp_path / "none", [group], TODAY)
    assert [p.value for p in told if p.kind == "tours_of_sample"] == ["program-lead, ten-minutes"]
    assert any("two-minutes.yaml" in p.file for p in told)
