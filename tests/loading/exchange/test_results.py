"""Do OSCAL assessment results come in as answers, and go out so that they come back equal?"""

import json
from pathlib import Path

import pytest

from dashboard.loading.mapping.sheets import read_grids
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.tasks.import_sheet import ImportOptions, import_sheet
from dashboard.tasks.workbook_file import OSCAL, Wanted, write_wanted
from tests.conftest import TINY, TODAY, WRITER
from tests.loading.exchange.test_submissions import answers, emptied

RESULTS = Path(__file__).parent / "results.json"


def written(store: Path, folder: Path, operation: str) -> Path:
    path = folder / f"{operation}.json"
    made = write_wanted(store, Wanted(operation, "R2", OSCAL), path)
    assert made.problems == ()
    return path


def test_every_answer_of_an_operation_comes_back_equal(tiny_store: Path, tmp_path: Path, words: Words) -> None:
    # Among them are answers that do not apply and that nobody knows, for which OSCAL has no word.
    store = emptied(tmp_path, [TINY])
    for operation in ("a-op", "b-op", "toy-hq"):
        file = written(tiny_store, tmp_path, operation)
        imported = import_sheet(file, store, ImportOptions(writer=WRITER), words, TODAY)
        assert (imported.problems, imported.n_read == imported.n_in) == ((), True)
    everybody = ["toy-hq", "a-op", "b-op"]
    assert answers(store, "R2", everybody) == answers(tiny_store, "R2", everybody)


def test_only_what_is_satisfied_or_not_has_a_finding(tiny_store: Path, tmp_path: Path) -> None:
    (result,) = results(written(tiny_store, tmp_path, "a-op"))
    # T1.a is mostly in place, T1.b does not apply.
    assert [one["title"] for one in result["observations"]] == ["T1.a", "T1.b"]
    (finding,) = result["findings"]
    assert finding["target"] == {
        "type": "statement-id",
        "target-id": "T1.a_smt",
        "status": {"state": "not-satisfied", "reason": "fail"},
        "implementation-status": {"state": "partial"},
    }
    (result,) = results(written(tiny_store, tmp_path, "b-op"))
    assert "findings" not in result


def results(path: Path) -> list[dict[str, list[dict[str, object]]]]:
    found: list[dict[str, list[dict[str, object]]]] = json.loads(path.read_text("utf-8"))["assessment-results"][
        "results"
    ]
    return found


def test_findings_of_others_become_rows_and_the_worst_of_a_control_counts() -> None:
    grids = read_grids(RESULTS, "results.json")
    assert not isinstance(grids, Problem)
    assert grids[0].texts == (
        ("criterion", "status", "note", "answered_on", "na_reason"),
        ("T1.a", "not satisfied", "One toy in the store was.", "2025-03-01", ""),
        ("T1.b", "not applicable", "The shop lends nothing.", "2025-03-01", "The shop lends nothing."),
    )


def test_findings_of_others_are_imported_for_the_operation_and_round_that_are_named(
    store: Path, tmp_path: Path, words: Words
) -> None:
    options = ImportOptions(parameters={"round": "R2", "operation": "b-op"}, writer=WRITER)
    imported = import_sheet(RESULTS, store, options, words, TODAY)
    assert imported.outcome is not None
    assert imported.outcome.revision is not None, imported.problems
    said = {one["criterion"]: (one["status"], one["na_reason"]) for one in answers(store, "R2", ["b-op"])}
    assert said == {"T1.a": ("no", None), "T1.b": ("na", "The shop lends nothing.")}


@pytest.mark.parametrize(
    ("content", "expected"),
    [("{", "not valid JSON"), ("{}", "assessment-results"), ("[]", "not valid here"), ("", "not valid JSON")],
)
def test_another_json_file_is_refused_in_clear_words(tmp_path: Path, words: Words, content: str, expected: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    found = read_grids(path, "x.json")
    assert isinstance(found, Problem)
    assert expected in sentence(found, words)
