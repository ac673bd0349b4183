"""Does somebody ask too often? A token bucket for each key, refilled at a steady rate."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

MOST_KEPT = 10_000
"""Keys that are remembered, however many ask."""


def address_of(scope: Scope) -> str:
    """Return the address that a request came from; of IPv6 the first half, as one household has all of the second.

    Behind a proxy on this machine it is the one that the proxy names (`docs/operating.md`, *Behind a proxy*).
    """
    host = str((scope.get("client") or ("",))[0])
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    return str(found.ipv4_mapped or IPv6Network((found.packed, 64), strict=False))


@dataclass
class RateLimit:
    """Allows `burst` requests at once and `per_second` on average, for each key."""

    burst: int
    per_second: float
    now: Callable[[], float] = time.monotonic
    _left: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    """What is left for each key, and when it last asked; whoever asked last stands last."""

    def takes(self, key: Hashable) -> bool:
        """Whether one more request of this key is allowed now. A refused request costs nothing."""
        now = self.now()
        left = self._refilled(key, now)
        taken = left >= 1
        self._left.pop(key, None)
        self._left[key] = (left - taken, now)
        if len(self._left) > MOST_KEPT:
            self._forget(now)
        return taken

    def _refilled(self, key: Hashable, now: float) -> float:
        left, at = self._left.get(key, (float(self.burst), now))
        return min(self.burst, left + (now - at) * self.per_second)

    def _forget(self, now: float) -> None:
        """Forget keys whose bucket is full again, as they are like new ones, and all but the latest."""
        kept = [key for key in self._left if self._refilled(key, now) < self.burst]
        self._left = {key: self._left[key] for key in kept[-MOST_KEPT // 2 :]}
