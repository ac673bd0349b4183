"""Do the Overview's figures show their band, bounds, target, basis and history?"""

import re
from base64 import b64decode
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.look import BAND_INK, BANDS
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.overview_headline import HEADLINE, HEADLINE_ROUNDS
from dashboard.ui.html import as_html
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, finding, tells, told


def cards(app: AppTest) -> list[str]:
    """Return the texts on the cards of respect and of support."""
    return [one for one in told(app) if re.search(r"<h2>(Respect|Support) (?!by )", one)]


def test_a_figure_has_its_band_on_the_bands_colour_its_low_bound_its_target_and_its_meaning(page: OpenPage) -> None:
    respect, support = cards(page("overview"))
    badge = f'<span style="color:{BAND_INK[2]};background:{BANDS[2]}">\u00a0established\u00a0</span>'
    assert f"<h2>Respect 59 <small>{badge}</small></h2>" in respect
    assert "Expected of every business" in respect
    assert re.search(r"At least 52 · ○ Target 70: on track on 30 May 2025 \(\d+ expected today\)", respect)
    assert "Encouraged beyond that" in support
    assert "Target" not in support


def test_the_line_over_the_rounds_says_every_figure_in_its_text(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    over_rounds = [row for row in rows(view.published, HEADLINE_ROUNDS, view.parameters()) if row["kind"] == "respect"]
    now = next(row for row in rows(view.published, HEADLINE, view.parameters()) if row["kind"] == "respect")
    assert over_rounds[-1]["mean"] == now["mean"]
    assert over_rounds[-1]["n_critical_failed"] == now["n_critical_failed"]
    respect, _ = cards(page("overview"))
    text, picture = re.search(r'<img alt="(.*?)" src="data:image/svg\+xml;base64,(.*?)"', respect).groups()  # type: ignore[union-attr]
    assert text == "By round. " + "; ".join(f"{r['round_title']}: {r['mean']:.0f}" for r in over_rounds) + "."
    drawn = re.findall(r'fill="#24323A">(\d+)<', b64decode(picture).decode())
    assert drawn == [f"{row['mean']:.0f}" for row in over_rounds]


@pytest.mark.parametrize(("country", "dotted"), [("BOL", True), ("", False)])
def test_what_a_dotted_line_means_is_said_where_there_is_one(
    country: str, dotted: bool, page: OpenPage, words: Words
) -> None:
    """In the previous round, Bolivia answered too little on this principle for a figure."""
    app = page("overview", {"framework": "crbp", "round": "2025", "country": country, "principle": "CRBP-02"})
    respect, _ = cards(app)
    assert (as_html(words("time_axis.dotted")) in respect) == dotted


def test_the_first_round_of_a_standard_has_no_line_and_nothing_to_compare_with(page: OpenPage) -> None:
    app = page("overview", {"framework": "crbp", "round": "2023"})
    assert not any("<img" in card for card in cards(app))
    assert any(said("overview.first_round").search(one) for one in told(app))


@pytest.mark.parametrize(
    ("chosen", "says", "stand"),
    [
        ({"country": "GHA"}, "overview.in_short_one", "overview.stand_one"),
        ({"country": "COD"}, "overview.in_short_one", "overview.too_few"),
        ({"country": "GHA,COL"}, "overview.in_short", "overview.stand"),
        ({}, "overview.in_short_of", "overview.stand_some"),
    ],
)
def test_a_figure_of_one_country_is_called_no_mean(
    chosen: dict[str, str], says: str, stand: str, page: OpenPage
) -> None:
    app = page("overview", {"framework": "crbp", "round": "2025", **chosen})
    assert said(stand).match(finding(app))
    rests_on = [line for card in cards(app) for line in re.findall(r"<small>([^<]*% answered)</small>", card)]
    assert len(rests_on) == 2
    assert all(said(says).fullmatch(line) for line in rests_on), rests_on


def test_what_changed_since_the_previous_round_names_what_it_is_measured_on(page: OpenPage) -> None:
    (changed,) = (one for one in told(page("overview")) if "<h2>What changed since Round 2024</h2>" in one)
    assert re.search(r"Respect <b>\+\d+</b> like for like, on \d+ matched answers", changed)
    assert re.search(r"critical failures <b>\d+ → \d+</b>", changed)
    assert 'href="changes?framework=crbp&amp;round=2025"' in changed


def test_every_mark_of_the_charts_has_its_legend_on_the_page(page: OpenPage) -> None:
    app = page("overview")
    legends = "".join(body for body in (html.proto.body for html in app.get("html")) if '<div class="legend">' in body)
    for key in ("mean of the countries", "lowest to highest", "n= answers", "a critical criterion failed", "reached"):
        assert key in legends, key
    assert all(f"fill='{colour}'" in unquote(legends) for colour in BANDS)
    assert all(f"> {grade}" in legends for grade in ("minor", "moderate", "serious", "severe")), (
        "each behind its square"
    )


def test_one_answer_has_a_number_and_no_band(page: OpenPage) -> None:
    app = page("overview", {"framework": "crbp", "round": "2025", "country": "TCD", "principle": "CRBP-01"})
    assert finding(app).startswith("Respect: 50 of 100, from too few answers for a band.")
    respect, _ = cards(app)
    assert "<h2>Respect 50</h2>" in respect


def test_the_calculation_of_one_answer_names_no_band(page: OpenPage) -> None:
    app = page("number", {"framework": "crbp", "round": "2025", "country": "TCD", "principle": "CRBP-01"})
    assert tells(app, "number.few", figure="0 of 1 in place, 1 partly", below=3)
