"""Does a reader that is asked in every run notice what happens to the store in between?"""

from datetime import date
from pathlib import Path

import pytest

from dashboard.store.history import StoreError, pointer_text
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from tests.store.publishing.test_publish import NEW


def numbers(readers: list[Reader]) -> list[int]:
    return [published.revision.number for reader in readers if (published := reader.current())]


def test_every_move_is_noticed(store: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    readers, new = [Reader(store), Reader(store)], tmp_path / "new.csv"
    new.write_text(NEW, "utf-8")
    assert numbers(readers) == numbers(readers) == [1, 1]
    assert publish(Load(store, [new], writer, today)).revision is not None
    assert numbers(readers) == numbers(readers) == [2, 2]
    assert revert(store, 1, writer).revision is not None
    assert numbers(readers) == numbers(readers) == [3, 3]
    # A pointer that is put back by hand is as long as before.
    (store / "CURRENT").write_text(pointer_text(store, 2), "ascii")
    assert numbers(readers) == [2, 2]


@pytest.mark.parametrize("name", ["CURRENT", "moves/000001.json"])
def test_damage_to_what_was_read_before_is_noticed(store: Path, name: str) -> None:
    reader, path = Reader(store), store / name
    content = path.read_bytes()
    assert numbers([reader, reader]) == [1, 1]
    # As long as before.
    path.write_bytes(content.swapcase()[::-1])
    for _ in range(2):
        with pytest.raises(StoreError):
            reader.current()
    path.write_bytes(content)
    assert numbers([reader, reader]) == [1, 1]
