"""What does the heat map say in one sentence? The highest and lowest country, the holes, what all share."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column, read_units
from dashboard.figures.cube import Flags
from dashboard.figures.fold import fold_units
from dashboard.figures.read import TOO_FEW, whole_percent


def answer(asked: Asked) -> pa.Table:
    """One row. Percentages are null, and titles too, where no country may show a figure."""
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.spread_over)
    units = fold_units(rows, np.zeros(len(rows.country), np.intp), rows.country)
    figures = read_units(asked, units)

    def titles(flags: Flags) -> str | None:
        return ", ".join(sorted(cube.country_titles[number] for number in units.unit[flags])) or None

    scores = figures.score[figures.shown]
    top, bottom = (scores.max(), scores.min()) if len(scores) else (np.nan, np.nan)
    highest, lowest = figures.shown & (figures.score == top), figures.shown & (figures.score == bottom)
    too_few = figures.reading == TOO_FEW
    n = len(cube.criteria)
    applies = np.bincount(rows.criterion[rows.values[:, rows.measures.index("n_applicable")] > 0], minlength=n)
    answers = np.bincount(rows.criterion[rows.values[:, rows.measures.index("n_answered")] > 0], minlength=n)
    met = np.bincount(rows.criterion, minlength=n) > 0
    n_criteria, n_all = int((applies > 0).sum()), len(units.unit)
    to_all = int((met & (applies == n_all)).sum())
    return pa.table(
        {
            "n_shown": column([len(scores)], pa.int64()),
            "highest": column(whole_percent(np.array([top]))),
            "lowest": column(whole_percent(np.array([bottom]))),
            "n_highest": column([int(highest.sum())], pa.int64()),
            "n_lowest": column([int(lowest.sum())], pa.int64()),
            "highest_titles": column([titles(highest)], pa.string()),
            "lowest_titles": column([titles(lowest)], pa.string()),
            "n_countries": column([n_all], pa.int64()),
            "n_too_few": column([int(too_few.sum())], pa.int64()),
            "too_few_titles": column([titles(too_few)], pa.string()),
            "n_criteria": column([n_criteria], pa.int64()),
            "n_apply_to_all": column([to_all], pa.int64()),
            "n_answered_by_all": column([int((met & (answers == n_all)).sum())], pa.int64()),
            "overlap": column(whole_percent(np.array([to_all / n_criteria if n_criteria else np.nan]))),
        }
    )
