"""Which texts would a spreadsheet take for a formula, and how are they kept from it? One rule for all, out and in."""

import re

BLANKS = " \t\u00a0"
"""What is taken away around every cell that is read."""
SIGNS = "'*[=+@\u2212\\-\uff1d\uff0b\uff0d\uff20\t\r\n]"
"""How a text begins that is taken for a formula, or would be without its apostrophes; as `re` and RE2 both read it."""
GUARDED = f"^'({SIGNS})"
"""How a text begins that was guarded; its group is what stays."""
_STARTS = re.compile(SIGNS)
_GUARDED = re.compile(GUARDED)
_BELOW_ZERO = re.compile(r"-[0-9]+(\.[0-9]+)?")


def guarded(text: str) -> str:
    """The text as a cell of a CSV file, with an apostrophe before what begins like a formula.

    It stands there as it is kept, without the blanks around it.
    A number below zero stays as it is: it works nothing out, and with an apostrophe it would be no number.
    """
    text = text.strip(BLANKS)
    return f"'{text}" if _STARTS.match(text) and not _BELOW_ZERO.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded; any other text as it is."""
    return _GUARDED.sub(r"\1", text)
