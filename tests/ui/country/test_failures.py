"""Does every page that shows a failure also show one that has had no answer since, and explain it only there?"""

import pytest

from dashboard.model.plan import Assumption, Scenario, codes_of
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.standards_rights import RIGHTS
from tests.conftest import MakeView
from tests.ui.conftest import OpenPage, cells, finding, keys, nothing_failed, texts


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (
            "cod-op",
            "CRBP has failed, 2 in all standards. One more failed when last answered and has no answer now.",
        ),
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


# What fell silent in DR Congo is in principle 8, where nothing else failed; in Colombia nothing fell silent.
FELL = {"framework": "crbp", "country": "COD"}


@pytest.mark.parametrize("page_of", ["frameworks", "whatif", "crosswalk", "each_right"])
@pytest.mark.parametrize(("country", "drawn"), [("COD", True), ("COL", False)])
def test_a_hollow_triangle_is_explained_where_it_is_drawn(
    page_of: str, country: str, drawn: bool, page: OpenPage
) -> None:
    chosen = FELL | {"country": country} | ({"part": page_of} if page_of == "each_right" else {})
    chosen |= {"against": "cop-2020"} if page_of == "crosswalk" else {}
    if page_of == "whatif":
        scenario = Scenario("Girls", "2025", (Assumption("GHA", "CRBP-03", "implemented"),))
        chosen |= {"round": "2025", "imagined": ",".join(codes_of(scenario))}
    app = page("crosswalk" if page_of == "each_right" else page_of, chosen)
    nothing_failed(app)
    assert any("no answer now" in key for key in keys(app)) == drawn
    if page_of in ("frameworks", "whatif"):
        assert any("▽" in text for text in [*cells(app), *(one.label for one in app.expander)]) == drawn


def test_one_question_says_in_which_round_a_criterion_failed_that_has_no_answer_now(
    page: OpenPage, words: Words
) -> None:
    app = page("review", {"framework": "crbp", "criterion": "CRBP-08.a"})
    nothing_failed(app)
    shown = cells(app)
    assert sum(words("failures.before", round="Round 2024") in cell for cell in shown) == 1
    assert sum(words("failures.now") in cell for cell in shown) == 2


def test_one_right_counts_failures_that_fell_silent(page: OpenPage, words: Words, view_of: MakeView) -> None:
    view = view_of(framework="crbp", country=("COD",))
    cells_ = rows(view.published, RIGHTS, view.parameters())
    right = next(row for row in cells_ if row["column_code"] == "crbp" and row["n_failed_before"])
    shown = texts(page("crosswalk", FELL | {"part": "each_right", "right": right["row_code"]}))
    assert any(words.count("rights.failed_before", 1) in text for text in shown)
