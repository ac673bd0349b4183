"""Do the bands and scale of a standard of one's own fit each other? Each way in which they do not has a sentence."""

import shutil
from pathlib import Path

import pytest

from dashboard.loading.frameworks import read_library
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import sentence

FILE = "frameworks/toy/framework.yaml"
HALF = ("title: Mostly, value: 0.75", "title: Mostly, value: 0.5")
ONE_BAND = ("  - {band: high, title: High, starts_at: 60}\n", "")
FALLING = ("{band: low, title: Low, starts_at: 0}", "{band: low, title: Low, starts_at: 70}")
THREE = (
    "  - {band: high, title: High, starts_at: 60}\n",
    "  - {band: middle, title: Middle, starts_at: 20}\n  - {band: high, title: High, starts_at: 80}\n",
)


def told(folder: Path, *changes: tuple[str, str]) -> list[str]:
    """The sentences on the toy standard with these changes of its text."""
    file = folder / FILE
    text = file.read_text("utf-8")
    for was, becomes in changes:
        assert was in text
        text = text.replace(was, becomes)
    file.write_text(text, "utf-8")
    return [sentence(problem, read_words()) for problem in read_library([folder / "frameworks"])[1]]


@pytest.fixture
def toy(tiny: Path, tmp_path: Path) -> Path:
    shutil.copytree(tiny / "frameworks", tmp_path / "frameworks")
    return tmp_path


def high(line: int, value: str, expected: str) -> str:
    return (
        f"{FILE}, row {line}, starts_at: A single answer worth half or less already reaches the upper half of the "
        f"bands: {value}. To be sure that all partly in place is not enough, let the band begin higher. "
        f"{expected} would do."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((), []),
        ((HALF,), []),
        ((HALF, ("starts_at: 60", "starts_at: 51")), []),
        ((HALF, ("starts_at: 60", "starts_at: 50")), [high(23, "Mostly (0.5) = 50, High", "High: 51")]),
        ((("starts_at: 60", "starts_at: 25"),), [high(23, "Somewhat (0.25) = 25, High", "High: 26")]),
        ((THREE,), [high(23, "Somewhat (0.25) = 25, Middle", "Middle: 26")]),
        (
            (("value: 0.75", "value: 0.495"), ("starts_at: 60", "starts_at: 50")),
            [high(23, "Mostly (0.495) = 50, High", "High: 51")],
        ),
    ],
    ids=("as it is", "half", "half below the edge", "half at the edge", "a quarter", "of three bands", "rounded up"),
)
def test_an_answer_worth_half_or_less_should_not_reach_the_upper_half(
    toy: Path, changes: tuple[tuple[str, str], ...], said: list[str]
) -> None:
    assert told(toy, *changes) == said


def test_the_other_way_round_counts_too(toy: Path) -> None:
    """On a criterion that asks for something bad, the answer worth 0.75 is worth 0.25."""
    turned = ("      - criterion: T1.b\n", "      - criterion: T1.b\n        reversed: true\n")
    weak = ("title: Somewhat, value: 0.25", "title: Somewhat, value: 0.1")
    found = told(toy, turned, weak, ("starts_at: 60", "starts_at: 20"))
    assert found == [high(23, "Mostly (0.25) = 25, High", "High: 26")]


def test_a_scale_without_a_zero_is_noted(toy: Path) -> None:
    (said,) = told(toy, ('title: "No", value: 0}', 'title: "No", value: 0.1}'))
    assert said == (
        f"{FILE}, row 14, scale: No answer of this scale is worth 0 (the least is 0.1), so nothing on it can count as "
        "not in place, and no critical criterion can fail."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ONE_BAND, "“[0]” is not valid here. Expected: two bands or more: one alone says nothing."),
        (FALLING, "“[70, 60]” is not valid here. Expected: 0, then rising."),
    ],
    ids=("one band", "not in order"),
)
def test_bands_that_cannot_be_are_refused(toy: Path, change: tuple[str, str], said: str) -> None:
    assert told(toy, change) == [f"{FILE}, row 21, bands: {said}"]
