"""Does a standard survive conversion to a workbook and back, and is nothing lost on the way?"""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings

from dashboard.exports.standard_workbook import rows_of, standard_workbook
from dashboard.loading.frameworks import read_library
from dashboard.loading.standard_file import read_standard
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import Problem, sentence
from dashboard.model.standard_files import Standard
from dashboard.model.words import Words
from dashboard.tasks.standard_folder import StandardResult, file_from_folder, folder_of, template
from tests.books import cells_of
from tests.conftest import ROOT, most
from tests.standards import SHIPPED, as_sheets, shipped, standards, write_sheets

SLOW = settings(max_examples=most(60))


def in_folder(folder: Path) -> Standard:
    """The content of one standard's folder, read as publishing reads it."""
    library, problems = read_library([folder.parent])
    assert problems == []
    (framework,) = (found for found in library.frameworks if found.framework == folder.name)
    return Standard.of(framework, library.crosswalk.links, library.translations)


def folder_from_workbook(path: Path, into: Path, force: bool = False) -> StandardResult:
    """What the command line does with a workbook."""
    return folder_of(*read_standard(path, path.name), into, force)


def told(made: StandardResult, words: Words) -> list[str]:
    return [sentence(problem, words) for problem in made.problems]


@pytest.fixture
def book(tmp_path: Path, words: Words) -> Path:
    """The workbook of the toy standard."""
    path = tmp_path / "toy.xlsx"
    assert file_from_folder(SHIPPED["toy"] / "toy", path, words).problems == ()
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """A folder of frameworks with the shared lists of the toy group, and no standard."""
    shutil.copytree(SHIPPED["toy"] / "shared", tmp_path / "frameworks" / "shared")
    (tmp_path / "frameworks" / "shared" / "crosswalk.yaml").unlink()
    return tmp_path / "frameworks"


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHIPPED)
def test_from_folder_to_workbook_to_folder_to_workbook(name: str, tmp_path: Path, words: Words) -> None:
    first = file_from_folder(SHIPPED[name] / name, tmp_path / "first.xlsx", words)
    assert (first.problems, first.standard) == ((), shipped(name))
    made = folder_from_workbook(first.place, tmp_path / "frameworks")
    assert made.problems == ()
    spoken = (f"{translation.language}.yaml" for translation in shipped(name).translations)
    assert made.written == ("framework.yaml", "crosswalk.yaml", *spoken)
    file_from_folder(made.place, tmp_path / "second.xlsx", words)
    assert (tmp_path / "second.xlsx").read_bytes() == first.place.read_bytes()
    found = read_standard(tmp_path / "second.xlsx", "second.xlsx")[0]
    assert found is not None
    assert found.standard == shipped(name)


def _besides_edges(problems: Iterable[Problem]) -> set[str]:
    """The kinds of problems but the notes on where bands begin, which a generated standard cannot know."""
    return {problem.kind for problem in problems} - {"half_is_high", "no_zero"}


@given(standards())
@SLOW
def test_any_standard_comes_through_a_workbook(standard: Standard) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        path.write_bytes(standard_workbook(rows_of(standard), read_words()))
        found, problems = read_standard(path, "any.xlsx")
    assert _besides_edges(problems) == set()
    assert found is not None
    assert found.standard == standard


@pytest.mark.thorough
@given(standards())
@SLOW
def test_any_standard_comes_through_a_folder(standard: Standard) -> None:
    with tempfile.TemporaryDirectory() as name:
        path, folder = Path(name) / "any.xlsx", Path(name) / "frameworks"
        content = standard_workbook(rows_of(standard), read_words())
        path.write_bytes(content)
        made = folder_from_workbook(path, folder)
        if others := _besides_edges(made.problems):
            # Two generated ids or titles that are alike, and languages with a region, are no fault of the conversion.
            assert others <= {"id_twice", "title_twice", "no_language"}
            return
        file_from_folder(made.place, path, read_words(), force=True)
        assert path.read_bytes() == content


def test_its_own_links_and_translations_are_in_the_folder(tmp_path: Path, into: Path) -> None:
    pages = as_sheets(shipped("toy"))
    french = {"T1": "Jeu", "toy": "Jouets", "status/toy/mostly": "Presque", "band/toy/low": "Bas"}
    rows = [["fr", code, "title", text] for code, text in french.items()]
    pages["translations"] = [["language", "id", "field", "text"], *rows]
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), into)
    assert (made.written, made.problems) == (("framework.yaml", "crosswalk.yaml", "fr.yaml"), ())
    found = in_folder(into / "toy")
    assert found.links == shipped("toy").links
    assert found.translations[0].texts == {code: {"title": text} for code, text in french.items()}


def test_links_that_the_shared_crosswalk_holds_are_not_said_again(book: Path, tmp_path: Path, words: Words) -> None:
    shutil.copytree(SHIPPED["toy"] / "shared", tmp_path / "frameworks" / "shared")
    made = folder_from_workbook(book, tmp_path / "frameworks")
    assert (made.written, made.problems) == (("framework.yaml",), ())
    assert in_folder(made.place).links == shipped("toy").links


def test_a_link_left_out_of_the_workbook_is_reported_while_the_shared_crosswalk_holds_it(
    tmp_path: Path, words: Words
) -> None:
    shutil.copytree(SHIPPED["toy"] / "shared", tmp_path / "frameworks" / "shared")
    pages = as_sheets(shipped("toy"))
    del pages["links"][2]
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), tmp_path / "frameworks")
    assert made.written == ("framework.yaml",)
    assert told(made, words) == [
        "shared/crosswalk.yaml: 1 links of this standard are stored here, but not in the workbook. They stay in "
        "force; remove them here if they should go."
    ]


def test_a_link_whose_strength_differs_from_the_shared_one_counts_as_the_standard_has_it(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED["toy"] / "shared", tmp_path / "frameworks" / "shared")
    pages = as_sheets(shipped("toy"))
    pages["links"][1][pages["links"][0].index("strength")] = "secondary"
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), tmp_path / "frameworks")
    assert made.written == ("framework.yaml", "crosswalk.yaml")
    assert [link.strength for link in in_folder(made.place).links] == ["secondary", "secondary"]


def test_what_points_at_nothing_in_the_shared_lists_is_reported_with_its_cell(
    tmp_path: Path, into: Path, words: Words
) -> None:
    pages = as_sheets(shipped("toy"))
    pages["criteria"][2][pages["criteria"][0].index("functions")] = "toy_makers"
    pages["links"][1][pages["links"][0].index("target")] = "TOY-R2"
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), into)
    assert told(made, words) == [
        "b.xlsx[criteria], row 3, functions: “toy_makers” is not a defined id. Did you mean toy_maker?",
        "b.xlsx[links], row 2, target: “TOY-R2” is not a defined id. Did you mean TOY-R1?",
    ]
    assert not (into / "toy").exists()


def test_an_id_given_twice_is_reported_with_its_cell(tmp_path: Path, words: Words) -> None:
    pages = as_sheets(shipped("toy"))
    pages["criteria"][3][1] = "T1.a"
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), tmp_path / "frameworks")
    assert told(made, words) == [
        "b.xlsx[criteria], row 4, criterion: “T1.a” is already the id of something else. "
        "Expected: a unique id; see b.xlsx[criteria]:2."
    ]


def test_an_id_of_another_standard_is_reported(tmp_path: Path, book: Path, into: Path, words: Words) -> None:
    assert folder_from_workbook(book, into).problems == ()
    pages = as_sheets(shipped("toy"))
    next(row for row in pages["framework"] if row[0] == "framework")[1] = "toy-2"
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), into)
    assert told(made, words)[0] == (
        "b.xlsx[areas], row 2, area: “T1” is already the id of something else. "
        "Expected: a unique id; see frameworks/toy/framework.yaml:29."
    )
    assert not (into / "toy-2").exists()


def test_a_standard_called_like_the_shared_lists_is_refused(tmp_path: Path, into: Path, words: Words) -> None:
    pages = as_sheets(shipped("toy"))
    next(row for row in pages["framework"] if row[0] == "framework")[1] = "shared"
    made = folder_from_workbook(write_sheets(tmp_path / "b.xlsx", pages), into)
    assert told(made, words) == ["b.xlsx[framework], row 2, framework: “shared” is not valid here."]


def test_a_folder_that_says_the_same_is_left_as_it_is(book: Path, into: Path) -> None:
    shutil.copytree(SHIPPED["toy"] / "toy", into / "toy")
    before = (into / "toy" / "framework.yaml").read_bytes()
    made = folder_from_workbook(book, into)
    assert (made.written, made.problems) == (("crosswalk.yaml",), ())
    assert (into / "toy" / "framework.yaml").read_bytes() == before
    assert folder_from_workbook(book, into).written == ()


def test_a_folder_that_says_something_else_is_kept_unless_forced(book: Path, into: Path, words: Words) -> None:
    path = into / "toy" / "framework.yaml"
    shutil.copytree(SHIPPED["toy"] / "toy", into / "toy")
    path.write_text(other := path.read_text("utf-8").replace("year: 2001", "year: 2002"), "utf-8")
    (into / "toy" / "fr.yaml").write_text("schema_version: 1\nlanguage: fr\ntexts: {T1: {title: Jeu}}\n", "utf-8")
    made = folder_from_workbook(book, into)
    assert told(made, words) == [
        f"{into / 'toy'}: A different standard of this name already exists (framework.yaml, fr.yaml). "
        "Use --force to replace it; its files are kept next to the new ones under another name."
    ]
    assert path.read_text("utf-8") == other
    made = folder_from_workbook(book, into, force=True)
    assert made.set_aside == ("framework.yaml.before-1", "fr.yaml.before-1")
    assert (into / "toy" / "framework.yaml.before-1").read_text("utf-8") == other
    assert in_folder(into / "toy") == shipped("toy")
    path.write_text(other, "utf-8")
    assert folder_from_workbook(book, into, force=True).set_aside == ("framework.yaml.before-2",)
    assert not [file for file in into.iterdir() if file.name not in ("toy", "shared")]


def test_a_broken_neighbour_is_reported_and_nothing_written(book: Path, into: Path, words: Words) -> None:
    (into / "bad").mkdir()
    (into / "bad" / "framework.yaml").write_text("schema_version: 1\n\tbad", "utf-8")
    made = folder_from_workbook(book, into)
    assert told(made, words)[0].startswith("frameworks/bad/framework.yaml, row 2: This is not valid YAML")
    assert made.standard is None
    assert not (into / "toy").exists()


def test_a_workbook_that_is_there_is_kept_unless_forced(book: Path, words: Words) -> None:
    book.write_bytes(b"mine")
    made = file_from_folder(SHIPPED["toy"] / "toy", book, words)
    assert told(made, words) == ["toy.xlsx: A file of this name already exists. Use --force to replace it."]
    assert template(book, words).problems == made.problems
    assert book.read_bytes() == b"mine"
    assert file_from_folder(SHIPPED["toy"] / "toy", book, words, force=True).written == ("toy.xlsx",)
    assert book.read_bytes() != b"mine"


def test_what_a_workbook_cannot_hold_is_reported_before_it_is_written(tmp_path: Path, words: Words) -> None:
    shutil.copytree(SHIPPED["toy"], tmp_path / "frameworks")
    path = tmp_path / "frameworks" / "toy" / "framework.yaml"
    path.write_text(path.read_text("utf-8").replace("Toys are for play.", "x" * 32_768), "utf-8")
    made = file_from_folder(tmp_path / "frameworks" / "toy", tmp_path / "toy.xlsx", words)
    assert told(made, words) == [
        "toy.xlsx: This file cannot hold all of it. A text is longer than 32 767 characters, or contains a character "
        "that cannot be written."
    ]
    assert not (tmp_path / "toy.xlsx").exists()


def test_a_folder_without_a_standard_is_reported(tmp_path: Path, words: Words) -> None:
    (tmp_path / "empty").mkdir()
    made = file_from_folder(tmp_path / "empty", tmp_path / "b.xlsx", words)
    assert told(made, words) == ["empty: No table and no framework was found here."]


def test_a_broken_folder_is_reported(tmp_path: Path, words: Words) -> None:
    (tmp_path / "bad").mkdir()
    shutil.copyfile(ROOT / "tests" / "bad" / "unknown_key.yaml", tmp_path / "bad" / "framework.yaml")
    made = file_from_folder(tmp_path / "bad", tmp_path / "b.xlsx", words)
    assert made.problems[0].kind == "unknown_key"
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "cell", "told_"),
    [
        ("gap", "", "T1.b” is critical but has no `gap`"),
        ("weight", "2,5", None),
        ("weight", "a lot", "“a lot” is not a number."),
        ("level", "Operation", None),
        ("level", "OPERATION", None),
    ],
)
def test_the_whole_workbook_is_checked_with_its_rows(
    book: Path, into: Path, words: Words, name: str, cell: str, told_: str | None
) -> None:
    sheets = cells_of(book.read_bytes())
    head, *rows = sheets["criteria"]
    row = next(row for row in rows if row[head.index("criterion")] == "T1.b")
    row[head.index("critical")], row[head.index("gap")] = "yes", "a way to lend"
    row[head.index(name)] = cell
    write_sheets(book, sheets)
    made = folder_from_workbook(book, into)
    serious = [problem for problem in made.problems if problem.serious]
    if told_ is None:
        assert serious == []
        assert read_library([into])[1] == []
        return
    assert not (into / "toy").exists()
    (problem,) = serious
    assert (problem.file, problem.row) == ("toy.xlsx[criteria]", 1 + sheets["criteria"].index(row))
    assert told_ in sentence(problem, words)
