"""Can every text that a reader sees be translated, and does a translation know what it was made from?"""

from datetime import date
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import english_of, in_other_words, items_of
from dashboard.model.framework import Framework, Strict
from dashboard.model.guidance import CaseStudy, Guidance
from dashboard.model.shared_lists import SHARED_FILES
from dashboard.model.tour import Tour
from dashboard.model.translation import SAID, TextReading, Translation, fingerprint, texts_of
from tests.conftest import ROOT

UNSAID = {
    "Framework": {"area_word", "address"},
    "Status": {"title"},
    "Band": {"title"},
    "Area": {"code", "family"},
    "Criterion": {"citation", "page", "element"},
    "PartWeight": {"part"},
    "Right": {"citation"},
    "Tension": {"citation"},
    "RiskArea": {"citation"},
    "Impact": {"citation"},
    "Link": {"note"},
    "Instrument": {"short_title", "publisher", "address"},
    "Point": {"code", "citation"},
    "Source": {"source", "address"},
    "CaseStudy": {"countries"},
    "Fact": {"source", "address"},
}
"""By model, the texts that are not translated: names and citations of documents, addresses, codes; `LISTED` has the
titles of statuses, bands, families and elements, and words for areas; notes on links are the project's own records."""


def models(model: type[Strict], found: set[type[Strict]]) -> set[type[Strict]]:
    """A model and all that its fields hold."""
    if model in found:
        return found
    found.add(model)
    for field in model.model_fields.values():
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, Strict):
                models(part, found)
    return found


def _parts(annotation: object) -> list[object]:
    inner = get_args(annotation)
    return [annotation, *(part for one in inner for part in _parts(one))]


def is_text(annotation: object, metadata: object) -> bool:
    """Whether a field holds texts in words: plain strings without a pattern."""
    parts = _parts(annotation)
    constrained = any(getattr(one, "pattern", None) for part in (*parts, metadata) for one in _meta(part))
    return str in parts and not constrained


def _meta(part: object) -> list[object]:
    if isinstance(part, list | tuple):
        return [inner for one in part for inner in _meta(one)]
    return [part, *getattr(part, "__metadata__", ())]


def test_every_text_of_every_model_can_be_translated_or_is_listed_as_one_that_is_not() -> None:
    every: set[type[Strict]] = set()
    kinds: list[Any] = [Framework, Guidance, CaseStudy, Tour, *SHARED_FILES.values()]
    for model in kinds:
        models(model, every)
    missing = {
        model.__name__: sorted(names)
        for model in every
        if model.__name__ != "StepView"
        and (
            names := {
                name for name, field in model.model_fields.items() if is_text(field.annotation, list(field.metadata))
            }
            - {*SAID.get(model, ())}
            - UNSAID.get(model.__name__, set())
        )
    }
    assert missing == {}
    assert {name: sorted(names) for name, names in UNSAID.items() if names & {*_said(name)}} == {}


def _said(name: str) -> tuple[str, ...]:
    return next((names for model, names in SAID.items() if model.__name__ == name), ())


def test_every_text_of_the_standards_can_be_replaced_and_nothing_else_changes() -> None:
    library, _ = read_library([ROOT / "frameworks"])
    english = english_of(library)
    other = {code: {name: f"<{text}>" for name, text in own.items()} for code, own in english.items()}
    spoken = in_other_words(library, other)
    assert items_of(spoken).keys() == items_of(library).keys()
    for code, item in items_of(spoken).items():
        assert texts_of(item) == other[code], code
    assert in_other_words(spoken, english) == library
    assert sum(map(len, english.values())) > 3000


def test_a_text_is_a_draft_until_somebody_has_read_it_and_stale_once_the_english_has_changed() -> None:
    reading = TextReading(state="read", role="Child rights lead", on=date(2026, 1, 1))
    made = Translation(
        schema_version=1,
        language="fr",
        texts={"T1": {"title": "Jeu", "text": "Un jeu."}, "T2": {"title": "Jouet"}},
        made_from={"T1": {"title": fingerprint("Play"), "text": fingerprint("A game.")}},
        readings={"T1": {"text": reading}},
    )
    assert made.state_of("T1", "title", "Play") == "draft"
    assert made.state_of("T1", "text", "A game.") == "read"
    assert made.state_of("T1", "text", "A good game.") == "stale"
    assert made.state_of("T2", "title", "Toy") == "draft"
    assert made.only({"T2"}).texts == {"T2": {"title": "Jouet"}}


@pytest.mark.parametrize("name", ["titel", "this_month.0", "this_month.x", "facts.1.tells", "citation"])
def test_a_text_that_nothing_has_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Translation.model_validate({"schema_version": 1, "language": "fr", "texts": {"T1": {name: "x"}}})
