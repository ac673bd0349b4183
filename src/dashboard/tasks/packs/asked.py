"""What is asked of the process that reads pages? Which views, for whom, and with which names hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.model.people.person import Person


@dataclass(frozen=True)
class PackView:
    """A view of a pack: a page and the parameters of its address. `name` is what people called it, if they did."""

    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True)
class Asked:
    """Views of a store, read with the rights of a person, or of nobody where nobody signs in.

    With `safe`, names are hidden; `aliases` are the numbers of those a screen already shows, by kind and code.
    """

    store: Path
    views: tuple[PackView, ...]
    person: Person | None = None
    lang: str = ""
    safe: bool = False
    aliases: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
