"""Does the map match what slow plain Python makes of the same files?"""

import csv
from datetime import date
from pathlib import Path
from random import Random

import pytest

from dashboard.queries.ask import ask, rows
from dashboard.queries.elements.number import NUMBER
from dashboard.queries.risks_list import PLACES
from dashboard.queries.risks_settings import CONTEXT
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.ui.compare.world_map import INDICATORS
from tests.conftest import ROOT, MakeView

DATA = ROOT / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


COUNTRY = {row["operation"]: row["country"] or "GROUP" for row in read("operations.csv")}
LIMIT = {row["indicator"]: int(row["limit_years"]) for row in read("indicators.csv")}


def figures(indicator: str) -> dict[str, tuple[int, str]]:
    """The latest year and value for each country; the gap is that of the latest year with both."""
    by_year: dict[str, dict[str, dict[int, str]]] = {}
    for row in read("context.csv"):
        by_year.setdefault(row["indicator"], {}).setdefault(row["country"], {})[int(row["year"])] = row["value"]
    if indicator == "internet_gender_gap":
        women = by_year["internet_users_female"]
        found = {}
        for country, men in by_year["internet_users_male"].items():
            both = [year for year in men if year in women.get(country, {})]
            if both:
                gap = float(men[max(both)]) - float(women[country][max(both)])
                found[country] = (max(both), str(round(gap, 1)))
        return found
    return {country: (max(years), years[max(years)]) for country, years in by_year.get(indicator, {}).items()}


@pytest.mark.parametrize("round_", ["2023", "2025"])
@pytest.mark.parametrize("country", [(), ("GHA", "BOL")])
def test_severity_on_the_map_is_the_most_severe_of_the_rated_risks(
    round_: str, country: tuple[str, ...], view_of: MakeView
) -> None:
    view = view_of(round=round_, country=country)
    for row in rows(view.published, PLACES, view.parameters()):
        rated = [
            max(int(rating[part]) for part in ("scale", "scope", "irremediability"))
            for rating in read("ratings/risks.csv")
            if rating["round"] == round_
            and COUNTRY[rating["operation"]] == row["country"]
            and rating["found"] != "none"
        ]
        if not rated:
            assert (row["severity"], row["n_rated"], row["most_severe"]) == (None, None, None)
            continue
        assert row["severity"] == max(rated)
        assert (row["n_rated"], row["n_at_severity"]) == (len(rated), rated.count(max(rated)))


def test_a_risk_area_narrows_severity_as_it_does_everywhere(view_of: MakeView) -> None:
    view = view_of()
    whole = {row["country"]: row for row in rows(view.published, PLACES, view.parameters())}
    narrowed = view_of(risk_area=("RA07",))
    found = {row["country"]: row for row in rows(narrowed.published, PLACES, narrowed.parameters())}
    assert found.keys() == whole.keys()
    for country, row in found.items():
        assert (row["n_rated"] or 0) < (whole[country]["n_rated"] or 1)
        assert (row["severity"] or 0) <= (whole[country]["severity"] or 0)


@pytest.mark.thorough
def test_score_and_coverage_on_the_map_are_those_that_are_explained(view_of: MakeView) -> None:
    """Drawn selections, comparing each country's figure with the explanation of the same number."""
    draw = Random(3)
    known = view_of().known
    for _ in range(12):
        framework = draw.choice(known.frameworks())
        view = view_of(
            framework=framework,
            round=draw.choice(known.of("round", framework)),
            kind=draw.choice(("respect", "support")),
            principle=tuple(draw.sample(known.of("principle", framework), draw.randint(0, 2))),
        )
        for row in rows(view.published, PLACES, view.parameters(indicator="electricity")):
            explained = rows(view.published, NUMBER, view.parameters(country=(row["country"],)))
            if not explained:
                assert (row["reading"], row["percent"], row["coverage"]) == ("not_covered", None, None)
                continue
            (number,) = explained
            shown = number["reading"] in ("score", "count")
            assert row["reading"] == number["reading"]
            assert row["percent"] == (number["percent"] if shown else None)
            assert (row["n_answered"], row["n_applicable"]) == (number["n_answered"], number["n_applicable"])
            assert row["coverage"] == (
                pytest.approx(100 * (row["n_answered"] or 0) / row["n_applicable"], abs=0.5 + 1e-6)
                if row["n_applicable"]
                else None
            )
            assert (row["cover"] == "under") == (number["reading"] in ("too_few", "unanswered", "not_known"))
            assert (row["cover"] is None) == (number["reading"] == "not_applicable")


@pytest.mark.parametrize("indicator", sorted(LIMIT))
def test_an_outside_figure_is_the_latest_on_record_and_says_when_it_is_old(indicator: str, view_of: MakeView) -> None:
    view = view_of()
    expected = figures(indicator)
    for row in rows(view.published, PLACES, view.parameters(indicator=indicator)):
        if row["country"] not in expected:
            assert (row["state"], row["value"], row["at"]) == ("not_recorded", None, None)
            continue
        year, value = expected[row["country"]]
        assert (row["year"], row["value"]) == (year, value)
        assert row["state"] == ("old" if view.today.year - year > LIMIT[indicator] else "current")
        assert row["publisher"]
        assert row["dataset"]
        assert row["computed"] == (indicator == "internet_gender_gap")


def test_shades_of_a_figure_run_from_the_lowest_to_the_highest_of_all_countries(view_of: MakeView) -> None:
    everywhere = view_of()
    table = rows(everywhere.published, PLACES, everywhere.parameters(indicator="child_marriage"))
    current = [row["number"] for row in table if row["state"] == "current" and row["number"] is not None]
    for row in table:
        if row["state"] == "current":
            assert row["number"] is not None
            assert row["at"] == pytest.approx((row["number"] - min(current)) / (max(current) - min(current)))
        else:
            assert row["at"] is None
    one = view_of(country=("BOL",))
    (alone,) = rows(one.published, PLACES, one.parameters(indicator="child_marriage"))
    assert alone["at"] == next(row["at"] for row in table if row["country"] == "BOL")


def test_the_list_of_figures_counts_who_has_each_and_knows_numbers_from_words(view_of: MakeView) -> None:
    view = view_of()
    found = {row["indicator"]: row for row in rows(view.published, INDICATORS, view.parameters())}
    assert found.keys() == LIMIT.keys()
    for indicator, row in found.items():
        current = [year for year, _ in figures(indicator).values() if view.today.year - year <= LIMIT[indicator]]
        assert (row["n_countries"], row["n_current"]) == (len(figures(indicator)), len(current))
        assert row["n_of"] == 10
    assert found["child_population"]["numeric"]
    assert found["internet_gender_gap"]["computed"]
    for words in ("opsc_status", "ilo_c182", "crc_year"):
        assert not found[words]["numeric"]


def test_every_wanted_fact_is_in_the_list_and_what_nobody_recorded_says_so(view_of: MakeView) -> None:
    view = view_of(operation="gha-op")
    states = {row["indicator"]: row["state"] for row in rows(view.published, CONTEXT, view.parameters())}
    assert states.keys() == LIMIT.keys()
    assert states["opsc_year"] == "not_recorded", "Ghana had signed and not ratified it"
    assert states["internet_gender_gap"] == "old"
    assert states["child_labour"] == states["ilo_c138"] == states["minimum_working_age"] == "current"


@pytest.mark.thorough
def test_a_difference_takes_the_latest_year_of_both_and_a_published_one_goes_first(
    tiny: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    (tmp_path / "i.csv").write_text(
        "indicator,title,unit,limit_years,difference_of\nboys,Boys,%,5,\ngirls,Girls,%,5,\ngap,Gap,points,5,boys;girls\n"
    )
    (tmp_path / "c.csv").write_text(
        "country,indicator,year,value,publisher,dataset,licence\n"
        "AAA,boys,2020,0.3,Office,Boys,free\nAAA,girls,2020,0.1,Office,Girls,free\nAAA,boys,2024,9,Office,Boys,free\n"
        "AAA,boys,2017,9,Office,Boys,free\nAAA,girls,2017,1,Office,Girls,free\n"
        "BBB,boys,2020,5,Office,Boys,free\nBBB,girls,2020,word,Office,Girls,free\n"
    )
    more = tmp_path / "more.csv"
    more.write_text("country,indicator,year,value,publisher,dataset,licence\nAAA,gap,2020,0.4,Ministry,Gap,free\n")
    store = tmp_path / "store"
    assert not publish(Load(store, [tiny, tmp_path / "i.csv", tmp_path / "c.csv"], writer, today)).problems
    assert figure_of_gap(store) == [("AAA", 2020, "0.2", "Office", "Boys; Girls", True)]
    assert not publish(Load(store, [more], writer, today)).problems
    assert figure_of_gap(store) == [("AAA", 2020, "0.4", "Ministry", "Gap", False)]


def figure_of_gap(store: Path) -> list[tuple[object, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        found: list[tuple[object, ...]] = cursor.sql(
            "SELECT country, year, value, publisher, dataset, computed FROM figure WHERE indicator = 'gap' ORDER BY 1"
        ).fetchall()
    return found


def test_where_nothing_applies_there_is_nothing_to_cover(view_of: MakeView) -> None:
    view = view_of(country=("BOL",), principle=("CRBP-07",))
    (row,) = rows(view.published, PLACES, view.parameters())
    assert (row["reading"], row["n_applicable"]) == ("not_applicable", 0)
    assert (row["cover"], row["coverage"], row["percent"]) == (None, None, None)


def test_nothing_left_has_no_rows(view_of: MakeView) -> None:
    view = view_of()
    assert ask(view.published, "places", view.parameters(country=("nowhere",), indicator="electricity")).num_rows == 0
