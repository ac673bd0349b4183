"""What if the disk fails, the power is cut, files go missing, bits flip, or somebody restores a backup?"""

import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from unittest.mock import patch

import duckdb

from dashboard.store.history import StoreError, current_number, history, publication_path
from dashboard.store.locking import Outcome
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.store.upkeep import Keep, prune, repair, revert, undo
from dashboard.store.verify import verify_history
from tests.conftest import TINY, TODAY, WRITER
from tests.long.trial import Found
from tests.store.disk import states_after_a_cut
from tests.store.publishing.test_publish import EVERY_ANSWER, contents

TITLE = "damaged, restored and cut off"
Rows = list[tuple[object, ...]]


def four_publications(folder: Path) -> Path:
    """A store of the toy group, in which one answer has changed three times."""
    store = folder / "store"
    publish(Load(store, [TINY], WRITER, TODAY))
    for status in ("yes", "no", "mostly"):
        publish(Load(store, [answer(folder, status)], WRITER, TODAY))
    return store


def trial(long: bool, folder: Path) -> Found:
    """Damage copies of one store in every way, and check what is left, what is said and what is shown."""
    store = four_publications(folder)
    figures, wrong = list[tuple[str, str]](), list[str]()
    for part in (lost_notes, restores, disk_errors, power_cuts, flips, others):
        more, said = part(store, folder / part.__name__, long)
        figures += more
        wrong += [f"{part.__name__.replace('_', ' ')}: {sentence}" for sentence in said]
    return Found(
        (*figures, ("Good files deleted or changed, false sentences, wrong figures", str(len(wrong)))), tuple(wrong)
    )


Part = tuple[list[tuple[str, str]], list[str]]


def answer(folder: Path, status: str) -> Path:
    path = folder / f"{status}.csv"
    path.write_text(f"round,operation,criterion,status,evidence\nR2,b-op,T1.a,{status},seen\n")
    return path


def rows(store: Path) -> Rows:
    """Every answer of the publication in force. Raises StoreError or duckdb.Error if it cannot be read."""
    published = Reader(store).current()
    if published is None:
        return []
    with published.connection as connection:
        return connection.execute(EVERY_ANSWER).fetchall()


def kept(before: dict[str, bytes], store: Path) -> bool:
    """Whether every earlier file is there, with the same bytes; the pointer may have moved."""
    after = contents(store)
    return all(after.get(name) == content for name, content in before.items() if name != "CURRENT")


@contextmanager
def copy_of(store: Path, folder: Path) -> Iterator[Path]:
    """A copy of a store, deleted afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = Path(shutil.copytree(store, folder / "copy"))
    yield copy
    shutil.rmtree(copy)


ACTIONS: dict[str, Callable[[Path, Path], Outcome]] = {
    "publish": lambda store, file: publish(Load(store, [file], WRITER, TODAY)),
    "revert": lambda store, _: revert(store, 1, WRITER),
    "undo": lambda store, _: undo(store, _number(store), WRITER),
    "close": lambda store, _: close_round(store, "R1", WRITER, TODAY, accept=True),
    "prune": lambda store, _: prune(store, Keep(last=2), WRITER),
    "repair": lambda store, _: repair(store, WRITER),
}


def _number(store: Path) -> int:
    try:
        return current_number(store)
    except StoreError:
        return 0


def lost_notes(store: Path, folder: Path, long: bool) -> Part:
    """Every set of up to two notes goes missing; then everything is tried in turn, and the store is repaired."""
    folder.mkdir()
    file = answer(folder, "somewhat")
    names = [name for name in contents(store) if not name.startswith("publications")]
    lost = [pair for n in (1, 2) for pair in itertools.combinations(names, n)] if long else [(name,) for name in names]
    wrong, tried = [], 0
    for missing in lost:
        with copy_of(store, folder) as copy:
            for name in missing:
                (copy / name).unlink()
            before = contents(copy)
            for name, action in ACTIONS.items():
                if name == "prune":
                    continue
                tried += 1
                outcome = action(copy, file)
                if not kept(before, copy):
                    wrong.append(f"{name} without {missing} changed or deleted something")
                if outcome.revision is None and not outcome.problems:
                    wrong.append(f"{name} without {missing} said nothing")
            try:
                rows(copy)
            except (StoreError, duckdb.Error):
                wrong.append(f"without {missing} nothing can be read after a repair")
    return [("Sets of notes that went missing", str(len(lost))), ("Changes tried without them", str(tried))], wrong


def restores(store: Path, folder: Path, long: bool) -> Part:
    """A backup is restored file by file, in many orders, with a page open and somebody saving at each moment."""
    folder.mkdir()
    file = answer(folder, "somewhat")
    names = list(contents(store))
    chance = random.Random(7)
    orders = [chance.sample(names, len(names)) for _ in range(200 if long else 2)]
    backup, right = contents(store), rows(store)
    with copy_of(store, folder) as copy:
        publish(Load(copy, [file], WRITER, TODAY))
        right_and_saved = rows(copy)
    wrong, moments, saved = [], 0, 0
    for order in orders:
        copy = folder / "restored"
        copy.mkdir()
        reader = Reader(copy)
        lasting = dict(backup)
        for name in order:
            moments += 1
            before = contents(copy)
            with suppress(StoreError):
                reader.current()
            if publish(Load(copy, [file], WRITER, TODAY)).revision is not None:
                saved += 1
                lasting |= {made: content for made, content in contents(copy).items() if made not in before}
            if not kept(before, copy):
                wrong.append("something that was restored is gone or another")
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_bytes(backup[name])
        if not kept(lasting, copy) or rows(copy) not in (right, right_and_saved):
            wrong.append(f"restored in the order {order}, something is another than in the backup")
        shutil.rmtree(copy)
    figures = [("Orders in which a backup came back", str(len(orders))), ("Saves tried meanwhile", str(moments))]
    return [*figures, ("of these acknowledged", str(saved))], wrong


def disk_errors(store: Path, folder: Path, long: bool) -> Part:
    """An I/O error at each sync and each rename of each change; half of the renames succeed all the same."""
    folder.mkdir()
    file = answer(folder, "somewhat")
    wrong, errors = [], 0
    for name, action in ACTIONS.items():
        for done in (True, False):
            # Only every third one in the short form; another test tries them all.
            for at in range(1, 30, 1 if long else 3):
                with copy_of(store, folder) as copy:
                    if name == "repair":
                        (copy / "CURRENT").write_text("seven")
                    before, in_force = contents(copy), _number(copy)
                    outcome, met = _with_error(partial(action, copy, file), at, done)
                    errors += met
                    said = {problem.kind for problem in outcome.problems}
                    if outcome.revision is None and (_number(copy) != in_force or not kept(before, copy)):
                        wrong.append(f"{name}, error {at}: it says that nothing was changed, and something was")
                    if outcome.revision is not None and _number(copy) != outcome.revision.number:
                        wrong.append(f"{name}, error {at}: it says what is in force, and that is not so")
                    if met and outcome.revision is None and not said:
                        wrong.append(f"{name}, error {at}: nothing is said")
                    if name != "repair" and any(p.serious for p in verify_history(copy).problems):
                        wrong.append(f"{name}, error {at}: the history is damaged")
                    if not met:
                        break
            if not long:
                break
    return [("I/O errors at a sync or a rename", str(errors))], wrong


def _with_error(action: Callable[[], Outcome], at: int, done: bool) -> tuple[Outcome, bool]:
    """Run the action with a disk error at one of its calls; return whether it got that far."""
    calls, met = itertools.count(1), [False]

    def failing(call: Callable[..., None], renames: bool) -> Callable[..., None]:
        def called(*arguments: object, **named: object) -> None:
            if next(calls) == at:
                met[0] = True
                if renames and done:
                    call(*arguments, **named)
                raise OSError(5, "Input/output error")
            call(*arguments, **named)

        return called

    with patch.object(os, "fsync", failing(os.fsync, False)), patch.object(os, "replace", failing(os.replace, True)):
        return action(), met[0]


def power_cuts(store: Path, folder: Path, long: bool) -> Part:
    """The power is cut before each sync and rename: what was not synced by then is lost, wholly or in part."""
    folder.mkdir()
    file = answer(folder, "somewhat")
    wrong, cuts = [], 0
    for name in ("publish", "revert", "prune") if long else ("publish",):
        with copy_of(store, folder) as copy:
            in_force, before = current_number(copy), {*publications(copy)}
            outcome, states = states_after_a_cut(copy, partial(ACTIONS[name], copy, file))
        for after, written in states:
            cuts += 1
            place = folder / "after"
            for path, content in written.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(content)
            allowed = (
                {outcome.revision.number}
                if after and outcome.revision
                else {in_force, outcome.revision and outcome.revision.number}
            )
            try:
                if current_number(place) not in allowed:
                    wrong.append(f"{name}: after a cut another change is in force than was said")
                rows(place)
            except (StoreError, duckdb.Error) as error:
                wrong.append(f"{name}: after a cut the store cannot be read: {error}")
            if name != "prune" and not before <= {*publications(place)}:
                wrong.append(f"{name}: after a cut a publication is gone")
            shutil.rmtree(place)
    return [("States after a power cut", str(cuts))], wrong


def publications(store: Path) -> list[str]:
    return [path.name for path in (store / "publications").glob("*.duckdb")]


def flips(store: Path, folder: Path, long: bool) -> Part:
    """One bit of the store flips: what is shown is right, or a sentence says that something is damaged."""
    chance, right = random.Random(7), rows(store)
    weights = {name: len(content) for name, content in contents(store).items()}
    small = [name for name in weights if not name.startswith("publications")]
    in_force = publication_path(store, next(history(store)).publication)
    wrong, shown, told, found = [], 0, 0, 0
    n = 1000 if long else 8
    for turn in range(n):
        with copy_of(store, folder) as copy:
            # Half of them in the notes, half in the publication in force, which is a thousand times larger.
            name = chance.choice(small) if turn % 2 else str(in_force.relative_to(store))
            content = bytearray((copy / name).read_bytes())
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            (copy / name).write_bytes(content)
            found += any(problem.serious for problem in verify_history(copy).problems)
            try:
                if rows(copy) == right:
                    shown += 1
                else:
                    wrong.append(f"a flipped bit in {name} changed what is shown")
            except (StoreError, duckdb.Error):
                told += 1
    return [
        ("Bits flipped", str(n)),
        ("of these shown correctly all the same", str(shown)),
        ("reported as damage when read", str(told)),
        ("found by `history --verify`", str(found)),
    ], wrong


def others(store: Path, folder: Path, long: bool) -> Part:
    """The clock is set back, a store cannot be written to, and somebody reverts to what was removed."""
    folder.mkdir()
    wrong = []
    with copy_of(store, folder) as copy:
        with patch("dashboard.store.publishing.commit.now", lambda: "1999-12-31T00:00:00+00:00"):
            publish(Load(copy, [answer(folder, "somewhat")], WRITER, TODAY))
        numbers = [move.number for move in history(copy)]
        if numbers != sorted(numbers, reverse=True) or undo(copy, numbers[0], WRITER).revision is None:
            wrong.append("with a clock that was set back the order of changes is another")
        if rows(copy) != rows(store):
            wrong.append("undone under a clock that was set back, something else is shown")
        if prune(copy, Keep(days=365), WRITER).revision is not None and rows(copy) != rows(store):
            wrong.append("a clock that was set back made pruning remove what is in force")
    with copy_of(store, folder) as copy:
        made = prune(copy, Keep(last=1), WRITER).revision
        before = contents(copy)
        refused = revert(copy, 1, WRITER)
        said = [problem.kind for problem in refused.problems]
        if made is None or said != ["publication_removed"] or contents(copy) != before:
            wrong.append("going back to a removed publication is not refused as such")
    return [
        ("Clock set back, and going back to what was removed", "as it should be" if not wrong else "see below")
    ], wrong
