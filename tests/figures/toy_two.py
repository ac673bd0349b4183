"""A toy group that answers two standards: its files, with answers and ratings as a test wants them."""

import re
import shutil
from pathlib import Path

from tests.conftest import TINY

OTHER = (("toy-hq", "U1.a"), ("a-op", "U1.a"), ("a2-op", "U1.a"), ("b-op", "U1.a"), ("a-op", "U2.a"), ("b-op", "U2.a"))
ASKED = (*((who, f"T{code[1:]}") for who, code in OTHER), ("a-op", "T1.b"), ("b-op", "T1.b"), *OTHER)
WORDS = ("yes", "mostly", "somewhat", "no", "na", "dont_know", "")
IMPACTS = """\
  - {impact: TOY-I3, risk_area: TOY-RA1, setting: toy_shop, polarity: risk, text: Three., criteria: [T1.a]}
  - {impact: TOY-I4, risk_area: TOY-RA2, setting: toy_shop, polarity: risk, text: Four., criteria: [T2.a, U1.a]}
  - {impact: TOY-I5, risk_area: TOY-RA2, setting: toy_shop, polarity: risk, text: Five., criteria: [U1.a, U2.a]}
"""
AREA = "  - {risk_area: TOY-RA2, title: Loud toys, text: Toys may be loud., citation: Toy standard}\n"
RISKS = ("TOY-I1", "TOY-I3", "TOY-I4", "TOY-I5")


def with_two_standards(folder: Path) -> Path:
    """The toy group with a second standard beside its own, and risks that one of them, both or neither asks about."""
    shutil.copytree(TINY, folder)
    frameworks = folder / "frameworks"
    text = (frameworks / "toy" / "framework.yaml").read_text("utf-8")
    for old, new in (("framework: toy\n", "framework: other\n"), ("short_title: TOY", "short_title: OTHER")):
        assert old in text
        text = text.replace(old, new)
    (frameworks / "other").mkdir()
    (frameworks / "other" / "framework.yaml").write_text(re.sub(r"\bT([12])\b", r"U\1", text), "utf-8")
    for name, more in (("impacts", IMPACTS), ("risk_areas", AREA)):
        with (frameworks / "shared" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(more)
    for name in ("operations", "rounds"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace(",toy,", ",toy;other,").replace(",toy\n", ",toy;other\n"))
    return folder


def drawn(folder: Path, answers: list[str], ratings: list[list[int] | None]) -> None:
    """The answers and ratings of a world as the files of the group."""
    lines = ["round,operation,criterion,status,evidence,answered_on,na_reason"]
    asked = [(at, *one) for at in ("R1", "R2") for one in ASKED]
    for (at, who, criterion), word in zip(asked, answers, strict=True):
        if word and (who, at) != ("b-op", "R1"):
            lines.append(f"{at},{who},{criterion},{word},none,2025-02-01,{'No need.' if word == 'na' else ''}")
    laid(folder / "answers.csv", lines)
    lines = ["round,operation,impact,found,scale,scope,irremediability,likelihood,basis"]
    rated = [(who, impact) for who in ("a-op", "b-op") for impact in RISKS]
    for (who, impact), grades in zip(rated, ratings, strict=True):
        if grades:
            lines.append(f"R2,{who},{impact},yes,{','.join(map(str, grades))},Seen.")
    laid(folder / "risks.csv", lines)


def laid(path: Path, lines: list[str]) -> None:
    """Write the lines to a file, unless there is only a header: an empty table is a problem."""
    path.unlink(missing_ok=True)
    if lines[1:]:
        path.write_text("\n".join(lines) + "\n", "utf-8")
