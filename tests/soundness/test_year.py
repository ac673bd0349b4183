"""A year in the life of a group: does every figure move when it should and only then, whichever door is used?

Each step is taken as a person takes it, by the command, on the page, or both. After each, the figures of both rounds
are those worked out from what was written into the files, and have moved in no round in which they should not.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.model.words import Words
from dashboard.store.history import current_number
from tests.conftest import ROOT, said
from tests.soundness.year import (
    ANSWERS,
    APPROVALS,
    CHIEF,
    CRITERIA,
    DROPPED,
    FIRST,
    GROUP,
    LANDS,
    LATER,
    OWNER,
    RECODED,
    SECOND,
    WEIGHED,
    WORTH,
    Year,
    listed,
    says,
)
from tests.ui.conftest import (
    OpenPage,
    cells,
    cookies,
    finding,
    looked_for_once,
    nothing_failed,
    page,
    session_ends,
    tells,
    texts,
    warm,
)

__all__ = ["cookies", "looked_for_once", "page", "session_ends", "warm"]


def the_lists_and_standards_are_published(year: Year) -> None:
    lands = "country,title,region\n" + "".join(f"{code},{title},Africa\n" for code, title in LANDS.items())
    rounds = "".join(f"{at},Round {at},{at}-02-01,{at}-05-31,crbp\n" for at in (FIRST, SECOND))
    rounds = f"round,title,starts_on,ends_on,frameworks\n{rounds}"
    told = year.publish(
        ROOT / "frameworks", ("countries", lands), ("operations", listed(GROUP)), ("rounds", rounds)
    )  # fmt: skip
    assert says(told, "command.published", number=1, rows=12)
    assert year.shown(FIRST) == {"GROUP": (None, 0, 8)} | dict.fromkeys(LANDS, (None, 0, 36)) | {"mean": (None, 0, 108)}


def the_first_round_is_answered(year: Year) -> None:
    year.publish(("answers", year.all_answers(FIRST, ["HQ", "gha-net", "ken-net", "sen-net"], 0)))
    assert year.shown(FIRST)["GHA"] == (None, 50, 36), "half of the answers are no figure"
    app = year.imported(year.all_answers(FIRST, ["gha-tv", "ken-tv", "sen-tv"], 1))
    assert tells(app, "collect.published", number=3)
    assert year.shown(FIRST)["KEN"][1] == 94


def an_answer_is_corrected(year: Year) -> None:
    """On the page at once; the command shows what changes, and asks."""
    before = year.shown(FIRST)
    assert tells(year.imported(year.answers(FIRST, {("gha-net", "CRBP-01.b"): "implemented"})), "collect.published")
    told = ("answers", year.answers(FIRST, {("ken-net", "CRBP-01.b"): "not_implemented"}))
    assert says(year.publish(told, code=1), "command.accept_needed")
    year.publish(told, accept=True)
    now = year.shown(FIRST)
    assert {place for place in now if now[place] != before[place]} == {"GHA", "KEN", "mean"}


def the_round_is_approved_from_below(year: Year) -> None:
    """Until all of it is, closing asks."""
    row = f"{FIRST},{{}},{{}},approved,{CHIEF},2024-07-01\n"
    rows = "".join(row.format(one, "") for one in GROUP if one != "gha-tv")
    year.publish(("approvals", APPROVALS + rows))
    assert tells(year.signed("Savandina gha-tv"), "signing.saved", place="Savandina gha-tv")
    told = year.command("close", FIRST, "--role", OWNER, code=1)
    assert says(told, "problem.round_not_approved", value=FIRST)
    assert says(told, "problem_expected.round_not_approved", expected="GHA, KEN, SEN, GROUP")
    app = year.publications(year.words("rounds.close", round="Round 2024"))
    assert tells(app, "problem_expected.round_not_approved", expected="GHA, KEN, SEN, GROUP")
    assert app.button(key="rounds_turn").label == year.words("rounds.close_anyway", round="Round 2024")
    year.publish(("approvals", APPROVALS + row.format("", "KEN") + row.format("", "SEN")))
    for place in (LANDS["GHA"], year.words("signing.group")):
        assert tells(year.signed(place), "signing.saved", place=place)


def what_is_approved_is_locked(year: Year) -> None:
    changed = f"{ANSWERS}2024,gha-net,CRBP-01.b,partly\n"
    number = current_number(year.store)
    told = year.publish(("answers", changed), code=1, accept=True)
    assert says(told, "problem.approved_before", value=FIRST)
    app = year.imported(changed)
    assert tells(app, "problem.approved_before", value=FIRST)
    assert tells(app, "collect.nothing_new")
    assert "collect_publish" not in [button.key for button in app.button]
    assert current_number(year.store) == number


def the_round_is_closed(year: Year) -> None:
    """Now nothing is left to ask about."""
    assert says(year.command("close", FIRST, "--role", OWNER), "command.closed", about=FIRST)
    row = cells(year.open("data/publications", {"round": FIRST}))
    assert row.count(year.words("rounds.closed")) == 1
    told = year.publish(("answers", f"{ANSWERS}2024,gha-net,CRBP-01.b,partly\n"), code=1, accept=True)
    assert says(told, "problem.round_closed", value=FIRST)


def the_group_changes(year: Year) -> None:
    """One operation ends, one is split, one has a new code, and one is not in the file."""
    ends = f",{FIRST},"
    rows = {one: land for one, land in (RECODED | LATER).items() if one != "gha-net"}
    text = listed(rows, ken_tv=ends, sen_tv=ends, ghana_tv=",,gha-tv")
    app = year.publications(year.words("data.publish"), ("operations", text))
    told = "\n".join(cells(app))
    assert all(says(told, "problem.operation_ends", value=f"{one} → {FIRST}") for one in ("ken-tv", "sen-tv"))
    assert says(told, "problem.recoded", value="gha-tv → ghana-tv")
    assert says(told, "problem.operations_missing", value="gha-net")
    year.operations = {FIRST: RECODED, SECOND: LATER}
    year.said = {(at, "ghana-tv" if one == "gha-tv" else one, code): was for (at, one, code), was in year.said.items()}
    assert {place: figure[2] for place, figure in year.shown(SECOND).items()} == {
        "GROUP": 8, "GHA": 36, "KEN": 18, "SEN": 54, "mean": 108,
    }  # fmt: skip


def the_next_edition_weighs_otherwise(year: Year) -> None:
    """What would move in the closed round is listed, and published only once that is agreed to.

    On the page, which takes no standards, an operation that joins the closed round is asked about.
    """
    was, number = year.shown(FIRST), current_number(year.store)
    head = f"criterion: {WEIGHED}\n        kind: respect\n        level: operation\n        weight: "
    folder = year.edition("1.8", f"{head}2\n", f"{head}9\n")
    listing = year.publish(folder, code=1)
    assert says(listing, "command.accept_needed")
    joins = ("operations", listed({"ken-new": "KEN"}, ken_new=f"{FIRST},,"))
    app = year.publications(year.words("data.publish"), joins)
    assert tells(app, "data.agree_first")
    assert tells(app, "closed.one", country="Kenya", figure="CRBP respect", now=year.words("closed.none"))
    assert [said("closed.moves").fullmatch(box.label) is not None for box in app.checkbox] == [True]
    assert (year.shown(FIRST), current_number(year.store)) == (was, number)
    year.publish(folder, accept=True)
    year.weights[WEIGHED] = 9
    now = year.shown(FIRST)
    moved = {"country": "Kenya", "round": "Round 2024", "figure": "CRBP respect"}
    moved |= {"was": f"{was['KEN'][0]} developing", "now": f"{now['KEN'][0]} developing"}
    assert was["KEN"] != now["KEN"]
    assert says(listing, "closed.one", **moved)
    changed = {"framework": "CRBP", "was": was["mean"][0], "now": now["mean"][0]}
    changed_said = year.words("signing.moved_one", place=year.words("signing.group"), **changed)
    for place in (year.open("overview", {"round": FIRST}), year.open("collect", {"part": "owed", "round": FIRST})):
        assert changed_said in "\n".join([*texts(place), *cells(place)])


def a_criterion_ends(year: Year) -> None:
    """Where it was asked and the round is closed, it stays; nobody is asked about anything."""
    year.publish(year.edition("1.9", f"criterion: {DROPPED}\n", f'criterion: {DROPPED}\n        until: "1.8"\n'))
    year.dropped[SECOND] = DROPPED
    assert year.shown(SECOND)["GHA"][2] == 34


def the_second_round_is_answered(year: Year) -> None:
    assert tells(year.imported(year.all_answers(SECOND, ["sen-north", "sen-south"], 0)), "collect.published")
    year.publish(("answers", year.all_answers(SECOND, [one for one in LATER if one in RECODED], 2)))
    told = year.publish(("answers", f"{ANSWERS}2025,gha-net,{DROPPED},partly\n"), code=1, accept=True)
    assert says(told, "problem.not_asked", value=DROPPED)
    assert says(told, "problem.expected", expected="until 1.8")
    told = year.publish(("answers", f"{ANSWERS}2025,ken-tv,CRBP-01.b,partly\n"), code=1, accept=True)
    assert said("problem.not_asked", value="CRBP-01.b").search(told)
    assert not says(told, "problem.expected"), "it would be asked, had it not ended"


def the_rounds_are_compared(year: Year) -> None:
    """Matched is what the same operation answered both times, whatever its code."""
    keys = [
        (one, code) for one in LATER if one != "HQ" and one in RECODED
        for code in year.questions(SECOND, one) if CRITERIA[code]["kind"] == "respect"
    ]  # fmt: skip
    moves = [WORTH[year.said[(SECOND, *key)]] - WORTH[year.said[(FIRST, *key)]] for key in keys]
    app = year.open("changes", {"round": SECOND})
    counts = {"better": sum(move > 0 for move in moves), "worse": sum(move < 0 for move in moves)}
    matched, lands = (year.words.count(f"changes.{of}", n) for of, n in (("matched", len(keys)), ("countries", 3)))
    assert len(keys) == 4 * 17
    places = {"earlier": "Round 2024", "matched": matched, "countries": lands} | counts
    assert any(said(f"changes.{way}", **places).fullmatch(finding(app)) for way in ("rose", "fell"))
    assert tells(app, "changes.only_in", round="Round 2024", names="Savandina ken-tv, Savandina sen-tv")
    assert tells(app, "changes.only_in", round="Round 2025", names="Savandina sen-north, Savandina sen-south")
    assert tells(app, "changes.no_longer_asked_some.one", who="Savandina ghana-tv")


def wrong_files_are_taken_back(year: Year) -> None:
    """On the page, and by the command."""
    right, number = year.shown(SECOND), current_number(year.store)
    wrong = "".join(f"2025,ken-net,{code},not_known\n" for code in year.questions(SECOND, "ken-net"))
    for on_page in (True, False):
        year.publish(("answers", ANSWERS + wrong), accept=True)
        assert year.shown(SECOND)["KEN"] == (None, 0, 17)
        if on_page:
            app = year.open("data/publications")
            app.text_input(key="writer_role").set_value(OWNER)
            app.selectbox(key="back_to").set_value(number)
            next(button for button in app.button if button.label == year.words("data.revert")).click().run()
            nothing_failed(app)
        else:
            assert says(year.command("revert", number, "--role", OWNER), "command.reverted")
        assert year.shown(SECOND) == right


def the_history_tells_all_of_it(year: Year) -> None:
    number = current_number(year.store)
    assert says(year.command("history", "--verify"), "command.verified.other", n=number, chained=number)
    kinds = [
        *(year.words(f"data.kind_{kind}") for kind in ("publish", "revert")),
        year.words("data.kind_close", about=FIRST),
    ]
    assert [year.command("history").count(f"  {kind}  ") for kind in kinds] == [number - 3, 2, 1]
    found = cells(year.open("data/publications"))
    assert found.count(year.words.listed((year.words.count("data.files", 1), year.words.count("data.rows", 8)))) == 1
    weighed = next(cell for cell in found if says(cell, "data.version", framework="CRBP", was="1.7", now="1.8"))
    assert says(weighed, "data.closed_moved.other", n=3)
    assert says(weighed, "closed.one", country="Kenya", round="Round 2024")
    assert any(says(cell, "data.version", framework="CRBP", was="1.8", now="1.9") for cell in found)


STEPS: tuple[tuple[Callable[[Year], None], set[str]], ...] = (
    (the_first_round_is_answered, {FIRST}),
    (an_answer_is_corrected, {FIRST}),
    (the_round_is_approved_from_below, set()),
    (what_is_approved_is_locked, set()),
    (the_round_is_closed, set()),
    (the_group_changes, {SECOND}),
    (the_next_edition_weighs_otherwise, {FIRST}),
    (a_criterion_ends, {SECOND}),
    (the_second_round_is_answered, {SECOND}),
    (the_rounds_are_compared, set()),
    (wrong_files_are_taken_back, set()),
    (the_history_tells_all_of_it, set()),
)
"""What happens in turn, and the rounds whose figures it moves."""


@pytest.mark.thorough
def test_a_year_in_the_life_of_a_group(
    page: OpenPage, tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    (tmp_path / "files").mkdir()
    year = Year(tmp_path / "store", tmp_path / "files", page, words)
    the_lists_and_standards_are_published(year)
    before = {at: year.shown(at) for at in (FIRST, SECOND)}
    for step, moves in STEPS:
        step(year)
        now = {at: year.shown(at) for at in (FIRST, SECOND)}
        assert now == {at: year.worked_out(at) for at in now}, step.__name__
        assert {at for at in now if now[at] != before[at]} == moves, step.__name__
        before = now
