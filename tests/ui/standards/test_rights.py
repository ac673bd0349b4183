"""Does *By right* show what is rated beside the scores, what a right conflicts with, and what countries lack?"""

import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.pages import CROSSWALK
from dashboard.model.words import Words
from dashboard.queries.ask import ask, rows
from dashboard.queries.risks_list import RISK_LIST
from dashboard.queries.standards_rights import RIGHT_GAPS, RIGHTS, RISK_RIGHTS
from dashboard.ui.elements.folds import FIRST
from dashboard.ui.html import as_html
from dashboard.ui.standards.one_right import RISK_TENSIONS, TENSIONS
from dashboard.ui.standards.rights import rights_rows
from dashboard.ui.view import View
from tests.conftest import MakeView, said
from tests.ui.clicking import choose_row, click_mark
from tests.ui.conftest import OpenPage, finding, nothing_failed, texts, told

FOLD = re.compile(r'<details class="fold"><summary>(.*?)</summary>(.*?)</details>')


def folds(app: AppTest) -> list[tuple[str, str]]:
    """Return the title and the HTML of everything that is folded away."""
    return [found for one in told(app) for found in FOLD.findall(one)]


def test_a_right_names_every_right_it_can_conflict_with(page: OpenPage, view_of: MakeView, words: Words) -> None:
    view = view_of()
    expected = rows(view.published, TENSIONS, view.parameters(focus="privacy"))
    found = dict(folds(page("crosswalk/each_right", {"by": "right", "focus": "privacy"})))
    assert len(expected) > 2
    for row in expected:
        title = words("rights.tension", title=row["title"], one=row["one_title"], other=row["other_title"])
        body = unescape(found[as_html(title)])
        assert row["text"] in body
        assert row["question"] in body
        assert all(code in body for code in row["criteria"])


def test_each_of_the_lowest_countries_lists_what_it_lacks(page: OpenPage, view_of: MakeView, words: Words) -> None:
    view = view_of()
    gaps = rows(view.published, RIGHT_GAPS, view.parameters(focus="privacy"))
    found = folds(page("crosswalk/each_right", {"by": "right", "focus": "privacy"}))
    lacking = [one for one in found if said("rights.lacking.other").fullmatch(unescape(one[0]))]
    countries = list(dict.fromkeys((row["framework"], row["country_title"]) for row in gaps))
    assert len(countries) > 3
    for place, country in enumerate(countries):
        own = [row for row in gaps if (row["framework"], row["country_title"]) == country]
        title, body = lacking[place]
        assert title == as_html(words.count("rights.lacking", len(own), title=country[1], percent=own[0]["percent"]))
        assert [row["criterion"] for row in own] == re.findall(r"<small>(?:<span[^>]*>)?([^<]+)<", body)


def cell(view: View, right: str, column: str) -> dict[str, Any]:
    """Return one cell of the picture."""
    told: list[dict[str, Any]] = rights_rows(view, ask(view.published, "rights", view.parameters())).to_pylist()
    (found,) = [row for row in told if (row["row_code"], row["column_code"]) == (right, column)]
    return found


def test_beside_the_scores_of_a_right_stand_its_risks_gaps_and_opportunities(view_of: MakeView) -> None:
    view = view_of(country=("GHA", "TCD"))
    for row in rows(view.published, RISK_RIGHTS, view.parameters()):
        risks, gaps, openings = (cell(view, row["theme"], name) for name in ("risks", "gaps", "openings"))
        assert (risks["grade"], openings["grade"]) == (row["severity"], row["need"])
        assert risks["shown"] == (f"{row['n_severe']} of {row['n_risks']}" if row["n_risks"] else "none")
        assert gaps["shown"] == str(row["n_severe_gaps"])
        assert openings["shown"] == (str(row["n_openings"]) if row["n_openings"] else "none")


@pytest.mark.parametrize("chosen", [{"kind": "support"}, {"principle": ("CRBP-05",)}])
def test_cover_stands_beside_them_where_it_is_not_the_score_of_the_standard(
    chosen: dict[str, Any], view_of: MakeView
) -> None:
    """Whatever is chosen, cover is that of all respect criteria of the standard in view."""
    whole = rights_rows(view_of(), ask(view_of().published, "rights", view_of().parameters())).to_pylist()
    assert not [row for row in whole if row["column_code"] == "cover"]
    score = cell(view_of(), "privacy", "crbp")
    assert cell(view_of(**chosen), "privacy", "cover")["percent"] == score["percent"]
    assert cell(view_of(**chosen), "privacy", "crbp")["percent"] != score["percent"]


def test_the_finding_counts_the_rights_with_a_severe_gap(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    found = rows(view.published, RISK_RIGHTS, view.parameters())
    first = max(found, key=lambda row: row["n_severe"])
    text = finding(page("crosswalk/each_right"))
    assert said("most.on_right.other", titles=first["title"], n=first["n_severe"]).search(text)
    gaps = sum(row["n_severe_gaps"] > 0 for row in found)
    assert text.endswith(view.words.count("rights.with_gap", gaps, of=len(found)))


def test_where_nothing_was_rated_the_finding_says_so(page: OpenPage) -> None:
    app = page("crosswalk/each_right", {"country": "GROUP"})
    nothing_failed(app)
    assert said("risks.nothing").search(finding(app))


def test_a_click_on_risks_lists_those_of_the_right(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(right=("privacy",))
    expected = rows(view.published, RISK_LIST, view.parameters())
    app = click_mark(page("crosswalk/each_right"), "rights_chart", {"row_code": "privacy", "column_code": "gaps"})
    (menu,) = app.get("dialog")
    listed = " ".join(one.value for one in menu.markdown)
    assert all(row["text"] in listed for row in expected[:FIRST])
    assert dict(app.query_params)["focus"] in ("privacy", ["privacy"]), "its right is put in words below"


def test_a_row_of_the_table_does_what_a_click_on_its_mark_does(page: OpenPage) -> None:
    app = choose_row(page("crosswalk/each_right"), "rights_chart", 1)
    by_click = page("crosswalk/each_right")
    click_mark(by_click, "rights_chart", {"row_code": "protection", "column_code": "cop-2014"})
    (menu,), (clicked,) = app.get("dialog"), by_click.get("dialog")
    assert [one.value for one in menu.markdown] == [one.value for one in clicked.markdown]
    assert "COP 2014" in menu.markdown[0].value


def test_a_principle_says_how_many_risks_it_cannot_keep_where_risks_are_shown(page: OpenPage) -> None:
    outside = re.compile(r"\d+ rated risks? ")
    chosen = {"principle": "CRBP-05"}
    said_there = [any(outside.search(text) for text in texts(page(f"crosswalk/{part}", chosen))) for part in CROSSWALK]
    assert dict(zip(CROSSWALK, said_there, strict=True)) == {"areas": False, "each_right": True}


def test_risks_rated_on_both_sides_of_a_conflict_are_said(page: OpenPage, view_of: MakeView, words: Words) -> None:
    view = view_of()
    rated = {row["title"] for row in rows(view.published, RISK_TENSIONS, view.parameters())}
    every = rows(view.published, TENSIONS, view.parameters(focus=""))
    found = dict(folds(page("crosswalk/each_right", {"by": "right", "focus": "privacy"})))
    for row in every:
        title = as_html(words("rights.tension", title=row["title"], one=row["one_title"], other=row["other_title"]))
        own = "privacy" in (row["one"], row["other"])
        assert (title in found) == (own or row["title"] in rated)
        assert title not in found or (words("rights.both_rated") in found[title]) == (row["title"] in rated)


@pytest.mark.parametrize(
    ("more", "key"),
    [({}, "rights.absent"), ({"risk_area": "RA02,RA05,RA09,RA12"}, "rights.absent_filtered")],
)
def test_a_right_that_the_filters_leave_without_a_criterion_is_not_called_a_gap_in_the_standard(
    more: dict[str, str], key: str, page: OpenPage, view_of: MakeView
) -> None:
    chosen = {"framework": "crbp", "round": "2025"}
    app = page("crosswalk/each_right", {**chosen, **more})
    view = view_of(**chosen, **{name: tuple(codes.split(",")) for name, codes in more.items()})
    absent = [
        row["row_title"]
        for row in rows(view.published, RIGHTS, view.parameters())
        if row["column_code"] == "crbp" and not row["n_criteria"]
    ]
    says = [text for text in texts(app) if said(key, framework="CRBP").search(text)]
    assert bool(says) == bool(absent)
    assert not more or "Identity" in " ".join(says)
    other = {"rights.absent", "rights.absent_filtered"} - {key}
    assert not any(said(one, framework="CRBP").search(text) for text in texts(app) for one in other)
