"""Is YAML read correctly, are aliases expanded as written, and is an invalid value reported?"""

from pathlib import Path

import pytest
import yaml

from dashboard.loading import yaml_file
from dashboard.loading.yaml_file import Document, parsed
from dashboard.model.problem import Problem


def test_a_value_that_an_alias_repeats_stands_in_both_places() -> None:
    found = parsed("a: &both {x: 1, y: [2, 3]}\nb: *both\nc: {<<: *both, x: 4}\n", "f.yaml")
    assert isinstance(found, Document)
    assert found.values == {"a": {"x": 1, "y": [2, 3]}, "b": {"x": 1, "y": [2, 3]}, "c": {"x": 4, "y": [2, 3]}}
    assert found.line(("b", "y", 1)) == 1


def test_values_count_as_often_as_they_are_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &a [1, 2, 3]\nb: [*a, *a]\n"
    monkeypatch.setattr(yaml_file, "MOST_VALUES", 14)
    assert isinstance(parsed(text, "f.yaml"), Document)
    monkeypatch.setattr(yaml_file, "MOST_VALUES", 12)
    found = parsed(text, "f.yaml")
    assert isinstance(found, Problem)
    assert (found.kind, found.row, found.expected) == ("yaml_repeats", 1, "12")


@pytest.mark.parametrize("value", ["2025-02-31", "2025-01-01 25:00:00"])
def test_a_day_or_time_that_does_not_exist_is_reported(value: str) -> None:
    found = parsed(f"due: {value}\n", "f.yaml")
    assert isinstance(found, Problem)
    assert (found.kind, found.file) == ("yaml", "f.yaml")
    assert found.value


SHIPPED = sorted(
    [*Path("frameworks").rglob("*.yaml"), *Path("src/dashboard/words").glob("*.yaml")],
    key=lambda path: path.stat().st_size,
)
"""The smallest first."""
WRONG = ("a: *zzz\n", "a: 1\nb: [\n", "- a\nb: 1\n", "a: 'x\n", "a: \x00b\n", "[" * 5000 + "]" * 5000)


@pytest.mark.parametrize("files", [SHIPPED[:3], pytest.param(SHIPPED, marks=pytest.mark.thorough)], ids=["few", "all"])
def test_the_parser_in_c_reads_what_pyyamls_own_reads(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert files
    assert yaml_file.FAST is yaml.CSafeLoader
    texts = [*(path.read_text("utf-8") for path in files), *WRONG]
    fast = [parsed(text, "f.yaml") for text in texts]
    assert [isinstance(found, Document) for found in fast] == [True] * len(files) + [False] * len(WRONG)
    monkeypatch.setattr(yaml_file, "FAST", yaml.SafeLoader)
    assert [parsed(text, "f.yaml") for text in texts] == fast
