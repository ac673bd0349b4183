"""What do the commands on keys, archives and sources print, and with which exit code?"""

from pathlib import Path

from dashboard.loading.archive.keys import fingerprint, private_key
from dashboard.model.archive import grouped
from tests.archives import OTHER, made
from tests.tasks.test_command import call


def test_from_a_key_to_a_source(store: Path, tmp_path: Path) -> None:
    key, public, out = tmp_path / "key.pem", tmp_path / "public.pem", tmp_path / "out.zip"
    assert call("key", "new", key).exit_code == 0
    own = private_key(key)
    said = f"Fingerprint of the key: {grouped(fingerprint(own.public_key()))}\n"  # type: ignore[union-attr]
    again = call("key", "new", key)
    assert (again.exit_code, again.stdout) == (1, "")
    assert call("key", "show", key, "--public", public).stdout.endswith(said)
    assert call("key", "show", public).stdout == said
    assert call("key", "show", key, "--public", public).exit_code == 1

    archived = call("archive", "make", out, "--key", key, "--store", store)
    assert archived.exit_code == 0
    assert archived.stdout.endswith(said)
    before = out.read_bytes()
    assert call("archive", "make", out, "--key", key, "--store", store).exit_code == 1
    assert call("archive", "make", out, "--key", key, "--store", store, "--force").exit_code == 0
    assert out.read_bytes() == before
    assert call("archive", "make", tmp_path / "x.zip", "--key", public, "--store", store).exit_code == 1
    assert call("archive", "make", tmp_path / "x.zip", "--key", key, "--store", tmp_path / "empty").exit_code == 1
    assert not (tmp_path / "x.zip").exists()
    checked = call("archive", "check", out)
    assert checked.stdout.endswith(said)
    assert "Rounds: R1, R2" in checked.stdout

    assert call("source", "list", "--store", store).stdout == "There are no sources.\n"
    added = call("source", "add", out, "--store", store)
    assert added.exit_code == 0
    assert said in added.stdout
    assert "Compare the fingerprint" in added.stdout
    told = call("source", "add", out, "--store", store, "--fingerprint", said.partition(": ")[2])
    assert told.exit_code == 0
    assert "Compare the fingerprint" not in told.stdout
    listed = call("source", "list", "--store", store).stdout
    assert listed.startswith("out, added ")
    assert listed.endswith(said)
    assert call("source", "remove", "out", "--store", store).exit_code == 0
    assert call("source", "list", "--store", store).stdout == "There are no sources.\n"


def test_what_is_refused_is_said_in_one_sentence_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    out.write_bytes(made(store, key=OTHER).content[:-1])
    for command in (("archive", "check", out), ("source", "add", out, "--store", store)):
        result = call(*command)
        assert result.exit_code == 1
        assert "This is not an archive, or it was damaged on its way." in result.stderr
    assert not (store / "sources").exists()


def test_an_archive_of_one_operation_says_so(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    out.write_bytes(made(store, "a-op", safe=True).content)
    said = call("archive", "check", out).stdout
    assert "Only operation safe-operation-" in said
    assert "Names are hidden" in said
