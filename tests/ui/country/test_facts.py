"""Does a country that joins show the facts that others publish about it, and which are not recorded?"""

from datetime import date
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.queries.ask import rows
from dashboard.queries.risks_settings import CONTEXT
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from tests.conftest import MakeView
from tests.loading.test_published_facts import IN_ONE_CELL, WORLD_BANK
from tests.tasks.test_command import call
from tests.ui.conftest import OpenPage, nothing_failed, tells

COUNTRIES = "country,title,region\nKEN,Kenya,Africa\n"
OPERATIONS = "operation,country,title,kind,frameworks,first_round\nken-op,KEN,Savandina Kenya,operation,crbp,2025\n"


def joined(store: Path, folder: Path, writer: Writer, today: date, **tables: str) -> None:
    """Publish an operation in a country that joins, and what `dashboard facts` makes of the files that are given."""
    paths = [folder / "countries.csv", folder / "operations.csv"]
    for path, text in zip(paths, (COUNTRIES, OPERATIONS), strict=True):
        path.write_text(text)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    if tables:
        sources = [part for name in tables for part in ("--from", folder / f"{name}.csv")]
        facts = folder / "context.csv"
        assert call("facts", "KEN", *sources, "--to", facts, "--store", store).exit_code == 0
        paths.append(facts)
    assert not publish(Load(store, paths, writer, today)).problems


def cards(app: AppTest) -> list[str]:
    nothing_failed(app)
    (block,) = [html.proto.body for html in app.get("html") if 'class="facts"' in html.proto.body]
    return [unescape(card) for card in block.split("<div ")[2:]]


def test_a_country_that_joins_has_every_fact_of_the_group_marked_as_missing(
    own: Path, tmp_path: Path, writer: Writer, today: date, page: OpenPage, view_of: MakeView
) -> None:
    titles = [row["title"] for row in rows(view_of().published, CONTEXT, view_of().parameters(operation="tcd-op"))]
    joined(own, tmp_path, writer, today)
    app = page("country/facts", {"operation": "ken-op"})
    assert cards(app) == []
    assert tells(app, "country.not_recorded", titles=", ".join(sorted(titles, key=str.lower)))


def test_facts_of_both_publishers_are_shown_with_their_parts(
    own: Path, tmp_path: Path, writer: Writer, today: date, page: OpenPage
) -> None:
    joined(own, tmp_path, writer, today, registered=IN_ONE_CELL, rural=WORLD_BANK)
    births, electricity = sorted(cards(page("country/facts", {"operation": "ken-op"})), key=lambda card: "elec" in card)
    assert "<b>86.5 % of age group</b>" in births
    assert "<span>80.1 to 85.9 by group: 85.9 female, 80.1 under 12 months old</span>" in births
    assert "<small>UNICEF, 2022</small>" in births
    assert "<b>62.25 % of population</b>" in electricity
    assert "<span>No figure for everyone: 62.25 rural</span>" in electricity, (
        "no figure for everyone, and nothing says that there is one"
    )


def test_a_part_is_never_taken_for_the_whole(own: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    joined(own, tmp_path, writer, today, registered=IN_ONE_CELL, rural=WORLD_BANK)
    published = Reader(own).current()
    assert published is not None
    with published.cursor() as cursor:
        kept = cursor.sql("SELECT indicator, value FROM figure WHERE country = 'KEN'").fetchall()
        assert kept == [("birth_registration", "86.5")]
        assert cursor.sql("SELECT count(*) FROM context WHERE sex = 'female' OR residence = 'rural'").fetchall() == [
            (2,)
        ]


def test_parts_of_another_publisher_or_year_are_not_those_of_the_whole(
    own: Path, tmp_path: Path, writer: Writer, today: date, page: OpenPage
) -> None:
    joined(own, tmp_path, writer, today, registered=IN_ONE_CELL)
    (tmp_path / "others.csv").write_text(
        "country,indicator,year,sex,value,publisher,dataset,licence\n"
        "KEN,birth_registration,2022,male,12,Ministry,Count,free\n"
        "KEN,birth_registration,2020,male,13,UNICEF,Count,free\n"
    )
    assert not publish(Load(own, [tmp_path / "others.csv"], writer, today)).problems
    (births,) = cards(page("country/facts", {"operation": "ken-op"}))
    assert "80.1 to 85.9 by group: 85.9 female, 80.1 under 12 months old" in births


def test_a_part_that_is_published_again_replaces_only_itself(
    own: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    joined(own, tmp_path, writer, today, registered=IN_ONE_CELL)
    again = tmp_path / "again.csv"
    again.write_text(
        "country,indicator,year,sex,value,publisher,dataset,licence\n"
        "KEN,birth_registration,2022,female,12,UNICEF,Again,to_verify\n"
    )
    assert not publish(Load(own, [again], writer, today)).problems
    published = Reader(own).current()
    assert published is not None
    with published.cursor() as cursor:
        found = cursor.sql(
            "SELECT sex, age, value FROM context WHERE indicator = 'birth_registration' "
            "AND country_no = (SELECT country_no FROM country WHERE country = 'KEN') ORDER BY value"
        ).fetchall()
    assert found == [("female", None, "12"), (None, "Under 12 months old", "80.1"), (None, None, "86.5")]
