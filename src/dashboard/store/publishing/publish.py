"""Changes what people see: every check, publish and revert goes through here.

A writer takes the lock, copies the current publication, changes the copy in one transaction, reads it back, syncs it to
disk, renames it into place and moves the pointer. If it is killed at any moment, the former publication stays in force.

Of loads that are joined, each has a step of its own in the history, and its rows carry the number of that step. See
docs/decisions/0012-publications.md.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from secrets import token_hex

import duckdb

from dashboard.loading.sandbox import PrivateFolder
from dashboard.loading.staging import Staged
from dashboard.model.answer import APPROVED, deeds_of
from dashboard.model.permissions import Deed, Place, allowed
from dashboard.model.problem import Problem, Progress, Weight
from dashboard.model.publish_preview import Changes
from dashboard.store import history, locking
from dashboard.store.disk import making
from dashboard.store.publishing.apply_load import BuildResult
from dashboard.store.publishing.build import Proof, build, counting, current_revision, keep_figures, with_closed
from dashboard.store.publishing.commit import commit, require_space
from dashboard.store.publishing.load import CompareClosed, Guard, Inspect, Load, silent, tables_in
from dashboard.store.reader import open_publication, require_shape
from dashboard.store.sql import run
from dashboard.store.verify import verify

FOLDER = "typed-"
"""How the name of the folder of a load with `keys` begins; the rest of it is random."""


def may_join(load: Load, others: Sequence[Load]) -> bool:
    """Whether a load may be published together with others: all say which answers they concern, and no two the same."""
    if load.keys is None or not others:
        return not others
    return all(
        other.keys is not None and other.today == load.today and load.keys.isdisjoint(other.keys) for other in others
    )


def steps_apart(loads: Sequence[Load], number: int) -> Inspect:
    """What gives the rows of each load the number of its own step; `number` is that of the first load, and of all."""
    keys = [
        dict(zip(("round", "operation", "criterion", "step"), (*key, number + place), strict=True))
        for place, load in enumerate(loads)
        for key in sorted(load.keys or ())
    ]

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        run(connection, "load/answers/apart", together=number, keys=keys)

    return inspect


def of_load(load: Load, built: BuildResult) -> BuildResult:
    """What concerns one load: its problems and files, without the name of its folder, and what concerns all."""
    if load.keys is None:
        return built
    (folder,) = load.paths
    own = f"{folder.name}{os.sep}"
    problems = tuple(
        replace(problem, file=problem.file.removeprefix(own))
        for problem in built.problems
        if problem.file.startswith(own) or not problem.file.startswith(FOLDER)
    )
    files = tuple((name.removeprefix(own), sha, n) for name, sha, n in built.files if name.startswith(own))
    return replace(built, problems=problems, files=files)


MOST_CLOSED = 100
"""How many changes in closed rounds a move names; it counts all."""
NEW = "new.duckdb"
"""The name of the copy that is changed, in the folder of its writer."""
NOTHING = locking.Outcome(None, ())


def check(
    store: Path, paths: Iterable[Path], today: date, inspect: Inspect | None = None, progress: Progress = silent
) -> tuple[Problem, ...]:
    """Every problem that publishing these files would have. Changes nothing. `inspect` is that of a load."""
    return rehearse(store, paths, today, inspect, progress).problems


def rehearse(
    store: Path,
    paths: Iterable[Path],
    today: date,
    inspect: Inspect | None = None,
    progress: Progress = silent,
    closed: CompareClosed | None = None,
) -> BuildResult:
    """What publishing these files would give. Changes nothing. `inspect` and `closed` are those of a load."""
    try:
        with PrivateFolder() as folder:
            target = folder / "checked.duckdb"
            number = history.current_number(store)
            if number:
                copy_current(store, number, target)
            built = build(target, folder / "scratch.duckdb", paths, number + 1, today, progress, inspect)
            return with_closed(store, target, built, closed)
    except history.StoreError as error:
        return BuildResult((error.problem,), ())
    except (OSError, *locking.MACHINE_FAILS) as error:
        return BuildResult((locking.machine_failed(tempfile.gettempdir(), error),), ())


def publish(load: Load) -> locking.Outcome:
    """Publish files over what is published, as one transaction. With a problem of weight FILE, nothing changes."""
    (outcome,) = publish_together([load])
    return outcome


def publish_together(loads: Sequence[Load]) -> list[locking.Outcome]:
    """Publish loads that can be joined as one publication, each as a step of its own, and return an outcome for each.

    If anything is wrong with one of them, each is published alone.
    """
    outcomes, whole = dict[int, locking.Outcome](), dict[int, Load]()
    for place, load in enumerate(loads):
        refused = locking.refusal(load.writer, load.deed)
        if refused is not None:
            outcomes[place] = locking.Outcome(None, (refused,))
        else:
            whole[place] = replace(load, paths=tuple(load.paths))

    def action() -> locking.Outcome:
        outcomes.update(zip(whole, _publish_locked(list(whole.values())), strict=True))
        return NOTHING

    role = loads[0].writer.role
    failed = locking.locked(loads[0].store, action, making=True, role=role) if whole else NOTHING
    return [locking.told(outcomes.get(place, failed)) for place in range(len(loads))]


def _publish_locked(loads: Sequence[Load]) -> list[locking.Outcome]:
    store = loads[0].store
    in_force, number = history.current_number(store), history.next_number(store)
    # A load can rewrite every block of the copy, and adds what was imported.
    paths = [path for load in loads for path in load.paths]
    handed_in = sum(file.stat().st_size for file, _ in tables_in(paths) if file.exists())
    size = history.read_revision(store, in_force).size if in_force else 0
    require_space(store, 2 * (size + handed_in))
    with making(store) as folder:
        guards = [load.guard for load in loads]
        against = copy_current(store, in_force, folder / NEW, guards) if in_force else [()] * len(loads)
        passed = [load for load, found in zip(loads, against, strict=True) if not _stops(found, load.all_or_nothing)]
        made = _made(passed, folder, number) if passed else []
    if made is None:
        made = [outcome for load in passed for outcome in _publish_locked([load])]
    outcomes = dict(zip(map(id, passed), made, strict=True))
    return [
        locking.Outcome(outcomes[id(load)].revision, (*outcomes[id(load)].problems, *found))
        if id(load) in outcomes
        else locking.Outcome(None, found)
        for load, found in zip(loads, against, strict=True)
    ]


def _made(loads: Sequence[Load], folder: Path, number: int) -> list[locking.Outcome] | None:
    """Publish the loads over the copy in `folder`. None if they are several and something is wrong with one of them."""
    target, first, counted = folder / NEW, loads[0], list[Changes]()
    inspect = steps_apart(loads, number) if len(loads) > 1 else counting(first, number, counted)
    paths = [path for load in loads for path in load.paths]
    built = build(target, folder / "scratch.duckdb", paths, number, first.today, first.progress, inspect, first.engine)
    built = keep_figures(target, with_closed(first.store, target, built, first.closed), first.figures)
    ungranted = may_not_grant(first.writer, built) or may_not_sign(first.store, first.writer, built, number)
    stopped = (
        not _agreed(first, counted, built)
        or not built.took
        or any(_stops(built.problems, load.all_or_nothing) for load in loads)
    )
    if ungranted is not None or stopped:
        problems = (ungranted,) if ungranted is not None else of_load(first, built).problems or nothing_taken(built)
        return [locking.Outcome(None, problems)] if len(loads) == 1 else None
    first.progress(0.95, "verify")
    parts = [of_load(load, built) for load in loads]
    *earlier, last = [(load.writer, part) for load, part in zip(loads, parts, strict=True)]
    outcome = commit_publication(first.store, target, number, *last, first.kind, first.about, earlier)
    first.progress(1.0, "done")
    revisions = [
        *(history.read_revision(first.store, number + place) for place in range(len(earlier))),
        outcome.revision,
    ]
    return [
        locking.Outcome(revision, (*outcome.problems, *part.problems))
        for revision, part in zip(revisions, parts, strict=True)
    ]


def _agreed(load: Load, counted: Sequence[Changes], built: BuildResult) -> bool:
    """Whether nobody need agree to what a load changes, or somebody does."""
    changes = [replace(one, closed=built.closed) for one in counted]
    return load.agree is None or built.refused or not any(one.asks and not load.agree(one) for one in changes)


def commit_publication(
    store: Path,
    target: Path,
    number: int,
    writer: locking.Writer,
    built: BuildResult,
    kind: str = "publish",
    about: str = "",
    earlier: Sequence[tuple[locking.Writer, BuildResult]] = (),
) -> locking.Outcome:
    """Read the new publication back, put it in place and bring it into force.

    `number` is that of the first step. Each of `earlier` is a step of its own before the last one, which is returned.
    """
    size = target.stat().st_size
    verify(target, size, written=built.written)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    sha256, last = history.sha256_of(target), number + len(earlier)
    publication = f"{last:06}-{token_hex(4)}"

    def revision(number: int, built: BuildResult) -> history.Revision:
        serious = sum(problem.serious for problem in built.problems)
        return history.Revision(
            number, kind, publication, size, "", "", "", built.files, serious, about, sha256=sha256,
            versions=built.versions, n_closed=len(built.closed),
            closed=tuple(astuple(change) for change in built.closed[:MOST_CLOSED]),
        )  # fmt: skip

    before = [(revision(number + place, built), writer) for place, (writer, built) in enumerate(earlier)]
    return commit(store, revision(last, built), writer, target, earlier=before)


def nothing_taken(built: BuildResult) -> tuple[Problem, ...]:
    """What is said if no row of a load was taken and no other problem says why."""
    files = ", ".join(name for name, _, _ in built.files)
    return () if built.took else (Problem("nothing_taken", files, weight=Weight.FILE),)


def may_not_grant(writer: locking.Writer, built: BuildResult) -> Problem | None:
    """Why the writer may not publish the roles that were read, or None.

    Nobody who has signed in takes the last administrator away; at the machine itself, that is possible.
    """
    if built.ends_admins and writer.person is not None:
        return Problem("last_admin", "store", weight=Weight.FILE)
    return locking.refusal(writer, Deed.GRANT) if built.grants else None


def may_not_sign(store: Path, writer: locking.Writer, built: BuildResult, number: int) -> Problem | None:
    """Why the writer may not say what was read of operations, countries and the group, or None.

    Nobody who has signed in approves an operation or country of which they gave an answer, in whichever step. `number`
    is that of the present one.
    """
    if writer.person is None or not built.signed:
        return None
    own = {number, *(revision.number for revision in history.history(store) if revision.subject == writer.subject)}
    for one in built.signed:
        place = Place(one.level.operation, one.within if one.level.operation else one.level.country)
        if not any(allowed(writer.person, deed, place) for deed in deeds_of(one.level, one.state)):
            where = one.level.place or "store"
            return Problem("not_your_role_here", where, value=where, weight=Weight.FILE)
        if one.state == APPROVED and one.level.place and not own.isdisjoint(one.steps):
            return Problem("own_answers_person", one.level.place, value=one.level.place, weight=Weight.FILE)
    return None


def _stops(problems: tuple[Problem, ...], all_or_nothing: bool) -> bool:
    return any(problem.weight is Weight.FILE or (all_or_nothing and problem.serious) for problem in problems)


def copy_current(
    store: Path, number: int, target: Path, guards: Iterable[Guard | None] = ()
) -> list[tuple[Problem, ...]]:
    """Copy the publication in force, and ask `guards` about it; in a process that shows it, it is already open."""
    revision = history.read_revision(store, number)
    publication = history.publication_path(store, revision.publication)
    with open_publication(publication, revision.size) as connection:
        require_shape(connection, store)
        against = [tuple(guard(connection)) if guard is not None else () for guard in guards]
    require_space(target.parent, 2 * revision.size)
    shutil.copyfile(publication, target)
    return against


def published_since(store: Path, number: int) -> Problem:
    """The Problem that somebody has published while somebody else was looking at the step before."""
    return Problem("published_since", str(store), value=str(number), weight=Weight.FILE)


def publish_preview(store: Path, proof: Proof, writer: locking.Writer) -> locking.Outcome:
    """Publish a private publication as it is. If the step in force is not the one it is based on, nothing changes.

    A copy is published: the proof stays, so that nothing is lost if this fails.
    """
    return locking.with_write_lock(store, writer, Deed.LOAD, lambda: _published(store, proof, writer))


def _published(store: Path, proof: Proof, writer: locking.Writer) -> locking.Outcome:
    # The whole step is compared, not just its number: somebody may have started the store again.
    step = current_revision(store)
    if step != proof.over:
        return locking.Outcome(None, (published_since(store, step.number if step is not None else 0),))
    number = history.next_number(store)
    ungranted = may_not_grant(writer, proof.built) or may_not_sign(store, writer, proof.built, number)
    if ungranted is not None:
        return locking.Outcome(None, (ungranted,))
    if not proof.built.took:
        return locking.Outcome(None, proof.built.problems or nothing_taken(proof.built))
    require_space(store, 2 * proof.size)
    with making(store) as folder:
        shutil.copyfile(proof.path, folder / NEW)
        outcome = commit_publication(store, folder / NEW, number, writer, proof.built)
        return locking.Outcome(outcome.revision, (*outcome.problems, *proof.built.problems))
