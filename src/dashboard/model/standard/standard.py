"""What makes up one standard? Its framework, the links that start in it, and its translations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.model.standard.framework import Framework, Strict
from dashboard.model.standard.shared import Crosswalk, Link, Translation

FRAMEWORK_FILE = "framework.yaml"
CROSSWALK_FILE = "crosswalk.yaml"
UNANSWERED = "unanswered"
"""The status that every scale has and none defines."""


@dataclass(frozen=True)
class Standard:
    """One framework, the crosswalk links whose source it contains, and its own texts in other languages."""

    framework: Framework
    links: tuple[Link, ...] = ()
    translations: tuple[Translation, ...] = ()

    @staticmethod
    def of(framework: Framework, links: Iterable[Link], translations: Iterable[Translation]) -> "Standard":
        """A standard selected from all links and translations; those of other standards are left out."""
        own, named = ids_of(framework), {*ids_of(framework), *named_codes(framework)}
        texts: dict[str, dict[str, object]] = {}
        for item in translations:
            kept = {code: text for code, text in item.texts.items() if code in named}
            texts.setdefault(item.language, {}).update(kept)
        return Standard(
            framework,
            tuple(link for link in links if link.source in own),
            tuple(
                Translation.model_validate({"schema_version": 1, "language": language, "texts": texts[language]})
                for language in sorted(texts)
                if texts[language]
            ),
        )

    def files(self) -> Mapping[str, Strict]:
        """The content of each file in the standard's folder, by file name."""
        files: dict[str, Strict] = {FRAMEWORK_FILE: self.framework}
        if self.links:
            files[CROSSWALK_FILE] = Crosswalk(schema_version=1, links=self.links)
        return files | {f"{item.language}.yaml": item for item in self.translations}


def ids_of(framework: Framework) -> tuple[str, ...]:
    """The ids of a framework's areas and criteria, in order."""
    return tuple(
        code for area in framework.areas for code in (area.area, *(criterion.criterion for criterion in area.criteria))
    )


def named_codes(framework: Framework) -> tuple[str, ...]:
    """What translations call the framework itself, its word for areas, its families and elements, scales and bands."""
    words = [f"{word.scale}/{word.status}" if word.scale else word.status for word in framework.scale]
    bands = (band.band for band in framework.bands)
    own = framework.framework
    scales = (*(f"status/{own}/{code}" for code in (*words, UNANSWERED)), *(f"band/{own}/{code}" for code in bands))
    return (own, f"area_word/{own}", *(f"part/{own}/{name}" for name in part_names(framework)), *scales)


def part_names(framework: Framework) -> tuple[str, ...]:
    """The families of areas and the elements of criteria, each once, in order."""
    families = [area.family for area in framework.areas]
    elements = [criterion.element for area in framework.areas for criterion in area.criteria]
    return tuple(dict.fromkeys(name for name in (*families, *elements) if name))
