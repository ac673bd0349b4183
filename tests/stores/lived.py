"""What happens to a toy group in a year? Run by `make.py` with the program of an earlier commit, in its checkout.

Steps that the program did not have at the time are left out. At the end it prints, as JSON, what every step holds.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
from dashboard.store.publish import publish, revert
from held import held

from dashboard.store.history import history, publication_path
from dashboard.store.permission import Writer

TINY, STORE = Path(sys.argv[1]), Path(sys.argv[2])
FOLDER = STORE.with_name("handed-in")
DAY = date(2026, 1, 5)

SECOND = {
    "answers.csv": "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,na_reason\n"
    'R2,a-op,T1.a,yes,seen,"The drawer is empty; seen twice, ""really"".",Shop manager,2025-03-01,\n'
    "R2,b-op,T1.a,no,none,Ça n’a pas été fait - 2025,Shop manager,2025-03-01,\n"
    "R2,b-op,T2.a,yes,seen,,Shop manager,2025-03-02,\n"
    "R1,a2-op,T1.a,somewhat,none,,Shop manager,2024-03-02,\n",
    "risk_ratings.csv": "round,operation,impact,scale,scope,irremediability,likelihood,confidence,basis,rated_by_role,"
    "rated_on\nR1,a-op,TOY-I1,3,2,1,4,high,interviews,Safety lead,2024-02-10\n"
    "R2,a-op,TOY-I1,2,2,1,3,medium,interviews,Safety lead,2025-02-10\n"
    "R2,b-op,TOY-I1,4,1,2,2,low,interviews,Safety lead,2025-02-11\n",
    "opportunity_ratings.csv": "round,operation,impact,reach,need,feasibility,confidence,basis,rated_by_role,rated_on\n"
    "R2,a-op,TOY-I2,3,4,2,medium,interviews,Safety lead,2025-02-10\n",
    "actions.csv": "action,operation,text,owner_role,due_on,round,criterion,impact,status,priority,reason\n"
    "A-1,a-op,Empty the drawer.,Shop manager,2025-06-30,R2,T1.a,,open,high,No toy may be sharp.\n"
    "A-2,b-op,Swap the sharp toys.,,2025-07-31,R2,,TOY-I1,open,medium,\n",
    "indicators.csv": "indicator,title,unit,limit_years\nTOY-N,Toys a child,toys,3\n",
    "context.csv": "country,indicator,year,value,publisher,dataset,licence,note\n"
    "AAA,TOY-N,2024,12,Office of toys,Toys counted,free,\nBBB,TOY-N,2024,7.5,Office of toys,Toys counted,free,few\n",
}
AGAIN = (
    "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,framework_version\n"
    "R2,b-op,T2.a,no,seen,To the former words.,Shop manager,2025-05-01,toy=1.0\n"
    "R2,a-op,T2.a,mostly,seen,To the new words.,Shop manager,2025-05-01,\n"
)
CHANGED = (
    ('version: "1.0"', 'version: "1.1"'),
    ("text: Prices are told.", 'since: "1.1"\n        text: Prices are shown where the toys are.'),
    ("text: Toys are lent.", "text: Toys are lent to children."),
    ("criterion: T1.a", "criterion: T1.first\n        formerly: [T1.a]"),
)
FRENCH = "schema_version: 1\nlanguage: fr\ntexts:\n  T1: {title: Jouer, text: Les jouets sont faits pour jouer.}\n"
TOUR = (
    "schema_version: 1\ntour: shop\ntitle: Through the shop\naudience: Toy makers\nminutes: 5\nsteps:\n"
    "  - page: heatmap\n    view: {country: [AAA]}\n    title: One shop\n    text: Look at one shop.\n"
)


def main() -> None:
    """Every step in turn; one that is refused ends it."""
    for number, step in enumerate(STEPS, start=1):
        try:
            outcome = step(DAY + timedelta(days=number))
        except ImportError:
            continue
        if outcome is not None and outcome.move is None:
            raise SystemExit(f"{step.__name__}: {outcome.problems}")
    print(json.dumps(held(STORE), ensure_ascii=False, default=str))


def first(day: date) -> Any:
    return publish(STORE, [TINY], Writer("data steward", "the first round"), day)


def second(day: date) -> Any:
    return publish(STORE, [_handed_in("second", SECOND)], Writer("data steward", "what came late"), day)


def typed(day: date) -> Any:
    from dashboard.store.answers import Change, save_answers, stored_answers

    keys = [("R2", "a2-op", "T1.a"), ("R2", "a2-op", "T1.b")]
    was = _asked(lambda c: stored_answers(c, keys))
    wanted = [
        replace(was[keys[0]], status="mostly", evidence="self_declared", note="Typed in a page:\ntwo lines."),
        replace(was[keys[1]], status="na", na_reason="Nothing is lent there."),
    ]
    changes = [Change(was[one.key], one) for one in wanted]
    return save_answers(STORE, changes, Writer("Shop lead", "answered in the page"), day)


def checked(day: date) -> Any:
    from dashboard.store.answers import Check, save_reviews, stored_answers

    keys = [("R2", "a2-op", "T1.a"), ("R2", "a2-op", "T1.b"), ("R2", "a-op", "T1.a")]
    stood = _asked(lambda c: stored_answers(c, keys))
    made = [
        Check(stood[keys[0]], None, "checked", "Seen on the spot.", "seen"),
        Check(stood[keys[1]], None, "asked_back", "Really nothing?"),
        Check(stood[keys[2]], None, "checked"),
    ]
    return save_reviews(STORE, made, Writer("Auditor", "checked in the page"), day)


def answered_back(day: date) -> Any:
    from dashboard.store.answers import Change, save_answers, stored_answers

    key = ("R2", "a2-op", "T1.b")
    was = _asked(lambda c: stored_answers(c, [key]))[key]
    wanted = replace(was, status="somewhat", evidence="none", na_reason="", note="Two dolls.")
    return save_answers(STORE, [Change(was, wanted)], Writer("Shop lead", "asked back"), day)


def closed(day: date) -> Any:
    from dashboard.store.rounds import close_round

    return close_round(STORE, "R1", Writer("programme lead", "reviewed by the board"), day)


def acted(day: date) -> Any:
    from dashboard.model.action import Action
    from dashboard.store.actions import Change, save_actions, stored_actions

    was = _asked(stored_actions)["A-1"]
    made = Action("", "b-op", "Tell the prices.", "Shop lead", "2026-03-31", "R2", "T2.a", expected_status="mostly")
    edited = replace(was, status="in_progress", owner_role="Shop lead", text="Empty the drawer, and lock it.")
    return save_actions(STORE, [Change(was, edited), Change(None, made)], Writer("Shop lead", "plan of the month"), day)


def reopened(day: date) -> Any:
    from dashboard.store.rounds import reopen_round

    return reopen_round(STORE, "R1", Writer("programme lead", "late answers"), day)


def raised(day: date) -> Any:
    """A framework in a higher version: other wording, better wording, and a criterion with another name."""
    import dashboard.loading.former_names  # noqa: F401

    folder = FOLDER / "raised" / "frameworks"
    copytree(TINY / "frameworks", folder)
    file = folder / "toy" / "framework.yaml"
    text = file.read_text("utf-8")
    for old, new in CHANGED:
        if old not in text:
            raise SystemExit(f"not in the standard: {old}")
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    file.with_name("fr.yaml").write_text(FRENCH, "utf-8")
    if find_spec("dashboard.model.tour") is not None:
        (folder / "tours").mkdir()
        (folder / "tours" / "shop.yaml").write_text(TOUR, "utf-8")
    return publish(STORE, [folder], Writer("data steward", "the standard of 2026"), day)


def answered_again(day: date) -> Any:
    """Answers to the former wording and to the new one."""
    import dashboard.loading.former_names  # noqa: F401

    return publish(STORE, [_handed_in("again", {"again.csv": AGAIN})], Writer("data steward", "in either words"), day)


def put_back(day: date) -> Any:
    return revert(STORE, 2, Writer("data steward", "wrong workbook"))


def put_forward(day: date) -> Any:
    latest = max(move.number for move in history(STORE))
    return revert(STORE, latest - 1, Writer("data steward", "it was right"))


def kept_mapping(day: date) -> None:
    from dashboard.model.mapping import SheetMapping
    from dashboard.store.mappings import save_mapping

    columns = {"operation": "Shop", "criterion": "Question", "status": "Answer"}
    mapping = SheetMapping(name="Sheet of the shops", form="answers", columns=columns, fixed={"round": "R2"})
    if save_mapping(STORE, mapping) is not None:
        raise SystemExit("the mapping was not kept")


def voted(day: date) -> None:
    """A closed question and an open one."""
    from dashboard.model.vote import FIRST, GRADES, Question, Said, Vote

    from dashboard.store import room

    said = Said("How grave?", "A child buys a sharp toy.", "Toys of Aland", dict.fromkeys(GRADES, "Grade"), {})
    question = Question("severity", "TOY-I1", "R2", "a-op", "toy", GRADES, "function", {"en": said}, "2026-01-20 10:00")
    room.code_of(STORE)
    for standing in (room.ask(STORE, question), None):
        number = standing.number if standing is not None else room.ask(STORE, question).number
        for device, grade in (("a", "3"), ("b", "4"), ("c", "3")):
            room.vote(STORE, number, Vote(FIRST, device * 32, grade, ""))
        if standing is not None:
            room.reveal(STORE, number)
            room.close(STORE, number, "3")


STEPS: Sequence[Callable[[date], Any]] = (
    *(first, second, typed, checked, answered_back, closed, acted, reopened, raised, answered_again),
    *(put_back, put_forward, closed, kept_mapping, voted),
)


def _asked(question: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
    move = next(iter(history(STORE)))
    with duckdb.connect(str(publication_path(STORE, move.publication)), read_only=True) as connection:
        return question(connection)


def _handed_in(name: str, files: dict[str, str]) -> Path:
    folder = FOLDER / name
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    main()
