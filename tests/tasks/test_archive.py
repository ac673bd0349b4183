"""Is an archive the whole publication, the same every time, readable as it stands, and silent about what it must be?"""

import csv
import json
import re
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboard.exports.archive.package import PRIMARY
from dashboard.loading.archive.keys import public_key_in, signed_by
from dashboard.model.answers.tables import FORM, FORMS
from dashboard.model.archive import DIGESTS, PUBLIC_KEY, SIGNATURE
from dashboard.model.problem import Problem
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reading.reader import Published, Reader
from dashboard.tasks.archive import make_archive
from dashboard.tasks.archive_files import KINDS
from tests.archives import KEY, OTHER, made, members
from tests.canary import MARK, leaks, publish_canary
from tests.conftest import ROOT, TODAY, WRITER, MakeOnce

SAME = (
    "score", "exposure", "impact_tally", "todo", "participation", "figure", "action", "figure_target", "round",
    "operation", "context", "criterion_card",
)  # fmt: skip
"""Tables that hold the figures and what they are made of, with names instead of numbers only where those agree."""
AT_HOME = {"people", "comments"}
Row = dict[str, str]


@pytest.fixture(scope="module")
def sample_archive(sample_store: Path) -> dict[str, bytes]:
    return members(made(sample_store).content)


@pytest.fixture(scope="module")
def elsewhere(make_once: MakeOnce, sample_archive: dict[str, bytes]) -> Published:
    """What an archive of the sample gives in an empty store, published like any folder of files."""

    def fill(folder: Path) -> None:
        unpacked = folder / "unpacked"
        for name, content in sample_archive.items():
            (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
            (unpacked / name).write_bytes(content)
        outcome = publish(Load(folder / "store", [unpacked], WRITER, TODAY, all_or_nothing=True))
        assert outcome.revision is not None, outcome.problems

    found = Reader(make_once("elsewhere", fill) / "store").current()
    assert found is not None
    return found


def table(content: bytes) -> list[Row]:
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def rows_of(archive: dict[str, bytes], kind: str) -> list[Row]:
    return table(archive[f"data/{kind}.csv"])


@pytest.mark.parametrize("options", [{}, {"operation": "a-op"}, {"safe": True}])
def test_the_same_publication_and_key_give_the_same_bytes(tiny_store: Path, options: dict[str, Any]) -> None:
    first, again, other = (made(tiny_store, key=key, **options).content for key in (KEY, KEY, OTHER))
    assert first == again
    assert members(other)[SIGNATURE] != members(first)[SIGNATURE]


@pytest.mark.parametrize("name", SAME)
def test_the_figures_of_an_archive_are_those_of_its_publication(
    published: Published, elsewhere: Published, name: str
) -> None:
    found = rows_in(published, name)
    assert found
    assert found == rows_in(elsewhere, name)


def rows_in(published: Published, name: str) -> list[str]:
    """The rows of a table without the numbers of rows, which differ between stores."""
    with published.cursor() as cursor:
        columns = [
            column
            for column, *_ in cursor.execute(f'SELECT * FROM "{name}" LIMIT 0').description or ()  # noqa: S608
            if column not in ("step", "profile_no") and not column.endswith("_no")
        ]
        named = ", ".join(f'"{column}"' for column in columns)
        return sorted(map(repr, cursor.execute(f'SELECT {named} FROM "{name}"').fetchall()))  # noqa: S608


def test_every_table_is_in_an_archive_but_for_roles_and_what_people_said_to_each_other(
    sample_archive: dict[str, bytes],
) -> None:
    assert {*KINDS} == {form.kind for form in FORMS} - AT_HOME
    for kind in KINDS:
        assert rows_of(sample_archive, kind), kind
        assert tuple(rows_of(sample_archive, kind)[0]) == FORM[kind].columns


def test_of_confidential_evidence_only_the_title_leaves(sample_archive: dict[str, bytes]) -> None:
    rows = rows_of(sample_archive, "evidence")
    confidential = [row for row in rows if row["confidential"] == "true"]
    assert confidential
    assert len(confidential) < len(rows)
    for row in confidential:
        assert row["title"]
        assert [row[name] for name in ("link", "document", "page", "holder")] == 4 * [""]
    assert any(row["link"] for row in rows)


def test_what_is_withheld_of_children_stays_withheld(sample_archive: dict[str, bytes]) -> None:
    counts = [row[name] for row in rows_of(sample_archive, "participation") for name in ("children", "girls", "boys")]
    assert "withheld" in counts
    assert not [count for count in counts if count.isdigit() and 0 < int(count) < 10]


def test_an_archive_of_one_operation_holds_nothing_of_the_others(sample_store: Path) -> None:
    archive = members(made(sample_store, "gha-op").content)
    for kind in KINDS:
        rows = rows_of(archive, kind)
        assert {row["operation"] for row in rows if row.get("operation")} <= {"gha-op"}, kind
        assert {row["country"] for row in rows if row.get("country")} <= {"GHA"}, kind
    actions = {row["action"] for row in rows_of(archive, "actions")}
    assert {row["action"] for row in rows_of(archive, "evidence") if row["action"]} <= actions
    assert [row["operation"] for row in rows_of(archive, "targets")] == ["gha-op"]
    assert json.loads(archive["archive.json"])["operation"] == "gha-op"


def test_an_operation_that_is_not_there_is_refused_with_the_nearest(tiny_store: Path) -> None:
    published = Reader(tiny_store).current()
    assert published is not None
    found = make_archive(published, KEY, "a-opp")
    assert isinstance(found, Problem)
    assert (found.kind, found.hint) == ("unknown_operation", "a-op")


def test_the_digests_and_the_signature_can_be_checked_without_the_dashboard(sample_archive: dict[str, bytes]) -> None:
    for line in sample_archive[DIGESTS].decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(sample_archive[name]).hexdigest() == digest
    key = public_key_in(sample_archive[PUBLIC_KEY])
    assert key is not None
    assert signed_by(key, sample_archive[SIGNATURE], sample_archive[DIGESTS])


def test_a_safe_archive_names_nobody_and_can_be_read_whole(make_once: MakeOnce, tmp_path: Path) -> None:
    store = make_once("canary", publish_canary) / "store"
    archive = members(made(store, safe=True).content)
    for name, content in archive.items():
        assert not leaks(content.decode("utf-8", "replace")), name
    assert leaks("".join(content.decode("utf-8", "replace") for content in members(made(store).content).values()))
    for name, content in archive.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    outcome = publish(Load(tmp_path / "store", [tmp_path / "in"], WRITER, TODAY, all_or_nothing=True))
    assert outcome.revision is not None, outcome.problems
    operations = {row["operation"] for row in rows_of(archive, "operations")}
    assert operations
    assert not any(MARK in code for code in operations)


def test_aliases_cannot_be_worked_out_without_the_key(tiny_store: Path) -> None:
    """With enough keys, every order of the two operations occurs; with one key, always the same."""
    orders = set()
    for number in range(12):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        archive = members(made(tiny_store, safe=True, key=key).content)
        answers = {row["operation"]: 0 for row in rows_of(archive, "answers")}
        for row in rows_of(archive, "answers"):
            answers[row["operation"]] += 1
        orders.add(tuple(answers[code] for code in sorted(answers)))
    assert len(orders) > 1


def test_the_schema_describes_every_file_and_every_cell_keeps_to_it(sample_archive: dict[str, bytes]) -> None:
    """By the rules of the Data Package and Table Schema specifications, version 1."""
    package = json.loads(sample_archive["datapackage.json"])
    assert re.fullmatch(r"[a-z0-9._/-]+", package["name"])
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert len(resources) == len(package["resources"])
    described = {resource["path"] for resource in package["resources"]}
    assert described == sample_archive.keys() - {"datapackage.json", DIGESTS, SIGNATURE, PUBLIC_KEY}
    for name, resource in resources.items():
        content = sample_archive[resource["path"]]
        assert re.fullmatch(r"[a-z0-9._/-]+", name)
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        if resource["profile"] == "tabular-data-resource":
            keeps_to_schema(
                resource, table(content), {one: table_of(sample_archive, resources[one]) for one in PRIMARY}
            )


def table_of(archive: dict[str, bytes], resource: dict[str, Any]) -> list[Row]:
    return table(archive[resource["path"]])


def keeps_to_schema(resource: dict[str, Any], rows: list[Row], tables: dict[str, list[Row]]) -> None:
    schema = resource["schema"]
    assert [field["name"] for field in schema["fields"]] == list(rows[0])
    for field in schema["fields"]:
        for row in rows:
            kept_to(field, row[field["name"]])
    key = schema.get("primaryKey", [])
    assert not key or len({tuple(row[name] for name in key) for row in rows}) == len(rows), resource["name"]
    for foreign in schema.get("foreignKeys", []):
        column, reference = foreign["fields"], foreign["reference"]
        known = {row[reference["fields"]] for row in tables[reference["resource"]]}
        assert {row[column] for row in rows if row[column]} <= known, (resource["name"], column)


def kept_to(field: dict[str, Any], cell: str) -> None:
    about = field.get("constraints", {})
    if cell == "":
        assert not about.get("required"), field
        return
    kind = field["type"]
    value: object = int(cell) if kind in ("integer", "year") else date.fromisoformat(cell) if kind == "date" else cell
    assert kind in ("integer", "year", "date", "string", "boolean")
    assert kind != "boolean" or cell in ("true", "false")
    assert about.get("minimum", value) <= value <= about.get("maximum", value)
    assert cell in about.get("enum", [cell])
    assert re.fullmatch(about.get("pattern", ".*"), cell, re.DOTALL)


def test_earlier_versions_that_only_answers_name_are_named_by_their_round(tmp_path: Path) -> None:
    """Elsewhere, nobody has published that version, so that answers to it would be refused."""
    older = (ROOT / "tests" / "tiny" / "frameworks" / "toy" / "framework.yaml").read_text("utf-8")
    version = re.search(r'^version: "?([\d.]+)"?$', older, re.M)
    assert version
    newer = older.replace(version[0], 'version: "9.0"')
    store, files = tmp_path / "store", tmp_path / "files"
    publish(Load(store, [ROOT / "tests" / "tiny"], WRITER, TODAY))
    (files / "frameworks" / "toy").mkdir(parents=True)
    (files / "frameworks" / "toy" / "framework.yaml").write_text(newer, "utf-8")
    outcome = publish(Load(store, [files], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    archive = members(made(store).content)
    assert {row["framework_version"] for row in rows_of(archive, "answers")} == {version[1]}
    received(archive, tmp_path)


def received(archive: dict[str, bytes], folder: Path) -> Published:
    """What an archive gives in an empty store."""
    for name, content in archive.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_bytes(content)
    outcome = publish(Load(folder / "other", [folder / "in"], WRITER, TODAY, all_or_nothing=True))
    assert outcome.revision is not None, outcome.problems
    found = Reader(folder / "other").current()
    assert found is not None
    return found


@pytest.mark.parametrize("closed", [False, True])
def test_every_version_that_answers_of_a_round_name_arrives_and_figures_stay_the_same(
    tmp_path: Path, closed: bool
) -> None:
    """One round with answers to three versions, of which the second added a criterion and the third reworded one."""
    store, files = tmp_path / "store", tmp_path / "files"
    toy = (ROOT / "tests" / "tiny" / "frameworks" / "toy" / "framework.yaml").read_text("utf-8")
    criterion, second = re.search(r"      - criterion: T1\.b\n(?:        .*\n)+", toy), "T1.c"
    assert criterion
    added = criterion[0].replace("T1.b", second).replace("verification", 'added: "2.0"\n        verification')
    grown = toy.replace(criterion[0], criterion[0] + added).replace('version: "1.0"', 'version: "2.0"')
    reworded = grown.replace("text: No toy is sharp.", 'text: No toy is blunt.\n        since: "3.0"').replace(
        'version: "2.0"', 'version: "3.0"'
    )
    heads = "round,operation,criterion,status,evidence\n"
    shut = "round,title,starts_on,ends_on,closed\nR1,First round,2024-01-01,2024-03-31,true\n"
    publish(Load(store, [ROOT / "tests" / "tiny"], WRITER, TODAY))
    (files / "frameworks" / "toy").mkdir(parents=True)
    if closed:
        (files / "rounds.csv").write_text(shut, "utf-8")
        assert publish(Load(store, [files / "rounds.csv"], WRITER, TODAY)).revision
        (files / "rounds.csv").unlink()
    for text, row in ((grown, f"R2,a-op,{second},yes,seen\n"), (reworded, "R2,b-op,T1.a,no,seen\n")):
        (files / "frameworks" / "toy" / "framework.yaml").write_text(text, "utf-8")
        (files / "answers.csv").write_text(heads + row, "utf-8")
        outcome = publish(Load(store, [files], WRITER, TODAY))
        assert outcome.revision is not None, outcome.problems
    archive = members(made(store).content)
    named = {row["round"]: row["versions"] for row in rows_of(archive, "rounds")}
    assert json.loads(archive["archive.json"])["answered"] == {"toy": ["1.0", "2.0", "3.0"]}
    assert named == {"R1": "toy=1.0" if closed else "toy=3.0,1.0", "R2": "toy=3.0,2.0,1.0"}
    published, other = Reader(store).current(), received(archive, tmp_path)
    assert published is not None
    for name in ("score", "criterion_card", "operation"):
        assert rows_in(published, name) == rows_in(other, name), name
    for question in VERSIONED:
        here, there = (asked_of(one, question) for one in (published, other))
        assert here
        assert here == there


def asked_of(published: Published, question: str) -> list[tuple[object, ...]]:
    with published.cursor() as cursor:
        return sorted(cursor.execute(question).fetchall())


VERSIONED = (
    "SELECT round, operation, criterion FROM asked JOIN operation USING (profile_no) JOIN round USING (round_no) "
    "JOIN criterion USING (criterion_no)",
    "SELECT round, operation, criterion, version FROM answer JOIN operation USING (operation_no) "
    "JOIN round USING (round_no) JOIN criterion USING (criterion_no) JOIN framework_version USING (version_no)",
    "SELECT criterion, version, until FROM old_words JOIN criterion USING (criterion_no) WHERE until IS NOT NULL",
)
"""Who is asked what in which round, to which version each answer belongs, and which versions had other wordings."""
