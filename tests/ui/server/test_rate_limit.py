"""Are requests accepted up to a burst and then at a steady rate, for each client?"""

from dashboard.ui.server import rate_limit
from dashboard.ui.server.rate_limit import RateLimit


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_is_allowed_and_then_a_steady_rate() -> None:
    clock = Clock()
    limit = RateLimit(3, 2, clock)
    assert [limit.takes("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.takes("b")
    clock.at = 0.49
    assert not limit.takes("a")
    clock.at = 0.5
    assert [limit.takes("a") for _ in range(2)] == [True, False]
    clock.at = 1000
    assert [limit.takes("a") for _ in range(4)] == [True, True, True, False]


def test_idle_clients_are_forgotten_and_limited_ones_are_not() -> None:
    clock = Clock()
    limit = RateLimit(3, 1, clock)
    for key in range(rate_limit.MOST_KEPT):
        assert limit.takes(key)
    clock.at = 60
    assert [limit.takes("often") for _ in range(4)] == [True, True, True, False]
    assert list(limit._left) == ["often"]
    assert not limit.takes("often")
