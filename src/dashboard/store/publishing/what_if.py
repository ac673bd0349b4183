"""What would be published if some answers were others? A private publication, made to be looked at."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.answers.answer import Answer
from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.tables import FORM
from dashboard.model.problem import Problem
from dashboard.store.history import StoreError
from dashboard.store.locking import MACHINE_FAILS, machine_failed
from dashboard.store.publishing.apply_load import BuildResult
from dashboard.store.publishing.build import WRITING, build
from dashboard.store.publishing.proof import Proof, current_revision
from dashboard.store.publishing.publish import copy_current


def what_if(store: Path, answers: Sequence[Answer], today: date, folder: Path) -> Proof | tuple[Problem, ...]:
    """Load answers into a copy of what is published, in `folder`: all of them, or the problems that prevent it.

    Nothing in the store is changed. Closed rounds accept such answers too.
    """
    try:
        over = current_revision(store)
        if over is None:
            return ()
        target = folder / "proof.duckdb"
        copy_current(store, over.number, target)
        built = _built_over(target, answers, over.number + 1, today, folder)
        serious = tuple(problem for problem in built.problems if problem.serious)
        return serious or Proof(target, target.stat().st_size, over, built)
    except StoreError as error:
        return (error.problem,)
    except (OSError, *MACHINE_FAILS) as error:
        return (machine_failed(str(folder), error),)


def _built_over(target: Path, answers: Sequence[Answer], step: int, today: date, folder: Path) -> BuildResult:
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        table = Path(scratch) / "imagined.csv"
        table.write_text(as_csv(FORM["answers"], map(asdict, answers)), "utf-8", newline="")
        closed = _reopen(target)
        built = build(target, Path(scratch) / "scratch.duckdb", [table], step, today)
        if closed:
            _set_closed(target, closed, True)
        return built


def _reopen(target: Path) -> list[str]:
    """Open every closed round of the copy; give which they were."""
    with duckdb.connect(str(target), config=WRITING) as connection:
        closed = [round_ for (round_,) in connection.execute("SELECT round FROM round WHERE closed").fetchall()]
    if closed:
        _set_closed(target, closed, False)
    return closed


def _set_closed(target: Path, rounds: list[str], closed: bool) -> None:
    with duckdb.connect(str(target), config=WRITING) as connection:
        connection.execute(
            "UPDATE round SET closed = $closed WHERE list_contains($rounds, round)",
            {"closed": closed, "rounds": rounds},
        )
