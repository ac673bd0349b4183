"""The rows of `targets.csv`."""

from collections.abc import Iterator

from data.sample.files import content

TARGET_COLUMNS = (
    "framework", "kind", "area", "operation", "round", "due_on", "percent", "baseline", "owner_role", "note",
)  # fmt: skip


def target_rows() -> Iterator[tuple[str, ...]]:
    """The targets in the order of TARGET_COLUMNS, as `targets.yaml` lists them."""
    targets: list[dict[str, str]] = content("targets.yaml")
    for target in targets:
        yield tuple(target.get(column, "") for column in TARGET_COLUMNS)
