"""What have others sent? Archives that were taken in, each a publication of its own, beside the store's publications.

A source is read and never changed, and nothing of it enters a figure of the store. The fingerprint of its key is kept
under its name: a later archive of that name must be signed with the same key.

See docs/decisions/0052-archives.md.
"""

import json
import shutil
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from secrets import token_hex

from dashboard.model.archive import NAME, About, grouped
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.store.commit import now
from dashboard.store.durable import write_atomically
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, with_write_lock
from dashboard.store.permission import Writer
from dashboard.store.reading.reader import Published, Reader

FOLDER = "sources"
FILE = "source.json"
ARCHIVE = "archive.zip"
"""The archive itself, kept as it was sent."""
MOST_OPEN = 16
"""How many sources a process keeps open."""
DONE = Outcome(None, ())


@dataclass(frozen=True)
class Source:
    """One archive that was taken in, with its SHA-256. `at` is when, in UTC; `folder` holds its publication.

    `role`, `subject` and `why` are those of whoever added it, as in the history.
    """

    name: str
    fingerprint: str
    about: About
    sha256: str
    at: str
    folder: str
    role: str = ""
    subject: str = ""
    why: str = ""


def sources(store: Path) -> tuple[Source, ...]:
    """Every source by name. Raises StoreError if one cannot be read."""
    return tuple(_read(path) for path in sorted((store / FOLDER).glob(f"*/{FILE}")))


def unfit_name(name: str) -> Problem | None:
    """Why no source may have this name, or None."""
    return None if NAME.fullmatch(name) else Problem("source_name", "--name", value=name, weight=Weight.FILE)


def unfit_to_keep(store: Path, name: str, fingerprint: str) -> Problem | None:
    """Why a source of this name may not be signed with this key, or None. Raises StoreError."""
    held = next((source for source in sources(store) if source.name.lower() == name.lower()), None)
    if held is None or (held.name == name and held.fingerprint == fingerprint):
        return None
    if held.name != name:
        return Problem("source_name_taken", "--name", value=name, expected=held.name, weight=Weight.FILE)
    return Problem(
        "source_other_key", name, value=grouped(fingerprint), expected=grouped(held.fingerprint), weight=Weight.FILE
    )


def keep_source(store: Path, source: Source, made: Path, writer: Writer) -> Outcome:
    """Keep the publication of an archive, complete in the folder `made`, in place of what its name held before."""

    def kept() -> Outcome:
        wrong = unfit_to_keep(store, source.name, source.fingerprint)
        if wrong is not None:
            return Outcome(None, (wrong,))
        place = store / FOLDER / source.name
        folder = token_hex(4)
        made_by = replace(source, folder=folder, role=writer.role, subject=writer.subject, why=writer.why)
        try:
            shutil.copytree(made, place / folder)
            write_atomically(place / FILE, _text(made_by))
        except OSError:
            shutil.rmtree(place / folder, ignore_errors=True)
            raise
        for former in place.iterdir():
            if former.is_dir() and former.name != folder:
                shutil.rmtree(former, ignore_errors=True)
        return DONE

    return with_write_lock(store, writer, Deed.SOURCE, kept)


def remove_source(store: Path, name: str, writer: Writer) -> Outcome:
    """Remove a source, and with it the key that is kept under its name."""

    def removed() -> Outcome:
        held = [source.name for source in sources(store)]
        if name not in held:
            return Outcome(
                None, (Problem("no_source", "store", value=name, hint=nearest(name, held), weight=Weight.FILE),)
            )
        # Without its description it is no longer there, whatever happens to the rest.
        (store / FOLDER / name / FILE).unlink()
        shutil.rmtree(store / FOLDER / name, ignore_errors=True)
        return DONE

    return with_write_lock(store, writer, Deed.SOURCE, removed, making=False)


def source_published(store: Path, source: Source) -> Published:
    """The publication of a source. Raises StoreError if it cannot be read."""
    try:
        published = _reader(store / FOLDER / source.name / source.folder).current()
    except StoreError as error:
        if error.problem.kind == "outdated":
            raise StoreError(Problem("source_outdated", source.name, weight=Weight.FILE)) from error
        raise
    if published is None:
        raise StoreError(_unreadable(store / FOLDER / source.name / FILE))
    return published


@lru_cache(MOST_OPEN)
def _reader(store: Path) -> Reader:
    return Reader(store)


def made_now(name: str, fingerprint: str, about: About, sha256: str) -> Source:
    """A source that is being taken in."""
    return Source(name, fingerprint, about, sha256, now(), "")


def _text(source: Source) -> str:
    held = {field.name: getattr(source, field.name) for field in fields(source)}
    row = held | {"about": source.about.model_dump(mode="json")}
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def _read(path: Path) -> Source:
    try:
        row = json.loads(path.read_text("utf-8"))
        about = About.model_validate(row.pop("about"))
        source = Source(about=about, **{name: str(value) for name, value in row.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(_unreadable(path)) from error
    if source.name != path.parent.name or Path(source.folder).name != source.folder:
        raise StoreError(_unreadable(path))
    return source


def _unreadable(path: Path) -> Problem:
    return Problem("source_unreadable", f"{FOLDER}/{path.parent.name}", weight=Weight.FILE)
