"""Does a preview show exactly what publishing changes? Compared with slow plain Python, on drawn files."""

import csv
import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from dashboard.model.publish_preview import ChangedRow, Changes, Count, Difference, PreviewScore
from dashboard.store.history import current_number, history, publication_path, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.build import Proof, open_proof
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish, publish_preview
from dashboard.store.reader import Reader, open_publication
from dashboard.store.upkeep import undo
from dashboard.tasks.preview import preview
from tests.books import HEAD, fill, filled_in, write
from tests.conftest import TINY, TODAY, WRITER

COLUMNS = (
    "round", "operation", "criterion", "status", "evidence", "note", "answered_by_role", "answered_on", "na_reason"
)  # fmt: skip
TOLD = ("status", "evidence", "na_reason", "note", "answered_by_role", "answered_on", "framework_version")
VALUES = {"yes": Fraction(1), "mostly": Fraction(3, 4), "somewhat": Fraction(1, 4), "no": Fraction(0)}
SCALE = (*VALUES, "na", "dont_know")
EVIDENCE = ("none", "self_declared", "seen", "independently_checked")
CRITERIA = {
    "T1.a": ("T1", "respect", Fraction(3), True), "T1.b": ("T1", "support", Fraction(1, 2), False),
    "T2.a": ("T2", "respect", Fraction(1), False), "T2.b": ("T2", "respect", Fraction(1), False),
}  # fmt: skip
COUNTRY = {"toy-hq": "GROUP", "a-op": "AAA", "a2-op": "AAA", "b-op": "BBB"}
ASKED = {
    *((r, "toy-hq", c) for r in ("R1", "R2") for c in ("T1.a", "T2.b")),
    *((r, "a-op", c) for r in ("R1", "R2") for c in ("T1.a", "T1.b", "T2.a")),
    *((r, "a2-op", c) for r in ("R1", "R2") for c in ("T1.a", "T1.b")),
    *(("R2", "b-op", c) for c in ("T1.a", "T1.b", "T2.a")),
}
"""What the lists of the toy group ask, written by hand."""
Key = tuple[str, str, str]
Said = dict[str, str]


def files_of(store: Path) -> dict[str, str]:
    """Everything in a store but its lock, by name and content."""
    return {
        str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in store.rglob("*")
        if path.is_file() and path.name != "LOCK"
    }


def csv_file(path: Path, rows: Iterable[Said], columns: Iterable[str] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def answers_of(rows: Iterable[Said]) -> dict[Key, Said]:
    """Rows as they are stored: empty values are not said, and an answer names the version it answers."""
    kept: dict[Key, Said] = {}
    for row in rows:
        values = {name: row[name] for name in COLUMNS[3:] if row[name]}
        kept[row["round"], row["operation"], row["criterion"]] = values | {"framework_version": "1.0"}
    return kept


def stored() -> dict[Key, Said]:
    with (TINY / "answers.csv").open(encoding="utf-8", newline="") as stream:
        return answers_of(csv.DictReader(stream))


def sound(row: Said, seen: set[Key]) -> bool:
    key = (row["round"], row["operation"], row["criterion"])
    return (
        key in ASKED
        and key not in seen
        and row["status"] in SCALE
        and row["evidence"] in (*EVIDENCE, "")
        and row["answered_on"] != "2031-01-01"
        and (row["status"] != "na" or bool(row["na_reason"]))
    )


def drawn(chance: random.Random) -> list[Said]:
    """Rows, some of which repeat what is stored, some are new, and some nonsense."""
    rows = []
    for key in chance.choices(sorted(ASKED), k=chance.randint(1, 14)):
        row = dict.fromkeys(COLUMNS, "") | dict(zip(COLUMNS[:3], key, strict=True)) | stored().get(key, {})
        row.pop("framework_version", None)
        if not row["status"] or chance.random() < 0.6:
            row["status"] = chance.choice(SCALE)
            row["evidence"] = chance.choice((*EVIDENCE, ""))
            row["na_reason"] = chance.choice(("", "It lends nothing."))
        if chance.random() < 0.3:
            row["note"] = chance.choice(("", "seen; with a comma, and “quotes”", "=1+1"))
            row["answered_on"] = chance.choice(("", "2025-03-01", "2024-12-24"))
        if chance.random() < 0.25:
            wrong = {"round": "R9", "operation": "nowhere", "criterion": "T9.z", "status": "maybe", "evidence": "felt",
                     "answered_on": "2031-01-01"}  # fmt: skip
            name = chance.choice(sorted(wrong))
            row[name] = wrong[name]
        rows.append(row)
    return rows


@dataclass
class Expected:
    """What publishing the rows does, one after the other."""

    counts: Counter[tuple[str, str, str]]
    rows: dict[Key, tuple[str, str, tuple[Difference, ...]]]
    after: dict[Key, Said]


def compared(rows: list[Said]) -> Expected:
    seen: set[Key] = set()
    before, found = stored(), Expected(Counter(), {}, stored())
    for row in rows:
        key = (row["round"], row["operation"], row["criterion"])
        good = sound(row, seen)
        seen.add(key)
        if not good:
            found.counts[key[0], key[1], "rejected"] += 1
            continue
        (now,) = answers_of([row]).values()
        was = before.get(key, {})
        found.after[key] = now
        differences = tuple(
            Difference(name, was.get(name), now.get(name))
            for name in TOLD
            if was.get(name) != now.get(name)
        )  # fmt: skip
        state = "unchanged" if not differences else "changed" if was else "new"
        found.counts[key[0], key[1], state] += 1
        if differences:
            fails = [CRITERIA[key[2]][3] and said.get("status") == "no" for said in (was, now)]
            flag = "raised" if fails == [False, True] else "cleared" if fails == [True, False] else ""
            found.rows[key] = (state, flag, differences)
    return found


def percent(part: Fraction | int, whole: Fraction | int) -> int | None:
    return floor(Fraction(part) / whole * 100 + Fraction(1, 2)) if whole else None


def figures(answers: dict[Key, Said]) -> dict[tuple[str, str, str, str], tuple[object, ...]]:
    """Every score by round, country, area (empty for all) and kind."""
    asked: dict[tuple[str, str, str, str], list[Key]] = {}
    for key in ASKED:
        area, kind, _, _ = CRITERIA[key[2]]
        for one in (area, ""):
            asked.setdefault((key[0], COUNTRY[key[1]], one, kind), []).append(key)
    return {cell: figure([(key, answers.get(key, {})) for key in keys]) for cell, keys in asked.items()}


def figure(said: list[tuple[Key, Said]]) -> tuple[object, ...]:
    weight = {key: CRITERIA[key[2]][2] for key, _ in said}
    applicable = [(key, answer) for key, answer in said if answer.get("status") != "na"]
    answered = [(key, answer) for key, answer in applicable if answer.get("status") in VALUES]
    not_known = sum(answer.get("status") == "dont_know" for _, answer in applicable)
    points = sum((VALUES[answer["status"]] * weight[key] for key, answer in answered), Fraction(0))
    of, given = (sum((weight[key] for key, _ in some), Fraction(0)) for some in (applicable, answered))
    if not applicable:
        reading = "not_applicable"
    elif not answered:
        reading = "not_known" if not_known == len(applicable) else "unanswered"
    elif Fraction(len(answered), len(applicable)) < Fraction(1, 2):
        reading = "too_few"
    else:
        reading = "count" if len(answered) < 2 else "score"
    worth = [VALUES[answer["status"]] for _, answer in answered]
    return (
        reading, percent(points, given) if reading != "too_few" else None,
        percent(points, of), percent(points + of - given, of),
        percent(len(answered), len(applicable)), len(answered), len(applicable),
        sum(answer.get("evidence") in EVIDENCE[2:] for _, answer in answered),
        sum(CRITERIA[key[2]][3] and answer["status"] == "no" for key, answer in answered),
        worth.count(Fraction(1)), sum(0 < value < 1 for value in worth), worth.count(Fraction(0)),
    )  # fmt: skip


def as_told(figure: PreviewScore | None) -> tuple[object, ...]:
    assert figure is not None
    return tuple(getattr(figure, name) for name in PreviewScore.__dataclass_fields__)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(14))
def test_a_preview_tells_what_a_slow_comparison_finds(tiny_store: Path, tmp_path: Path, seed: int) -> None:
    rows = drawn(random.Random(seed))
    expected = compared(rows)
    found = preview(tiny_store, [csv_file(tmp_path / "drawn.csv", rows)], TODAY, tmp_path).changes

    assert Counter({(c.round, c.operation, c.state): c.n for c in found.counts}) == expected.counts
    told = {(row.round, row.operation, row.code): (row.state, row.flag, row.differences) for row in found.rows}
    assert told == expected.rows
    flags = [flag for _, flag, _ in expected.rows.values()]
    assert (found.n_raised, found.n_cleared) == (flags.count("raised"), flags.count("cleared"))
    assert found.n_taken_away == sum(any(d.now is None for d in row[2]) for row in expected.rows.values())
    evidence = [d for row in expected.rows.values() for d in row[2] if d.column == "evidence"]
    assert found.n_unproven == sum(d.was not in (None, "none") and d.now in (None, "none") for d in evidence)
    before, after = figures(stored()), figures(expected.after)
    moved = {cell: (before[cell], after[cell]) for cell in before if before[cell] != after[cell]}
    assert {(m.round, m.country, m.area, m.kind): (as_told(m.was), as_told(m.now)) for m in found.moved} == moved


def replaced_by(store: Path, *paths: Path) -> Changes:
    """What publishing asks about, without publishing it; nothing if it does not ask."""
    asked: list[Changes] = []

    def agree(changes: Changes) -> bool:
        asked.append(changes)
        return False

    publish(Load(store, paths, WRITER, TODAY, agree=agree))
    return asked[0] if asked else Changes()


def by_form(changes: Changes) -> Counter[tuple[str, str]]:
    return Counter({(c.form, c.operation): c.n for c in changes.counts if c.state == "changed"})


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(14))
def test_publishing_asks_about_what_a_preview_tells(store: Path, tmp_path: Path, seed: int) -> None:
    path = csv_file(tmp_path / "drawn.csv", drawn(random.Random(seed)))
    told = preview(store, [path], TODAY, tmp_path).changes
    asked = replaced_by(store, path)
    assert told.asks == asked.asks
    assert current_number(store) == (1 if told.asks else 2)
    if told.asks:
        assert by_form(asked) == by_form(told)
        assert [(asked.n_raised, asked.n_unproven), asked.few, asked.withdrawn] == [
            (told.n_raised, told.n_unproven), told.few, told.withdrawn
        ]  # fmt: skip


RATED = {
    "risk_ratings": ("round,operation,impact,scale,scope,irremediability,likelihood,basis\n",
                     "R2,a-op,TOY-I1,{},2,3,1,A walk.\n", "4", "2"),
    "actions": ("action,operation,text,owner_role,due_on,criterion,status\n",
                "A-1,a-op,Blunt it,Maker,2026-05-01,T1.a,{}\n", "open", "done"),
    "targets": ("framework,kind,area,operation,percent,round,due_on,baseline\n", "toy,respect,,,{},R2,,\n", "70", "60"),
}  # fmt: skip


def test_publishing_asks_about_ratings_actions_and_targets_too(store: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{form}.csv" for form in RATED]

    def write_all(place: int) -> None:
        for path, of in zip(paths, RATED.values(), strict=True):
            path.write_text(of[0] + of[1].format(of[place]), "utf-8")

    write_all(2)
    assert not replaced_by(store, *paths).asks, "nothing is published yet"
    assert current_number(store) == 2
    assert not replaced_by(store, *paths).asks, "it says the same"
    write_all(3)
    told = preview(store, paths, TODAY, tmp_path).changes
    asked = replaced_by(store, *paths)
    assert by_form(asked) == by_form(told) == {(form, "" if form == "targets" else "a-op"): 1 for form in RATED}


def test_enough_is_drawn_to_be_worth_comparing() -> None:
    """Every state, both flags and several readings occur in the files that are drawn."""
    states: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    for seed in range(14):
        expected = compared(drawn(random.Random(seed)))
        for (_, _, state), n in expected.counts.items():
            states[state] += n
        flags.update(flag for _, flag, _ in expected.rows.values())
    assert all(states[state] > 5 for state in ("new", "changed", "unchanged", "rejected"))
    assert flags["raised"]
    assert flags["cleared"]


ROW = dict.fromkeys(COLUMNS, "") | {"round": "R2", "operation": "a-op", "criterion": "T1.a", "status": "no"}


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """One answer that changes a critical criterion of the toy group."""
    return csv_file(tmp_path / "part.csv", [ROW])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "private"
    made.mkdir()
    return made


@pytest.fixture
def proof(store: Path, part: Path, folder: Path) -> Proof:
    found = preview(store, [part], TODAY, folder).proof
    assert found is not None
    return found


def status(store: Path) -> str:
    """What is published for that answer."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return asked_status(connection)


def asked_status(connection: object) -> str:
    (found,) = connection.execute(  # type: ignore[attr-defined]
        "SELECT status FROM answer JOIN operation USING (operation_no) JOIN round USING (round_no) "
        "JOIN criterion USING (criterion_no) JOIN scale USING (status_no) "
        "WHERE operation = 'a-op' AND round = 'R2' AND criterion = 'T1.a'"
    ).fetchall()
    return str(found[0])


def test_looking_changes_nothing_in_the_store(store: Path, part: Path, folder: Path) -> None:
    before = files_of(store)
    assert preview(store, [part], TODAY, folder).proof is not None
    assert files_of(store) == before
    assert [path.name for path in folder.iterdir()] == ["proof.duckdb"], "and nothing else is left"


def test_the_most_important_is_listed_first(store: Path, tmp_path: Path, folder: Path) -> None:
    rows = [
        ROW | {"criterion": "T2.a", "status": "yes"},
        ROW | {"criterion": "T1.b", "status": "no"},
        ROW,
        ROW | {"operation": "b-op", "status": "yes"},
    ]
    found = preview(store, [csv_file(tmp_path / "part.csv", rows)], TODAY, folder).changes
    assert [(row.operation, row.code) for row in found.rows] == [
        ("a-op", "T1.a"), ("b-op", "T1.a"), ("a-op", "T1.b"), ("a-op", "T2.a"),
    ]  # fmt: skip
    assert found.rows[0].flag == "raised"


def test_a_torn_row_and_an_empty_one_are_told_apart(store: Path, tmp_path: Path, folder: Path) -> None:
    text = "round,operation,criterion,status\nR2,a-op,T1.a,no\nR2,a-op\n,,,\n"
    (tmp_path / "torn.csv").write_text(text, "utf-8")
    found = preview(store, [tmp_path / "torn.csv"], TODAY, folder).changes
    assert (found.n("changed"), found.n_torn, found.n_out) == (1, 1, 1)
    assert found.n("rejected") == 0, "an empty row is no row"


def test_every_row_of_a_workbook_that_stays_out_is_counted_once(store: Path, tmp_path: Path, folder: Path) -> None:
    sheets = filled_in(store)
    answers = sheets["Toy makers"]
    ids = {str(row[0]) for row in answers[HEAD + 1 :]}
    fill(answers, "T1.a", status="Perhaps", note="A word of no scale.")
    fill(answers, "T1.b", status="Not applicable")
    fill(answers, "T2.a", status="Yes", on=date(2025, 3, 1))
    fill(sheets["Risks"], "TOY-I1", scale=9, scope=2, irremediability=4, likelihood=1, basis="A walk.")
    once = preview(store, [write(tmp_path / "a.xlsx", sheets)], TODAY, folder).changes
    out = [Count(form, "R2", "a-op", "rejected", n) for form, n in (("answers", 2), ("risk_ratings", 1))]
    assert sorted(rejected(once), key=lambda count: count.form) == out
    assert ids == {"T1.a", "T1.b", "T2.a"}
    assert once.n_out == 3


def test_a_sheet_of_which_no_row_can_be_read_is_counted(store: Path, tmp_path: Path, folder: Path) -> None:
    sheets = filled_in(store)
    answers = sheets["Toy makers"]
    for row in answers[HEAD + 1 :]:
        fill(answers, str(row[0]), status="Perhaps")
    found = preview(
        store, [write(tmp_path / "a.xlsx", {"Toy makers": answers, "lists": sheets["lists"]})], TODAY, folder
    )
    assert rejected(found.changes) == [Count("answers", "R2", "a-op", "rejected", 3)]


def test_rows_of_two_workbooks_that_contradict_each_other_are_counted(
    store: Path, tmp_path: Path, folder: Path
) -> None:
    paths = []
    for name, status in (("a", "Yes"), ("b", "No")):
        sheets = filled_in(store)
        fill(sheets["Toy makers"], "T2.a", status=status)
        paths.append(write(tmp_path / f"{name}.xlsx", sheets))
    found = preview(store, paths, TODAY, folder)
    assert sum(count.n for count in rejected(found.changes)) == 2


def rejected(changes: Changes) -> list[Count]:
    return [count for count in changes.counts if count.state == "rejected"]


@pytest.mark.thorough
def test_ratings_and_actions_are_compared_value_by_value(store: Path, tmp_path: Path, folder: Path) -> None:
    actions = ("action", "operation", "text", "owner_role", "due_on", "criterion", "status")
    one = {"action": "A-1", "operation": "a-op", "text": "Blunt it", "owner_role": "Maker", "due_on": "2026-05-01"}
    one |= {"criterion": "T1.a", "status": "open"}
    first = csv_file(tmp_path / "actions.csv", [one], actions)
    new = preview(store, [first], TODAY, folder).changes
    assert [(row.form, row.code, row.state) for row in new.rows] == [("actions", "A-1", "new")]
    assert publish(Load(store, [first], Writer("steward", ""), TODAY)).revision is not None
    later = [one | {"status": "done", "text": "Blunt it well"}, one | {"action": "A-2"}]
    found = preview(store, [csv_file(tmp_path / "later.csv", later, actions)], TODAY, folder).changes
    assert {row.code: (row.state, row.differences) for row in found.rows}["A-1"] == (
        "changed", (Difference("action_text", "Blunt it", "Blunt it well"), Difference("action_status", "open", "done"))
    )  # fmt: skip
    assert found.n("new", form="actions") == found.n("changed", form="actions") == 1
    again = preview(store, [first], TODAY, folder).changes
    assert (again.n("unchanged"), again.anything) == (1, False)


def test_ratings_of_the_sample_are_compared(sample_store: Path, tmp_path: Path) -> None:
    with (Path("data/ratings/risks.csv")).open(encoding="utf-8", newline="") as stream:
        # Earlier rounds are approved, and locked.
        rows = [row for row in csv.DictReader(stream) if row["found"] != "none" and row["round"] == "2025"][:3]
    rows[0]["scale"] = "1" if rows[0]["scale"] != "1" else "2"
    found = preview(sample_store, [csv_file(tmp_path / "risks.csv", rows, rows[0])], TODAY, tmp_path).changes
    ((form, differences),) = [(row.form, row.differences) for row in found.rows]
    assert (form, [d.column for d in differences]) == ("risk_ratings", ["scale"])
    assert differences[0].now == rows[0]["scale"]
    assert found.n("unchanged") == 2


def test_targets_are_compared(store: Path, tmp_path: Path, folder: Path) -> None:
    head = "framework,kind,area,operation,percent,round,due_on,baseline\n"
    (tmp_path / "before.csv").write_text(
        f"{head}toy,respect,,,70,R2,,\ntoy,respect,T1,a-op,60,,2027-01-31,R1\ntoy,support,,a-op,50,R2,,\n", "utf-8"
    )
    assert publish(Load(store, [tmp_path / "before.csv"], WRITER, TODAY)).problems == ()
    (tmp_path / "targets.csv").write_text(
        f"{head}toy,respect,,,70,R2,,\ntoy,respect,T1,a-op,65,,2027-01-31,\ntoy,support,,a-op,,R2,,\n"
        "toy,respect,,b-op,40,,2027-01-31,\n",
        "utf-8",
    )
    found = preview(store, [tmp_path / "targets.csv"], TODAY, folder).changes
    assert [(row.code, row.operation, row.state) for row in found.rows] == [
        ("toy · respect · T1 · 2027-01-31", "a-op", "changed"),
        ("toy · support · R2", "a-op", "changed"),
        ("toy · respect · 2027-01-31", "b-op", "new"),
    ]
    said = [[(d.column, d.was, d.now) for d in row.differences] for row in found.rows]
    assert said == [
        [("percent", "60", "65"), ("baseline", "R1", None)], [("percent", "50", None)], [("percent", None, "40")],
    ]  # fmt: skip
    assert (found.n("unchanged"), found.n_taken_away) == (1, 2)


def test_lists_are_counted_and_not_compared(store: Path, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "rounds.csv").write_text("round,title,starts_on,ends_on\nR3,Third,2026-01-01,2026-03-31\n", "utf-8")
    found = preview(store, [tmp_path / "rounds.csv"], TODAY, folder).changes
    assert found.others == (("rounds", 1),)
    assert found.anything


def test_a_file_that_is_refused_leaves_no_proof(store: Path, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "wrong.csv").write_text("what,is,this\n1,2,3\n", "utf-8")
    found = preview(store, [tmp_path / "wrong.csv"], TODAY, folder)
    assert found.proof is None
    assert {problem.kind for problem in found.problems} >= {"missing_column"}
    assert found.changes == Changes()
    assert not list(folder.glob("*.duckdb"))


def test_rows_beyond_those_listed_are_still_counted(
    store: Path, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.tasks.preview.MOST_ROWS", 1)
    rows = [ROW, ROW | {"operation": "b-op"}, ROW | {"criterion": "T2.a", "status": "yes"}]
    found = preview(store, [csv_file(tmp_path / "part.csv", rows)], TODAY, folder).changes
    assert [row.code for row in found.rows] == ["T1.a"], "one of the most important"
    assert found.n("new") + found.n("changed") == 3
    assert (found.n_raised, found.n_taken_away) == (2, 2)


@pytest.mark.thorough
def test_into_an_empty_store_everything_is_new(tmp_path: Path, folder: Path) -> None:
    found = preview(tmp_path / "none", [TINY], TODAY, folder)
    assert found.proof is not None
    assert found.proof.over is None
    assert found.changes.n("new") == 9
    assert all(isinstance(row, ChangedRow) and row.state == "new" for row in found.changes.rows)
    assert not (tmp_path / "none").exists()
    assert publish_preview(tmp_path / "none", found.proof, Writer("steward", "")).revision is not None
    assert status(tmp_path / "none") == "mostly"


def test_what_was_seen_is_what_counts(store: Path, proof: Proof, writer: Writer) -> None:
    outcome = publish_preview(store, proof, writer)
    assert outcome.revision is not None
    assert (outcome.revision.number, outcome.revision.role, outcome.revision.files[0][0]) == (
        2,
        writer.role,
        "part.csv",
    )
    published = publication_path(store, outcome.revision.publication)
    assert published.read_bytes() == proof.path.read_bytes()
    assert status(store) == "no"
    assert not list(store.glob("making-*"))


def test_a_proof_can_be_read_as_pages_read(proof: Proof) -> None:
    published = open_proof(proof)
    with published.connection as connection:
        assert asked_status(connection) == "no"
    assert published.revision.kind == "trial"


@pytest.mark.thorough
def test_what_was_seen_over_an_older_step_is_not_published(
    store: Path, proof: Proof, part: Path, writer: Writer, tmp_path: Path
) -> None:
    theirs = csv_file(tmp_path / "theirs.csv", [ROW | {"operation": "b-op", "status": "yes"}])
    assert publish(Load(store, [theirs], writer, TODAY)).revision is not None
    before = files_of(store)
    outcome = publish_preview(store, proof, writer)
    assert outcome.revision is None
    assert [(problem.kind, problem.value) for problem in outcome.problems] == [("published_since", "2")]
    assert files_of(store) == before
    folder = tmp_path / "anew"
    folder.mkdir()
    anew = preview(store, [part], TODAY, folder).proof
    assert anew is not None
    assert publish_preview(store, anew, writer).revision is not None


@pytest.mark.thorough
def test_a_store_started_again_is_another_one_though_its_number_is_the_same(
    store: Path, proof: Proof, writer: Writer
) -> None:
    shutil.rmtree(store)
    assert publish(Load(store, [TINY], writer, TODAY)).revision is not None
    outcome = publish_preview(store, proof, writer)
    assert [problem.kind for problem in outcome.problems] == ["published_since"]
    assert current_number(store) == 1


def test_without_a_role_or_the_file_of_the_proof_nothing_is_published(
    store: Path, proof: Proof, writer: Writer
) -> None:
    before = files_of(store)
    assert [p.kind for p in publish_preview(store, proof, replace(writer, role=" ")).problems] == ["role_missing"]
    proof.path.unlink()
    assert [p.kind for p in publish_preview(store, proof, writer).problems] == ["not_written"]
    assert files_of(store) == before


def test_a_proof_that_was_cut_off_is_not_published(store: Path, proof: Proof, writer: Writer) -> None:
    whole = proof.path.read_bytes()
    proof.path.write_bytes(whole[: len(whole) // 2])
    outcome = publish_preview(store, proof, writer)
    assert outcome.revision is None
    assert [problem.kind for problem in outcome.problems] == ["publication_damaged"]
    assert current_number(store) == 1


def test_undo_restores_the_step_before_and_keeps_the_history(store: Path, proof: Proof, writer: Writer) -> None:
    assert publish_preview(store, proof, writer).revision is not None
    outcome = undo(store, 2, writer)
    assert outcome.revision is not None
    assert (outcome.revision.number, outcome.revision.kind) == (3, "revert")
    assert status(store) == "mostly"
    assert [move.number for move in history(store)] == [3, 2, 1]
    move = read_revision(store, 2)
    with open_publication(publication_path(store, move.publication), move.size) as connection:
        assert asked_status(connection) == "no", "what was undone is still there"


@pytest.mark.thorough
def test_undo_leaves_what_somebody_has_published_since(
    store: Path, proof: Proof, writer: Writer, tmp_path: Path
) -> None:
    assert publish_preview(store, proof, writer).revision is not None
    theirs = csv_file(tmp_path / "theirs.csv", [ROW | {"operation": "b-op", "status": "yes"}])
    assert publish(Load(store, [theirs], writer, TODAY)).revision is not None
    before = files_of(store)
    outcome = undo(store, 2, writer)
    assert outcome.revision is None
    assert [(problem.kind, problem.value) for problem in outcome.problems] == [("published_since", "3")]
    assert files_of(store) == before


def test_a_preview_from_yesterday_reports_todays_dates_as_future(store: Path, tmp_path: Path, folder: Path) -> None:
    file = csv_file(tmp_path / "part.csv", [ROW | {"answered_on": "2025-06-01"}])
    assert preview(store, [file], date(2025, 5, 30), folder).changes.n("rejected") == 1
