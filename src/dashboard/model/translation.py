"""Texts of the library in other languages: which texts there are, and what was made from which English.

`SAID` lists every text that a reader sees; the rest of a model are ids, codes, names and where something was read.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, StringConstraints

from dashboard.model.framework import ID, Area, Criterion, Framework, Id, Strict, Text
from dashboard.model.guidance import CaseStudy, Fact, Guidance, Source
from dashboard.model.shared_lists import (
    Function,
    Impact,
    Instrument,
    Point,
    Right,
    RiskArea,
    Setting,
    Tension,
    Theme,
)
from dashboard.model.tour import Step, Tour

SAID: Mapping[type[Strict], tuple[str, ...]] = {
    Framework: ("title", "short_title", "publisher", "edition", "licence_note", "held_in_part"),
    Area: ("title", "text"),
    Criterion: ("text", "gap", "partly", "evidence_hint"),
    Theme: ("title", "text"),
    Right: ("title", "instrument", "article"),
    Tension: ("title", "text", "question"),
    RiskArea: ("title", "text"),
    Setting: ("title", "exposed", "first_question"),
    Function: ("title", "text"),
    Impact: ("text",),
    Instrument: ("title", "text", "years", "not_found"),
    Point: ("text",),
    Guidance: (
        "title", "situation", "this_month", "this_year", "sign_that_it_works", "watch_out", "sources",
    ),
    Source: ("gives",),
    CaseStudy: (
        "title", "who", "where", "facts", "what_was_done", "what_resulted", "lesson", "what_to_copy", "what_to_avoid",
    ),
    Fact: ("fact", "dated"),
    Tour: ("title", "audience"),
    Step: ("title", "text", "note"),
}  # fmt: skip
"""By model, the fields that are texts for readers. In a list, each entry is a text: `this_month.1`, `facts.2.fact`."""
LISTED = {
    "country": ("title",),
    "region": ("title",),
    "round": ("title", "text"),
    "indicator": ("title", "text"),
    "area_word": ("title",),
    "status": ("title",),
    "band": ("title",),
    "part": ("title",),
    "law": ("title",),
}
"""What is named by its kind and its code, such as `country/TCD` and `status/crbp/partly`, and which texts it has.

The text of a round is its note, that of an indicator its unit. A region is named by its title,
and a sentence of `law.csv` by itself: once it has changed, it is English again until it is translated anew."""
SECOND: Mapping[type[Strict], str] = {
    Framework: "short_title",
    Setting: "first_question",
    Guidance: "situation",
    CaseStudy: "lesson",
    Tour: "audience",
}
"""The field that a translation may also call `text`, for what has no field of that name."""
Named = Annotated[str, StringConstraints(pattern=rf"^(?:(?:{'|'.join(LISTED)})/\S(?:.*\S)?|{ID})$")]
"""An id of the library, or what `LISTED` names: its codes may be those of something else too."""
_NAMES = "|".join(sorted({name for names in SAID.values() for name in names}, key=lambda name: (-len(name), name)))
TextName = Annotated[str, StringConstraints(pattern=rf"^(?:{_NAMES})(?:\.[1-9][0-9]*(?:\.(?:{_NAMES}))?)?$")]
"""The name of a text in its item: a field, and in a list also its number."""
FINGERPRINT = "^[0-9a-f]{8}$"
Fingerprint = Annotated[str, StringConstraints(pattern=FINGERPRINT)]
ReadState = Literal["read", "approved"]
State = Literal["draft", "stale", "read", "approved"]
"""Not read by a native speaker of the field; made from English that has changed since; read; approved."""


class TextReading(Strict):
    """Who read or approved a translated text, by role, and when."""

    state: ReadState
    role: Text
    on: date


class Translation(Strict):
    """Texts in one language by id: of anything in the library, or of what `LISTED` names by kind and code.

    `made_from` holds the fingerprint of the English that a text was made from; without one, nobody said which it was.
    """

    schema_version: Literal[1]
    language: Id
    texts: dict[Named, dict[TextName, Text]]
    made_from: dict[Named, dict[TextName, Fingerprint]] = Field(default_factory=dict)
    readings: dict[Named, dict[TextName, TextReading]] = Field(default_factory=dict)

    def only(self, codes: Container[str]) -> "Translation":
        """What it says of some codes."""
        parts = ("texts", "made_from", "readings")
        kept = {name: {code: own for code, own in getattr(self, name).items() if code in codes} for name in parts}
        return self.model_copy(update=kept)

    def state_of(self, code: str, name: str, english: str | None) -> State:
        """The state of one text, given what the English says now; None if it is not known."""
        return state_of(self.made_from.get(code, {}).get(name), self.readings.get(code, {}).get(name), english)


def state_of(made_from: str | None, reading: TextReading | None, english: str | None) -> State:
    """The state of a text made from the English of a fingerprint; None for what is not known."""
    if made_from is not None and english is not None and made_from != fingerprint(english):
        return "stale"
    return reading.state if reading else "draft"


Item = TypeVar("Item", bound=Strict)


def fingerprint(english: str) -> str:
    """A short hash of an English text, that says whether a translation was made from it."""
    return sha256(english.encode()).hexdigest()[:8]


def texts_of(item: Strict) -> dict[str, str]:
    """Every text of an item that can be translated, by its name."""
    return dict(_texts(item))


def _texts(item: Strict) -> Iterator[tuple[str, str]]:
    for name in SAID.get(type(item), ()):
        value = getattr(item, name)
        if isinstance(value, str):
            yield name, value
        for number, part in enumerate(value if isinstance(value, tuple) else (), start=1):
            if isinstance(part, str):
                yield f"{name}.{number}", part
            else:
                yield from ((f"{name}.{number}.{inner}", text) for inner, text in _texts(part))


def in_words(item: Item, own: Mapping[str, str]) -> Item:
    """The item with the texts that are given, by their names; the others stay."""
    if not own:
        return item
    second = SECOND.get(type(item), "")
    if second and second not in own and "text" in own:
        own = {**own, second: own["text"]}
    changed = {name: _said(name, getattr(item, name), own) for name in SAID.get(type(item), ())}
    return item.model_copy(update=changed)


def _said(name: str, value: Any, own: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return own.get(name, value)
    if not isinstance(value, tuple):
        return value
    parts = []
    for number, part in enumerate(value, start=1):
        key = f"{name}.{number}"
        inner = {text.removeprefix(f"{key}."): said for text, said in own.items() if text.startswith(f"{key}.")}
        parts.append(own.get(key, part) if isinstance(part, str) else in_words(part, inner))
    return tuple(parts)


def one_per_language(translations: Iterable[Translation]) -> tuple[Translation, ...]:
    """One translation per language; later texts replace their namesakes, with what is known about them."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for item in translations:
        whole = found.setdefault(item.language, {"texts": {}, "made_from": {}, "readings": {}})
        for code, own in item.texts.items():
            about = {"texts": own, "made_from": item.made_from.get(code), "readings": item.readings.get(code)}
            for part, given in about.items():
                if given:
                    whole[part][code] = given
                else:
                    whole[part].pop(code, None)
    return tuple(Translation(schema_version=1, language=language, **whole) for language, whole in found.items())
