"""Is what a standard repeats asked once, and counted once wherever it counts?"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dashboard.figures.imagined import cube_of
from dashboard.figures.scores import scores
from dashboard.loading.criterion_weights import asked_once
from dashboard.loading.frameworks import read_library
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import ViewState
from dashboard.model.words import Words
from dashboard.queries.ask import ask
from dashboard.store.published_codes import kept
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TODAY, WRITER, copy_of, rest_thorough
from tests.store.publishing.repeating import AREAS, Asks, write_answers, write_group, write_standard
from tests.store.reference import Expected, reading_of, tallies
from tests.store.world import Answer, Criterion, World

EXAMPLE = (
    Asks("T1.a", "T1", right="TOY-R1", weight="2"),
    Asks("T1.b", "T1"),
    Asks("T2.a", "T2", same_as="T1.a", weight="2", risk_area="TOY-RA1"),
    Asks("T2.b", "T2", same_as="T1.a", weight="2", right="TOY-R1", risk_area="TOY-RA1"),
    Asks("T2.c", "T2", risk_area="TOY-RA1"),
)
ANSWERS = ("R1,a-op,T1.a,yes", "R1,a-op,T1.b,no", "R1,a-op,T2.c,no")


def published(folder: Path, criteria: tuple[Asks, ...], answers: tuple[str, ...]) -> tuple[Published, list[Problem]]:
    """The standard and the answers in a store of their own, and the problems found."""
    write_standard(folder / "frameworks", criteria)
    write_group(folder, answers)
    return loaded(folder / "store", folder)


def loaded(store: Path, *paths: Path) -> tuple[Published, list[Problem]]:
    outcome = publish(Load(store, list(paths), WRITER, TODAY))
    now = Reader(store).current()
    assert now is not None, outcome.problems
    assert outcome.revision is not None, outcome.problems
    return now, list(outcome.problems)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    """The folder and the publication of the example, which in the second round has only no. Read-only."""
    folder = tmp_path_factory.mktemp("example")
    now, problems = published(folder, EXAMPLE, (*ANSWERS, "R2,a-op,T1.a,no", "R2,a-op,T2.c,no"))
    assert problems == []
    return folder, now


def asked(now: Published, question: str, **more: object) -> list[dict[str, Any]]:
    state = {name: getattr(ViewState(), name) for name in ViewState.__dataclass_fields__} | {"lang": "en"}
    given = state | {"framework": "toy", "round": "R1", "within": (), "whole": False, "today": TODAY} | more
    found: list[dict[str, Any]] = ask(now, question, given | kept(now, given)).to_pylist()
    return found


def stored(now: Published, query: str) -> list[tuple[Any, ...]]:
    with now.cursor() as cursor:
        return cursor.execute(query).fetchall()


ANSWERED = (
    "SELECT round, operation, criterion, status FROM answer JOIN round USING (round_no) "
    "JOIN operation USING (operation_no) JOIN criterion USING (criterion_no) "
    "JOIN scale USING (status_no) WHERE status <> 'unanswered' ORDER BY ALL"
)
REVIEWED = (
    "SELECT operation, criterion FROM review JOIN operation USING (operation_no) JOIN criterion USING (criterion_no)"
)
ASKED = (
    "SELECT operation, criterion FROM answer JOIN operation USING (operation_no) JOIN criterion USING (criterion_no) "
    "WHERE round_no = 1 ORDER BY ALL"
)
REVIEWS = "round,operation,criterion,verdict,reviewed_by_role\n"


def figures(now: Published, area: str) -> tuple[float, float, float]:
    """For Aland in the first round: percent, and how many answers of how many."""
    (row,) = (
        row
        for row in scores(cube_of(now)).to_pylist()
        if (row["round"], row["country"], row["area"], row["kind"]) == ("R1", "AAA", area, "respect")
    )
    return row["percent"], row["n_answered"], row["n_applicable"]


def test_what_repeats_counts_once_in_each_area(example: tuple[Path, Published]) -> None:
    _, now = example
    # Everything: (2 + 0 + 0) of weight 4. Each area: the shared answer of weight 2, once, and one of its own.
    assert figures(now, "") == (50, 3, 3)
    assert figures(now, "T1") == (67, 2, 2)
    assert figures(now, "T2") == (67, 2, 2)
    heat = {(row["country"], row["area"]): row for row in asked(now, "heatmap")}
    assert [(heat["AAA", area]["percent"], heat["AAA", area]["n_asked"]) for area in ("T1", "T2")] == [(67, 2)] * 2
    assert [row["n_answered"] for row in asked(now, "areas")] == [2, 2]


def test_it_serves_once_what_any_of_them_serves(example: tuple[Path, Published]) -> None:
    _, now = example
    parts = asked(now, "compare_figures", by="risk_area", subject=("a-op",))
    assert [(row["code"], row["n_answered"], row["percent"]) for row in parts] == [("TOY-RA1", 2, 67)]
    links = stored(now, "SELECT criterion, target FROM criterion_link JOIN criterion USING (criterion_no) "
                        "WHERE target_type IN ('right', 'risk_area') ORDER BY ALL")  # fmt: skip
    assert links == [("T1.a", "TOY-R1"), ("T1.a", "TOY-RA1"), ("T2.c", "TOY-RA1")]


def test_it_is_asked_once_of_all_that_any_of_them_is_asked_of(tmp_path: Path) -> None:
    criteria = (
        Asks("T1.a", services=("shop",)),
        Asks("T1.b", services=("shop",), same_as="T1.a"),
        Asks("T2.a", "T2", services=("stall",), same_as="T1.a"),
        Asks("T3.a", "T3", level="group", services=("boat",), same_as="T1.a"),
    )
    now, _ = published(tmp_path, criteria, ("R2,hq,T1.a,no",))
    everyone = [("a-op", "T1.a"), ("b-op", "T1.a"), ("hq", "T1.a")]
    assert stored(now, ASKED) == everyone
    assert [row["criterion"] for row in asked(now, "answering", operation="b-op")] == ["T1.a"]
    assert sum(row["n_asked"] for row in asked(now, "owed")) == 3


def test_a_filter_by_area_keeps_the_shared_answer_in_that_area_alone(example: tuple[Path, Published]) -> None:
    _, now = example
    assert [(row["area"], row["n_answered"]) for row in asked(now, "areas", principle=("T2",))] == [("T2", 2)]
    (option,) = (row for row in asked(now, "options") if (row["filter"], row["code"]) == ("principle", "T2"))
    assert option["n"] == 2


def test_the_standard_still_shows_what_it_repeats(example: tuple[Path, Published]) -> None:
    _, now = example
    shown = [(row["area"], row["criterion"], row["same_as"], row["n_asked"]) for row in asked(now, "standard")]
    assert shown == [
        ("T1", "T1.a", None, 2),
        ("T1", "T1.b", None, 2),
        ("T2", "T2.a", "T1.a", None),
        ("T2", "T2.b", "T1.a", None),
        ("T2", "T2.c", None, 2),
    ]
    assert asked(now, "standard")[2]["text"] == "Toy T2.a is safe."
    assert asked(now, "standard_about")[0]["n_criteria"] == 3


def test_what_is_imagined_in_an_area_moves_the_shared_answer(example: tuple[Path, Published]) -> None:
    _, now = example
    found = asked(now, "whatif_answers", of_round="R2", round="R2", wheres=("a-op",), whats=("T2",), becomes=("yes",))
    assert sorted(row["criterion"] for row in found) == ["T1.a", "T2.c"]


@pytest.mark.parametrize(
    ("answers", "counts", "kinds"),
    rest_thorough(
        [
            (("T2.b,no", "T2.a,mostly"), "no", ["asked_once", "same_differs"]),
            (("T2.b,no",), "no", ["asked_once"]),
            (("T1.a,unanswered", "T2.b,no"), "no", ["asked_once"]),
            (("T2.b,no", "T1.a,yes"), "yes", ["same_differs"]),
            (("T2.b,yes", "T1.a,yes"), "yes", []),
            (("T2.b,unanswered", "T2.a,mostly"), "mostly", ["asked_once"]),
        ]
    ),
)
def test_answers_of_old_files_find_what_is_asked(
    tmp_path: Path, answers: tuple[str, ...], counts: str, kinds: list[str]
) -> None:
    now, problems = published(tmp_path, EXAMPLE, tuple(f"R1,a-op,{answer}" for answer in answers))
    assert stored(now, ANSWERED) == [("R1", "a-op", "T1.a", counts)]
    assert [problem.kind for problem in problems] == kinds


def test_each_operation_has_its_own_answer_in_each_round(tmp_path: Path) -> None:
    answers = (
        *("R1,a-op,T1.a,unanswered", "R1,a-op,T2.b,no", "R1,b-op,T2.b,no", "R1,b-op,T1.a,yes"),
        *("R2,a-op,T2.b,unanswered", "R2,a-op,T2.a,mostly", "R2,b-op,T2.a,no", "R2,b-op,T2.a,yes"),
    )
    now, problems = published(tmp_path, EXAMPLE, answers)
    assert stored(now, ANSWERED) == [
        *(("R1", "a-op", "T1.a", "no"), ("R1", "b-op", "T1.a", "yes")),
        *(("R2", "a-op", "T1.a", "mostly"), ("R2", "b-op", "T1.a", "no")),
    ]
    # The same answered twice is still reported.
    assert sorted(problem.kind for problem in problems) == [
        *("asked_once", "asked_once", "duplicate_answer", "same_differs")
    ]


def test_a_note_says_which_answer_counts(tmp_path: Path, words: Words) -> None:
    answers = ("R1,a-op,T1.a,yes", "R1,a-op,T2.a,no", "R1,b-op,T1.a,yes", "R1,b-op,T2.a,mostly")
    _, (problem,) = published(tmp_path, EXAMPLE, answers)
    assert sentence(problem, words).endswith(
        "answers.csv, row 3, criterion: The answer here differs from the answer that counts for the same question "
        "(“T2.a → T1.a”). Expected: one answer to both; 2 of them differ."
    )


def test_stored_answers_become_answers_to_what_is_asked(tmp_path: Path) -> None:
    before = tuple(replace(one, same_as="") for one in EXAMPLE)
    answers = ("R1,a-op,T1.a,yes", "R1,a-op,T2.a,no", "R1,b-op,T2.b,mostly", "R2,b-op,T1.a,no", "R2,b-op,T2.a,no")
    was, _ = published(tmp_path, before, answers)
    reviews = REVIEWS + "R1,b-op,T2.b,checked,Auditor\nR1,a-op,T2.a,checked,Auditor\n"
    (tmp_path / "reviews.csv").write_text(reviews, "utf-8")
    loaded(tmp_path / "store", tmp_path / "reviews.csv")
    write_standard(tmp_path / "frameworks", EXAMPLE, version="1.2")
    now, problems = loaded(tmp_path / "store", tmp_path / "frameworks")
    kept_now = [("R1", "a-op", "T1.a", "yes"), ("R1", "b-op", "T1.a", "mostly"), ("R2", "b-op", "T1.a", "no")]
    assert stored(now, ANSWERED) == kept_now
    assert [(p.kind, p.value, p.expected) for p in problems] == [("same_differs", "T2.a → T1.a", "1")]
    # A review goes with its answer; the review of an answer that no longer counts does not move to another one.
    assert stored(now, REVIEWED) == [("b-op", "T1.a")]
    # The earlier publication still says what everybody had answered.
    assert len(stored(was, ANSWERED)) == 5


def test_reviews_and_actions_of_old_files_follow(tmp_path: Path) -> None:
    reviews = REVIEWS + "R1,a-op,T2.b,checked,Auditor\nR1,b-op,T2.b,checked,Auditor\n"
    actions = "action,operation,text,owner_role,due_on,criterion\nA-1,a-op,Do it,Lead,2026-02-01,T2.b\n"
    write_standard(tmp_path / "frameworks", EXAMPLE)
    write_group(tmp_path, ("R1,a-op,T2.b,yes", "R1,b-op,T2.b,no", "R1,b-op,T1.a,yes"))
    (tmp_path / "reviews.csv").write_text(reviews, "utf-8")
    (tmp_path / "actions.csv").write_text(actions, "utf-8")
    now, _ = loaded(tmp_path / "store", tmp_path)
    assert stored(now, "SELECT action, criterion FROM action") == [("A-1", "T1.a")]
    assert stored(now, REVIEWED) == [("a-op", "T1.a")]


def test_old_answers_imported_alone_are_read_by_what_is_published(
    example: tuple[Path, Published], tmp_path: Path
) -> None:
    copy_of(example[0] / "store", tmp_path / "store")
    write_answers(tmp_path / "late.csv", ["R2,b-op,T2.a,yes", "R2,b-op,T1.b,no"])
    now, problems = loaded(tmp_path / "store", tmp_path / "late.csv")
    assert ("R2", "b-op", "T1.a", "yes") in stored(now, ANSWERED)
    assert [problem.kind for problem in problems] == ["asked_once"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            Asks("T2.a", "T2", same_as="T1.q", weight="2"),
            "“T1.q” is not a criterion of this framework. Did you mean T1.",
        ),
        (Asks("T2.a", "T2", same_as="T2.c", weight="2"), "“T2.c” does not come before this criterion"),
        (Asks("T2.a", "T2", same_as="T2.a", weight="2"), "“T2.a” does not come before this criterion"),
        (Asks("T2.d", "T2", same_as="T2.b", weight="2"), "name that one instead. Expected: T1.a."),
        (Asks("T2.a", "T2", same_as="T1.a", weight="2", kind="support"), "Expected: kind respect."),
        (Asks("T2.a", "T2", same_as="T1.a"), "Expected: weight 2."),
        (Asks("T2.a", "T2", same_as="T1.a", weight="2", critical=True), "Expected: critical false."),
    ],
)
def test_a_wrong_name_earns_its_sentence(tmp_path: Path, words: Words, wrong: Asks, told: str) -> None:
    criteria = [wrong if one.code == wrong.code else one for one in EXAMPLE]
    write_standard(tmp_path / "frameworks", criteria if wrong in criteria else [*criteria, wrong])
    _, problems = read_library([tmp_path / "frameworks"])
    assert len(problems) == 1
    assert told in sentence(problems[0], words)


def test_a_standard_without_repeats_is_the_same_library(tiny: Path) -> None:
    library, _ = read_library([tiny / "frameworks"])
    assert asked_once(library) is library


WORDS = ("yes", "mostly", "somewhat", "no", "na", "dont_know", "unanswered")
EVIDENCE = ("none", "self_declared", "seen", "independently_checked")
OPERATIONS = (("a-op", "operation", "shop"), ("b-op", "operation", "stall"), ("hq", "group", ""))
COUNTRIES = ("AAA", "BBB", "GROUP")


def drawn(random: Random) -> list[list[Asks]]:
    """Some questions, each as the criteria that ask it, starting with the first in the order of the standard."""
    questions: list[list[Asks]] = []
    for number in range(9):
        weight, kind = random.choice(("0.5", "1", "2")), random.choice(("respect", "respect", "support"))
        critical = random.random() < 0.3
        same = [
            Asks(
                f"Q{number}.{part}", random.choice(AREAS), "", kind, random.choice(("operation", "both", "group")),
                random.choice(((), ("shop",), ("stall",))), weight, critical,
            )
            for part in range(random.choice((1, 1, 2, 3)))
        ]  # fmt: skip
        same.sort(key=lambda one: (one.area, one.code))
        questions.append([same[0], *(replace(one, same_as=same[0].code) for one in same[1:])])
    return questions


def is_asked(same: list[Asks], kind: str, service: str) -> bool:
    """Whether any of some criteria is asked of an operation."""
    return any(
        one.level in ("both", kind) and (kind == "group" or not one.services or service in one.services) for one in same
    )


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_tallies_of_what_repeats_equal_the_reference(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    questions = drawn(random)
    lines: list[str] = []
    answers: list[Answer] = []
    for round_no in (1, 2):
        for place, (operation, kind, service) in enumerate(OPERATIONS, start=1):
            for number, same in enumerate(questions, start=1):
                if not is_asked(same, kind, service):
                    continue
                word, evidence = random.choice(WORDS), random.randrange(4)
                answers.append(Answer(round_no, place, number, word, 0 if word == "unanswered" else evidence))
                key = f"R{round_no},{operation}"
                # Any of them may have been answered; if the first was, the answers to others do not count.
                one = random.choice(same)
                lines.append(f"{key},{one.code},{word},{EVIDENCE[evidence]}")
                if one is same[0] and word != "unanswered":
                    lines += [f"{key},{other.code},{random.choice(WORDS)}" for other in same[1:]]
    criteria = tuple(
        Criterion(number, 2, same[0].weight, same[0].critical, same[0].kind)
        for number, same in enumerate(questions, start=1)
    )
    world = World(criteria, tuple(answers), countries=(1, 2, 3), rounds=(1, 2), head_office=(3,))
    random.shuffle(lines)
    now, _ = published(tmp_path, tuple(sorted((one for same in questions for one in same), key=_placed)), tuple(lines))
    found = {(row["round"], row["country"], row["area"], row["kind"]): row for row in scores(cube_of(now)).to_pylist()}
    expected = _expected(world, questions)
    assert found.keys() == expected.keys()
    for place_of, reading in expected.items():
        row = found[place_of]
        assert (row["reading"], row["n_answered"], row["n_applicable"]) == reading[1:], place_of
        assert row["percent"] == reading[0].percent or (row["percent"] is None and reading[0].percent is None), place_of


def _placed(one: Asks) -> tuple[str, str]:
    return one.area, one.code


def _expected(
    world: World, questions: list[list[Asks]]
) -> dict[tuple[str, str, str, str], tuple[Expected, str, float, float]]:
    """By round, country, area (empty: all) and kind: the reading, its name, and how much is answered and applies."""
    parts: dict[tuple[str, str, str, str], list[Any]] = {}
    for (round_no, country, number), tally in tallies(world).items():
        same = questions[number - 1]
        for area in {"", *(one.area for one in same)}:
            parts.setdefault((f"R{round_no}", COUNTRIES[country - 1], area, same[0].kind), []).append(tally)
    readings = {}
    for place, of_place in parts.items():
        one = reading_of(of_place, Fraction(1, 2), 2)
        counts = (sum(part.n_answered for part in of_place), sum(part.n_applicable for part in of_place))
        readings[place] = (one, one.reading, *counts)
    return readings
