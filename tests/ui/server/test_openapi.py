"""Does the description of the addresses for other tools hold, by the official schema and by what they answer?"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dashboard.exports.figures_file import FORMATS
from dashboard.model.pages import PAGES
from dashboard.tasks.figure_tables import WITH_FIGURES
from tests.ui.server.test_figures import EVERY, EVERYTHING, got

OFFICIAL = Path(__file__).parent / "openapi-3.1.json"
"""The schema of OpenAPI 3.1 as its authors publish it (spec.openapis.org, Apache License 2.0)."""
KINDS = {"text": "string", "whole": "integer", "number": "number", "flag": "boolean", "date": "string", "list": "array"}


@pytest.fixture(scope="module")
def described(sample_store: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DASHBOARD_STORE", str(sample_store))
        answer = got("openapi.json")
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.text)
    return found


def errors(schema: Mapping[str, Any], value: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(schema).iter_errors(value)]


def test_it_is_valid_by_the_official_schema(described: dict[str, Any]) -> None:
    official = json.loads(OFFICIAL.read_text("utf-8"))
    assert errors(official, described) == []
    assert errors(official, {**described, "paths": {"heatmap": {}}})


def test_it_lists_every_page_table_and_format(described: dict[str, Any]) -> None:
    assert [*described["paths"]] == [f"/{page}" for page in WITH_FIGURES]
    for page in WITH_FIGURES:
        operation = described["paths"][f"/{page}"]["get"]
        by_name = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}
        assert by_name["table"]["enum"] == [*PAGES[page].tables]
        assert by_name["format"]["enum"] == [*FORMATS]
        assert {*json.loads(got("").text)["parameters"]} <= {*by_name}


@pytest.mark.parametrize(("page", "table"), EVERY)
def test_each_address_gives_what_is_described(page: str, table: str, described: dict[str, Any]) -> None:
    answer = got(page, {**EVERYTHING, "table": table})
    found = json.loads(answer.text)
    of_page = described["paths"][f"/{page}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert {"$ref": f"#/components/schemas/{table}"} in of_page["anyOf"]
    assert errors({"$ref": f"#/components/schemas/{table}", **described}, found) == []
    properties = described["components"]["schemas"][f"{table}_row"]["properties"]
    assert [*properties] == [column["name"] for column in found["columns"]]
    for column in found["columns"]:
        told = properties[column["name"]]
        assert (told["type"], told["description"], told["x-unit"], told.get("format")) == (
            [KINDS[column["type"]], "null"],
            column["meaning"],
            column["unit"],
            "date" if column["type"] == "date" else None,
        )


def test_nothing_is_described_before_anything_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    assert got("openapi.json").status == 503
