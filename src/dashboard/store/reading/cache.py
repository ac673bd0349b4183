"""What a process remembers of one publication. It never changes, so what was worked out of it stays right.

The one place for such memory: typed, and limited by number and by bytes. What was not asked longest is forgotten first.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock, RLock
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

MOST_ANSWERS = 512
"""So many answers to questions are kept of one publication."""
MOST_BYTES = 64_000_000
"""And no more than so many bytes of them; a larger answer is not kept."""
MOST_RESULTS = 16
"""So many values of one function are kept of one publication."""

Value = TypeVar("Value")
Parameters = ParamSpec("Parameters")


def _no_size(value: Any) -> int:
    return 0


class Cache(Generic[Value]):
    """Values by key: the latest `most`, and no more than `most_bytes` by `size`. Safe to use from many threads."""

    def __init__(self, most: int, most_bytes: int = 0, size: Callable[[Value], int] = _no_size) -> None:
        self._most, self._most_bytes, self._size = most, most_bytes, size
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._making: dict[Hashable, RLock] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made when it is not kept.

        Threads that ask at once make it one after the other: the later ones find it, unless it was too large to keep.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
            making = self._making.setdefault(key, RLock())
        with making:
            with self._lock:
                if key in self._values:
                    return self._values[key][0]
            try:
                return self._made(key, make())
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _made(self, key: Hashable, value: Value) -> Value:
        """The value, kept if it is not too large."""
        size = self._size(value)
        if size <= self._most_bytes or not self._most_bytes:
            with self._lock:
                self._forget(key)
                self._values[key] = value, size
                self._bytes += size
                while len(self._values) > self._most or self._bytes > self._most_bytes > 0:
                    self._forget(next(iter(self._values)))
        return value

    def _forget(self, key: Hashable) -> None:
        if key in self._values:
            self._bytes -= self._values.pop(key)[1]

    def __len__(self) -> int:
        return len(self._values)


class HasCaches(Protocol):
    """Something that never changes, and that keeps what was made of it: by function, a cache of its own."""

    @property
    def caches(self) -> dict[object, Cache[Any]]: ...


Of = TypeVar("Of", bound=HasCaches)


def once(
    function: Callable[Concatenate[Of, Parameters], Value],
) -> Callable[Concatenate[Of, Parameters], Value]:
    """The function, worked out once per publication and arguments. Its arguments must be hashable."""

    @wraps(function)
    def cached(of: Of, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        cache: Cache[Value] = of.caches.setdefault(function, Cache(MOST_RESULTS))
        return cache.get((args, *sorted(kwargs.items())), lambda: function(of, *args, **kwargs))

    return cached
