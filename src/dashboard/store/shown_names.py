"""What are the people called who made publications? A list beside the history, which holds only their ids.

A name can be changed or removed without touching the history and its chain. A name that was removed stays away.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from dashboard.model.people.permissions import Deed, allowed
from dashboard.model.people.person import Person
from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import write_atomically
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, locked

FILE = Path("people") / "names.json"


def shown_names(store: Path) -> Mapping[str, str]:
    """The shown name of each subject; "" if it was removed. A list that cannot be read names nobody."""
    try:
        return listed_names(store)
    except StoreError:
        return {}


def listed_names(store: Path) -> Mapping[str, str]:
    """The same, for whoever manages the list. Raises StoreError if it cannot be read."""
    try:
        held = json.loads((store / FILE).read_text("utf-8"))
        return {str(subject): str(name) for subject, name in held.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise StoreError(Problem("names_unreadable", str(FILE), weight=Weight.FILE)) from error


def note_name(store: Path, subject: str, name: str) -> None:
    """Remember what somebody is called who has just changed something, unless their name was removed."""
    known = shown_names(store)
    if subject and known.get(subject, name) and known.get(subject) != name:
        set_name(store, subject, name)


def change_name(store: Path, subject: str, name: str, person: Person | None = None) -> tuple[Problem, ...]:
    """Change or remove a shown name while nobody publishes, or say why not.

    Whoever has signed in, `person`, must be one who may grant roles.
    """
    if not allowed(person, Deed.GRANT):
        return (Problem("not_your_role", "store", weight=Weight.FILE),)

    def changed() -> Outcome:
        listed_names(store)
        set_name(store, subject, name)
        return Outcome(None, ())

    return locked(store, changed).problems


def set_name(store: Path, subject: str, name: str) -> None:
    """Change the shown name of a subject; an empty one removes it for good. Raises OSError."""
    held = {**shown_names(store), subject: name}
    write_atomically(store / FILE, json.dumps(dict(sorted(held.items())), ensure_ascii=False, indent=1) + "\n")
