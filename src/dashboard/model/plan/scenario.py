"""What if? A scenario: a name, a round, and what is assumed of its answers; and the way into a URL and back.

`called~Girls_20first,in~2025,GHA~CRBP-05~implemented,all~planned~2026-06-30` as the codes of one field of a view.

See docs/decisions/0015-scenarios.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

OF = "~"
EVERYWHERE = "all"
"""Stands for every operation."""
PLANNED = "planned"
"""Stands for what the actions expect that are due until a day."""
CALLED, IN = "called", "in"
MOST = 40
"""So many assumptions a scenario may hold; with more, its link would be too long for some browsers."""
LONGEST = 40
"""So many characters a name may have."""


@dataclass(frozen=True)
class Assumption:
    """One thing that is imagined: in an operation, a country or everywhere, a criterion or an area becomes a status.

    Or, where `what` is PLANNED, every planned action due until the day `becomes` has reached what it expects.
    """

    where: str
    what: str
    becomes: str


@dataclass(frozen=True)
class Scenario:
    """Assumptions on the answers of one round, under a name. Of two on one answer the later counts."""

    name: str
    round: str
    assumptions: tuple[Assumption, ...] = ()


def codes_of(scenario: Scenario) -> tuple[str, ...]:
    """The scenario as codes of a URL; none of the signs in them needs to be written otherwise there."""
    assumed = (OF.join((a.where, a.what, a.becomes)) for a in scenario.assumptions)
    return OF.join((CALLED, _quoted(scenario.name))), OF.join((IN, scenario.round)), *assumed


def scenario_of(codes: Iterable[str]) -> Scenario | None:
    """The inverse of `codes_of`; what is not written as it writes is passed over. None without a round."""
    split = [code.split(OF) for code in codes]
    pairs = {part[0]: part[1] for part in split if len(part) == 2}
    assumed = tuple(Assumption(*part) for part in split if len(part) == 3)
    if IN not in pairs:
        return None
    return Scenario(_unquoted(pairs.get(CALLED, "")), pairs[IN], assumed[:MOST])


def named(name: str) -> str:
    """A name as it may stand: one line, of signs that can be seen, not too long."""
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
    # Only letters, digits and the sign of quoting: no sign of a URL, a place or a list.
    return quote(name, safe="").replace("~", "%7E").replace("_", "%5F").replace("%", "_")


def _unquoted(name: str) -> str:
    return unquote(name.replace("_", "%"), errors="replace")
