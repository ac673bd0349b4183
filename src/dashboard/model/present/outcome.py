"""What does a group take home? One page in words: what it looked at, what matters most, what it agreed."""

from dataclasses import dataclass

Line = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page: its title, its lines with their headings, and what is said if there are none."""

    title: str
    columns: Line
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True)
class Outcome:
    """The whole page. `about` says what it is based on; texts are unescaped, which is left to the screen or file."""

    title: str
    about: tuple[str, ...]
    actions: Section
    risks: Section
    openings: Section
    gaps: Section
    read: Section

    @property
    def sections(self) -> tuple[Section, ...]:
        """All parts, in reading order."""
        return (self.actions, self.risks, self.openings, self.gaps, self.read)
