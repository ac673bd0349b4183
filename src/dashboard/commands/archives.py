"""Commands on archives: archive make, archive check, key new, key show, source add, source list, source remove."""

from datetime import date, datetime
from pathlib import Path

import click
import duckdb

from dashboard.commands.output import BOOK, FILE, ROLE, STORE, end_with, in_force, limited, print_problems
from dashboard.loading.archive.keys import fingerprint, new_key, private_key, public_key, public_text
from dashboard.loading.files.words_file import read_words
from dashboard.model.archive import About, grouped
from dashboard.model.limits import Limits
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import StoreError
from dashboard.store.keeping.sources import remove_source, sources
from dashboard.store.locking import machine_failed
from dashboard.store.permission import Writer
from dashboard.tasks.archive import make_archive
from dashboard.tasks.sources import Sent, add_source, check_archive, described


@click.group("key")
def key_command() -> None:
    """Make and show keys with which archives are signed."""


@key_command.command("new")
@click.argument("file", type=FILE)
def key_new_command(file: Path) -> None:
    """Make a key and write it to FILE, which only you can read. An existing file is never replaced."""
    key = new_key(file)
    if isinstance(key, Problem):
        end_with(key)
    words = read_words()
    click.echo(words("command.key_made", file=file))
    click.echo(words("command.fingerprint", fingerprint=grouped(fingerprint(key.public_key()))))


@key_command.command("show")
@click.argument("file", type=BOOK)
@click.option("--public", "target", type=FILE, metavar="FILE", help="Write the public key to this file.")
def key_show_command(file: Path, target: Path | None) -> None:
    """Show the fingerprint of the key in FILE, private or public."""
    key = public_key(file)
    if isinstance(key, Problem):
        end_with(key)
    if target is not None:
        _write(target, public_text(key), force=False)
        click.echo(read_words()("command.key_written", file=target))
    click.echo(read_words()("command.fingerprint", fingerprint=grouped(fingerprint(key))))


@click.group("archive")
def archive_command() -> None:
    """Make and check archives: one signed file with a publication, for others."""


@archive_command.command("make")
@click.argument("target", type=FILE, metavar="OUT")
@click.option("--key", "key_file", type=BOOK, required=True, help="The private key to sign with.")
@click.option("--operation", default="", help="Only this operation.")
@click.option("--safe", is_flag=True, help="With aliases for names, and without what people wrote.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@STORE
def archive_make_command(target: Path, key_file: Path, operation: str, safe: bool, force: bool, store: Path) -> None:
    """Write the publication in force to OUT, a ZIP file that is signed with your key."""
    key = private_key(key_file)
    if isinstance(key, Problem):
        end_with(key)
    try:
        made = make_archive(in_force(store), key, operation, safe)
    except (OSError, duckdb.Error) as error:
        end_with(machine_failed(str(target), error))
    if isinstance(made, Problem):
        end_with(made)
    _write(target, made.content, force)
    words = read_words()
    click.echo(words.count("command.archive_made", len(made.files), file=target, publication=made.about.publication))
    click.echo(words("command.fingerprint", fingerprint=grouped(made.fingerprint)))


@archive_command.command("check")
@click.argument("file", type=BOOK)
@limited
def archive_check_command(file: Path, limits: Limits) -> None:
    """Check that FILE is whole and signed, and show what it is and whose key signed it. Changes nothing."""
    found = check_archive(file, limits)
    if isinstance(found, Problem):
        end_with(found)
    words = read_words()
    click.echo(words.count("command.archive_sound", len(found.files), file=file.name))
    click.echo(_about(found.about))
    click.echo(words("command.fingerprint", fingerprint=grouped(found.fingerprint)))


@click.group("source")
def source_command() -> None:
    """Keep archives of others beside your own figures."""


@source_command.command("add")
@click.argument("file", type=BOOK)
@click.option("--name", default="", help="What the source is called.  [default: the name of the file]")
@click.option("--fingerprint", "said", default="", help="The fingerprint that the sender told you.")
@STORE
@ROLE
@limited
def source_add_command(file: Path, name: str, said: str, store: Path, role: str, limits: Limits) -> None:
    """Check the archive FILE and keep it as a source, read-only."""
    words = read_words()
    sent = Sent(file.resolve(), file.name, name or file.stem, said)
    received = add_source(store, sent, Writer(role, words("command.source_why")), limits, date.today())
    if received.source is None:
        click.echo(words("command.source_not_added"), err=True)
        end_with(*received.problems)
    print_problems(received.problems)
    click.echo(words("command.source_added", name=received.source.name))
    click.echo(_about(received.source.about))
    click.echo(words("command.fingerprint", fingerprint=grouped(received.source.fingerprint)))
    if not said:
        click.echo(words("command.compare_fingerprint"))


@source_command.command("list")
@STORE
def source_list_command(store: Path) -> None:
    """List every source: what it is, when it was added, and the fingerprint of its key."""
    words = read_words()
    try:
        found = sources(store)
    except StoreError as error:
        end_with(error.problem)
    if not found:
        click.echo(words("command.no_sources"))
    for source in found:
        added = words.shown(datetime.fromisoformat(source.at))
        click.echo(words("command.source", name=source.name, at=added))
        click.echo(_about(source.about))
        click.echo(words("command.fingerprint", fingerprint=grouped(source.fingerprint)))


@source_command.command("remove")
@click.argument("name")
@STORE
@ROLE
def source_remove_command(name: str, store: Path, role: str) -> None:
    """Remove the source NAME, and forget its key."""
    words = read_words()
    outcome = remove_source(store, name, Writer(role, words("command.source_why")))
    if outcome.problems:
        end_with(*outcome.problems)
    click.echo(words("command.source_removed", name=name))


def _about(about: About) -> str:
    """What an archive is, in one line."""
    return " · ".join(described(about, read_words()))


def _write(target: Path, content: bytes, force: bool) -> None:
    """Write a file; the command ends if it is there already or cannot be written."""
    try:
        with target.open("wb" if force else "xb") as stream:
            stream.write(content)
    except FileExistsError:
        end_with(Problem("file_exists", target.name, weight=Weight.FILE))
    except OSError as error:
        end_with(machine_failed(str(target), error))
