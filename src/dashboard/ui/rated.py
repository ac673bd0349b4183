"""How do rated risks and opportunities read in words? The same on every page that lists them."""

from typing import Any

from dashboard.ui.shell import View
from dashboard.ui.tell import reading_text

Row = dict[str, Any]
TOP = 4
SEVERITY = ("■", "□")
NEED = ("⊕", "◌")
"""The marks of a grade, filled and not: squares for risks, rounds for opportunities. Answers have other marks."""


def grade(view: View, name: str, value: int) -> str:
    """A grade of 1 to 4 in a word, such as `severity` 4: grave."""
    return view.words(f"grade.{name}_{int(value)}")


def _marks(value: int, marks: tuple[str, str]) -> str:
    return marks[0] * int(value) + marks[1] * (TOP - int(value))


def severity(view: View, value: int) -> str:
    """Four squares, as many filled as the risk is grave, and the word."""
    return f"{_marks(value, SEVERITY)} **{grade(view, 'severity', value)}**"


def risk_grade(view: View, row: Row) -> str:
    """Severity and likelihood of a risk, or why there is none."""
    if row["severity"] is None:
        return view.words(f"impact_state.{row['state']}")
    return f"{severity(view, row['severity'])}, {grade(view, 'likelihood', row['likelihood'])}"


def opening_grade(view: View, row: Row) -> str:
    """Need, reach and feasibility of an opportunity, or why there are none."""
    words = view.words
    if row["need"] is None:
        return words(f"impact_state.{row['state']}")
    need = words("rated.need", need=grade(view, "need", row["need"]))
    reach = words("rated.reach", reach=grade(view, "reach", row["reach"]))
    return f"{_marks(row['need'], NEED)} **{need}**, {reach}, {grade(view, 'feasibility', row['feasibility'])}"


def whom(view: View, row: Row) -> str:
    """The ages and children an impact concerns most, and where in the business it arises; nothing where not said."""
    words = view.words
    said = {
        "rated.ages": ("ages", "age_group.", row["age_groups"]),
        "rated.concerns": ("groups", "group.", row["groups"]),
        "rated.stages": ("stages", "stage.", row["stage"]),
    }
    return " ".join(
        words(key, **{place: ", ".join(words(f"{section}{code}") for code in codes)})
        for key, (place, section, codes) in said.items()
        if codes
    )


def by_whom(view: View, row: Row) -> str:
    """How many operations rated an impact, looked for it in vain, or did not rate it."""
    words = view.words
    if row["n_operations"] <= 1:
        return ""
    parts = [words("rated.by", rated=row["n_rated"], n=row["n_operations"])]
    parts += [words("rated.by_none", n=row["n_none_found"])] if row["n_none_found"] else []
    parts += [words("rated.by_nobody", n=row["n_not_rated"])] if row["n_not_rated"] else []
    return f"{', '.join(parts)}."


def figure(view: View, row: Row) -> str:
    """How far answers cover a risk, as it may be shown; a mean of several countries has a percentage, not counts."""
    several = row["reading"] == "count" and row["n_units"] > 1
    return view.words("reading.score", percent=row["percent"]) if several else reading_text(view, row)


def cover(view: View, row: Row) -> str:
    """The same with its band and with what it rests on."""
    if row["reading"] not in ("score", "count"):
        return figure(view, row)
    banded = row["reading"] == "score" or row["n_units"] > 1
    return view.words(
        "rated.cover" if banded else "rated.cover_count",
        figure=figure(view, row),
        band=(row["band_title"] or "").lower(),
        answered=row["n_answered"],
        applicable=row["n_applicable"],
    )
