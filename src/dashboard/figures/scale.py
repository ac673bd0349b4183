"""The scales of all frameworks, and days, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CLOSE = 1e-9
"""Values that differ by less are the same."""


@dataclass(frozen=True, eq=False)
class Scale:
    """What each status counts as and what it is worth, by the number of the status; nan if it has no worth."""

    number: Mapping[tuple[int, str], int]
    """By the number of a scale and status."""
    of_framework: Mapping[str, tuple[int, ...]]
    """The numbers of the scales of each framework, its own first."""
    status: tuple[str, ...]
    title: tuple[str, ...]
    counts_as: npt.NDArray[np.object_]
    value: npt.NDArray[np.float64]

    def answers(self, scale: int) -> list[int]:
        """The numbers of the statuses of one scale that count as answered."""
        return [n for (of, _), n in self.number.items() if of == scale and self.counts_as[n] == "answered"]

    @cached_property
    def best(self) -> Mapping[int, int]:
        """By scale: the number of the status that is worth most, the first if two are equal; 0 if there is none."""
        scales = dict.fromkeys(scale for scale, _ in self.number)
        return {scale: min(self.answers(scale), key=lambda n: (-self.value[n], n), default=0) for scale in scales}

    def largest_step(self, framework: str) -> float:
        """The greatest difference between two neighbouring answers: 0.5 where *partly* counts half."""
        values = [np.unique(self.value[self.answers(scale)]) for scale in self.of_framework.get(framework, ())]
        return max((float(np.diff(one).max(initial=0.0)) for one in values), default=0.0)

    def worth_the_same(self, framework: str, status: str, scale: int) -> int | None:
        """The number of what is worth on a scale what `status` is worth on the framework's own; None if nothing is."""
        own, *_ = self.of_framework[framework]
        number = self.number.get((own, status))
        if number is None or scale == own:
            return number
        same = (
            n
            for (of, _), n in self.number.items()
            if of == scale
            and self.counts_as[n] == self.counts_as[number]
            and (np.isnan(self.value[number]) or abs(self.value[n] - self.value[number]) < CLOSE)
        )
        return min(same, default=None)


def scale(rows: Sequence[Mapping[str, Any]]) -> Scale:
    """All scales, from rows with `status_no`, `framework`, `scale_no`, `status`, `title`, `counts_as` and `value`."""
    size = 1 + max((row["status_no"] for row in rows), default=0)
    status, title, counts_as, value = [""] * size, [""] * size, np.full(size, "", dtype=object), np.full(size, np.nan)
    for row in rows:
        status[row["status_no"]] = row["status"]
        title[row["status_no"]] = row["title"]
        counts_as[row["status_no"]] = row["counts_as"]
        value[row["status_no"]] = np.nan if row["value"] is None else row["value"]
    number = {(row["scale_no"], row["status"]): row["status_no"] for row in rows}
    of_framework: dict[str, dict[int, None]] = {}
    for row in sorted(rows, key=lambda row: (row["of_scale"] != "", row["reversed"], row["scale_no"])):
        of_framework.setdefault(row["framework"], {})[row["scale_no"]] = None
    scales = {framework: tuple(numbers) for framework, numbers in of_framework.items()}
    return Scale(number, scales, tuple(status), tuple(title), counts_as, value)


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
