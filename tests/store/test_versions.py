"""Do answers keep the version they were given to, and do renamed and moved criteria keep their answers?"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.problem import sentence
from dashboard.model.words import Words
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader

Put = Callable[..., Outcome]
HEAD = "round,operation,criterion,status,framework_version\n"
VERSION_OF_ANSWERS = """
    SELECT round, operation, criterion, version
    FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN criterion USING (criterion_no)
        JOIN framework_version USING (version_no)
    ORDER BY ALL
"""
MATCHED = """
    SELECT round, criterion, sum(n_matched) FROM matched JOIN round USING (round_no) JOIN criterion USING (criterion_no)
    GROUP BY ALL ORDER BY ALL
"""
OLD_WORDS = (
    "SELECT criterion, version, w.until, w.text FROM old_words AS w JOIN criterion USING (criterion_no) ORDER BY ALL"
)
SHARP = "text: No toy is sharp."
TURNED = ("text: No toy is sharp.", 'text: No toy is sold blunt.\n        since: "{}"')


def asked(store: Path, question: str) -> list[tuple[Any, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return connection.execute(question).fetchall()


@pytest.fixture
def framework(tmp_path: Path, tiny: Path) -> Path:
    """A copy of the toy standard, free to change."""
    shutil.copytree(tiny / "frameworks", tmp_path / "frameworks")
    return tmp_path / "frameworks" / "toy" / "framework.yaml"


@pytest.fixture
def put(store: Path, framework: Path, writer: Writer, today: date) -> Put:
    """Publishes the toy standard in a version, with some of its text rewritten permanently."""

    def published(version: str, *pairs: tuple[str, str]) -> Outcome:
        text = framework.read_text("utf-8")
        start = text.index("version: ", text.index("year:"))
        text = text[:start] + f'version: "{version}"' + text[text.index("\n", start) :]
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        framework.write_text(text, "utf-8")
        outcome = publish(Load(store, [framework.parents[1]], writer, today))
        assert outcome.revision is not None, outcome.problems
        return outcome

    return published


def written(folder: Path, text: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_what_nobody_answered_answers_no_version(tiny_store: Path) -> None:
    found = asked(
        tiny_store, "SELECT status, count(*), count(version_no) FROM answer JOIN scale USING (status_no) GROUP BY 1"
    )
    assert {status: n_with == (0 if status == "unanswered" else n) for status, n, n_with in found} == dict.fromkeys(
        ("yes", "no", "mostly", "somewhat", "na", "dont_know", "unanswered"), True
    )


@pytest.mark.thorough
def test_answers_keep_the_version_they_were_given_to(
    store: Path, put: Put, tmp_path: Path, writer: Writer, today: date
) -> None:
    assert put("1.1").problems == ()
    rows = asked(store, VERSION_OF_ANSWERS)
    assert {row[3] for row in rows} == {"1.0"}
    new = written(tmp_path, "round,operation,criterion,status\nR2,b-op,T1.a,yes\nR2,a-op,T1.b,unanswered\n")
    assert publish(Load(store, [new], writer, today)).problems == ()
    found = asked(store, VERSION_OF_ANSWERS)
    assert set(found) - set(rows) == {("R2", "b-op", "T1.a", "1.1")}
    # Withdrawn: nobody has answered it, in any version.
    assert set(rows) - set(found) == {("R2", "b-op", "T1.a", "1.0"), ("R2", "a-op", "T1.b", "1.0")}


@pytest.mark.thorough
@pytest.mark.parametrize("said", ["1.0", "1", "1.0.0"])
def test_a_row_says_its_version_before_its_round_does_and_the_round_before_the_framework(
    store: Path, put: Put, tmp_path: Path, tiny: Path, writer: Writer, today: date, said: str
) -> None:
    put("1.1")
    put("1.2")
    rounds = (tiny / "rounds.csv").read_text().replace("frameworks", "frameworks,versions").replace(",toy\n", ",toy,\n")
    lists = written(tmp_path, rounds.replace("2024-03-31,toy,", "2024-03-31,toy,toy=1.1.0"), "rounds.csv")
    rows = [f"R1,a-op,T1.a,no,{said}", "R1,a-op,T1.b,yes,", "R2,b-op,T1.a,yes,", f"R2,b-op,T1.b,yes,{said}"]
    answers = written(tmp_path, HEAD + "\n".join(rows) + "\n")
    assert publish(Load(store, [lists, answers], writer, today)).problems == ()
    found = {row[:3]: row[3] for row in asked(store, VERSION_OF_ANSWERS)}
    assert found["R1", "a-op", "T1.a"] == "1.0"
    assert found["R1", "a-op", "T1.b"] == "1.1"
    assert found["R2", "b-op", "T1.a"] == "1.2"
    assert found["R2", "b-op", "T1.b"] == "1.0"


def test_a_version_that_only_a_round_names_is_known_and_has_no_words(
    tmp_path: Path, tiny: Path, writer: Writer, today: date
) -> None:
    folder = Path(shutil.copytree(tiny, tmp_path / "group"))
    rounds = (tiny / "rounds.csv").read_text().replace("frameworks", "frameworks,versions").replace(",toy\n", ",toy,\n")
    (folder / "rounds.csv").write_text(rounds.replace("2024-03-31,toy,", "2024-03-31,toy,toy=0.9"))
    path = folder / "frameworks" / "toy" / "framework.yaml"
    path.write_text(path.read_text().replace(SHARP, f'{SHARP}\n        since: "1.0"'))
    assert publish(Load(tmp_path / "store", [folder], writer, today)).problems == ()
    versions = "SELECT version, step, published_on FROM framework_version ORDER BY version"
    assert asked(tmp_path / "store", versions) == [("0.9", None, None), ("1.0", 1, today)]
    assert asked(tmp_path / "store", OLD_WORDS) == [("T1.a", "0.9", "1.0", None)]
    # T1.a was answered in both rounds by toy-hq and a-op, T1.b is not matched; nothing else was answered twice.
    assert asked(tmp_path / "store", MATCHED) == []


@pytest.mark.thorough
def test_answers_to_words_that_ask_something_else_are_not_matched(
    store: Path, put: Put, tmp_path: Path, writer: Writer, today: date
) -> None:
    assert asked(store, MATCHED) == [("R2", "T1.a", 2)]
    put("1.1", (TURNED[0], TURNED[1].format("1.1")))
    # Both rounds answered the older wording: they are compared with each other as before.
    assert asked(store, MATCHED) == [("R2", "T1.a", 2)]
    assert asked(store, OLD_WORDS) == [("T1.a", "1.0", "1.1", "No toy is sharp.")]
    again = written(tmp_path, "round,operation,criterion,status\nR2,a-op,T1.a,mostly\n")
    publish(Load(store, [again], writer, today))
    assert asked(store, MATCHED) == [("R2", "T1.a", 1)]


@pytest.mark.thorough
def test_words_that_turned_twice_are_three_questions(
    store: Path, put: Put, tmp_path: Path, writer: Writer, today: date
) -> None:
    put("1.1", (TURNED[0], TURNED[1].format("1.1")))
    put("1.2", ('No toy is sold blunt.\n        since: "1.1"', 'Every toy is sold.\n        since: "1.2"'))
    assert asked(store, OLD_WORDS) == [
        ("T1.a", "1.0", "1.1", "No toy is sharp."),
        ("T1.a", "1.1", "1.2", "No toy is sold blunt."),
    ]
    # toy-hq answers 1.0 and then 1.1, a-op 1.0 twice: the current wording is newer than all of these.
    answers = written(tmp_path, HEAD + "R2,toy-hq,T1.a,yes,1.1\n")
    publish(Load(store, [answers], writer, today))
    assert asked(store, MATCHED) == [("R2", "T1.a", 1)]


@pytest.mark.thorough
def test_words_that_were_only_put_better_are_kept_and_go_on_being_compared(
    store: Path, put: Put, tmp_path: Path, writer: Writer, today: date
) -> None:
    put("1.1", (SHARP, "text: No toy is sharp at all."))
    assert asked(store, OLD_WORDS) == [("T1.a", "1.0", None, "No toy is sharp.")]
    publish(Load(store, [written(tmp_path, "round,operation,criterion,status\nR2,a-op,T1.a,mostly\n")], writer, today))
    assert asked(store, MATCHED) == [("R2", "T1.a", 2)]


@pytest.mark.thorough
def test_every_version_that_was_published_can_be_read(store: Path, put: Put, today: date) -> None:
    put("1.1", (SHARP, "text: No toy is blunt."), ("Toys are lent.", "Toys are given."))
    put("1.1")
    put("2", ("criterion: T1.a", "criterion: T1.first\n        formerly: [T1.a]"))
    texts = """
        SELECT version, step, published_on, t.criterion, t.text
        FROM former_text AS t JOIN framework_version USING (version_no)
        JOIN criterion AS c USING (criterion_no) WHERE c.criterion IN ('T1.first', 'T1.b') ORDER BY ALL
    """
    assert asked(store, texts) == [
        ("1.0", 1, today, "T1.a", "No toy is sharp."),
        ("1.0", 1, today, "T1.b", "Toys are lent."),
        ("1.1", 2, today, "T1.a", "No toy is blunt."),
        ("1.1", 2, today, "T1.b", "Toys are given."),
        ("2", 4, today, "T1.b", "Toys are given."),
        ("2", 4, today, "T1.first", "No toy is blunt."),
    ]


@pytest.mark.thorough
def test_answers_that_would_leave_the_version_they_were_given_to_are_reported(
    store: Path, put: Put, tmp_path: Path, tiny: Path, today: date, words: Words
) -> None:
    put("1.1", (TURNED[0], TURNED[1].format("1.1")))
    told = [sentence(problem, words) for problem in check(store, [tiny / "answers.csv"], today)]
    assert [line.split(": ")[0] for line in told] == [
        "answers.csv, row 2, framework_version",
        "answers.csv, row 6, framework_version",
    ]
    assert told[0].endswith(
        "(“R1: 1.0 → 1.1”). Expected: 1.0, here or under `versions` of the round, if they answer the former wording."
    )
    said = written(tmp_path, HEAD + "R1,a-op,T1.a,no,1.0\nR1,a-op,T1.b,yes,\n")
    assert check(store, [said], today) == ()


@pytest.mark.thorough
def test_answers_that_go_to_a_version_that_asks_the_same_are_not_reported(
    store: Path, put: Put, tmp_path: Path, tiny: Path, today: date
) -> None:
    put("1.1")
    put("1.2", (TURNED[0], TURNED[1].format("1.2")))
    rounds = (
        (tiny / "rounds.csv")
        .read_text()
        .replace("frameworks", "frameworks,versions")
        .replace(",toy\n", ",toy,toy=1.1\n")
    )
    lists = written(tmp_path, rounds, "rounds.csv")
    assert check(store, [lists, tiny / "answers.csv"], today) == ()
    assert check(store, [tiny / "answers.csv"], today) != ()


LIDS = (
    "      - {{criterion: {}, kind: support, level: both, text: Lids open., evidence_hint: A lid., citation: Toys, "
    "verification: confirmed}}\n"
)
ANSWERS = """
    SELECT round, operation, criterion_no, status
    FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN scale USING (status_no)
    ORDER BY ALL
"""
TALLIES = "SELECT * FROM tally ORDER BY ALL"
TARGETS = "framework,kind,area,operation,percent,round\n"
RENAMED = (
    ("criterion: T1.a", "criterion: T1.first\n        formerly: [T1.a]"),
    ("area: T2\n", "area: Shops\n    formerly: [T2]\n"),
)


@pytest.fixture
def renamed(store: Path, put: Put, framework: Path, tmp_path: Path, writer: Writer, today: date) -> Path:
    """A store in which T1.a has become T1.first and T2 has become Shops, after an action was made on T1.a."""
    head = "action,operation,text,owner_role,due_on,criterion\n"
    action = written(tmp_path, f"{head}blunt,a-op,Blunt it,Shop manager,2026-05-01,T1.a\n", "actions.csv")
    target = written(tmp_path, f"{TARGETS}toy,support,T2,,60,R2\n", "targets.csv")
    assert publish(Load(store, [action, target], writer, today)).problems == ()
    crosswalk = framework.parents[1] / "shared" / "crosswalk.yaml"
    crosswalk.write_text(crosswalk.read_text().replace("T2", "Shops"))
    assert put("1.1", *RENAMED).problems == ()
    return store


@pytest.mark.thorough
def test_a_renamed_criterion_keeps_its_number_its_answers_and_its_history(tiny_store: Path, renamed: Path) -> None:
    for question in (ANSWERS, TALLIES):
        assert asked(renamed, question) == asked(tiny_store, question)
    assert asked(renamed, MATCHED) == [("R2", "T1.first", 2)]
    assert asked(renamed, "SELECT area, area_no FROM area ORDER BY area_no") == [("T1", 1), ("Shops", 2)]
    assert asked(renamed, "SELECT * FROM former_name ORDER BY former") == [("T1.a", "T1.first"), ("T2", "Shops")]


@pytest.mark.thorough
def test_an_action_moves_with_its_criterion(renamed: Path) -> None:
    assert asked(renamed, "SELECT action, criterion, area FROM todo") == [("blunt", "T1.first", "T1")]


@pytest.mark.thorough
def test_a_target_moves_with_its_area_and_one_for_the_former_name_replaces_it(
    renamed: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    found = "SELECT area, percent FROM figure_target"
    assert asked(renamed, found) == [("Shops", 60)]
    again = written(tmp_path, f"{TARGETS}toy,support,T2,,70,R2\n", "targets.csv")
    told = publish(Load(renamed, [again], writer, today)).problems
    assert [(problem.kind, problem.column, problem.value) for problem in told] == [("former_id", "area", "T2 → Shops")]
    assert asked(renamed, found) == [("Shops", 70)]


@pytest.mark.thorough
def test_files_with_a_former_name_are_read_as_the_present_one_and_each_name_is_reported_once(
    renamed: Path, tmp_path: Path, writer: Writer, today: date, words: Words
) -> None:
    rows = "".join(f"{r},{o},T1.a,yes,\n" for r, o in (("R1", "a-op"), ("R2", "a-op"), ("R2", "b-op")))
    answers = written(tmp_path, f"{HEAD}R2,a-op,T1.b,yes,\n{rows}", "a.csv")
    head = "action,operation,text,owner_role,due_on,criterion\n"
    actions = written(tmp_path, f"{head}other,a-op,Blunt it,Shop manager,2026-05-01,T1.a\n", "b.csv")
    outcome = publish(Load(renamed, [answers, actions], writer, today))
    assert [sentence(problem, words) for problem in outcome.problems] == [
        "a.csv, row 3, criterion: The former id was read as the current one (“T1.a → T1.first”)."
    ]
    assert outcome.revision is not None
    assert (outcome.revision.n_problems, [rows for _, _, rows in outcome.revision.files]) == (0, [4, 1])
    full = "SELECT sum(n_full) FROM tally JOIN criterion USING (criterion_no) WHERE criterion = 'T1.first'"
    assert asked(renamed, full) == [(5,)]
    assert asked(renamed, "SELECT action, criterion FROM action ORDER BY action") == [
        ("blunt", "T1.first"),
        ("other", "T1.first"),
    ]


@pytest.mark.thorough
def test_the_former_and_the_present_name_in_one_file_are_one_criterion(
    renamed: Path, tmp_path: Path, today: date
) -> None:
    both = written(tmp_path, HEAD + "R2,b-op,T1.first,yes,\nR2,b-op,T1.a,no,\n")
    assert [(p.kind, p.row) for p in check(renamed, [both], today)] == [("former_id", 3), ("duplicate_answer", 3)]


def test_a_load_that_renames_brings_answers_under_the_former_name(
    store: Path, framework: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    text = framework.read_text().replace(*RENAMED[0]).replace('version: "1.0"', 'version: "1.1"')
    framework.write_text(text)
    answers = written(tmp_path, HEAD + "R2,b-op,T1.a,yes,1.0\n")
    outcome = publish(Load(store, [framework.parents[1], answers], writer, today))
    assert [problem.kind for problem in outcome.problems] == ["former_id"]
    assert ("R2", "b-op", "T1.first", "1.0") in asked(store, VERSION_OF_ANSWERS)


@pytest.mark.thorough
def test_a_former_name_still_works_when_its_criterion_is_renamed_again(
    renamed: Path, put: Put, tmp_path: Path, today: date
) -> None:
    put("1.2", ("criterion: T1.first\n        formerly: [T1.a]", "criterion: T1.newest\n        formerly: [T1.first]"))
    names = "SELECT * FROM former_name ORDER BY former"
    chain = [("T1.a", "T1.newest"), ("T1.first", "T1.newest"), ("T2", "Shops")]
    assert asked(renamed, names) == chain
    old = written(tmp_path, HEAD + "R2,b-op,T1.a,yes,\n")
    assert [(p.kind, p.value) for p in check(renamed, [old], today)] == [("former_id", "T1.a → T1.newest")]
    # Even after the file was published again naming only the last of them.
    put("1.3")
    assert asked(renamed, names) == chain


@pytest.mark.thorough
def test_a_former_name_that_is_given_to_something_new_leads_to_that(renamed: Path, put: Put, tiny_store: Path) -> None:
    put(
        "1.2",
        ("\n        formerly: [T1.a]", ""),
        ("      - criterion: T1.b\n", f"{LIDS.format('T1.a')}      - criterion: T1.b\n"),
    )
    assert asked(renamed, "SELECT former, code FROM former_name") == [("T2", "Shops")]
    numbers = dict(asked(renamed, "SELECT criterion, criterion_no FROM criterion"))
    assert numbers["T1.first"] == dict(asked(tiny_store, "SELECT criterion, criterion_no FROM criterion"))["T1.a"]
    assert numbers["T1.a"] == max(numbers.values())


@pytest.mark.thorough
def test_a_criterion_that_moves_to_another_area_keeps_its_answers(store: Path, put: Put, framework: Path) -> None:
    before = [asked(store, question) for question in (ANSWERS, TALLIES, VERSION_OF_ANSWERS)]
    text = framework.read_text()
    block = text[text.index("      - criterion: T2.a") : text.index("      - criterion: T2.b")]
    assert put("1.1", (block, ""), ("  - area: T2\n", f"{block}  - area: T2\n")).problems == ()
    assert [asked(store, question) for question in (ANSWERS, TALLIES, VERSION_OF_ANSWERS)] == before
    assert asked(store, "SELECT DISTINCT area FROM score WHERE criterion = 'T2.a'") == [("T1",)]


@pytest.mark.thorough
def test_the_number_of_a_removed_criterion_is_never_reused(store: Path, put: Put, framework: Path) -> None:
    item = LIDS.format("NEW")
    put("1.1", ("      - criterion: T1.b\n", f"{item}      - criterion: T1.b\n"))
    ((first,),) = asked(store, "SELECT criterion_no FROM criterion WHERE criterion = 'NEW'")
    put("1.2", (item, ""))
    put("1.3", ("      - criterion: T1.b\n", f"{LIDS.format('NEWER')}      - criterion: T1.b\n"))
    assert asked(store, "SELECT criterion_no FROM criterion WHERE criterion = 'NEWER'") == [(first + 1,)]
    assert asked(store, OLD_WORDS) == []


@pytest.mark.thorough
def test_what_is_published_beside_a_renamed_criterion_points_at_its_new_name(
    store: Path, framework: Path, writer: Writer, today: date
) -> None:
    french = framework.with_name("fr.yaml")
    french.write_text("schema_version: 1\nlanguage: fr\ntexts:\n  T1: {title: Jeu}\n  T1.a: {text: Rien de pointu.}\n")
    assert publish(Load(store, [framework.parents[1]], writer, today)).problems == ()
    links = asked(store, "SELECT count(*) FROM crosswalk")
    french.unlink()
    shutil.rmtree(framework.parents[1] / "shared")
    text = framework.read_text().replace(*RENAMED[0]).replace("area: T1\n", "area: Play\n    formerly: [T1]\n")
    framework.write_text(text.replace('version: "1.0"', 'version: "1.1"'))
    assert publish(Load(store, [framework.parents[1]], writer, today)).problems == ()
    wording = "SELECT id, text, title FROM wording WHERE language = 'fr' AND translated ORDER BY id"
    assert asked(store, wording) == [("Play", "Toys are for play.", "Jeu"), ("T1.first", "Rien de pointu.", "T1.first")]
    assert asked(store, "SELECT count(*) FROM crosswalk") == links
    assert asked(store, "SELECT count(*) FROM crosswalk WHERE source = 'T1' OR target = 'T1'") == [(0,)]
    assert asked(store, "SELECT count(*) > 0 FROM crosswalk WHERE source = 'Play'") == [(True,)]


def test_two_that_become_one_lose_no_answers(store: Path, framework: Path, writer: Writer, today: date) -> None:
    text = framework.read_text()
    block = text[text.index("      - criterion: T1.b") : text.index("  - area: T2")]
    text = text.replace(block, "").replace("criterion: T1.a", "criterion: T1.a\n        formerly: [T1.b]")
    framework.write_text(text.replace('version: "1.0"', 'version: "1.1"'))
    outcome = publish(Load(store, [framework.parents[1]], writer, today))
    assert [(p.kind, p.value) for p in outcome.problems] == [("answered_but_gone", "T1.b")]


def test_an_older_publication_is_not_published_over(
    store: Path, tiny: Path, writer: Writer, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It lacks tables that a load would write to.
    monkeypatch.setattr("dashboard.store.reader.SHAPE", 99)
    assert [p.kind for p in publish(Load(store, [tiny], writer, today)).problems] == ["outdated"]
    assert [p.kind for p in check(store, [tiny], today)] == ["outdated"]


ADDED = (
    "  - area: T2\n",
    LIDS.format("T1.new").replace("kind: support", 'kind: respect, added: "1.1"') + "  - area: T2\n",
)
ASKED = """
    SELECT DISTINCT round FROM asked JOIN round USING (round_no) JOIN criterion USING (criterion_no)
    WHERE criterion = 'T1.new' ORDER BY ALL
"""
FIGURES = "SELECT * FROM score ORDER BY ALL"


def with_versions(tiny: Path, folder: Path, *said: str) -> Path:
    """The rounds of the toy group, each with its version, or marked as closed."""
    head, *lines = (tiny / "rounds.csv").read_text("utf-8").splitlines()
    rows = [f"{line},{more}" for line, more in zip(lines, said, strict=True)]
    return written(folder, "\n".join([f"{head},versions,closed", *rows]) + "\n", "rounds.csv")


def test_what_a_version_adds_is_not_asked_in_a_round_that_names_an_earlier_one(
    store: Path, put: Put, tiny: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    lists = with_versions(tiny, tmp_path, "toy=1.0,", "toy=1.0,")
    assert publish(Load(store, [lists], writer, today)).problems == ()
    before = asked(store, FIGURES)
    assert put("1.1", ADDED).problems == ()
    assert asked(store, ASKED) == []
    # To the bit: no figure of a round changes with what it does not ask.
    assert asked(store, FIGURES) == before
    lists = with_versions(tiny, tmp_path, "toy=1.0,", "toy=1.1,")
    assert publish(Load(store, [lists], writer, today)).problems == ()
    assert asked(store, ASKED) == [("R2",)]
    answers = written(tmp_path, HEAD + "R1,a-op,T1.new,yes,\nR2,a-op,T1.new,yes,\n")
    assert [(problem.kind, problem.row) for problem in check(store, [answers], today)] == [("not_asked", 2)]


def test_what_a_version_adds_is_not_asked_in_a_closed_round_and_stays_asked_where_it_was(
    store: Path, put: Put, tiny: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    publish(Load(store, [with_versions(tiny, tmp_path, ",true", ",")], writer, today))
    put("1.1", ADDED)
    assert asked(store, ASKED) == [("R2",)]
    publish(Load(store, [with_versions(tiny, tmp_path, ",true", ",true")], writer, today))
    put("1.2", ("Lids open.", "Every lid opens."))
    assert asked(store, ASKED) == [("R2",)]


def test_a_standard_cannot_add_what_its_own_version_does_not_hold_yet(
    store: Path, framework: Path, today: date
) -> None:
    framework.write_text(
        framework.read_text("utf-8").replace(*ADDED).replace('version: "1.0"', 'version: "1.0.1"'), "utf-8"
    )
    (problem,) = check(store, [framework.parents[1]], today)
    assert (problem.kind, problem.column, problem.value) == ("since_ahead", "T1.new added", "1.1")
