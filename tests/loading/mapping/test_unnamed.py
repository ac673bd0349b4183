"""Is a column asked about if only its values say what it is, and they could be anything's?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.reasons import Guess, GuessReason, Sure
from dashboard.model.mapping import Names
from tests.loading.foreign import guessed, write_csv

NAMES = Names(
    {
        "operation": {
            "a-op": ("Toys of Aland", "Aland"),
            "b-op": ("Toys of Beland", "Beland"),
            "g-op": ("Ghana",),
            "k-op": ("Kenya",),
        },
        "criterion": {"T1": ("No toy is sharp",), "T2": ("Toys are lent",), "T3": ("Toys are mended",)},
        "round": {"2024": ("2024",), "2025": ("2025",), "R3": ("Third round",)},
        "impact": {},
    },
    dict.fromkeys(("T1", "T2", "T3"), "toy"),
    {"toy": {"full": "full", "partly": "part", "none": "nil", "na": "not_applicable", "open": "not_known"}},
    {"full": ("Fully lent",), "partly": ("Partly lent",), "none": ("Not lent",)},
)


def read(folder: Path, **columns: str) -> Guess:
    """The guess about a sheet with these columns; the values of each are given as words between spaces."""
    table = [list(columns), *map(list, zip(*(values.split() for values in columns.values()), strict=True))]
    return guessed(write_csv(folder / "x.csv", table), NAMES)


def doubt(found: Guess, ours: str = "status") -> tuple[str, ...] | None:
    """Why a column is asked about, and what is said of others or of its words; None if it is not asked about."""
    reason: GuessReason = found.columns[ours]
    return (reason.why, *(text for _, text in reason.places)) if reason.sure is Sure.DOUBTFUL else None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("TRUE FALSE TRUE", "TRUE, FALSE"), ("yes no yes", "yes, no"), ("Sí No No", "Sí, No"), ("✓ ✓ ✓", "✓"),
        ("done done done", "done"), ("yes n/a no", "yes, n/a, no"), ("partly partly partly", "partly"),
    ],
)  # fmt: skip
def test_words_that_could_answer_any_question_are_asked_about(tmp_path: Path, values: str, told: str) -> None:
    found = read(tmp_path, Question="T1 T2 T3", followup=values)
    assert found.mapping.columns["status"] == "followup"
    assert doubt(found) == ("plain", told)


@pytest.mark.parametrize("values", ["yes partly no", "TRUE partly TRUE", "full none partly"])
def test_words_of_a_scale_are_likely(tmp_path: Path, values: str) -> None:
    found = read(tmp_path, Question="T1 T2 T3", Blorp=values)
    assert (found.mapping.columns["status"], doubt(found)) == ("Blorp", None)


@pytest.mark.parametrize("head", ["Status", "Answer", "Réponses", "Values", "RESPUESTAS", "Resposta", "Your answer"])
def test_two_words_under_a_name_that_says_so_are_not_asked_about(tmp_path: Path, head: str) -> None:
    found = read(tmp_path, **{"Question": "T1 T2 T3", head: "TRUE FALSE TRUE"})
    assert (found.mapping.columns["status"], doubt(found)) == (head, None)


@pytest.mark.parametrize(
    "head",
    [
        "value", "Value", "VALUES", "Valeur", "Valor", "Wert", "answer", "Answers", "response", "Responses", "Réponse",
        "REPONSES", "Respuesta", "respuestas", "Resposta", "Respostas", "Antwort", "Antworten",
    ],
)  # fmt: skip
def test_a_column_with_the_name_goes_before_two_words_without_it(tmp_path: Path, head: str) -> None:
    found = read(tmp_path, **{"Question": "T1 T2 T3", "followup": "TRUE FALSE TRUE", head: "strong weak weak"})
    assert found.mapping.columns["status"] == head
    assert doubt(found) == ("alike", "followup")


def test_a_column_with_the_name_competes_with_one_that_is_known_by_its_words(tmp_path: Path) -> None:
    found = read(tmp_path, Question="T1 T2 T3", Blorp="yes partly no", Value="strong weak weak")
    assert doubt(found) == ("named", "Value")
    # Half of the name is less than all of it.
    found = read(
        tmp_path, **{"Question": "T1 T2 T3", "Answer verified": "TRUE FALSE TRUE", "Value": "strong weak weak"}
    )
    assert doubt(found) == ("named", "Value")
    # Two that bear the name and whose words fit.
    found = read(tmp_path, Question="T1 T2 T3", Answer="yes partly no", Value="no partly yes")
    assert doubt(found) is not None


def test_a_column_with_the_name_and_other_content_does_not_compete_with_one_that_has_both(tmp_path: Path) -> None:
    found = read(tmp_path, Question="T1 T2 T3", Status="yes partly no", Value="12 40 7", Response="because so since")
    assert (found.mapping.columns["status"], doubt(found)) == ("Status", None)


@pytest.mark.parametrize(
    ("ours", "values", "told"),
    [
        ("round", "2024 2025 2025", "2024, 2025"),
        ("round", "R3 R3 R3", "R3"),
        ("operation", "Ghana Kenya Ghana", "Ghana, Kenya"),
    ],
)
def test_a_round_and_an_operation_are_asked_about_too(tmp_path: Path, ours: str, values: str, told: str) -> None:
    found = read(tmp_path, Question="T1 T2 T3", Answer="yes no yes", Blorp=values)
    assert found.mapping.columns[ours] == "Blorp"
    assert doubt(found, ours) == ("plain", told)


def test_names_of_operations_and_ids_of_criteria_are_known_by_themselves(tmp_path: Path) -> None:
    for operations in ("Aland Beland Aland", "Aland Aland Aland", "Aland Ghana Ghana"):
        found = read(tmp_path, Blorp="T1 T2 T3", Blurp=operations, Answer="yes no yes")
        assert (doubt(found, "criterion"), doubt(found, "operation")) == (None, None)
