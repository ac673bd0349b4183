"""Finds what matches the words searched for, even with typing errors. Words are indexed once per publication."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from math import log
from typing import TypedDict

from dashboard.queries.ask import rows
from dashboard.queries.question import Question
from dashboard.store.cache import once
from dashboard.store.reader import Published

SHORTEST = 3
"""The shortest word that is searched for, in letters."""
FORGIVEN = 4
"""The shortest word, as typed and as meant, that may have one wrong letter; one error makes any short word another."""
MOST_LETTERS, MOST_WORDS = 400, 12
"""The most letters and words searched for: a whole document may have been pasted, and a miss costs the most."""
PASSED_OVER = frozenset({
    "about", "all", "also", "and", "any", "are", "been", "both", "but", "can", "does", "each", "even", "every", "for",
    "from", "had", "has", "have", "how", "into", "its", "many", "may", "more", "most", "much", "must", "not", "one",
    "only", "other", "our", "out", "own", "same", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "they", "this", "those", "very", "was", "were", "what", "when", "where", "which", "while", "who",
    "whose", "will", "with", "would", "you", "your",
})  # fmt: skip
"""Words that occur everywhere and that nobody searches for."""
GRAMMAR = frozenset({
    "above", "after", "again", "along", "amid", "among", "away", "before", "being", "below", "beside", "between",
    "cannot", "could", "down", "else", "ever", "here", "just", "like", "might", "near", "never", "none", "often",
    "once", "onto", "over", "since", "soon", "still", "these", "under", "until", "upon", "whom", "within", "yours",
})  # fmt: skip
"""Words that are found if they are typed, and that nobody meant who typed another one."""
CALLED, SAID = 4, 1
"""The weight of a word in the name of a thing, and in its description."""
EQUAL, BEGUN, SLIPPED = 1.0, 0.8, 0.3
"""The value of a match: the same word, a word that begins with it, or one that differs in one letter."""
WHOLE = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
})  # fmt: skip
"""Letters that a keyboard without them writes otherwise, and that Unicode does not take apart."""
_WORDS = re.compile(rf"[^\W_]{{{SHORTEST},}}")


class SearchTextsRow(TypedDict):
    """A row of `search_texts`."""

    what: str
    id: str
    title: str
    of: list[str]
    called: list[str]
    said: list[str | None]


SEARCH_TEXTS = Question("search_texts", SearchTextsRow)


@dataclass(frozen=True)
class Item:
    """A thing that can be found: its kind, id and title, what it belongs to, and the texts it is found by."""

    what: str
    id: str
    title: str
    of: tuple[str, ...]
    called: tuple[str, ...]
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """The things that match all the words searched for, or else as many as any thing matches; best first.

    `near` gives, for each word without a match, the words one letter away that were searched for instead. `is_cut` says
    that the text had more words than are searched for.
    """

    items: tuple[Item, ...]
    n_matched: int
    n_sought: int
    near: Mapping[str, tuple[str, ...]]
    is_cut: bool = False


def folded(text: str) -> str:
    """A text in lower case without accents."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return plain.translate(WHOLE)


def is_one_slip(left: str, right: str) -> bool:
    """Whether two different words differ by one letter missing, added or replaced, or by two neighbours swapped."""
    if abs(len(left) - len(right)) > 1:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    a, b = left[same:], right[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


class Index:
    """The words of many things: which things have a word in their name, and which in their description."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)
        self._called: dict[str, list[int]] = defaultdict(list)
        self._said: dict[str, list[int]] = defaultdict(list)
        known: dict[str, frozenset[str]] = {}
        for number, item in enumerate(self.items):
            called = _words_of(item.called, known) | {item.id.lower()}
            for word in called:
                self._called[word].append(number)
            for word in _words_of(item.said, known) - called:
                self._said[word].append(number)
        self.vocabulary = sorted({*self._called, *self._said})

    def find(self, text: str, kinds: Collection[str] = ()) -> SearchResult:
        """What matches the words of a text, limited to some kinds if any are named."""
        whole = self._sought(text[:MOST_LETTERS])
        sought = whole[:MOST_WORDS]
        near = {word: slips for word in sought if not self._as_typed(word) and (slips := self._slips(word))}
        worth: dict[int, list[float]] = defaultdict(list)
        for word in sought:
            for number, value in self._worth(word, near.get(word, ())).items():
                if not kinds or self.items[number].what in kinds:
                    worth[number].append(value)
        most = max(map(len, worth.values()), default=0)
        best = sorted((-round(sum(values), 6), number) for number, values in worth.items() if len(values) == most)
        is_cut = whole != sought or len(text) > MOST_LETTERS
        return SearchResult(tuple(self.items[number] for _, number in best), most, len(sought), near, is_cut)

    def _sought(self, text: str) -> tuple[str, ...]:
        """The words to search for: an id unchanged, everything else without hyphens and full stops."""
        parts = folded(text).split()
        words = (word for part in parts for word in ([part] if self._as_typed(part) else _WORDS.findall(part)))
        return tuple(dict.fromkeys(word for word in words if len(word) >= SHORTEST and word not in PASSED_OVER))

    def _as_typed(self, sought: str) -> tuple[str, ...]:
        """The words that equal or begin with the one searched for; after three letters, with at most one more."""
        start = bisect_left(self.vocabulary, sought)
        begun = takewhile(lambda word: word.startswith(sought), self.vocabulary[start:])
        return tuple(word for word in begun if len(sought) > SHORTEST or len(word) <= len(sought) + 1)

    def _slips(self, sought: str) -> tuple[str, ...]:
        """The words one letter away, without those of grammar; codes have none."""
        if len(sought) < FORGIVEN or not sought.isalpha():
            return ()
        meant = (word for word in self.vocabulary if len(word) >= FORGIVEN and word not in GRAMMAR)
        return tuple(word for word in meant if is_one_slip(word, sought))

    def _worth(self, sought: str, slips: tuple[str, ...]) -> dict[int, float]:
        """The value of each thing, by number, that matches a word searched for.

        All words found for one count as rare as the commonest of them, so that a rare plural does not outrank the word.
        """
        words = slips or self._as_typed(sought)
        if not words:
            return {}
        rarity = min(log(1 + len(self.items) / self._frequency(word)) for word in words)
        found: dict[int, float] = {}
        for word in words:
            quality = SLIPPED if slips else EQUAL if word == sought else BEGUN
            for number, weight in self._holding(word):
                found[number] = max(found.get(number, 0.0), quality * weight * rarity)
        return found

    def _frequency(self, word: str) -> int:
        return len(self._called.get(word, ())) + len(self._said.get(word, ()))

    def _holding(self, word: str) -> Iterator[tuple[int, int]]:
        for weight, numbers in ((CALLED, self._called), (SAID, self._said)):
            for number in numbers.get(word, ()):
                yield number, weight


def _words_of(texts: Iterable[str], known: dict[str, frozenset[str]]) -> set[str]:
    """The searchable words of some texts. Many things share texts, so each text is read once."""
    found: set[str] = set()
    for text in texts:
        if text not in known:
            known[text] = frozenset(_WORDS.findall(folded(text))) - PASSED_OVER
        found |= known[text]
    return found


@once
def index_of(published: Published, lang: str, beside: tuple[Item, ...] = ()) -> Index:
    """Everything that can be found in a publication, with titles in one language, preceded by the items `beside` it."""
    found = rows(published, SEARCH_TEXTS, {"lang": lang})
    return Index((*beside, *(_item(row) for row in found)))


def _item(row: SearchTextsRow) -> Item:
    of, called, said = (tuple(text for text in row[name] if text) for name in ("of", "called", "said"))
    return Item(row["what"], row["id"], row["title"], of, called, said)
