"""The interface sentences of one language, with English behind them where one is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

THIN_SPACE = "\u202f"


@dataclass(frozen=True, eq=False)
class Words:
    """Sentences by key. Calling it gives one, with its named places filled. Read once, so each is only like itself.

    Raises KeyError when neither the language nor English has the key: that is a fault of ours, not of a reader.
    """

    language: str
    texts: Mapping[str, str]
    english: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str, /, **places: object) -> str:
        text = self.texts.get(key)
        if text is None:
            text = self.english[key]
        return text.format(**{name: self.shown(value) for name, value in places.items()}) if places else text

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this name."""
        return key in self.texts or key in self.english

    def missing(self) -> tuple[str, ...]:
        """Keys that English has and this language lacks, in order of name."""
        return tuple(sorted(set(self.english) - set(self.texts)))

    def shown(self, value: object) -> str:
        """A value as text: whole numbers with thin spaces between thousands, nothing as nothing, else as it stands."""
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value:,}".replace(",", THIN_SPACE)
        if isinstance(value, datetime):
            return f"{self.shown(value.date())}, {value:%H:%M}"
        if isinstance(value, date):
            return self("day.said", day=value.day, month=self(f"day.month_{value.month}"), year=str(value.year))
        return str(value)

    def count(self, key: str, n: int, /, **places: object) -> str:
        """The sentence `key.one` or `key.many`, by number."""
        return self(f"{key}.one" if n == 1 else f"{key}.many", n=n, **places)
