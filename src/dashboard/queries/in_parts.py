"""How are all rows of a question read, however many there are? Part by part, so that no more need be held.

Memory then depends on the size of a part, not on the number of answers. What is folded, masked or imagined is held as
a whole: what is withheld of one row may depend on the others.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from dashboard.queries.ask import Value, ask, parameters, question, statement
from dashboard.queries.folded import folded
from dashboard.queries.zero_nulls import zero_nulls
from dashboard.store.reading.reader import Published

PART = 10_000
"""The most rows of a part."""


@dataclass(frozen=True, eq=False)
class InParts:
    """The rows of a question, asked anew each time they are read. Used like a `pa.Table`, which is held instead.

    `change` is applied to every part. The publication must stay open until they are read.
    """

    published: Published
    name: str
    given: Mapping[str, Value]
    change: Callable[[pa.Table], pa.Table]

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns, known without reading any rows."""
        if self._held is not None:
            return self._held.schema
        with self.published.cursor() as cursor:
            columns = f"FROM ({question(self.name).rstrip().rstrip(';')}) LIMIT 0"
            found: pa.RecordBatchReader = cursor.execute(columns, self._asked).to_arrow_reader(1)
            return self.change(found.schema.empty_table()).schema

    def to_batches(self, max_chunksize: int = PART) -> Iterator[pa.RecordBatch]:
        """The rows in the order of the question, at most so many at a time."""
        if self._held is not None:
            yield from self._held.to_batches(max_chunksize)
            return
        with self.published.cursor() as cursor:
            read: pa.RecordBatchReader = cursor.execute(statement(self.name), self._asked).to_arrow_reader(
                max_chunksize
            )
            for batch in read:
                part = self.change(zero_nulls(pa.Table.from_batches([batch])))
                yield from part.to_batches(max_chunksize)

    @property
    def _asked(self) -> dict[str, Value]:
        return parameters(self.name, self.given)

    @cached_property
    def _held(self) -> pa.Table | None:
        """All rows, if they cannot be read in parts."""
        if self.name in folded() or self.published.masked or self.published.imagined:
            return self.change(ask(self.published, self.name, self.given))
        return None
