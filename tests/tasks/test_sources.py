"""Is an archive of others kept beside the store and nowhere in it, and is a wrong one refused without a trace?"""

import shutil
from pathlib import Path

import pytest

from dashboard.model.archive import ABOUT, grouped
from dashboard.model.limits import COMMAND
from dashboard.model.people.person import Grant, Person, Role
from dashboard.model.problem import sentence
from dashboard.model.words import Words
from dashboard.store.history import StoreError, history
from dashboard.store.keeping.sources import ARCHIVE, FILE, FOLDER, remove_source, source_published, sources
from dashboard.store.keeping.upgrade import Upgraded, upgrade
from dashboard.store.permission import Writer
from dashboard.store.reading import reader
from dashboard.store.reading.reader import Reader
from dashboard.tasks.sources import Received, Sent, add_source, check_archive
from tests.archives import KEY, OTHER, made, members, signed, zipped
from tests.conftest import TODAY

BY = Writer("data steward", "for a test")


@pytest.fixture
def sent(tiny_store: Path, tmp_path: Path) -> Sent:
    path = tmp_path / "sent.zip"
    path.write_bytes(made(tiny_store).content)
    return Sent(path, path.name, "Savandina")


def add(store: Path, sent: Sent, writer: Writer = BY) -> Received:
    return add_source(store, sent, writer, COMMAND, TODAY)


def kinds(received: Received) -> list[str]:
    assert received.source is None
    return [problem.kind for problem in received.problems]


def in_store(store: Path) -> dict[str, bytes]:
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_a_source_is_kept_beside_what_is_published_and_changes_none_of_it(store: Path, sent: Sent) -> None:
    before = in_store(store)
    received = add(store, sent)
    assert received.source is not None, received.problems
    after = in_store(store)
    assert {name: content for name, content in after.items() if not name.startswith(FOLDER)} == before
    (source,) = sources(store)
    assert (source.name, source.about.publication) == ("Savandina", 1)
    assert (source.role, source.why) == (BY.role, BY.why)
    assert len(list(history(store))) == 1
    own, theirs = Reader(store).current(), source_published(store, source)
    assert own is not None
    for name in ("score", "answer"):
        counts = []
        for one in (own, theirs):
            with one.cursor() as cursor:
                counts.append(cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone())  # noqa: S608
        assert counts[0] == counts[1]


def test_a_later_archive_replaces_an_earlier_one_of_the_same_key_alone(
    store: Path, tiny_store: Path, sent: Sent, words: Words
) -> None:
    assert add(store, sent).source is not None
    (first,) = sources(store)
    assert add(store, sent).source is not None
    (source,) = sources(store)
    assert source.folder != first.folder
    assert {path.name for path in (store / FOLDER / "Savandina").iterdir()} == {FILE, source.folder}
    before = in_store(store)
    sent.path.write_bytes(made(tiny_store, key=OTHER).content)
    refused = add(store, sent)
    assert kinds(refused) == ["source_other_key"]
    said = sentence(refused.problems[0], words)
    assert grouped(source.fingerprint) in said
    assert "dashboard source remove" in said
    assert in_store(store) == before
    assert kinds(add(store, Sent(sent.path, sent.file, "savandina"))) == ["source_name_taken"]
    assert remove_source(store, "Savandina", BY).problems == ()
    assert add(store, sent).source is not None


def test_the_fingerprint_that_the_sender_told_decides(store: Path, sent: Sent) -> None:
    found = check_archive(sent.path, COMMAND)
    told = grouped(found.fingerprint).upper()  # type: ignore[union-attr]
    for said, expected in ((told, True), (told[:-1], False), ("x", False)):
        received = add(store, Sent(sent.path, sent.file, "One", said))
        assert (received.source is not None) == expected
        assert expected or kinds(received) == ["other_fingerprint"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 41, "end ", "a\nb", "con.trol"])
def test_the_name_of_a_source_is_a_plain_name(store: Path, sent: Sent, name: str) -> None:
    before = in_store(store)
    assert kinds(add(store, Sent(sent.path, sent.file, name))) == ["source_name"]
    assert in_store(store) == before


def test_rows_that_are_wrong_keep_the_whole_archive_out(store: Path, sent: Sent) -> None:
    """Whoever signs wrong rows has signed them all the same."""
    files = members(sent.path.read_bytes())
    answers = files["data/answers.csv"].replace(b",yes,", b",yess,")
    assert answers != files["data/answers.csv"]
    before = in_store(store)
    sent.path.write_bytes(zipped(signed(files | {"data/answers.csv": answers}, KEY)))
    assert "off_scale" in kinds(add(store, sent))[0]
    sent.path.write_bytes(zipped(signed({ABOUT: files[ABOUT]}, KEY)))
    assert kinds(add(store, sent))
    assert in_store(store) == before


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        (Writer("", "why"), "role_missing"),
        (Writer("role", "why", "0.0.0.0"), "may_not_publish"),  # noqa: S104
        (Writer("role", "why", person=Person("idp|1", "", (Grant(Role.CONTRIBUTOR),))), "not_your_role"),
    ],
)
def test_whoever_may_not_neither_adds_nor_removes(store: Path, sent: Sent, who: Writer, kind: str) -> None:
    # Nothing is read for them, whatever it is.
    sent.path.write_bytes(b"")
    assert kinds(add(store, sent, who)) == [kind]
    assert [problem.kind for problem in remove_source(store, "Savandina", who).problems] == [kind]


def test_a_steward_adds_and_removes(store: Path, sent: Sent) -> None:
    steward = Writer("steward", "why", person=Person("idp|2", "", (Grant(Role.STEWARD),)))
    assert add(store, sent, steward).source is not None
    assert remove_source(store, "Savandina", steward).problems == ()
    assert sources(store) == ()
    assert not (store / FOLDER / "Savandina").exists()


def test_a_source_that_is_damaged_says_so(store: Path, sent: Sent) -> None:
    source = add(store, sent).source
    assert source is not None
    (held,) = sources(store)
    shutil.rmtree(store / FOLDER / held.name / held.folder)
    with pytest.raises(StoreError):
        source_published(store, held)
    (store / FOLDER / held.name / FILE).write_text("{}", "utf-8")
    with pytest.raises(StoreError) as raised:
        sources(store)
    assert raised.value.problem.kind == "source_unreadable"


def test_one_that_an_earlier_program_added_is_to_be_added_again(
    store: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert add(store, sent).source is not None
    (held,) = sources(store)
    monkeypatch.setattr(reader, "SHAPE", reader.SHAPE + 1)
    with pytest.raises(StoreError) as raised:
        source_published(store, held)
    assert raised.value.problem.kind == "source_outdated"
    (copy,) = (store / FOLDER / held.name).glob(f"*/{ARCHIVE}")
    assert copy.read_bytes() == sent.path.read_bytes()


def test_sources_come_along_when_a_store_is_upgraded(store: Path, sent: Sent, tmp_path: Path) -> None:
    assert add(store, sent).source is not None
    assert isinstance(upgrade(store, tmp_path / "new"), Upgraded)
    (source,) = sources(tmp_path / "new")
    assert source == sources(store)[0]
    assert source_published(tmp_path / "new", source).revision.number == 1


def test_one_that_is_not_there_cannot_be_removed(store: Path, sent: Sent) -> None:
    assert add(store, sent).source is not None
    (problem,) = remove_source(store, "Savandia", BY).problems
    assert (problem.kind, problem.hint) == ("no_source", "Savandina")
