"""Do standards come in from libraries of CISO Assistant, with everything that is lost counted?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.loading.ciso_assistant import read_any_standard
from dashboard.model.framework import Framework, Numbers
from dashboard.model.problem import Problem, sentence
from dashboard.model.standard_files import Standard
from dashboard.model.words import Words
from dashboard.tasks.standard_folder import folder_of

LIBRARY = Path(__file__).parent / "library.yaml"


def read(path: Path) -> tuple[Standard, list[Problem]]:
    found, problems = read_any_standard(path, path.name)
    assert found is not None, problems
    return found.standard, problems


def criteria(framework: Framework) -> dict[str, str]:
    """The area of each criterion."""
    return {criterion.criterion: area.area for area in framework.areas for criterion in area.criteria}


def counted(problems: list[Problem], kind: str) -> dict[str, str]:
    return {problem.column or "": problem.value or "" for problem in problems if problem.kind == kind}


def left(problems: list[Problem]) -> set[str]:
    """What was not read of a file."""
    (problem,) = (problem for problem in problems if problem.kind == "left_behind")
    return {*(problem.value or "").split(", ")}


def test_headings_at_the_top_of_a_library_become_areas_and_what_it_assesses_criteria() -> None:
    framework = read(LIBRARY)[0].framework
    assert (framework.framework, framework.title, framework.publisher) == (
        "SHOP-RULES", "Rules for shops", "Example institute",
    )  # fmt: skip
    assert (framework.year, framework.version, framework.licence_note) == (2024, "3", "Free to use")
    # A mere number gets the id of its standard in front; what has no heading is in an area for all.
    assert criteria(framework) == {"DOOR.1.a": "DOOR", "DOOR.2": "DOOR", "SHOP-RULES-2": "SHOP-RULES-all"}
    assert [(area.title, area.text) for area in framework.areas] == [
        ("The door", "Who comes in."), ("Rules for shops", "Rules for shops"),
    ]  # fmt: skip


def test_a_requirement_keeps_its_text_weight_groups_and_importance() -> None:
    (first, second), (third,) = (area.criteria for area in read(LIBRARY)[0].framework.areas)
    assert first.text == "A child alone: Staff know what to do when a child comes in alone."
    assert (first.weight, first.services, first.kind, first.evidence_hint) == (
        2, ("STAFF",), "respect", "The list of trainings.",
    )  # fmt: skip
    assert (second.text, second.kind) == ("Is the number of the helpline at the door?", "support")
    assert third.citation == "SHOP-RULES, 2"


def test_scores_become_statuses_in_their_proportion() -> None:
    scale = read(LIBRARY)[0].framework.scale
    assert [(one.status, one.title, one.value) for one in scale[:3]] == [
        ("met", "Met", 1), ("begun", "Begun", 0.25), ("not_met", "Not met", 0),
    ]  # fmt: skip
    assert [one.counts_as for one in scale[3:]] == ["not_applicable", "not_known"]


def test_translations_of_a_library_come_in() -> None:
    (french,) = read(LIBRARY)[0].translations
    assert french.language == "fr"
    assert french.texts == {
        "SHOP-RULES": {"title": "Règles des magasins"},
        "DOOR": {"title": "La porte"},
        "DOOR.1.a": {"text": "Le personnel sait quoi faire.", "evidence_hint": "La liste des formations."},
        "status/SHOP-RULES/met": {"title": "Atteint"},
    }


def test_what_a_standard_cannot_hold_of_a_library_is_counted() -> None:
    problems = read(LIBRARY)[1]
    assert left(problems) == {
        "library.dependencies", "scores_definition.description", "headings", "requirement_nodes.annotation",
        "requirement_nodes.questions",
    }  # fmt: skip
    assert not any(problem.serious for problem in problems)


def test_a_library_without_scores_gets_the_scale_to_start_from(tmp_path: Path) -> None:
    values = yaml.safe_load(LIBRARY.read_text("utf-8"))
    for key in ("scores_definition", "min_score", "max_score"):
        del values["objects"]["framework"][key]
    del values["publication_date"]
    standard, problems = read(edited(values, tmp_path))
    assert [one.value for one in standard.framework.scale] == [1, 0.5, 0, None, None]
    assert {*counted(problems, "assumed")} == {"scale", "year"}


def test_scores_without_names_are_numbers(tmp_path: Path) -> None:
    values = yaml.safe_load(LIBRARY.read_text("utf-8"))
    del values["objects"]["framework"]["scores_definition"]
    standard, problems = read(edited(values, tmp_path))
    assert standard.framework.numbers == (Numbers(low=0, high=4),)
    assert [one.counts_as for one in standard.framework.scale] == ["not_applicable", "not_known"]
    assert "scale" not in counted(problems, "assumed")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("5.1.1+u4", "5.1.1"), ("v2-draft", "2"), ("2024-05", "2024"), ("1.0 (2nd print)", "1.0"), ("4.0.1", "4.0.1")],
)
def test_a_version_keeps_the_number_that_it_begins_with(tmp_path: Path, words: Words, given: str, kept: str) -> None:
    values = yaml.safe_load(LIBRARY.read_text("utf-8")) | {"version": given}
    standard, problems = read(edited(values, tmp_path))
    assert standard.framework.version == kept
    told = [sentence(problem, words) for problem in problems if problem.kind == "version_cut"]
    follows = f"The standard is version {kept}; what follows is not kept."
    assert told == ([] if given == kept else [f"edited.yaml, version: “{given}” is more than a number. {follows}"])
    assert not any(problem.serious for problem in problems)


def test_ids_made_from_the_ends_of_urns_do_not_collide(tmp_path: Path) -> None:
    # As libraries number what their standard does not: no `ref_id`, and `node85` at the end of the URN.
    found: list[dict[str, str]] = []
    for name in ("shop-rules", "school-rules"):
        values = yaml.safe_load(LIBRARY.read_text("utf-8").replace("shop-rules", name).replace("SHOP-RULES", name))
        nodes = values["objects"]["framework"]["requirement_nodes"]
        for node in nodes:
            del node["ref_id"]
        nodes[0]["urn"] = nodes[1]["parent_urn"] = f"urn:example:risk:req_node:{name}:node84"
        nodes[2]["urn"] = f"urn:example:risk:req_node:{name}:node85"
        standard, _ = read(edited(values, tmp_path))
        found.append(criteria(standard.framework))
        assert standard.framework.areas[0].code == "node84", "what people see is as the library has it"
    shops, schools = found
    assert (shops["shop-rules-node85"], schools["school-rules-node85"]) == ("shop-rules-node84", "school-rules-node84")
    assert not {*shops, *shops.values()} & {*schools, *schools.values()}


def test_a_title_that_two_headings_have_is_told_apart_by_the_code(tmp_path: Path) -> None:
    values = yaml.safe_load(LIBRARY.read_text("utf-8"))
    nodes = values["objects"]["framework"]["requirement_nodes"]
    again = {**nodes[0], "urn": f"{nodes[0]['urn']}-again", "ref_id": "BACK", "name": "THE DOOR"}
    asked = {
        "urn": f"{again['urn']}.a",
        "parent_urn": again["urn"],
        "ref_id": "BACK.a",
        "assessable": True,
        "name": "Lit",
    }
    nodes += [again, asked]
    file = edited(values, tmp_path)
    found, problems = read_any_standard(file, file.name)
    assert found is not None
    assert [area.title for area in found.standard.framework.areas if area.code in ("DOOR", "BACK")] == [
        "The door", "THE DOOR (BACK)"
    ]  # fmt: skip
    assert [problem.value for problem in problems if problem.kind == "title_repeated"] == ["THE DOOR (BACK)"]
    (french,) = (document for document in found.standard.translations if document.language == "fr")
    assert french.texts["BACK"]["title"] == "La porte (BACK)"
    assert folder_of(found, problems, tmp_path / "into", force=False).written


def edited(values: Any, folder: Path) -> Path:
    path = folder / "edited.yaml"
    path.write_text(yaml.safe_dump(values, sort_keys=False), "utf-8")
    return path


WRONG: dict[str, tuple[str, Callable[[str], str]]] = {
    "no list of nodes": ("requirement_nodes", lambda text: text.replace("requirement_nodes:", "nodes:")),
    "a score in words": ("scores_definition", lambda text: text.replace("score: 4", "score: four")),
    "another YAML file": ("no standard in this file", lambda text: "a: 1\n"),
    "no framework": ("no standard in this file", lambda text: "urn: x\nobjects: {threats: []}\n"),
    "broken YAML": ("not valid YAML", lambda text: text + "\n]"),
    "a version in words": ("“two” is not valid", lambda text: text.replace("version: 3", "version: two")),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_no_standard_is_refused_in_clear_words(tmp_path: Path, words: Words, case: str) -> None:
    expected, change = WRONG[case]
    path = tmp_path / LIBRARY.name
    path.write_text(change(LIBRARY.read_text("utf-8")), "utf-8")
    found, problems = read_any_standard(path, path.name)
    assert found is None
    assert any(expected in sentence(problem, words) for problem in problems if problem.serious), problems


def test_a_problem_in_a_library_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    path.write_text(LIBRARY.read_text("utf-8").replace("ref_id: DOOR.2", "ref_id: DOOR.1.a"), "utf-8")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines).replace("weight: 2", "weight: -2"), "utf-8")
    found, problems = read_any_standard(path, "library.yaml")
    assert found is None
    (wrong,) = (problem for problem in problems if problem.serious)
    assert (wrong.column, wrong.row) == (
        "areas.criteria.weight",
        1 + lines.index("    - urn: urn:example:risk:req_node:shop-rules:door.1.a"),
    )


@pytest.mark.parametrize("name", ["x.json", "x.txt"])
def test_a_file_of_no_format_that_is_read_is_told_the_formats(tmp_path: Path, words: Words, name: str) -> None:
    path = tmp_path / name
    path.write_text('{"a": 1}', "utf-8")
    found, problems = read_any_standard(path, name)
    assert found is None
    assert [sentence(problem, words) for problem in problems] == [
        f"{name}: “{path.suffix}” is not a readable format. Expected: .xlsx, .ods, .xls, .xlsb, .yaml."
    ]
