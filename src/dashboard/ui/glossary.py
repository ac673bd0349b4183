"""What does each term on screen mean? Said once, in the words, and read by whatever explains a term."""

from dataclasses import dataclass

from dashboard.model.words import Words

_BEGINS, _ENDS = "term.", ".title"


@dataclass(frozen=True)
class Term:
    """A term: its code, what it is called, and in at most two sentences what it means."""

    code: str
    title: str
    text: str


def terms(words: Words) -> tuple[Term, ...]:
    """Every term in one language, in the order of their titles."""
    codes = [
        key.removeprefix(_BEGINS).removesuffix(_ENDS)
        for key in words.english
        if key.startswith(_BEGINS) and key.endswith(_ENDS)
    ]
    found = (Term(code, words(f"term.{code}.title"), meaning(words, code)) for code in codes)
    return tuple(sorted(found, key=lambda term: term.title.casefold()))


def meaning(words: Words, *codes: str) -> str:
    """What one term means, or several one after the other. Raises KeyError for a code that there is not."""
    return " ".join(words(f"term.{code}.text") for code in codes)
