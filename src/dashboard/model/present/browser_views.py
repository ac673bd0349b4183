"""Which views does one browser keep, and how does a cookie hold them? It can be forged, so all of it is checked."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from pydantic import ValidationError

from dashboard.model.present.tour import Step

MOST = 12
"""The most views a browser keeps; fewer if their sentences are long."""
MOST_LETTERS = 3800
"""The longest cookie value: browsers drop a cookie larger than 4096 bytes, including its name and attributes."""
MOST_UNPACKED = 20_000
LONGEST_TITLE = 80
"""The longest name of a saved view, in characters."""
UNREADABLE = (ValueError, RecursionError, zlib.error)


@dataclass(frozen=True)
class Change:
    """A view to keep, replacing one with the same title, and the title of a view to forget."""

    save: Step | None = None
    remove: str = ""


def changed(views: tuple[Step, ...], change: Change) -> tuple[Step, ...]:
    """The views after a change."""
    gone = {change.remove, change.save.title if change.save else ""}
    return (*(view for view in views if view.title not in gone), *([change.save] if change.save else []))


def written(views: tuple[Step, ...]) -> str | None:
    """The views as the value of a cookie; None if there are too many or they are too long."""
    plain = [view.model_dump(mode="json", exclude_defaults=True) for view in views]
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    text = urlsafe_b64encode(packed).decode().rstrip("=")
    return text if len(views) <= MOST and len(text) <= MOST_LETTERS else None


def read(cookie: str) -> tuple[tuple[Step, ...], int]:
    """The views in a cookie, and how many of its entries are not valid: forged, or for a page that no longer exists."""
    if not cookie:
        return (), 0
    try:
        found = json.loads(_unpacked(cookie))
    except UNREADABLE:
        return (), 1
    kept = [_view(one) for one in found[:MOST]] if isinstance(found, list) else [None]
    by_title = {view.title: view for view in kept if view}
    return tuple(by_title.values()), kept.count(None)


def _unpacked(cookie: str) -> bytes:
    """The decompressed value. Raises one of UNREADABLE if too long, compressed in another way, or growing too large."""
    if len(cookie) > MOST_LETTERS:
        raise ValueError
    unpacks = zlib.decompressobj()
    text = unpacks.decompress(urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), MOST_UNPACKED)
    if not unpacks.eof:
        raise ValueError
    return text


def _view(given: object) -> Step | None:
    try:
        view = Step.model_validate(given)
    except ValidationError:
        return None
    return view if len(view.title) <= LONGEST_TITLE else None
