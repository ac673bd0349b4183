"""What if? A scenario is a name, a round and assumptions about its answers; this converts it to and from a URL.

`called~Girls_20first,in~2025,GHA~CRBP-05~implemented,all~planned~2026-06-30` are the codes of one field of a view. See
docs/decisions/0015-scenarios.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

OF = "~"
EVERYWHERE = "all"
"""Stands for every operation."""
PLANNED = "planned"
"""Stands for what the actions that are due by a certain day expect."""
CALLED, IN = "called", "in"
MOST = 40
"""The most assumptions in a scenario; with more, its link would be too long for some browsers."""
LONGEST = 40
"""The longest name, in characters."""


@dataclass(frozen=True)
class Assumption:
    """One assumption: in an operation, a country or everywhere, a criterion or an area gets a status.

    Or, if `what` is PLANNED, every planned action due by the day `becomes` has reached what it expects.
    """

    where: str
    what: str
    becomes: str


@dataclass(frozen=True)
class Scenario:
    """Assumptions about the answers of one round, under a name. If two concern one answer, the later counts."""

    name: str
    round: str
    assumptions: tuple[Assumption, ...] = ()


def codes_of(scenario: Scenario) -> tuple[str, ...]:
    """The scenario as codes of a URL; none of their characters needs escaping there."""
    assumed = (OF.join((a.where, a.what, a.becomes)) for a in scenario.assumptions)
    return OF.join((CALLED, _quoted(scenario.name))), OF.join((IN, scenario.round)), *assumed


def scenario_of(codes: Iterable[str]) -> Scenario | None:
    """The inverse of `codes_of`; codes in any other form are ignored. None without a round."""
    split = [code.split(OF) for code in codes]
    pairs = {part[0]: part[1] for part in split if len(part) == 2}
    assumed = tuple(Assumption(*part) for part in split if len(part) == 3)
    if IN not in pairs:
        return None
    return Scenario(_unquoted(pairs.get(CALLED, "")), pairs[IN], assumed[:MOST])


def named(name: str) -> str:
    """A valid name: one line of visible characters, not too long."""
    return "".join(sign if sign.isprintable() else " " for sign in name).strip()[:LONGEST].strip()


def is_name(code: str) -> bool:
    """Whether a code of the form `called~…` holds a name as `codes_of` writes it."""
    tag, _, quoted = code.partition(OF)
    name = _unquoted(quoted)
    return tag == CALLED and bool(name) and name == named(name) and _quoted(name) == quoted


def is_day(text: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _quoted(name: str) -> str:
    # Only letters, digits and the escape character: none that is special in a URL, a place or a list.
    return quote(name, safe="").replace("~", "%7E").replace("_", "%5F").replace("%", "_")


def _unquoted(name: str) -> str:
    return unquote(name.replace("_", "%"), errors="replace")
