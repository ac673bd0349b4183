"""The rows of `participation.csv`."""

from collections.abc import Iterator

from data.sample.files import content

PARTICIPATION_COLUMNS = (
    "record", "operation", "round", "activity", "held_on", "age_groups", "children", "girls", "boys",
    "children_with_disabilities", "out_of_school", "consent", "safeguarding_lead", "trained_partner", "fed_back",
    "changed", "what_changed", "evidence_ref", "note",
)  # fmt: skip


def participation_rows() -> Iterator[tuple[str, ...]]:
    """How children were heard, in the order of PARTICIPATION_COLUMNS, as `participation.yaml` lists it.

    No count of 1 to 9 stands there: the word `withheld` does, as in a file that the dashboard gives out.
    """
    records: list[dict[str, str]] = content("participation.yaml")
    for record in records:
        yield tuple(record.get(column, "") for column in PARTICIPATION_COLUMNS)
