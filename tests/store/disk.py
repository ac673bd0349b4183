"""What is on a disk after a power cut? A model that keeps what was synced, and only part of the rest."""

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch


@dataclass
class Disk:
    """What a folder would hold after a cut. Files are identified by inode, folders by path."""

    root: Path
    contents: dict[int, bytes] = field(default_factory=dict)
    entries: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in self.folders():
            self.sync_folder(folder)
            for path in folder.iterdir():
                if path.is_file():
                    self.sync_file(path)

    def folders(self) -> list[Path]:
        """The folders that last, without those of unfinished work."""
        found = [self.root, *(path for path in self.root.iterdir() if path.is_dir())]
        return [folder for folder in found if not folder.name.startswith("making-")]

    def sync_file(self, path: Path) -> None:
        self.contents[path.stat().st_ino] = path.read_bytes()

    def sync_folder(self, folder: Path) -> None:
        self.entries[str(folder)] = self.present(folder)

    @staticmethod
    def present(folder: Path) -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in folder.iterdir() if path.is_file()}

    def states(self) -> list[dict[str, bytes]]:
        """Each folder as last synced or as it is now, with the bytes of each file as last synced."""
        folders = self.folders()
        found = []
        for kept in itertools.product((True, False), repeat=len(folders)):
            state = {}
            for folder, synced in zip(folders, kept, strict=True):
                names = self.entries.get(str(folder), {}) if synced else self.present(folder)
                for name, inode in names.items():
                    state[str((folder / name).relative_to(self.root))] = self.contents.get(inode, b"")
            if state not in found:
                found.append(state)
        return found


def states_after_a_cut(root: Path, action: Callable[[], Any]) -> tuple[Any, list[tuple[bool, dict[str, bytes]]]]:
    """Run the action; return its result, and every state of the disk after a cut before one of its syncs or renames.

    Each state comes with whether the action had returned by then.
    """
    disk, states = Disk(root), list[tuple[bool, dict[str, bytes]]]()
    fsync, replace = os.fsync, os.replace

    def keep(returned: bool) -> None:
        states.extend((returned, state) for state in disk.states())

    def synced(descriptor: int) -> None:
        keep(False)
        fsync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        if path.is_dir():
            disk.sync_folder(path)
        elif path.exists():
            disk.sync_file(path)

    def replaced(*arguments: Any, **named: Any) -> None:
        keep(False)
        replace(*arguments, **named)

    with patch.object(os, "fsync", synced), patch.object(os, "replace", replaced):
        returned = action()
    keep(True)
    return returned, states
