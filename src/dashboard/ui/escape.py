"""Escapes text that people wrote, so that Streamlit shows it literally where it reads Markdown.

See docs/decisions/0019-text.md.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from textwrap import shorten
from typing import Any, cast

import pyarrow as pa

from dashboard.model.problem import Problem
from dashboard.model.sheet_cells import SURROGATES, UNSEEN, XML_BLANKS
from dashboard.queries import ask
from dashboard.queries.question import Question, Row
from dashboard.store.reader import Published

BREAK = ":small[]"
"""An empty span. Streamlit looks for addresses, arrows, icons and emoji after resolving escapes, so a backslash does
not prevent a match; a span between two texts does, and adds nothing to copied text.
"""

_UNSEEN = re.compile(f"[{UNSEEN}{SURROGATES}\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
                     "\u2060-\u206f\ufeff\ufff9-\ufffb]")  # fmt: skip
"""What no document can hold, other control characters, zero-width marks, and marks that change the direction of this
and the following text.
"""
_BLANKS = re.compile(f"[ \t\n\r{XML_BLANKS}\x85\u2028\u2029]+")

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
"""What Markdown or Streamlit would interpret. A single `_` within a word is left alone, so that codes stay intact."""
_ENDED = re.compile("[.,;]…$")
SHORT = 500
"""Texts up to this many characters are cached: pages escape the same titles and codes in every run."""
_ARMED = re.compile(rf"\\(.)|{re.escape(BREAK)}|[\u2068\u2069]")


def escape(text: str | None) -> str:
    """Return the text on one line with all markup disabled, so that exactly its own characters are seen.

    Codes (letters, digits, `.`, `-`, `@`, and `_` between two of them) are returned unchanged, because they are also
    keys.
    """
    plain = text or ""
    return _remembered(plain) if len(plain) <= SHORT else _escaped(plain)


def _escaped(text: str) -> str:
    return _isolated(_MARKS.sub(_disarmed_mark, one_line(text)))


_remembered = lru_cache(maxsize=20_000)(_escaped)


def one_line(text: str | None) -> str:
    """Return the text on one line without hidden characters, for places that read no Markdown, such as list options."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text or "")).strip()


@lru_cache(4096)
def short(text: str, width: int) -> str:
    """Return the text on one line, cut after a word if it has more than `width` characters."""
    return _ENDED.sub("…", shorten(text, width, placeholder="…"))


def escape_label(text: str | None) -> str:
    """Turn the result of `escape` into that of `one_line`, for options and charts made from escaped rows."""
    return _ARMED.sub(lambda found: found[1] or "", text or "")


def escape_list(text: str | None) -> str:
    """Escape a text of several paragraphs and bullets; empty lines and `- ` keep their meaning."""
    parts = re.split(r"\n\s*\n|\n(?=- )", (text or "").replace("\r\n", "\n").strip())
    return "\n\n".join(f"- {escape(part[2:])}" if part.startswith("- ") else escape(part) for part in parts)


def _disarmed_mark(found: re.Match[str]) -> str:
    """Disable one match by its kind: escape it, or separate it from what would complete it."""
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
    """Isolate right-to-left text, so that the sentence around it keeps its order."""
    turned = not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"\u2068{text}\u2069" if turned else text


def escape_problem(problem: Problem) -> Problem:
    """Return the problem with quoted text escaped; the markup of its own sentence stays."""
    return replace(problem, file=escape(problem.file), value=None if problem.value is None else escape(problem.value))


def escaped_rows(published: Published, question: Question[Row], given: Mapping[str, ask.Value]) -> list[Row]:
    """Return the rows of a question with all texts escaped for Markdown."""
    return ask.rows_made(published, ask.ask(published, question.name, given), escape_rows)


def escape_rows(table: pa.Table) -> list[Any]:
    """Return the rows of a table with their texts escaped, including those in lists and nested rows."""
    return ask.as_rows(table, map(_escaped_values, table.columns))


def _escaped_values(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_string(column.type):
        return [value and escape(value) for value in values]
    # Numbers and days hold no text; whatever else there is may.
    return values if pa.types.is_primitive(column.type) else list(map(_disarmed, values))


def escape_row(row: Row) -> Row:
    """Return one row with its texts escaped, including those in lists and nested rows. It has the same type."""
    return cast(Row, {name: _disarmed(value) for name, value in row.items()})


def _disarmed(value: Any) -> Any:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return escape_row(value)
    return [_disarmed(part) for part in value] if isinstance(value, list) else value
