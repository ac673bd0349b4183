"""Is everything taken out of a text that XML cannot hold, and nothing else?"""

from html import escape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.sheet_cells import unwritable_in, xml_text, xml_values

ODD = st.sampled_from([*map(chr, range(33)), "\x7f", "\x85", "\ud800", "\udfff", "\ufdd0", "\ufffd", "\ufffe", "\uffff",
                       "\U0001fffe", "\U0010ffff"])  # fmt: skip


def is_held(text: str) -> bool:
    """Whether a reader of XML takes the text."""
    try:
        ElementTree.fromstring(f"<a>{escape(text)}</a>".encode())  # noqa: S314
    except (ElementTree.ParseError, UnicodeEncodeError):
        return False
    return True


@given(st.lists(st.one_of(ODD, st.text(max_size=3))).map("".join))
def test_xml_holds_what_is_left_and_no_more_was_taken_out(text: str) -> None:
    left = xml_text(text)
    assert is_held(left)
    assert xml_text(left) is left
    assert left.replace(" ", "") == "".join(sign for sign in text if is_held(sign)).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "left", "out"),
    [
        ("Train\ufffe guards\uffff", "Train guards", "U+FFFE, U+FFFF"),
        ("one\x0b\x0ctwo\x1fthree", "one two three", "U+000B, U+000C, U+001F"),
        ("\x02\ud83d", "", "U+0002, U+D83D"),
        ("tab\tline\nreturn\r", "tab\tline\nreturn\r", ""),
        ("noncharacters \ufdd0 \U0001fffe", "noncharacters \ufdd0 \U0001fffe", ""),
    ],
)
def test_words_stay_apart_and_what_is_taken_out_is_named(text: str, left: str, out: str) -> None:
    assert (xml_text(text), unwritable_in(text)) == (left, out)


def test_texts_are_found_however_deep_they_are() -> None:
    values = {"a\x02": ["b\ufffe", {"c": "d\x00"}], "n": 1, "none": None}
    assert xml_values(values) == {"a": ["b", {"c": "d"}], "n": 1, "none": None}
