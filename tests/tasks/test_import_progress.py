"""Is progress reported while a sheet is read, and what would be new before it is published?"""

from datetime import date
from pathlib import Path

import pytest

from dashboard.loading.mapping import apply
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.yaml_file import read_words
from dashboard.model.mapping import Names
from dashboard.store.locking import Writer
from dashboard.store.reader import Reader
from dashboard.tasks.import_sheet import Imported, ImportOptions, import_sheet
from dashboard.tasks.sheet_reading import TAKE, ReadingOptions, read_and_write
from tests.loading.foreign import write_csv

SHEET = [["Question", "Answer"], *([f"T1.{n}", "Yes"] for n in range(9))]
GIVEN = {"round": "R2", "operation": "b-op"}


def test_each_step_of_reading_and_of_loading_is_reported(store: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "sheet.csv", SHEET)
    told: list[tuple[float, str]] = []
    import_sheet(
        path,
        store,
        ImportOptions(parameters=GIVEN),
        read_words(),
        date(2026, 1, 5),
        progress=lambda share, step: told.append((share, step)),
    )
    assert [step for share, step in told if share < 0.5] == ["read", "guess", "rows"]
    assert {step for share, step in told if share >= 0.5} >= {"read", "check", "lay", "fold"}, "then it is loaded"
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert all(read_words().has(f"first.{step}") for _, step in told)


def test_the_share_grows_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "PROGRESS_EVERY", 3)
    path = write_csv(tmp_path / "sheet.csv", SHEET)
    told: list[float] = []
    known = ReadingOptions(Names(), KnownWords(parameters=GIVEN))
    read_and_write(path, path.name, known, tmp_path / "out.csv", lambda share, _: told.append(share))
    assert told == pytest.approx([0.0, 0.3, 0.5, 0.65, 0.8, 0.95])


def test_what_would_be_new_is_listed_before_it_is_published(store: Path, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "world.csv", [["Country", "Round", "Question", "Answer"], ["Norway", "R2", "T1.a", "Yes"]]
    )
    told: list[tuple[int, str]] = []

    def number() -> int:
        in_force = Reader(store).current()
        assert in_force is not None
        return in_force.revision.number

    def agree(found: Imported) -> bool:
        told.extend((number(), line) for line in found.lines)
        return True

    before = number()
    compared = ImportOptions(corrections={("new",): TAKE}, save_as="World", force=True)
    import_sheet(path, store, compared, read_words(), date(2026, 1, 5))
    options = ImportOptions(by="World", corrections={("new",): TAKE}, writer=Writer("lead", "new"))
    import_sheet(path, store, options, read_words(), date(2026, 1, 5), agree=agree)
    assert number() > before
    assert (before, "  “Norway”: a new operation in Norway (NOR), which is a new country") in told
