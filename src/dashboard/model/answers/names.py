"""What do people call the codes of a publication? Used to read sheets in other formats."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

Called = Mapping[str, tuple[str, ...]]
"""Codes, each with its names: titles, texts in every language, and former names."""


@dataclass(frozen=True, eq=False)
class Names:
    """The codes of one publication by our column, and the meaning of each status on each framework's scale.

    Each publication has one, so that results derived from it can be cached. A meaning is `full`, `part`, `nil`,
    `not_applicable`, `not_known` or `unanswered`. `operating` is the number of operations in each country; `new` are
    the codes of unpublished operations that could be added.
    """

    called: Mapping[str, Called] = field(default_factory=dict)
    framework_of: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    status_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    operating: Mapping[str, int] = field(default_factory=dict)
    new: frozenset[str] = frozenset()

    def meanings(self, frameworks: Iterable[str] = ()) -> dict[str, str]:
        """Return the meaning of each status of the frameworks; of all frameworks if none is named."""
        chosen = [name for name in frameworks if name in self.scales] or list(self.scales)
        return {status: meaning for name in reversed(chosen) for status, meaning in self.scales[name].items()}

    def titled(self, column: str, code: str) -> str:
        """Return the first name of a code, or the code itself."""
        return next(iter(self.called.get(column, {}).get(code, ())), code)


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Normalise a text for comparing names: lower case, without accents and punctuation, single spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain)) or text.strip()


def as_code(text: str) -> str:
    """Turn a text into a code: its normalised words, joined by hyphens."""
    return bare(text).replace(" ", "-")


def named_in(words: Sequence[str], codes: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where normalised words hold a normalised name: its first word, the word after it, and its code.

    Longer names come first, and no word belongs to two: `South Sudan` does not hold `Sudan`.
    """
    free = [True] * len(words)
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            code = codes.get(" ".join(words[start : start + length]))
            if code is not None and all(free[start : start + length]):
                free[start : start + length] = [False] * length
                yield start, start + length, code
