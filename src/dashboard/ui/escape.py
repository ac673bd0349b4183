"""Text that people wrote, made to stand as its own characters where Streamlit reads Markdown.

See docs/decisions/0024-text-on-screen.md.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from dashboard.model.problem import Problem
from dashboard.queries import ask
from dashboard.store.reading.reader import Published

Row = TypeVar("Row", bound=Mapping[str, Any])
"""What a row holds stays what it was: texts in the place of texts."""

BREAK = ":small[]"
"""An empty span. Addresses, arrows, icons and emoji are found in the text that is left once every escape is read, so a
backslash does not keep them from being found; two texts with a span between them do, and nothing hidden is copied."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
                     "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")  # fmt: skip
"""Control characters, marks without width and marks that turn the direction, of this text and of what follows."""
_BLANKS = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")

_MARKS = re.compile(
    r"""
    (?P<start> \A (?: [-+=] (?![^\W_]) (?!\S) | [-=]{2,} (?![^\W_]) | \d{1,9} [.)] (?!\S) ) )
    | (?P<sign> (?<!\S) (?: <-> | -> | <- | -- | >= | <= | ~= ) (?= \s | @ | \Z ) )
    | (?P<address> https? (?= :// ) | www (?= \. ) )
    | (?P<mail> (?<= [-.\w+] ) @ (?= [-\w]+ \. [-\w] ) )
    | (?P<icon> : (?= [\w+-]+ : | material/ ) )
    | (?P<mark> [\\`*\[\]<>~$|#] | : (?!\s) | & (?= \#?\w+; ) | (?<![^\W_]) _ | _ (?![^\W_]) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What Markdown or Streamlit would read as something else. One `_` within a word is left, so a code stays as it is."""
SHORT = 500
"""Texts of at most so many letters are remembered: pages escape the same titles and codes in every run."""
_ARMED = re.compile(rf"\\(.)|{re.escape(BREAK)}|[\u2068\u2069]")


def escape(text: str | None) -> str:
    """The text on one line, every mark disarmed: what is seen is its own characters, and nothing else.

    Codes (letters, digits, `.`, `-`, `@`, and `_` between two of them) come out as they went in: they are keys as well.
    """
    plain = text or ""
    return _remembered(plain) if len(plain) <= SHORT else _escaped(plain)


def _escaped(text: str) -> str:
    return _isolated(_MARKS.sub(_disarmed_mark, one_line(text)))


_remembered = lru_cache(maxsize=20_000)(_escaped)


def one_line(text: str | None) -> str:
    """The text for where nothing reads Markdown, such as the options of a list: on one line, nothing hidden in it."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text or "")).strip()


def escape_label(text: str | None) -> str:
    """A text that `escape` gave, as `one_line` would: for options and charts that are made of plain rows."""
    return _ARMED.sub(lambda found: found[1] or "", text or "")


def escape_list(text: str | None) -> str:
    """A text of several paragraphs and points, each of them plain: an empty line and `- ` keep their meaning."""
    parts = re.split(r"\n\s*\n|\n(?=- )", (text or "").replace("\r\n", "\n").strip())
    return "\n\n".join(f"- {escape(part[2:])}" if part.startswith("- ") else escape(part) for part in parts)


def _disarmed_mark(found: re.Match[str]) -> str:
    """One mark by its kind: escaped, or cut from what would make it one."""
    mark = found.group()
    match found.lastgroup:
        case "start":
            return f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else "".join(f"\\{sign}" for sign in mark)
        case "sign":
            return BREAK.join(f"\\{sign}" for sign in mark)
        case "address":
            return mark + BREAK
        case "mail":
            return BREAK + mark
        case "icon":
            return f"\\:{BREAK}"
        case _:
            return f"\\{mark}"


def _isolated(text: str) -> str:
    """The text; one that is written from right to left closed off, so that the sentence around it keeps its order."""
    turned = not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"\u2068{text}\u2069" if turned else text


def escape_problem(problem: Problem) -> Problem:
    """The problem with what it quotes disarmed; the marks of its own sentence stay."""
    return replace(problem, file=escape(problem.file), value=None if problem.value is None else escape(problem.value))


@ask.typed_by_name
def escaped_rows(published: Published, name: str, given: Mapping[str, ask.Value]) -> list[Any]:
    """The rows of a question, to be put into words: no text in them is read as Markdown."""
    return [escape_row(row) for row in ask.ask(published, name, given).to_pylist()]


def escape_row(row: Row) -> Row:
    """One row with its texts disarmed, also those in lists and in rows within it."""
    return cast(Row, {name: _disarmed(value) for name, value in row.items()})


def _disarmed(value: Any) -> Any:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return escape_row(value)
    return [_disarmed(part) for part in value] if isinstance(value, list) else value
