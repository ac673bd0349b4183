"""Does the list of risk areas show each severity and cover, and lead to the risks and the figure?"""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.overview_headline import EXPOSURES, ExposuresRow
from tests.conftest import MakeView
from tests.ui.conftest import OpenPage, told

GRADES = ("minor", "moderate", "serious", "severe")


def listed(found: list[str]) -> list[str]:
    """Return the rows of the list, as HTML."""
    (whole,) = (one for one in found if '<table class="cover">' in one)
    return re.findall(r"<tr title.*?</tr>", whole)


def plain(row: str) -> str:
    """Return what a row shows as text."""
    return unescape(re.sub(r"<[^>]+>", " ", row)).strip()


def links(row: str) -> dict[str, dict[str, list[str]]]:
    """Return the fields of each address a row leads to, by page."""
    found = (urlsplit(unescape(address)) for address in re.findall(r'href="(.*?)"', row))
    return {one.path: parse_qs(one.query) for one in found}


def asked(view_of: MakeView, **chosen: object) -> list[ExposuresRow]:
    view = view_of(**chosen)
    return rows(view.published, EXPOSURES, view.parameters())


def test_each_area_shows_its_severity_and_cover_and_leads_to_its_risks_and_figure(
    page: OpenPage, view_of: MakeView
) -> None:
    shown, expected = listed(told(page("overview", {"kind": "support"}))), asked(view_of)
    assert len(shown) == len(expected) > 3
    for html, row in zip(shown, expected, strict=True):
        percent = f"{row['percent']:.0f}"
        assert plain(html).split() == [*row["risk_area_title"].split(), percent, str(row["band_title"]).lower()]
        assert f'alt="Severity: {GRADES[row["severity"] - 1]}"' in html
        assert f'<i style="left: {percent}%; background: #' in html
        assert row["most_severe"] in unescape(html)
        to = links(html)
        assert to["risks"]["risk_area"] == to["number"]["risk_area"] == [row["risk_area"]]
        assert "kind" not in to["number"], "of respect, which an address need not say, whatever the page shows"


def test_an_area_without_a_figure_says_why_and_has_no_dot(page: OpenPage, view_of: MakeView, words: Words) -> None:
    chosen = {"country": ("BOL",), "framework": "crbp", "round": "2023"}
    found = asked(view_of, **chosen)
    shown = listed(told(page("overview", {"framework": "crbp", "round": "2023", "country": "BOL"})))
    without = [(html, row) for html, row in zip(shown, found, strict=True) if row["band"] is None]
    assert without
    for html, row in without:
        assert plain(html).endswith(words(f"exposures.{row['reading']}"))
        assert "<i " not in html
        assert set(links(html)) == {"risks"}


def test_without_ratings_there_is_a_sentence_instead_of_a_list(page: OpenPage, words: Words) -> None:
    found = told(page("overview", {"country": "GROUP"}))
    assert not any("<table" in one for one in found)
    assert any(words("overview.no_ratings") in unescape(one) for one in found)
