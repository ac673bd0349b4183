"""Which pictures of each chart were accepted, and how do they differ now? One compressed folder per chart."""

import io
import re
import tarfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

ACCEPTED = Path(__file__).parent / "accepted"
ENDING = ".tar.xz"
NEAR = 0.015
"""Pixels within which two places count as equal, because another processor may round the other way."""
PIECE = re.compile(r">[^<]*<|#[0-9A-Fa-f]{3,8}\b|(-?\d+(?:\.\d+)?)")
"""A text or a colour, which must match exactly, or a number in a tag."""


@dataclass(frozen=True)
class Difference:
    """One picture (`dark-many`) of a chart as accepted and as it is now; None if there is none."""

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
    """Return where the pictures of a chart differ from those accepted; a removed chart has no new pictures."""
    before = accepted(chart, folder)
    return [
        Difference(chart, name, before.get(name), drawn.get(name))
        for name in sorted(before.keys() | drawn.keys())
        if not (name in before and name in drawn and same(before[name], drawn[name]))
    ]


def same(one: str, other: str) -> bool:
    """Whether two pictures look the same: equal except for their numbers, and those nearly equal."""
    if one == other:
        return True
    (words, numbers), (other_words, other_numbers) = _parted(one), _parted(other)
    return words == other_words and all(abs(a - b) < NEAR for a, b in zip(numbers, other_numbers, strict=True))


def _parted(svg: str) -> tuple[str, list[float]]:
    numbers = [float(found[1]) for found in PIECE.finditer(svg) if found[1]]
    return PIECE.sub(lambda found: "\0" if found[1] else found[0], svg), numbers


def accepted(chart: str, folder: Path = ACCEPTED) -> dict[str, str]:
    """Return the accepted pictures of a chart by theme and size; none for a new chart."""
    path = _packed(chart, folder)
    if not path.exists():
        return {}
    with tarfile.open(path) as packed:
        found = {file.name.removesuffix(".svg"): packed.extractfile(file) for file in packed.getmembers()}
        return {name: content.read().decode() for name, content in found.items() if content}


def left_over(charts: Collection[str], folder: Path = ACCEPTED) -> list[str]:
    """Return the accepted pictures of charts that no longer exist."""
    known = {_packed(chart, folder).name for chart in charts}
    found = sorted(path.name for path in folder.iterdir() if path.name not in known)
    return [name.removesuffix(ENDING).replace("-", " ") for name in found]


def accept(chart: str, drawn: Mapping[str, str], folder: Path = ACCEPTED) -> list[Difference]:
    """Accept a chart's pictures as they are and return what that changed; without any, remove the chart."""
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
