"""What do people call the codes of a publication? Used to read sheets in other formats."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Called = Mapping[str, tuple[str, ...]]
"""Codes, each with its names: titles, texts in every language, and former names."""


@dataclass(frozen=True, eq=False)
class Names:
    """The codes of one publication by column of ours, and what the statuses of each framework's scale mean.

    Each publication has one, so that results derived from it can be cached. A meaning is `full`, `part`, `nil`,
    `not_applicable`, `not_known` or `unanswered`. `operating` is the number of operations in each country; `new` are
    codes of operations that are not published, but could be.
    """

    called: Mapping[str, Called] = field(default_factory=dict)
    framework_of: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    status_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    operating: Mapping[str, int] = field(default_factory=dict)
    new: frozenset[str] = frozenset()

    def meanings(self, frameworks: Iterable[str] = ()) -> dict[str, str]:
        """The statuses of the frameworks, or of all if none is named, each with its meaning."""
        chosen = [name for name in frameworks if name in self.scales] or list(self.scales)
        return {status: meaning for name in reversed(chosen) for status, meaning in self.scales[name].items()}

    def titled(self, column: str, code: str) -> str:
        """The first name of a code, or the code itself."""
        return next(iter(self.called.get(column, {}).get(code, ())), code)


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """A text normalised for comparing names: lower case, without accents and punctuation, single spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain)) or text.strip()
