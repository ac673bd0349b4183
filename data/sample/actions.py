"""The rows of `actions.csv`."""

from collections.abc import Iterator

from data.sample.files import content

ACTION_COLUMNS = (
    "action",
    "round",
    "operation",
    "criterion",
    "impact",
    "text",
    "owner_role",
    "due_on",
    "status",
    "priority",
    "reason",
    "expected_status",
    "effort",
    "cost",
    "cause",
)


def action_rows() -> Iterator[tuple[str, ...]]:
    """The actions in the order of ACTION_COLUMNS, numbered as `actions.yaml` lists them."""
    actions: list[dict[str, str]] = content("actions.yaml")
    for number, action in enumerate(actions, start=1):
        aim = "impact" if action["target"].startswith("IMP-") else "criterion"
        cells = {**action, "action": f"A-{number:03}", aim: action["target"]}
        yield tuple(cells.get(column, "") for column in ACTION_COLUMNS)
