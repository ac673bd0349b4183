"""Every answer of a publication in memory: one small number for each round, criterion and operation.

At 10 million answers that is 14 MB, read once a publication and process when something is first imagined. No question
then looks for single answers among all of them.
"""

from dataclasses import dataclass, replace

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.cube import Cube, Flags, Floats, Ints
from dashboard.figures.read_cube import numbered, places_of, sql

AT_ONCE = 500_000
"""So many answers are read at once."""
LEVELS = 5
"""What is said of evidence: nothing, or one of four levels."""

Codes = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, eq=False)
class AllAnswers:
    """What every operation answers: by round the code of each criterion and operation, 0 where it is not asked.

    What a code says stands at its place in `status`, `evidence` (from 0 to 3, nan where nothing is said) and `words`.
    """

    codes: tuple[Codes, ...]
    status: Ints
    evidence: Floats
    words: Ints
    """The words that are answered, by a number for each version that they end with; 0 for those that did not end."""
    present_words: Ints
    """By criterion: the words of today."""
    operations: tuple[str, ...]
    """In the order of lists; the head office last."""
    numbers: Ints
    country: Ints
    head_office: Flags
    place_of_number: Ints
    """The place of each operation by its number, -1 where there is none."""

    def imagined(self, round_: int, changed: "Changed") -> "AllAnswers":
        """The same, with some answers of one round changed."""
        codes = self.codes[round_].copy()
        codes[changed.criterion, changed.operation] = changed.then
        return replace(self, codes=(*self.codes[:round_], codes, *self.codes[round_ + 1 :]))

    def changed(self, cube: Cube, round_: int, table: pa.Table) -> "Changed":
        """The changes of a table of numbers (`operation_no`, `criterion_no`, `status_no`) to what is asked in a round.

        An imagined answer is to the words of today. Its evidence stays; where nobody had answered there was none to
        speak of.
        """
        operation = self.place_of_number[table["operation_no"].to_numpy()]
        criterion = places_of(cube.numbers, table["criterion_no"].to_numpy())
        status = table["status_no"].to_numpy().astype(np.intp)
        was = self.codes[round_][criterion, operation]
        answered = cube.scale.counts_as[self.status] != "unanswered"
        evidence = np.where(answered, (np.arange(len(self.status)) - 1) % LEVELS, 0)[was]
        then = 1 + (self.present_words[criterion] * len(cube.scale.value) + status) * LEVELS + evidence
        return Changed(criterion, operation, was, then.astype(was.dtype)).where(was > 0)


@dataclass(frozen=True, eq=False)
class Changed:
    """Answers of one round that become others: where they are, and the codes of what they say and would say."""

    criterion: Ints
    operation: Ints
    was: Codes
    then: Codes

    def where(self, flags: Flags) -> "Changed":
        """Those changes that are flagged."""
        return self if flags.all() else Changed(*(values[flags] for values in vars(self).values()))


def read_answers(cube: Cube, connection: duckdb.DuckDBPyConnection) -> AllAnswers:
    """All answers that a connection reads, by the places of a cube of the same publication."""
    operations = connection.execute(sql("operations")).to_arrow_table()
    numbers = operations["operation_no"].to_numpy().astype(np.intp)
    words = connection.execute(sql("words")).to_arrow_table()
    until, word = _words(cube, words)
    size = len(cube.scale.value)
    n_codes = 1 + (len(until) + 1) * size * LEVELS
    of_code = np.arange(n_codes) - 1
    evidence = np.maximum(of_code, 0) % LEVELS - 1.0
    present = np.zeros(len(cube.criteria), np.intp)
    for row in words.to_pylist():
        if row["present"]:
            present[places_of(cube.numbers, np.array([row["criterion_no"]]))] = until.index(row["until"]) + 1
    return AllAnswers(
        codes=_codes(cube, connection, _places(numbers), word, np.min_scalar_type(n_codes)),
        status=np.maximum(of_code, 0) // LEVELS % size,
        evidence=np.where(evidence < 0, np.nan, evidence),
        words=np.maximum(of_code, 0) // LEVELS // size,
        present_words=present,
        operations=tuple(operations["operation"].to_pylist()),
        numbers=numbers,
        country=numbered(operations["country"], cube.country_numbers),
        head_office=operations["head_office"].to_numpy(zero_copy_only=False).astype(bool),
        place_of_number=_places(numbers),
    )


def _places(numbers: Ints) -> Ints:
    """The place of each number, at the place that is the number; -1 where there is none."""
    places = np.full(int(numbers.max(initial=0)) + 1, -1, np.intp)
    places[numbers] = np.arange(len(numbers))
    return places


def _words(cube: Cube, table: pa.Table) -> tuple[list[str], Ints]:
    """The versions that words ended with; and by criterion and version which words it asked: its place among them, + 1.

    Nothing by criterion where no words ever ended.
    """
    until = sorted(set(table["until"].to_pylist()))
    if not until:
        return until, np.zeros((0, 0), np.intp)
    version = table["version_no"].to_numpy().astype(np.intp)
    word = np.zeros((len(cube.criteria), 1 + int(version.max())), np.intp)
    ended = numbered(table["until"], {code: place for place, code in enumerate(until, 1)})
    word[places_of(cube.numbers, table["criterion_no"].to_numpy()), version] = ended
    return until, word


def _codes(
    cube: Cube, connection: duckdb.DuckDBPyConnection, operations: Ints, word: Ints, of: np.dtype[np.unsignedinteger]
) -> tuple[Codes, ...]:
    """The codes of all answers, by round; read in parts, so that nothing else is ever as large."""
    rounds = connection.execute(sql("rounds")).to_arrow_table()["round_no"].to_numpy().astype(np.intp)
    round_places, criteria, size = _places(rounds), _places(cube.numbers), len(cube.scale.value)
    n_operations = int(operations.max(initial=-1)) + 1
    codes = np.zeros((len(rounds), len(cube.criteria), n_operations), of)
    flat = codes.reshape(-1)
    for part in connection.execute(sql("answers")).to_arrow_reader(AT_ONCE):
        round_, operation, criterion, status, evidence, version = (column.to_numpy() for column in part.columns)
        criterion = criteria[criterion]
        said = status.astype(np.intp)
        if len(word):
            said += size * word[criterion, np.where(version < word.shape[1], version, 0)]
        at = (round_places[round_] * len(cube.criteria) + criterion) * n_operations + operations[operation]
        flat[at] = 1 + said * LEVELS + evidence + 1
    return tuple(codes)
