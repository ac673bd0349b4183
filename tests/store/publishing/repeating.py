"""A small standard that asks the same thing in several places, and a group that answers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

from tests.conftest import TINY

AREAS = ("T1", "T2", "T3")
LISTS = {
    "countries": "country,title,region\nAAA,Aland,North\nBBB,Beland,South\n",
    "operations": "operation,country,title,kind,services\n"
    "a-op,AAA,Toys A,operation,shop\nb-op,BBB,Toys B,operation,stall\nhq,,Office,group,\n",
    "rounds": "round,title,starts_on,ends_on\nR1,Round 1,2021-01-01,2021-03-31\nR2,Round 2,2022-01-01,2022-03-31\n",
}


@dataclass(frozen=True)
class Asks:
    """A criterion of the standard, in one of AREAS."""

    code: str
    area: str = "T1"
    same_as: str = ""
    kind: str = "respect"
    level: str = "operation"
    services: tuple[str, ...] = ()
    weight: str = "1"
    critical: bool = False
    right: str = ""
    risk_area: str = ""

    def text(self) -> str:
        """The criterion as an item of YAML."""
        more = f", same_as: {self.same_as}" if self.same_as else ""
        more += f", gap: a safe toy {self.code}" if self.critical and not self.same_as else ""
        more += f", rights: [{self.right}]" if self.right else ""
        more += f", risk_areas: [{self.risk_area}]" if self.risk_area else ""
        return (
            f"{{criterion: {self.code}, kind: {self.kind}, level: {self.level}, weight: {self.weight}, "
            f"critical: {str(self.critical).lower()}, services: [{', '.join(self.services)}], "
            f"text: Toy {self.code} is safe., functions: [toy_maker], evidence_hint: A drawer., "
            f"citation: Toys {self.code}, verification: confirmed{more}}}"
        )


def write_standard(folder: Path, criteria: Iterable[Asks], version: str = "1.1") -> Path:
    """Write the standard and its shared lists into a folder; the steps of its scale are worth 1, 0.7, 0.35 and 0."""
    there = list(criteria)
    copytree(TINY / "frameworks", folder, ignore=ignore_patterns("guidance", "cases"), dirs_exist_ok=True)
    (folder / "shared" / "crosswalk.yaml").write_text("schema_version: 1\nlinks: []\n", "utf-8")
    path = folder / "toy" / "framework.yaml"
    text = (TINY / "frameworks" / "toy" / "framework.yaml").read_text("utf-8").replace('"1.0"', f'"{version}"')
    text = text.replace("value: 0.75", "value: 0.7").replace("value: 0.25", "value: 0.35")
    areas = [(area, [one.text() for one in there if one.area == area]) for area in AREAS]
    items = [
        f'  - {{area: {area}, code: "{area[1]}", title: Area {area}, text: All of {area}., criteria: [\n'
        + ",\n".join(own)
        + "]}\n"
        for area, own in areas
        if own
    ]
    path.write_text(text[: text.index("areas:")] + "areas:\n" + "".join(items), "utf-8")
    return path


def write_group(folder: Path, answers: Iterable[str]) -> None:
    """Write the lists and the answers (`round,operation,criterion,status`, perhaps an evidence) into a folder."""
    for name, content in LISTS.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    write_answers(folder / "answers.csv", answers)


def write_answers(path: Path, answers: Iterable[str]) -> None:
    """A table of answers; those that do not apply have a reason."""
    lines = [",".join([*line.split(","), ""][:5]) + (",None sold." if ",na" in line else ",") for line in answers]
    path.write_text("\n".join(["round,operation,criterion,status,evidence,na_reason", *lines]) + "\n", "utf-8")
