"""Which wrong numbers were once loaded and stored without an error? Each is pinned here."""

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from dashboard.figures.read import divided, whole_percent
from dashboard.model.problem import Problem
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from tests.conftest import rest_thorough


def asked(store: Path, question: str) -> list[tuple[object, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return connection.execute(question).fetchall()


def written(folder: Path, text: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def told(problems: tuple[Problem, ...]) -> list[tuple[str, int | None]]:
    return [(problem.kind, problem.row) for problem in problems]


def test_half_a_percent_rounds_up_also_where_decimals_add_up_short() -> None:
    # 0.7 × 0.7 and 0.35 × 0.7 over 1.4 is 52.5 percent; in binary floating point it is 52.49999999999999.
    share = divided(np.array([0.7 * 0.7 + 0.35 * 0.7]), np.array([1.4]))
    assert share[0] < 0.525
    assert whole_percent(share).tolist() == [53]


def test_an_operation_that_moves_takes_its_answers_to_the_other_country(
    store: Path, tiny: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    # The country it left kept its figures, so that they were counted twice.
    lists = (tiny / "operations.csv").read_text()
    moved = written(tmp_path, lists.replace("b-op,BBB", "b-op,AAA"))
    assert publish(Load(store, [moved], writer, today)).problems == ()
    by_country = (
        "SELECT country, sum(n_asked) FROM tally JOIN country USING (country_no) GROUP BY country ORDER BY country"
    )
    assert asked(store, by_country) == [("AAA", 13), ("GROUP", 4)]


def test_an_operation_does_not_join_in_a_round_that_does_not_exist(
    store: Path, tiny: Path, tmp_path: Path, today: date
) -> None:
    # A misspelt first round was read as none: the operation was asked in every round, and failed to answer.
    lists = (tiny / "operations.csv").read_text()
    assert told(check(store, [written(tmp_path, lists.replace(",R2,", ",R02,"))], today)) == [("unknown_round", 5)]


def test_a_blank_line_does_not_shift_the_rows_that_are_named(store: Path, tmp_path: Path, today: date) -> None:
    text = "round,operation,criterion,status\nR2,a-op,T1.a,yes\n\nR2,a-op,T1.b,yess\n"
    assert told(check(store, [written(tmp_path, text)], today)) == [("off_scale", 4)]


def test_a_file_named_like_a_pattern_does_not_bring_in_its_neighbours(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    written(tmp_path, "round,operation,criterion,status\nR1,a-op,T1.a,yes\n", "x1.csv")
    path = written(tmp_path, "round,operation,criterion,status\nR2,a-op,T1.a,yes\n", "x[1].csv")
    assert publish(Load(store, [path], writer, today)).problems == ()
    full = "SELECT round, n_full FROM tally JOIN round USING (round_no) JOIN criterion USING (criterion_no) " \
        "JOIN country USING (country_no) WHERE criterion = 'T1.a' AND country = 'AAA' ORDER BY round"  # fmt: skip
    assert asked(store, full) == [("R1", 0), ("R2", 1)]


@pytest.mark.parametrize("year", rest_thorough(["2021.6", "1e3", "20210"]))
def test_a_year_is_not_rounded_to_another(store: Path, tmp_path: Path, today: date, year: str) -> None:
    indicator = written(tmp_path, "indicator,title,unit,limit_years\ntoys,Toys,each,5\n", "i.csv")
    head = "country,indicator,year,value,publisher,dataset,licence"
    figure = written(tmp_path, f"{head}\nAAA,toys,{year},7,Toy office,Toys,free\n", "c.csv")
    assert told(check(store, [indicator, figure], today)) == [("bad_number", 2)]


def test_a_context_figure_without_a_figure_is_reported(store: Path, tmp_path: Path, today: date) -> None:
    # It vanished, while its row counted as read.
    indicator = written(tmp_path, "indicator,title,unit,limit_years\ntoys,Toys,each,5\n", "i.csv")
    head = "country,indicator,year,value,publisher,dataset,licence"
    figure = written(tmp_path, f"{head}\nAAA,toys,2021,,Toy office,Toys,free\n", "c.csv")
    assert told(check(store, [indicator, figure], today)) == [("missing_value", 2)]


def test_torn_rows_beyond_a_thousand_are_counted(store: Path, tmp_path: Path, today: date) -> None:
    # They were dropped silently, and the rows after them got wrong numbers.
    text = "round,operation,criterion,status\n" + "R2,a-op\n" * 1200 + "R2,a-op,T1.b,yess\n"
    problems = check(store, [written(tmp_path, text)], today)
    assert ("and_more", None) in told(problems)
    assert told(problems)[-1] == ("off_scale", 1202)


def test_a_misspelt_sheet_is_not_left_out_beside_a_good_one(store: Path, tmp_path: Path, today: date) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for title, head in (("Answers", "criterion"), ("More", "criterium")):
            sheet = workbook.add_worksheet(title)
            sheet.write_row(0, 0, ["round", "operation", head, "status"])
            sheet.write_row(1, 0, ["R2", "a-op", "T1.a", "yes"])
    assert ("missing_column", 1) in told(check(store, [path], today))


def test_a_sheet_is_read_at_all(store: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    # Rows after the last one that have nothing but colour are not rows, and are not counted.
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Answers")
        sheet.write_row(0, 0, ["round", "operation", "criterion", "status"])
        sheet.write_row(1, 0, ["R2", "b-op", "T1.a", "yes"])
        for row in range(2, 30):
            sheet.write_blank(row, 0, None, workbook.add_format({"bg_color": "red"}))
    outcome = publish(Load(store, [path], writer, today))
    assert outcome.problems == ()
    assert outcome.revision is not None
    assert [rows for _, _, rows in outcome.revision.files] == [1]


def test_a_link_that_became_weaker_is_not_counted_as_both(
    store: Path, tiny: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    root = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    path = root / "shared" / "crosswalk.yaml"
    path.write_text(path.read_text().replace("strength: primary", "strength: secondary"))
    assert publish(Load(store, [root], writer, today)).problems == ()
    assert asked(store, "SELECT count(*) FROM crosswalk WHERE source = 'T1' AND target = 'TOY-R1'") == [(1,)]
