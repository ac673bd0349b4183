"""Does a reader meet the law where it matters, with how sure it is, and nobody's while names are hidden?"""

import csv
from collections import Counter
from pathlib import Path

from dashboard.exports.xlsform import xlsform
from dashboard.model.words import Words
from dashboard.queries.collect_answering import form_of
from dashboard.store.reader import Published
from tests import books
from tests.conftest import ROOT
from tests.ui.conftest import OpenPage, cells, tells, texts

with (ROOT / "data/law.csv").open(encoding="utf-8") as file:
    LAW = list(csv.DictReader(file))
ALERTS = next(row for row in LAW if (row["country"], row["subject"]) == ("GTM", "alerts"))
BESIDE = next(row for row in LAW if row["country"] == "COL" and "COP14-A2.4" in row["criteria"].split(";"))


def test_the_law_of_a_country_stands_with_its_facts_and_says_how_sure_it_is(page: OpenPage, words: Words) -> None:
    app = page("country", {"country": "GTM", "part": "facts"})
    own = Counter(row["verification"] for row in LAW if row["country"] == "GTM")
    counts = [words.count(f"law.n_{name}", own[name]) for name in ("confirmed", "to_verify", "not_found")]
    said = "\n".join(texts(app))
    assert f"{words.listed(counts)}. {words('law.no_advice')}" in said
    shown = "\n".join(cells(app))
    assert ALERTS["asks"] in shown
    assert words(f"law.sure_{ALERTS['verification']}") in shown
    assert not any(row["asks"] in shown for row in LAW if row["asks"] and row["country"] == "COL")


def test_it_stands_beside_a_criterion_for_the_countries_in_the_filters(page: OpenPage, words: Words) -> None:
    asked = {"framework": "cop-2014", "criterion": "COP14-A2.4"}
    said = "\n".join(texts(page("review", {**asked, "country": "COL"})))
    assert BESIDE["asks"] in said
    assert words("law.beside") in said
    assert BESIDE["asks"] not in "\n".join(texts(page("review", {**asked, "country": "GHA"})))


def test_an_operation_meets_it_where_it_answers(page: OpenPage) -> None:
    query = {"part": "answer", "operation": "col-op", "round": "2025", "framework": "cop-2014"}
    app = page("collect", {**query, "criterion": "COP14-A2.4"})
    assert tells(app, "law.beside")


def test_it_stands_in_the_workbook_of_an_operation_only_where_it_concerns_a_question(
    sample_store: Path, words: Words
) -> None:
    head, found = words("book.head.law"), dict[str, str]()
    for rows in books.filled_in(sample_store, "col-op", "2025").values():
        if len(rows) > books.HEAD and head in rows[books.HEAD]:
            place = rows[books.HEAD].index(head)
            said = {str(row[0]): str(row[place]) for row in rows[books.HEAD + 1 :]}
            assert any(said.values()), "a sheet without law has no column for it"
            found |= said
    assert BESIDE["asks"] in found["COP14-A2.4"]
    assert "Guatemala" not in "".join(found.values())


def test_a_form_for_one_operation_says_it_below_the_question(published: Published, words: Words) -> None:
    for operation, there in (("col-op", True), ("", False)):
        form = form_of(published, operation, "2025", "en", everything=True)
        assert form is not None
        survey = str(books.cells_of(xlsform([(form, words)]))["survey"])
        assert (BESIDE["asks"] in survey) == there


def test_nobody_s_law_is_told_while_names_are_hidden(page: OpenPage) -> None:
    for place, query in (("country", {"part": "facts"}), ("review", {"framework": "cop-2014"})):
        app = page(place, {**query, "safe": "yes"})
        said = "\n".join([*texts(app), *cells(app)])
        assert not any(row["asks"] in said for row in LAW if row["asks"])
