"""Does the heat map show every cell, in the chosen order, and explain every mark?"""

import re
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.heatmap import HEADING
from dashboard.model.known_codes import ORDERS
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.compare.changes import CHANGES
from dashboard.queries.country_operation import OPERATION_READING
from dashboard.ui.elements.legend import target_keys
from tests.conftest import ROOT, MakeView, said
from tests.ui.conftest import OpenPage, choose, finding, nothing_failed, tells, texts

WHOLE = {"framework": "crbp", "round": "2025"}


def drawn(app: AppTest) -> list[dict[str, Any]]:
    """Return the rows from which the chart is drawn."""
    (chart,) = app.get("vega_lite_chart")
    with pa.ipc.open_stream(
        chart.proto.datasets[0].data.data if chart.proto.datasets else chart.proto.data.data
    ) as read:
        found: list[dict[str, Any]] = read.read_all().to_pylist()
        return found


def names(app: AppTest) -> list[str]:
    """Return the row names, top to bottom."""
    return [name for _, name in sorted({(row["down_position"], row["down"]) for row in drawn(app)})]


def test_an_order_is_chosen_on_the_page_and_travels_in_its_address(page: OpenPage) -> None:
    app = page("heatmap", WHOLE)
    assert [name for name in names(app) if name.startswith(HEADING)] == [
        f"{HEADING}{name}" for name in ("Africa", "Latin America", "Head office")
    ]
    choose(app, sort="figure")
    nothing_failed(app)
    assert app.query_params["sort"] in ("figure", ["figure"])
    assert names(app)[0] == "Colombia"
    assert names(page("heatmap", WHOLE | {"sort": "figure"})) == names(app)
    assert "sort" not in page("heatmap", WHOLE | {"sort": "region"}).query_params


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_shows_everybody(order: str, page: OpenPage) -> None:
    app = page("heatmap", WHOLE | {"sort": order})
    nothing_failed(app)
    assert len([name for name in names(app) if not name.startswith(HEADING)]) >= 10
    told = [other for other in ("coverage", "change") if tells(app, f"heatmap.sorted_{other}")]
    assert told == [other for other in ("coverage", "change") if other == order]


def test_beside_a_country_stands_what_it_is_ordered_by(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(**WHOLE)
    moved = rows(view.published, CHANGES, view.parameters(earlier="2024"))
    points = sorted((row["change"] or 0 for row in moved if row["enters"]), reverse=True)
    assert len(points) == sum(row["enough"] for row in moved if row["country"] != "GROUP") - 1, "one is not covered"
    found = [re.match(r"([+-]\d+) · ", name) for name in names(page("heatmap", WHOLE | {"sort": "change"}))]
    assert [int(one[1]) for one in found if one][: len(points)] == points
    coverage = [int(name.split(" %")[0]) for name in names(page("heatmap", WHOLE | {"sort": "coverage"}))[:-1]]
    assert coverage == sorted(coverage, reverse=True)
    assert coverage[0] > coverage[-1]


def test_without_an_earlier_round_the_order_by_change_is_that_of_the_group(page: OpenPage) -> None:
    app = page("heatmap", {"framework": "crbp", "round": "2023", "sort": "change"})
    nothing_failed(app)
    assert not any(re.match(r"[+-]\d", name) for name in names(app))
    assert tells(app, "heatmap.no_change")
    assert not tells(app, "heatmap.sorted_change")


@pytest.mark.parametrize(("chosen", "told"), [("", "Round 2024"), ("2023", "Round 2023"), ("2025", "Round 2024")])
def test_the_round_that_change_is_measured_from_is_named(chosen: str, told: str, page: OpenPage, words: Words) -> None:
    app = page("heatmap", WHOLE | {"sort": "change", "earlier": chosen})
    assert [text for text in texts(app) if words("heatmap.sorted_change", round=told) in text]


@pytest.mark.parametrize("kind", ["respect", "support"])
def test_the_figure_of_everything_is_that_of_the_country_page(kind: str, page: OpenPage, view_of: MakeView) -> None:
    wholes = {
        row["country"]: row
        for row in drawn(page("heatmap", WHOLE | {"kind": kind}))
        if row["area"] == "" and row["country"] not in (None, "GROUP")
    }
    assert len(wholes) >= 10
    for country, row in wholes.items():
        view = view_of(**WHOLE, kind=kind, country=(country,), operation=f"{country.lower()}-op")
        (own,) = [
            one
            for one in rows(view.published, OPERATION_READING, view.parameters())
            if (one["round"], one["kind"]) == ("2025", kind)
        ]
        assert {name: own[name] for name in ("reading", "percent", "low", "high", "n_answered")} == {
            name: row[name] for name in ("reading", "percent", "low", "high", "n_answered")
        }


def test_one_principle_alone_needs_no_figure_of_everything(page: OpenPage) -> None:
    assert {row["area"] for row in drawn(page("heatmap", WHOLE | {"principle": "CRBP-05"})) if row["country"]} == {
        "CRBP-05"
    }


def test_the_finding_names_figures_that_are_in_the_picture(page: OpenPage) -> None:
    app = page("heatmap", WHOLE | {"country": "TCD,COL,GHA,SEN"})
    told = re.search(r"Highest: (\w+) \((\d+)\). Lowest: (\w+) \((\d+)\)", finding(app))
    assert told, finding(app)
    percent = {row["country_title"]: row["percent"] for row in drawn(app) if row["area"] == ""}
    assert (percent[told[1]], percent[told[3]]) == (float(told[2]), float(told[4]))


def test_who_owes_every_answer_is_folded_away_and_named_there(page: OpenPage, words: Words) -> None:
    """Under these filters one has not answered, one does not know, and the head office is not asked."""
    app = page("heatmap", WHOLE | {"risk_area": "RA01", "kind": "support"})
    (folded,) = [one for one in app.expander if one.label == words.count("heatmap.silent", 1)]
    assert folded.markdown[0].value == f"- {words.count('heatmap.silent_one', 1, title='DR Congo')}"
    shown = {row["country_title"]: row["reading"] for row in drawn(app) if row["area"] == ""}
    assert (shown["Rwanda"], shown["Head office"]) == ("not_known", "not_covered")
    assert "DR Congo" not in shown


def test_every_mark_of_the_picture_is_explained_and_no_other(page: OpenPage) -> None:
    (legend,) = [text for text in texts(page("heatmap", WHOLE)) if "Early" in text]
    assert all(
        word in legend for word in ("Embedded", "answers missing", "a critical criterion failed", "target: on track")
    )
    assert "head office" not in legend
    (other,) = [text for text in texts(page("heatmap", {"framework": "cop-2020", "round": "2025"})) if "Early" in text]
    assert "target" not in other


def test_every_sign_that_a_cell_could_have_no_room_to_say_in_words_is_explained(page: OpenPage, words: Words) -> None:
    """On any screen: only the browser knows how wide its columns are."""
    app = page("heatmap", WHOLE | {"risk_area": "RA01", "kind": "support"})
    (legend,) = [text for text in texts(app) if "Early" in text]
    meant = {"·": "unanswered", "?": "not_known", "n/a": "not_applicable", "–": "not_covered"}
    readings = {row["reading"] for row in drawn(app)}
    assert {"not_known", "not_covered"} <= readings
    told = {sign: f"{sign} {words(f'reading.{meaning}')}" in legend for sign, meaning in meant.items()}
    assert told == {sign: meaning in readings for sign, meaning in meant.items()}


def test_the_table_has_the_figure_of_everything(page: OpenPage) -> None:
    app = page("heatmap", WHOLE)
    app.toggle(key="heatmap_chart_table").set_value(True).run()
    table = app.dataframe[0].value
    everything = table[table.iloc[:, 1] == "All principles"]
    assert len(everything) == len({row["country"] for row in drawn(app) if row["country"]})
    assert not table.iloc[:, 0].isna().any(), "names of regions are no rows of it"


def test_signs_that_a_wide_screen_says_in_words_are_explained_on_a_narrow_one_alone(
    page: OpenPage, words: Words
) -> None:
    (legend,) = [element.proto.body for element in page("heatmap", WHOLE).get("html") if "Early" in element.proto.body]
    shorts = re.findall(r"<span class=short>(.) ([^<]*)</span>", legend)
    assert ("·", words("reading.unanswered")) in shorts
    assert not any("critical" in text or "Early" in text for _, text in shorts)
    assert ".short" in (ROOT / "src/child_rights_dashboard/page/page.css").read_text("utf-8")


def test_a_sign_of_targets_that_has_two_meanings_stands_once(view_of: MakeView) -> None:
    found = pa.table({"target_status": ["starts", "no_figure", "reached", None]})
    said = [meaning for _, meaning in target_keys(view_of(), found)]
    assert said == ["target: reached", "target: starts here, no figure yet"]


def test_figures_that_are_all_alike_lie_at_one_and_not_between_two(page: OpenPage) -> None:
    found = finding(page("heatmap", {"principle": "CRBP-01"}))
    assert "3 of 9 are at 100" in found
    assert "between 100" not in found


def test_a_country_is_not_called_lowest_beside_one_without_a_score_that_may_be_lower(page: OpenPage) -> None:
    title = finding(page("heatmap", {"framework": "crbp", "round": "2025"}))
    assert "Lowest score: 28, but DR Congo may be lower (too few answers)." in title
    assert "Lowest: Chad (28)" in finding(
        page("heatmap", {"framework": "crbp", "round": "2025", "country": "TCD,GHA,COL,SEN"})
    )
    assert not said("heatmap.too_few").search(title), "it names DR Congo already"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"country": "TCD,GHA,COL"}, "heatmap.comparable"),
        ({"risk_area": "RA02,RA09,RA12,RA05"}, "heatmap.few_in_common"),
    ],
)
def test_countries_are_called_comparable_only_with_answers_in_common(
    more: dict[str, str], key: str, page: OpenPage
) -> None:
    app = page("heatmap", {"framework": "crbp", "round": "2025", **more})
    assert tells(app, key)
    assert tells(app, "heatmap.comparable") == (key == "heatmap.comparable")


def test_the_page_says_that_all_criteria_are_shown(page: OpenPage) -> None:
    app = page("heatmap", {"framework": "crbp", "common": "yes", "principle": "CRBP-08"})
    nothing_failed(app)
    assert any("answered by all, too few to keep to: all criteria are shown" in text for text in texts(app))
