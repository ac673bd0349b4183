"""Does a round of another standard in between remove a standard's change? It once did, without an error."""

from dataclasses import replace

from tests.store.test_scoring import drawn
from tests.store.world import duck, fold


def test_the_round_before_is_the_frameworks_own() -> None:
    one = drawn("| c | r1 | r2 | r3 |\n| a | full | not asked | nil |")
    other = drawn("| c | r1 | r2 | r3 |\n| b | not asked | full | not asked |", framework=2, first=2)
    with duck() as engine:
        fold(engine, replace(one, criteria=one.criteria + other.criteria, answers=one.answers + other.answers))
        found = engine.execute("SELECT round_no, earlier_no, n_matched, n_worse FROM matched").fetchall()
    assert found == [(3, 1, 1, 1)]
