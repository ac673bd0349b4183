"""Are the files of UNICEF and the World Bank read as they are downloaded, and is everything else refused in a sentence?

The layouts are those of real files, which docs/data-format.md names; the figures are made up here.
"""

from pathlib import Path

import pytest

from dashboard.loading.published_facts import FiguresFile, read_facts
from dashboard.model.problem import sentence
from dashboard.model.words import Words

WORLD_BANK = """\ufeff"Data Source","World Development Indicators",

"Last Updated Date","2025-07-01",

"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022","2023",
"Kenya","KEN","Access to electricity, rural (% of rural population)","EG.ELC.ACCS.RU.ZS","61.5","","62.25",
"Korea, Rep.","KOR","Access to electricity, rural (% of rural population)","EG.ELC.ACCS.RU.ZS","100","100","100",
"""
"""As in API_IT.NET.USER.ZS_DS2_en_csv_v2_4150946.csv of minwoosun/covid-mortality."""
IN_ONE_CELL = """\
DATAFLOW,REF_AREA:Geographic area,INDICATOR:Indicator,SEX:Sex,TIME_PERIOD:Time period,OBS_VALUE:Observation Value,\
UNIT_MULTIPLIER:Unit multiplier,UNIT_MEASURE:Unit of measure,OBS_FOOTNOTE:Observation footnote,\
DATA_SOURCE:Data Source,AGE:Current age
UNICEF:GLOBAL_DATAFLOW(1.0): Cross-sector indicators,KEN: Kenya,PT_CHLD_Y0T4_REG: Births registered,_T: Total,2022,\
86.5,0: Units,PCNT: %,One county not visited,DHS 2022,Y0T4: Under 5 years old
UNICEF:GLOBAL_DATAFLOW(1.0): Cross-sector indicators,KEN: Kenya,PT_CHLD_Y0T4_REG: Births registered,F: Female,2022,\
85.9,0: Units,PCNT: %,,DHS 2022,Y0T4: Under 5 years old
UNICEF:GLOBAL_DATAFLOW(1.0): Cross-sector indicators,KEN: Kenya,PT_CHLD_Y0T4_REG: Births registered,_T: Total,2022,\
80.1,0: Units,PCNT: %,,DHS 2022,M0T11: Under 12 months old
"""
"""As in fusion_GLOBAL_DATAFLOW_UNICEF_1.0_.MNCH_ANC4+MNCH_SAB..csv of ssbindu/UNICEF-Consultancy-Assessment."""
IN_TWO_CELLS = """\
REF_AREA,Geographic area,INDICATOR,Indicator,SEX,Sex,WEALTH_QUINTILE,Wealth Quintile,RESIDENCE,Residence,DATA_SOURCE,\
UNIT_MEASURE,Unit of measure,TIME_PERIOD,OBS_VALUE
KEN,Kenya,CME_MRY0T4,Under-five mortality rate,M,Male,_T,Total,_T,Total,UN_IGME,D_PER_1000_B,\
"Deaths per 1,000 live births",2020,44.25
KEN,Kenya,CME_MRY0T4,Under-five mortality rate,_T,Total,_T,Total,R,Rural area,UN_IGME,D_PER_1000_B,\
"Deaths per 1,000 live births",2020,47.5
KEN,Kenya,CME_MRY0T4,Under-five mortality rate,_T,Total,Q1,Lowest,_T,Total,UN_IGME,D_PER_1000_B,\
"Deaths per 1,000 live births",2020,53
MOZ,Mozambique,CME_MRY0T4,Under-five mortality rate,_T,Total,_T,Total,_T,Total,UN_IGME,D_PER_1000_B,\
"Deaths per 1,000 live births",2020-06,70.9
"""
"""As in tests/fixtures/deterministic/CME_MRY0T4_BRA_sex_2020.csv of unicef-drp/unicefData."""


def read(folder: Path, text: str, *countries: str) -> FiguresFile:
    path = folder / "theirs.csv"
    path.write_text(text, encoding="utf-8")
    return read_facts(path, path.name, countries or ("KEN",))


def told(found: FiguresFile, words: Words) -> list[str]:
    return [sentence(problem, words) for problem in found.problems]


def test_a_table_of_the_world_bank_is_read_with_its_unit_part_source_and_licence(tmp_path: Path) -> None:
    found = read(tmp_path, WORLD_BANK)
    assert found.problems == ()
    assert [(one.year, one.value) for one in found.figures] == [("2021", "61.5"), ("2023", "62.25")]
    one = found.figures[0]
    assert (one.row, one.country, one.series, one.unit) == (6, "KEN", "EG.ELC.ACCS.RU.ZS", "% of rural population")
    assert (one.sex, one.age, one.residence) == ("", "", "rural")
    assert (one.publisher, one.licence) == ("World Bank", "CC BY 4.0")
    assert one.dataset == "World Development Indicators EG.ELC.ACCS.RU.ZS, updated 2025-07-01"


def test_a_licence_is_only_named_where_the_source_is_known_to_have_it(tmp_path: Path) -> None:
    found = read(tmp_path, WORLD_BANK.replace("World Development Indicators", "Gender Statistics"))
    assert {one.licence for one in found.figures} == {"to_verify"}


def test_unicef_is_read_with_labels_in_the_same_cell(tmp_path: Path) -> None:
    found = read(tmp_path, IN_ONE_CELL)
    assert found.problems == ()
    whole, girls, infants = found.figures
    assert (whole.value, whole.unit, whole.sex, whole.age, whole.residence) == ("86.5", "%", "", "", "")
    assert whole.note == "Under 5 years old; One county not visited", "whom the whole is about stands in the code"
    assert whole.title == "Births registered"
    assert whole.dataset == "UNICEF data warehouse PT_CHLD_Y0T4_REG, DHS 2022"
    assert whole.licence == "to_verify"
    assert (girls.value, girls.sex, girls.age) == ("85.9", "female", "")
    assert (infants.value, infants.sex, infants.age) == ("80.1", "", "Under 12 months old")


def test_unicef_is_read_with_labels_in_cells_of_their_own_and_other_groups_are_left_out(
    tmp_path: Path, words: Words
) -> None:
    found = read(tmp_path, IN_TWO_CELLS, "KEN", "MOZ")
    parts = [(one.country, one.year, one.value, one.sex, one.residence) for one in found.figures]
    assert parts == [
        ("KEN", "2020", "44.25", "male", ""),
        ("KEN", "2020", "47.5", "", "rural"),
        ("MOZ", "2020", "70.9", "", ""),
    ]
    assert {one.unit for one in found.figures} == {"Deaths per 1,000 live births"}
    assert told(found, words) == [
        "theirs.csv, WEALTH_QUINTILE: Figures of other groups were not taken (1): only sex, age and urban or rural are "
        "read."
    ]


def test_persons_in_thousands_are_thousand_people(tmp_path: Path) -> None:
    found = read(tmp_path, IN_ONE_CELL.replace("0: Units,PCNT: %", "3: Thousands,PS: Persons"))
    assert {one.unit for one in found.figures} == {"thousand people"}


def test_one_age_that_is_neither_named_nor_a_total_is_whom_the_series_is_about(tmp_path: Path) -> None:
    first, second, *_ = IN_ONE_CELL.replace("PT_CHLD_Y0T4_REG", "IM_MCV1").splitlines(keepends=True)
    (alone,) = read(tmp_path, first + second).figures
    assert (alone.age, alone.note) == ("", "Under 5 years old; One county not visited")
    both = read(tmp_path, IN_ONE_CELL.replace("PT_CHLD_Y0T4_REG", "IM_MCV1")).figures
    assert [one.age for one in both] == ["Under 5 years old", "Under 5 years old", "Under 12 months old"]


@pytest.mark.parametrize(
    "text",
    ["country,indicator,year,value\nKEN,electricity,2022,75\n", "Country,2022\nKenya,75\n", "", "\n" * 20],
    ids=["ours", "another", "empty", "blank"],
)
def test_another_layout_is_refused_in_a_sentence(text: str, tmp_path: Path, words: Words) -> None:
    found = read(tmp_path, text)
    assert found.figures == ()
    (line,) = told(found, words)
    assert line.startswith("theirs.csv, row 1: This is neither of the layouts that are read: UNICEF's SDMX-CSV")


def test_what_is_no_number_or_no_year_is_left_out_in_a_sentence(tmp_path: Path, words: Words) -> None:
    found = read(tmp_path, IN_ONE_CELL.replace("86.5", "<1").replace("2022,85.9", "spring,85.9"))
    assert [one.value for one in found.figures] == ["80.1"]
    assert told(found, words) == [
        "theirs.csv, row 2, OBS_VALUE: “<1” is not a valid number here.",
        "theirs.csv, row 3, TIME_PERIOD: “spring” is not a valid date here. Expected: YYYY.",
    ]


def test_a_country_that_the_file_does_not_have_is_named(tmp_path: Path, words: Words) -> None:
    assert told(read(tmp_path, WORLD_BANK, "KE", "KOR"), words) == [
        "theirs.csv: The file has no figure for the country “KE”. Did you mean KEN?"
    ]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_bytes(IN_ONE_CELL.replace("Kenya", "Côte d'Ivoire").encode("latin-1"))
    assert [problem.kind for problem in read_facts(path, path.name, ("KEN",)).problems] == ["encoding"]
