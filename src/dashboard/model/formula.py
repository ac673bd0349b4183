"""Which texts would a spreadsheet take for a formula, and how is that prevented? One rule for export and import."""

import re

BLANKS = " \t\u00a0"
"""What is stripped around every cell that is read."""
SIGNS = "'*[=+@\u2212\\-\uff1d\uff0b\uff0d\uff20\t\r\n]"
"""How a text begins that is taken for a formula, or would be without its apostrophes; valid for both `re` and RE2."""
GUARDED = f"^'({SIGNS})"
"""How a guarded text begins; its group is what remains."""
_STARTS = re.compile(SIGNS)
_GUARDED = re.compile(GUARDED)
_BELOW_ZERO = re.compile(r"-[0-9]+(\.[0-9]+)?")


def guarded(text: str) -> str:
    """The text as a cell of a CSV file, with an apostrophe before anything that begins like a formula.

    The text is written as stored, without surrounding blanks. A negative number is unchanged: it calculates nothing,
    and an apostrophe would stop it being a number.
    """
    text = text.strip(BLANKS)
    return f"'{text}" if _STARTS.match(text) and not _BELOW_ZERO.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text without its guard; any other text unchanged."""
    return _GUARDED.sub(r"\1", text)
