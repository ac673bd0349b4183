"""Is a risk judged by what its own operation answers, in words? Compared with a slow reading of the files."""

from dataclasses import replace

import pytest

from dashboard.figures.gaps import JUDGED, Judgements, judgements
from dashboard.figures.imagined import answers_of, cube_of
from dashboard.figures.ratings import cards
from dashboard.figures.selection import Asked, wording_of
from dashboard.model.known_codes import SEVERE
from dashboard.queries import ask
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView
from tests.figures.slow_gaps import Files


def asked_of(view: View) -> Asked:
    """A question of a view, as `ask` puts it."""
    given, published = view.parameters(), view.published
    counting = str(given["counting"])
    return Asked(
        cube_of(published, counting),
        cube_of(published, counting),
        given,
        wording_of(published, "en"),
        lambda beside, **more: ask.ask(published, beside, {**given, **more}),
        lambda: answers_of(published),
    )


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(ROOT / "data", ROOT / "frameworks")


def words_of(asked: Asked, found: Judgements) -> dict[tuple[str, str], str]:
    """By operation and risk, what it is judged to be."""
    codes, operations = cards(asked).codes, asked.cube.operations
    return {
        (operations[operation], codes[impact]): JUDGED[judged]
        for operation, impact, judged in zip(
            found.operation.tolist(), found.impact.tolist(), found.judged.tolist(), strict=True
        )
    }


@pytest.mark.parametrize("round_", ["2023", "2024", "2025"])
def test_every_rating_of_the_sample_is_judged_as_a_slow_reading_judges_it(
    round_: str, view_of: MakeView, files: Files
) -> None:
    asked = asked_of(view_of(round=round_))
    found = judgements(asked)
    assert words_of(asked, found) == files.judged(round_)
    severity = files.severity(round_)
    own = words_of(asked, found.take(found.severity == SEVERE))
    assert own.keys() == {key for key, grade in severity.items() if grade == SEVERE}


@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_the_standard_in_view_and_the_filters_of_criteria_make_no_difference(framework: str, view_of: MakeView) -> None:
    usual, other = asked_of(view_of(round="2025")), asked_of(view_of(round="2025", framework=framework))
    assert words_of(other, judgements(other)) == words_of(usual, judgements(usual))
    narrow = replace(other, given={**other.given, "criteria": (), "areas": ()})
    assert words_of(narrow, judgements(narrow)) == words_of(usual, judgements(usual))
