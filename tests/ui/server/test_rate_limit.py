"""Are requests accepted up to a burst and then at a steady rate, for each client?"""

import pytest

from dashboard.ui.server import limits
from dashboard.ui.server.limits import RateLimit, address_of


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
    for key in range(limits.MOST_KEPT):
        assert limit.takes(key)
    clock.at = 60
    assert [limit.takes("often") for _ in range(4)] == [True, True, True, False]
    assert list(limit._left) == ["often"]
    assert not limit.takes("often")


def test_however_many_ask_only_so_many_are_remembered_and_the_latest_among_them() -> None:
    limit = RateLimit(2, 0, Clock())
    for key in range(3 * limits.MOST_KEPT):
        assert limit.takes(key)
        limit.takes("often")
        assert len(limit._left) <= limits.MOST_KEPT
    assert not limit.takes("often")
    assert [limit.takes(key) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:aaaa::1", 1), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:bbbb::2", 9), "2001:db8:1:2::/64"),
        (("2001:db8:1:3::1", 1), "2001:db8:1:3::/64"),
        (("::ffff:192.0.2.7", 1), "192.0.2.7"),
        (("testclient", 1), "testclient"),
        (None, ""),
    ],
)
def test_an_address_is_that_of_a_household(client: tuple[str, int] | None, address: str) -> None:
    assert address_of({"type": "http", "client": client}) == address
