"""Which things hold the words sought, even with slips of typing? Words are read once for each publication."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from math import log

from dashboard.queries.ask import rows
from dashboard.queries.elements.rows import SearchTextsRow
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published

SHORTEST = 3
"""So many letters has a word that is sought."""
FORGIVEN = 4
"""So many letters has a word, typed and meant, in which one may be wrong: one slip makes any short word another."""
MOST_LETTERS, MOST_WORDS = 400, 12
"""So much of a text is sought; a whole document may have been pasted, and a word that nothing holds costs the most."""
PASSED_OVER = frozenset({
    "about", "all", "also", "and", "any", "are", "been", "both", "but", "can", "does", "each", "even", "every", "for",
    "from", "had", "has", "have", "how", "into", "its", "many", "may", "more", "most", "much", "must", "not", "one",
    "only", "other", "our", "out", "own", "same", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "they", "this", "those", "very", "was", "were", "what", "when", "where", "which", "while", "who",
    "whose", "will", "with", "would", "you", "your",
})  # fmt: skip
"""Words that stand everywhere and that nobody looks for."""
CALLED, SAID = 4, 1
"""What a word weighs in what a thing is called by, and in what is said of it."""
EQUAL, BEGUN, SLIPPED = 1.0, 0.8, 0.3
"""What it is worth that a word is the one sought, begins with it, or differs from it in one letter."""
WHOLE = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
})  # fmt: skip
"""Letters that a keyboard without them writes otherwise, and that Unicode does not take apart."""
_WORDS = re.compile(rf"[^\W_]{{{SHORTEST},}}")


@dataclass(frozen=True)
class Item:
    """A thing that can be found: its kind, its id, its title, what it belongs to, and the texts it is found by."""

    what: str
    id: str
    title: str
    of: tuple[str, ...]
    called: tuple[str, ...]
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The things that hold all the words sought, or else as many as any thing does; the best first.

    `near` has, by each sought word that nothing holds, the words one letter away that were looked for in its place.
    `is_cut` says that the text had more words than are sought.
    """

    items: tuple[Item, ...]
    n_matched: int
    n_sought: int
    near: Mapping[str, tuple[str, ...]]
    is_cut: bool = False


def folded(text: str) -> str:
    """A text in small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return plain.translate(WHOLE)


def is_one_slip(left: str, right: str) -> bool:
    """Whether one letter is missing, added or replaced, or two neighbours are swapped, between two different words."""
    if abs(len(left) - len(right)) > 1:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    a, b = left[same:], right[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


class Index:
    """The words of many things: which thing is called by a word, and of which one it is said."""

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

    def find(self, text: str, kinds: Collection[str] = ()) -> Found:
        """What holds the words of a text; kept to some kinds where any are named."""
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
        return Found(tuple(self.items[number] for _, number in best), most, len(sought), near, is_cut)

    def _sought(self, text: str) -> tuple[str, ...]:
        """The words to look for: an id as it stands, all else without its hyphens and stops."""
        parts = folded(text).split()
        words = (word for part in parts for word in ([part] if self._as_typed(part) else _WORDS.findall(part)))
        return tuple(dict.fromkeys(word for word in words if len(word) >= SHORTEST and word not in PASSED_OVER))

    def _as_typed(self, sought: str) -> tuple[str, ...]:
        """The words that are the one sought or begin with it; of three letters with no more than one letter after."""
        start = bisect_left(self.vocabulary, sought)
        begun = takewhile(lambda word: word.startswith(sought), self.vocabulary[start:])
        return tuple(word for word in begun if len(sought) > SHORTEST or len(word) <= len(sought) + 1)

    def _slips(self, sought: str) -> tuple[str, ...]:
        """The words one letter away; a code has no slips."""
        if len(sought) < FORGIVEN or not sought.isalpha():
            return ()
        return tuple(word for word in self.vocabulary if len(word) >= FORGIVEN and is_one_slip(word, sought))

    def _worth(self, sought: str, slips: tuple[str, ...]) -> dict[int, float]:
        """By its number what each thing is worth that holds a sought word.

        All that one word finds is as rare as the most frequent of it, so that no rare plural goes before the word.
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
    """The words of some texts that can be sought. Many texts stand beside many things: each is read once."""
    found: set[str] = set()
    for text in texts:
        if text not in known:
            known[text] = frozenset(_WORDS.findall(folded(text))) - PASSED_OVER
        found |= known[text]
    return found


@once
def index_of(published: Published, lang: str, beside: tuple[Item, ...] = ()) -> Index:
    """All that can be found in a publication, titles in one language; and what stands `beside` it, before the rest."""
    found = rows(published, "search_texts", {"lang": lang})
    return Index((*beside, *(_item(row) for row in found)))


def _item(row: SearchTextsRow) -> Item:
    of, called, said = (tuple(text for text in row[name] if text) for name in ("of", "called", "said"))
    return Item(row["what"], row["id"], row["title"], of, called, said)
