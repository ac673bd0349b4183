"""Is the result the same whether only what a load affects is made again, or everything?"""

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import dashboard.store.publishing.apply_load as filling
from dashboard.store.history import current_number, publication_path, read_revision
from dashboard.store.publishing.apply_load import LoadChanges
from dashboard.store.publishing.build import build
from dashboard.store.publishing.load import Load as Inputs
from dashboard.store.publishing.publish import publish
from tests.conftest import WRITER, most, rest_thorough

TODAY = date(2026, 1, 1)
HEADS = {
    "answers": "round,operation,criterion,status,evidence,na_reason,answered_on",
    "risks": "round,operation,impact,found,scale,scope,irremediability,likelihood,basis",
    "chances": "round,operation,impact,found,reach,need,feasibility,basis",
    "actions": "action,operation,text,owner_role,due_on,round,criterion",
    "context": "country,indicator,year,value,publisher,dataset,licence",
    "indicators": "indicator,title,unit,limit_years",
    "countries": "country,title,region",
    "operations": "operation,country,title,kind,services,frameworks,first_round,synthetic,group",
    "rounds": "round,title,starts_on,ends_on,frameworks,closed",
}
ROUND, OPERATION = st.sampled_from(["R1", "R2"]), st.sampled_from(["a-op", "a2-op", "b-op", "toy-hq"])
CRITERION = st.sampled_from(["T1.a", "T1.b", "T2.a", "T2.b"])
GRADE = st.sampled_from("1234")
ROWS = {
    "answers": st.tuples(
        ROUND, OPERATION, CRITERION, st.sampled_from(["yes", "no", "mostly", "na", "unanswered"]),
        st.sampled_from(["", "seen", "none"]), st.just("Why"), st.sampled_from(["", "2025-02-03", "2025-11-30"]),
    ),
    "risks": st.tuples(
        ROUND, OPERATION, st.just("TOY-I1"), st.sampled_from(["yes", "none"]), *[GRADE] * 4, st.just("A visit")
    ).map(lambda row: row if row[3] == "yes" else (*row[:4], "", "", "", "", row[-1])),
    "chances": st.tuples(ROUND, OPERATION, st.just("TOY-I2"), st.just("yes"), GRADE, GRADE, GRADE, st.just("A visit")),
    "actions": st.tuples(
        st.sampled_from(["A-1", "A-2"]), OPERATION, st.just("Do it"), st.just(""), st.just("2026-05-01"), ROUND,
        CRITERION,
    ),
    "context": st.tuples(
        st.sampled_from(["AAA", "BBB"]), st.just("toys"), st.sampled_from(["2024", "2025"]), GRADE, *[st.just("x")] * 3
    ),
    "indicators": st.tuples(st.just("toys"), st.sampled_from(["Toys", "Balls"]), st.just("each"), st.just("5")),
    "countries": st.tuples(
        st.sampled_from(["AAA", "BBB"]), st.sampled_from(["Aland", "Beland", "Zed"]),
        st.sampled_from(["North", "South"]),
    ),
    "operations": st.tuples(
        st.sampled_from(["a-op", "a2-op", "c-op"]), st.sampled_from(["AAA", "BBB"]), st.sampled_from(["Toys", "Other"]),
        st.just("operation"), st.sampled_from(["shop", "shop;lend"]), st.just("toy"), st.just(""), st.just("true"),
        st.sampled_from(["", "Toy", "Ball"]),
    ),
    "rounds": st.tuples(
        st.sampled_from(["R1", "R2", "R3"]), st.sampled_from(["First", "Later"]),
        st.sampled_from(["2024-01-01", "2025-06-01"]), st.just("2026-01-01"), st.just("toy"),
        st.sampled_from(["", "true", "false"]),
    ),
}  # fmt: skip
LOADS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from([*HEADS]), st.none(), min_size=1, max_size=2).flatmap(
            lambda kinds: st.fixed_dictionaries({kind: st.lists(ROWS[kind], min_size=1, max_size=4) for kind in kinds})
        ),
        st.just({"frameworks": []}),
    ),
    min_size=1,
    max_size=5,
)
Load = dict[str, list[tuple[str, ...]]]


class Everything(LoadChanges):
    """A load that is assumed to change everything."""

    def __init__(self, everything: bool = False) -> None:
        super().__init__(everything=True)


@pytest.fixture(scope="module", params=rest_thorough(["mean of groups", "pooled", "mean of operations"]))
def ruled(request: pytest.FixtureRequest, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the toy group, with each rule for the figure of a country."""
    folder = Path(shutil.copytree(tiny, tmp_path_factory.mktemp("ruled") / "tiny"))
    standard = folder / "frameworks" / "toy" / "framework.yaml"
    standard.write_text(f"{standard.read_text('utf-8')}country_figure: {request.param}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def begun(ruled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy group's publication, as a file to build upon."""
    folder = tmp_path_factory.mktemp("begun")
    assert not publish(Inputs(folder / "store", [ruled], WRITER, TODAY)).problems
    name = read_revision(folder / "store", current_number(folder / "store")).publication
    return Path(shutil.copy(publication_path(folder / "store", name), folder / "begun.duckdb"))


def written(folder: Path, load: Load, tiny: Path) -> list[Path]:
    folder.mkdir()
    if "frameworks" in load:
        return [tiny / "frameworks"]
    for kind, rows in load.items():
        (folder / f"{kind}.csv").write_text("\n".join([HEADS[kind], *map(",".join, rows)]) + "\n")
    return [folder]


def tables(path: Path) -> dict[str, list[Any]]:
    """Every table of a publication, its rows in order, except `touched`, which says what was made again."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'touched'").fetchall()
        return {name: sorted(map(repr, connection.execute(f'FROM "{name}"').fetchall())) for (name,) in names}


@pytest.mark.thorough
@settings(max_examples=most(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOADS)
@example(
    [
        {"answers": [("R2", "a-op", "T1.a", "yes", "", "", "")]},
        {"rounds": [("R1", "First", "2024-01-01", "2026-01-01", "toy", "true")]},
    ]
)
@example(
    [
        {"risks": [("R2", "a-op", "TOY-I1", "yes", "1", "2", "3", "4", "A visit")]},
        {"frameworks": []},
        {"countries": [("AAA", "Zed", "South")]},
    ]
)
# The head office's answer would be inherited in every country of the round.
@example([{"answers": [("R2", "toy-hq", "T1.a", "no", "", "", "")]}])
@example([{"indicators": [("toys", "Toys", "each", "5")]}, {"context": [("AAA", "toys", "2024", "3", "x", "x", "x")]}])
@example(
    [
        {"actions": [("A-1", "a-op", "Do it", "", "2026-05-01", "R1", "T1.a")]},
        {"operations": [("a-op", "BBB", "Toys", "operation", "shop", "toy", "", "true", "Toy")]},
    ]
)
# Three operations answered one of three: that is noted whenever the standard is loaded, even if it stays as it is.
@example([{"answers": [("R1", "a-op", "T1.a", "yes", "", "Why", ""), ("R2", "a2-op", "T1.a", "yes", "", "Why", "")]},
    {"frameworks": []}])  # fmt: skip
def test_what_a_load_does_not_reach_need_not_be_made_again(begun: Path, ruled: Path, loads: list[Load]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        made = [Path(shutil.copy(begun, Path(folder) / f"{name}.duckdb")) for name in ("reached", "everything")]
        for step, load in enumerate(loads, start=2):
            files = written(Path(folder) / str(step), load, ruled)
            patch.setattr(filling, "LoadChanges", LoadChanges)
            first = build(made[0], Path(folder) / "scratch-1", files, step, TODAY)
            patch.setattr(filling, "LoadChanges", Everything)
            second = build(made[1], Path(folder) / f"scratch-{step}", files, step, TODAY)
            assert first.problems == second.problems
            assert tables(made[0]) == tables(made[1])


def test_a_changed_answer_of_the_head_office_is_inherited_in_every_country(begun: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(begun, tmp_path / "own.duckdb"))
    inherited = """
        SELECT round, country, points_inherited FROM score WHERE criterion = 'T1.a' AND n_inherited > 0 ORDER BY ALL
    """

    def read() -> list[Any]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(inherited).fetchall()

    # T1.a weighs 3; an operation in each country has not answered it or does not know.
    assert read() == [("R1", "AAA", 3), ("R2", "AAA", 3), ("R2", "BBB", 3)]
    files = written(tmp_path / "load", {"answers": [("R2", "toy-hq", "T1.a", "no", "", "", "")]}, tmp_path)
    outcome = build(path, tmp_path / "scratch", files, 2, TODAY)
    assert not outcome.problems
    assert read() == [("R1", "AAA", 3), ("R2", "AAA", 0), ("R2", "BBB", 0)]
