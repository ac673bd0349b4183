"""Does every question run, say what it asks, give the same rows each time, and agree with the others?"""

import shutil
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from dashboard.queries.ask import (
    ask,
    names,
    parameter_names,
    parameters,
    question,
    questions,
    rows,
    rows_made,
    rows_of,
)
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.country_operation import OPERATION_READING
from dashboard.queries.elements.number import NUMBER, NUMBER_PARTS
from dashboard.queries.overview_headline import AREAS, HEADLINE
from dashboard.queries.question import folded
from dashboard.store.pool import Pool
from dashboard.store.reader import Published, Reader
from dashboard.store.sql import ASKED, run
from dashboard.ui.country.operation import ANSWERS, AnswersRow
from dashboard.ui.elements.number import NUMBER_EXCLUDED
from dashboard.ui.view import View
from tests.conftest import MakeView, most, rest_thorough, some_of

NAMES = names()
GUIDE = "G-guards-contract-clause"
CHOICES: dict[str, dict[str, object]] = {
    "everything": {
        "earlier": "2024",
        "criterion": "CRBP-01.b",
        "indicator": "internet_gender_gap",
        "guidance": GUIDE,
        "tour": "executive",
    },
    "one country": {"country": ("GHA",), "operation": "gha-op", "impact": "IMP-depots-RA08-o1", "action": "A-013"},
    "head office": {"country": ("GROUP",), "operation": "HQ"},
    "another framework": {"framework": "cop-2014", "round": "2024", "kind": "support", "operation": "col-op"},
    "common set": {"framework": "cop-2020", "common": "yes"},
    "nothing left": {"principle": ("CRBP-08",), "risk_area": ("RA01",), "operation": "tcd-op"},
    "not in the round": {"country": ("GHA",), "round": "2023", "operation": "gha-op"},
}
PAGE = {
    "row_code": "CRBP-05",
    "column_code": "COP14-A2",
    "against": "cop-2014",
    "focus": "privacy",
    "operation_numbers": (1, 3),
    "criterion_numbers": (2, 5, 7),
    "of_setting": "retail_agents",
    "of_country": "",
    "earlier_edition": "cop-2014",
    "later_edition": "cop-2020",
    "picture": "left",
    "of_round": "2025",
    "wheres": ("all", "GHA", "gha-op"),
    "whats": ("planned", "CRBP-05", "CRBP-01.b"),
    "becomes": ("2026-12-31", "partly", "implemented"),
}
"""What pages pass in addition to the view."""
COUNTS = ("n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_full", "n_part", "n_nil")


@pytest.fixture(scope="module")
def nothing_left(view_of: MakeView) -> View:
    """A principle and a risk area that exclude each other, looked up in the framework rather than hard-coded."""
    cards = (
        view_of()
        .published.cursor()
        .sql(
            "SELECT area, list_distinct(flatten(list(risk_areas))) FROM criterion_card WHERE framework = 'crbp' "
            "GROUP BY area ORDER BY area"
        )
        .fetchall()
    )
    known = view_of().known.of("risk_area", "crbp")
    area, free = next((area, code) for area, held in cards for code in known if code not in held)
    return view_of(principle=(area,), risk_area=(free,), operation="tcd-op")


@pytest.fixture(scope="module")
def shuffled(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The sample's publication with the rows of every table in another order."""
    (publication,) = (sample_store / "publications").glob("*.duckdb")
    source = shutil.copy(publication, tmp_path_factory.mktemp("shuffled") / "source.duckdb")
    copy = duckdb.connect(config={"threads": 1})
    copy.execute("ATTACH $source AS source (READ_ONLY)", {"source": str(source)})
    tables = copy.sql("SELECT table_name FROM duckdb_tables() WHERE database_name = 'source' ORDER BY 1").fetchall()
    for (table,) in tables:
        copy.execute(f'CREATE TABLE "{table}" AS FROM source."{table}" ORDER BY hash(rowid)')
    run(copy, "readings")
    views = copy.sql("SELECT sql FROM duckdb_views() WHERE database_name = 'source' AND NOT internal").fetchall()
    for (view,) in views:
        copy.execute(view)
    for macros in ASKED:
        run(copy, macros)
    copy.execute("DETACH source")
    return copy


def test_each_begins_with_the_question() -> None:
    """In its first two lines: some are long."""
    in_sql = {name: "".join(question(name).partition("\nSELECT")[0].splitlines()[:2]) for name in questions()}
    in_python = {name: (of.answer.__doc__ or "").splitlines()[0] for name, of in folded().items()}
    assert {name: line for name, line in {**in_sql, **in_python}.items() if "?" not in line} == {}


def test_each_question_is_one_statement() -> None:
    for name in questions():
        (only,) = duckdb.extract_statements(question(name))
        assert only.type == duckdb.StatementType.SELECT, name
        assert question(name).rstrip().endswith(";"), name


@pytest.mark.parametrize("choice", rest_thorough(CHOICES))
def test_each_question_runs_and_gives_the_same_rows_in_the_same_order(
    choice: str, view_of: MakeView, sample_store: Path
) -> None:
    earlier = [view_of(**CHOICES[before]).parameters(**PAGE) for before in list(CHOICES)[: list(CHOICES).index(choice)]]
    view = view_of(**CHOICES[choice])
    given = view.parameters(**PAGE)
    # Another reader, so that nothing is answered from its cache.
    again = Reader(sample_store).current()
    assert again is not None
    differ, asked = [], 0
    for name in NAMES:
        parts = parameters(name, given)
        if any(parts == parameters(name, before) for before in earlier):
            continue
        asked += 1
        try:
            found = rows_of(again, name, parts)
        except duckdb.Error as error:
            differ.append(f"{name}: {error}")
        else:
            differ += [] if ask(view.published, name, given).equals(found) else [name]
    assert asked > 20, "a choice that is asked of few questions chooses nothing"
    assert not differ, "\n".join(differ)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["respect", "support"])
def test_no_order_is_left_to_chance(kind: str, view_of: MakeView, shuffled: duckdb.DuckDBPyConnection) -> None:
    """The same rows must come from the same tables in shuffled order: the question must break every tie."""
    view = view_of(operation="col-op", **CHOICES["everything"])
    given = view.parameters(kind=kind, **PAGE)
    mixed, differ = Published(view.published.revision, Pool(lambda: shuffled)), []
    mixed.pool.stays = True
    for name in NAMES:
        if name in folded() or "ORDER BY" in question(name):
            found = rows_of(mixed, name, parameters(name, given))
            if found.to_pylist() != ask(view.published, name, given).to_pylist():
                differ.append(name)
    assert not differ, "\n".join(differ)


@pytest.mark.parametrize("name", ["heatmap", "areas", "number", "answers"])
def test_a_choice_that_leaves_nothing_has_no_score_anywhere(name: str, nothing_left: View) -> None:
    for row in ask(nothing_left.published, name, nothing_left.parameters()).to_pylist():
        assert row.get("percent") is None
        assert row.get("mean") is None


def test_the_headline_of_nothing_has_no_figure_and_no_countries(nothing_left: View) -> None:
    for row in rows(nothing_left.published, HEADLINE, nothing_left.parameters()):
        assert (row["mean"], row["change"]) == (None, None)
        assert not row["n_countries"]


def test_a_parameter_that_is_not_given_is_refused(view_of: MakeView) -> None:
    view = view_of()
    whole = view.parameters(**PAGE)
    for name in NAMES:
        for missing in parameter_names(name):
            given = {key: value for key, value in whole.items() if key != missing}
            with pytest.raises(KeyError, match=missing):
                ask(view.published, name, given)


@pytest.mark.thorough
@pytest.mark.share
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("kind", ["respect", "support"])
@pytest.mark.parametrize("common", ["", "yes"])
def test_each_cell_of_the_heat_map_is_the_number_that_is_explained(
    framework: str, kind: str, common: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, kind=kind, common=common)
    whole = view.parameters()
    cells: list[Any] = [*rows(view.published, HEATMAP, whole)]
    assert cells
    for cell in some_of(cells):
        given = view.parameters(
            country=(cell["country"],), principle=(cell["area"],) * bool(cell["area"]), within=whole["within"]
        )
        explained: list[Any] = rows(view.published, NUMBER, given)
        if cell["reading"] == "not_covered":
            assert explained == []
            continue
        (row,) = explained
        names = ("reading", "percent", "low", "high", *COUNTS, "n_critical_failed")
        assert {name: row[name] for name in names} == {name: cell[name] for name in names}
        if cell["reading"] in ("score", "count"):
            assert row["mean_of_all"] == cell["percent"]
            assert row["band_title"] == cell["band_title"]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("kind", ["respect", "support"])
def test_the_headline_is_the_mean_that_is_explained(choice: str, kind: str, view_of: MakeView) -> None:
    view = view_of(**{**CHOICES[choice], "kind": kind})
    (head,) = (row for row in rows(view.published, HEADLINE, view.parameters()) if row["kind"] == kind)
    explained = rows(view.published, NUMBER, view.parameters())
    assert (head["n_countries"] or 0) == len(explained)
    if not explained:
        assert head["mean"] is None
        return
    assert head["mean"] == explained[0]["mean_of_all"]
    assert head["n_shown"] == sum(row["enters"] for row in explained)
    for name in ("n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_critical_failed"):
        assert head[name] == sum(row[name] for row in explained)


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
@pytest.mark.parametrize("kind", ["respect", "support"])
def test_the_mean_of_each_principle_is_the_mean_that_is_explained(framework: str, kind: str, view_of: MakeView) -> None:
    view = view_of(framework=framework, kind=kind)
    for row in rows(view.published, AREAS, view.parameters()):
        explained = rows(view.published, NUMBER, view.parameters(principle=(row["area"],)))
        assert row["mean"] == explained[0]["mean_of_all"]
        assert row["n_shown"] == sum(part["enters"] for part in explained)
        assert row["n_countries"] == len(explained)


def test_the_parts_of_a_number_add_up_to_it(view_of: MakeView) -> None:
    view = view_of(country=("BOL", "COL"))
    countries: list[Any] = [*rows(view.published, NUMBER, view.parameters())]
    parts = rows(view.published, NUMBER_PARTS, view.parameters())
    for name in ("n_full", "n_part", "n_nil", "n_not_applicable", "n_not_known", "n_unanswered"):
        assert sum(part[name] for part in parts) == sum(row[name] for row in countries)


def test_what_is_left_out_is_what_was_not_answered(view_of: MakeView) -> None:
    view = view_of(country=("COD",))
    (row,) = rows(view.published, NUMBER, view.parameters())
    left_out = rows(view.published, NUMBER_EXCLUDED, view.parameters())
    assert 0 < len(left_out) == row["n_not_applicable"] + row["n_not_known"] + row["n_unanswered"]


def test_with_one_operation_a_country_and_its_operation_have_one_figure(view_of: MakeView) -> None:
    view = view_of(country=("COL",), operation="col-op")
    own = [
        row for row in rows(view.published, OPERATION_READING, view.parameters()) if row["round"] == view.state.round
    ]
    for row in own:
        (explained,) = rows(view.published, NUMBER, view.parameters(kind=row["kind"]))
        assert {n: row[n] for n in ("percent", "reading", "n_answered")} == {
            n: explained[n] for n in ("percent", "reading", "n_answered")
        }


def test_the_common_set_is_what_every_shown_operation_has_answered(view_of: MakeView) -> None:
    view = view_of(country=("BOL", "COL", "GHA"), common="yes", kind="respect")
    answered: dict[str, set[str]] = {}
    for row in rows(view.published, ANSWERS, view_of(country=("BOL", "COL", "GHA")).parameters(operation="", kind="")):
        if row["counts_as"] == "answered":
            answered.setdefault(row["criterion"], set()).add(row["country"])
    common = {criterion for criterion, countries in answered.items() if countries == {"BOL", "COL", "GHA"}}
    kinds = {
        row["criterion"]: row["kind"] for row in rows(view.published, ANSWERS, view.parameters(operation="", kind=""))
    }
    cells = rows(view.published, HEATMAP, view.parameters())
    for country in ("BOL", "COL", "GHA"):
        own = {cell["area"]: cell["n_asked"] or 0 for cell in cells if cell["country"] == country}
        assert own.pop("") == sum(own.values()) == sum(kinds[criterion] == "respect" for criterion in common)


@pytest.mark.thorough
@pytest.mark.share
def test_the_headline_is_what_slow_plain_arithmetic_says(view_of: MakeView) -> None:
    """Drawn selections; the answers are read one by one, and the rules of the method applied in plain Python."""
    draw = Random(7)
    codes = view_of().known
    for _ in range(most(50)):
        framework = draw.choice(codes.frameworks())
        view = view_of(
            framework=framework,
            round=draw.choice(codes.of("round", framework)),
            country=tuple(draw.sample(codes.of("country", framework), draw.randint(0, 4))),
            principle=tuple(draw.sample(codes.of("principle", framework), draw.randint(0, 2))),
            risk_area=tuple(draw.sample(codes.of("risk_area", framework), draw.choice((0, 0, 2)))),
        )
        for row in rows(view.published, HEADLINE, view.parameters()):
            mean, n_shown = _plain_mean(view, row["kind"])
            assert (row["n_shown"] or 0) == n_shown, view.state
            assert (row["mean"] is None) == (mean is None), view.state
            # The database rounds halves of a double; the plain mean may be just on the other side of one.
            assert mean is None or abs((row["mean"] or 0) - mean) <= 0.5 + 1e-6, view.state


def _plain_mean(view: View, kind: str) -> tuple[float | None, int]:
    framework = view.published.cursor().sql(
        "SELECT coverage_limit, count_below FROM framework WHERE framework = $f", params={"f": view.state.framework}
    )
    limit, _ = framework.fetchall()[0]
    by_country: dict[str, list[AnswersRow]] = {}
    for row in _every_answer(view, kind):
        by_country.setdefault(str(row["country"]), []).append(row)
    if view.state.country != ("GROUP",):
        by_country.pop("GROUP", None)
    scores = []
    for answers in by_country.values():
        applicable = [row for row in answers if row["counts_as"] != "not_applicable"]
        answered = [row for row in applicable if row["counts_as"] == "answered"]
        if answered and len(answered) / len(applicable) >= limit:
            worth = sum(float(str(row["value"])) * float(str(row["weight"])) for row in answered)
            scores.append(worth / sum(float(str(row["weight"])) for row in answered))
    return (100 * sum(scores) / len(scores) if scores else None), len(scores)


def _every_answer(view: View, kind: str) -> list[AnswersRow]:
    """Every answer within the filters, country by country, since the question lists at most 500."""
    countries = view.state.country or view.known.of("country", view.state.framework)
    return [
        row
        for country in countries
        for row in rows(view.published, ANSWERS, view.parameters(operation="", kind=kind, country=(country,)))
    ]


@pytest.mark.parametrize("choice", CHOICES)
def test_what_is_shown_as_sql_sums_what_the_explanation_says(choice: str, view_of: MakeView) -> None:
    view = view_of(**CHOICES[choice])
    shown = ask(view.published, "number_sums", view.parameters()).to_pylist()
    explained: list[Any] = [*rows(view.published, NUMBER, view.parameters())]
    assert [row["country"] for row in shown] == [row["country"] for row in explained]
    for row, whole in zip(shown, explained, strict=True):
        assert {name: whole[name] for name in row} == pytest.approx(row)


def test_rows_are_made_once_for_an_answer_and_each_caller_may_change_theirs(published: Published) -> None:
    table, made = pa.table({"title": ["a", "b"]}), list[pa.Table]()

    def make(table: pa.Table) -> list[dict[str, str]]:
        made.append(table)
        return list(table.to_pylist())

    anew = published.through(published.pool)
    changed = rows_made(anew, table, make)
    changed[0]["title"] = "changed"
    changed.pop()
    assert rows_made(anew, table, make) == [{"title": "a"}, {"title": "b"}]
    assert made == [table]
    assert rows_made(anew, pa.table({"title": ["c"]}), make) == [{"title": "c"}]
