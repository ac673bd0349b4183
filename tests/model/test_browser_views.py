"""Are views in a cookie read back as they were stored, within its size, and is nothing forged accepted?"""

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from random import Random
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.tour import (  # fmt: skip
    LONGEST_TITLE,
    MOST_CHARACTERS,
    MOST_LETTERS,
    MOST_SAVED_VIEWS,
    MOST_UNPACKED,
    Step,
    ViewChange,
    changed_views,
    cookie_of_views,
    views_in_cookie,
)

AMHARIC = [chr(letter) for letter in range(0x1200, 0x1240)]


def view(title: str, text: str = "It shows something.", **query: str) -> Step:
    return Step.of_view("heatmap", query, title, text)


def packed(plain: object) -> str:
    text = plain if isinstance(plain, bytes) else json.dumps(plain).encode()
    return urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def test_what_is_kept_is_read_back_and_stands_in_a_cookie_as_it_is() -> None:
    views = (view("Ghana, now; [x]", "“Ä” & <b>", country="GHA,BOL", kind="support"), view("b"))
    cookie = cookie_of_views(views) or ""
    assert views_in_cookie(cookie) == (views, 0)
    assert set(cookie) <= {*ascii_letters, *"0123456789-_"}


def test_one_of_the_same_title_takes_the_place_and_one_is_removed() -> None:
    views = changed_views((view("a"), view("b")), ViewChange(save=view("a", "Another.")))
    assert [(one.title, one.text) for one in views] == [("b", "It shows something."), ("a", "Another.")]
    assert changed_views(views, ViewChange(remove="b")) == views[1:]
    assert changed_views(views, ViewChange(remove="c")) == views


def test_as_many_fit_as_is_said_where_they_are_as_long_as_most() -> None:
    texts = [f"What {place} has answered, what it owes and what it does next, number {n}." for n, place in
             enumerate(["Ghana", "Chad", "Senegal", "Bolivia", "Colombia", "Paraguay"] * 2)]  # fmt: skip
    views = tuple(view(f"The view of {n}", text, country="GHA,BOL,COL") for n, text in enumerate(texts))
    assert len(views) == MOST_SAVED_VIEWS
    assert cookie_of_views(views)
    assert cookie_of_views((*views, view("one more"))) is None


def test_what_is_too_long_is_not_kept() -> None:
    noise = Random(1)
    long = tuple(view(f"{n}", "".join(noise.choices(AMHARIC, k=MOST_CHARACTERS))) for n in range(MOST_SAVED_VIEWS))
    assert cookie_of_views(long) is None
    assert 0 < len(cookie_of_views(long[:6]) or "") <= MOST_LETTERS


@pytest.mark.parametrize(
    "cookie",
    [
        "x", "ü", "====", "A" * 5000,
        packed(b"\xff"), packed(b"[" * 10_000), packed(b" " * (MOST_UNPACKED + 1)), packed(b"1" * 5000),
        packed(b"null"), packed({"page": "heatmap"}), packed([])[:-4],
    ],
)  # fmt: skip
def test_what_is_no_list_of_views_is_none_and_is_counted(cookie: str) -> None:
    assert views_in_cookie(cookie) == ((), 1)


WRONG = (
    7,
    {"page": "heatmap"},
    {"page": "no-page", "title": "A", "text": "B"},
    {"page": "heatmap", "title": "a" * (LONGEST_TITLE + 1), "text": "B"},
    {"page": "heatmap", "title": "A", "text": "B", "view": {"country": ["<b>"]}},
    {"page": "heatmap", "title": "A", "text": "B", "view": {"safe": "no"}},
    {"page": "heatmap", "title": "A", "text": "B" * (MOST_CHARACTERS + 1)},
)


def test_what_of_a_list_is_no_view_is_left_out_and_counted() -> None:
    right = {"page": "heatmap", "title": "A", "text": "B"}
    assert views_in_cookie(packed([*WRONG, right])) == ((view("A", "B"),), len(WRONG))
    assert len(views_in_cookie(packed([right | {"title": f"{n}"} for n in range(50)]))[0]) == MOST_SAVED_VIEWS


@given(st.binary() | st.lists(st.integers(0, 255)).map(bytes))
def test_no_cookie_whatever_it_holds_fails_the_reader(body: bytes) -> None:
    for cookie in (body.decode("latin-1"), packed(body)):
        found: Sequence[Step] = views_in_cookie(cookie)[0]
        assert not found
