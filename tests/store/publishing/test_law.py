"""Is a row of law taken only with its source, and does a later row replace the earlier one?"""

import csv
from io import StringIO
from pathlib import Path

import pytest

from dashboard.model.records import RECORDS
from dashboard.store.locking import Outcome, Writer
from dashboard.store.overlays import in_language
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from tests.conftest import ROOT, TODAY, WRITER, rest_thorough
from tests.spoken import group, opened, translate

SOUND = {
    "law": "A-report-1", "country": "AAA", "subject": "report", "verification": "confirmed", "on_whom": "Toy makers",
    "asks": "Toy makers report broken toys within a day.", "instrument": "Toy Act", "article": "art. 4",
    "in_force": "2024-04", "title": "Toy Act", "publisher": "Toy ministry", "address": "https://toys.example/act",
    "on_page": "Article 4", "read_on": "2025-06-01", "criteria": "T1.a", "risk_areas": "", "note": "",
}  # fmt: skip
NOTHING = {**dict.fromkeys(SOUND, ""), "law": "A-sim-1", "country": "AAA", "subject": "sim", "read_on": "2025-06-01"}
NOTHING |= {"verification": "not_found", "note": "Not found; looked on toys.example"}


def load(store: Path, tmp_path: Path, *rows: dict[str, str]) -> Outcome:
    text = StringIO()
    writer = csv.DictWriter(text, RECORDS["law"].names)
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "law.csv").write_text(text.getvalue(), "utf-8")
    return publish(Load(store, [tmp_path / "law.csv"], Writer("Programme office", "test"), TODAY))


def stored(store: Path) -> list[tuple[str, str | None, list[str]]]:
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        return cursor.execute("SELECT law, asks, criteria FROM law ORDER BY law").fetchall()


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    rest_thorough(
        [
            ("read_on", "2099-01-01", "future_date"),
            ("subject", "taxes", "off_scale"),
            ("address", "", "missing_value"),
            ("title", "", "missing_value"),
            ("article", "", "missing_value"),
            ("address", "toys.example", "bad_link"),
            ("in_force", "spring 2024", "bad_date"),
            ("criteria", "T1.a;T9.z", "unknown_criterion"),
            ("risk_areas", "RA99", "unknown_risk_area"),
            ("country", "ZZZ", "unknown_country"),
        ],
        3,
    ),
)
def test_a_row_without_what_it_rests_on_is_refused(
    store: Path, tmp_path: Path, column: str, value: str, kind: str
) -> None:
    outcome = load(store, tmp_path, NOTHING, SOUND | {column: value})
    found = [problem for problem in outcome.problems if problem.serious]
    assert [(problem.kind, problem.row, problem.column) for problem in found] == [(kind, 3, column)]
    assert [code for code, *_ in stored(store)] == ["A-sim-1"]


def test_what_was_not_found_needs_a_note_that_says_where_one_looked(store: Path, tmp_path: Path) -> None:
    outcome = load(store, tmp_path, NOTHING | {"note": ""}, SOUND)
    assert [(problem.kind, problem.column) for problem in outcome.problems if problem.serious] == [
        ("missing_value", "note")
    ]


def test_what_is_to_verify_needs_no_article(store: Path, tmp_path: Path) -> None:
    load(store, tmp_path, SOUND | {"verification": "to_verify", "article": ""})
    assert [code for code, *_ in stored(store)] == ["A-report-1"]


def test_a_later_row_replaces_the_earlier_one_of_its_code(store: Path, tmp_path: Path) -> None:
    load(store, tmp_path, SOUND, NOTHING)
    load(store, tmp_path, SOUND | {"asks": "Toy makers report broken toys at once.", "criteria": ""})
    assert stored(store) == [
        ("A-report-1", "Toy makers report broken toys at once.", []), ("A-sim-1", None, []),
    ]  # fmt: skip


def test_a_sentence_is_told_in_a_language_until_it_changes_and_a_translation_without_one_is_named(
    tmp_path: Path,
) -> None:
    store, toys = tmp_path / "store", group(tmp_path / "toys")
    publish(Load(store, [toys], WRITER, TODAY))
    load(store, tmp_path, SOUND, NOTHING)
    said = {SOUND["asks"]: "On signale les jouets cassés.", SOUND["instrument"]: "Loi sur les jouets"}
    said |= {SOUND["on_whom"]: "Fabricants", NOTHING["note"]: "Introuvable", "No row says so.": "Nulle part"}
    translate(toys, "fr", {f"law/{english}": {"title": french} for english, french in said.items()})
    outcome = publish(Load(store, [toys], WRITER, TODAY))
    assert [(one.kind, one.value) for one in outcome.problems] == [("text_unused", "law/No row says so.")]
    told = "SELECT asks, on_whom, instrument, note FROM law ORDER BY law"
    nothing = (None, None, None, "Introuvable")
    with in_language(opened(store), "fr").cursor() as cursor:
        first = ("On signale les jouets cassés.", "Fabricants", "Loi sur les jouets", None)
        assert cursor.execute(told).fetchall() == [first, nothing]
    load(store, tmp_path, SOUND | {"asks": "Toy makers report broken toys at once."})
    with in_language(opened(store), "fr").cursor() as cursor:
        then = ("Toy makers report broken toys at once.", "Fabricants", "Loi sur les jouets", None)
        assert cursor.execute(told).fetchall() == [then, nothing]


def test_every_country_of_the_sample_has_every_kind_of_row_and_each_a_page_that_was_read() -> None:
    with (ROOT / "data/law.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (ROOT / "data/countries.csv").open(encoding="utf-8") as file:
        countries = {row["country"] for row in csv.DictReader(file)}
    assert {row["country"] for row in rows} == countries
    assert {row["country"] for row in rows if row["verification"] == "confirmed"} == countries
    assert all(row["article"] and row["on_page"] for row in rows if row["verification"] == "confirmed")
    assert all(row["read_on"] for row in rows)


def test_a_criterion_named_twice_is_kept_once(store: Path, tmp_path: Path) -> None:
    assert load(store, tmp_path, SOUND | {"criteria": "T2.a;T1.a;T2.a"}).revision is not None
    assert [criteria for *_, criteria in stored(store)] == [["T1.a", "T2.a"]]
