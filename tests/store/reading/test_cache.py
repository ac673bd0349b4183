"""Are recent answers cached within the limits, and results calculated once per publication?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from dashboard.store.cache import MOST_RESULTS, Cache, once


def never() -> str:
    raise AssertionError("it is made anew")


def test_what_was_not_asked_longest_is_forgotten_first() -> None:
    cache: Cache[str] = Cache(2)
    assert [cache.get(key, lambda key=key: key) for key in "ab"] == ["a", "b"]  # type: ignore[misc]
    cache.get("a", never)
    cache.get("c", lambda: "c")
    assert len(cache) == 2
    assert (cache.get("a", never), cache.get("c", never)) == ("a", "c")
    assert cache.get("b", lambda: "anew") == "anew"


def test_no_more_bytes_are_kept_than_allowed() -> None:
    cache: Cache[str] = Cache(100, 10, len)
    for text in ("aaaa", "bbbb", "cccc"):
        cache.get(text[0], lambda text=text: text)  # type: ignore[misc]
    assert (cache.get("b", never), cache.get("c", never), len(cache)) == ("bbbb", "cccc", 2)
    assert cache.get("long", lambda: "x" * 11) == "x" * 11
    assert (cache.get("b", never), cache.get("c", never), len(cache)) == ("bbbb", "cccc", 2), (
        "nothing is put out for it"
    )


def test_a_value_that_could_not_be_made_is_asked_again() -> None:
    cache: Cache[str] = Cache(2)
    with pytest.raises(AssertionError):
        cache.get("a", never)
    assert cache.get("a", lambda: "a") == "a"


def test_of_threads_that_ask_at_once_one_makes_it_and_the_others_wait() -> None:
    cache: Cache[str] = Cache(2)
    asked, begun, made = Event(), Event(), []

    def slowly() -> str:
        begun.set()
        asked.wait(10)
        made.append("a")
        return "a"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "a", slowly)
        begun.wait(10)
        second = pool.submit(cache.get, "a", slowly)
        assert cache.get("b", lambda: "b") == "b", "another key waits for nobody"
        asked.set()
        assert (first.result(10), second.result(10), made) == ("a", "a", ["a"])


@dataclass(eq=False)
class Thing:
    """Something that never changes."""

    caches: dict[object, Cache[Any]] = field(default_factory=dict)


def test_a_function_is_calculated_once_for_each_thing_and_its_arguments() -> None:
    calls: list[tuple[Thing, int]] = []

    @once
    def twice(thing: Thing, number: int) -> int:
        calls.append((thing, number))
        return 2 * number

    one, other = Thing(), Thing()
    assert [twice(one, 1), twice(one, 1), twice(one, 2), twice(other, 1)] == [2, 2, 4, 2]
    assert calls == [(one, 1), (one, 2), (other, 1)]
    for number in range(MOST_RESULTS + 2):
        twice(one, number)
    assert len(one.caches[next(iter(one.caches))]) == MOST_RESULTS
