"""Does Country say which critical criteria failed, also those that have had no answer since?"""

import pytest

from dashboard.model.words import Words
from tests.ui.conftest import OpenPage, cells, finding, keys, nothing_failed, texts


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("cod-op", "One critical criterion has failed. One more failed when last answered and has no answer now."),
        ("col-op", None),
    ],
)
def test_the_sentence_counts_failures_and_those_that_fell_silent(
    operation: str, said: str | None, page: OpenPage
) -> None:
    app = page("country", {"operation": operation})
    nothing_failed(app)
    assert finding(app).endswith(said) if said else "failed when last answered" not in finding(app)


def test_an_answer_has_the_mark_of_its_failure_and_a_critical_criterion_has_none(page: OpenPage, words: Words) -> None:
    app = page("country", {"operation": "gtm-op", "part": "answers", "principle": "CRBP-08"})
    nothing_failed(app)
    shown = "\n".join(cells(app))
    assert words("failures.before", round="Round 2023") in shown
    assert "(critical)" in shown
    assert "▼ critical" not in shown


def test_the_heat_map_has_a_hollow_triangle_in_its_key(page: OpenPage, words: Words) -> None:
    assert any(words("failures.key") in key for key in keys(page("heatmap", {"framework": "crbp"})))
    assert not any(
        words("failures.key") in key for key in keys(page("heatmap", {"framework": "crbp", "country": "COL"}))
    )


def test_a_country_without_answers_in_which_something_failed_before_stays_in_the_heat_map(page: OpenPage) -> None:
    app = page("heatmap", {"framework": "crbp", "principle": "CRBP-08"})
    nothing_failed(app)
    silent = next(text for text in texts(app) if "and was not answered" in text)
    assert "DR Congo" not in silent
    assert "Paraguay" in silent
