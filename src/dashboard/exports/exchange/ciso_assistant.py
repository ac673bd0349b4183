"""How does a standard become a library of CISO Assistant? A framework, with a node for each area and criterion."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, lcm
from typing import Any

import yaml

from dashboard.model.standard.exchange import IMPORTANCE, PACKAGER
from dashboard.model.standard.framework import Area, Criterion, Framework, Status, version_key
from dashboard.model.standard.standard import Standard

FINEST = 100
"""Scores are whole numbers; a value with a larger denominator is rounded."""
TEXTS = {"title": "name", "text": "description", "evidence_hint": "typical_evidence"}
"""What translations call our fields."""
Values = dict[str, Any]


def ciso_assistant_library(standard: Standard) -> bytes:
    """Return the library as YAML, UTF-8. What it cannot say is left out: respect and support become its importance."""
    framework = standard.framework
    key = framework.framework.lower()
    about = {
        "ref_id": framework.framework,
        "name": framework.title,
        "description": framework.held_in_part or framework.title,
    }
    spoken = _translations(standard, framework.framework)
    library = {
        "urn": f"urn:{PACKAGER}:risk:library:{key}",
        "locale": "en",
        **about,
        "copyright": framework.licence_note,
        "version": _whole(framework.version),
        "publication_date": date(framework.year, 1, 1),
        "provider": framework.publisher,
        "packager": PACKAGER,
        **spoken,
        "objects": {
            "framework": {
                "urn": f"urn:{PACKAGER}:risk:framework:{key}",
                **about,
                **_scores(standard),
                **_beside_scores(standard),
                **_groups(framework),
                **spoken,
                "requirement_nodes": list(_nodes(standard, f"urn:{PACKAGER}:risk:req_node:{key}")),
            }
        },
    }
    return yaml.safe_dump(library, allow_unicode=True, sort_keys=False, width=100).encode()


def _whole(version: str) -> int:
    """Return a version as the whole number that a library has: 1.2 is 102."""
    major, minor, *_ = (*version_key(version), 0)
    return 100 * major + minor


def _scores(standard: Standard) -> Values:
    """Return the answers of the standard's own scale, as whole scores in their proportion: numbers as they are.

    Its importer passes over the code of a status, and over what stands beside the scores.
    """
    for row in standard.framework.numbers:
        if row.scale is None:
            return {"min_score": int(row.low), "max_score": ceil(row.high)}
    reached = [status for status in standard.framework.scale if status.value is not None and status.scale is None]
    values = [Fraction(status.value or 0).limit_denominator(FINEST) for status in reached]
    unit = lcm(*(value.denominator for value in values))
    pairs = sorted(zip((int(value * unit) for value in values), reached, strict=True), key=lambda pair: pair[0])
    definition = [
        {"score": score, "ref_id": status.status, "name": status.title, **_of_status(standard, status)}
        for score, status in pairs
    ]
    return {"min_score": 0, "max_score": unit, "scores_definition": definition}


def _beside_scores(standard: Standard) -> Values:
    """Return the answers that have no score, such as not applicable, for whoever reads the library back."""
    beside = [
        {"ref_id": status.status, "name": status.title, "counts_as": status.counts_as, **_of_status(standard, status)}
        for status in standard.framework.scale
        if status.scale is None and status.value is None
    ]
    return {"beside_scores": beside} if beside else {}


def _of_status(standard: Standard, status: Status) -> Values:
    return _translations(standard, f"status/{standard.framework.framework}/{status.status}")


def _groups(framework: Framework) -> Values:
    """Return the services that some criteria are asked for alone, as implementation groups."""
    criteria = [criterion for area in framework.areas for criterion in area.criteria]
    services = dict.fromkeys(service for criterion in criteria for service in criterion.services)
    definition = [{"ref_id": service, "name": service} for service in services]
    return {"implementation_groups_definition": definition} if services else {}


def _nodes(standard: Standard, urn: str) -> Iterator[Values]:
    weights = _whole_weights(criterion.weight for area in standard.framework.areas for criterion in area.criteria)
    for area in standard.framework.areas:
        above = f"{urn}:{area.area.lower()}"
        yield {"urn": above, "assessable": False, "depth": 1, **_of_area(area), **_translations(standard, area.area)}
        for criterion in area.criteria:
            yield {
                "urn": f"{urn}:{criterion.criterion.lower()}",
                "assessable": True,
                "depth": 2,
                "parent_urn": above,
                **_of_criterion(criterion, weights[criterion.weight]),
                **_translations(standard, criterion.criterion),
            }


def _of_area(area: Area) -> Values:
    return {"ref_id": area.area, "name": area.title, "description": area.text}


def _of_criterion(criterion: Criterion, weight: int) -> Values:
    values = {
        "ref_id": criterion.criterion,
        "description": criterion.text,
        "annotation": criterion.citation,
        "typical_evidence": criterion.evidence_hint,
        "importance": IMPORTANCE[criterion.kind],
        "weight": weight if weight != 1 else None,
        "implementation_groups": list(criterion.services),
    }
    return {key: value for key, value in values.items() if value}


def _whole_weights(weights: Iterable[float]) -> Mapping[float, int]:
    """Return weights as whole numbers in the same proportion, as far as they have one."""
    every = {weight: Fraction(weight).limit_denominator(FINEST) for weight in weights}
    unit = lcm(*(value.denominator for value in every.values()))
    return {weight: max(1, int(value * unit)) for weight, value in every.items()}


def _translations(standard: Standard, code: str) -> Values:
    """Return the texts of one thing in other languages, by their names there."""
    found: dict[str, dict[str, str]] = {}
    for one in standard.translations:
        own: Mapping[str, str] = dict(one.texts.get(code, {}).items())
        texts = {TEXTS[field]: text for field, text in own.items() if field in TEXTS}
        if texts:
            found[one.language] = texts
    return {"translations": found} if found else {}
