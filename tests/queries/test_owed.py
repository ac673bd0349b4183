"""Do the lists of what is left to answer and to review agree with plain counting over every single answer?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import ANSWERING, OWED_ROUNDS
from dashboard.tasks.approvals import levels_of
from dashboard.ui.collect.owed_answers import (
    OWED,
    OWED_FUNCTIONS,
    OWED_NOT_APPLICABLE,
    OWED_OLDEST,
    OWED_SILENT,
    OWED_TO_HAND_OUT,
)
from dashboard.ui.collect.review_drafts import CHECKING
from dashboard.ui.collect.reviewing import CHECKING_ASKED, CHECKING_DONE
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView

Row = dict[str, Any]
CHOICES: dict[str, dict[str, Any]] = {
    "all": {},
    "another framework": {"framework": "cop-2014"},
    "an earlier round": {"framework": "cop-2020", "round": "2023"},
    "two countries": {"country": ("COD", "TZA")},
    "head office": {"country": ("GROUP",)},
    "a principle": {"principle": ("CRBP-08", "CRBP-09")},
    "a risk area and a right": {"risk_area": ("RA06",), "right": ("CRC-32",)},
    "nothing left": {"principle": ("CRBP-03",), "country": ("RWA",)},
}
each_choice = pytest.mark.parametrize("choice", CHOICES)
EVERYTHING = """
    SELECT r.round, r.position, f.framework, o.operation, c.country, k.criterion, k.critical, k.area, k.risk_areas,
        k.rights, s.counts_as, s.value, a.answered_on, a.note, a.na_reason, a.status_no, a.evidence, b.step, v.verdict,
        v.said
    FROM answer AS a JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN country AS c USING (country_no) JOIN criterion_card AS k USING (criterion_no)
    JOIN framework AS f USING (framework_no)
    JOIN scale AS s USING (status_no) LEFT JOIN brought AS b USING (round_no, operation_no)
    LEFT JOIN review AS v USING (round_no, operation_no, criterion_no)
"""


def lead_functions(folder: Path) -> dict[str, str]:
    """The lead function of each criterion: the first that its file names."""
    return {
        criterion["criterion"]: next(iter(criterion.get("functions") or ()), "")
        for file in folder.glob("*/framework.yaml")
        for area in yaml.safe_load(file.read_text("utf-8"))["areas"]
        for criterion in area["criteria"]
    }


LEADS = lead_functions(ROOT / "frameworks")


@pytest.fixture(scope="module")
def everything(view_of: MakeView) -> list[Row]:
    with view_of().published.cursor() as cursor:
        found: pa.Table = cursor.execute(EVERYTHING).to_arrow_table()
        return list(found.to_pylist())


def chosen(view: View, everything: Iterable[Row], every_round: bool = False) -> list[Row]:
    """The single answers that the filters keep."""
    state = view.state
    return [
        row | {"function": LEADS[row["criterion"]], "mark": mark(row)}
        for row in everything
        if row["framework"] == state.framework
        and (every_round or row["round"] == state.round)
        and (not state.country or row["country"] in state.country)
        and (not state.principle or row["area"] in state.principle)
        and (not state.risk_area or set(row["risk_areas"]) & set(state.risk_area))
        and (not state.right or set(row["rights"]) & set(state.right))
    ]


def mark(row: Row) -> str | None:
    """What became of the review of one answer."""
    if row["verdict"] is None:
        return None
    same = all(row["said"][name] == row[name] for name in ("status_no", "evidence", "note", "na_reason"))
    return str(row["verdict"]) if same else {"checked": "changed", "asked_back": "answered_back"}[row["verdict"]]


def left(row: Row) -> bool:
    return bool(row["counts_as"] == "unanswered")


def by(found: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in found:
        groups[tuple(row[name] for name in names)].append(row)
    return groups


def latest(found: list[Row]) -> Any:
    return max((row["answered_on"] for row in found if row["answered_on"]), default=None)


def unchecked(found: list[Row]) -> list[Row]:
    return [row for row in found if row["counts_as"] == "not_applicable" and row["mark"] != "checked"]


@each_choice
def test_operations_by_functions_are_counted_answer_by_answer(
    choice: str, view_of: MakeView, everything: list[Row]
) -> None:
    view = view_of(**CHOICES[choice])
    answers = chosen(view, everything)
    assert answers, "the choice holds something"
    handed_out = {
        (row["operation"], row["function"]): (
            row["n_asked"], row["n_answered"], row["n_left"], row["last_answered_on"], row["n_open"], row["step"],
        )
        for row in rows(view.published, OWED_TO_HAND_OUT, view.parameters())
    }  # fmt: skip
    assert handed_out == {
        key: (
            len(own), sum(not left(row) for row in own), sum(map(left, own)), latest(own), len(unchecked(own)),
            own[0]["step"],
        )
        for key, own in by(answers, "operation", "function").items()
    }  # fmt: skip


@each_choice
def test_each_operation_and_the_sentence_count_the_same(choice: str, view_of: MakeView, everything: list[Row]) -> None:
    view = view_of(**CHOICES[choice])
    answers = chosen(view, everything)
    found = rows(view.published, OWED, view.parameters())
    per_operation = by(answers, "operation")
    assert {(row["operation"],): (row["n_asked"], row["n_left"], row["n_open"]) for row in found} == {
        key: (len(own), sum(map(left, own)), len(unchecked(own))) for key, own in per_operation.items()
    }
    assert [row["n_left"] for row in found] == sorted((row["n_left"] for row in found), reverse=True)
    first = found[0]
    assert (first["all_operations"], first["all_asked"], first["all_left"]) == (
        len(per_operation), len(answers), sum(map(left, answers)),
    )  # fmt: skip
    assert first["all_silent"] == sum(all(map(left, own)) for own in per_operation.values())
    assert first["all_owing"] == sum(any(map(left, own)) for own in per_operation.values())
    for row in found:
        assert {(cell["function"],): (cell["n_asked"], cell["n_left"]) for cell in row["functions"]} == {
            key: (len(own), sum(map(left, own)))
            for key, own in by(per_operation[row["operation"],], "function").items()
        }


@each_choice
def test_functions_and_rounds_are_counted_answer_by_answer(
    choice: str, view_of: MakeView, everything: list[Row]
) -> None:
    view = view_of(**CHOICES[choice])
    functions = rows(view.published, OWED_FUNCTIONS, view.parameters())
    assert {(row["function"],): (row["n_asked"], row["n_left"]) for row in functions} == {
        key: (len(own), sum(map(left, own))) for key, own in by(chosen(view, everything), "function").items()
    }
    rounds = rows(view.published, OWED_ROUNDS, view.parameters())
    assert {(row["round"],): (row["n_asked"], row["n_left"], row["last_answered_on"]) for row in rounds} == {
        key: (len(own), sum(map(left, own)), latest(own))
        for key, own in by(chosen(view, everything, every_round=True), "round").items()
    }


@each_choice
def test_the_lists_hold_what_they_say(choice: str, view_of: MakeView, everything: list[Row]) -> None:
    view = view_of(**CHOICES[choice])
    answers = chosen(view, everything)
    silent = rows(view.published, OWED_SILENT, view.parameters())
    assert {(row["operation"],) for row in silent} == {
        key for key, own in by(answers, "operation").items() if all(map(left, own))
    }
    begun = {
        key: latest(own)
        for key, own in by(answers, "operation", "function").items()
        if any(map(left, own)) and not all(map(left, own))
    }
    oldest = rows(view.published, OWED_OLDEST, view.parameters())
    assert [row["last_answered_on"] for row in oldest] == sorted(begun.values())[: len(oldest)]
    assert all(begun[row["operation"], row["function"]] == row["last_answered_on"] for row in oldest)
    assert not begun or oldest[0]["all_n"] == len(begun)
    unseen = rows(view.published, OWED_NOT_APPLICABLE, view.parameters())
    expected = unchecked(answers)
    assert len(unseen) == min(60, len(expected))
    assert {(row["operation"], row["criterion"]) for row in unseen} <= {
        (row["operation"], row["criterion"]) for row in expected
    }
    assert not unseen or unseen[0]["all_n"] == len(expected)
    assert [row["critical"] for row in unseen] == sorted((row["critical"] for row in unseen), reverse=True)


def waits(row: Row) -> bool:
    if row["mark"] is None:
        return row["counts_as"] in ("answered", "not_applicable")
    return row["mark"] in ("changed", "answered_back") and not left(row)


@pytest.mark.thorough
@each_choice
@pytest.mark.parametrize("narrowed", [{}, {"operation": "tcd-op"}, {"function": ("security",)}])
def test_what_waits_to_be_checked_is_the_rest_of_what_was_and_the_most_important_first(
    choice: str, narrowed: dict[str, Any], view_of: MakeView, everything: list[Row]
) -> None:
    view = view_of(**CHOICES[choice], **narrowed)
    earlier = {
        (row["operation"], row["criterion"], row["position"] + 1): row["value"]
        for row in chosen(view, everything, every_round=True)
    }

    def raised(row: Row) -> bool:
        was = earlier.get((row["operation"], row["criterion"], row["position"]))
        return was is not None and row["value"] is not None and row["value"] > was

    answers = [
        row
        for row in chosen(view, everything)
        if (not view.state.operation or row["operation"] == view.state.operation)
        and (not view.state.function or row["function"] in view.state.function)
    ]
    approved = {row["operation"] for row in levels_of(view.published, view.state.round) if row["state"] == "approved"}
    expected = {
        (row["operation"], row["criterion"]): row for row in answers if waits(row) and row["operation"] not in approved
    }
    found = rows(view.published, CHECKING, view.parameters())
    assert len(found) == min(100, len(expected))
    for row in found:
        one = expected[row["operation"], row["criterion"]]
        assert (row["critical"], row["raised"], row["mark"]) == (one["critical"], raised(one), one["mark"])
    if found:
        first: Mapping[str, object] = found[0]
        counted = {name: first[f"all_{name}"] for name in ("n", "critical", "not_applicable", "raised", "changed")}
        assert counted == {
            "n": len(expected),
            "critical": sum(row["critical"] for row in expected.values()),
            "not_applicable": sum(row["counts_as"] == "not_applicable" for row in expected.values()),
            "raised": sum(map(raised, expected.values())),
            "changed": sum(row["mark"] is not None for row in expected.values()),
        }
    gravity = [
        (row["critical"], row["counts_as"] == "not_applicable", row["raised"], row["mark"] is not None) for row in found
    ]
    assert gravity == sorted(gravity, reverse=True)
    (done,) = rows(view.published, CHECKING_DONE, view.parameters())
    assert done["n_checked"] == sum(row["mark"] == "checked" for row in answers)
    asked = rows(view.published, CHECKING_ASKED, view.parameters())
    assert {(row["operation"], row["criterion"]) for row in asked} == {
        (row["operation"], row["criterion"]) for row in answers if row["mark"] == "asked_back"
    }


def test_the_sample_shows_every_mark_but_one(view_of: MakeView, everything: list[Row]) -> None:
    """The mark that is missing needs an answer to a question, which is first given on the page."""
    found = {mark(row) for row in everything}
    assert found == {None, "checked", "changed", "asked_back"}


@each_choice
def test_the_form_of_one_operation_holds_all_it_is_asked(choice: str, view_of: MakeView, everything: list[Row]) -> None:
    view = view_of(**CHOICES[choice])
    operation = chosen(view, everything)[0]["operation"]
    found = rows(view.published, ANSWERING, view.parameters(operation=operation))
    own = {row["criterion"]: row for row in chosen(view, everything) if row["operation"] == operation}
    assert {row["criterion"] for row in found} == own.keys()
    past = {
        (row["criterion"], row["position"]): row
        for row in chosen(view, everything, every_round=True)
        if row["operation"] == operation
    }
    for row in found:
        one = own[row["criterion"]]
        assert (row["function"], row["counts_as"], row["note"], row["mark"]) == tuple(
            one[name] for name in ("function", "counts_as", "note", "mark")
        )
        was = past.get((row["criterion"], one["position"] - 1))
        assert row["was_counts_as"] == (was["counts_as"] if was and not left(was) else None)
        assert row["was_note"] == (was["note"] if was and not left(was) else None)
