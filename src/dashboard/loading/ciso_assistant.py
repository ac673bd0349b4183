"""Reads a standard from a file of any known format: our workbook, or a library of CISO Assistant.

In a library, headings become areas and what it assesses becomes criteria. Only what is read here has a name; everything
else is kept as extra.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from dashboard.loading.file_contents import kind_inside, unfit
from dashboard.loading.foreign_standard import Foreign, Loose, Values
from dashboard.loading.framework_checks import alike
from dashboard.loading.staging import taken_out_of
from dashboard.loading.standard_file import ReadStandard, read_standard
from dashboard.loading.workbook_formats import WORKBOOKS
from dashboard.loading.yaml_file import Document, Place, parsed, read_text, read_words
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard_files import start_scale
from dashboard.model.translation import Translation

Spoken = dict[str, dict[str, Any] | None] | None
"""Texts in other languages: by language and field."""


class Score(Loose):
    score: float
    name: str | None = None
    translations: Spoken = None


class Scores(Loose):
    """The newer form of a definition of scores, which may hold scales of single requirements too."""

    scale: tuple[Score, ...] | None = None


class Node(Loose):
    """A heading, or a requirement if it is assessed."""

    urn: str
    assessable: bool = False
    depth: int | None = None
    parent_urn: str | None = None
    ref_id: str | None = None
    name: str | None = None
    description: str | None = None
    annotation: str | None = None
    typical_evidence: str | None = None
    importance: str | None = None
    weight: float | None = None
    implementation_groups: tuple[str, ...] | None = None
    translations: Spoken = None


class LibraryFramework(Loose):
    urn: str
    ref_id: str | None = None
    name: str | None = None
    description: str | None = None
    min_score: float | None = None
    max_score: float | None = None
    scores_definition: Scores | tuple[Score, ...] | None = None
    implementation_groups_definition: Any = None
    requirement_nodes: tuple[Node, ...] = Field(min_length=1)
    translations: Spoken = None


class Objects(Loose):
    framework: LibraryFramework | None = None
    frameworks: tuple[LibraryFramework, ...] | None = None


class CisoLibrary(Loose):
    urn: str
    locale: str | None = None
    ref_id: str | None = None
    name: str | None = None
    description: str | None = None
    copyright: str | None = None
    version: str = "1"
    publication_date: date | str | None = None
    provider: str | None = None
    packager: str | None = None
    translations: Spoken = None
    objects: Objects


OURS = {"name": "title", "description": "text", "typical_evidence": "evidence_hint"}
"""What translations call our fields."""
KINDS = {"mandatory": "respect", "recommended": "support", "nice_to_have": "support"}
"""What is expected and what is encouraged, by the importance of a requirement."""
NOT_STATED = "Not stated."
_NO_ID = re.compile(r"[^A-Za-z0-9._-]+")


def from_library(document: Document) -> Foreign:
    """The first framework of a library as a standard."""
    foreign = Foreign(document.name)
    library = foreign.checked(document, CisoLibrary)
    if library is None:
        return foreign
    found = library.objects.framework or next(iter(library.objects.frameworks or ()), None)
    if found is None:
        foreign.problems.append(Problem("no_standard_inside", document.name, weight=Weight.FILE))
        return foreign
    foreign.leave(library, "library")
    foreign.leave(library.objects, "objects")
    foreign.leave(found, "framework")
    foreign.values |= _about(library, found, foreign)
    foreign.values["scale"] = _scale(found, foreign)
    above: Place = ("objects", "framework") if library.objects.framework else ("objects", "frameworks", 0)
    _fill_areas(found, foreign, document, (*above, "requirement_nodes"))
    _translate(foreign, foreign.values["framework"], found.translations, ("name",))
    foreign.documents += [
        (Translation, {"language": language, "texts": texts}) for language, texts in foreign.texts.items()
    ]
    return foreign


def _about(library: CisoLibrary, found: LibraryFramework, foreign: Foreign) -> Values:
    """The settings of the standard."""
    title = found.name or library.name or found.urn
    published = str(library.publication_date or "")[:4]
    return {
        "framework": _as_id(found.ref_id or found.urn.rpartition(":")[2]),
        "title": title,
        "short_title": found.ref_id or title,
        "publisher": library.provider or foreign.assume("publisher", NOT_STATED),
        "year": int(published) if published.isdigit() else foreign.assume("year", date.today().year),
        "version": foreign.version(library.version),
        "address": library.urn,
        "licence_note": library.copyright or foreign.assume("licence_note", NOT_STATED),
    }


def _scale(found: LibraryFramework, foreign: Foreign) -> list[Values]:
    """The scores as statuses, the best first. Without names: numbers; without scores: the scale to start from."""
    start = start_scale(read_words())
    beside = [one for one in start if one["counts_as"] != "answered"]
    definition = found.scores_definition
    if isinstance(definition, Scores):
        foreign.leave(definition, "scores_definition")
        definition = definition.scale
    scores: Sequence[Score] = definition or ()
    lowest = found.min_score if found.min_score is not None else min((one.score for one in scores), default=0)
    highest = found.max_score if found.max_score is not None else max((one.score for one in scores), default=0)
    if not scores and highest > lowest >= 0:
        foreign.values["numbers"] = [{"low": lowest, "high": highest}]
        return beside
    if len(scores) < 2 or highest <= lowest:
        foreign.assume("scale", ", ".join(one["title"] for one in start))
        return start
    statuses: dict[str, Values] = {}
    for one in sorted(scores, key=lambda one: -one.score):
        foreign.leave(one, "scores_definition")
        title = one.name or f"{one.score:g}"
        code = _as_id(title.lower().replace(" ", "_"), "score")
        code = f"{code}-{one.score:g}" if code in statuses else code
        statuses[code] = {"status": code, "title": title, "value": (one.score - lowest) / (highest - lowest)}
        _translate(foreign, f"status/{foreign.values['framework']}/{code}", one.translations, ("name",))
    return [*statuses.values(), *beside]


def _fill_areas(found: LibraryFramework, foreign: Foreign, document: Document, place: Place) -> None:
    """Put every node that is assessed into the area of the heading at its top."""
    by_urn = {node.urn: node for node in found.requirement_nodes}
    areas: dict[str, Values] = {}
    for number, node in enumerate(found.requirement_nodes):
        foreign.leave(node, "requirement_nodes")
        foreign.left.update(["requirement_nodes.annotation"] if node.annotation else [])
        above = list(_above(node, by_urn))
        if not node.assessable:
            foreign.left.update(["headings"] if above else [])
            continue
        area = _area(above[-1] if above else None, foreign, areas)
        at: Place = ("areas", list(areas).index(area["area"]), "criteria", len(area["criteria"]))
        foreign.lines[at] = document.line((*place, number)) or 1
        area["criteria"].append(_criterion(node, foreign))
    foreign.values["areas"] = list(areas.values())


def _above(node: Node, by_urn: Mapping[str, Node]) -> Iterator[Node]:
    """The nodes above one, from the nearest to the top."""
    seen = {node.urn}
    while (parent := by_urn.get(node.parent_urn or "")) is not None and parent.urn not in seen:
        seen.add(parent.urn)
        yield parent
        node = parent


def _area(top: Node | None, foreign: Foreign, areas: dict[str, Values]) -> Values:
    """The area of a heading at the top; one for all that have none, or whose top is assessed itself.

    A title that another heading has too is followed by the heading's own code, with a note.
    """
    own = foreign.values["framework"]
    if top is None or top.assessable:
        return foreign.whole_area(areas)
    code, title = _code(top), top.name or top.description or _code(top)
    area = _own_id(top, own)
    if area not in areas:
        text = top.description or title
        _translate(foreign, area, top.translations, ("name", "description"))
        if any(alike(one["title"]) == alike(title) for one in areas.values()):
            title = f"{title} ({code})"
            note = Problem("title_repeated", foreign.name, None, "title", title, weight=Weight.NOTE)
            foreign.problems.append(note)
            for texts in foreign.texts.values():
                if "title" in (spoken := texts.get(area, {})):
                    spoken["title"] += f" ({code})"
        areas[area] = {"area": area, "code": code, "title": title, "text": text, "criteria": []}
    return areas[area]


def _criterion(node: Node, foreign: Foreign) -> Values:
    code = _code(node)
    criterion = _own_id(node, foreign.values["framework"])
    _translate(foreign, criterion, node.translations, ("description", "typical_evidence"))
    return {
        "criterion": criterion,
        "kind": KINDS.get(node.importance or "", "respect"),
        "level": "operation",
        "text": ": ".join(part.strip() for part in (node.name, node.description) if part) or _asked(node) or code,
        "weight": node.weight or 1,
        "services": [_as_id(group) for group in node.implementation_groups or ()],
        "evidence_hint": node.typical_evidence or None,
        "citation": f"{foreign.values['short_title']}, {code}",
    }


def _asked(node: Node) -> str:
    """The questions of a node that has no text of its own."""
    extra = node.model_extra or {}
    questions = extra.get("questions") or extra.get("question")
    if isinstance(questions, Mapping) and "questions" in questions:
        questions = questions["questions"]
    every = questions.values() if isinstance(questions, Mapping) else questions
    return " ".join(
        str(one["text"])
        for one in (every if isinstance(every, Sequence) else list(every or ()))
        if isinstance(one, Mapping) and one.get("text")
    )


def _code(node: Node) -> str:
    return node.ref_id or node.urn.rpartition(":")[2]


def _own_id(node: Node, framework: str) -> str:
    """An id that is unlikely to be that of another standard.

    A mere number, and one made from the end of a URN, gets the id of its own standard in front.
    """
    code = _code(node)
    own = node.ref_id is not None and any(sign.isalpha() for sign in code)
    return _as_id(code if own else f"{framework}-{code}")


def _as_id(text: str, otherwise: str = "x") -> str:
    """A text as an id: letters, digits, dots, hyphens and underscores."""
    return _NO_ID.sub("-", text.strip()).strip("-._") or otherwise


def _translate(foreign: Foreign, code: str, spoken: Spoken, fields: Sequence[str]) -> None:
    """Keep the texts of an item in other languages."""
    for language, texts in (spoken or {}).items():
        kept = {OURS[field]: str(texts[field]).strip() for field in fields if texts and texts.get(field)}
        if kept:
            foreign.texts.setdefault(language, {}).setdefault(code, {}).update(kept)


LIBRARY = (".yaml", ".yml")
FORMATS = (*WORKBOOKS, LIBRARY[0])
INSIDE = "objects"
"""The key at the top without which a YAML file is no library."""


def read_any_standard(path: Path, name: str) -> tuple[ReadStandard | None, list[Problem]]:
    """Read a standard; the name of the file tells the format. With a Problem of weight FILE, there is none."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return read_standard(path, name)
    problem = unfit(path, name)
    if problem is None and suffix not in LIBRARY:
        problem = _of_no_format(path, name)
    return _library(path, name) if problem is None else (None, [problem])


def _of_no_format(path: Path, name: str) -> Problem:
    if kind_inside(path) == "oscal":
        return Problem("oscal", name, weight=Weight.FILE)
    return Problem("format", name, value=path.suffix or path.name, expected=", ".join(FORMATS), weight=Weight.FILE)


def _library(path: Path, name: str) -> tuple[ReadStandard | None, list[Problem]]:
    text = read_text(path, name)
    document = text if isinstance(text, Problem) else parsed(text, name)
    if isinstance(document, Problem):
        return None, [document]
    if not isinstance(document.values, Mapping) or INSIDE not in document.values:
        return None, [Problem("no_standard_inside", name, expected=INSIDE, weight=Weight.FILE)]
    foreign = from_library(document)
    if any(problem.weight is Weight.FILE for problem in foreign.problems):
        return None, foreign.problems
    standard, problems = foreign.read()
    return standard, [*problems, *taken_out_of((document,))]
