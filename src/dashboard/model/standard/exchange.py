"""What do the formats of other programs call things, and how do our own values hide in them?

The names of CISO Assistant are those of its library files, those of OSCAL those of its catalogs.
"""

import json
import re
from typing import Any

PACKAGER = "child-rights-dashboard"
"""Who wrote a library of CISO Assistant: of our own, ids and versions come back as they were."""
NAMESPACE = "urn:child-rights-dashboard"
"""The namespace of our own properties in OSCAL, which other programs pass over."""
OSCAL_VERSION = "1.1.2"
IMPORTANCE = {"respect": "mandatory", "support": "recommended"}
"""How CISO Assistant says what is expected and what is encouraged."""
NOT_STATED = "Not stated."
_NO_ID = re.compile(r"[^A-Za-z0-9._-]+")


def as_id(text: object, otherwise: str = "x") -> str:
    """Return a text as an id: letters, digits, dots, hyphens and underscores."""
    return _NO_ID.sub("-", str(text).strip()).strip("-._") or otherwise


def said(value: Any) -> str:
    """Return a value as the text of a property: plain text as it is, anything else as JSON."""
    plain = isinstance(value, str) and value == value.strip() and value.isprintable() and not _is_json(value)
    return value if plain else json.dumps(value, ensure_ascii=False)


def unsaid(text: str) -> Any:
    """Return the value that `said` made this text from."""
    return json.loads(text) if _is_json(text) else text


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
