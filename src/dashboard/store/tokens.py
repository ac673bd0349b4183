"""Keeps the tokens that may read the figures, when each was last used, and the sessions that were ended early.

Tokens are a list beside the publications, of digests only. It is read for every request, so that a token that was
revoked is refused at once, by every process. A list that cannot be read lets nobody in.

An ended session is a small file, named by a digest, so the folder names nobody. It may be missing from a backup: then a
session that was ended lasts until its time is over.

See docs/decisions/0022-sign-in.md.
"""

import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from dashboard.model.permissions import Deed, Grant, Person, Token, WantedToken, allowed, grants_beyond, read_grants
from dashboard.model.problem import Problem, Weight
from dashboard.store.disk import write_atomically
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, locked

USED = Path("people") / "used"


def note_use(store: Path, id_: str, now: float) -> None:
    """Remember the day. A store that cannot be written to stops nobody from reading."""
    today = date.fromtimestamp(now)
    if last_used(store, id_) != today:
        with suppress(OSError):
            write_atomically(store / USED / id_, f"{today}\n")


def last_used(store: Path, id_: str) -> date | None:
    """The day on which a token was last used; None if it never was, or if that cannot be read."""
    try:
        return date.fromisoformat((store / USED / id_).read_text("utf-8").strip())
    except (OSError, ValueError):
        return None


def forget_others(store: Path, ids: Iterable[str]) -> None:
    """Remove the days of all tokens but these."""
    kept = set(ids)
    for file in (store / USED).glob("*"):
        if file.name not in kept:
            with suppress(OSError):
                file.unlink()


FILE = Path("people") / "tokens.json"
PREFIX = "dashboard_"
"""Begins every token, so that people and programs that look for leaked secrets recognise it."""
SHAPE = re.compile(rf"{PREFIX}[\w-]{{43}}")
BYTES = 32
MOST = 500
"""Tokens of one store: each request is compared with all of them."""
DAY = 24 * 60 * 60


def tokens(store: Path) -> tuple[Token, ...]:
    """The tokens that were made and not revoked, also those that have expired lately. Raises StoreError."""
    try:
        return tuple(_read(row) for row in json.loads((store / FILE).read_text("utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(Problem("tokens_unreadable", FILE.name, weight=Weight.FILE)) from error


def holder(store: Path, text: str, now: float) -> Person | None:
    """Whoever asks with this token; None if it is forged, revoked or expired. All are compared, in constant time.

    The day on which a token opened something is remembered.
    """
    asked = _digest(text)
    try:
        held = tokens(store)
    except StoreError:
        return None
    for token in [one for one in held if compare_digest(one.digest, asked)]:
        if token.made <= now < token.ends:
            note_use(store, token.id, now)
            return token.holder(one for one in held if one.maker == token.maker and now < one.ends)
    return None


def make(
    store: Path, wanted: WantedToken, maker: Person | None, countries: Mapping[str, str], now: float
) -> tuple[str, tuple[Problem, ...]]:
    """Make a token and return its text, which is nowhere else from then on; or what is wrong, and no text."""
    problems = wanted.problems(maker, countries)
    if problems:
        return "", problems
    text = f"{PREFIX}{secrets.token_urlsafe(BYTES)}"
    subject, of_maker = (maker.subject, maker.grants) if maker is not None else ("", ())
    ends = int(now) + wanted.days * DAY
    made = Token(_digest(text), wanted.name.strip(), subject, wanted.grants, int(now), ends, of_maker)

    def added() -> Outcome:
        kept = [token for token in tokens(store) if token.ends > now]
        if len(kept) >= MOST:
            return Outcome(None, (Problem("too_many_tokens", FILE.name, value=str(MOST), weight=Weight.FILE),))
        _write(store, (*kept, made))
        return Outcome(None, ())

    outcome = locked(store, added)
    return ("" if outcome.problems else text), outcome.problems


def revoke(store: Path, id_: str, person: Person | None) -> tuple[Problem, ...]:
    """End a token at once: one's own, or any if one grants roles or is at the machine itself."""
    missing = Problem("no_token", FILE.name, value=id_, weight=Weight.FILE)

    def revoked() -> Outcome:
        held = tokens(store)
        kept = tuple(token for token in held if token.id != id_ or not _may_revoke(person, token))
        if kept == held:
            return Outcome(None, (missing,))
        _write(store, kept)
        return Outcome(None, ())

    return locked(store, revoked).problems


def visible(store: Path, person: Person | None) -> tuple[Token, ...]:
    """The tokens that somebody may list and revoke, the latest first. Raises StoreError."""
    return tuple(token for token in reversed(tokens(store)) if _may_revoke(person, token))


def hold_within(store: Path, person: Person, countries: Callable[[], Mapping[str, str] | None]) -> None:
    """Take from the tokens of somebody who is back what they may no longer do themselves, and note what they may do.

    Only now are their present roles known. What cannot be read or written is tried again the next time. `countries` is
    asked only if they have tokens.
    """
    try:
        own = [token for token in tokens(store) if token.maker == person.subject]
    except StoreError:
        return
    known = countries() if own else None
    if known is None or all(_within(token, person, known) == token for token in own):
        return

    def held() -> Outcome:
        limited = (_within(token, person, known) if token.maker == person.subject else token for token in tokens(store))
        _write(store, tuple(token for token in limited if token.grants))
        return Outcome(None, ())

    locked(store, held)


def _within(token: Token, person: Person, countries: Mapping[str, str]) -> Token:
    gone = grants_beyond(person, token.grants, countries)
    left = tuple(grant for grant in token.grants if grant not in gone)
    return replace(token, grants=left, maker_grants=person.grants)


def _may_revoke(person: Person | None, token: Token) -> bool:
    return allowed(person, Deed.GRANT) or (person is not None and token.maker == person.subject)


def _digest(text: str) -> str:
    """A plain digest is enough: what was drawn from 2**256 texts cannot be guessed, however quick the digest."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _read(row: Mapping[str, object]) -> Token:
    digest, name, maker, made, ends = (str(row[key]) for key in ("digest", "name", "maker", "made", "ends"))
    # Tokens from before their makers' grants were noted show no sums until their makers come in again.
    of_maker = _grants(row.get("maker_grants", ()))
    return Token(digest, name, maker, _grants(row["grants"]), int(made), int(ends), of_maker)


def _grants(texts: object) -> tuple[Grant, ...]:
    found, wrong = read_grants(map(str, texts))  # type: ignore[call-overload]
    if wrong:
        raise ValueError(FILE.name)
    return found


def _write(store: Path, kept: tuple[Token, ...]) -> None:
    rows = [
        {**vars(token), **{name: [str(grant) for grant in getattr(token, name)] for name in ("grants", "maker_grants")}}
        for token in kept
    ]
    write_atomically(store / FILE, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    forget_others(store, (token.id for token in kept))


ENDED = "ended"
KEPT_SECONDS = 31 * 24 * 60 * 60
"""Longer than any session lasts."""


def digest_of_session(text: str) -> str:
    """The name under which a session, or all sessions of a subject, are ended."""
    return sha256(text.encode()).hexdigest()


def end_session(store: Path, name: str, at: float) -> None:
    """End what began until `at`, in whole seconds since 1970. Raises OSError if that cannot be recorded."""
    folder = store / ENDED
    write_atomically(folder / name, f"{int(at)}\n")
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)


def session_has_ended(store: Path, name: str, began: float) -> bool:
    """Whether what began then was ended. If the folder cannot be read, everything has: nobody can know better."""
    try:
        return began <= float((store / ENDED / name).read_text("utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
