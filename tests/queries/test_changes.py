"""Is change measured on what was asked alike and answered twice, and is any other movement kept apart?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.model.view_state import ViewState
from dashboard.queries.ask import rows
from dashboard.queries.compare.answer_moves import CHANGES_MOVES, MOST, Moves, first_of
from dashboard.queries.compare.changes import CHANGES, CHANGES_ASKED, ChangesRow
from dashboard.queries.compare.subjects import REVIEW
from dashboard.queries.overview_headline import HEADLINE
from dashboard.queries.standards_document import STANDARD
from dashboard.store.published_codes import kept
from dashboard.store.reader import Published
from dashboard.ui.compare.changes import ROUNDS_BEFORE
from dashboard.ui.country.operation import ANSWERS
from tests.conftest import MakeView, rest_thorough
from tests.queries.toys import toys

GIVEN: dict[str, Any] = {
    **{name: getattr(ViewState(), name) for name in ViewState.__dataclass_fields__},
    "lang": "en",
    "framework": "toy",
    "round": "R2",
    "earlier": "R1",
    "within": (),
    "whole": False,
    "today": "2026-01-01",
}
MATCHED = ("better", "worse", "same")
# Aland drops what it had not done; Beland drops as much and does more; Ceeland only does more.
RISERS = """
| operation | criterion | R1     | R2     |
| a-op      | T3.1      | mostly | mostly |
| a-op      | T3.2      | mostly | mostly |
| a-op      | T3.3      | no     | na     |
| a-op      | T3.4      | no     | no     |
| b-op      | T3.1      | mostly | yes    |
| b-op      | T3.2      | mostly | yes    |
| b-op      | T3.3      | no     | na     |
| b-op      | T3.4      | no     | no     |
| c-op      | T3.1      | mostly | yes    |
| c-op      | T3.2      | mostly | mostly |
| c-op      | T3.3      | no     | no     |
| c-op      | T3.4      | no     | no     |
"""


def given(published: Published, **more: object) -> dict[str, Any]:
    """Every parameter, with nothing filtered but what is given."""
    asked = GIVEN | more
    return asked | kept(published, asked)


def by_country(published: Published, **more: object) -> dict[str, ChangesRow]:
    return {row["country_title"]: row for row in rows(published, CHANGES, given(published, **more))}


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize("more", [{}, {"country": ("GROUP",)}, {"country": ("GHA", "PRY", "GROUP")}, {"common": "yes"}])
@pytest.mark.parametrize(("now", "before"), [("2025", "2024"), ("2024", "2023")])
def test_from_the_round_before_change_is_that_of_the_overview(
    framework: str, kind: str, more: dict[str, object], now: str, before: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, kind=kind, round=now, **more)
    assert next(iter(rows(view.published, ROUNDS_BEFORE, view.parameters())))["round"] == before
    (head,) = (row for row in rows(view.published, HEADLINE, view.parameters()) if row["kind"] == kind)
    found = rows(view.published, CHANGES, view.parameters(earlier=before))
    assert {(row["all_change"], row["all_matched"]) for row in found} == {(head["change"], head["n_matched"])}


@pytest.mark.thorough
def test_a_rise_only_from_answers_left_out_is_shown_as_such(tmp_path: Path) -> None:
    _, published = toys(tmp_path, RISERS)
    found = by_country(published)
    assert {title: row["rose_by"] for title, row in found.items() if row["rose_by"]} == {"Aland": "not_applicable"}
    aland = found["Aland"]
    # 1.5 of 4, then 1.5 of 3, and 1.5 of 4 if the dropped answer had been kept.
    assert [aland[name] for name in ("own_was", "own_now", "own_kept", "n_dropped")] == [38, 50, 38, 1]
    assert [aland[name] for name in ("n_matched", "was", "now", "change")] == [3, 50, 50, 0]
    assert [found["Beland"][name] for name in ("own_was", "own_now", "own_kept")] == [38, 67, 50]
    assert (aland["all_change"], aland["all_matched"], aland["all_better"]) == (8, 10, 3)


@pytest.mark.parametrize("gone", rest_thorough(["", "dont_know"]))
def test_a_rise_only_from_answers_no_longer_given_is_shown_as_such(gone: str, tmp_path: Path) -> None:
    table = RISERS.replace(
        "| a-op      | T3.3      | no     | na     |", f"| a-op      | T3.3      | no     | {gone} |"
    )
    assert table != RISERS
    _, published = toys(tmp_path, table)
    found = by_country(published)
    assert {title: row["rose_by"] for title, row in found.items() if row["rose_by"]} == {"Aland": "silence"}
    assert [found["Aland"][name] for name in ("own_was", "own_now", "own_kept", "n_dropped")] == [38, 50, 38, 1]


def test_too_few_matched_answers_are_no_figure_and_no_part_of_the_mean(tmp_path: Path) -> None:
    _, published = toys(
        tmp_path,
        """
        | operation | criterion | R1 | R2       |
        | a-op      | T3.1      | no | yes      |
        | a-op      | T3.2      |    | yes      |
        | b-op      | T3.1      | no | yes      |
        | b-op      | T3.2      | no | somewhat |
        """,
    )
    found = by_country(published)
    assert [found["Aland"][name] for name in ("enough", "was", "now", "change")] == [False] + [None] * 3
    assert (found["Beland"]["all_matched"], found["Beland"]["all_change"]) == (2, 63)


def test_a_country_below_the_coverage_limit_in_one_round_moves_no_mean(tmp_path: Path) -> None:
    # Aland gave 2 of 5 answers in the second round, Ceeland 2 of 5 in the first; Beland gave 4 of 5 in both.
    _, published = toys(
        tmp_path,
        """
        | operation | criterion | R1  | R2  |
        | a-op      | T3.1      | no  | yes |
        | a-op      | T3.2      | no  | yes |
        | a-op      | T3.3      | yes |     |
        | a-op      | T3.4      | yes |     |
        | a-op      | T3.5      | yes |     |
        | b-op      | T3.1      | no  | yes |
        | b-op      | T3.2      | no  | no  |
        | b-op      | T3.3      | no  | no  |
        | b-op      | T3.4      | no  | no  |
        | b-op      | T3.5      |     |     |
        | c-op      | T3.1      | yes | no  |
        | c-op      | T3.2      | yes | no  |
        | c-op      | T3.3      |     | no  |
        | c-op      | T3.4      |     | no  |
        | c-op      | T3.5      |     | no  |
        """,
    )
    found = by_country(published)
    told = {
        title: [row[name] for name in ("enough", "covered", "enters", "n_matched", "n_applicable", "change")]
        for title, row in found.items()
    }
    assert told == {
        "Aland": [True, False, False, 2, 5, 100],
        "Beland": [True, True, True, 4, 5, 25],
        "Ceeland": [True, False, False, 2, 5, -100],
    }
    assert [(row["own_was"], row["own_now"]) for row in found.values()] == [(60, None), (0, 25), (None, 0)]
    assert {(row["all_change"], row["all_matched"], row["all_countries"]) for row in found.values()} == {(25, 4, 1)}
    (head,) = (row for row in rows(published, HEADLINE, given(published)) if row["kind"] == "respect")
    assert (head["change"], head["n_matched"], head["n_countries_matched"]) == (25, 4, 1)


LIMIT = {"crbp": Fraction(7, 10), "cop-2014": Fraction(7, 10), "cop-2020": Fraction(7, 10)}


@pytest.mark.parametrize(
    "framework", ["crbp", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("cop-2014", "cop-2020"))]
)
@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize("round_", ["2025", "2024"])
def test_the_mean_change_is_that_of_countries_with_a_figure_in_both_rounds(
    framework: str, kind: str, round_: str, view_of: MakeView
) -> None:
    """The same calculated slowly, answer by answer; an operation a country, and nothing was reworded."""
    view = view_of(framework=framework, kind=kind, round=round_)
    earlier = str(int(round_) - 1)
    asked = view.parameters(earlier=earlier)
    weights = {row["criterion"]: Fraction(row["weight"]) for row in rows(view.published, STANDARD, asked)}
    changes = []
    by_round: list[dict[str, dict[str, Any]]] = [{}, {}]
    for at, told in zip((earlier, round_), by_round, strict=True):
        for row in rows(view.published, ANSWERS, asked | {"round": at, "whole": True}):
            if row["kind"] == kind and row["country"] != "GROUP":
                told.setdefault(row["country"], {})[row["criterion"]] = row
    was, now = by_round
    for country in was.keys() & now.keys():
        shares = []
        for told in (was[country], now[country]):
            applies = [row for row in told.values() if row["counts_as"] != "not_applicable"]
            shares.append(Fraction(sum(row["counts_as"] == "answered" for row in applies), len(applies)))
        both = [
            code
            for code in was[country].keys() & now[country].keys()
            if was[country][code]["counts_as"] == now[country][code]["counts_as"] == "answered"
        ]
        if len(both) >= 3 and min(shares) >= LIMIT[framework]:
            moved = sum(
                weights[code] * (Fraction(now[country][code]["value"]) - Fraction(was[country][code]["value"]))
                for code in both
            )
            changes.append((moved / sum(weights[code] for code in both), len(both)))
    mean = 100 * sum(change for change, _ in changes) / len(changes)
    found = rows(view.published, CHANGES, asked)[0]
    assert (found["all_change"], found["all_matched"], found["all_countries"]) == (
        floor(abs(mean) + Fraction(1, 2)) * (1 if mean > 0 else -1), sum(n for _, n in changes), len(changes),
    )  # fmt: skip
    assert 1 <= len(changes) < len(was.keys() | now.keys()), "so that some do not count"


@pytest.mark.thorough
@pytest.mark.parametrize(("versions", "reworded"), [("toy=1.0", 3), ("toy=1.1", 0), ("toy=1.2", 0), ("", 0)])
def test_answers_to_other_words_are_listed_and_not_compared(tmp_path: Path, versions: str, reworded: int) -> None:
    _, published = toys(tmp_path, RISERS, versions, since="1.1.0")
    asked = rows(published, CHANGES_ASKED, given(published))
    assert [(row["code"], row["n"], row["since"]) for row in asked if row["move"] == "reworded"] == (
        [("T3.1", 3, "1.1.0")] if reworded else []
    )
    found = by_country(published)
    assert found["Aland"]["all_matched"] == 10 - reworded
    (head,) = (row for row in rows(published, HEADLINE, given(published)) if row["kind"] == "respect")
    assert (head["n_matched"], head["change"]) == (10 - reworded, found["Aland"]["all_change"])


@pytest.mark.thorough
def test_what_nobody_answers_any_more_was_in_no_other_words(tmp_path: Path) -> None:
    table = """
        | operation | criterion | R1 | R2 |
        | a-op | T3.1 | yes | |
        | b-op | T3.1 | | yes |
        | c-op | T3.1 | no | yes |
    """
    _, published = toys(tmp_path, table, versions="toy=1.0", since="1.2")
    moves = rows(published, CHANGES_MOVES, given(published))
    assert {(row["operation_title"], row["move"]) for row in moves} == {
        ("Aland", "no_longer_answered"), ("Beland", "newly_answered"),
    }  # fmt: skip
    asked = rows(published, CHANGES_ASKED, given(published))
    assert [(row["move"], row["code"], row["n"]) for row in asked] == [("reworded", "T3.1", 1)]


@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize(("now", "before"), [("2025", "2024"), ("2024", "2023"), ("2025", "2023")])
def test_every_answer_moves_in_one_way_and_is_counted_once(kind: str, now: str, before: str, view_of: MakeView) -> None:
    """The same calculated slowly: the answers of both rounds are read one by one and compared."""
    view = view_of(kind=kind, round=now, country=("GHA", "PRY", "SEN", "GROUP"))
    given = view.parameters(earlier=before)
    was, is_now = (
        {(row["operation"], row["criterion"]): row for row in rows(view.published, ANSWERS, given | {"round": at})}
        for at in (before, now)
    )
    expected = Counter(_move(was.get(key), is_now.get(key)) for key in was.keys() | is_now.keys())
    found = Counter({row["move"]: row["n_move"] for row in rows(view.published, CHANGES_MOVES, given)})
    found |= Counter({row["move"]: row["n_answers"] for row in rows(view.published, CHANGES_ASKED, given)})
    for name in ("same", "still_open"):
        del expected[name]
    assert found == expected


def test_of_thousands_of_answers_the_first_of_each_move_are_those_that_weigh_most() -> None:
    draw = np.random.default_rng(5)
    move, weight = draw.integers(0, 4, 3000), draw.integers(0, 5, 3000) / 2
    nothing = np.zeros(3000, np.int16)
    moves = Moves(nothing, nothing, nothing, nothing, move, nothing, ())
    expected = [
        at
        for one in range(4)
        for at in sorted(np.flatnonzero(move == one).tolist(), key=lambda at: (-weight[at], at))[:MOST]
    ]
    assert first_of(moves, weight).tolist() == expected
    assert len(first_of(moves.take(np.arange(7)), weight[:7])) == 7
    assert not len(first_of(moves.take(np.arange(0)), weight[:0]))


def test_answers_that_moved_are_listed_by_weight_and_then_as_pages_list_places(view_of: MakeView) -> None:
    view = view_of(framework="cop-2014")
    found = rows(view.published, CHANGES_MOVES, view.parameters(earlier="2024"))
    weights = {row["criterion"]: row["weight"] for row in rows(view.published, STANDARD, view.parameters())}
    by_move: dict[str, list[tuple[bool, float]]] = {}
    for row in found:
        was, now = row["was_value"], row["now_value"]
        step = 1.0 if was is None or now is None else abs(now - was)
        by_move.setdefault(row["move"], []).append((not row["critical"], -step * weights[row["criterion"]]))
    assert len(by_move) > 3
    assert all(listed == sorted(listed) for listed in by_move.values())
    assert list(by_move) == sorted(by_move)


def _move(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    if was is None or now is None:
        return "newly_asked" if was is None else "no_longer_asked"
    before, after = was["counts_as"], now["counts_as"]
    if before == after == "answered":
        return "same" if was["value"] == now["value"] else "better" if was["value"] < now["value"] else "worse"
    if "not_applicable" in (before, after) and before != after:
        return "became_not_applicable" if after == "not_applicable" else "became_applicable"
    if before == after == "not_applicable" or "answered" not in (before, after):
        return "still_open"
    return "newly_answered" if after == "answered" else "no_longer_answered"


def test_answers_that_do_not_fit_the_others_are_found(tmp_path: Path) -> None:
    _, published = toys(
        tmp_path,
        """
        | operation | criterion | R1               | R2          |
        | a-op      | T3.1      | yes/none         | na          |
        | b-op      | T3.1      | yes/seen         | na          |
        | c-op      | T3.1      | na               |             |
        | a-op      | T3.2      | mostly/none      | yes         |
        | b-op      | T3.2      | somewhat/seen    | no/none     |
        | c-op      | T3.2      | no/none          | yes/self_declared |
        """,
    )

    def looked(at: str, criterion: str) -> dict[str, list[str]]:
        found: Sequence[Mapping[str, Any]] = rows(published, REVIEW, given(published, round=at, criterion=criterion))
        names = ("without_evidence", "bare_beside_seen", "only_here")
        told = {row["operation"]: [name for name in names if row[name]] for row in found}
        assert {row["all_look"] for row in found} == {sum(map(bool, told.values()))}
        return told

    # Nothing shown although another was seen; called not applicable although two others answered.
    assert looked("R1", "T3.1") == {
        "a-op": ["without_evidence", "bare_beside_seen"],
        "b-op": [],
        "c-op": ["only_here"],
    }
    # Not applicable, and nobody answered: nothing to look at.
    assert looked("R2", "T3.1") == {"a-op": [], "b-op": [], "c-op": []}
    # Different from the answer that was seen, and one that claims nothing.
    assert looked("R1", "T3.2") == {"a-op": [], "b-op": [], "c-op": []}
    # Evidence that nobody stated cannot be seen.
    assert looked("R2", "T3.2") == {"a-op": ["without_evidence"], "b-op": [], "c-op": []}
