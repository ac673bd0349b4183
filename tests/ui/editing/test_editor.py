"""Does an editor convert its fields without loss, and restore exactly the rows that nobody has changed since?"""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, FieldKind


@dataclass(frozen=True)
class Toy:
    """A row of the toy table, every value as text."""

    toy: str = ""
    name: str = ""
    made_on: str = ""
    pieces: str = ""


NAME = Field("name", required=True)
PIECES = Field("pieces", FieldKind.NUMBER, choices=("withheld",))
MADE_ON = Field("made_on", FieldKind.DATE, required=True, applies=lambda toy: toy.name != "undated")
TOYS: Editor[Toy] = Editor("toys", ((NAME, MADE_ON), (PIECES,)), withdrawn=lambda toy: Toy(toy.toy))
WAS = Toy("T-1", "Kite", "2025-03-04", "12")
NOW = replace(WAS, name="Top")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, "a; b", "a; b"),
        (FieldKind.LONG_TEXT, "a\nb", "a\nb"),
        (FieldKind.DATE, "2025-03-04", date(2025, 3, 4)),
        (FieldKind.DATE, "", None),
        (FieldKind.NUMBER, "12", 12),
        (FieldKind.NUMBER, "", None),
        (FieldKind.SEVERAL_OF, "a;b", ["a", "b"]),
        (FieldKind.SEVERAL_OF, "", []),
        (FieldKind.ONE_OF, "a", "a"),
        (FieldKind.YES_NO, "true", True),
        (FieldKind.YES_NO, "", False),
    ],
)
def test_a_value_comes_back_from_its_widget_as_it_was(kind: FieldKind, text: str, value: object) -> None:
    field = Field("x", kind)
    assert field.value(text) == value
    assert field.text(value) == text


def test_a_choice_that_is_no_longer_offered_stays_and_none_is_what_the_row_calls_it(words: Words) -> None:
    field = Field("x", FieldKind.ONE_OF, unset="unanswered")
    offered = {"x": {"yes": "Yes"}}
    assert field.offered(words, offered, "unanswered") == {"yes": "Yes"}
    assert field.offered(words, offered, "former") == {"yes": "Yes", "former": "former"}
    assert field.text(None) == "unanswered"
    assert field.in_words(words, offered, "yes") == "Yes"
    assert field.in_words(words, offered, "unanswered") == ""


def test_a_field_that_a_row_does_not_have_is_not_asked_of_it() -> None:
    assert TOYS.lacking(Toy(name=" ")) == [NAME, MADE_ON]
    assert TOYS.lacking(Toy(name="undated")) == []


@pytest.mark.parametrize(
    ("saved", "stored", "back"),
    [
        (Draft(WAS, NOW), {"T-1": NOW}, Draft(NOW, WAS)),
        (Draft(WAS, NOW), {"T-1": replace(NOW, name="Theirs")}, None),
        (Draft(WAS, NOW), {}, None),
        # Of another toy that happens to say the same.
        (Draft(WAS, NOW), {"T-2": replace(NOW, toy="T-2")}, None),
        # A key that is made of the name.
        (Draft(WAS, NOW), {"Top": NOW}, Draft(NOW, WAS)),
        # A new one gets its number from the store, which may withhold a count.
        (Draft(None, replace(NOW, toy="", pieces="7")), {"T-1": replace(NOW, pieces="withheld")},
         Draft(replace(NOW, pieces="withheld"), Toy("T-1"))),
        (Draft(WAS, Toy("T-1")), {}, Draft(None, WAS)),
    ],
)  # fmt: skip
def test_what_was_saved_is_restored_unless_it_has_changed_since(
    saved: Draft[Toy], stored: dict[str, Toy], back: Draft[Toy] | None
) -> None:
    assert TOYS._back({"T-1": saved}, stored) == ({} if back is None else {"T-1": back})


def test_of_several_rows_all_are_restored_or_none() -> None:
    other = Toy("T-2", "Ball", "2025-03-04")
    tried = {"T-1": Draft(WAS, NOW), "T-2": Draft(other, replace(other, name="Balloon"))}
    assert TOYS._back(tried, {"T-1": NOW, "T-2": other}) == {}
    assert len(TOYS._back(tried, {"T-1": NOW, "T-2": replace(other, name="Balloon")})) == 2


def test_where_a_row_cannot_be_withdrawn_a_new_one_is_not_undone() -> None:
    kept = replace(TOYS, withdrawn=None)
    assert kept._back({"T-1": Draft(None, NOW)}, {"T-1": NOW}) == {}
