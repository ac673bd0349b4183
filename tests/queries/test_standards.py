"""Do the standards relate as their links say, is each cell the explained number, is a projection marked as one?"""

from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from dashboard.loading.frameworks import read_library
from dashboard.model.known_codes import Known
from dashboard.model.view_state import ViewState, normalised
from dashboard.model.words import Words
from dashboard.queries.ask import ask, rows
from dashboard.queries.standards_document import STANDARD
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from dashboard.ui.standards.document import holding
from dashboard.ui.view import View
from tests.conftest import TODAY, MakeView, some_of
from tests.queries.standards import standards

NAMES = ("reading", "low", "high", "n_applicable", "n_answered", "n_full", "n_part", "n_nil", "n_critical_failed")
ANSWERED = """
A1.1 | yes | no   | half
A1.2 | yes | half | half
B1.1 | no  | no   | no
B2.1 | yes | yes  | yes
C1.1 | yes | half | half
C2.1 | no  | no   | yes
"""


def view_on(published: Published, words: Words, **chosen: object) -> View:
    known: Known = known_codes(published)
    state = normalised(replace(ViewState(), **chosen), known)  # type: ignore[arg-type]
    return View("test", state, words, published, known, TODAY)


def told(view: View, name: str, **more: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(view.published, name, view.parameters(**more)).to_pylist()
    return found


def explained(view: View, cell: dict[str, Any], within: tuple[str, ...] | None = None) -> None:
    """The figure of a cell is the one that the explanation of a number gives for its criteria."""
    of_country = told(view, "number", within=() if within is None else within or ("",))
    shown = [row for row in of_country if row["enters"]]
    if not of_country:
        assert cell["reading"] in ("not_covered", "no_link")
        return
    assert cell["n_units"] == len(of_country)
    assert cell["n_shown"] == len(shown)
    assert cell["percent"] == of_country[0]["mean_of_all"]
    for name in NAMES[3:]:
        assert cell[name] == sum(row[name] for row in of_country), name
    if len(of_country) == 1:
        assert {name: cell[name] for name in NAMES} == {name: of_country[0][name] for name in NAMES}


@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize("country", [(), ("GHA",), ("GHA", "COL", "GROUP"), ("GROUP",)])
@pytest.mark.parametrize("right", [(), ("opinion", "CRC-16")])
def test_each_cell_by_right_is_the_number_that_is_explained(
    kind: str, country: tuple[str, ...], right: tuple[str, ...], view_of: MakeView
) -> None:
    view = view_of(kind=kind, country=country, right=right)
    cells = told(view, "rights")
    assert len({cell["column_code"] for cell in cells}) == 3
    assert [cell["row_code"] for cell in cells[::3]][:2] == (
        ["protection", "privacy"] if not right else ["privacy", "opinion"]
    )
    for cell in cells:
        state = replace(view.state, framework=cell["column_code"], round=cell["round"], right=tuple(cell["asks"]))
        explained(replace(view, state=normalised(state, view.known)), cell)


@pytest.mark.thorough
@pytest.mark.share
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("kind", ["respect", "support"])
def test_each_cell_of_the_crosswalk_is_the_number_of_the_criteria_in_it(
    framework: str, kind: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, kind=kind)
    for against in view.known.of("against", framework):
        cells = told(view, "crosswalk", against=against)
        assert cells
        assert [cell["strength"] is None for cell in cells] == [cell["reading"] == "no_link" for cell in cells]
        for cell in some_of(cells):
            sides = told(
                view, "crosswalk_sides", against=against, row_code=cell["column_code"], column_code=cell["row_code"]
            )
            own = tuple(row["criterion"] for row in sides if row["side"] == 1)
            assert (cell["strength"] is None) == (cell["reading"] == "no_link")
            assert cell["strength"] is not None or not own
            of_kind = tuple(row["criterion"] for row in sides if row["side"] == 1 and row["kind"] == kind)
            assert cell["n_criteria"] == len(of_kind)
            explained(view, cell, of_kind)


def test_what_cop_does_not_cover_is_said(view_of: MakeView) -> None:
    for framework in ("cop-2014", "cop-2020"):
        missing = told(view_of(framework=framework), "uncovered")
        assert {row["code"] for row in missing if row["what"] == "area"} == {"CRBP-07", "CRBP-08"}
    assert [row for row in told(view_of(), "uncovered") if row["what"] == "area"] == []


def ties(view: View) -> dict[tuple[str, str], str]:
    found = view.published.cursor().sql(
        "SELECT s.criterion, t.criterion, strength FROM speaks "
        "JOIN criterion AS s ON s.criterion_no = from_no JOIN criterion AS t ON t.criterion_no = to_no"
    )
    return {(source, target): strength for source, target, strength in found.fetchall()}


@pytest.mark.thorough
def test_areas_linked_as_a_whole_speak_weakly_unless_their_criteria_are_named(tmp_path: Path, words: Words) -> None:
    found = ties(view_on(standards(tmp_path / "one", ANSWERED, "A1 | B1 | primary"), words))
    assert found == dict.fromkeys((("A1.1", "B1.1"), ("A1.2", "B1.1"), ("B1.1", "A1.1"), ("B1.1", "A1.2")), "secondary")
    found = ties(view_on(standards(tmp_path / "two", ANSWERED, "A1 | B1 | primary\nA1.2 | B1.1 | primary"), words))
    assert found == {("A1.2", "B1.1"): "primary", ("B1.1", "A1.2"): "primary"}


@pytest.mark.thorough
def test_a_cell_is_as_strong_as_its_strongest_link_on_both_sides(tmp_path: Path, words: Words) -> None:
    view = view_on(standards(tmp_path, ANSWERED, "A1 | B1 | secondary\nA1.2 | B1.1 | primary"), words)
    for framework, against in (("A", "B"), ("B", "A")):
        cells = told(
            replace(view, state=normalised(replace(view.state, framework=framework), view.known)),
            "crosswalk",
            against=against,
        )
        assert {(cell["row_code"], cell["column_code"], cell["strength"]) for cell in cells if cell["strength"]} == {
            ("B1", "A1", "primary") if framework == "A" else ("A1", "B1", "primary")
        }


@pytest.mark.thorough
def test_a_standard_is_read_in_the_round_in_view_else_the_last_before_else_the_first_after(
    tmp_path: Path, words: Words
) -> None:
    published = standards(tmp_path, ANSWERED, rounds="A;B/A/A;C")
    found = {
        round_: {
            row["column_code"]: row["round"]
            for row in told(view_on(published, words, framework="A", round=round_), "rights")
        }
        for round_ in ("R1", "R2", "R3")
    }
    assert found == {
        "R1": {"A": "R1", "B": "R1", "C": "R3"},
        "R2": {"A": "R2", "B": "R1", "C": "R3"},
        "R3": {"A": "R3", "B": "R1", "C": "R3"},
    }


@pytest.mark.thorough
def test_standards_are_shown_side_by_side_and_never_summed(tmp_path: Path, words: Words) -> None:
    view = view_on(standards(tmp_path, ANSWERED), words, framework="A")
    cells = {row["column_code"]: row for row in told(view, "rights")}
    # A: (1 + 0.5 + 0.25 …) by country 1, 0.25, 0.5; B: 0.5 each; C: 0.5, 0.25, 0.75
    assert {code: row["percent"] for code, row in cells.items()} == {"A": 58, "B": 50, "C": 50}
    assert {code: row["n_criteria"] for code, row in cells.items()} == {"A": 2, "B": 2, "C": 2}


@pytest.mark.thorough
def test_what_became_of_each_criterion(tmp_path: Path, words: Words) -> None:
    published = standards(
        tmp_path,
        "B1.1 | yes | |\nB1.2 | half | |\nB2.1 | no | |\nC1.1 | no | |\nC2.1 | yes | |\nC2.2 | half | |\nC2.3 | no | |",
        "C2.2 | B2.1 | secondary\nB1.1 | C1.1 | secondary",
        supersedes="C1.1 | B1.1\nC2.1 | B1.1",
    )
    view = view_on(published, words, framework="C")
    (pair,) = told(view, "edition_pairs")
    assert (pair["earlier"], pair["later"]) == ("B", "C")
    found = told(view, "editions", earlier_edition="B", later_edition="C", operation="a-op")
    assert {(row["relation"], row["earlier"], row["later"], row["was_value"], row["now_value"]) for row in found} == {
        ("kept", "B1.1", "C1.1", 1, 0),
        ("moved", "B1.1", "C2.1", 1, 1),
        ("in_part", "B2.1", "C2.2", 0, 0.5),
        ("dropped", "B1.2", None, 0.5, None),
        ("new", None, "C2.3", None, 0),
    }
    # One continues two, so neither link is strong.
    assert set(ties(view).values()) == {"secondary"}


def test_every_criterion_of_a_standard_is_read_once_in_its_order(view_of: MakeView) -> None:
    for framework in ("crbp", "cop-2014", "cop-2020"):
        view = view_of(framework=framework)
        read = [row["criterion"] for row in told(view, "standard") if row["same_as"] is None]
        assert read == list(view.known.of("criterion", framework))


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("crbp-05.e", {"CRBP-05.e"}),
        ("tax", {"CRBP-10.a"}),
        ("tax rule", {"CRBP-10.a"}),
        ("tax breastfeeding", set()),
        ("no such word", set()),
    ],
)
def test_a_search_finds_what_holds_every_word(sought: str, found: set[str], view_of: MakeView) -> None:
    view = view_of()
    assert {
        row["criterion"] for row in holding(view, rows(view.published, STANDARD, view.parameters()), sought)[0]
    } == found


def test_a_search_finds_by_the_names_of_what_a_criterion_serves(view_of: MakeView) -> None:
    view = view_of()
    everything = rows(view.published, STANDARD, view.parameters())
    by_right = {row["criterion"] for row in everything if "Privacy" in (row["rights"] or [])}
    assert by_right
    assert by_right <= {row["criterion"] for row in holding(view, everything, "privacy")[0]}


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_the_gaps_of_a_right_are_those_of_the_countries_it_is_served_least_in(
    framework: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, right=("privacy",))
    gaps = [row for row in told(view, "right_gaps", focus="privacy") if row["framework"] == framework]
    scores = {}
    for country in view.known.of("country", framework):
        if country != "GROUP":
            (row,) = told(replace(view, state=replace(view.state, country=(country,))), "number")
            if row["enters"] and row["score"] < 1:
                scores[country] = row["score"]
    lowest = sorted(scores, key=lambda country: (scores[country], country))[:3]
    assert list(dict.fromkeys(row["country"] for row in gaps)) == lowest
    lacking = {
        (row["country"], row["criterion"])
        for row in told(view, "answers", operation="", kind="respect")
        if row["country"] in lowest and row["counts_as"] == "answered" and row["value"] < 1
    }
    assert {(row["country"], row["criterion"]) for row in gaps} == lacking


def test_a_right_chosen_in_the_bar_keeps_to_the_criteria_that_serve_it(view_of: MakeView) -> None:
    serving = {
        code
        for (code,) in view_of()
        .published.cursor()
        .sql(
            "SELECT criterion FROM criterion_link JOIN criterion USING (criterion_no) "
            "WHERE target_type = 'right' AND target IN ('CRC-30', 'CRC-31', 'CRC-29')"
        )
        .fetchall()
    }
    for right in (("culture",), ("CRC-29", "CRC-30", "CRC-31")):
        view = view_of(right=right)
        for name in ("number_parts", "review_criteria", "standard"):
            found = {row["criterion"] for row in told(view, name)}
            assert found
            assert found <= serving, name


def test_points_of_other_documents_are_kept_with_the_criteria_on_the_same_matter(view_of: MakeView) -> None:
    every = told(view_of(), "beside_points")
    assert [row["point"] for row in every if not row["criteria"]] == ["DCRIA-6"]
    labour = told(view_of(principle=("CRBP-02",)), "beside_points")
    assert labour
    for row in labour:
        assert all(code.startswith(("CRBP-02", "COP")) for code in row["criteria"])
        assert row["criteria"]
    assert {row["point"] for row in labour} < {row["point"] for row in every}
    documents = {row["instrument"]: row for row in told(view_of(), "instruments")}
    assert documents["COSA"]["n_points"] == 0
    assert documents["ESRS-S"]["n_points"] == sum(row["instrument"] == "ESRS-S" for row in every)


def test_points_follow_a_criterion_that_is_renamed_and_an_unknown_one_is_named(tiny: Path, tmp_path: Path) -> None:
    frameworks = tmp_path / "frameworks"
    copytree(tiny / "frameworks", frameworks)
    point = "{point: P1, code: '1', text: No knives., criteria: [%s], citation: Knives, verification: to_verify}"
    (frameworks / "shared" / "beside.yaml").write_text(
        "schema_version: 1\ninstruments:\n  - {instrument: D1, title: Knives, short_title: Knives, publisher: Smiths, "
        f"years: '2001', text: On knives., verification: to_verify, points: [{point % 'T1.a, T1.x'}]}}\n",
        "utf-8",
    )
    library, problems = read_library([frameworks])
    assert [(problem.kind, problem.column, problem.value) for problem in problems] == [
        ("unknown_id", "criteria", "T1.x")
    ]
    (document,) = library.renamed({"T1.a": "T1.first"}).beside.instruments
    assert document.points[0].criteria == ("T1.first", "T1.x")
    assert library.joined(library).beside == library.beside
