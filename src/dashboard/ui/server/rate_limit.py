"""Does somebody ask too often? A token bucket for each key, refilled at a steady rate."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

MOST_KEPT = 10_000


@dataclass
class RateLimit:
    """Allows `burst` requests at once and `per_second` on average, for each key."""

    burst: int
    per_second: float
    now: Callable[[], float] = time.monotonic
    _left: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    _most: int = MOST_KEPT

    def takes(self, key: Hashable) -> bool:
        """Whether one more request of this key is allowed now. A refused request costs nothing."""
        now = self.now()
        left = self._refilled(key, now)
        taken = left >= 1
        self._left[key] = (left - taken, now)
        if len(self._left) > self._most:
            self._forget(now)
        return taken

    def _refilled(self, key: Hashable, now: float) -> float:
        left, at = self._left.get(key, (float(self.burst), now))
        return min(self.burst, left + (now - at) * self.per_second)

    def _forget(self, now: float) -> None:
        """Forget keys whose bucket is full again, as they are indistinguishable from new ones."""
        self._left = {key: kept for key, kept in self._left.items() if self._refilled(key, now) < self.burst}
        self._most = max(MOST_KEPT, 2 * len(self._left))
