"""Does *By right* say what a right conflicts with, and what countries lack, each opened by a click?"""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.ui.marked import as_html
from tests.conftest import MakeView
from tests.ui.conftest import OpenPage, told

FOLD = re.compile(r'<details class="fold"><summary>(.*?)</summary>(.*?)</details>')


def folds(app: AppTest) -> list[tuple[str, str]]:
    """Return the title and the HTML of everything that is folded away."""
    return [found for one in told(app) for found in FOLD.findall(one)]


def test_a_right_names_every_right_it_can_conflict_with(page: OpenPage, view_of: MakeView, words: Words) -> None:
    view = view_of()
    expected = rows(view.published, "tensions", view.parameters(focus="privacy"))
    found = dict(folds(page("crosswalk/each_right", {"by": "right", "focus": "privacy"})))
    assert len(expected) > 2
    for row in expected:
        other = row["other_title"] if row["one"] == "privacy" else row["one_title"]
        body = unescape(found[as_html(words("rights.tension", title=row["title"], other=other))])
        assert row["text"] in body
        assert row["question"] in body
        assert all(code in body for code in row["criteria"])


def test_each_of_the_lowest_countries_lists_what_it_lacks(page: OpenPage, view_of: MakeView, words: Words) -> None:
    view = view_of()
    gaps = rows(view.published, "right_gaps", view.parameters(focus="privacy"))
    found = folds(page("crosswalk/each_right", {"by": "right", "focus": "privacy"}))
    countries = list(dict.fromkeys((row["framework"], row["country_title"]) for row in gaps))
    assert len(countries) > 3
    for place, country in enumerate(countries):
        own = [row for row in gaps if (row["framework"], row["country_title"]) == country]
        title, body = found[len(found) - len(countries) + place]
        assert title == as_html(words("rights.lacking", title=country[1], percent=own[0]["percent"], n=len(own)))
        assert [row["criterion"] for row in own] == re.findall(r"<li>[^<]*<b>(.*?)</b>", body)
