"""What are the people called who made publications? A list beside the history, which holds only their ids.

A name can be changed or removed without touching the history and its chain. A name that was removed stays away.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from dashboard.store.durable import write_atomically

FILE = Path("people") / "names.json"


def shown_names(store: Path) -> Mapping[str, str]:
    """The shown name of each subject; "" if it was removed. A list that cannot be read names nobody."""
    try:
        held = json.loads((store / FILE).read_text("utf-8"))
        return {str(subject): str(name) for subject, name in held.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def note_name(store: Path, subject: str, name: str) -> None:
    """Remember what somebody is called who has just changed something, unless their name was removed."""
    known = shown_names(store)
    if subject and known.get(subject, name) and known.get(subject) != name:
        set_name(store, subject, name)


def set_name(store: Path, subject: str, name: str) -> None:
    """Change the shown name of a subject; an empty one removes it for good. Raises OSError."""
    held = {**shown_names(store), subject: name}
    write_atomically(store / FILE, json.dumps(dict(sorted(held.items())), ensure_ascii=False, indent=1) + "\n")
