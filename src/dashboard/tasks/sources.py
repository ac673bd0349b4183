"""An archive that somebody sent is checked, read in a process of its own, and kept as a source."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.loading.apart.reading import read_apart
from dashboard.loading.archive.unpack import Archive, unpack
from dashboard.model.archive import About, grouped, plain
from dashboard.model.limits import Limits
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.model.words import Words
from dashboard.store.history import StoreError, sha256_of
from dashboard.store.keeping.sources import ARCHIVE, Source, keep_source, made_now, unfit_name, unfit_to_keep
from dashboard.store.locking import machine_failed
from dashboard.store.permission import Writer, refusal
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish

UNPACKED = "files"
STORE = "store"
READ_BY = Writer("source", "received in an archive")


@dataclass(frozen=True)
class Sent:
    """An archive that somebody sent: the file, what it is called, and what the sender said its fingerprint is."""

    path: Path
    file: str
    name: str
    fingerprint: str = ""


@dataclass(frozen=True)
class Received:
    """What came of it: the source, and every problem. Without a source, nothing has changed."""

    source: Source | None
    problems: tuple[Problem, ...] = ()


def described(about: About, words: Words) -> list[str]:
    """What an archive is: its publication, rounds and marks, a few words each."""
    return [
        words("received.publication", publication=about.publication, on=about.published_on),
        words("received.rounds", rounds=words.listed(about.rounds)),
        *([words("received.operation", operation=about.operation)] if about.operation else []),
        *([words("received.safe")] if about.names_hidden else []),
        *([words("received.illustrative")] if about.illustrative else []),
    ]


def check_archive(path: Path, limits: Limits) -> Archive | Problem:
    """What an archive is, or why it is refused. Changes nothing."""
    return read_apart(limits, unpack, path, path.name, name=path.name)


def add_source(store: Path, sent: Sent, writer: Writer, limits: Limits, today: date) -> Received:
    """Take an archive in as a source, in place of an earlier one with its name and key; or say why not."""
    refused = refusal(writer, Deed.SOURCE) or unfit_name(sent.name)
    if refused is not None:
        return Received(None, (refused,))
    try:
        with PrivateFolder() as folder:
            read = read_apart(limits, _read, sent, folder, today, name=sent.file)
            if isinstance(read, Problem):
                return Received(None, (read,))
            archive, sha256, problems = read.archive, read.sha256, read.problems
            if archive is None:
                return Received(None, problems)
            wrong = unfit_to_keep(store, sent.name, archive.fingerprint)
            if wrong is not None:
                return Received(None, (wrong,))
            source = made_now(sent.name, archive.fingerprint, archive.about, sha256)
            outcome = keep_source(store, source, folder / STORE, writer)
    except StoreError as error:
        return Received(None, (error.problem,))
    except OSError as error:
        return Received(None, (machine_failed(sent.file, error),))
    return Received(None if outcome.problems else source, (*problems, *outcome.problems))


@dataclass(frozen=True)
class _Read:
    archive: Archive | None
    sha256: str = ""
    problems: tuple[Problem, ...] = ()


def _read(sent: Sent, folder: Path, today: date) -> _Read | Problem:
    """Check an archive, publish it in a store of its own, and keep the archive there; all of it or nothing."""
    archive = unpack(sent.path, sent.file, folder / UNPACKED)
    if isinstance(archive, Problem):
        return archive
    if sent.fingerprint and plain(sent.fingerprint) != archive.fingerprint:
        said, found = grouped(plain(sent.fingerprint)), grouped(archive.fingerprint)
        return Problem("other_fingerprint", sent.file, value=found, expected=said, weight=Weight.FILE)
    load = Load(folder / STORE, (folder / UNPACKED,), READ_BY, today, all_or_nothing=True)
    outcome = publish(load)
    serious = tuple(problem for problem in outcome.problems if problem.serious)
    if outcome.revision is None:
        return _Read(None, problems=serious)
    shutil.copyfile(sent.path, folder / STORE / ARCHIVE)
    return _Read(archive, sha256_of(folder / STORE / ARCHIVE))
