"""Remembers results derived from one publication, which stay valid because it never changes.

This is the only cache of its kind: typed, and limited by number and bytes. The least recently used is dropped first.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock, RLock
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

MOST_ANSWERS = 512
"""How many answers to questions are cached for one publication."""
MOST_BYTES = 64_000_000
"""The most bytes of cached answers; a larger answer is not cached."""
MOST_RESULTS = 16
"""How many results of one function are cached for one publication."""

Value = TypeVar("Value")
Parameters = ParamSpec("Parameters")


def _no_size(value: Any) -> int:
    return 0


class Cache(Generic[Value]):
    """Values by key: the latest `most`, and no more than `most_bytes` by `size`. Thread-safe."""

    def __init__(self, most: int, most_bytes: int = 0, size: Callable[[Value], int] = _no_size) -> None:
        self._most, self._most_bytes, self._size = most, most_bytes, size
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._making: dict[Hashable, RLock] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not cached.

        Threads that ask at the same time wait for each other: the later ones find the value, unless it was too large to
        cache.
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
        """The value, cached if it is not too large."""
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
    """Something that never changes and holds a cache for each function that derives results from it."""

    @property
    def caches(self) -> dict[object, Cache[Any]]: ...


Of = TypeVar("Of", bound=HasCaches)


def once(
    function: Callable[Concatenate[Of, Parameters], Value],
) -> Callable[Concatenate[Of, Parameters], Value]:
    """The function, cached per publication and arguments, which must be hashable."""

    @wraps(function)
    def cached(of: Of, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        cache: Cache[Value] = of.caches.setdefault(function, Cache(MOST_RESULTS))
        return cache.get((args, *sorted(kwargs.items())), lambda: function(of, *args, **kwargs))

    return cached
