"""What is in the files and folders of a load? Tables to stage, and frameworks, which are read in parallel."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dashboard.loading.files.fit_to_read import unfit
from dashboard.loading.files.tables import checksum, table_files
from dashboard.loading.library.former_names import former_names
from dashboard.loading.library.frameworks import read_library
from dashboard.loading.library.library import Library
from dashboard.model.problem import Problem


@dataclass(frozen=True)
class InputFiles:
    """What is read in separate threads while the tables are staged, since it needs no database."""

    roots: list[Path]
    before: Callable[[], Library]
    library: Future[tuple[Library, list[Problem]]]
    checksums: dict[Path, Future[str]]

    def joined(self) -> Library:
        """The published library, updated with what was read; former ids in it are replaced by current ones."""
        library, _ = self.library.result()
        return self.before().renamed(former_names(library.frameworks)).joined(library)


def read_inputs(pool: ThreadPoolExecutor, paths: list[Path], before: Callable[[], Library]) -> InputFiles:
    """Start reading the frameworks of `paths` and hashing every file; `before` returns the published library."""
    roots = framework_roots(paths)
    library = pool.submit(read_library, roots, beside=before() if roots else Library())
    return InputFiles(roots, before, library, {file: pool.submit(checksum, file) for file, _ in tables_in(paths)})


def tables_in(paths: list[Path]) -> list[tuple[Path, str]]:
    """Every readable table file among and in `paths`, each with the name that problems call it by."""
    return [(file, name) for file, name, wrong in _with_faults(paths) if wrong is None]


def unfit_in(paths: list[Path]) -> list[Problem]:
    """Why other files among and in `paths` are not read."""
    return [wrong for _, _, wrong in _with_faults(paths) if wrong is not None]


def _with_faults(paths: list[Path]) -> Iterator[tuple[Path, str, Problem | None]]:
    for path in paths:
        if path.is_dir() and _is_framework_root(path):
            continue
        for file in table_files(path):
            name = str(file.relative_to(path.parent)) if path.is_dir() else file.name
            yield file, name, unfit(file, name, path if path.is_dir() else None)


def _is_framework_root(path: Path) -> bool:
    return path.is_dir() and (path.name == "frameworks" or any(path.glob("*/framework.yaml")))


def framework_roots(paths: Iterable[Path]) -> list[Path]:
    """The folders among and in `paths` that hold frameworks."""
    roots = []
    for path in paths:
        roots += [place for place in (path, path / "frameworks") if _is_framework_root(place)]
    return roots
