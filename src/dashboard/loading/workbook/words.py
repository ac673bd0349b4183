"""Which code does a word in an operation's workbook mean? Codes, titles and plain words of every language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.loading.files.words_file import languages, read_words
from dashboard.loading.library.library import Library
from dashboard.model.answers.workbook import UNANSWERED
from dashboard.model.plan.action import PRIORITIES
from dashboard.model.plan.action import STATUSES as ACTION_STATUSES
from dashboard.model.records import EVIDENCE
from dashboard.model.standard.framework import Framework
from dashboard.model.standard.scales import Choice
from dashboard.model.view.known import KINDS
from dashboard.model.words import Words

KEYS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "evidence": ("evidence", EVIDENCE),
    "found": ("book.found", ("yes", "none")),
    "confidence": ("confidence", ("low", "medium", "high")),
    "action_status": ("action_status", ACTION_STATUSES),
    "priority": ("plan", PRIORITIES),
    "target_kind": ("kind", KINDS),
    "confidential": ("book.confidential", ("true", "false")),
}
"""By list: where its words are, and its codes."""


@dataclass(frozen=True)
class Meanings:
    """What each word of one list means, by its normalised form; `shown` are the words to choose from."""

    codes: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    def code(self, word: str) -> str | None:
        """The code that a word stands for; None if it stands for none or for several."""
        return self.codes.get(compared(word))


def compared(word: str) -> str:
    """A word for comparison: case, spaces and underscores make no difference."""
    return " ".join(word.replace("_", " ").casefold().split())


def meanings(pairs: Iterable[tuple[str, str]], shown: Iterable[str]) -> Meanings:
    """From pairs of a word and its code; if two share a word, the first counts."""
    codes: dict[str, str] = {}
    for word, code in pairs:
        codes.setdefault(compared(word), code)
    return Meanings(codes, tuple(dict.fromkeys(shown)))


def spoken() -> tuple[Words, ...]:
    """The words of every built-in language."""
    return tuple(read_words(language) for language in languages())


def list_meanings(name: str, handed_out: Iterable[tuple[str, str]]) -> Meanings:
    """What the words of a fixed list mean. `handed_out` are words and codes from the workbook itself."""
    given = tuple(handed_out)
    under, codes = KEYS[name]
    keys = {code: f"{under}.{'priority_' if name == 'priority' else ''}{code}" for code in codes}
    known = [(words(key), code) for words in spoken() for code, key in keys.items()]
    shown = [word for word, _ in given] or [spoken()[0](key) for key in keys.values()]
    return meanings([*((code, code) for code in codes), *given, *known], shown)


def scale_meanings(scale: Sequence[Choice], handed_out: Iterable[tuple[str, str]]) -> Meanings:
    """What the words of a scale mean: its own before any synonym. It is empty if its framework is not known."""
    given = tuple(handed_out)
    if scale:
        known = {UNANSWERED, *(status.status for status in scale)}
        # A word of an older scale stays readable: the checks decide whether its code is still valid.
        given = tuple((word, code) for word, code in given if code in known) or given
    codes = [(status.status, status.status) for status in scale] + [(code, code) for _, code in given]
    titles = [(status.title, status.status) for status in scale]
    worded = [
        (words(key), status.status)
        for words in spoken()
        for status in scale
        if words.has(key := f"workbook.start.{status.status}")
    ]
    nothing = [(UNANSWERED, UNANSWERED), *((words("counts_as.unanswered"), UNANSWERED) for words in spoken())]
    plain = [(word, code) for role, code in _alone(scale).items() for word in _plain_words(role)]
    shown = [word for word, _ in given] or [status.title for status in scale]
    return meanings([*codes, *given, *titles, *worded, *nothing, *plain], shown)


def _alone(scale: Iterable[Choice]) -> dict[str, str]:
    """The status meant by yes, partly, no, not applicable and not known, if it is the only one of its kind."""
    kinds: dict[str, list[str]] = {}
    for status in scale:
        degree = "full" if status.value == 1 else "nil" if status.value == 0 else "part"
        role = degree if status.counts_as == "answered" else status.counts_as
        kinds.setdefault(role, []).append(status.status)
    return {role: codes[0] for role, codes in kinds.items() if len(codes) == 1}


def _plain_words(role: str) -> list[str]:
    return [word for words in spoken() for word in words(f"book.means.{role}").split(";")]


def framework_named(library: Library, framework: str) -> Framework | None:
    return next((known for known in library.frameworks if known.framework == framework), None)
