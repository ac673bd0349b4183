"""Defines severe and serious risks, and their order. This is the only definition; gaps are in `gaps.py`.

A risk is an impact that was rated; a rating belongs to one operation, and so does a gap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.cube import Floats, Ints
from dashboard.figures.gaps import JUDGED, NOT_YET, PARTLY, Judgements, judgements
from dashboard.figures.grid import cover_with_level
from dashboard.figures.ratings import GRADES, cards, of_impacts, residual_columns, told
from dashboard.figures.selection import Asked
from dashboard.model.known_codes import HEAD_OFFICE, SERIOUS, SEVERE

TOLD = (
    "impact", "impact_position", "risk_area", "setting", "age_groups", "groups", "stage", "basis", "citation",
    "functions", "rights",
)  # fmt: skip
"""What is said about the impact itself."""
OF_GAPS = ("n_severe_gaps", "n_gaps", "n_partly", "n_not_yet", "gap_countries", "rated_countries")
OF_RISK = ("impact", "risk_area", "rights", "severity", "n_rated", "n_at_severity", *OF_GAPS)
"""What most questions need of a risk; no figure from answers, which may have to be withheld."""
BESIDE = ("covered_risks",)
"""The question whose table other questions about risks build on."""


@dataclass(frozen=True)
class Gaps:
    """How many severe gaps there are, in how many of the countries that rated a risk, and of how many risks.

    A gap is one operation's. The head office's is its own, and in no country. `n_partly` and `n_not_yet` are severe
    ratings, too: partly addressed, and not judged yet.
    """

    n: int
    n_countries: int
    of_countries: int
    head_office: bool
    """Whether the head office has one."""
    n_risks: int
    n_partly: int
    n_not_yet: int


def gaps_in(risks: Iterable[Mapping[str, Any]]) -> Gaps:
    """The severe gaps among some risks."""
    rows = list(risks)
    with_gap = [row["n_severe_gaps"] for row in rows if row["n_severe_gaps"]]
    at, of = (len(_countries_in(rows, name)) for name in ("gap_countries", "rated_countries"))
    home = any(HEAD_OFFICE in row["gap_countries"] for row in rows)
    partly, not_yet = (sum(row[name] for row in rows) for name in ("n_partly", "n_not_yet"))
    return Gaps(sum(with_gap), at, of, home, len(with_gap), partly, not_yet)


def _countries_in(rows: list[Mapping[str, Any]], name: str) -> set[str]:
    return {code for row in rows for code in row[name]} - {HEAD_OFFICE}


def covered_risks(asked: Asked) -> pa.Table:
    """The risks rated within the filters, in order, each with its gaps, and its cover in the framework in view.

    `n_severe_gaps` and `n_gaps` count operations: those that rate it severe, and those that rate it severe or serious;
    `n_partly` those that rate it severe and partly address it; `n_not_yet` those that rate it severe and are not judged
    yet. `gap_operations` names those of `n_gaps`, severe ones first, and `gap_reasons` says why, from JUDGED;
    `judged_otherwise` is what the other severe and serious ratings are judged to be. `gap_countries` are those with a
    severe gap. No risk depends on another, so that all of them are calculated once, and another choice of risks only
    takes its own.
    """
    every = _every(asked).table
    chosen = every.filter(pc.is_in(every["impact"], pa.array(asked.given["impacts"], pa.string())))
    return chosen.append_column("risk_order", pa.array(np.arange(1, len(chosen) + 1), pa.int64()))


def ranked(asked: Asked) -> list[Mapping[str, Any]]:
    """The same risks in the same order, with only `OF_RISK` of each: the quick way to them."""
    chosen = set(asked.given["impacts"])
    return [row for row in _every(asked).rows if row["impact"] in chosen]


@dataclass(frozen=True, eq=False)
class _Every:
    """Every rated risk, whatever the filter of risks."""

    table: pa.Table

    @cached_property
    def rows(self) -> list[Mapping[str, Any]]:
        rows: list[Mapping[str, Any]] = self.table.select(OF_RISK).to_pylist()
        return rows


def _every(asked: Asked) -> _Every:
    given = asked.given
    key = ("risks", given["framework"], given["round"], tuple(given["countries"]))
    every: _Every = asked.once_of_sums(key, lambda: _Every(_every_risk(asked)))
    return every


def _every_risk(asked: Asked) -> pa.Table:
    """The same whatever the filter of risks, without the numbers of their order."""
    asked = replace(asked, given={**asked.given, "impacts": cards(asked).codes})
    rated, operations = of_impacts(asked)
    impacts = [cards(asked).codes[place] for place in rated.impact]
    covered, levels = cover_with_level(asked, impacts)
    covered |= _gaps(asked, rated.impact)
    grades = {name: pa.array(rated.grade(place), pa.int16()) for place, name in enumerate(GRADES["ratings"])}
    rows = {"impact": impacts, **grades, "n_rated": rated.n_rated, "n_at_severity": rated.n_top}
    ranks = {name: covered.pop(name) for name in ("gap_irremediability",)}
    places = order(pa.table({**rows, **ranks, "level": levels, "n_severe_gaps": covered["n_severe_gaps"]}))
    rated, taken = rated.take(places), pa.array(places)
    return pa.table(
        {
            **told(asked, rated, TOLD),
            **{name: values.take(taken) for name, values in grades.items()},
            "n_rated": pa.array(rated.n_rated),
            "n_at_severity": pa.array(rated.n_top),
            "operations": operations.take(taken),
            "residual_severity": residual_columns(rated)["residual_severity"],
            "n_residual": pa.array(rated.n_residual),
            **{name: values.take(taken) for name, values in covered.items()},
        }
    )


def _gaps(asked: Asked, impacts: Ints) -> dict[str, pa.Array]:
    """The columns `OF_GAPS` of some impacts, and the highest irremediability among operations with a severe gap."""
    judged = judgements(asked)
    severe = judged.take(judged.severity == SEVERE)
    gaps, every_gap = severe.take(severe.gap), judged.take(judged.gap)
    n = len(cards(asked).codes)
    worst = np.zeros(n, np.intp)
    np.maximum.at(worst, gaps.impact, gaps.irremediability)
    return {
        "n_severe_gaps": _counted(gaps, n, impacts),
        "n_gaps": _counted(every_gap, n, impacts),
        "n_partly": _counted(severe.take(severe.judged == PARTLY), n, impacts),
        "n_not_yet": _counted(severe.take(severe.judged == NOT_YET), n, impacts),
        "gap_countries": _countries(asked, gaps, impacts),
        "rated_countries": _countries(asked, judged, impacts),
        **_named(asked, every_gap, impacts),
        "judged_otherwise": _otherwise(judged, impacts),
        "gap_irremediability": pa.array(worst[impacts]),
    }


def _counted(judged: Judgements, n: int, impacts: Ints) -> pa.Array:
    return pa.array(np.bincount(judged.impact, minlength=n)[impacts], pa.int64())


def _otherwise(judged: Judgements, impacts: Ints) -> pa.Array:
    """By impact: what its severe and serious ratings that are no gaps are judged to be, in the order of JUDGED."""
    found: dict[int, list[int]] = {}
    others = judged.take((judged.severity >= SERIOUS) & ~judged.gap)
    for impact, word in zip(others.impact.tolist(), others.judged.tolist(), strict=True):
        found.setdefault(impact, []).append(word)
    words = [[JUDGED[word] for word in sorted(found.get(one, ()))] for one in impacts.tolist()]
    return pa.array(words, pa.list_(pa.string()))


def _named(asked: Asked, gaps: Judgements, impacts: Ints) -> dict[str, pa.Array]:
    """By impact: the operations that have the gap, severe ones first, then by reason and title; and their reasons."""
    names = dict(
        zip(*(asked.rows("operations_named")[one].to_pylist() for one in ("operation_no", "title")), strict=True)
    )
    numbers = asked.answers().numbers[gaps.operation].tolist()
    found: dict[int, list[tuple[int, int, str]]] = {}
    for impact, severity, judged, number in zip(
        gaps.impact.tolist(), gaps.severity.tolist(), gaps.judged.tolist(), numbers, strict=True
    ):
        found.setdefault(impact, []).append((-severity, judged, names[number]))
    rows = [sorted(found.get(one, ()), key=lambda gap: (*gap[:2], gap[2].casefold())) for one in impacts.tolist()]
    texts = pa.list_(pa.string())
    return {
        "gap_operations": pa.array([[name for _, _, name in row] for row in rows], texts),
        "gap_reasons": pa.array([[JUDGED[judged] for _, judged, _ in row] for row in rows], texts),
    }


def _countries(asked: Asked, gaps: Judgements, impacts: Ints) -> pa.Array:
    """By impact: the codes of the countries in which it is a gap, in list order."""
    found: dict[int, list[int]] = {}
    for impact, country in sorted(set(zip(gaps.impact.tolist(), gaps.country.tolist(), strict=True))):
        found.setdefault(impact, []).append(country)
    codes = asked.cube.countries
    return pa.array([[codes[at] for at in found.get(one, ())] for one in impacts.tolist()], pa.list_(pa.string()))


def order(risks: pa.Table) -> Ints:
    """The order of risks: first severe gaps, then the others; each by what it is about the child, never a product.

    Gaps: irremediability, the highest among operations with the gap; their share of all that rated the risk; their
    number; id. Others: severity; irremediability; the share of ratings that severe; cover; likelihood; id. Cover is
    that of the framework in view, by band: risks without a figure come first, then the lower band.
    """
    severity, irremediability, likelihood, n_rated, n_at_severity, level, n_gaps, worst = (
        _numbers(risks, name)
        for name in (
            "severity", "irremediability", "likelihood", "n_rated", "n_at_severity", "level", "n_severe_gaps",
            "gap_irremediability",
        )
    )  # fmt: skip
    ids = np.array(risks["impact"].to_pylist(), dtype=np.str_)
    is_gap, cover_ = n_gaps > 0, np.nan_to_num(level, nan=-1.0)
    keys = [
        (severity * 0, -severity),
        (-worst, -irremediability),
        (-n_gaps / n_rated, -n_at_severity / n_rated),
        (-n_gaps, cover_),
        (severity * 0, -likelihood),
    ]
    chosen = [np.where(is_gap, of_gap, other) for of_gap, other in keys]
    return np.lexsort((ids, *reversed(chosen), ~is_gap))


def _numbers(table: pa.Table, name: str) -> Floats:
    values: Floats = table[name].to_numpy(zero_copy_only=False).astype(np.float64)
    return values
