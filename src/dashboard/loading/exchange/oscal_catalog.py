"""An OSCAL catalog becomes a standard: groups are areas, controls are criteria."""

from collections.abc import Iterator
from datetime import date

from dashboard.loading.exchange.foreign import Foreign, Values
from dashboard.loading.exchange.oscal_shape import (
    REPEATED,
    CatalogFile,
    Control,
    Group,
    Metadata,
    Part,
    filled,
    own_values,
)
from dashboard.loading.files.words_file import read_words
from dashboard.loading.files.yaml_file import Document
from dashboard.model.standard.exchange import NAMESPACE, NOT_STATED, as_id
from dashboard.model.standard.shared import Crosswalk, Translation
from dashboard.model.standard.start import start_scale

LONGEST_ID = 40
OWN_PROSE = ("evidence_hint", "gap", "partly")
STATED = ("statement", "overview", "objective")
"""The parts that say what a group or control is about."""
KNOWN_PROPS = ("label", "sort-id", "status")


def from_catalog(document: Document) -> Foreign:
    """A catalog as a standard."""
    foreign = Foreign(document.name)
    file = foreign.checked(document, CatalogFile)
    if file is None:
        return foreign
    catalog = file.catalog
    foreign.leave(catalog, "catalog")
    foreign.values |= _about(catalog.metadata, foreign)
    areas: dict[str, Values] = {}
    for group in catalog.groups:
        area = _area(group, foreign)
        areas[area["area"]] = area
        for control in _controls_in(group, foreign):
            _add(control, area, foreign)
    for control in catalog.controls:
        _add(control, foreign.whole_area(areas), foreign)
    foreign.values["areas"] = [area for area in areas.values() if area["criteria"]]
    return foreign


def _about(metadata: Metadata, foreign: Foreign) -> Values:
    own = own_values(metadata.props, REPEATED)
    published = (metadata.published or metadata.last_modified or "")[:4]
    values: Values = {
        "framework": as_id(metadata.title.lower())[:LONGEST_ID].strip("-._"),
        "title": metadata.title,
        "short_title": metadata.title,
        "version": metadata.version,
        "scale": start_scale(read_words()),
    }
    if not own:
        foreign.assume("scale", ", ".join(status["title"] for status in values["scale"]))
        party = next((party.name for party in metadata.parties if party.name), None)
        values |= {
            "publisher": party or foreign.assume("publisher", NOT_STATED),
            "year": int(published) if published.isdigit() else foreign.assume("year", date.today().year),
            "address": foreign.assume("address", NOT_STATED),
            "licence_note": foreign.assume("licence_note", NOT_STATED),
        }
    foreign.documents += [(Crosswalk, {"links": links}) for links in [own.pop("links", None)] if links]
    foreign.documents += [(Translation, one) for one in own.pop("translations", ())]
    return values | own


def _area(group: Group, foreign: Foreign) -> Values:
    foreign.leave(group, "groups")
    _leave_parts(group.parts, foreign, "groups")
    own = own_values(group.props)
    area = as_id(own.get("area") or group.id or group.title)
    label = next((prop.value for prop in group.props if prop.name == "label"), area)
    text = " ".join(part.text() for part in group.parts if part.name in STATED)
    return {"area": area, "code": label, "title": group.title, "text": text or group.title, **own, "criteria": []}


def _controls_in(group: Group, foreign: Foreign) -> Iterator[Control]:
    """The controls of a group and of the groups inside it, whose own titles are lost."""
    yield from group.controls
    for inner in group.groups:
        foreign.left.update(["groups.groups"])
        yield from _controls_in(inner, foreign)


def _add(control: Control, area: Values, foreign: Foreign) -> None:
    """Add a control and those inside it, except withdrawn ones, to an area."""
    if any(prop.name == "status" and prop.value.lower() == "withdrawn" for prop in control.props):
        foreign.left.update(["withdrawn controls"])
    else:
        area["criteria"].append(_criterion(control, foreign))
    for inner in control.controls:
        _add(inner, area, foreign)


def _criterion(control: Control, foreign: Foreign) -> Values:
    foreign.leave(control, "controls")
    _leave_parts(control.parts, foreign, "controls")
    own = own_values(control.props)
    foreign.left.update(
        "controls.props" for prop in control.props if prop.ns != NAMESPACE and prop.name not in KNOWN_PROPS
    )
    labels = {parameter.id: parameter.label or parameter.id for parameter in control.params}
    stated = " ".join(part.text() for part in control.parts if part.name in STATED)
    prose = {part.name: part.prose for part in control.parts if part.ns == NAMESPACE and part.name in OWN_PROSE}
    if own:
        return {"text": stated, **prose, **own}
    label = next((prop.value for prop in control.props if prop.name == "label"), control.id)
    texts = [text for text in (control.title, stated) if text]
    return {
        "criterion": as_id(control.id),
        "level": "operation",
        "text": filled(": ".join(texts), labels),
        "citation": f"{foreign.values['short_title']}, {label}",
    }


def _leave_parts(parts: tuple[Part, ...], foreign: Foreign, where: str) -> None:
    """Count the parts that are not read, such as guidance."""
    foreign.left.update(
        f"{where}.parts.{part.name}" for part in parts if part.name not in STATED and part.ns != NAMESPACE
    )
