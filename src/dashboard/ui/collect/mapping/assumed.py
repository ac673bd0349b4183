"""Which assumptions about a sheet can be changed? Empty cells, reasons, and the order of day and month."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.loading.mapping.blanks import KEYS
from dashboard.loading.mapping.statuses import NO_REASON
from dashboard.model.answers.mapping import DAYS
from dashboard.model.answers.mapping_guess import Guess
from dashboard.ui.view import View


@dataclass(frozen=True)
class Choice:
    """One thing that can be corrected: its subject, label, options and current value."""

    on: tuple[str, ...]
    label: str
    titles: dict[str, str]
    now: str
    doubtful: bool
    free: bool = False
    """Whether the user can type another text."""
    several: bool = False
    """Whether several options can be chosen; `now` then holds them all."""


def filled(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choice of what an empty cell means, for columns in which it may mean the value above."""
    words, mapping = view.words, guessed.mapping
    for ours in KEYS:
        why = guessed.columns.get(ours)
        asked = why is not None and why.why == "blanks"
        if asked or ours in mapping.filled:
            titles = {"above": words("mapping.filled_above"), "": words("mapping.filled_not")}
            now = "above" if ours in mapping.filled else ""
            label = words("mapping.filled", column=words(f"mapping.ours_{ours}"))
            yield Choice(("filled", ours), label, titles, now, asked)


def reason(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choice of one reason for all answers that are not applicable and have none."""
    words, mapping = view.words, guessed.mapping
    taken = [one.taken for one in guessed.values.get("status", {}).values()]
    taken += list(mapping.across.codes.values()) if mapping.across else []
    if any(code in mapping.not_applicable for code in taken):
        not_stated, now = words("mapping.reason_not_stated"), mapping.fixed.get("na_reason", "")
        titles = {"": words("mapping.reason_left"), not_stated: not_stated}
        doubtful = guessed.columns.get("na_reason") == NO_REASON
        yield Choice(
            ("reason",), words("mapping.reason"), {**titles, **({now: now} if now else {})}, now, doubtful, True
        )


def days(view: View, guessed: Guess) -> Iterator[Choice]:
    """Yield the choice between day first and month first."""
    words = view.words
    if any(ours in guessed.mapping.columns for ours in DAYS):
        doubtful = any(one.why.startswith("days_") for one in guessed.columns.values())
        titles = {order: words(f"mapping.days_{order}") for order in ("dmy", "mdy")}
        yield Choice(("days",), words("mapping.days"), titles, guessed.mapping.days, doubtful)
