"""What a short start asks: the critical criteria, and the fewest others that leave no severe risk without a question.

See docs/group-changes.md.
"""

from collections.abc import Collection, Iterable, Sequence

import duckdb

from dashboard.model.known_codes import SEVERE
from dashboard.store.sql import run, sql

MOST_TRIED = 20_000
"""So many choices are tried for one operation at most. Then the best one so far stands, which is rarely one more."""


def keep_short_starts(connection: duckdb.DuckDBPyConnection) -> None:
    """Take from `asked` whatever operations with a short start are not asked yet."""
    connection.execute("CREATE TEMP TABLE started_with (round_no SMALLINT, profile_no INTEGER, criterion_no SMALLINT)")
    needs: dict[tuple[int, int], list[list[int]]] = {}
    rows = connection.execute(sql("load/asked/short_needs"), {"severe": SEVERE}).fetchall()
    for round_no, profile_no, _, criteria in rows:
        needs.setdefault((round_no, profile_no), []).append(criteria)
    chosen = [(*place, criterion) for place, risks in needs.items() for criterion in fewest(risks)]
    if chosen:
        connection.executemany("INSERT INTO started_with VALUES (?, ?, ?)", chosen)
    run(connection, "load/asked/short_start")


def fewest(needs: Iterable[Sequence[int]]) -> list[int]:
    """The fewest numbers of which every need names one; of equally many, those that needs name first.

    A branch takes each number of the need with the fewest, so that nothing is left out. No need may be empty.
    """
    order = {number: place for place, number in enumerate(dict.fromkeys(n for need in needs for n in need))}
    sets = [frozenset(need) for need in needs]
    # What a smaller need asks for serves the larger one as well.
    sets = [one for one in dict.fromkeys(sets) if not any(smaller < one for smaller in sets)]
    best, tried = _greedy(sets, order), 0

    def search(taken: list[int], left: Collection[frozenset[int]]) -> None:
        nonlocal best, tried
        tried += 1
        if tried > MOST_TRIED or len(taken) + _least(left) >= len(best):
            return
        if not left:
            best = taken
            return
        for number in sorted(sorted(left, key=len)[0], key=lambda n: (-sum(n in one for one in left), order[n])):
            search([*taken, number], [one for one in left if number not in one])

    search([], sets)
    return sorted(best, key=order.__getitem__)


def _greedy(sets: Collection[frozenset[int]], order: dict[int, int]) -> list[int]:
    taken: list[int] = []
    while sets:
        number = max(order, key=lambda n: (sum(n in one for one in sets), -order[n]))
        taken.append(number)
        sets = [one for one in sets if number not in one]
    return taken


def _least(left: Collection[frozenset[int]]) -> int:
    """At least so many numbers are needed: needs that share no number take one each."""
    n, seen = 0, frozenset[int]()
    for one in sorted(left, key=len):
        if not one & seen:
            n, seen = n + 1, seen | one
    return n
