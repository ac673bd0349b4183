"""How do rated risks and opportunities read in words? The same on every page that lists them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.model.claim import Claim, Claims
from dashboard.ui.elements.marks import bar, grade_mark
from dashboard.ui.elements.sentences import score_text
from dashboard.ui.view import View

Row = Mapping[str, Any]


def grade(view: View, name: str, value: int) -> str:
    """Return a grade of 1 to 4 as a word, such as `severity` 4: severe."""
    return view.words(f"grade.{name}_{int(value)}")


def graded(view: View, name: str, grade: float | None) -> str:
    """Return a grade as a mark and its word: squares for risks, circles for opportunities."""
    if grade is None:
        return ""
    mark = "■" if name in ("severity", "likelihood") else "●"
    return f"{mark * int(grade)} {view.words(f'grade.{name}_{int(grade)}')}"


def counted(row: Row) -> bool:
    """Whether there are too few answers for a band, so that they are shown themselves."""
    return row["reading"] == "count" and row["band_title"] is None


def covered(view: View, row: Row, nothing: str, said: str = "risks.covered") -> str:
    """Say how far the criteria addressing an impact are implemented, and on how many answers that rests."""
    words = view.words
    if row["reading"] == "not_covered":
        return words(nothing)
    figure = score_text(view, row)
    if counted(row) and row["n_answered"] == row["n_applicable"]:
        return figure
    band = f" {row['band_title'].lower()}" if row["band_title"] else ""
    return words(said, figure=f"{figure}{band}", answered=row["n_answered"], applicable=row["n_applicable"])


def cover_mark(view: View, row: Row, nothing: str) -> str:
    """Return the same as a bar and its figure; in words only, if fewer than three answers support a figure."""
    told = covered(view, row, nothing, "risks.covered_said")
    if row["reading"] == "too_few":
        bounds = view.words("reading.bounds", low=row["low"], high=row["high"])
        return f"{bar(row['low'], row['high'], told, bounds=True)} {bounds}"
    if row["percent"] is None or counted(row):
        return covered(view, row, nothing)
    return f"{bar(0, row['percent'], told)} {view.words('reading.score', percent=row['percent'])}"


def gaps_of(view: View, row: Row) -> str:
    """Return in how many of the operations that rated a risk it is a gap, where and why; empty if in none."""
    words, said = view.words, []
    for one in gap_claims(row):
        mark = "**" if one.key == "severe_gap.severe_in" else ""
        said.append(f"{mark}{words.say(one)}{mark}  \n:small[{_gap_places(view, one)}]")
    return "  \n".join(said)


def gap_claims(row: Row) -> Claims:
    """Return what a risk states of its gaps: in how many operations it is a severe or serious one; where and why."""
    n, severe = row["n_gaps"], row["n_severe_gaps"]
    parts = (("severe", slice(severe)), ("serious", slice(severe, n)))
    return tuple(
        Claim.of(
            f"severe_gap.{key}_in",
            n=len(operations),
            of=row["n_rated"],
            where=_by_reason(operations, row["gap_reasons"][some]),
        )
        for key, some in parts
        if (operations := row["gap_operations"][some])
    )


def _by_reason(operations: Sequence[str], reasons: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for operation, reason in zip(operations, reasons, strict=True):
        found.setdefault(reason, []).append(operation)
    return found


def _gap_places(view: View, claim: Claim) -> str:
    """Return the operations that have a gap, by reason."""
    where: Any = claim.places["where"]
    return "; ".join(
        f"{view.words(f'judged.{reason}')}: {view.words.some('operations', names)}" for reason, names in where.items()
    )


def risk_grade(view: View, row: Row) -> str:
    """Return severity and likelihood of a risk, or why there is none."""
    if row["severity"] is None:
        return view.words(f"state.{row['state']}")
    severity = grade(view, "severity", row["severity"])
    mark = grade_mark(view, "severity", row["severity"])
    return f"{mark} **{severity}**, {grade(view, 'likelihood', row['likelihood'])}"


def opening_grade(view: View, row: Row) -> str:
    """Return need, reach and feasibility of an opportunity, or why there are none."""
    words = view.words
    if row["need"] is None:
        return words(f"state.{row['state']}")
    need = words("rated.need", need=grade(view, "need", row["need"]))
    reach = words("rated.reach", reach=grade(view, "reach", row["reach"]))
    return (
        f"{grade_mark(view, 'need', row['need'])} **{need}**, {reach}, {grade(view, 'feasibility', row['feasibility'])}"
    )


def exposed_groups(view: View, row: Row) -> str:
    """Return the ages and groups of children most affected, and where in the business it arises; empty if not given."""
    words = view.words
    said = {
        "rated.ages": ("ages", "age_group.", row["age_groups"]),
        "rated.concerns": ("groups", "group.", row["groups"]),
        "rated.stages": ("stages", "stage.", row["stage"]),
    }
    return " ".join(
        words(key, **{place: words.listed(words(f"{section}{code}") for code in codes)})
        for key, (place, section, codes) in said.items()
        if codes
    )


def by_whom(view: View, row: Row) -> str:
    """Say how many operations rated an impact, did not find it, or did not rate it."""
    words = view.words
    if row["n_operations"] <= 1:
        return ""
    if row["n_not_rated"] == row["n_operations"]:
        return words("rated.by_no_one_yet", n=row["n_operations"])
    none, nobody = row["n_none_found"], row["n_not_rated"]
    others = "both" if none and nobody else "none" if none else "nobody"
    key = f"rated.by_and_{others}" if none or nobody else "rated.by"
    return words(key, rated=row["n_rated"], n=row["n_operations"], none=none, nobody=nobody)
