"""Does a room's copy of a publication hold no name or text of the group, but the same figures?"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from dashboard.model.masking import Aliases, letters
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.heatmap import HEATMAP, HEATMAP_FINDING
from dashboard.queries.every_page import TOUR_STEPS
from dashboard.queries.overview_headline import HEADLINE, HEADLINE_ROUNDS
from dashboard.queries.plan_gains import GAINS
from dashboard.queries.question import AnyRow
from dashboard.queries.withhold import WITHHELD
from dashboard.store import mask as masking
from dashboard.store.mask import CALCULATED, OPEN, SETTLED, Replacements, codes_to_hide, mask, text_columns
from dashboard.store.pool import Pool
from dashboard.store.published_codes import kept
from dashboard.store.reader import Published, Reader
from dashboard.store.sql import CROSSED, always, run
from dashboard.store.sql import NAMED as NAMED_TABLES
from tests.canary import CODES, leaks, publish_canary
from tests.conftest import TODAY, MakeOnce

NAMED = Replacements("Land {name}", "Firm {name}", "Firms {name}", "Deed {name}", "Top", "someone", "(gone)")
EMPTIED = {
    "country": ("formerly",),
    "operation": ("last_round", "formerly"),
    "library": ("library",),
    "indicator": ("indicator", "title", "unit", "difference_of", "series"),
    "context": ("indicator", "sex", "age", "residence", "value", "publisher", "dataset", "licence", "note"),
    "law": (
        "law", "subject", "verification", "on_whom", "asks", "instrument", "article", "in_force", "title", "publisher",
        "address", "on_page", "criteria", "risk_areas", "note",
    ),
    "problem": ("kind", "file", "column", "value", "expected", "hint", "weight"),
    "round": ("round_note",),
    "answer": ("note",),
    "evidence_item": ("link", "document", "page", "holder"),
}  # fmt: skip
"""Text columns that are emptied, each by decision; a column in no list makes the test fail."""
TOLD = {"mean", "lowest", "highest", "share_seen", "percent"}
"""What a question says of a few answers."""
PLAIN: dict[str, object] = {
    "lang": "en", "framework": "crbp", "round": "2025", "kind": "respect", "counting": "answers"
}  # fmt: skip


def heat_map(published: Published, *principles: str) -> list[AnyRow]:
    """Every cell, or those of some principles only."""
    return rows(published, HEATMAP, chosen(published, *principles))


def chosen(published: Published, *principles: str) -> dict[str, Any]:
    """The parameters of a question, with nothing else filtered."""
    given = {**PLAIN, "principle": principles, "within": (), "whole": False, "today": TODAY}
    return given | kept(published, given)


@pytest.fixture(scope="module")
def real(make_once: MakeOnce) -> Published:
    folder = make_once("canary", publish_canary)
    found = Reader(folder / "store").current()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def aliases(real: Published) -> Aliases:
    return Aliases().grown(codes_to_hide(real))


@pytest.fixture(scope="module")
def masked(real: Published, aliases: Aliases, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return mask(real, aliases, NAMED, tmp_path_factory.mktemp("masked") / "masked.duckdb")


def everything(published: Published) -> Iterator[tuple[str, str]]:
    """Every text in every table, with the name of its column; including those in lists and structures."""
    with published.cursor() as cursor:
        for table, column in text_columns(cursor):
            yield from (
                (f"{table}.{column}", text)
                for (text,) in cursor.execute(
                    f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608
                ).fetchall()
            )


def leaking(published: Published) -> set[str]:
    return {where for where, text in everything(published) if leaks(text)}


@pytest.mark.thorough
def test_the_canary_sings_in_every_column_that_a_group_fills(real: Published) -> None:
    filled = {
        "country.title", "operation.operation", "operation.title", "operation.services", "answer.note",
        "answer.na_reason", "answer.answered_by_role", "review.comment", "review.reviewed_by_role", "review.said",
        "risk_rating.basis", "risk_rating.residual_basis", "risk_rating.rated_by_role", "opportunity_rating.basis",
        "action.action", "action.text", "action.owner_role", "action.reason", "action.cause", "problem.value",
        "child_participation.record", "child_participation.what_changed", "child_participation.evidence_ref",
        "child_participation.note", "evidence_item.action", "evidence_item.title", "evidence_item.link",
        "evidence_item.document", "evidence_item.page", "evidence_item.holder", "answer_comment.role",
        "answer_comment.text", "approval.role", "approval.note", "approval_log.role",
        "round.title", "wording.title", "wording.text", "tour_step.place", "tour_step.note", "library.library",
        "score.country", "exposure.operation_title", "subject.title", "todo.text", "figure.country", "indicator.title",
    }  # fmt: skip
    assert filled <= leaking(real)


def test_no_column_of_any_table_holds_a_name_or_a_word_of_the_group(masked: Published) -> None:
    assert leaking(masked) == set()
    assert not leaks(str(masked.revision))
    assert masked.masked


def test_every_text_column_of_every_table_is_decided_about(masked: Published) -> None:
    with masked.cursor() as cursor:
        found = {(table, column) for table, column in text_columns(cursor) if table not in CALCULATED}
    decided = {(t, c) for lists in (OPEN, SETTLED, EMPTIED) for t, columns in lists.items() for c in columns}
    assert found == decided


def test_what_is_made_is_made_by_our_own_files() -> None:
    texts = [files("dashboard.store").joinpath(f"{name}.sql").read_text() for name in (*NAMED_TABLES, *CROSSED)]
    made = {
        name for text in texts for name in re.findall(r"CREATE (?:OR REPLACE )?TABLE (?:IF NOT EXISTS )?(\w+)", text)
    }
    assert made == CALCULATED


@pytest.mark.thorough
def test_a_new_column_that_nobody_decided_about_is_emptied(real: Published, aliases: Aliases, tmp_path: Path) -> None:
    path = (
        real.cursor().execute("SELECT path FROM duckdb_databases() WHERE database_name = current_catalog()").fetchone()
    )
    assert path is not None
    copy = Path(shutil.copyfile(path[0], tmp_path / "wider.duckdb"))
    with duckdb.connect(str(copy)) as connection:
        connection.execute("ALTER TABLE brought ADD COLUMN remark VARCHAR DEFAULT 'qxv remark'")
        connection.execute("CREATE TABLE guest (name VARCHAR); INSERT INTO guest VALUES ('qxv guest')")
    wider = replace(real, pool=Pool(partial(duckdb.connect, str(copy), read_only=True)))
    assert {"brought.remark", "guest.name"} <= leaking(wider)
    assert leaking(mask(wider, aliases, NAMED, tmp_path / "masked.duckdb")) == set()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "spared", ["CREATE OR REPLACE TABLE country", "TABLE action", "TABLE review", "TABLE operation"]
)
def test_one_table_that_is_not_masked_is_seen(
    spared: str, real: Published, aliases: Aliases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(
        connection: duckdb.DuckDBPyConnection, name: str, only: Callable[[str], bool] = always, **given: Any
    ) -> None:
        run(connection, name, (lambda text: spared not in text) if name.startswith("masking/") else only, **given)

    monkeypatch.setattr(masking, "run", careless)
    assert leaking(mask(real, aliases, NAMED, tmp_path / "masked.duckdb"))


def test_figures_are_the_same_by_alias_where_enough_answered(
    real: Published, masked: Published, aliases: Aliases
) -> None:
    was = {(aliases.alias("country", r["country"]), r["area"]): r for r in heat_map(real)}
    now = {(r["country"], r["area"]): r for r in heat_map(masked)}
    assert was.keys() == now.keys()
    enough = {key for key, row in was.items() if (row["n_answered"] or 0) >= masking.FEWEST}
    assert enough
    for key in enough:
        assert {k: was[key][k] for k in ("reading", "percent", "band", "n_answered", "n_full")} == {
            k: now[key][k] for k in ("reading", "percent", "band", "n_answered", "n_full")
        }


def test_of_one_or_two_answers_only_their_number_is_shown(real: Published, masked: Published) -> None:
    few = [r for r in heat_map(real) if r["n_answered"] in (1, 2)]
    assert any(row["percent"] is not None for row in few)
    shown = [r for r in heat_map(masked) if r["n_answered"] in (1, 2)]
    assert len(shown) == len(few)
    for row in shown:
        assert row["reading"] in ("count", "too_few")
        assert [row[name] for name in ("percent", "n_full", "n_part", "n_nil", "n_seen")] == [None] * 5
        assert (row["low"], row["high"]) == (0, 100)
    assert {row["band"] for row in shown} == {None}, "they have none"
    assert {row["n_answered"] for row in shown} == {1, 2}


@pytest.mark.parametrize("question", ["heatmap", "whatif_cells", "gains"])
def test_a_browser_is_not_sent_beneath_a_null_what_is_withheld(question: str, masked: Published) -> None:
    table = ask(masked, question, chosen(masked))
    seen = 0
    for name in WITHHELD.keys() & set(table.column_names):
        # Texts have no bytes beneath a null.
        for chunk in table[name].chunks if pa.types.is_primitive(table[name].type) else ():
            missing = chunk.is_null().to_numpy(zero_copy_only=False)
            values = pa.Array.from_buffers(chunk.type, len(chunk), [None, chunk.buffers()[1]], offset=chunk.offset)
            beneath = values.to_numpy(zero_copy_only=False)[missing]
            assert not beneath.any(), f"{name}: {beneath}"
            seen += len(beneath)
    assert seen


@pytest.mark.parametrize("question", ["heatmap", "whatif_cells", "gains"])
def test_a_whole_less_its_areas_reveals_no_one_or_two_answers(question: Any, masked: Published) -> None:
    told = {False: 0, True: 0}
    for principles in (("CRBP-04", "CRBP-05"), ("CRBP-03", "CRBP-04", "CRBP-05", "CRBP-06"), ()):
        wholes: dict[Any, Any] = {}
        hidden: Counter[Any] = Counter()
        found: list[Any] = ask(masked, question, chosen(masked, *principles)).to_pylist()
        for row in found:
            key, few = (row.get("kind"), row["country"]), row["n_answered"] in (1, 2)
            assert few <= (row["percent"] is None and row["n_full"] is None)
            if row["area"]:
                hidden[key] += row["n_answered"] if few else 0
            else:
                wholes[key] = row
        for key, row in wholes.items():
            if key[1] and row["n_answered"]:
                assert (row["n_full"] is None) == (0 < min(hidden[key], row["n_answered"]) < masking.FEWEST), row
                assert row["n_full"] is not None or [row[n] for n in ("percent", "low", "high")] == [None, 0, 100]
                told[row["n_full"] is not None] += 1
    assert all(told.values())


@pytest.mark.parametrize("principles", [("CRBP-04",), ("CRBP-04", "CRBP-05")])
def test_the_sentence_over_the_heat_map_says_no_figure_that_is_withheld(
    principles: tuple[str, ...], masked: Published
) -> None:
    found = set()
    for country in {row["country"] for row in heat_map(masked) if row["region"]}:
        given = chosen(masked, *principles) | {"countries": (country,)}
        (said,) = rows(masked, HEATMAP_FINDING, given)
        whole = rows(masked, HEATMAP, given)[0]
        shown = whole["reading"] in ("score", "count")
        assert said["highest"] == said["lowest"] == (whole["percent"] if shown else None)
        found.add((shown, said["highest"] is None))
    assert (True, True) in found


@pytest.mark.parametrize("question", ["areas", "exposures", "rights", "right_gaps", "robustness", "compare_figures"])
def test_of_one_country_the_spread_and_the_mean_are_withheld_like_its_figure(
    question: Any, real: Published, masked: Published
) -> None:
    for published, withheld in ((real, False), (masked, True)):
        told = []
        # Names are drawn at random, so that another country is the first each time.
        for country in dict.fromkeys(row["country"] for row in heat_map(published, "CRBP-04") if row["n_answered"]):
            principles = ("CRBP-04",) if question == "exposures" else ()
            given = chosen(published, *principles) | {"countries": (country,), "today": date(2025, 6, 1)}
            given |= {"by": "principle", "right": (), "focus": "identity"}
            with published.cursor() as cursor:
                (of_country,) = cursor.execute(
                    "SELECT min(operation) FROM operation JOIN country USING (country_no) WHERE country = $country",
                    {"country": country},
                ).fetchall()
            found: list[Any] = ask(published, question, given | {"subject": of_country}).to_pylist()
            few = [row for row in found if row["n_answered"] in (1, 2)]
            told += [row[name] for row in few for name in TOLD & row.keys()]
        assert told
        assert all(value is None for value in told) == withheld


def test_the_figures_of_earlier_rounds_and_of_the_head_office_are_withheld_like_those_of_now(
    real: Published, masked: Published
) -> None:
    found: dict[bool, set[tuple[str, bool]]] = {False: set(), True: set()}
    for published in (real, masked):
        for country, principle in product(chosen(published)["countries"], ("CRBP-04", "CRBP-05", "CRBP-06")):
            given = chosen(published, principle) | {"countries": (country,)}
            before, now = rows(published, HEADLINE_ROUNDS, given), rows(published, HEADLINE, given)
            told = [("mean", row["n_answered"], row["mean"]) for row in before]
            told += [("head office", row["group_n_answered"], row["group_percent"]) for row in now]
            found[published.masked] |= {(of, figure is not None) for of, n, figure in told if n in (1, 2)}
    assert found[False] >= {("mean", True), ("head office", True)}
    assert found[True] == {("mean", False), ("head office", False)}


def test_the_gain_of_one_country_is_no_mean(masked: Published, real: Published) -> None:
    for published, told in ((masked, False), (real, True)):
        country = next(row["country"] for row in heat_map(published, "CRBP-04") if row["reading"] == "count")
        found = rows(published, GAINS, chosen(published, "CRBP-04") | {"countries": (country,)})
        assert [(row["country"], row["percent"] is not None) for row in found] == [(country, told)] * len(found) != []


def test_a_review_keeps_its_mark(real: Published, masked: Published) -> None:
    query = "SELECT mark, count(*) FROM reviewed GROUP BY mark ORDER BY mark"
    was, now = (published.cursor().execute(query).fetchall() for published in (real, masked))
    assert was == now
    assert len(was) > 1


def test_a_tour_still_leads_where_it_led(real: Published, masked: Published, aliases: Aliases) -> None:
    (first, second) = rows(masked, TOUR_STEPS, {"tour": "own", "lang": "en"})
    firm = aliases.name("operation", "qxv-op-3")
    assert first["title"] == f"What Firm {firm} has done"
    assert first["note"] == f"Ask the one from _Firm {firm}_ first, then __Firm {firm} again__."
    land = aliases.alias("country", CODES[2])
    assert first["place"] == f"country;country:{land};operation:{aliases.alias('operation', 'qxv-op-3')}"
    assert second["title"] == f"Land {aliases.name('country', CODES[2])} against every principle"


@pytest.mark.thorough
def test_a_region_of_two_countries_has_no_name(real: Published, aliases: Aliases, tmp_path: Path) -> None:
    path = (
        real.cursor().execute("SELECT path FROM duckdb_databases() WHERE database_name = current_catalog()").fetchone()
    )
    assert path is not None
    copy = Path(shutil.copyfile(path[0], tmp_path / "regions.duckdb"))
    with duckdb.connect(str(copy)) as connection:
        connection.execute("UPDATE country SET region = 'Far south' WHERE country IN ('MOZ', 'MDG')")
    other = replace(real, pool=Pool(partial(duckdb.connect, str(copy), read_only=True)))
    found = mask(other, aliases, NAMED, tmp_path / "masked.duckdb")
    regions = {region for (region,) in found.cursor().execute("SELECT DISTINCT region FROM country").fetchall()}
    assert regions == {"Africa", "Latin America", ""}


def test_aliases_stay_and_are_drawn_by_lot() -> None:
    codes = [f"c{n}" for n in range(40)]
    first = Aliases().grown({"country": codes})
    more = first.grown({"country": ["new", *codes]})
    assert all(first.alias("country", code) == more.alias("country", code) for code in codes)
    assert more.alias("country", "new") == "safe-country-ao"
    assert [first.numbers["country"][code] for code in codes] != list(range(40))
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_link_is_translated_there_and_back() -> None:
    aliases = Aliases(
        {"country": {"GHA": 1}, "operation": {"gha-op": 0}, "head_office": {"HQ": 0}, "action": {"A-1": 6}}
    )
    query = {
        "country": "GHA,GROUP", "subject": "gha-op@2024,region.africa,HQ", "action": "A-1", "case_country": "GHA",
        "back": "heatmap;country:GHA!GROUP;round:2024",
    }  # fmt: skip
    hidden = aliases.hiding(query)
    assert hidden == {
        "country": "safe-country-b,GROUP", "subject": "safe-operation-a@2024,region.africa,safe-head-office-a",
        "action": "safe-action-7", "case_country": "GHA", "back": "heatmap;country:safe-country-b!GROUP;round:2024",
    }  # fmt: skip
    assert aliases.telling(hidden) == query


def test_where_each_country_has_one_operation_both_have_the_same_letter() -> None:
    countries = [f"c{n}" for n in range(30)]
    lies_in = {f"o{n}": f"c{n}" for n in range(30)}
    found = Aliases().grown({"country": countries, "operation": list(lies_in)}, lies_in)
    assert all(found.name("operation", code) == found.name("country", country) for code, country in lies_in.items())
    more = found.grown({"country": countries, "operation": ["late", *lies_in]}, {**lies_in, "late": "c3"})
    assert more.name("operation", "late") == "AE"
