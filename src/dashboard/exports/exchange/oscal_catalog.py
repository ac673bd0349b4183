"""How does a standard become an OSCAL catalog? Areas are groups, criteria are controls.

What OSCAL has no word for is in properties of our own namespace, which other programs pass over.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dashboard.model.standard.exchange import NAMESPACE, OSCAL_VERSION, said
from dashboard.model.standard.framework import Area, Criterion, Strict
from dashboard.model.standard.standard import Standard

PROSE = {"evidence_hint": "gdn", "gap": "gap", "partly": "part"}
"""Fields of a criterion that are parts of their own, and the ends of their ids."""
Values = dict[str, Any]


def oscal_catalog(standard: Standard, today: date) -> bytes:
    """Return the catalog as JSON, UTF-8. Its identifier follows from its content, apart from the day."""
    framework = standard.framework
    content = {"metadata": _metadata(standard, today), "groups": [_group(area) for area in framework.areas]}
    undated = {**content, "metadata": _metadata(standard, date(framework.year, 1, 1))}
    identifier = uuid5(NAMESPACE_URL, json.dumps(undated, ensure_ascii=False))
    catalog = {"catalog": {"uuid": str(identifier), **content}}
    return json.dumps(catalog, ensure_ascii=False, indent=2).encode()


def _metadata(standard: Standard, today: date) -> Values:
    framework = standard.framework
    party = str(uuid5(NAMESPACE_URL, framework.publisher))
    items: list[tuple[str, Strict]] = [("scale", status) for status in framework.scale]
    items += [("bands", band) for band in framework.bands]
    items += [("links", link) for link in standard.links]
    items += [("translations", translation) for translation in standard.translations]
    return {
        "title": framework.title,
        "last-modified": f"{today.isoformat()}T00:00:00Z",
        "version": framework.version,
        "oscal-version": OSCAL_VERSION,
        "props": [
            *_props(framework, ("schema_version", "title", "version", "scale", "bands", "areas")),
            *(_prop(name, item.model_dump(mode="json", exclude_defaults=True)) for name, item in items),
        ],
        "roles": [{"id": "publisher", "title": "Publisher"}],
        "parties": [{"uuid": party, "type": "organization", "name": framework.publisher}],
        "responsible-parties": [{"role-id": "publisher", "party-uuids": [party]}],
    }


def _group(area: Area) -> Values:
    return {
        "id": token(area.area),
        "title": area.title,
        "props": [
            {"name": "label", "value": " ".join(area.code.split())},
            *_props(area, ("title", "text", "criteria")),
        ],
        "parts": [_part(f"{token(area.area)}_ovw", "overview", area.text, None)],
        "controls": [_control(criterion) for criterion in area.criteria],
    }


def _control(criterion: Criterion) -> Values:
    name = token(criterion.criterion)
    own = [(field, getattr(criterion, field)) for field in PROSE]
    return {
        "id": name,
        "title": criterion.criterion,
        "props": list(_props(criterion, ("text", *PROSE))),
        "parts": [
            _part(f"{name}_smt", "statement", criterion.text, None),
            *(_part(f"{name}_{PROSE[field]}", field, text, NAMESPACE) for field, text in own if text),
        ],
    }


def token(code: str) -> str:
    """Return an id as OSCAL allows it: it does not begin with a digit."""
    return code if code[0].isalpha() else f"_{code}"


def _part(identifier: str, name: str, prose: str, namespace: str | None) -> Values:
    return {"id": identifier, "name": name, **({"ns": namespace} if namespace else {}), "prose": prose}


def _props(item: Strict, but: Iterable[str]) -> Iterator[Mapping[str, str]]:
    """Yield every field that differs from its default as a property."""
    for field, value in item.model_dump(mode="json", exclude_defaults=True, exclude=set(but)).items():
        yield _prop(field, value)


def _prop(name: str, value: Any) -> Mapping[str, str]:
    return {"name": name, "ns": NAMESPACE, "value": said(value)}
