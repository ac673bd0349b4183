"""What does a group take home? One page in words: what it looked at, what weighs most, what it agreed."""

from dataclasses import dataclass

Line = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page: its title, its lines with what stands above them, and what is said where there is none."""

    title: str
    columns: Line
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True)
class Outcome:
    """The whole page. `about` says what it rests on; texts are as they stand, for a screen or a file to make safe."""

    title: str
    about: tuple[str, ...]
    actions: Section
    risks: Section
    openings: Section
    gaps: Section
    read: Section

    @property
    def sections(self) -> tuple[Section, ...]:
        """All parts, in the order in which they are read."""
        return (self.actions, self.risks, self.openings, self.gaps, self.read)
