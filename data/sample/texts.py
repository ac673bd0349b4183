"""What every row has: a text with its gaps filled, a role and a day."""

from datetime import timedelta
from random import Random
from typing import Any

from data.sample.files import content
from data.sample.operations import Round

ROLES: dict[str, list[str]] = content("roles.yaml")
PLACES: dict[str, Any] = content("places.yaml")


def fill(text: str, source: Random, operation: str) -> str:
    """The sentence with its counts, month and place drawn: {n} is 3 to 9, {m} is 12 to 64."""
    places = PLACES["by_operation"].get(operation, PLACES["anywhere"])
    return text.format(
        n=source.randint(3, 9),
        m=source.randint(12, 64),
        month=source.choice(PLACES["months"]),
        place=source.choice(places),
    )


def role_of(functions: tuple[str, ...], source: Random, operation: str) -> str:
    """The role of the function that leads, never a person."""
    role = source.choice(ROLES[functions[0]]) if functions else "Sustainability manager"
    return f"Group {role[0].lower()}{role[1:]}" if operation == "HQ" else role


def day_in(period: Round, source: Random) -> str:
    """A working day of the round, as YYYY-MM-DD."""
    day = period.starts_on + timedelta(days=source.randint(0, (period.ends_on - period.starts_on).days))
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return max(day, period.starts_on).isoformat()
