"""Files imported in this session but not published: reads them in a separate process, and previews them on every page.

They are kept in memory, so that changing pages loses none. What publishing them would give is made for one session, in
its own folder that is removed when it ends; every page of the session can show it as if it were published.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar
from weakref import WeakSet

import streamlit as st

from dashboard.loading.mapping.apply import beside
from dashboard.loading.sandbox import BUSY, PrivateFolder, read_apart
from dashboard.loading.sandbox_process import prepare
from dashboard.model.problem import PAGE, WITH_PROGRESS, HandedFile, Problem, Progress, Weight, sentence
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError
from dashboard.store.publishing.build import current_revision, open_proof
from dashboard.store.reader import Published
from dashboard.tasks.preview import Preview, preview
from dashboard.ui.escape import escape
from dashboard.ui.session_state import COLLECT_ENDED, COLLECT_FILES, TRIAL_FILES, TRIAL_SIDE
from dashboard.ui.versions import masking, restricted_copy


def handed_in() -> tuple[HandedFile, ...]:
    """Return the files that are imported but not yet published."""
    return COLLECT_FILES.get(())


def add(file: HandedFile) -> None:
    """Add a file made on a page to the imported ones, replacing one of the same name."""
    COLLECT_FILES.set((*(held for held in handed_in() if held.name != file.name), file))


READ_BY = ("dashboard.tasks.preview", "dashboard.tasks.sheet_reading", "dashboard.tasks.problem_groups")
"""Modules that a reading process needs; without preloading them, each process would start half a second later."""
Value = TypeVar("Value")


class NamedFile(Protocol):
    """An imported file."""

    @property
    def name(self) -> str: ...


def prepare_to_read() -> None:
    """Start preparing the reading process; call it wherever a page lets somebody choose a file."""
    prepare(READ_BY)


def read_for_page(
    task: Callable[..., Value], *given: object, files: Sequence[NamedFile], progress: Progress | None = None
) -> Value | Problem:
    """Run `task(*given)` in a separate process and return its result, or a Problem about these files.

    A task that reports progress is given more time.
    """
    prepare_to_read()
    name = ", ".join(file.name for file in files)
    return read_apart(WITH_PROGRESS if progress else PAGE, task, *given, name=name, progress=progress)


MOST_FOLDERS = 8
"""Most private publications at once; each is as large as the current one."""
MOST_MEGABYTES = 50
MOST_BYTES = MOST_MEGABYTES * 1_000_000
"""Most bytes imported on a page at once; larger imports use the command line."""


@dataclass(frozen=True, eq=False)
class Private:
    """The outcome for some files, and the publication that pages can show; None if it could not be made."""

    folder: PrivateFolder
    preview: Preview
    published: Published | None

    def close(self) -> None:
        """Remove everything. Its publication must no longer be read."""
        if self.published is not None:
            self.published.connection.close()
        self.folder.leave()


class NotNowError(Exception):
    """Too many visitors are previewing files or having them read; another one has to wait."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


_folders: WeakSet[PrivateFolder] = WeakSet()
_entering = Lock()


def private_of(files: Sequence[HandedFile], today: date) -> Private | Problem:
    """Return the private publication of files on top of the current one, made once per session and publication."""

    def made() -> Private:
        over = current_revision(store_folder())
        digest = b"".join(file.digest for file in files).hex()
        return _made(str(store_folder()), digest, over.publication if over else "", today, tuple(files))

    return _or_problem(made)


def read_once(files: Sequence[HandedFile], today: date, progress: Progress) -> Private | Problem:
    """Make one for a single look, reporting to `progress`. The caller must close it afterwards."""
    return _or_problem(lambda: _read(store_folder(), files, today, progress))


def read_anew() -> None:
    """Forget readings that did not finish. Until somebody asks, they are not repeated with every click."""
    if COLLECT_ENDED.pop():
        _made.clear()


def _or_problem(made: Callable[[], Private]) -> Private | Problem:
    try:
        return made()
    except (NotNowError, StoreError) as error:
        return error.problem
    except OSError as error:
        return Problem("not_written", tempfile.gettempdir(), value=error.strerror or str(error), weight=Weight.FILE)


# Scoped to the session: Streamlit releases it as soon as the browser is gone. Somebody who returns, as after a network
# interruption, still has the files, and it is made again. Two entries: the import and the preview.
@st.cache_resource(
    scope="session", max_entries=2, on_release=lambda private: private.folder.leave(), show_spinner=False
)
def _made(store: str, digest: str, publication: str, today: date, _files: tuple[HandedFile, ...]) -> Private:
    return _read(Path(store), _files, today)


def _read(store: Path, files: Sequence[HandedFile], today: date, progress: Progress | None = None) -> Private:
    """Return the private publication. Raises NotNowError if there is no room for another one.

    Files that could not be read completely leave nothing behind.
    """
    folder = _entered()
    paths = written(folder.path / "files", files)
    found = read_for_page(preview, store, paths, today, folder.path, files=files, progress=progress)
    if isinstance(found, Preview):
        return Private(folder, found, open_proof(found.proof) if found.proof else None)
    folder.leave()
    if found.kind == BUSY:
        raise NotNowError(found)
    COLLECT_ENDED.set(True)
    return Private(folder, Preview((found,)), None)


def _entered() -> PrivateFolder:
    with _entering:
        if sum(folder.leave.alive for folder in _folders) >= MOST_FOLDERS:
            raise NotNowError(Problem("no_room", store_folder().name, value=str(MOST_FOLDERS), weight=Weight.FILE))
        folder = PrivateFolder()
        _folders.add(folder)
        return folder


def written(folder: Path, files: Sequence[HandedFile]) -> list[Path]:
    """Return the files on disk, each in its own folder, because two of them may have the same name."""
    paths = []
    for number, file in enumerate(files):
        path = folder / str(number) / file.name
        path.parent.mkdir(parents=True)
        path.write_bytes(file.content)
        if file.beside:
            beside(path).write_bytes(file.beside)
        paths.append(path)
    return paths


SIDES = ("trial", "published")


def begin(files: Sequence[HandedFile]) -> None:
    """Show these files on every page from the next run on."""
    TRIAL_FILES.set(tuple(files))
    TRIAL_SIDE.set("trial")


def end() -> None:
    """Show the published data on every page."""
    TRIAL_FILES.pop()
    TRIAL_SIDE.pop()


def tried() -> tuple[HandedFile, ...]:
    """Return the files previewed in this session; none without a preview."""
    return TRIAL_FILES.get(())


def on_trial(words: Words, today: date) -> Published | None:
    """Return the private publication during a preview. If it can no longer be made, say why and end the preview."""
    if not tried():
        return None
    with st.spinner(words("trial.making")):
        private = private_of(tried(), today)
    if not isinstance(private, Problem) and private.published is not None:
        return restricted_copy.seen(private.published)
    problems = [private] if isinstance(private, Problem) else list(private.preview.problems)
    # A problem with a file quotes from it.
    told = () if masking.is_on() else (escape(sentence(p, words)) for p in problems if p.serious)
    st.warning("  \n".join([words("trial.over"), *told]))
    end()
    return None


def shows_trial() -> bool:
    """Whether pages currently show the preview rather than the published data."""
    return bool(tried()) and TRIAL_SIDE.get("trial") == "trial"


def show_side(side: str) -> None:
    """Show the previewed file on every page from the next run on, or the published data."""
    TRIAL_SIDE.set(side)
