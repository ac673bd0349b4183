"""Collects a standard from a file of another program: what was not read is counted, what is missing assumed."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ConfigDict

from dashboard.loading.framework_checks import unsound_scales
from dashboard.loading.staging import fatal
from dashboard.loading.standard_file import ReadStandard, standard_of, valid_parts
from dashboard.loading.yaml_file import Document, Place, read_words, validate
from dashboard.model.framework import Framework, Strict, leading_version
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard_files import start_bands

Values = dict[str, Any]
Checked = TypeVar("Checked", bound=Strict)


class Loose(Strict):
    """A frozen value that keeps keys it does not know, and takes a number for a text."""

    model_config = ConfigDict(extra="allow", frozen=True, coerce_numbers_to_str=True)

    def extra(self) -> list[str]:
        """The keys that are not known and hold something."""
        return [key for key, value in (self.model_extra or {}).items() if value not in (None, [], {}, "")]


@dataclass
class Foreign:
    """A standard while it is read from a file of another program: its values, and their lines in the file."""

    name: str
    values: Values = field(default_factory=lambda: {"schema_version": 1, "bands": start_bands(read_words())})
    lines: dict[Place, int] = field(default_factory=dict)
    texts: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """Translations: by language, id and field."""
    documents: list[tuple[type[Strict], Values]] = field(default_factory=list)
    """What else belongs to the standard: links and translations."""
    left: Counter[str] = field(default_factory=Counter)
    """How many values of each kind the standard cannot hold."""
    problems: list[Problem] = field(default_factory=list)

    def checked(self, document: Document, model: type[Checked]) -> Checked | None:
        """Return the content of the file in the shape of its format; None, with the problems, if it has another."""
        found = validate(document, model)
        if isinstance(found, list):
            self.problems += found
            return None
        return found

    def leave(self, item: Loose, where: str) -> None:
        """Count the values of an item that are not read."""
        self.left.update(f"{where}.{key}" for key in item.extra())

    def whole_area(self, areas: dict[str, Values]) -> Values:
        """The area of everything that is below no heading."""
        area, title = f"{self.values['framework']}-all", self.values["title"]
        return areas.setdefault(area, {"area": area, "code": "0", "title": title, "text": title, "criteria": []})

    def assume(self, column: str, value: object) -> Any:
        """Return a value that the file does not give, with a note."""
        self.problems.append(Problem("assumed", self.name, column=column, value=str(value), weight=Weight.NOTE))
        return value

    def version(self, text: str) -> str:
        """Return the number that a version begins with; what follows is noted."""
        number = leading_version(text)
        if number != text:
            self.problems.append(Problem("version_cut", self.name, None, "version", text, number, weight=Weight.NOTE))
        return number

    def read(self) -> tuple[ReadStandard | None, list[Problem]]:
        """Return the standard, as a workbook would give it, and every problem."""
        problems = list(self.problems)
        if self.left:
            problems.append(Problem("left_behind", self.name, value=_listed(self.left), weight=Weight.NOTE))
        documents: list[tuple[Document, type[Strict]]] = [(Document(self.name, self.values, self.lines), Framework)]
        documents += [
            (Document(self.name, {"schema_version": 1, **values}, {}), model) for model, values in self.documents
        ]
        parts, wrong = valid_parts(documents)
        problems += [*wrong, *unsound_scales(parts)]
        return None if fatal(problems) else ReadStandard(standard_of(parts), tuple(parts)), problems


def _listed(counts: Counter[str]) -> str:
    """Counts as one text: `library.dependencies, headings (6)`."""
    return ", ".join(name if n == 1 else f"{name} ({n})" for name, n in counts.items())
