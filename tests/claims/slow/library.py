"""What do guidance and cases say of what is not in place, and what is left to answer? Read from the files."""

from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.claims.slow.choice import meets
from tests.claims.slow.scores import Scores
from tests.figures.slow_gaps import parsed, read_yaml

Item = dict[str, Any]


def items_in(folder: Path) -> list[Item]:
    """The heads of the texts in a folder, in the order of their files."""
    return [parsed(path.read_text("utf-8").split("---\n")[1]) for path in sorted(folder.glob("*.md"))]


class Library(Scores):
    """What the filters keep of guidance and cases, and what these are about."""

    def _keeps_item(self, item: Item, functions: bool) -> bool:
        group, choice = self.group, self.choice
        own = self.canonical(item)
        areas = {area for code in own for area in group.areas(code)}
        rights = {one for code in own for one in group.codes(code, "rights")}
        return (
            meets(choice.principle, areas)
            and meets(choice.risk_area, item.get("risk_areas", []))
            and meets(choice.right, group.named([*rights, *item.get("rights", [])]))
            and meets(choice.setting, item.get("settings", []))
            and (not functions or meets(choice.function, item.get("functions", [])))
        )

    def canonical(self, item: Item) -> list[str]:
        """The criteria that an item names, each as the one that is asked."""
        named = (code for code in item.get("criteria", []) if code in self.group.criteria)
        return list(dict.fromkeys(self.group.criteria[code][1].get("same_as", code) for code in named))

    def every_guidance(self) -> list[Item]:
        """All guidance."""
        return items_in(self.group.frameworks / "guidance")

    def guidance(self) -> list[Item]:
        """The guidance that the filters keep."""
        return [one for one in self.every_guidance() if self._keeps_item(one, functions=True)]

    def cases(self) -> list[Item]:
        """The cases that the filters keep."""
        return [one for one in self.every_case() if self._keeps_item(one, functions=False)]

    def every_case(self) -> list[Item]:
        """All cases."""
        return items_in(self.group.frameworks / "cases")

    @cached_property
    def answered(self) -> dict[str, Counter[str]]:
        """By criterion of the standard in view, how many operations shown have it in place, partly, or not."""
        at, found = self.choice.round, dict[str, Counter[str]]()
        for code in self.group.asked_in(self.choice.framework):
            asked = [who for who in self.operations if self.group.is_asked(at, who, code)]
            answers = [self.answer(at, who, code, self.choice.counting) for who in asked]
            values = [one.inherited if one.value is None else one.value for one in answers]
            known = [value for value in values if value is not None]
            found[code] = Counter("nil" if one == 0 else "full" if one == 1 else "part" for one in known)
        return found

    def is_weak(self, code: str) -> bool:
        """Whether anybody answered that a criterion is not, or only partly, in place."""
        return bool(self.answered.get(code, Counter())["nil"] + self.answered.get(code, Counter())["part"])

    def best_case(self) -> Item | None:
        """The case that fits best: failures of critical criteria, then what is not in place, then how much of it."""
        ordered = sorted(self.cases(), key=self._fit)
        return ordered[0] if ordered else None

    def _fit(self, case: Item) -> tuple[object, ...]:
        own = [code for code in self.canonical(case) if self.group.criteria[code][0] == self.choice.framework]
        found = [self.answered[code] for code in own]
        failed = sum(self._failed(code) for code in own)
        lacking = sum(one["nil"] + one["part"] / 2 for one in found)
        return (not own, -failed, -lacking, -sum(map(self.is_open, own)), case["confidence"])

    def _failed(self, code: str) -> int:
        """How many operations failed a critical criterion, now or when they last answered."""
        return sum((code, who) in self.group.failures(self.choice.round) for who in self.operations)

    def is_open(self, code: str) -> bool:
        """Whether a criterion is weak, or failed when it was last answered."""
        in_view = self.group.criteria[code][0] == self.choice.framework
        return in_view and (self.is_weak(code) or self._failed(code) > 0)

    def left(self) -> dict[str, list[tuple[str, bool]]]:
        """By operation that is asked anything: its kept criteria, and whether each is unanswered."""
        at = self.choice.round
        asked = {
            who: [
                (code, self.said(at, who, code)[0] == "unanswered")
                for code in self.criteria_kept
                if self.group.is_asked(at, who, code)
            ]
            for who in self.operations
        }
        return {who: own for who, own in asked.items() if own}

    def led(self, code: str) -> str:
        """The function that leads a criterion."""
        functions = self.group.criteria[code][1].get("functions", [])
        return str(functions[0]) if functions else ""

    def function_titles(self) -> dict[str, str]:
        """The names of functions, in their order."""
        listed = read_yaml(self.group.frameworks / "shared" / "functions.yaml")["functions"]
        return {one["function"]: one["title"] for one in listed}
