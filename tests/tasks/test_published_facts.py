"""Does `dashboard facts` write what the list of indicators names, and say in a sentence what it left out?"""

import csv
from pathlib import Path

import pytest
from click.testing import Result

from tests.loading.test_published_facts import IN_ONE_CELL, IN_TWO_CELLS, WORLD_BANK
from tests.tasks.test_command import call

WHOLE = WORLD_BANK.replace(", rural (% of rural population)", " (% of population)").replace(".RU.ZS", ".ZS")


@pytest.fixture
def facts(sample_store: Path, tmp_path: Path) -> "Facts":
    return Facts(sample_store, tmp_path)


class Facts:
    """Writes files, calls the command on them and reads what it wrote."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.store, self.folder, self.target = store, folder, folder / "context.csv"

    def __call__(self, *texts: str, countries: str = "KEN", more: tuple[str, ...] = ()) -> Result:
        sources: list[object] = []
        for n, text in enumerate(texts, start=1):
            path = self.folder / f"{n}.csv"
            path.write_text(text, encoding="utf-8")
            sources += ["--from", path]
        return call("facts", countries, *sources, "--to", self.target, "--store", self.store, *more)

    def written(self) -> list[tuple[str, ...]]:
        names = ("country", "indicator", "year", "sex", "age", "residence", "value")
        with self.target.open(encoding="utf-8", newline="") as stream:
            return [tuple(row[name] for name in names) for row in csv.DictReader(stream)]


def test_figures_of_both_publishers_become_one_table(facts: Facts) -> None:
    result = facts(WHOLE, WORLD_BANK.replace("61.5", "60"), IN_ONE_CELL)
    assert result.exit_code == 0
    assert f"Wrote 5 figures to {facts.target}. Nothing is published yet" in result.stdout
    assert facts.written() == [
        ("KEN", "birth_registration", "2022", "", "", "", "86.5"),
        ("KEN", "birth_registration", "2022", "", "Under 12 months old", "", "80.1"),
        ("KEN", "birth_registration", "2022", "female", "", "", "85.9"),
        ("KEN", "electricity", "2023", "", "", "", "62.25"),
        ("KEN", "electricity", "2023", "", "", "rural", "62.25"),
    ]


def test_the_year_is_the_latest_in_which_there_is_a_whole(facts: Facts) -> None:
    assert facts(WHOLE.replace("62.25", ""), WORLD_BANK).exit_code == 0
    assert [(row[2], row[5]) for row in facts.written()] == [("2021", ""), ("2021", "rural")]
    assert facts(WORLD_BANK, more=("--force",)).exit_code == 0
    assert [(row[2], row[5]) for row in facts.written()] == [("2023", "rural")]


def test_a_series_that_no_indicator_names_is_named_and_taken_where_somebody_says_what_it_is(facts: Facts) -> None:
    unknown = WHOLE.replace("EG.ELC.ACCS.ZS", "EG.NEW.ZS")
    result = facts(unknown)
    assert result.exit_code == 1
    assert (
        "1.csv: The series “EG.NEW.ZS: Access to electricity (% of population)” was not taken: no indicator in the "
        "list names it." in result.stderr
    )
    assert not facts.target.exists()
    assert facts(unknown, more=("--as", "electricity")).exit_code == 0
    assert [row[1] for row in facts.written()] == ["electricity"]


@pytest.mark.parametrize(
    ("texts", "indicator", "said"),
    [
        (
            (WHOLE,),
            "electricty",
            "“electricty” is not an indicator in the list of indicators. Did you mean electricity?",
        ),
        (
            (WHOLE.replace("EG.ELC", "X.ELC"), IN_TWO_CELLS),
            "electricity",
            "Several series have no indicator (X.ELC.ACCS.ZS, CME_MRY0T4), so none can be said to be this one.",
        ),
    ],
    ids=["unknown", "several"],
)
def test_what_a_series_is_said_to_be_must_be_known_and_be_one(
    texts: tuple[str, ...], indicator: str, said: str, facts: Facts
) -> None:
    result = facts(*texts, more=("--as", indicator))
    assert result.exit_code == 1
    assert said in result.stderr
    assert not facts.target.exists()


def test_another_unit_is_refused_once_for_a_series(facts: Facts) -> None:
    result = facts(WHOLE.replace("% of population", "kWh per person"), IN_ONE_CELL.replace("PCNT: %", "D: Deaths"))
    assert result.exit_code == 1
    unit = "The series is in “{}”, its indicator is not. None of its figures was taken. Expected: {}."
    assert [line for line in result.stderr.splitlines() if "None of" in line] == [
        "2.csv, row 2, PT_CHLD_Y0T4_REG: " + unit.format("Deaths", "% of age group"),
        "1.csv, row 6, EG.ELC.ACCS.ZS: " + unit.format("kWh per person", "% of population"),
    ]


def test_the_same_cell_twice_is_left_out_with_its_name(facts: Facts) -> None:
    result = facts(WHOLE, WHOLE, IN_ONE_CELL)
    assert result.exit_code == 0
    assert "2.csv, row 6: “KEN electricity 2023” stands there twice. Neither figure was taken." in result.stderr
    assert {row[1] for row in facts.written()} == {"birth_registration"}


def test_a_figure_of_a_year_to_come_is_left_out(facts: Facts) -> None:
    result = facts(WHOLE.replace('"2023"', '"2099"'))
    assert "1.csv, row 6: 2099 is in the future." in result.stderr
    assert [row[2] for row in facts.written()] == ["2021"]


def test_a_country_without_figures_and_another_layout_are_named(facts: Facts) -> None:
    result = facts(WHOLE, "a,b\n1,2\n", countries="ken, MOZ")
    assert result.exit_code == 1, "half of what was asked for is not written"
    assert "1.csv: The file has no figure for the country “MOZ”." in result.stderr
    assert "2.csv, row 1: This is neither of the layouts that are read" in result.stderr
    assert not facts.target.exists()


def test_a_file_that_is_there_is_kept(facts: Facts) -> None:
    facts.target.write_text("mine")
    assert facts(WHOLE).exit_code == 1
    assert facts.target.read_text() == "mine"
    assert facts(WHOLE, more=("--force",)).exit_code == 0
    assert [row[1] for row in facts.written()] == ["electricity"]
