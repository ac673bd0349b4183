"""What is in a library file of CISO Assistant? Only what is read here has a name; everything else is kept as extra."""

from datetime import date
from typing import Any

from pydantic import Field

from dashboard.loading.exchange.foreign import Loose

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
