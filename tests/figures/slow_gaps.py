"""How is each rating of a risk to be judged? Read from the files with fractions: slow, obvious, and none of ours."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """One respect criterion that addresses a risk, and what the operation says of it: None if it says nothing."""

    criterion: str
    framework: str
    critical: bool
    weight: Fraction
    role: str
    value: Fraction | None


class Files:
    """The lists, standards, answers and ratings in a folder."""

    def __init__(self, data: Path, frameworks: Path) -> None:
        self._failures: dict[str, set[tuple[str, str]]] = {}
        self.operations = {row["operation"]: row for row in read_table(data / "operations.csv")}
        self.rounds = sorted(read_table(data / "rounds.csv"), key=lambda row: (row["starts_on"], row["round"]))
        self.ratings = [row for name in ("ratings/risks.csv", "risks.csv") for row in read_table(data / name)]
        self.standards = {one["framework"]: one for one in map(read_yaml, sorted(frameworks.glob("*/framework.yaml")))}
        self.impacts = {one["impact"]: one for one in read_yaml(frameworks / "shared" / "impacts.yaml")["impacts"]}
        self.criteria = {
            criterion["criterion"]: (code, criterion)
            for code, standard in self.standards.items()
            for area in standard["areas"]
            for criterion in area["criteria"]
        }
        answers = [
            row
            for path in (*sorted((data / "answers").glob("*.csv")), data / "answers.csv")
            for row in read_table(path)
        ]
        self.answers = {(row["round"], row["operation"], row["criterion"]): row["status"] for row in answers}
        self.evidence = {(row["round"], row["operation"], row["criterion"]): row["evidence"] for row in answers}

    def judged(self, round_: str, seen: bool = False) -> dict[tuple[str, str], str]:
        """By operation and risk, what each rating of a round is judged to be; perhaps by `seen` evidence only."""
        return {
            (row["operation"], row["impact"]): self._judge(round_, row["operation"], row["impact"], seen)
            for row in self.ratings
            if row["round"] == round_ and row["found"] == "yes"
        }

    def severity(self, round_: str) -> dict[tuple[str, str], int]:
        """By operation and risk, the severity of each rating of a round."""
        return {
            (row["operation"], row["impact"]): max(int(row[name]) for name in ("scale", "scope", "irremediability"))
            for row in self.ratings
            if row["round"] == round_ and row["found"] == "yes"
        }

    def failures(self, round_: str) -> set[tuple[str, str]]:
        """The critical criteria that failed in a round, or when they were last known, each with its operation."""
        if round_ in self._failures:
            return self._failures[round_]
        found = self._failures.setdefault(round_, set())
        for operation in self.operations:
            for code, (_, criterion) in self.criteria.items():
                if criterion.get("critical") and "same_as" not in criterion and self._asked(round_, operation, code):
                    one = self._said_of(round_, operation, code)
                    last = self._last(round_, operation, one) if one.value is None else one.value
                    if last == 0:
                        found.add((code, operation))
        return found

    def causes(self, round_: str, operation: str, impact: str) -> set[str]:
        """The critical respect criteria that failed behind a risk."""
        failed = self.failures(round_)
        return {code for code in self.addressing(round_, operation, impact) if (code, operation) in failed}

    def addressing_anywhere(self, impact: str) -> set[str]:
        """The criteria that address a risk, whoever is asked."""
        named = (code for code in self.impacts[impact].get("criteria", []) if code in self.criteria)
        return {self.criteria[one][1].get("same_as", one) for one in named}

    def addressing(self, round_: str, operation: str, impact: str) -> list[str]:
        """The respect criteria that an operation is asked and that address a risk."""
        return [one.criterion for one in self._said(round_, operation, impact)]

    def _judge(self, round_: str, operation: str, impact: str, seen: bool) -> str:
        said = list(self._said(round_, operation, impact))
        if all(one.role == "not_applicable" for one in said):
            return "not_asked"
        if any(one.critical and one.value == 0 for one in said):
            return "failed"
        if any(one.critical and one.value is None and self._last(round_, operation, one) == 0 for one in said):
            return "failed_before"
        if seen:
            said = [self._by_evidence(round_, operation, one) for one in said]
        counting = []
        for framework in dict.fromkeys(one.framework for one in said):
            applies = [one for one in said if one.framework == framework and one.role != "not_applicable"]
            answered = [one for one in applies if one.value is not None]
            limit = Fraction(str(self.standards[framework]["coverage_limit"]))
            if applies and Fraction(len(answered), len(applies)) >= limit:
                counting.append(answered)
        if not counting:
            return "not_answered"
        if all(one.value == 0 for answered in counting for one in answered):
            return "nothing"
        return "addressed" if any(map(self._is_addressed, counting)) else "partly"

    def _by_evidence(self, round_: str, operation: str, said: Said) -> Said:
        """An answer whose evidence nobody else has seen counts as not in place."""
        seen = self.evidence.get((round_, operation, said.criterion)) in ("seen", "independently_checked")
        return said if seen or said.value is None else replace(said, value=Fraction(0))

    def _said(self, round_: str, operation: str, impact: str) -> Iterator[Said]:
        named = (code for code in self.impacts[impact].get("criteria", []) if code in self.criteria)
        for code in dict.fromkeys(self.criteria[one][1].get("same_as", one) for one in named):
            criterion = self.criteria[code][1]
            if criterion["kind"] == "respect" and self._asked(round_, operation, code):
                yield self._said_of(round_, operation, code)

    def _said_of(self, round_: str, operation: str, code: str) -> Said:
        framework, criterion = self.criteria[code]
        role, value = self._means(code, self.answers.get((round_, operation, code)))
        weight = Fraction(str(criterion.get("weight", 1)))
        return Said(code, framework, criterion.get("critical", False), weight, role, value)

    def _asked(self, round_: str, operation: str, code: str) -> bool:
        """Whether it is asked, or one that repeats it would be."""
        repeats = [other for other, (_, one) in self.criteria.items() if one.get("same_as") == code]
        return any(self._asks(round_, operation, one) for one in (code, *repeats))

    def _asks(self, round_: str, operation: str, code: str) -> bool:
        framework, criterion = self.criteria[code]
        row, asked = self.operations[operation], next(one for one in self.rounds if one["round"] == round_)
        first = next((one for one in self.rounds if one["round"] == row["first_round"]), self.rounds[0])
        if any(one["frameworks"] and framework not in one["frameworks"].split(";") for one in (row, asked)):
            return False
        if asked["starts_on"] < first["starts_on"]:
            return False
        versions = dict(said.split("=") for said in asked.get("versions", "").split(";") if said)
        if _number(criterion.get("added", "0")) > _number(versions.get(framework, "999")):
            return False
        if criterion["level"] not in ("both", row["kind"]):
            return False
        services = set(criterion.get("services", []))
        return not services or row["kind"] == "group" or bool(services & set(row["services"].split(";")))

    def _means(self, code: str, status: str | None) -> tuple[str, Fraction | None]:
        word = {one["status"]: one for one in self.standards[self.criteria[code][0]]["scale"]}.get(status or "", {})
        role = word.get("counts_as", "answered") if word else "unanswered"
        return role, Fraction(str(word["value"])) if role == "answered" else None

    def _is_addressed(self, answered: list[Said]) -> bool:
        scale = self.standards[answered[0].framework]["scale"]
        best = max(Fraction(str(one["value"])) for one in scale if "value" in one)
        full = sum((one.weight for one in answered if one.value == best), Fraction(0))
        whole = sum((one.weight for one in answered), Fraction(0))
        return all(one.value != 0 for one in answered) and 2 * full >= whole

    def _last(self, round_: str, operation: str, said: Said) -> Fraction | None:
        """The value of the last known answer before a round; None if there is none."""
        before = [row["round"] for row in self.rounds[: [row["round"] for row in self.rounds].index(round_)]]
        for earlier in reversed(before):
            _, value = self._means(said.criterion, self.answers.get((earlier, operation, said.criterion)))
            if value is not None:
                return value
        return None


def _number(version: object) -> tuple[int, ...]:
    return tuple(int(part) for part in str(version).split("."))


def parsed(text: str) -> Any:
    """What a text in YAML holds."""
    return yaml.safe_load(text)


def read_yaml(path: Path) -> Any:
    return parsed(path.read_text("utf-8"))


def read_table(path: Path) -> list[Row]:
    """The rows of a file; none if it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
