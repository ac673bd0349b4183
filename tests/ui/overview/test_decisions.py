"""Does the Overview name what needs a decision, with owner and date, and lead to the action in one step?"""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from dashboard.queries.overview.rows import DecisionsRow
from dashboard.ui.escape import escaped_rows
from dashboard.ui.overview.decisions import FIRST, finding_of
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, finding, tells, texts, told


def first(app: AppTest) -> list[str]:
    """Return what the page shows at once, one text per decision."""
    (block,) = (one for one in told(app) if "<ol>" in one)
    return re.findall("<li>(.*?)</li>", block)


def test_the_first_five_are_findings_of_every_kind_with_owner_date_and_a_way_to_act(page: OpenPage) -> None:
    shown = first(page("overview"))
    assert len(shown) == FIRST
    kinds = [next(k for k in ("gap", "critical", "overdue") if said(f"overview.found_{k}").match(t[3:])) for t in shown]
    assert kinds == sorted(kinds, key=("gap", "critical", "overdue").index)
    assert set(kinds) == {"gap", "critical", "overdue"}
    (abuse,) = (text for text in shown if "zero tolerance" in text)
    assert abuse.startswith("<b>Not in place in 3 countries: zero tolerance for abuse by staff, and safe sites</b>")
    assert (
        "<small>Chad, DR Congo, Senegal · "
        "Head of human resources, overdue since 15 Oct 2025 (earliest of 2 countries) · " in abuse
    )
    assert "<b>No action in 1 of 3 countries</b>" in abuse
    start, does = '<a href="plan?framework=crbp&round=2025&', r"\">(<[^>]*>)?Plan\san\saction<"
    assert re.search(re.escape(f"{start}criterion=CRBP-04.a&part=actions&show_as=form") + does, unescape(abuse))
    assert re.search(re.escape(f"{start}part=actions&show_as=form&impact=IMP-") + r"[\w-]+" + does, unescape(shown[0]))
    assert re.search(re.escape(f"{start}part=actions&action=A-") + r".*>Open\sthe\saction<", unescape(shown[-1]))


def test_all_of_them_stand_one_click_away_and_a_severe_risk_has_no_owner(page: OpenPage) -> None:
    app = page("overview")
    n = int(re.search(r"(\d+) items need", finding(app))[1])  # type: ignore[index]
    app.session_state["all_decisions"] = True
    app.run()
    assert len(re.findall(r"^- \*\*", "\n".join(texts(app)), re.MULTILINE)) == n > FIRST
    assert tells(app, "overview.no_action"), "the sample plants a severe risk that nobody answers for"


def test_a_severe_risk_is_said_of_all_and_the_countries_only_of_its_rating(view_of: MakeView) -> None:
    view = view_of()
    found: list[DecisionsRow] = escaped_rows(view.published, "decisions", view.parameters())
    gaps = [row for row in found if row["kind"] == "gap"]
    for row in gaps:
        _, finding, below = finding_of(view, row).split("**", 2)
        assert not any(country in finding for country in row["countries"])
        named = view.words.some("countries", row["countries"])
        assert f":small[{view.words('overview.rated_severe', countries=named)} · " in below
    assert gaps


def test_of_many_countries_the_first_are_named_and_the_others_counted(view_of: MakeView) -> None:
    view = view_of()
    found: list[DecisionsRow] = escaped_rows(view.published, "decisions", view.parameters())
    row = next(row for row in found if row["kind"] == "critical")
    row["countries"] = [f"Country {n:03}" for n in range(80)]
    row["n"] = len(row["countries"])
    said_there = finding_of(view, row)
    assert "in 80 countries" in said_there
    assert "Among them Country 000, Country 001, Country 002 ·" in said_there
    assert "Country 003" not in said_there


def test_a_criterion_whose_standard_names_no_gap_is_quoted(view_of: MakeView) -> None:
    view = view_of()
    found: list[DecisionsRow] = escaped_rows(view.published, "decisions", view.parameters())
    row = next(row for row in found if row["subject"] == "CRBP-04.a")
    text = finding_of(view, {**row, "gap": None})
    assert text.startswith("**Not in place in 3 countries: “The company has zero tolerance for staff who harm ")
    assert text.split("**")[1].endswith("…”")


def test_where_every_country_acts_the_action_that_is_due_first_is_opened(view_of: MakeView) -> None:
    view = view_of()
    found: list[DecisionsRow] = escaped_rows(view.published, "decisions", view.parameters())
    row = next(row for row in found if row["subject"] == "CRBP-04.a")
    assert row["action"]
    assert f"action={row['action']}" not in finding_of(view, row), "one country has none"
    assert f"action={row['action']})" in finding_of(view, {**row, "n_acted": row["n"]})


def test_where_nothing_waits_the_overview_says_so(page: OpenPage) -> None:
    app = page("overview", {"country": "GROUP", "principle": "CRBP-07", "risk_area": "RA05"})
    assert tells(app, "overview.no_decisions")
    assert any("<h2>What needs a decision</h2>" in one for one in told(app))
