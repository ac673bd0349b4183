"""What was accepted of each chart, and how does it look different now? One packed folder of pictures a chart."""

import io
import re
import tarfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

ACCEPTED = Path(__file__).parent / "accepted"
ENDING = ".tar.xz"
NEAR = 0.015
"""Pixels within which two places are the same: another processor may round the other way."""
PIECE = re.compile(r">[^<]*<|#[0-9A-Fa-f]{3,8}\b|(-?\d+(?:\.\d+)?)")
"""A text and a colour, which stay as they are, and a number of a tag."""


@dataclass(frozen=True)
class Difference:
    """One picture (`dark-many`) of a chart as it was accepted and as it is now; None where there is none."""

    chart: str
    picture: str
    accepted: str | None
    new: str | None

    def __str__(self) -> str:
        theme, size = self.picture.split("-")
        if self.accepted is None:
            return f"{self.chart}, {theme}, {size}: not accepted yet"
        if self.new is None:
            return f"{self.chart}, {theme}, {size}: accepted, and no longer drawn"
        return f"{self.chart}, {theme}, {size}: looks different"


def differences(chart: str, drawn: Mapping[str, str], folder: Path = ACCEPTED) -> list[Difference]:
    """Where the pictures of a chart are not those that were accepted; none of a chart that is gone are drawn."""
    before = accepted(chart, folder)
    return [
        Difference(chart, name, before.get(name), drawn.get(name))
        for name in sorted(before.keys() | drawn.keys())
        if not (name in before and name in drawn and same(before[name], drawn[name]))
    ]


def same(one: str, other: str) -> bool:
    """Whether two pictures look the same: in all but their numbers equal, and in those nearly so."""
    if one == other:
        return True
    (words, numbers), (other_words, other_numbers) = _parted(one), _parted(other)
    return words == other_words and all(abs(a - b) < NEAR for a, b in zip(numbers, other_numbers, strict=True))


def _parted(svg: str) -> tuple[str, list[float]]:
    numbers = [float(found[1]) for found in PIECE.finditer(svg) if found[1]]
    return PIECE.sub(lambda found: "\0" if found[1] else found[0], svg), numbers


def accepted(chart: str, folder: Path = ACCEPTED) -> dict[str, str]:
    """The accepted pictures of a chart by theme and size; none of one that is new."""
    path = _packed(chart, folder)
    if not path.exists():
        return {}
    with tarfile.open(path) as packed:
        found = {file.name.removesuffix(".svg"): packed.extractfile(file) for file in packed.getmembers()}
        return {name: content.read().decode() for name, content in found.items() if content}


def left_over(charts: Collection[str], folder: Path = ACCEPTED) -> list[str]:
    """What was accepted of charts that there are no longer."""
    known = {_packed(chart, folder).name for chart in charts}
    found = sorted(path.name for path in folder.iterdir() if path.name not in known)
    return [name.removesuffix(ENDING).replace("-", " ") for name in found]


def accept(chart: str, drawn: Mapping[str, str], folder: Path = ACCEPTED) -> list[Difference]:
    """Take the pictures of a chart as they are, and give what that changed; without any, the chart is forgotten."""
    changed = differences(chart, drawn, folder)
    path = _packed(chart, folder)
    if changed and not drawn:
        path.unlink()
    elif changed:
        folder.mkdir(exist_ok=True)
        with tarfile.open(path, "w:xz", preset=6) as packed:
            for name, svg in sorted(drawn.items()):
                content = svg.encode()
                file = tarfile.TarInfo(f"{name}.svg")
                file.size = len(content)
                packed.addfile(file, io.BytesIO(content))
    return changed


def _packed(chart: str, folder: Path) -> Path:
    return folder / f"{chart.replace(' ', '-')}{ENDING}"
