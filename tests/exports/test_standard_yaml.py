"""Is the YAML that is written easy to read, and does it read back to the same values?"""

import pytest
import yaml
from hypothesis import given, settings

from dashboard.exports.yaml_text import standard_yaml
from dashboard.model.framework import Area, Framework
from dashboard.model.standard_files import Standard
from tests.conftest import most
from tests.standards import SHIPPED, shipped, standards


def said_again(standard: Standard) -> None:
    for value in standard.files().values():
        assert type(value).model_validate(yaml.safe_load(standard_yaml(value))) == value


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHIPPED)
def test_a_standard_of_ours_says_the_same_again(name: str) -> None:
    said_again(shipped(name))


@given(standards())
@settings(max_examples=most(100))
def test_any_standard_says_the_same_again(standard: Standard) -> None:
    said_again(standard)


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHIPPED)
def test_no_line_is_longer_than_those_that_ship(name: str) -> None:
    text = standard_yaml(shipped(name).framework)
    assert max(map(len, text.splitlines())) <= 136
    assert "\\" not in text


@pytest.mark.thorough
def test_it_is_written_as_a_person_would() -> None:
    text = standard_yaml(shipped("crbp").framework)
    assert text.startswith("schema_version: 1\nframework: crbp\ntitle: Children's Rights and Business Principles\n")
    for line in (
        'version: "1.7"',
        "licence_note: >-",
        "  - {status: partly, title: Partly implemented, value: 0.5}",
        "  - {band: developing, title: Developing, starts_at: 25}",
        "  - area: CRBP-01",
        "    spheres: [cross_cutting]",
        "      - criterion: CRBP-01.b",
        "        text: >-",
        "        weight: 2",
        "        critical: true",
        "        gap: a commitment to children, with checks and a way to complain",
        "        rights: [CRC-03, CRC-04, CRC-12, CRC-39, OPIC]",
    ):
        assert f"\n{line}\n" in text, line
    assert "\n\nscale:\n" in text
    assert "\n\n  - area: CRBP-02\n" in text
    assert "\n\n      - criterion: CRBP-01.b\n" in text


def test_words_that_yaml_would_take_for_something_else_stand_in_quotes() -> None:
    text = standard_yaml(shipped("toy").framework)
    assert '  - {status: "yes", title: "Yes", value: 1}\n' in text
    assert '    code: "1"\n' in text


@pytest.mark.thorough
def test_keys_stand_in_the_order_of_the_model() -> None:
    framework = yaml.safe_load(standard_yaml(shipped("cop-2020").framework))
    assert list(framework) == [name for name in Framework.model_fields if name in framework]
    for area in framework["areas"]:
        assert list(area) == [name for name in Area.model_fields if name in area]
