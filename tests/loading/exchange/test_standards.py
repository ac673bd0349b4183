"""Do standards come in from CISO Assistant and OSCAL, and go out to them, with everything that is lost counted?"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from dashboard.exports.exchange.ciso_assistant import ciso_assistant_library
from dashboard.exports.exchange.oscal_catalog import oscal_catalog
from dashboard.loading.exchange.standard import read_any_standard
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.standard.exchange import said, unsaid
from dashboard.model.standard.framework import Framework, Numbers
from dashboard.model.standard.lost import lost
from dashboard.model.standard.shared import Translation
from dashboard.model.standard.standard import Standard
from dashboard.model.words import Words
from tests.conftest import most
from tests.standards import shipped, standards

HERE = Path(__file__).parent
LIBRARY, CATALOG = HERE / "library.yaml", HERE / "catalog.json"


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


def written(standard: Standard, folder: Path, suffix: str) -> Path:
    content = ciso_assistant_library(standard) if suffix == ".yaml" else oscal_catalog(standard, date(2026, 1, 2))
    path = folder / f"written{suffix}"
    path.write_bytes(content)
    return path


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
    assert read(written(standard, tmp_path, ".yaml"))[0].framework.numbers == standard.framework.numbers


def edited(values: Any, folder: Path) -> Path:
    path = folder / "edited.yaml"
    path.write_text(yaml.safe_dump(values, sort_keys=False), "utf-8")
    return path


def test_groups_of_a_catalog_become_areas_and_controls_criteria() -> None:
    standard, problems = read(CATALOG)
    framework = standard.framework
    assert (framework.framework, framework.year, framework.version) == ("rules-for-shops", 2024, "2.1")
    assert framework.publisher == "Example institute"
    assert criteria(framework) == {
        "door.2": "door", "door.1.a": "door", "door.1.a.1": "door", "all.1": "rules-for-shops-all",
    }  # fmt: skip
    texts = {one.criterion: one.text for area in framework.areas for one in area.criteria}
    assert texts["door.1.a"] == "A child alone: Staff act within [number of minutes]: 1. they ask; 2. they call."
    assert texts["door.1.a.1"] == "At night too"
    assert (framework.areas[0].code, framework.areas[0].text) == ("D", "Who comes in.")
    assert left(problems) == {
        "catalog.back-matter", "groups.groups", "controls.parts.guidance", "controls.props", "withdrawn controls",
    }  # fmt: skip
    assert {*counted(problems, "assumed")} == {"scale", "address", "licence_note"}


@pytest.mark.parametrize("name", ["crbp", "toy"])
def test_a_catalog_holds_all_of_a_standard(tmp_path: Path, name: str) -> None:
    standard = shipped(name)
    back, problems = read(written(standard, tmp_path, ".json"))
    assert back == standard
    assert lost(standard, back) == {}
    assert problems == []


@given(standards())
@settings(max_examples=most(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_catalog_holds_all_of_any_standard(tmp_path: Path, standard: Standard) -> None:
    assert read(written(standard, tmp_path, ".json"))[0] == standard


def test_a_library_holds_what_it_can_of_a_standard_and_the_rest_is_counted(tmp_path: Path) -> None:
    standard = shipped("toy")
    back, _ = read(written(standard, tmp_path, ".yaml"))
    assert criteria(back.framework) == criteria(standard.framework)
    # Their codes too: answers that were given keep their meaning.
    assert back.framework.scale == standard.framework.scale
    assert [c.text for a in back.framework.areas for c in a.criteria] == [
        c.text for a in standard.framework.areas for c in a.criteria
    ]
    # Weights 3, 0.5, … become whole numbers in the same proportion.
    assert proportions(back) == pytest.approx(proportions(standard))
    gone = lost(standard, back)
    assert gone["criteria.gap"] == 1
    assert {"criteria.rights", "criteria.risk_areas", "bands"} <= {*gone}
    assert not {"scale", "criteria.text", "criteria.kind", "criteria.evidence_hint", "areas.title", "criteria"} & {
        *gone
    }


def test_a_library_keeps_the_answers_beside_the_scores_and_their_translations(tmp_path: Path) -> None:
    standard = shipped("toy")
    beside = next(one.status for one in standard.framework.scale if one.counts_as == "not_applicable")
    code = f"status/{standard.framework.framework}/{beside}"
    spoken = Translation(schema_version=1, language="fr", texts={code: {"title": "Sans objet"}})
    back, problems = read(written(replace(standard, translations=(spoken,)), tmp_path, ".yaml"))
    assert back.translations == (spoken,)
    assert not [problem for problem in problems if problem.kind == "left_behind"]


@pytest.mark.parametrize("value", [[{"ref_id": "na", "name": "x", "counts_as": "maybe"}], [{"name": "x"}], "na"])
def test_answers_beside_the_scores_that_are_no_answers_are_refused(tmp_path: Path, value: Any) -> None:
    values = yaml.safe_load(LIBRARY.read_text("utf-8"))
    values["objects"]["framework"]["beside_scores"] = value
    standard, problems = read_any_standard(edited(values, tmp_path), "edited.yaml")
    assert standard is None
    assert any(problem.weight is Weight.FILE for problem in problems)


def proportions(standard: Standard) -> list[float]:
    weights = [criterion.weight for area in standard.framework.areas for criterion in area.criteria]
    return [weight / sum(weights) for weight in weights]


def test_a_library_has_the_keys_that_the_format_requires(tmp_path: Path) -> None:
    library = yaml.safe_load(written(shipped("toy"), tmp_path, ".yaml").read_text("utf-8"))
    assert {"urn", "locale", "ref_id", "name", "description", "copyright", "version", "provider", "packager"} <= {
        *library
    }
    nodes = library["objects"]["framework"]["requirement_nodes"]
    urns = [node["urn"] for node in nodes]
    assert len({*urns}) == len(urns)
    assert all(urn == urn.lower() for urn in urns)
    assert {node["parent_urn"] for node in nodes if node["assessable"]} <= {*urns}
    assert {type(node.get("weight", 1)) for node in nodes} == {type(library["version"])} == {int}


def test_other_programs_find_titles_statements_and_valid_ids_in_a_catalog(tmp_path: Path) -> None:
    values = json.loads(written(shipped("toy"), tmp_path, ".json").read_text("utf-8"))["catalog"]
    assert (values["metadata"]["title"], values["metadata"]["last-modified"]) == (
        "A standard for toys", "2026-01-02T00:00:00Z",
    )  # fmt: skip
    (control, *_) = values["groups"][0]["controls"]
    assert control["parts"][0] == {"id": "T1.a_smt", "name": "statement", "prose": "No toy is sharp."}
    assert all("\n" not in prop["value"] for prop in [*values["metadata"]["props"], *control["props"]])


@pytest.mark.parametrize(
    "value", ["plain", "1.0", "true", " spaced ", "two\nlines", "", 1, 0.5, True, ["a", "b"], {"k": 1}]
)
def test_every_value_comes_back_from_a_property(value: object) -> None:
    assert unsaid(said(value)) == value
    assert said(value) == said(value).strip()
    assert "\n" not in said(value)


WRONG: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "no list of nodes": (
        "library.yaml",
        "requirement_nodes",
        lambda text: text.replace("requirement_nodes:", "nodes:"),
    ),
    "a score in words": ("library.yaml", "scores_definition", lambda text: text.replace("score: 4", "score: four")),
    "another YAML file": ("library.yaml", "no standard in this file", lambda text: "a: 1\n"),
    "no framework": ("library.yaml", "no standard in this file", lambda text: "urn: x\nobjects: {threats: []}\n"),
    "broken YAML": ("library.yaml", "not valid YAML", lambda text: text + "\n]"),
    "broken JSON": ("catalog.json", "not valid JSON", lambda text: text[:-3]),
    "another JSON file": ("catalog.json", "no standard in this file", lambda text: "[1]"),
    "a control without an id": ("catalog.json", "controls.id", lambda text: text.replace('"id": "all.1", ', "")),
    "a version in words": ("catalog.json", "“two” is not valid", lambda text: text.replace('"2.1"', '"two"')),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_no_standard_is_refused_in_clear_words(tmp_path: Path, words: Words, case: str) -> None:
    name, expected, change = WRONG[case]
    path = tmp_path / name
    path.write_text(change((HERE / name).read_text("utf-8")), "utf-8")
    found, problems = read_any_standard(path, name)
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
