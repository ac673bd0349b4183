"""Does the Overview name what needs a decision, with owner and date, and lead to the action in one step?"""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from dashboard.queries.ask import rows
from dashboard.queries.overview_decisions import DECISIONS
from dashboard.ui.escape import escaped_rows
from dashboard.ui.overview_decisions import FIRST, finding_of
from tests.conftest import MakeView
from tests.ui.conftest import OpenPage, finding, tells, texts, told


def first(app: AppTest) -> list[str]:
    """Return what the page shows at once, one text per decision."""
    (block,) = (one for one in told(app) if "<ol>" in one)
    return re.findall("<li>(.*?)</li>", block)


def test_the_gravest_eight_are_findings_with_gaps_owner_date_and_a_way_to_act(page: OpenPage) -> None:
    app = page("overview")
    shown = first(app)
    assert len(shown) == FIRST
    n = int(re.search(r"(\d+) matters need", finding(app))[1])  # type: ignore[index]
    assert (
        f"8 of {n} matters, those with severe gaps first. 21 actions are overdue, all standards together."
        in unescape("".join(told(app)))
    )
    (abuse,) = (text for text in shown if "zero tolerance" in text)
    assert abuse.startswith("<b>Not in place: zero tolerance for abuse by staff, and safe sites</b>")
    assert "Chad, DR Congo, Senegal · CRBP · <b>6 severe gaps</b> (4 risks)<" in abuse
    assert "Head of human resources, overdue since 15 Oct 2025 (earliest of 2 operations) · " in abuse
    assert "<b>No action in 1 of 3 operations</b>" in abuse
    start, does = '<a href="plan?framework=crbp&round=2025&', r"\">(<[^>]*>)?Plan\san\saction<"
    assert re.search(re.escape(f"{start}criterion=CRBP-04.a&part=actions&show_as=form") + does, unescape(abuse))
    (area,) = (text for text in shown if "Sexual abuse material and exploitation</b>" in text)
    assert area.startswith("<b>Severe risk not shown to be addressed: ")
    assert "Senegal · <b>1 severe gap</b> (1 risk) · 1 not answered · first: " in area
    (security,) = (text for text in shown if "security contracts" in text)
    assert "in 2 of 4 operations it failed earlier and has not been answered since" in security


def test_all_of_them_stand_one_click_away_and_a_severe_risk_has_no_owner(page: OpenPage) -> None:
    app = page("overview")
    n = int(re.search(r"(\d+) matters need", finding(app))[1])  # type: ignore[index]
    app.session_state["all_decisions"] = True
    app.run()
    assert len(re.findall(r"^- \*\*", "\n".join(texts(app)), re.MULTILINE)) == n > FIRST
    assert tells(app, "overview.no_action"), "the sample plants a severe risk that nobody answers for"


def test_a_matter_names_only_countries_that_have_it(view_of: MakeView) -> None:
    """The country's own page says the same: it has a severe gap, or the criterion failed there."""
    view = view_of()
    found = escaped_rows(view.published, DECISIONS, view.parameters())
    names = {row["title"]: code for (name, code), row in view.options.items() if name == "country"}
    n = 0
    for row in found:
        for title in row["countries"]:
            own = view_of(country=(names[title],))
            there = rows(own.published, DECISIONS, own.parameters())
            (same,) = [one for one in there if (one["kind"], one["subject"]) == (row["kind"], row["subject"])]
            assert f":small[{title}" in finding_of(own, same)
            n += 1
    assert n


def test_of_many_countries_the_first_are_named_and_the_others_counted(view_of: MakeView) -> None:
    view = view_of()
    found = escaped_rows(view.published, DECISIONS, view.parameters())
    row = next(row for row in found if row["kind"] == "critical")
    row["countries"] = [f"Country {n:03}" for n in range(80)]
    row["n"] = len(row["countries"])
    said_there = finding_of(view, row)
    assert ":small[80 countries, among them Country 000, Country 001, Country 002 · CRBP · " in said_there
    assert "Country 003" not in said_there


def test_a_criterion_whose_standard_names_no_gap_is_quoted(view_of: MakeView) -> None:
    view = view_of()
    found = escaped_rows(view.published, DECISIONS, view.parameters())
    row = next(row for row in found if row["subject"] == "CRBP-04.a")
    text = finding_of(view, {**row, "gap": None})
    assert text.startswith("**Not in place: “The company has zero tolerance for staff who harm ")
    assert text.split("**")[1].endswith("…”")


def test_where_every_country_acts_the_action_that_is_due_first_is_opened(view_of: MakeView) -> None:
    view = view_of()
    found = escaped_rows(view.published, DECISIONS, view.parameters())
    row = next(row for row in found if row["subject"] == "CRBP-04.a")
    assert row["action"]
    assert f"action={row['action']}" not in finding_of(view, row), "one country has none"
    assert f"action={row['action']})" in finding_of(view, {**row, "n_acted": row["n"]})


def test_where_nothing_waits_the_overview_says_so(page: OpenPage) -> None:
    app = page("overview", {"country": "GROUP", "principle": "CRBP-07", "risk_area": "RA05"})
    assert tells(app, "overview.no_decisions")
    assert any("<h2>What needs a decision</h2>" in one for one in told(app))
