"""Which characters can XML not hold, so that no document, workbook or drawing can be made with them?

All but those of `Char` in Extensible Markup Language (XML) 1.0, fifth edition, section 2.2. They are taken out where
texts come in, and where XML is written, since older publications may hold them.
"""

import re
from typing import Any

BLANKS = "\x0b\x0c\x1c-\x1f"
"""Those that stand between words: the vertical tab, the form feed, and separators. A space replaces them."""
UNSEEN = "\x00-\x08\x0e-\x1b\ufffe\uffff"
"""All others, as part of a class of characters, valid for both `re` and RE2."""
SURROGATES = "\ud800-\udfff"
"""Halves of characters, which only texts in memory can hold: no UTF-8 has them."""
_BLANKS = re.compile(f"[{BLANKS}]+")
_UNSEEN = re.compile(f"[{UNSEEN}{SURROGATES}]")
_ANY = re.compile(f"[{BLANKS}{UNSEEN}{SURROGATES}]")


def xml_text(text: str) -> str:
    """The text without them; the same object if it holds none."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", text)) if _ANY.search(text) else text


def xml_values(values: Any) -> Any:
    """The same for every text in nested lists and mappings, also for keys."""
    if isinstance(values, str):
        return xml_text(values)
    if isinstance(values, dict):
        return {xml_values(key): xml_values(value) for key, value in values.items()}
    return [xml_values(value) for value in values] if isinstance(values, list) else values


def unwritable_in(text: str) -> str:
    """Which of them the text holds, by their numbers in Unicode."""
    return ", ".join(f"U+{ord(sign):04X}" for sign in sorted(set(_ANY.findall(text))))
