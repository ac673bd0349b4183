"""Do the tables of risks and opportunities say what was rated, in order of gravity? Checked against slow code."""

import csv
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from dashboard.loading.frameworks import read_library
from dashboard.model.shared_lists import Impact
from dashboard.store.history import publication_path
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import ROOT

GRADES = ("scale", "scope", "irremediability", "likelihood")
LEFT = ("residual_severity", "residual_likelihood", "residual_basis")
TAIL = ("confidence", "basis", "rated_by_role", "rated_on")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def impacts() -> dict[str, Impact]:
    library, _ = read_library([ROOT / "frameworks"])
    return {impact.impact: impact for impact in library.impacts.impacts}


@pytest.fixture(scope="module")
def risks() -> list[Row]:
    return rows(ROOT / "data/ratings/risks.csv")


@pytest.fixture(scope="module")
def chances() -> list[Row]:
    return rows(ROOT / "data/ratings/opportunities.csv")


def gravity(row: Row) -> tuple[int, Fraction, int]:
    """The highest of three, then their mean, then likelihood: the order of a list of risks."""
    three = [int(row[name]) for name in GRADES[:3]]
    return max(three), Fraction(sum(three), 3), int(row["likelihood"])


@pytest.mark.thorough
def test_exposure_is_one_row_a_rated_risk_with_all_that_was_said(
    sample: duckdb.DuckDBPyConnection, risks: list[Row], impacts: dict[str, Impact]
) -> None:
    expected = {
        (row["round"], row["operation"], row["impact"]): (
            impacts[row["impact"]].risk_area,
            impacts[row["impact"]].setting,
            gravity(row)[0],
            round(float(gravity(row)[1]), 9),
            *(int(row[name]) for name in GRADES),
            *(row[name] or None for name in TAIL),
            *(row[name] or None for name in LEFT),
        )
        for row in risks
        if row["found"] == "yes"
    }
    found = sample.sql("""
        SELECT round, operation, impact, risk_area, setting, severity, round(second_key, 9), scale, scope,
            irremediability, likelihood, confidence, basis, rated_by_role, CAST(rated_on AS VARCHAR),
            CAST(residual_severity AS VARCHAR), CAST(residual_likelihood AS VARCHAR), residual_basis
        FROM exposure
    """).fetchall()
    assert len(found) == len(expected)
    assert {row[:3]: row[3:] for row in found} == expected


def test_opening_is_one_row_a_rated_opportunity(sample: duckdb.DuckDBPyConnection, chances: list[Row]) -> None:
    names = ("round", "operation", "impact", "reach", "need", "feasibility", *TAIL)
    expected = Counter(tuple(row[name] for name in names) for row in chances if row["found"] == "yes")
    found = sample.sql("""
        SELECT round, operation, impact, CAST(reach AS VARCHAR), CAST(need AS VARCHAR), CAST(feasibility AS VARCHAR),
            confidence, basis, rated_by_role, CAST(rated_on AS VARCHAR)
        FROM opening
    """).fetchall()
    assert Counter(found) == expected


def test_the_rights_of_an_exposure_are_articles_and_their_common_names(sample: duckdb.DuckDBPyConnection) -> None:
    ((found,),) = sample.sql("SELECT rights FROM impact_card WHERE impact = 'IMP-data-RA03-r1'").fetchall()
    assert {"CRC-16", "CRC-36", "privacy", "protection"} <= set(found)
    both = "(SELECT impact, rights FROM exposure UNION ALL SELECT impact, rights FROM opening)"
    unlike = f"SELECT 1 FROM {both} AS e JOIN impact_card AS i USING (impact) WHERE e.rights <> i.rights"  # noqa: S608
    assert sample.sql(unlike).fetchall() == []


def test_an_impact_card_names_the_opportunities_that_lessen_it(
    sample: duckdb.DuckDBPyConnection, impacts: dict[str, Impact]
) -> None:
    expected = {code: sorted(other.impact for other in impacts.values() if code in other.touches) for code in impacts}
    found = sample.sql("SELECT impact, touched_by FROM impact_card").fetchall()
    assert dict(found) == expected
    assert any(expected.values())


@pytest.mark.thorough
def test_not_rated_and_none_found_are_two_things(
    sample: duckdb.DuckDBPyConnection, risks: list[Row], chances: list[Row], impacts: dict[str, Impact]
) -> None:
    library, _ = read_library([ROOT / "frameworks"])
    asks = {item.setting: set(item.services) for item in library.settings.settings}
    said = {(row["round"], row["operation"], row["impact"]): row["found"] for row in (*risks, *chances)}
    word = {"yes": "rated", "none": "none_found", None: "not_rated"}
    expected = {
        (period["round"], operation["operation"], code): word[said.get((period["round"], operation["operation"], code))]
        for period in rows(ROOT / "data/rounds.csv")
        for operation in rows(ROOT / "data/operations.csv")
        for code, impact in impacts.items()
        if operation["kind"] == "operation" and period["round"] >= operation["first_round"]
        if not asks[impact.setting] or asks[impact.setting] & set(operation["services"].split(";"))
    }
    found = sample.sql("SELECT round, operation, impact, state FROM impact_state").fetchall()
    assert len(found) == len(expected)
    assert {row[:3]: row[3] for row in found} == expected
    assert set(expected.values()) == set(word.values())


HEAD = "round,operation,impact,found,scale,scope,irremediability,likelihood,basis"


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory, tiny: Path, writer: Writer, today: date
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Row]]]:
    """Every way to grade one risk, by 256 operations of the toy group, in a drawn order."""
    folder = tmp_path_factory.mktemp("drawn")
    grades = [f"{a},{b},{c},{d}" for a in "1234" for b in "1234" for c in "1234" for d in "1234"]
    random.Random(7).shuffle(grades)
    names = [f"o{number:03}-op" for number in range(len(grades))]
    shops = "".join(f"{name},AAA,{name},operation,shop\n" for name in names)
    (folder / "operations.csv").write_text(f"operation,country,title,kind,services\n{shops}", "utf-8")
    rated = "".join(f"R2,{name},TOY-I1,,{four},Seen.\n" for name, four in zip(names, grades, strict=True))
    (folder / "risks.csv").write_text(f"{HEAD}\n{rated}R1,a-op,TOY-I1,none,,,,,Looked in every drawer.\n", "utf-8")
    outcome = publish(Load(folder / "store", [tiny, folder], writer, today))
    assert outcome.problems == ()
    assert outcome.revision is not None
    path = publication_path(folder / "store", outcome.revision.publication)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection, [row for row in rows(folder / "risks.csv") if row["round"] == "R2"]


@pytest.mark.thorough
def test_risks_are_ordered_by_gravity_never_by_a_product(drawn: tuple[duckdb.DuckDBPyConnection, list[Row]]) -> None:
    connection, given = drawn
    asked = "SELECT operation FROM exposure ORDER BY severity DESC, second_key DESC, likelihood DESC, operation"
    slow = sorted(given, key=lambda row: (*(-part for part in gravity(row)), row["operation"]))
    assert [name for (name,) in connection.sql(asked).fetchall()] == [row["operation"] for row in slow]
    # A product would make 1 x 4 equal to 4 x 1, and a sum of the three would put 2, 2, 2 level with 4, 1, 1.
    place = {tuple(int(row[name]) for name in GRADES): number for number, row in enumerate(slow)}
    assert place[4, 1, 1, 1] < place[3, 3, 3, 4]
    assert place[4, 2, 2, 1] < place[4, 1, 1, 4]


def test_where_none_was_found_there_is_no_exposure_but_a_state(
    drawn: tuple[duckdb.DuckDBPyConnection, list[Row]],
) -> None:
    connection, given = drawn
    assert connection.sql("SELECT count(*) FROM exposure").fetchall() == [(len(given),)]
    asked = "SELECT state, basis FROM impact_state WHERE round = 'R1' AND operation = 'a-op' ORDER BY impact"
    assert connection.sql(asked).fetchall() == [("none_found", "Looked in every drawer."), ("not_rated", None)]
    # Without a shop there is no such setting, so nothing could be rated.
    assert connection.sql("SELECT count(*) FROM impact_state WHERE operation = 'a2-op'").fetchall() == [(0,)]


# What the sample is designed to contain.


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str, str], str]:
    return {
        (row["round"], row["operation"], row["criterion"]): row["status"]
        for path in sorted((ROOT / "data/answers").glob("*.csv"))
        for row in rows(path)
    }


def test_only_the_planted_residual_lies_above(risks: list[Row]) -> None:
    above = [
        (row["round"], row["operation"], row["impact"])
        for row in risks
        if row["residual_severity"]
        and (int(row["residual_severity"]) > gravity(row)[0] or row["residual_likelihood"] > row["likelihood"])
    ]
    assert above == [("2025", "gtm-op", "IMP-hosting-RA11-r1")]


def test_only_the_planted_residual_is_lowered_by_nothing(
    risks: list[Row], impacts: dict[str, Impact], answers: dict[tuple[str, str, str], str]
) -> None:
    by_nothing = [
        (row["round"], row["operation"], row["impact"])
        for row in risks
        if row["residual_severity"]
        and (int(row["residual_severity"]) < gravity(row)[0] or row["residual_likelihood"] < row["likelihood"])
        and not any(
            answers.get((row["round"], row["operation"], criterion)) in ("implemented", "partly")
            for criterion in impacts[row["impact"]].criteria
        )
    ]
    assert by_nothing == [("2025", "tcd-op", "IMP-field-RA06-r2")]


def test_the_planted_severe_risk_has_no_action(risks: list[Row], impacts: dict[str, Impact]) -> None:
    by_key = {(row["round"], row["operation"], row["impact"]): row for row in risks}
    row = by_key["2025", "sen-op", "IMP-care-RA01-r1"]
    assert gravity(row)[::2] == (4, 3)
    on = {row["impact"], *impacts[row["impact"]].criteria}
    acted = [
        a for a in rows(ROOT / "data/actions.csv") if a["operation"] == "sen-op" and {a["criterion"], a["impact"]} & on
    ]
    assert acted == []
    low = by_key["2025", "cod-op", "IMP-depots-RA06-r1"]
    assert (gravity(low)[0], low["confidence"]) == (4, "low")
    rare, mild = (by_key["2025", "rwa-op", f"IMP-{name}"] for name in ("field-RA08-r1", "content-RA05-r1"))
    assert (gravity(rare)[::2], gravity(mild)[::2]) == ((4, 1), (1, 4))


@pytest.mark.outside
def test_making_the_sample_again_gives_the_bytes_that_ship(tmp_path: Path) -> None:
    for name in ("frameworks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.rmtree(tmp_path / "data/ratings")
    subprocess.run([sys.executable, "-m", "data.sample"], cwd=tmp_path, check=True)
    made = sorted(path.relative_to(tmp_path) for path in (tmp_path / "data").rglob("*.csv"))
    assert made == sorted(path.relative_to(ROOT) for path in (ROOT / "data").rglob("*.csv"))
    for path in made:
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes(), path
