"""The scales of all frameworks, and days, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Scale:
    """What each status counts as and what it is worth, by the number of the status; nan if it has no worth."""

    number: Mapping[tuple[str, str], int]
    """By framework and status."""
    status: tuple[str, ...]
    title: tuple[str, ...]
    counts_as: npt.NDArray[np.object_]
    value: npt.NDArray[np.float64]

    def best(self, framework: str) -> tuple[str, float]:
        """The status that is worth most, the first if two are equal, and its worth."""
        answered = [
            (-self.value[number], number, status)
            for (of, status), number in self.number.items()
            if of == framework and self.counts_as[number] == "answered"
        ]
        worth, _, status = min(answered, default=(np.nan, 0, ""))
        return status, -float(worth)

    def largest_step(self, framework: str) -> float:
        """The greatest difference between two neighbouring answers: 0.5 where *partly* counts half."""
        places = [number for (of, _), number in self.number.items() if of == framework]
        values = np.unique(self.value[[number for number in places if self.counts_as[number] == "answered"]])
        return float(np.diff(values).max(initial=0.0))


def scale(rows: Sequence[Mapping[str, Any]]) -> Scale:
    """All scales, from rows with `status_no`, `framework`, `status`, `title`, `counts_as` and `value`."""
    size = 1 + max((row["status_no"] for row in rows), default=0)
    status, title, counts_as, value = [""] * size, [""] * size, np.full(size, "", dtype=object), np.full(size, np.nan)
    for row in rows:
        status[row["status_no"]] = row["status"]
        title[row["status_no"]] = row["title"]
        counts_as[row["status_no"]] = row["counts_as"]
        value[row["status_no"]] = np.nan if row["value"] is None else row["value"]
    number = {(row["framework"], row["status"]): row["status_no"] for row in rows}
    return Scale(number, tuple(status), tuple(title), counts_as, value)


def days(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    """Dates as days since 1970, nan if there is none."""
    found: npt.NDArray[np.float64] = column.cast(pa.int32()).cast(pa.float64()).to_numpy()
    return found


def dates(values: npt.NDArray[np.float64]) -> pa.Array:
    """The reverse: dates from days, null if there is none."""
    return pa.array(values, pa.float64(), from_pandas=True).cast(pa.int32()).cast(pa.date32())


def months_until(values: npt.NDArray[np.float64], today: date) -> pa.Array:
    """How many months ago the month of each day was; null if there is no day."""
    known = ~np.isnan(values)
    day = np.where(known, values, 0).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return pa.array(np.datetime64(today, "M").astype(np.int64) - day, pa.int64(), mask=~known)
