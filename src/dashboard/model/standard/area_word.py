"""What does a standard call its areas? One of them, and several."""

from dataclasses import dataclass

from dashboard.model.words import Words

BUILT_IN = ("principle", "area")
"""The words that the program knows and translates. Any other is shown as the standard gives it."""
BETWEEN = ";"
"""Separates the word for one from the word for several."""


@dataclass(frozen=True)
class AreaWord:
    """The word for one area and for several, as they are written inside a sentence."""

    one: str
    many: str

    @property
    def label(self) -> str:
        """The word for one, as a heading."""
        return _capital(self.one)

    def everything(self, words: Words) -> str:
        """What no choice of areas is called."""
        return words("area_word.all", areas=self.many)

    def sorted(self, words: Words, kind: str) -> str:
        """The heading of the areas with the mean and spread of one kind of figures."""
        return words("area_word.sorted", kind=kind, area=self.one)

    def by(self, words: Words) -> str:
        """The heading of figures by area."""
        return words("area_word.by", area=self.one)

    def none_of(self, words: Words, n: int, framework: str) -> str:
        """A number of rated risks that belong to none of the areas."""
        return words.count("area_word.no_risks", n, area=self.one, framework=framework)

    def counted(self, words: Words, n: int) -> str:
        """A number of areas."""
        return words.count("area_word.n", n, areas=self.one if n == 1 else self.many)


def area_word(given: str, words: Words) -> AreaWord:
    """The words for `area_word` of a standard. Without a word for several, an s is added, as in most English nouns."""
    if given in BUILT_IN:
        return AreaWord(words(f"area_word.{given}.one"), words(f"area_word.{given}.other"))
    one, _, many = (part.strip() for part in given.partition(BETWEEN))
    return AreaWord(one, many or f"{one}s")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
