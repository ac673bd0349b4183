"""All answers of a publication as numbers in memory: what every operation answers to every criterion in every round.

10 million answers take 14 MB, read once per publication and process when something is first imagined. After that, no
question searches the stored answers. See docs/decisions/0010-scenarios.md.
"""

from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.cube import Cube, Flags, Floats, Ints
from dashboard.figures.read_cube import numbered, places_of, sql, table_of

AT_ONCE = 500_000
"""How many answers are read at a time."""
LEVELS = 5
"""What can be said of evidence: nothing, or one of four levels."""

Codes = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, eq=False)
class AllAnswers:
    """What every operation answers: by round, the code for each criterion and operation, 0 if it is not asked.

    The meaning of a code is at its place in `status`, `evidence` (0 to 3, nan if nothing is said) and `words`.
    """

    codes: tuple[Codes, ...]
    status: Ints
    evidence: Floats
    words: Ints
    """Which wording was answered: a number for each version in which a wording ended; 0 for one still in use."""
    present_words: Ints
    """By criterion: its current wording."""
    operations: pa.Array
    """Their codes, in list order; the head office last."""
    numbers: Ints
    country: Ints
    first: Ints
    """By operation: the place of the first operation of its group in its country."""
    head_office: Flags
    place_of_number: Ints
    """The place of each operation by its number, -1 if there is none."""

    def imagined(self, round_: int, changed: "Changed") -> "AllAnswers":
        """The same with some answers of one round (given by its place) changed."""
        codes = self.codes[round_].copy()
        codes.reshape(-1)[changed.place] = changed.then
        return replace(self, codes=(*self.codes[:round_], codes, *self.codes[round_ + 1 :]))

    def changed(self, cube: Cube, round_: int, table: pa.Table) -> "Changed":
        """The changes in a table of numbers (`operation_no`, `criterion_no`, `status_no`), limited to what is asked.

        A short start stays as it is: it has no score that could change. An imagined answer is to the current wording.
        Evidence stays; where nobody had answered, there is none.
        """
        operation = self.place_of_number[table["operation_no"].to_numpy()]
        criterion = _places(cube.numbers)[table["criterion_no"].to_numpy()]
        place = criterion * len(self.numbers) + operation
        was = self.codes[round_].reshape(-1)[place]
        n_statuses = len(cube.scale.value)
        answered = (cube.scale.counts_as != "unanswered")[self.status]
        evidence = np.where(answered, np.nan_to_num(self.evidence + 1), 0).astype(np.intp)
        says = 1 + (self.present_words[criterion] * n_statuses + table["status_no"].to_numpy()) * LEVELS
        changed = Changed(place, criterion, operation, was, (says + evidence[was]).astype(was.dtype))
        kept = (was > 0) & ~self.short(cube, round_)[operation]
        return changed if kept.all() else changed.where(kept)

    def short(self, cube: Cube, round_: int) -> Flags:
        """By operation: whether only a short start is asked of it in a round."""
        if not cube.short_starts:
            return np.zeros(len(self.numbers), bool)
        codes = self.operations.to_pylist()
        return np.array([(cube.rounds[round_], code) in cube.short_starts for code in codes], bool)


@dataclass(frozen=True, eq=False)
class Changed:
    """Answers of one round that change: where they are, and the codes of what they say and would say.

    `place` is their place among the answers of the round.
    """

    place: Ints
    criterion: Ints
    operation: Ints
    was: Codes
    then: Codes

    def where(self, flags: Flags) -> "Changed":
        """The changes that are flagged."""
        return Changed(*(values[flags] for values in vars(self).values()))


def read_answers(cube: Cube, connection: duckdb.DuckDBPyConnection) -> AllAnswers:
    """All answers that a connection reads, in the order of a cube of the same publication."""
    operations = table_of(connection, "operations")
    words = connection.execute(sql("words")).fetchall()
    places, present = _places(operations["operation_no"].to_numpy()), np.zeros(len(cube.criteria), np.intp)
    for word, (_, criteria) in enumerate(words, 1):
        present[places_of(cube.numbers, np.array(criteria or [], np.intp))] = word
    n_statuses = len(cube.scale.value)
    said = np.maximum(np.arange(1 + (len(words) + 1) * n_statuses * LEVELS) - 1, 0)
    evidence = said % LEVELS - 1.0
    return AllAnswers(
        codes=_codes(cube, connection, places, [until for until, _ in words], np.min_scalar_type(len(said))),
        status=said // LEVELS % n_statuses,
        evidence=np.where(evidence < 0, np.nan, evidence),
        words=said // LEVELS // n_statuses,
        present_words=present,
        operations=operations["operation"].combine_chunks(),
        numbers=operations["operation_no"].to_numpy(),
        country=numbered(operations["country"], cube.country_numbers),
        first=places[operations["first_no"].to_numpy()],
        head_office=operations["head_office"].to_numpy(zero_copy_only=False).astype(bool),
        place_of_number=places,
    )


def _places(numbers: Ints) -> Ints:
    """For each number, the place where it occurs; -1 if it does not."""
    places = np.full(int(numbers.max(initial=0)) + 1, -1, np.intp)
    places[numbers] = np.arange(len(numbers))
    return places


def _codes(
    cube: Cube, connection: duckdb.DuckDBPyConnection, operations: Ints, until: list[str], of: np.dtype[Any]
) -> tuple[Codes, ...]:
    """The codes of all answers, by round; read in parts to limit memory."""
    rounds = table_of(connection, "rounds")["round_no"].to_numpy()
    width = 1 + int(cube.numbers.max(initial=0))
    codes = np.zeros((len(rounds), len(cube.criteria), int(operations.max(initial=-1)) + 1), of)
    first = np.zeros((1 + int(rounds.max(initial=0)), width), np.intp)
    first[np.ix_(rounds, cube.numbers)] = np.arange(codes[..., 0].size).reshape(codes.shape[:2]) * codes.shape[2]
    flat, starts = codes.reshape(-1), first.reshape(-1)
    given = {"width": width, "levels": LEVELS}
    parts: pa.RecordBatchReader = connection.execute(sql("answers"), given).to_arrow_reader(AT_ONCE)
    for part in parts:
        cell, operation, code = (column.to_numpy() for column in part.columns)
        flat[starts[cell] + operations[operation]] = code
    if until:
        table = table_of(connection, "answers_to_old_words", width=width)
        word = numbered(table["until"], {version: place for place, version in enumerate(until, 1)})
        at = starts[table["cell"].to_numpy()] + operations[table["operation_no"].to_numpy()]
        flat[at] += (word * len(cube.scale.value) * LEVELS).astype(of)
    return tuple(codes)
