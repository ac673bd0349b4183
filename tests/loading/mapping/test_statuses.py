"""Is a qualified answer asked about, and are marks, numbers and other languages understood?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.apply import apply
from dashboard.loading.mapping.reasons import Guess, Sure
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import LongRow, Names, SheetMapping
from dashboard.model.problem import Problem
from tests.loading.foreign import Rows, guessed, write_csv

TITLES = {"yes": ("Yes",), "partly": ("Partly",), "no": ("No",), "na": ("Not applicable",), "unclear": ("Not known",)}
MEANINGS = {"yes": "full", "partly": "part", "no": "nil", "na": "not_applicable", "unclear": "not_known"}
CRITERIA = {f"T{n}": (f"Text {n}",) for n in range(1, 8)}
NAMES = Names(
    {"criterion": CRITERIA, "operation": {"a-op": ("Aland",), "b-op": ("Beland",)}},
    dict.fromkeys(CRITERIA, "toy"),
    {"toy": MEANINGS},
    TITLES,
)
NO_MIDDLE = Names(NAMES.called, NAMES.framework_of, {"toy": {k: v for k, v in MEANINGS.items() if k != "partly"}})
TWO_MIDDLES = Names(NAMES.called, NAMES.framework_of, {"toy": {**MEANINGS, "mostly": "part"}})


def sheet(folder: Path, *answers: str) -> Path:
    return write_csv(
        folder / "x.csv", [["Question", "Answer"], *[[f"T{n}", said] for n, said in enumerate(answers, 1)]]
    )


def read(folder: Path, *answers: str, names: Names = NAMES) -> list[tuple[str | None, str, bool]]:
    """Return the code of each answer, the reason, and whether it is used without asking."""
    found = guessed(sheet(folder, *answers), names).values["status"]
    return [(one.code, one.reason.why, one.taken is not None) for one in (found[said] for said in answers)]


def rows_of(path: Path, mapping: SheetMapping) -> list[LongRow]:
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    return list(apply(mapping, grids, path.name).rows)


@pytest.mark.parametrize(
    ("text", "code", "beside"),
    [
        ("Yes, except in 2 regions", "yes", "except in 2 regions"),
        ("Yes except in 2 regions", "yes", "except in 2 regions"),
        ("Yes (not verified)", "yes", "not verified"),
        ("Yes?", "yes", "?"),
        ("Yes*", "yes", "*"),
        ("Sí†", "yes", "†"),
        ("Yes¹", "yes", "¹"),
        ("Yes [2]", "yes", "[2]"),
        ("yes (partially)", "partly", "partially"),
        ("no (n/a)", "no", "n/a"),
        ("N/A – no shops", "na", "no shops"),
        ("Head office: yes", "yes", "Head office"),
        ("Not yet started", "no", "started"),
        ("Ja, außer in 2 Regionen", "yes", "außer in 2 Regionen"),
    ],
)
def test_a_qualified_answer_is_only_suggested(tmp_path: Path, text: str, code: str, beside: str) -> None:
    found = guessed(sheet(tmp_path, text, "yes", "no"), NAMES)
    match = found.values["status"][text]
    assert (match.code, match.taken, match.reason.why) == (code, None, "qualified")
    assert dict(match.reason.places) == {"beside": beside}
    assert found.mapping.beside == {text: beside}
    assert found.doubtful


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Yes, fully", "yes"),
        ("YES.", "yes"),
        ("3 - Partly", "partly"),
        ("a) No", "no"),
        ("Not applicable (N/A)", "na"),
        ("Yes - implemented", "yes"),
        ("?", "unclear"),
        ("(yes)", "yes"),
        ("non-compliant", "no"),
    ],
)
def test_a_plain_answer_in_other_words_is_not_asked_about(tmp_path: Path, text: str, code: str) -> None:
    ((found, _, taken),) = read(tmp_path, text)
    assert (found, taken) == (code, True)


def test_a_title_that_looks_qualified_is_the_title(tmp_path: Path) -> None:
    scale = Names(NAMES.called, NAMES.framework_of, {"toy": MEANINGS}, {**TITLES, "partly": ("Yes, partly*",)})
    assert read(tmp_path, "yes, partly*", names=scale) == [("partly", "name", True)]


def test_what_is_cut_off_goes_to_the_note_once_it_is_accepted(tmp_path: Path) -> None:
    table: Rows = [
        ["Question", "Answer", "Comment"],
        ["T1", "Yes, except in 2 regions", ""],
        ["T2", "Yes*", "see page 3"],
        ["T3", "N/A: no shops", ""],
        ["T4", "no", "soon"],
    ]
    path = write_csv(tmp_path / "x.csv", table)
    mapping = guessed(path, NAMES).mapping
    assert [row.values["status"] for row in rows_of(path, mapping)][:3] == [row[1] for row in table[1:4]]
    words = {"Yes, except in 2 regions": "yes", "Yes*": "yes", "N/A: no shops": "na"}
    accepted = mapping.model_copy(update={"values": {**mapping.values, "status": words}})
    says = [(row.values["status"], row.values["note"], row.values.get("na_reason")) for row in rows_of(path, accepted)]
    assert says == [
        ("yes", "except in 2 regions", None),
        ("yes", "see page 3; *", None),
        ("na", "", "no shops"),
        ("no", "soon", None),
    ]


def test_a_remark_that_begins_with_an_answer_is_no_answer(tmp_path: Path) -> None:
    remarks = [f"Yes, this has been so since the year {year}, and nobody has changed it" for year in range(2010, 2016)]
    table = [["Question", "Answer", "Details"], *[[f"T{n}", "yes", said] for n, said in enumerate(remarks, 1)]]
    found = guessed(write_csv(tmp_path / "x.csv", table), NAMES)
    assert found.mapping.columns == {"criterion": "Question", "status": "Answer", "note": "Details"}
    assert found.columns["status"].sure is not Sure.DOUBTFUL
    told = write_csv(tmp_path / "y.csv", [["Question", "Story"], *[row[::2] for row in table[1:]]])
    assert "status" not in guessed(told, NAMES).mapping.columns


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("y", "n", "Y", "N"), ["yes", "no", "yes", "no"]),
        (("TRUE", "FALSE"), ["yes", "no"]),
        (("✓", "✗", "✔️", "☑"), ["yes", "no", "yes", "yes"]),
        (("Ja", "Teilweise", "Nein", "Nicht zutreffend", "Weiß nicht"), ["yes", "partly", "no", "na", "unclear"]),
        (("Sim", "Parcialmente", "Não", "Não se aplica", "Não sei"), ["yes", "partly", "no", "na", "unclear"]),
    ],
)
def test_signs_and_words_of_other_languages(tmp_path: Path, words: tuple[str, ...], codes: list[str]) -> None:
    assert read(tmp_path, *words) == [(code, "meaning", True) for code in codes]


def test_a_cross_can_be_a_yes_or_a_no(tmp_path: Path) -> None:
    assert read(tmp_path, "x", "✓") == [(None, "several", False), ("yes", "meaning", True)]


NUMBERS: list[tuple[Names, tuple[str, ...], list[tuple[str | None, bool]]]] = [
    (NAMES, ("0", "1", "2"), [("no", True), ("partly", True), ("yes", True)]),
    (NAMES, ("0", "0.5", "1"), [("no", True), ("partly", True), ("yes", True)]),
    (NAMES, ("0", "0,3", "1"), [("no", True), ("partly", False), ("yes", True)]),
    (NAMES, ("0 %", "60 %", "100 %"), [("no", True), ("partly", False), ("yes", True)]),
    (NAMES, ("0", "60", "100"), [("no", True), ("partly", False), ("yes", True)]),
    (NO_MIDDLE, ("0", "1"), [("no", True), ("yes", True)]),
    (NO_MIDDLE, ("0", "50", "100"), [("no", True), (None, False), ("yes", True)]),
    # 1 may be the middle or the top.
    (NAMES, ("0", "1"), [("no", True), (None, False)]),
    # Counted from 1, or in the other direction?
    (NAMES, ("1", "2"), [("partly", False), ("yes", False)]),
    (NAMES, ("1", "2", "3"), [(None, False)] * 3),
    (TWO_MIDDLES, ("0", "1", "2"), [(None, False)] * 3),
    (TWO_MIDDLES, ("0", "1", "2", "3"), [(None, False)] * 4),
    (TWO_MIDDLES, ("0 %", "50 %", "100 %"), [("no", True), (None, False), ("yes", True)]),
    (NAMES, ("0", "1", "7"), [(None, False)] * 3),
    (NAMES, ("50 %", "120 %"), [(None, False)] * 2),
]


@pytest.mark.parametrize(("names", "words", "expected"), NUMBERS)
def test_numbers_are_read_where_the_scale_allows_one_reading(
    tmp_path: Path, names: Names, words: tuple[str, ...], expected: list[tuple[str | None, bool]]
) -> None:
    assert [(code, taken) for code, _, taken in read(tmp_path, *words, names=names)] == expected


def test_a_column_of_numbers_is_a_status_only_by_its_name(tmp_path: Path) -> None:
    table = [["Question", "Answer", "Copies"], *[[f"T{n}", said, str(n % 3)] for n, said in enumerate("012", 1)]]
    found = guessed(write_csv(tmp_path / "x.csv", table), NAMES)
    assert found.mapping.columns["status"] == "Answer"
    assert found.left == ("Copies",)
    table = [["Question", "Copies"], *[[f"T{n}", said] for n, said in enumerate("012", 1)]]
    assert "status" not in guessed(write_csv(tmp_path / "x.csv", table), NAMES).mapping.columns


def test_a_share_between_goes_to_the_note(tmp_path: Path) -> None:
    path = sheet(tmp_path, "0 %", "60 %", "100 %")
    mapping = guessed(path, NAMES).mapping
    accepted = mapping.model_copy(update={"values": {"status": {**mapping.values["status"], "60 %": "partly"}}})
    assert [row.values.get("note") for row in rows_of(path, accepted)] == [None, "60 %", None]


def test_one_column_per_operation_may_hold_qualified_answers_and_numbers(tmp_path: Path) -> None:
    table = [["Question", "Aland", "Beland"], ["T1", "Yes*", "0"], ["T2", "no", "2"], ["T3", "Yes?", "1"]]
    path = write_csv(tmp_path / "x.csv", table)
    found = guessed(path, NAMES)
    assert found.mapping.across is not None
    accepted = found.mapping.model_copy(update={"values": {"status": {"Yes*": "yes", "0": "no"}}})
    first, second = rows_of(path, accepted)[:2]
    assert (first.values["note"], second.values.get("note")) == ("*", None)


# Not applicable without a reason.

WITHOUT: Rows = [["Question", "Answer"], ["T1", "N/A"], ["T2", "yes"], ["T3", "n.a."]]


def reasons(path: Path, found: Guess, reason: str = "") -> list[str | None]:
    fixed = {**found.mapping.fixed, **({"na_reason": reason} if reason else {})}
    return [row.values.get("na_reason") for row in rows_of(path, found.mapping.model_copy(update={"fixed": fixed}))]


def test_a_missing_reason_is_asked_for_and_goes_only_to_what_is_not_applicable(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "x.csv", WITHOUT)
    found = guessed(path, NAMES)
    assert (found.columns["na_reason"].why, found.columns["na_reason"].sure) == ("no_reason", Sure.DOUBTFUL)
    assert reasons(path, found) == [None, None, None]
    assert reasons(path, found, "No shops") == ["No shops", None, "No shops"]


def test_a_reason_in_the_sheet_comes_before_that_for_all(tmp_path: Path) -> None:
    table = [["Question", "Answer", "Justification"], ["T1", "N/A", "No towers"], ["T2", "yes", ""], ["T3", "N/A", ""]]
    path = write_csv(tmp_path / "x.csv", table)
    found = guessed(path, NAMES)
    assert found.columns["na_reason"].why != "no_reason"
    assert reasons(path, found, "No shops") == ["No towers", "", "No shops"]


@pytest.mark.parametrize("answers", [("yes", "no"), ("N/A: no shops", "yes")])
def test_no_reason_is_asked_for_where_none_is_missing(tmp_path: Path, answers: tuple[str, ...]) -> None:
    assert "na_reason" not in guessed(sheet(tmp_path, *answers), NAMES).columns
