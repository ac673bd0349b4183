"""The door through which pages and other tools reach a publication: each person reads only what they may see.

Whoever sees everything reads the publication itself. For anybody else a copy is read that never had the rest, one for
each right of sight, so that nothing drawn, searched, exported or explained can show more.
"""

import os
import threading
from collections import OrderedDict
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary, WeakValueDictionary, finalize

import duckdb

from dashboard.loading.sandbox import PrivateFolder
from dashboard.loading.yaml_file import read_words
from dashboard.model.masking import EVERYTHING, Sight, sight_of
from dashboard.model.permissions import Person
from dashboard.model.problem import Problem, Weight
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError
from dashboard.store.locking import machine_failed
from dashboard.store.mask import countries_of, restrict
from dashboard.store.publishing.commit import require_space
from dashboard.store.reader import Published
from dashboard.ui import session
from dashboard.ui.session import reader

OWN_ONLY = "DASHBOARD_OWN_ONLY"
"""The environment variable with which an operator shows nobody the others' sums: a role shows its own places only."""
MOST_COPIES = 12
"""Copies kept although nobody may read them just now; those read least recently are removed first.

A session that is open keeps the copy that it has read last, and whoever may see the same then reads that one.
"""
Key = tuple[int, Sight]
"""Which publication, by its identity in this process, and the right of sight."""


class _Keeper:
    """What a process keeps for one store: the copies, the latest last, and what each was made from."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.making: WeakValueDictionary[Key, threading.Lock] = WeakValueDictionary()
        self.countries: WeakKeyDictionary[Published, dict[str, str]] = WeakKeyDictionary()
        self.latest: OrderedDict[Key, Published] = OrderedDict()
        self.copies: WeakValueDictionary[Key, Published] = WeakValueDictionary()
        # A copy holds what it was made from, so that no other publication can have the same identity meanwhile.
        self.whole: WeakKeyDictionary[Published, Published] = WeakKeyDictionary()

    def making_of(self, key: Key) -> threading.Lock:
        """Return the lock of one copy: whoever waits for one does not keep the readers of others."""
        with self.lock:
            return self.making.setdefault(key, threading.Lock())

    def keep(self, key: Key, copy: Published) -> None:
        """Note that a copy was read now, and let go of those that were not for longest."""
        with self.lock:
            self.copies[key] = self.latest[key] = copy
            self.latest.move_to_end(key)
            while len(self.latest) > MOST_COPIES:
                self.latest.popitem(last=False)


@cache
def _keeper(store: Path) -> _Keeper:
    return _Keeper()


def current(person: Person | None) -> Published | None:
    """Return what somebody may see of the publication in force; None if there is none. Raises StoreError."""
    published = reader().current()
    return None if published is None else seen_by(published, person)


def kept_open(number: str, person: Person | None) -> Published | None:
    """Return what somebody may see of the publication with this number, if it is kept open. Raises StoreError."""
    published = reader().kept_open(number)
    return None if published is None else seen_by(published, person)


def former(number: int) -> Published:
    """Return what this person may see of a publication that was in force before. Raises StoreError."""
    return seen(reader().former(number))


def keep(published: Published) -> None:
    """Keep a publication open after another comes into force, for whoever may see it."""
    reader().keep(_keeper(store_folder()).whole.get(published, published))


def newer(published: Published) -> int | None:
    """Return the number of the publication in force, if it is a different one and can be read."""
    return reader().newer(published)


def seen(published: Published) -> Published:
    """Return what this person may see of a publication: all of it, or a copy. Raises StoreError if none can be made."""
    person = session.person()
    return published if person is None else seen_by(published, person)


def seen_by(published: Published, person: Person | None) -> Published:
    """Return the same for somebody who may have no session. Raises StoreError."""
    sight = sight_in(published, person)
    if sight.is_whole:
        return published
    if sight.is_nothing:
        raise StoreError(Problem("nothing_granted", "store", weight=Weight.FILE))
    keeper, key = _keeper(store_folder()), (id(published), sight)
    with keeper.making_of(key):
        copy = keeper.copies.get(key) or _made(keeper, published, sight)
        keeper.keep(key, copy)
        return copy


def sight_in(published: Published, person: Person | None) -> Sight:
    """Return the right of sight of somebody in a publication."""
    if person is None:
        return EVERYTHING
    keeper = _keeper(store_folder())
    countries = keeper.countries.get(published)
    if countries is None:
        countries = keeper.countries[published] = countries_of(published)
    return sight_of(person, countries, os.environ.get(OWN_ONLY) != "1")


def countries_in_force() -> dict[str, str] | None:
    """Return the operations of the publication in force with their countries, for decisions and never to be shown.

    None if there is none that can be read.
    """
    try:
        published = reader().current()
    except StoreError:
        return None
    return None if published is None else countries_of(published)


def _made(keeper: _Keeper, published: Published, sight: Sight) -> Published:
    rest = read_words()("sight.rest" if sight.means else "sight.others")
    try:
        folder = PrivateFolder()
        require_space(folder.path, 2 * published.revision.size)
        copy = restrict(published, sight, rest, folder.path / "seen.duckdb")
    except (OSError, duckdb.Error) as error:
        raise StoreError(machine_failed(store_folder().name, error)) from error
    # The folder goes with the last reader of the copy.
    finalize(copy.pool, _leave, folder)
    keeper.whole[copy] = published
    return copy


def _leave(folder: PrivateFolder) -> None:
    folder.leave()
