"""Does the copy for a right of sight hold what it should, and nothing else?"""

from pathlib import Path

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.masking import EVERYTHING, REST, Sight, sight_of
from dashboard.model.permissions import Grant, Person, Role, Scope
from dashboard.store.mask import FEWEST, countries_of, restrict, text_columns
from dashboard.store.overlays import in_language
from dashboard.store.publishing.apply_load import LoadChanges
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TODAY, WRITER, rest_thorough
from tests.figures.test_worked_operations import written

OWN = "gha-op"
SIGHTS = {"means": Sight(frozenset((OWN,)), True), "own": Sight(frozenset((OWN,)), False)}
COUNTS = (
    "n_asked",
    "n_applicable",
    "n_answered",
    "n_unanswered",
    "n_full",
    "n_part",
    "n_nil",
    "points",
    "weight_answered",
)


@pytest.fixture(scope="module")
def copies(published: Published, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Published]:
    folder = tmp_path_factory.mktemp("sights")
    rest = "Rest of the group"
    return {name: restrict(published, sight, rest, folder / f"{name}.duckdb") for name, sight in SIGHTS.items()}


def asked(published: Published, query: str, **given: object) -> list[tuple[object, ...]]:
    with published.cursor() as cursor:
        return cursor.execute(query, given).fetchall()


def test_whoever_has_a_role_in_the_group_sees_everything_and_others_their_places(published: Published) -> None:
    countries = countries_of(published)
    assert sight_of(None, countries, True) == EVERYTHING
    for role in Role:
        assert sight_of(Person("1", "", (Grant(role),)), countries, True) == EVERYTHING
    of_country = Person("1", "", (Grant(Role.VIEWER, Scope("country", "GHA")),))
    own = {code for code, country in countries.items() if country == "GHA"}
    assert sight_of(of_country, countries, True) == Sight(frozenset(own), True)
    of_two = Person("1", "", (*of_country.grants, Grant(Role.REVIEWER, Scope("operation", "tcd-op"))))
    assert sight_of(of_two, countries, False) == Sight(frozenset(own | {"tcd-op"}), False)
    gone = Person("1", "", (Grant(Role.VIEWER, Scope("operation", "gone")),))
    assert sight_of(gone, countries, True).is_nothing
    assert sight_of(Person("1", ""), countries, True).is_nothing


@pytest.mark.parametrize("name", SIGHTS)
def test_what_is_seen_by_name_is_as_it_was(name: str, published: Published, copies: dict[str, Published]) -> None:
    copy = copies[name]
    for table in (
        "answer",
        "risk_rating",
        "opportunity_rating",
        "action",
        "review",
        "child_participation",
        "brought",
        "evidence_item",
        "answer_comment",
        "approval",
        "approval_log",
    ):
        query = f"SELECT t.* FROM {table} AS t JOIN operation USING (operation_no) WHERE operation = $own ORDER BY ALL"  # noqa: S608
        assert asked(copy, query, own=OWN) == asked(published, query, own=OWN), table
        assert asked(copy, f"SELECT count(*) FROM {table} ANTI JOIN operation USING (operation_no)") == [(0,)]  # noqa: S608
    others = "SELECT count(*) FROM approval WHERE operation_no IS NULL"
    assert asked(copy, others) == [(0,)] != asked(published, others), "what the group approved is about others, too"
    of_own = "SELECT * EXCLUDE (country_position) FROM score WHERE country = 'GHA' ORDER BY ALL"
    inherited = {"n_inherited", "weight_inherited", "points_inherited"}
    exclude = f"EXCLUDE (country_position, {', '.join(inherited)})"
    of_own = of_own.replace("EXCLUDE (country_position)", exclude)
    assert asked(copy, of_own) == asked(published, of_own)
    assert asked(copy, "SELECT sum(n_inherited) FROM score") == [(0,)], "the head office is not seen"


def test_the_rest_is_the_sum_of_the_others_where_enough_answered(
    published: Published, copies: dict[str, Published]
) -> None:
    sums = ", ".join(f"sum({name})" for name in COUNTS)
    theirs = asked(
        published,
        f"SELECT round, criterion, {sums} FROM score WHERE country NOT IN ('GHA', 'GROUP') GROUP BY ALL "  # noqa: S608
        "HAVING sum(n_asked) - sum(n_unanswered) >= $fewest ORDER BY ALL",
        fewest=FEWEST,
    )
    rest = f"SELECT round, criterion, {', '.join(COUNTS)} FROM score WHERE country = $rest ORDER BY ALL"  # noqa: S608
    assert theirs
    assert asked(copies["means"], rest, rest=REST) == theirs
    assert asked(copies["own"], rest, rest=REST) == []
    assert asked(copies["own"], "SELECT DISTINCT country FROM score") == [("GHA",)]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_others_are_called_as_in_the_language_of_the_reader(language: str, copies: dict[str, Published]) -> None:
    said = [(read_words(language)("sight.rest"),)]
    assert said != [(read_words()("sight.rest"),)]
    spoken = in_language(copies["means"], language)
    assert asked(spoken, "SELECT title FROM country WHERE country = $rest", rest=REST) == said
    assert asked(spoken, "SELECT title FROM named_operation WHERE operation = $rest", rest=REST) == said
    assert asked(spoken, "SELECT DISTINCT country_title FROM score WHERE country = $rest", rest=REST) == said


@pytest.mark.parametrize("name", SIGHTS)
def test_of_the_law_only_what_binds_those_that_are_seen_is_left_in_any_language(
    name: str, published: Published, copies: dict[str, Published]
) -> None:
    said = "SELECT DISTINCT 'law/' || unnest([on_whom, asks, instrument, note]) AS id FROM law WHERE country_no IN "
    own = f"{said} (SELECT country_no FROM country WHERE country = 'GHA')"  # noqa: S608
    told = "SELECT DISTINCT id FROM wording WHERE starts_with(id, 'law/')"
    [(left,)] = asked(copies[name], f"SELECT count(*) FROM ({told})")  # noqa: S608
    [(expected,)] = asked(published, f"SELECT count(*) FROM ({told}) SEMI JOIN ({own}) USING (id)")  # noqa: S608
    assert left == expected
    assert left


def test_too_few_others_are_left_out(published: Published, tmp_path: Path) -> None:
    operations = [code for code in countries_of(published) if code.endswith("-op")]
    almost = Sight(frozenset(operations[: 1 - FEWEST]), True)
    copy = restrict(published, almost, "Rest", tmp_path / "almost.duckdb")
    assert asked(copy, "SELECT count(*) FROM score WHERE country = $rest", rest=REST) == [(0,)]
    assert asked(copy, "SELECT count(*) FROM operation WHERE operation = $rest", rest=REST) == [(0,)]


@pytest.mark.parametrize("name", SIGHTS)
def test_no_name_of_others_is_left_anywhere(name: str, published: Published, copies: dict[str, Published]) -> None:
    names = "SELECT unnest([operation, title]) AS name FROM operation WHERE operation <> $own"
    [(pattern,)] = asked(published, f"SELECT string_agg(regexp_escape(name), '|') FROM ({names})", own=OWN)  # noqa: S608
    with copies[name].cursor() as cursor:
        for table, column in text_columns(cursor):
            query = f'SELECT "{column}" FROM "{table}" WHERE regexp_matches(CAST("{column}" AS VARCHAR), $pattern)'  # noqa: S608
            assert cursor.execute(query, {"pattern": pattern}).fetchall() == [], (table, column)


def test_what_is_not_made_again_for_a_copy_would_be_the_same(
    published: Published, copies: dict[str, Published], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LoadChanges, "must_rerun", lambda _, text: True)
    anew = restrict(published, SIGHTS["means"], "Rest of the group", tmp_path / "anew.duckdb")
    for (table,) in asked(anew, "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"):
        query = f'SELECT * FROM "{table}" ORDER BY ALL'  # noqa: S608
        assert asked(copies["means"], query) == asked(anew, query), table


def test_the_copy_says_nothing_about_who_made_the_publication(copies: dict[str, Published]) -> None:
    for copy in copies.values():
        move = copy.revision
        assert (move.role, move.why, move.subject, move.files, copy.partial, copy.masked) == (
            "",
            "",
            "",
            (),
            True,
            False,
        )


@pytest.mark.parametrize("alone", rest_thorough(["groups", "operations"]))
def test_nothing_of_the_rest_is_kept_where_a_country_is_a_mean(alone: str, tmp_path: Path) -> None:
    """Also if what is seen is in a group with what is not: its figure is then that of what is seen."""
    folder = written(tmp_path)
    standard, operations = folder / "frameworks" / "toy" / "framework.yaml", folder / "operations.csv"
    standard.write_text(standard.read_text("utf-8").replace("mean of operations", f"mean of {alone}"), "utf-8")
    head, *lines = operations.read_text("utf-8").splitlines()
    grouped = [f"{line},{'Firm' if line.startswith(('ol-m', 'ol-f', 'pe-m')) else ''}" for line in lines]
    operations.write_text("\n".join([f"{head},group", *grouped]) + "\n", "utf-8")
    assert not publish(Load(tmp_path / "store", [folder], WRITER, TODAY)).problems
    published = Reader(tmp_path / "store").current()
    assert published is not None
    assert asked(published, "SELECT count(DISTINCT operation_no) FROM tally") == [(6 if alone == "operations" else 5,)]
    copy = restrict(published, Sight(frozenset(("ol-m",)), True), "Rest of the group", tmp_path / "copy.duckdb")
    for table in ("tally", "matched"):
        places = f"{table} JOIN country USING (country_no) LEFT JOIN operation USING (operation_no)"
        seen = f"SELECT DISTINCT country, operation FROM {places}"  # noqa: S608
        assert set(asked(copy, seen)) == {("OOO", None), ("OOO", "ol-m")}, table
    assert asked(copy, "SELECT subject, operation FROM subject_operation") == [("operations.firm", "ol-m")]
    others = restrict(published, Sight(frozenset(("qu-t",)), True), "Rest of the group", tmp_path / "others.duckdb")
    assert asked(others, "SELECT count(*) FROM subject_operation") == [(0,)]
    assert asked(others, "SELECT count(*) FROM operation WHERE of_group IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((), ["R1", "R2", "R3"]),
        (("R1",), ["R1"]),
        (("R1", "R1"), ["R1"]),
        (("R1", "R1", "R1"), ["R1", "R2", "R3"]),
        (("R1", "R2"), ["R1"]),
        (("R1", "R2", "R2"), ["R1", "R3"]),
        (("R2",), ["R1", "R2"]),
    ],
)
def test_what_is_left_between_two_rounds_when_operations_end_is_nobody_or_enough(
    ends: tuple[str, ...], shown: list[str], tiny: Path, tmp_path: Path
) -> None:
    """Eight operations answer everything while they take part; the reader sees one of them by name."""
    rounds, last = ("R1", "R2", "R3"), dict(enumerate(ends, start=2))
    lists = {
        "countries": ["country,title,region", "AAA,Aland,North", "BBB,Beland,South"],
        "rounds": [
            "round,title,starts_on,ends_on",
            *(f"{r},{r},202{n}-01-01,202{n}-03-01" for n, r in enumerate(rounds)),
        ],
        "operations": [
            "operation,country,title,kind,services,last_round",
            *(f"o{n},{'AAA' if n < 5 else 'BBB'},Number {n},operation,shop,{last.get(n, '')}" for n in range(1, 9)),
        ],
        "answers": [
            "round,operation,criterion,status",
            *(f"{r},o{n},T1.a,yes" for r in rounds for n in range(1, 9) if r <= last.get(n, "R9")),
        ],
    }  # fmt: skip
    for name, lines in lists.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    files = [tiny / "frameworks", *(tmp_path / f"{name}.csv" for name in lists)]
    outcome = publish(Load(tmp_path / "store", files, WRITER, TODAY))
    assert not any(problem.serious for problem in outcome.problems)
    published = Reader(tmp_path / "store").current()
    assert published is not None
    copy = restrict(published, Sight(frozenset(("o1",)), True), "Rest of the group", tmp_path / "copy.duckdb")
    rest = "SELECT DISTINCT round FROM score WHERE country = $rest AND criterion = 'T1.a' ORDER BY round"
    assert [round_ for (round_,) in asked(copy, rest, rest=REST)] == shown
