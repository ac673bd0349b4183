"""Does the risks page open every part, keep its filters, and say what is empty and why?"""

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import SEVERE
from dashboard.model.pages import PAGES
from dashboard.queries.ask import rows
from dashboard.queries.risks_list import RISK_LIST
from dashboard.store.reader import Published
from dashboard.ui.risks_page import FIRST, PARTS
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, cells, finding, nothing_failed, shown, tables, tells

each_part = pytest.mark.parametrize("part", PAGES["risks"].parts)


def test_every_part_can_be_drawn() -> None:
    assert list(PARTS) == list(PAGES["risks"].parts)


@pytest.mark.thorough
@each_part
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_every_part_opens_in_every_framework(part: str, framework: str, page: OpenPage) -> None:
    app = page("risks", {"part": part, "framework": framework, "operation": "col-op"})
    nothing_failed(app)
    assert shown(app, "part") == part
    assert finding(app)


UNRATED = {
    **dict.fromkeys(("gaps", "settings"), "risks.nothing"),
    "opportunities": "risks.no_openings",
}


@pytest.mark.parametrize("part", UNRATED)
def test_every_part_says_so_where_nothing_was_rated(part: str, page: OpenPage) -> None:
    app = page("risks", {"part": part, "country": "GROUP", "operation": "HQ"})
    nothing_failed(app)
    words = read_words()
    assert words(UNRATED[part], reset=f" {words('filter.reset_clears')}") in finding(app)


def test_the_list_says_severity_cover_and_why_nothing_is_multiplied(page: OpenPage) -> None:
    app = page("risks", {"country": "TCD"})
    told = cells(app)
    assert told[0].startswith("![Severity: severe](data:image/svg+xml,")
    assert any(said("risks.covered_said").search(text) for text in told)
    (legend,) = [body for body in (html.proto.body for html in app.get("html")) if 'class="legend"' in body]
    assert "14 and 24" in legend
    words = read_words()
    assert all(f"> {words(f'grade.severity_{n}')}</span>" in legend for n in range(1, 5))


@pytest.mark.parametrize("country", ["", "TCD"])
def test_how_many_ratings_and_risks_are_severe_is_counted_beside_the_list(
    country: str, page: OpenPage, published: Published
) -> None:
    """Not only of the risks, of which each has the highest of its ratings."""
    with published.cursor() as cursor:
        found = cursor.execute(
            "SELECT impact, greatest(scale, scope, irremediability) FROM risk_rating "
            "JOIN operation USING (operation_no) JOIN country USING (country_no) JOIN round USING (round_no) "
            "WHERE round = '2025' AND found AND ($country = '' OR country = $country)",
            {"country": country},
        ).fetchall()
    severe = [impact for impact, grade in found if grade == SEVERE]
    app = page("risks", {"country": country, "round": "2025"})
    (legend,) = [body for body in (html.proto.body for html in app.get("html")) if 'class="legend"' in body]
    counted = f"Severe: {len(severe)} of {len(found)} ratings, and {len(set(severe))} of {len(dict(found))} risks"
    assert counted in legend
    assert 'href="data?' in legend


def test_a_setting_keeps_every_part_to_it(page: OpenPage) -> None:
    app = page("risks", {"setting": "mobile_money"})
    nothing_failed(app)
    assert app.session_state["setting"] == ["mobile_money"]
    listed = [text for text in cells(app) if " · " in text and text.startswith("![")]
    assert listed
    assert all("Mobile money" in text for text in listed)


def test_doubts_stand_where_the_ratings_are_read(page: OpenPage) -> None:
    app = page("risks", {"country": "GTM"})
    labels = [expander.label for expander in app.expander]
    assert any(said("risks.doubt_residual_above.one").fullmatch(label) for label in labels)
    app = page("country/own_risks", {"operation": "gtm-op"})
    labels = [expander.label for expander in app.expander]
    assert any(said("risks.doubt_residual_above.one").fullmatch(label) for label in labels)


def test_the_severe_gaps_that_the_finding_counts_stand_first(page: OpenPage, view_of: MakeView) -> None:
    app = page("risks")
    risks = rows(view_of().published, RISK_LIST, view_of().parameters())
    gaps = [row["text"] for row in risks if row["n_severe_gaps"]]
    assert gaps
    found = [table for table in tables(app) if "Risk" in table]
    of_gaps, others = (list(table["Risk"]) for table in found[:2])
    assert len(of_gaps) == FIRST < len(gaps)
    assert all(gap in cell for gap, cell in zip(gaps, of_gaps, strict=False))
    assert not any(gap in cell for gap in gaps for cell in others)
    assert tells(app, "risks.gaps")


def test_the_circle_of_what_is_lowered_is_explained_beside_the_picture(page: OpenPage) -> None:
    app = page("country/own_risks")
    assert tells(app, "risks.marks_left")
    assert tells(app, "risks.marks_inherent")
