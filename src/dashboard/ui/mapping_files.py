"""Which of the files that were handed in are sheets of somebody else? They become tables, as somebody settles it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dashboard.loading.mapping_origin import beside
from dashboard.store.private_folder import PrivateFolder
from dashboard.ui.mapping import map_sheet
from dashboard.ui.private import HandedFile, written
from dashboard.ui.view import View


def mapped_files(view: View, files: Sequence[HandedFile]) -> tuple[HandedFile, ...]:
    """The files as they can be published; none while one of them waits for somebody to settle how it is read."""
    with PrivateFolder() as folder:
        try:
            paths = written(folder, files)
        except OSError:
            # What cannot be put on disk is told by the preview, which meets it too.
            return tuple(files)
        found = [(path, map_sheet(view, path)) for path in paths]
        made = [_file(path, table, file) for (path, table), file in zip(found, files, strict=True) if table]
    return tuple(made) if len(made) == len(files) else ()


def _file(path: Path, table: Path, file: HandedFile) -> HandedFile:
    return (
        file
        if table == path
        else replace(file, name=table.name, content=table.read_bytes(), beside=beside(table).read_bytes())
    )
