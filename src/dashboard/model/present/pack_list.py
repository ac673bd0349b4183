"""Which views does a pack hold, and what did they say when it was last made? A list that is read and written again."""

from datetime import date

from pydantic import Field

from dashboard.model.present.tour import MOST_CHARACTERS, Step
from dashboard.model.standard.framework import Strict, Text


class Found(Strict):
    """What a view said: its finding, and the score and answers of everything in it; null where nothing is asked."""

    finding: str
    score: float | None = None
    answered: int | None = None
    applicable: int | None = None


class PackList(Strict):
    """The views of a pack, in order. `found` has what each said in a publication; it is empty before the first pack."""

    title: Text | None = None
    steps: tuple[Step, ...] = Field(min_length=1)
    publication: int | None = None
    made_on: date | None = None
    found: tuple[Found, ...] = ()


def shortened(finding: str) -> str:
    """A finding as the sentence of a saved view."""
    return finding if len(finding) <= MOST_CHARACTERS else f"{finding[: MOST_CHARACTERS - 1].rstrip()}…"
