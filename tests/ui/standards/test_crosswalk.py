"""Does the crosswalk show the scores of both standards, and what became of each criterion between two editions?"""

import re

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.queries.ask import ask, rows
from dashboard.queries.standards_document import STANDARD_AREAS
from dashboard.ui.standards.crosswalk import with_scores
from dashboard.ui.standards.editions import EDITIONS
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, cells, choices, choose, finding, nothing_failed, shown, unfold

BECAME = ("kept", "moved", "in_part", "new", "dropped")
PAIR = {"framework": "cop-2020", "against": "cop-2014"}


def counted(app: AppTest) -> dict[str, int]:
    """Return the numbers in the titles of the lists."""
    words = read_words()
    ways = {name: re.compile(words(f"editions.n_{name}", n=r"(\d+)")) for name in BECAME}
    titles = [one.label for one in app.expander]
    found = {name: [int(of[1]) for title in titles if (of := way.fullmatch(title))] for name, way in ways.items()}
    return {name: sum(numbers) for name, numbers in found.items()}


def test_the_lists_add_up_to_the_headline(page: OpenPage) -> None:
    app = page("crosswalk", PAIR)
    nothing_failed(app)
    said_there = r"(\d+) criteria kept, (\d+) moved, (\d+) continued in part, (\d+) new; (\d+) earlier"
    told = re.search(said_there, finding(app))
    assert told, finding(app)
    assert counted(app) == dict(zip(BECAME, map(int, told.groups()), strict=True))
    assert counted(app)["in_part"]
    assert not counted(app)["dropped"], "nothing is dropped: all continues at least in part"


def test_a_list_has_both_criteria_with_the_answers_of_one_operation(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(**PAIR)
    given = {"earlier_edition": "cop-2014", "later_edition": "cop-2020", "operation": "col-op"}
    found = rows(view.published, EDITIONS, view.parameters(**given))
    app = unfold(page("crosswalk", PAIR | {"operation": "col-op"}))
    nothing_failed(app)
    assert shown(app, "operation") == "col-op"
    assert choices(app, "operation")["col-op"] == "Colombia"
    label = f'<label>{view.words("editions.answers_of")}<select data-field="operation"'
    assert any(label in html.proto.body for html in app.get("html"))
    listed = cells(app)
    for row in found:
        for text, status in ((row["earlier_text"], row["was_title"]), (row["later_text"], row["now_title"])):
            assert not text or any(text in cell for cell in listed)
            assert not status or any(status.lower() in cell.lower() for cell in listed)
    assert cells(unfold(choose(app, operation="tcd-op"))) != listed


def test_filters_that_no_criterion_matches_are_said_and_not_counted_as_zeros(page: OpenPage) -> None:
    app = page("crosswalk", PAIR | {"risk_area": "RA07", "right": "CRC-14"})
    nothing_failed(app)
    assert said("editions.nothing").fullmatch(finding(app))


@pytest.mark.parametrize(
    ("framework", "usual"), [("cop-2014", "cop-2020"), ("cop-2020", "cop-2014"), ("crbp", "cop-2014")]
)
def test_a_standard_is_compared_with_its_other_edition_unless_something_is_chosen(
    framework: str, usual: str, page: OpenPage
) -> None:
    app = page("crosswalk", {"framework": framework})
    assert shown(app, "against") == usual
    assert bool(said("editions.finding").fullmatch(finding(app))) == (framework != "crbp")
    assert not said("editions.finding").search(finding(choose(app, against="risk_area")))


@pytest.mark.parametrize("kind", ["respect", "support"])
def test_both_scores_are_those_of_the_areas_of_each_standard(kind: str, view_of: MakeView) -> None:
    view = view_of(
        framework="crbp", against="cop-2020", kind=kind, country=("GHA", "TCD"), principle=("CRBP-05", "CRBP-06")
    )
    told = with_scores(view, ask(view.published, "crosswalk", view.parameters()), "cop-2020").to_pylist()
    for framework, code, own in (("crbp", "column_code", "row_code"), ("cop-2020", "row_code", "column_code")):
        alone = view_of(framework=framework, kind=kind, country=("GHA", "TCD"))
        scores = {r["area"]: r for r in rows(alone.published, STANDARD_AREAS, alone.parameters()) if r["kind"] == kind}
        shown_there = [row for row in told if row[own] == "" and row["said"]]
        assert shown_there
        for row in shown_there:
            assert [row[name] for name in ("reading", "percent")] == [
                scores[row[code]][name] for name in ("reading", "percent")
            ]
    assert {row["column_code"] for row in told} - {""} == {"CRBP-05", "CRBP-06"}


def test_with_a_lens_there_is_one_standard_and_no_score_beside_it(view_of: MakeView) -> None:
    view = view_of(against="risk_area")
    links = ask(view.published, "crosswalk", view.parameters())
    assert with_scores(view, links, "risk_area").select(links.column_names).equals(links)
    assert isinstance(links, pa.Table)
