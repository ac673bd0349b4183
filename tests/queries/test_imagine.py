"""Are imagined answers scored as if they had been published, without publishing anything?"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboard.figures.cube import Cube
from dashboard.figures.imagined import cube_of
from dashboard.model.records import RECORDS, as_csv
from dashboard.queries.ask import ask, names
from dashboard.store.overlays import imagined
from dashboard.store.pool import Cursor
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import stored_answers
from dashboard.store.reader import Published, Reader, StatusChange
from dashboard.ui.view import View
from tests.conftest import TODAY, WRITER, MakeView, copy_of, most, rest_thorough
from tests.queries.descriptions import BESIDE
from tests.queries.test_questions import CHOICES, PAGE
from tests.queries.toys import toys
from tests.store import reference
from tests.store.scored_anew import score_anew
from tests.store.world import Answer, Criterion, World

TABLES = ("tally", "matched", "score", "score_change")
Reads = duckdb.DuckDBPyConnection | Cursor
STATUSES = ("yes", "mostly", "somewhat", "no", "na", "dont_know", "")
PRESENT = "1.2"
EVIDENCE = ("none", "self_declared", "seen", "independently_checked")


@contextmanager
def scored(published: Published, round_: str, changes: Sequence[StatusChange]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor with imagined answers. It is not lent again, since tests make sums on it."""
    lent = imagined(published, round_, tuple(changes)).cursor()
    yield lent.__enter__()


def content(cursor: Reads, names: Sequence[str] = TABLES) -> dict[str, list[str]]:
    """Tables in full, in a fixed order; sums of doubles rounded to what is significant."""
    return {
        name: sorted(
            str([round(value, 9) if isinstance(value, float) else value for value in row])
            for row in cursor.sql(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        )
        for name in names
    }


def sums(cube: Cube) -> dict[str, dict[tuple[int, ...], list[float]]]:
    """All sums of a cube by round, country and criterion, rounded to what is significant."""
    return {
        name: {
            (int(round_), int(country), int(criterion)): [round(float(value), 12) for value in values]
            for round_, country, criterion, values in zip(
                rows.round, rows.country, rows.criterion, rows.values, strict=True
            )
        }
        for name, rows in (("sums", cube.sums), ("changes", cube.changes))
    }


def rest(cursor: Reads) -> list[Any]:
    """Who answered what in which wording, for all answers; without what imagined answers have no note for."""
    return cursor.sql(
        "SELECT round_no, operation_no, criterion_no, status_no, evidence, answered_on, version_no FROM answer "
        "ORDER BY ALL"
    ).fetchall()


@st.composite
def drawings(draw: st.DrawFn) -> tuple[str, str, str, str, list[StatusChange]]:
    """Three operations, two or three criteria, three rounds, the first in an older wording; changes to one round."""
    codes = ["T3.1", "T3.2", "T3.3"][: draw(st.integers(2, 3))]
    status = st.sampled_from(STATUSES)
    lines = [
        f"| {operation} | {code} | {' | '.join(draw(status) for _ in range(3))} |"
        for operation in ("a-op", "b-op", "c-op")
        for code in codes
    ]
    table = "\n".join(["| who | what | r1 | r2 | r3 |", *lines])
    places = st.tuples(
        st.sampled_from(("a-op", "b-op", "c-op")), st.sampled_from(codes), st.sampled_from(STATUSES[:-1])
    )
    changes = draw(st.lists(places, min_size=1, max_size=5, unique_by=lambda change: change[:2]))
    since = draw(st.sampled_from(("", "1.1", "1.2")))
    return table, draw(st.sampled_from(("", "toy=1.0"))), since, draw(st.sampled_from(("R1", "R2", "R3"))), changes


# Each example publishes twice, so a failing one is not shrunk.
@pytest.mark.thorough
@settings(max_examples=most(8), derandomize=True, phases=(Phase.explicit, Phase.generate))
@given(drawing=drawings())
def test_what_is_imagined_is_scored_as_if_it_had_been_published(
    drawing: tuple[str, str, str, str, list[StatusChange]],
) -> None:
    table, versions, since, round_, changes = drawing
    with TemporaryDirectory() as folder:
        store, published = toys(Path(folder), table, versions, since)
        before = {row[:3]: row for row in rest(published.cursor())}
        with scored(published, round_, changes) as cursor:
            answers = rest(cursor)
            score_anew(cursor)
            found = content(cursor)
        by_arithmetic = sums(cube_of(imagined(published, round_, tuple(changes))))
        changed = Path(folder) / "changed.csv"
        said = "\n".join(
            f"{round_},{who},{what},{status},{_evidence(published, before, round_, who, what)},"
            f"{'None sold.' if status == 'na' else ''},{PRESENT}"
            for who, what, status in changes
        )
        changed.write_text(f"round,operation,criterion,status,evidence,na_reason,framework_version\n{said}\n", "utf-8")
        outcome = publish(Load(store, [changed], WRITER, TODAY))
        assert not outcome.problems, outcome.problems
        after = Reader(store).current()
        assert after is not None
        right = content(after.cursor())
        assert answers == rest(after.cursor())
        assert by_arithmetic == sums(cube_of(after))
        for name in TABLES:
            assert found[name] == right[name], name
        for open_ in (published, after):
            open_.connection.close()


def _evidence(published: Published, before: dict[Any, Any], round_: str, who: str, what: str) -> str:
    """The evidence of an answer: an imagined one keeps it if there was an answer before."""
    key = published.cursor().execute(
        "SELECT round_no, operation_no, criterion_no FROM round, operation, criterion "
        "WHERE round = ? AND operation = ? AND criterion = ?",
        [round_, who, what],
    )
    *_, level, _, version = before[key.fetchall()[0]]
    return "" if level is None or version is None else EVIDENCE[level]


def drawn_changes(view: View, round_: str, n: int, seed: int = 3) -> list[StatusChange]:
    """Some answers of a round, each with any status of its scale."""
    cells = (
        view.published.cursor()
        .execute(
            "SELECT operation, criterion FROM answer JOIN operation USING (operation_no) "
            "JOIN criterion USING (criterion_no) JOIN round USING (round_no) WHERE round = ? ORDER BY ALL",
            [round_],
        )
        .fetchall()
    )
    words = ("implemented", "partly", "not_implemented", "not_applicable", "not_known")
    draw = Random(seed)
    return [(operation, criterion, draw.choice(words)) for operation, criterion in draw.sample(cells, n)]


@pytest.mark.thorough
@pytest.mark.parametrize("round_", ["2023", "2024", "2025"])
def test_the_sample_imagined_equals_slow_plain_python(round_: str, view_of: MakeView) -> None:
    view = view_of()
    changes = drawn_changes(view, round_, 60)
    world = _world(view.published.cursor(), round_, changes)
    with scored(view.published, round_, changes) as cursor:
        score_anew(cursor)
        tallies = {
            row[:3]: row[3:]
            for row in cursor.sql(
                "SELECT round_no, country_no, criterion_no, n_asked, n_applicable, n_answered, n_nil, "
                "n_critical_failed, weight_answered, points FROM tally"
            ).fetchall()
        }
        moved = {
            row[:3]: row[3:]
            for row in cursor.sql(
                "SELECT round_no, country_no, criterion_no, n_matched, n_better, n_worse, points_now, "
                "points_earlier FROM matched"
            ).fetchall()
        }
    right = reference.tallies(world)
    assert tallies.keys() == right.keys()
    for key, t in right.items():
        counts = (t.n_asked, t.n_applicable, t.n_answered, t.n_nil, t.n_critical_failed)
        assert tallies[key] == pytest.approx((*counts, float(t.weight_answered), float(t.points)))
    changed = reference.matched(world)
    assert moved.keys() == changed.keys()
    for key, m in changed.items():
        sums = (float(m.points_now), float(m.points_earlier))
        assert moved[key] == pytest.approx((m.n_matched, m.n_better, m.n_worse, *sums))


@pytest.mark.parametrize("round_", rest_thorough(["2024", "2023", "2025"]))
def test_the_sums_by_arithmetic_are_those_scored_again(round_: str, view_of: MakeView) -> None:
    view = view_of()
    for n in (1, 60, 400):
        changes = drawn_changes(view, round_, n, seed=n)
        with scored(view.published, round_, changes) as cursor:
            right = sums(score_anew(cursor))
        assert right != sums(cube_of(view.published))
        assert sums(cube_of(imagined(view.published, round_, tuple(changes)))) == right


def test_what_is_imagined_of_the_head_office_is_inherited_and_of_two_the_weaker(store: Path, tmp_path: Path) -> None:
    # The toy group with a second head office: T1.a, which weighs 3, is unanswered by an operation in each country.
    for name, rows in {
        "operations": "operation,country,title,kind,frameworks,synthetic\ntoy-top,,Toy top,group,toy,true\n",
        "answers": "round,operation,criterion,status\nR2,toy-top,T1.a,mostly\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(rows, "utf-8")
    load = [tmp_path / f"{name}.csv" for name in ("operations", "answers")]
    assert not publish(Load(store, load, WRITER, TODAY)).problems
    published = Reader(store).current()
    assert published is not None
    for changes, n, points in [
        ([("toy-hq", "T1.a", "somewhat")], 1, 0.25 * 3),
        ([("toy-top", "T1.a", "dont_know")], 1, 3),
        ([("toy-top", "T1.a", "dont_know"), ("toy-hq", "T1.a", "na")], 0, 0),
        ([("toy-hq", "T1.a", "no"), ("b-op", "T1.a", "yes")], 1, 0),
        ([("a-op", "T1.a", "dont_know")], 2, 0.75 * 3 * 2),
    ]:
        cube = cube_of(imagined(published, "R2", tuple(changes)))
        in_country = cube.sums.country == cube.country_numbers["AAA"]
        here = cube.sums.where(in_country & (cube.sums.round == cube.rounds.index("R2")))
        assert (here["n_inherited"].sum(), here["points_inherited"].sum()) == (n, points)
        with scored(published, "R2", changes) as cursor:
            assert sums(score_anew(cursor)) == sums(cube)
    published.connection.close()


def _world(cursor: Reads, round_: str, changes: list[StatusChange]) -> World:
    """The answers of a publication with some of them changed; all its scales have the words and values of scale 1."""
    cards = cursor.sql("SELECT criterion_no, weight, critical, kind FROM criterion ORDER BY ALL").fetchall()
    new = {(operation, criterion): status for operation, criterion, status in changes}
    rows = cursor.sql(
        "SELECT round, round_no, operation, operation_no, criterion, criterion_no, status, evidence FROM answer "
        "JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN criterion USING (criterion_no) "
        "JOIN scale USING (status_no) ORDER BY ALL"
    ).fetchall()
    answers = tuple(
        Answer(round_no, operation_no, criterion_no, new[who, what], None if status == "" else evidence)
        if name == round_ and (who, what) in new
        else Answer(round_no, operation_no, criterion_no, status, evidence)
        for name, round_no, who, operation_no, what, criterion_no, status, evidence in rows
    )
    countries = cursor.sql("SELECT country_no FROM operation ORDER BY operation_no").fetchall()
    rounds = cursor.sql("SELECT round_no FROM round ORDER BY position").fetchall()
    criteria = tuple(Criterion(no, 1, str(weight), critical, kind) for no, weight, critical, kind in cards)
    by_number = _ByNumber(criteria, answers, tuple(c for (c,) in countries), tuple(r for (r,) in rounds))
    return replace(by_number)


class _ByNumber(World):
    """A world with many criteria, which finds each one directly."""

    @cached_property
    def by_number(self) -> dict[int, Criterion]:
        return {criterion.number: criterion for criterion in self.criteria}

    def criterion(self, number: int) -> Criterion:
        return self.by_number[number]


@pytest.mark.thorough
def test_nothing_is_published_by_imagining(view_of: MakeView, sample_store: Path) -> None:
    view = view_of()
    (file,) = (sample_store / "publications").glob("*.duckdb")
    names = (*TABLES, "answer", "touched")
    before, digest = content(view.published.cursor(), names), hashlib.sha256(file.read_bytes()).digest()
    with scored(view.published, "2024", drawn_changes(view, "2024", 40)) as cursor:
        assert rest(cursor) != rest(view.published.cursor())
        score_anew(cursor)
        assert content(cursor)["tally"] != before["tally"]
        # Others ask at the same time, each with their own cursor.
        assert content(view.published.cursor(), names) == before
    assert content(view.published.cursor(), names) == before
    assert hashlib.sha256(file.read_bytes()).digest() == digest


def test_every_question_over_other_answers_finds_what_is_imagined(view_of: MakeView) -> None:
    view = view_of(operation="gha-op", country=("GHA",), round="2024", kind="")
    change = ("gha-op", "CRBP-05.e", "implemented")
    (then,) = [
        row
        for row in ask(
            imagined(view.published, "2024", (change,)), "answers", view.parameters(kind="", operation="gha-op")
        ).to_pylist()
        if row["criterion"] == change[1]
    ]
    assert (then["status"], then["note"]) == ("implemented", None)
    given_ = view.parameters(kind="respect", principle=("CRBP-05",))
    now = ask(view.published, "number", given_).to_pylist()[0]
    imagined_ = ask(imagined(view.published, "2024", (change,)), "number", given_).to_pylist()[0]
    assert imagined_["points"] == now["points"] + 1
    assert now["n_critical_failed"] - imagined_["n_critical_failed"] == 1


def test_of_two_changes_the_last_counts_and_what_is_not_asked_is_left_out(view_of: MakeView) -> None:
    view = view_of()

    def points(*changes: StatusChange) -> float:
        table = ask(imagined(view.published, "2025", changes), "number", view.parameters(country=("RWA",)))
        return float(table["points"][0].as_py())

    plain = points()
    up, down = ("rwa-op", "CRBP-05.e", "implemented"), ("rwa-op", "CRBP-05.e", "not_implemented")
    assert points(up, down) == points(down) != points(down, up) == points(up)
    assert points(("rwa-op", "CRBP-99.z", "implemented"), ("nobody", "CRBP-05.e", "partly")) == plain
    assert points(("gha-op", "CRBP-05.e", "implemented")) == plain


def test_answers_are_kept_apart_from_those_that_are_not_imagined(view_of: MakeView) -> None:
    view = view_of()
    given_, change = view.parameters(), ("rwa-op", "CRBP-04.a", "not_implemented")
    first = ask(imagined(view.published, "2025", (change,)), "number", given_)
    assert ask(imagined(view.published, "2025", (change,)), "number", given_) is first
    assert not first.equals(ask(view.published, "number", given_))
    assert imagined(view.published, "2025", ()) is view.published


def test_what_is_imagined_can_be_imagined_upon(view_of: MakeView) -> None:
    """Level upon level, for one round or two, equals everything at once; a gain is measured from the level beneath."""
    view = view_of()
    low, high = ("rwa-op", "CRBP-05.a", "not_implemented"), ("rwa-op", "CRBP-05.a", "implemented")
    other = ("rwa-op", "CRBP-05.b", "implemented")
    under = imagined(view.published, "2025", (low,))
    both = imagined(under, "2025", (other, high))
    at_once = imagined(view.published, "2025", (other, high))
    assert sums(cube_of(both)) == sums(cube_of(at_once)) != sums(cube_of(under))
    earlier = imagined(under, "2024", (high,))
    with scored(under, "2024", [high]) as cursor:
        assert sums(cube_of(earlier)) == sums(score_anew(cursor))
    for name in ("answers", "number_parts"):
        given_ = view.parameters(kind="", operation="rwa-op", country=("RWA",))
        assert ask(both, name, given_).equals(ask(at_once, name, given_))
    of_rwanda = view.parameters(country=("RWA",))
    (gain, small) = (
        next(row["gain"] for row in ask(of, "gains", of_rwanda).to_pylist() if row["country"] == "RWA")
        for of in (imagined(under, "2025", (high,)), imagined(view.published, "2025", (high,)))
    )
    assert gain > small


@pytest.mark.thorough
@pytest.mark.parametrize("choice", ["everything", "another framework"])
def test_every_question_says_of_imagined_answers_what_it_says_once_they_are_published(
    choice: str, view_of: MakeView, sample_store: Path, tmp_path: Path
) -> None:
    """Except questions about the load or about what is published, and SQL that is only for reading."""
    view = view_of(**CHOICES[choice])
    round_ = view.state.round
    before = imagined(view.published, round_, tuple(drawn_changes(view, round_, 40)), "Imagined.")
    with before.cursor() as cursor:
        answers = stored_answers(cursor, [(round_, who, what) for who, what, _ in drawn_changes(view, round_, 40)])
    store, file = copy_of(sample_store, tmp_path / "store"), tmp_path / "answers.csv"
    file.write_text(as_csv(RECORDS["answers"], map(asdict, answers.values())), "utf-8", newline="")
    if round_ != "2025":
        # Earlier rounds are approved, and take nothing until they are opened again.
        reopened = [
            f"{round_},{row['operation']},,reopened,Auditor,To try,{TODAY}"
            for row in ask(view.published, "operations", view.parameters()).to_pylist()
        ]
        (tmp_path / "approvals.csv").write_text(
            "\n".join(["round,operation,country,state,role,note,said_on", *reopened]) + "\n", "utf-8"
        )
        assert not publish(Load(store, [tmp_path / "approvals.csv"], WRITER, TODAY)).problems
    outcome = publish(Load(store, [file], WRITER, TODAY))
    assert not outcome.problems, outcome.problems
    after = Reader(store).current()
    assert after is not None
    given_ = view.parameters(**PAGE)
    apart = {*BESIDE, "contents", "problems", "gains", "number_sums", "approvals"}
    # What is approved is not reviewed, and was opened again above.
    apart |= {"checking"} if round_ != "2025" else set()
    asked = [name for name in names() if name not in apart]
    # Asked first: cached answers must not be given for imagined ones.
    usual = {name: told(view.published, name, given_) for name in asked}
    differ = [name for name in asked if not told(before, name, given_).equals(told(after, name, given_))]
    assert not differ
    moved = [name for name in asked if not told(before, name, given_).equals(usual[name])]
    assert len(moved) > 20
    after.connection.close()


def told(published: Published, name: str, given_: Mapping[str, Any]) -> pa.Table:
    """The rows of a question, without the publication of each answer, and without evidence if nobody answered."""
    table = ask(published, name, given_)
    if "status" in table.column_names and "evidence" in table.column_names:
        blank = pc.equal(table["status"], "unanswered")
        table = table.append_column("of_answer", pc.if_else(blank, None, table["evidence"])).drop_columns(["evidence"])
    return table.drop_columns([column for column in ("step", "steps") if column in table.column_names])


def test_a_store_that_was_copied_can_be_imagined_on(sample_store: Path, tmp_path: Path) -> None:
    """Imagined answers overlay those of the publication, whatever its name."""
    store = copy_of(sample_store, tmp_path / "an odd \"name'")
    published = Reader(store).current()
    assert published is not None
    with scored(published, "2025", [("rwa-op", "CRBP-04.a", "not_implemented")]) as cursor:
        assert len({*rest(cursor)} - {*rest(published.cursor())}) == 1
    published.connection.close()
