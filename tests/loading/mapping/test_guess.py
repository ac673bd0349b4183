"""Is a sheet in another format read as it was meant, and is every doubt reported?"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.loading.mapping.apply import apply
from dashboard.loading.mapping.column_fit import CHOSEN
from dashboard.loading.mapping.guess import KnownWords, guess
from dashboard.loading.mapping.reasons import Guess, Sure
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.loading.mapping.values import terms_of
from dashboard.model.mapping import SHEET, Names
from dashboard.model.problem import Problem
from dashboard.model.sheet_cells import SheetGrid
from dashboard.store.published_codes import names_of
from dashboard.store.reader import Published, Reader
from tests.conftest import most
from tests.loading.foreign import guessed, write_book, write_csv

OTHERWISE = KnownWords(otherwise={"round": "2025"}, framework="crbp")


@pytest.fixture(scope="module")
def names(published: Published) -> Names:
    return names_of(published)


@pytest.fixture(scope="module")
def text(names: Names) -> Mapping[str, str]:
    """The text of each criterion."""
    return {criterion: called[0] for criterion, called in names.called["criterion"].items()}


# A sheet made from our long form by everything people do to it is read back without loss.

HEADS = {
    "round": ["Round", "Year", "Año", "Campagne"],
    "operation": ["Operation", "Country", "OpCo", "País", "Filiale", "Filial", "Pays"],
    "criterion": ["Criterion", "Question", "Ref", "Pregunta", "Critère", "Indicateur", "Question text"],
    "status": ["Status", "Answer", "Respuesta", "Statut", "Implementation status"],
    "evidence": ["Evidence", "Verification", "Evidencia", "Preuve", "evidence level"],
    "note": ["Note", "Comments", "Observaciones", "Commentaire", "Remarks"],
    "answered_by_role": ["Answered by (role)", "Respondent", "Responsable", "Répondu par"],
    "answered_on": ["Answered on", "Date", "Fecha", "last updated"],
    "na_reason": ["Why not applicable", "Justification", "Motivo", "reason n/a"],
}
STATUSES = {
    "implemented": [
        "Implemented",
        "YES",
        "Yes, fully",
        "Sí",
        "Oui",
        "Totalmente",
        "3 - Fully implemented",
        "implemented",
    ],
    "partly": ["Partly implemented", "Partially", "Parcialmente", "Partiel", "in progress", "2 - Partly", "partly"],
    "not_implemented": ["Not implemented", "No", "Non", "not yet", "No implementado", "not_implemented"],
    "not_applicable": ["N/A", "Not applicable", "No aplica", "Sans objet", "not_applicable"],
    "not_known": ["Don't know", "?", "No sabe", "Ne sait pas", "unknown", "not_known"],
}
EVIDENCES = {
    "none": ["none", "Ninguna", "Aucune", "no evidence"],
    "self_declared": ["self-declared", "Autodeclarado", "Self reported", "self_declared"],
    "seen": ["seen", "Documented", "Documento", "seen by a reviewer"],
    "independently_checked": ["Audited", "Third party", "independently checked", "Auditado"],
    "": [""],
}
DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"]
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30).map(
    lambda text: "; ".join(text.split()) or "x"
)


@st.composite
def answers(draw: st.DrawFn) -> list[dict[str, str]]:
    """Answers in long form, each to a different criterion of CRBP by a different operation."""
    subjects = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["gha-op", "tcd-op", "bol-op"]), st.sampled_from([f"CRBP-0{n}.a" for n in range(2, 9)])
            ),
            min_size=3,
            max_size=12,
            unique=True,
        )
    )
    made = []
    for operation, criterion in subjects:
        status = draw(st.sampled_from(sorted(STATUSES)))
        made.append(
            {
                "round": "2024",
                "operation": operation,
                "criterion": criterion,
                "status": status,
                "evidence": draw(st.sampled_from(sorted(EVIDENCES))),
                "note": draw(WRITTEN | st.just("")),
                "answered_by_role": draw(st.sampled_from(["Head of sales", "Jefa de ventas", ""])),
                "answered_on": draw(st.dates(date(2024, 1, 1), date(2024, 12, 31))).isoformat(),
                "na_reason": draw(WRITTEN) if status == "not_applicable" else "",
            }
        )
    return made


def disguised(rows: Sequence[Mapping[str, str]], names: Names, draw: random.Random) -> list[list[str]]:
    """The rows as somebody else might have written them: other headers, order, words; titles above, blank columns."""
    heads = {ours: draw.choice(found) for ours, found in HEADS.items()}
    says = {code: draw.choice(found) for code, found in (STATUSES | EVIDENCES).items()}
    operations = {code: draw.choice([code, *called]) for code, called in names.called["operation"].items()}
    by_text, day = draw.random() < 0.5, draw.choice(DATES)
    written: dict[str, Callable[[str], str]] = {
        "round": lambda code: draw.choice([code, names.titled("round", code)]),
        "operation": operations.__getitem__,
        "criterion": lambda code: names.titled("criterion", code) if by_text else code,
        "status": says.__getitem__,
        "evidence": says.__getitem__,
        "answered_on": lambda text: date.fromisoformat(text).strftime(day),
    }
    order: list[str] = [*HEADS, *[""] * draw.randint(0, 2)]
    draw.shuffle(order)
    table = [[heads.get(ours, "") for ours in order]]
    table += [[written.get(ours, str)(row[ours]) if ours else "" for ours in order] for row in rows]
    titles = [
        [draw.choice(["Assessment of children's rights", "", "Confidential, draft 2"])]
        for _ in range(draw.randint(0, 4))
    ]
    return [[*row, *[""] * (len(order) - len(row))] for row in [*titles, *table]]


@given(answers(), st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=most(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_disguised_sheet_is_mapped_back_without_loss(
    names: Names, rows: list[dict[str, str]], draw: random.Random, as_book: bool
) -> None:
    table = disguised(rows, names, draw)
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("sheet.xlsx" if as_book else "sheet.csv")
        path = write_book(path, {"Sheet": table}) if as_book else write_csv(path, table, draw.choice(",;\t"))
        grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    found = guess(grids, names, OTHERWISE, "sheet")
    mapped = apply(found.mapping, grids, "sheet")
    assert [{ours: row.values.get(ours, "") for ours in HEADS} for row in mapped.rows] == rows
    assert [row for _, row, _ in mapped.origin.rows] == list(range(len(table) - len(rows) + 1, len(table) + 1))


# Sheets as they arrive.


def test_the_header_is_found_below_titles_and_the_operation_in_them(
    names: Names, text: Mapping[str, str], tmp_path: Path
) -> None:
    table = [
        ["Evaluación de derechos del niño", "", ""],
        ["Savandina Ghana", "2024", ""],
        ["", "", ""],
        ["N.º", "Pregunta", "Respuesta"],
        *[[str(number), text[f"CRBP-0{number}.a"], "Sí"] for number in range(2, 7)],
    ]
    found = guessed(write_csv(tmp_path / "x.csv", table), names)
    assert found.mapping.header_row == 4
    assert found.mapping.columns == {"criterion": "Pregunta", "status": "Respuesta"}
    assert found.mapping.fixed == {"round": "2024", "operation": "gha-op"}
    assert found.columns["operation"].why == found.columns["round"].why == "mentioned"
    assert found.left == ("N.º",)
    assert not found.doubtful


@pytest.mark.thorough
def test_a_further_language_of_the_interface_is_known_in_sheets_too(
    published: Published, text: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = [["Swali", "Hali", "Ushahidi"], *[[text[f"CRBP-0{n}.a"], "Sí", "Imeonekana"] for n in range(2, 7)]]
    path = write_csv(tmp_path / "x.csv", table)
    assert "evidence" not in guessed(path, names_of(published)).mapping.columns
    words = tmp_path / "words"
    words.mkdir()
    said = "column: {status: Hali, evidence: Ushahidi}\nevidence: {seen: Imeonekana}\n"
    (words / "sw.yaml").write_text(f"language: {{name: Kiswahili}}\n{said}")
    monkeypatch.setenv("DASHBOARD_WORDS", str(words))
    terms_of.cache_clear()
    found = guessed(path, names_of(published))
    terms_of.cache_clear()
    assert found.mapping.columns == {"criterion": "Swali", "status": "Hali", "evidence": "Ushahidi"}
    assert found.mapping.values["evidence"]["Imeonekana"] == "seen"


def test_an_unnamed_round_is_the_selected_one_and_given_values_come_first(names: Names, tmp_path: Path) -> None:
    table = [["Country", "Question", "Answer"], ["Ghana", "CRBP-02.a", "yes"], ["Chad", "CRBP-02.b", "no"]]
    path = write_csv(tmp_path / "x.csv", table)
    found = guessed(path, names)
    assert (found.mapping.fixed, found.columns["round"].why) == ({"round": "2025"}, "otherwise")
    found = guessed(path, names, KnownWords(parameters={"operation": "bol-op"}))
    assert found.mapping.fixed == {"operation": "bol-op"}
    assert "operation" not in found.mapping.columns
    assert found.mapping.missing == ("round",)
    assert found.doubtful


@pytest.mark.parametrize("title", ["Ghana and Chad", "Group results", "Chadian shops"])
def test_a_title_that_names_several_operations_or_none_says_nothing(names: Names, tmp_path: Path, title: str) -> None:
    table = [[title], ["Question", "Answer"], ["CRBP-02.a", "yes"]]
    assert guessed(write_csv(tmp_path / "x.csv", table), names).mapping.missing == ("operation",)


def test_criteria_are_known_by_id_former_name_and_text_also_with_words_changed(
    names: Names, text: Mapping[str, str], tmp_path: Path
) -> None:
    changed = text["CRBP-02.a"].replace("Age", "The age", 1)
    table = [
        ["Question", "Answer"],
        ["CRBP-02.b", "yes"],
        [f"CRBP-02.c: {text['CRBP-02.c'][:40]}", "yes"],
        [text["CRBP-03.a"].upper(), "no"],
        [changed, "no"],
        ["Something else that nobody asks of any operation anywhere", "no"],
    ]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names).values["criterion"]
    assert [(match.code, match.reason.sure, match.reason.why) for match in found.values()] == [
        ("CRBP-02.b", Sure.SURE, "code"),
        ("CRBP-02.c", Sure.LIKELY, "begins"),
        ("CRBP-03.a", Sure.SURE, "name"),
        ("CRBP-02.a", Sure.LIKELY, "words"),
        (None, Sure.DOUBTFUL, "unknown"),
    ]


def test_a_former_name_means_the_current_one(tmp_path: Path) -> None:
    known = Names({"criterion": {"T1.a": ("A text", "OLD-7")}}, {"T1.a": "toy"}, {"toy": {"yes": "full", "no": "nil"}})
    found = guessed(write_csv(tmp_path / "x.csv", [["Question", "Answer"], ["OLD-7", "yes"]]), known)
    assert found.mapping.values["criterion"] == {"OLD-7": "T1.a"}


def test_of_criteria_with_the_same_text_the_framework_of_the_others_decides(tmp_path: Path) -> None:
    known = Names(
        {"criterion": {"A1": ("Same",), "B1": ("Same",), "A2": ("One",), "B2": ("Other",)}},
        {"A1": "a", "A2": "a", "B1": "b", "B2": "b"},
        {"a": {"yes": "full", "no": "nil"}, "b": {"ja": "full", "nein": "nil"}},
    )
    path = write_csv(tmp_path / "x.csv", [["Question", "Answer"], ["Same", "yes"], ["Other", "no"]])
    found = guessed(path, known, KnownWords(framework="a"))
    assert found.mapping.values == {"criterion": {"Same": "B1", "Other": "B2"}, "status": {"yes": "ja", "no": "nein"}}
    path = write_csv(tmp_path / "x.csv", [["Question", "Answer"], ["Same", "yes"]])
    assert guessed(path, known, KnownWords(framework="a")).mapping.values["criterion"] == {"Same": "A1"}
    assert guessed(path, known, KnownWords()).values["criterion"]["Same"].reason.why == "several"


def test_a_status_means_what_the_scale_of_the_framework_says(tmp_path: Path) -> None:
    known = Names(
        {"criterion": {"T1": ("Text one",), "T2": ("Text two",)}},
        {"T1": "toy", "T2": "toy"},
        {"toy": {"done": "full", "half": "part", "never": "nil", "skip": "not_applicable"}},
    )
    table = [["Q", "Answer"], ["T1", "Oui"], ["T1", "En partie"], ["T2", "NON"], ["T2", "s.o."], ["T2", "half"]]
    found = guessed(write_csv(tmp_path / "x.csv", table), known)
    assert found.mapping.values["status"] == {"Oui": "done", "En partie": "half", "NON": "never", "s.o.": "skip"}


# Mistakes.


def test_two_columns_that_look_alike_are_reported(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Answer", "Status"], ["CRBP-02.a", "yes", "no"], ["CRBP-02.b", "no", "no"]]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names)
    reason = found.columns["status"]
    assert (reason.sure, reason.why) == (Sure.DOUBTFUL, "alike")
    assert {found.mapping.columns["status"], *dict(reason.places).values()} == {"Answer", "Status"}
    assert found.doubtful


def test_two_columns_with_the_same_name_are_distinguished(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Answer", "Answer"], ["CRBP-02.a", "yes", "no"], ["CRBP-02.b", "no", "no"]]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names)
    assert found.columns["status"].why == "alike"
    assert (found.mapping.columns["status"], found.left) == ("Answer", ("Answer (2)",))


def test_an_id_beside_its_text_is_no_doubt(names: Names, text: Mapping[str, str], tmp_path: Path) -> None:
    table = [["Ref", "Question", "Answer"], *[[c, text[c], "yes"] for c in ("CRBP-02.a", "CRBP-02.b")]]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names)
    assert found.columns["criterion"].sure is Sure.SURE
    table[2][1] = text["CRBP-03.a"]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names)
    assert found.columns["criterion"].why == "alike"


def test_a_column_whose_values_do_not_fit_its_name_is_doubtful(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Answer"], ["CRBP-02.a", "we work on it"], ["CRBP-02.b", "see the annex"]]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names)
    assert (found.columns["status"].sure, found.columns["status"].why) == (Sure.DOUBTFUL, "contradicts")
    assert {match.reason.why for match in found.values["status"].values()} == {"unknown"}


def test_an_unknown_status_is_doubtful_and_a_typing_error_gets_a_suggestion(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Answer"], ["CRBP-02.a", "yes"], ["CRBP-02.b", "perhaps"], ["CRBP-02.c", "implemnted"]]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names)
    status = found.values["status"]
    assert (status["perhaps"].code, status["perhaps"].reason.why) == (None, "unknown")
    assert (status["implemnted"].code, status["implemnted"].reason.why) == ("implemented", "near")
    assert found.doubtful
    # What is doubtful is suggested, and never used unchecked.
    assert found.mapping.values["status"] == {"yes": "implemented"}


def test_an_id_is_not_read_as_a_typing_error_of_another(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Answer"], ["CRBP-02.z", "yes"], ["CRBP 02 b", "yes"], ["CRBP-02.c", "yes"]]
    found = guessed(write_csv(tmp_path / "ghana.csv", table), names).values["criterion"]
    assert [match.code for match in found.values()] == [None, "CRBP-02.b", "CRBP-02.c"]


def test_a_text_with_half_of_its_words_is_only_suggested(names: Names, text: Mapping[str, str], tmp_path: Path) -> None:
    words = text["CRBP-02.a"].split()
    half = " ".join([*words[: len(words) * 7 // 10], "and", "something", "else"])
    path = write_csv(tmp_path / "ghana.csv", [["Question", "Answer"], [half, "yes"], [text["CRBP-02.b"], "yes"]])
    found = guessed(path, names)
    match = found.values["criterion"][half]
    assert (match.code, match.reason.sure, match.taken) == ("CRBP-02.a", Sure.DOUBTFUL, None)
    assert half not in found.mapping.values["criterion"]


def test_a_status_between_that_could_be_two_words_is_asked_for(store: Path, tmp_path: Path) -> None:
    published = Reader(store).current()
    path = write_csv(tmp_path / "beland.csv", [["Question", "Answer"], ["T1.a", "partly"], ["T1.b", "yes"]])
    match = guessed(path, names_of(published), KnownWords()).values["status"]["partly"]
    assert (match.code, match.reason.why, dict(match.reason.places)) == (None, "several", {"codes": "mostly, somewhat"})


def test_a_wide_year_is_not_read_as_a_typing_error_of_another(names: Names, tmp_path: Path) -> None:
    table = [["Year", "Country", "Question", "Answer"], ["2019", "Ghana", "CRBP-02.a", "yes"]]
    found = guessed(write_csv(tmp_path / "x.csv", table), names)
    assert found.values["round"]["2019"].code == "2019"
    assert found.values["round"]["2019"].taken is None


@pytest.mark.parametrize(
    ("days", "order", "doubt"),
    [
        (["03/04/2025", "25/04/2025"], "dmy", False),
        (["03/04/2025", "04/25/2025"], "mdy", False),
        (["03/04/2025", "05/04/2025"], "dmy", True),
        (["2025-04-03", "03/03/2025"], "dmy", False),
        (["3 abril 2025", "April 5, 2025"], "dmy", False),
    ],
)
def test_days_as_text(names: Names, tmp_path: Path, days: list[str], order: str, doubt: bool) -> None:
    table = [["Question", "Answer", "Date"], ["CRBP-02.a", "yes", days[0]], ["CRBP-02.b", "no", days[1]]]
    path = write_csv(tmp_path / "ghana.csv", table)
    found = guessed(path, names)
    assert found.mapping.days == order
    assert (found.columns["answered_on"].why == f"days_{order}") == doubt == found.doubtful
    rows = apply(found.mapping, _grids(path), path.name).rows
    assert all(date.fromisoformat(row.values["answered_on"]) for row in rows)


def test_an_unrelated_sheet_gives_no_mapping(names: Names, tmp_path: Path) -> None:
    found = guessed(write_csv(tmp_path / "x.csv", [["Colour", "Taste"], ["mauve", "sweet"]]), names, KnownWords())
    assert found.mapping.columns == {}
    assert found.doubtful
    found = guessed(write_csv(tmp_path / "y.csv", [["one cell"]]), names, KnownWords())
    assert found.mapping.missing == ("round", "operation", "criterion", "status")


# Sheets that are spread over columns or sheets.


def test_a_group_roll_up_has_a_column_an_operation(names: Names, text: Mapping[str, str], tmp_path: Path) -> None:
    table = [
        ["Group roll-up 2025", "", "", "", ""],
        ["Question", "Ghana", "Chad", "Region", "Comment"],
        [text["CRBP-02.a"], "Yes", "", "", "x"],
        [text["CRBP-02.b"], "Partly", "N/A", "Africa", ""],
    ]
    path = write_book(tmp_path / "x.xlsx", {"All": table})
    found = guessed(path, names)
    across = found.mapping.across
    assert across is not None
    assert (across.column, across.codes) == ("operation", {"Ghana": "gha-op", "Chad": "tcd-op"})
    assert found.columns["operation"].why == "across_operation"
    assert found.left == ("Region",)
    rows = apply(found.mapping, _grids(path), path.name).rows
    assert [(r.values["operation"], r.values["criterion"], r.values["status"]) for r in rows] == [
        ("gha-op", "CRBP-02.a", "implemented"),
        ("gha-op", "CRBP-02.b", "partly"),
        ("tcd-op", "CRBP-02.b", "not_applicable"),
    ]
    # A note that applies to all of them would be attached to each: somebody must check.
    assert (found.columns["note"].sure, found.columns["note"].why) == (Sure.DOUBTFUL, "beside_all")


@pytest.mark.parametrize(
    ("head", "column", "n"),
    [(["Country", "CRBP-02.a", "CRBP-02.b"], "criterion", 4), (["Question", "2023", "Round 2024", "2025"], "round", 6)],
)
def test_columns_may_stand_for_criteria_or_rounds(
    names: Names, tmp_path: Path, head: list[str], column: str, n: int
) -> None:
    first = ["Ghana", "Chad"] if column == "criterion" else ["CRBP-02.a", "CRBP-02.b"]
    path = write_csv(tmp_path / "bolivia.csv", [head, *[[name, *["yes"] * (len(head) - 1)] for name in first]])
    found = guessed(path, names)
    assert found.mapping.across is not None
    assert found.mapping.across.column == column
    assert found.mapping.missing == ()
    assert len(apply(found.mapping, _grids(path), path.name).rows) == n


def test_a_long_sheet_is_not_read_as_a_wide_one(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Status", "Ghana", "Chad"], ["CRBP-02.a", "yes", "", ""], ["CRBP-02.b", "no", "", ""]]
    found = guessed(write_csv(tmp_path / "bolivia.csv", table), names)
    assert found.mapping.across is None
    assert found.mapping.columns["status"] == "Status"


def test_sheets_with_the_same_header_are_read_together_and_their_titles_name_the_operation(
    names: Names, tmp_path: Path
) -> None:
    sheet = [["Question", "Answer"], ["CRBP-02.a", "yes"], ["CRBP-02.b", "no"]]
    path = write_book(tmp_path / "x.xlsx", {"Read me": [["How"], ["to"]], "Ghana": sheet, "Chad": sheet})
    found = guessed(path, names)
    assert found.mapping.sheets == ("Ghana", "Chad")
    assert found.mapping.columns["operation"] == SHEET
    mapped = apply(found.mapping, _grids(path), path.name)
    assert [row.values["operation"] for row in mapped.rows] == ["gha-op", "gha-op", "tcd-op", "tcd-op"]
    assert [problem.kind for problem in mapped.problems] == ["sheet_left"]


# Other forms.


def test_a_plan_of_actions_is_known(names: Names, tmp_path: Path) -> None:
    table = [
        ["Country", "Criterion", "Action", "Owner", "Deadline", "Status", "Priority"],
        ["Ghana", "CRBP-02.a", "Train all shops", "Head of sales", "31/12/2026", "In progress", "High"],
        ["Chad", "CRBP-02.b", "Write a policy", "Legal", "30/06/2026", "Done", "Media"],
    ]
    path = write_csv(tmp_path / "Plan 7.csv", table)
    found = guessed(path, names)
    assert found.mapping.form == "actions"
    assert (found.mapping.fixed["action"], found.columns["action"].why) == ("plan-7-{row}", "numbered")
    first, second = apply(found.mapping, _grids(path), path.name).rows
    assert first.values == {
        "action": "plan-7-2", "operation": "gha-op", "criterion": "CRBP-02.a", "text": "Train all shops",
        "owner_role": "Head of sales", "due_on": "2026-12-31", "status": "in_progress", "priority": "high",
    }  # fmt: skip
    assert (second.values["status"], second.values["priority"]) == ("done", "medium")


def test_ratings_of_risks_are_known(names: Names, tmp_path: Path) -> None:
    impacts = [impact for impact in names.called["impact"] if "-r" in impact][:3]
    head = ["Risk", "Gravity", "Scope", "Irremediability", "Probability", "Source", "Confidence"]
    table = [head, *[[names.titled("impact", i), "4", "3", "2", "1", "Log", "Alta"] for i in impacts]]
    path = write_csv(tmp_path / "ghana.csv", table)
    found = guessed(path, names)
    assert found.mapping.form == "risk_ratings"
    assert found.mapping.missing == ()
    row = apply(found.mapping, _grids(path), path.name).rows[0].values
    assert (row["impact"], row["scale"], row["likelihood"], row["confidence"]) == (impacts[0], "4", "1", "high")


def test_columns_of_operations_can_be_chosen_where_no_title_says_so(names: Names, tmp_path: Path) -> None:
    head = ["Question", "Opco B", "Ghana", "Points"]
    table = [head, ["CRBP-02.a", "x", "looks good", "4"], ["CRBP-02.b", "", "", ""]]
    path = write_csv(tmp_path / "x.csv", table)
    assert guessed(path, names).mapping.across is None
    found = guessed(path, names, KnownWords(across="operation"))
    assert found.mapping.across is not None
    assert (found.mapping.across.column, found.mapping.across.codes) == ("operation", {"Ghana": "gha-op"})
    assert found.columns["operation"] == found.columns["status"] == CHOSEN
    assert found.mapping.columns["criterion"] == "Question"
    assert set(found.left) == {"Opco B", "Points"}
    nobody = guessed(path, names, KnownWords(across="round"))
    assert nobody.mapping.missing == ("round", "operation", "status")


def test_several_columns_can_be_read_as_one_with_the_answers(names: Names, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "x.csv", [["Question", "Ghana", "Chad"], ["CRBP-02.a", "yes", "no"]])
    assert guessed(path, names).mapping.across is not None
    assert guessed(path, names, KnownWords(across="")).mapping.across is None


def test_another_form_can_be_wanted(names: Names, tmp_path: Path) -> None:
    table = [["Question", "Answer"], ["CRBP-02.a", "yes"]]
    found = guessed(write_csv(tmp_path / "x.csv", table), names, KnownWords(form="actions"))
    assert found.mapping.form == "actions"
    assert found.mapping.columns["criterion"] == "Question"


def test_every_reason_has_its_sentence(names: Names, tmp_path: Path) -> None:
    from dashboard.loading.yaml_file import read_words

    found: Guess = guessed(write_csv(tmp_path / "ghana.csv", [["Question", "Answer"], ["CRBP-02.a", "hm"]]), names)
    for reason in [*found.columns.values(), *(m.reason for by in found.values.values() for m in by.values())]:
        assert "{" not in reason.sentence(read_words())


def _grids(path: Path) -> tuple[SheetGrid, ...]:
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    return grids
