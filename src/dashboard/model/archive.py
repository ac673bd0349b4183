"""What is in an archive of a publication, besides its files of data? A description, digests, a key and a signature."""

import re
from datetime import date
from typing import Literal

from pydantic import Field

from dashboard.model.standard.framework import Strict

VERSION = 1
"""The version of the format; a program reads no later one."""
ABOUT = "archive.json"
PACKAGE = "datapackage.json"
DIGESTS = "digests"
SIGNATURE = "signature"
PUBLIC_KEY = "key.pem"
UNSIGNED = frozenset((DIGESTS, SIGNATURE, PUBLIC_KEY))
"""The members that the digests do not name: the digests themselves, and what proves them."""
TABLES = "data"
FRAMEWORKS = "frameworks"
MEMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*){0,3}")
"""How a member may be called: no member is outside the folder into which the archive is unpacked."""
LINE = re.compile(rf"([0-9a-f]{{64}})  ({MEMBER.pattern})")
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _-]{0,38}[A-Za-z0-9])?")
"""How a source may be called; also the name of its folder."""
FOUR = 4


class About(Strict):
    """What an archive says about itself; signed like everything else in it.

    `publication` is its number where it was made, and `sha256` that of the publication. `operation` is empty if all
    operations are in it. `frameworks` are those in it with their version, `answered` the versions that answers name.
    """

    format: Literal["child-rights-archive"] = "child-rights-archive"
    version: int = VERSION
    publication: int
    published_on: date
    sha256: str
    operation: str = ""
    names_hidden: bool = False
    illustrative: bool = False
    rounds: tuple[str, ...] = ()
    frameworks: dict[str, str]
    answered: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be read aloud and compared."""
    return " ".join(fingerprint[start : start + FOUR] for start in range(0, len(fingerprint), FOUR))


def plain(fingerprint: str) -> str:
    """A fingerprint as people type it, without what separates its groups, in small letters."""
    return re.sub(r"[\s:-]", "", fingerprint).lower()


def digests_text(digests: dict[str, str]) -> str:
    """The digests as `sha256sum --check` reads them, in the order of the names."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def digests_in(text: str) -> dict[str, str] | None:
    """The digest of each member; None if the text is not exactly as it is written here."""
    found = {match[2]: match[1] for line in text.splitlines() if (match := LINE.fullmatch(line))}
    return found if digests_text(found) == text else None
