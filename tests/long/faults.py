"""What if the system refuses one call of a change? Opening, writing, syncing, renaming: each in turn."""

import builtins
import errno
import io
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from dashboard.loading.sandbox import PREFIX
from dashboard.loading.yaml_file import read_words
from dashboard.model.plan import Action
from dashboard.model.problem import sentence
from dashboard.model.records import Draft
from dashboard.store.history import StoreError, current_number
from dashboard.store.locking import Outcome
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import save_rows
from dashboard.store.upgrade import upgrade
from dashboard.store.upkeep import Keep, prune, repair
from dashboard.store.verify import verify_history
from tests.conftest import TODAY, WRITER
from tests.long.damage import answer, copy_of, four_publications, rows
from tests.long.trial import Found
from tests.store.publishing.test_publish import contents

TITLE = "calls that the system refuses"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
"""What is refused, in turn."""
CALLS = ("open", "fsync", "replace", "rename", "link", "mkdir", "rmdir", "unlink", "sendfile", "scandir", "listdir")
NEW = Action(operation="b-op", text="Train the team", due_on="2030-01-01", criterion="T1.a")
CHANGES: dict[str, Callable[[Path, Path], Outcome]] = {
    "publish": lambda store, file: publish(Load(store, [file], WRITER, TODAY)),
    "save an action": lambda store, _: save_rows(store, [Draft(None, NEW)], WRITER, TODAY),
    "prune": lambda store, _: prune(store, Keep(last=2), WRITER),
    "repair": lambda store, _: repair(store, WRITER),
    "repair of a whole store": lambda store, _: repair(store, WRITER),
    "upgrade": lambda store, _: upgrade(store, store.with_name("new"), switch=True),
}
WORDS = read_words()
EACH = 7
"""In the short form, only every so many calls are refused."""


class Refusing:
    """Refuses one call on files in some folders. What is written to an open file counts too."""

    def __init__(self, at: int, folders: tuple[Path, ...]) -> None:
        self.at, self.folders = at, tuple(map(str, folders))
        self.calls = itertools.count(1)
        self.met = ""

    def step(self, name: str) -> None:
        if next(self.calls) == self.at:
            self.met = name
            error = ERRORS[self.at % len(ERRORS)]
            raise OSError(error, os.strerror(error))

    def call(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            if name in ("fsync", "sendfile") or (given and self.concerns(given[0])):
                self.step(name)
            return real(*given, **named)

        return called

    def concerns(self, place: object) -> bool:
        return isinstance(place, str | os.PathLike) and os.fspath(place).startswith(self.folders)

    def opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            if not self.concerns(file):
                return real(file, mode, *given, **named)
            self.step(f"open {mode}")
            stream = real(file, mode, *given, **named)
            return Written(stream, self) if set(mode) & set("wax+") else stream

        return called

    @contextmanager
    def on(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name in CALLS:
                stack.enter_context(patch.object(os, name, self.call(name, getattr(os, name))))
            for module in (builtins, io):
                stack.enter_context(patch.object(module, "open", self.opened(module.open)))
            yield


class Written:
    """A file in which writing can be refused."""

    def __init__(self, stream: Any, refusing: Refusing) -> None:
        self._stream, self._refusing = stream, refusing

    def write(self, content: Any) -> Any:
        self._refusing.step("write")
        return self._stream.write(content)

    def __enter__(self) -> "Written":
        self._stream.__enter__()
        return self

    def __exit__(self, *given: object) -> object:
        return self._stream.__exit__(*given)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def trial(long: bool, folder: Path) -> Found:
    store = four_publications(folder)
    figures, wrong = list[tuple[str, str]](), list[str]()
    for name in CHANGES:
        n_refused = n_done = 0
        for at in range(1, 2000, 1 if long else EACH):
            with copy_of(store, folder / name) as copy:
                met, done, said = tried(name, copy, answer(folder, "somewhat"), at)
            shutil.rmtree(folder / name)
            if not met:
                break
            n_refused, n_done = n_refused + 1, n_done + done
            wrong += [f"{name}, {met} refused as call {at}: {one}" for one in said]
        figures.append((f"Calls refused during: {name}", f"{n_refused}, and {n_done} times it was done all the same"))
    return Found(tuple(figures), tuple(wrong))


def tried(name: str, store: Path, file: Path, at: int) -> tuple[str, bool, list[str]]:
    """Refuse one call of a change; return which it was, whether the change was made, and what was wrong."""
    if name == "repair":
        (store / "CURRENT").write_text("seven")
    before, shown, in_force = contents(store), _rows(store), _number(store)
    refusing = Refusing(at, (store.parent, Path(tempfile.gettempdir()) / PREFIX))
    try:
        with refusing.on():
            outcome = CHANGES[name](store, file)
    except Exception as error:  # noqa: BLE001 - whatever comes out of it is a finding
        return refusing.met, False, [f"{type(error).__name__}: {error}"]
    wrong = _unsaid(outcome, refusing.met)
    if outcome.revision is None and (_number(store), _rows(store)) != (in_force, shown):
        wrong.append("it says that nothing was changed, and something else is in force")
    if name == "repair of a whole store" and _rows(store) != shown:
        wrong.append("the store was whole, and another publication is in force")
    if outcome.revision is not None and _number(store) != outcome.revision.number:
        wrong.append("it says what is in force, and that is not so")
    if not _is_kept(name, before, store):
        wrong.append("something that was published is gone or another")
    wrong += _after(name, store, file, outcome)
    return refusing.met, outcome.revision is not None, wrong


def _unsaid(outcome: Outcome, met: str) -> list[str]:
    said = [sentence(problem, WORDS) for problem in outcome.problems]
    wrong = [f"not a sentence: {text}" for text in said if "{" in text or len(text) > 600]
    return wrong + (["nothing is said"] if met and outcome.revision is None and not said else [])


def _is_kept(name: str, before: dict[str, bytes], store: Path) -> bool:
    """Whether every earlier file is there, wherever an upgrade has put the old store; pruning may remove some."""
    places = [store, *store.parent.glob("*.before-upgrade-*"), *store.parent.glob("new")]
    found = [contents(place) for place in places]
    files = {
        one: content
        for one, content in before.items()
        if one != "CURRENT" and (name != "prune" or one.startswith("moves"))
    }
    return any(all(held.get(one) == content for one, content in files.items()) for held in found)


def _after(name: str, store: Path, file: Path, outcome: Outcome) -> list[str]:
    """What is wrong with the next change, and with what is left after it."""
    wrong = []
    if name == "repair" and outcome.revision is None:
        repair(store, WRITER)
    if serious := [sentence(problem, WORDS) for problem in verify_history(store).problems if problem.serious]:
        wrong.append(f"the history is damaged: {serious[0]}")
    after = publish(Load(store, [file], WRITER, TODAY))
    if after.revision is None and not (name == "publish" and outcome.revision is not None):
        wrong.append(f"the next file cannot be published: {[sentence(one, WORDS) for one in after.problems]}")
    if (
        name == "upgrade"
        and outcome.revision is None
        and upgrade(store, store.with_name("again"), switch=True).revision is None
    ):
        wrong.append("the store cannot be upgraded afterwards")
    left = [path.name for path in store.parent.rglob("*") if "making-" in path.name or path.suffix == ".draft"]
    return wrong + ([f"left: {left}"] if left else [])


def _rows(store: Path) -> object:
    try:
        return rows(store)
    except (StoreError, duckdb.Error) as error:
        return type(error)


def _number(store: Path) -> int:
    try:
        return current_number(store)
    except StoreError:
        return 0
