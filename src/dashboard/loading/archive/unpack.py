"""Is an archive whole, and signed by the key that it names? Nothing of it is written before that is known.

See docs/archives.md. What is unpacked is a folder of tables and frameworks, read like any other.
"""

import json
import stat
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dashboard.loading.apart.limits import limits_of_process, readable
from dashboard.loading.archive.keys import fingerprint, public_key_in, signed_by
from dashboard.loading.files.fit_to_read import unfit
from dashboard.loading.files.workbook_size import BROKEN, MOST_UNPACKED
from dashboard.model.archive import (
    ABOUT,
    DIGESTS,
    MEMBER,
    PUBLIC_KEY,
    SIGNATURE,
    UNSIGNED,
    VERSION,
    About,
    digests_in,
)
from dashboard.model.problem import Problem, Weight

MOST_MEMBERS = 500
SMALL = 1_000_000
"""The most bytes of a member that is read before the signature is known to be right."""


@dataclass(frozen=True)
class Archive:
    """An archive that was found sound: what it says about itself, the fingerprint of its key, and its files."""

    about: About
    fingerprint: str
    files: tuple[str, ...]


class _RefusedError(Exception):
    def __init__(self, kind: str, value: str | None = None, expected: str | None = None) -> None:
        super().__init__(kind)
        self.kind, self.value, self.expected = kind, value, expected


def unpack(path: Path, name: str, folder: Path | None = None) -> Archive | Problem:
    """Check an archive completely and, if it is sound, write its files below `folder`; or the first reason not to."""
    wrong = unfit(path, name)
    if wrong is not None:
        return wrong
    try:
        with zipfile.ZipFile(path) as packed:
            members = _members(packed)
            digests, key = _proven(packed, members)
            for member in digests:
                _sound(packed, members, digests, member)
            about = _about(_content(packed, members, ABOUT, SMALL))
            if folder is not None:
                for member in digests:
                    target = folder / member
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(_sound(packed, members, digests, member))
    except _RefusedError as refused:
        return Problem(refused.kind, name, value=refused.value, expected=refused.expected, weight=Weight.FILE)
    except (RuntimeError, OSError, *BROKEN):
        # Its directory, or the sum of a member, is not what it should be: the same to a reader as a changed byte.
        return Problem("archive_broken", name, weight=Weight.FILE)
    return Archive(about, fingerprint(key), tuple(sorted(digests)))


def _members(packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name. What is no plain file with a plain name, or is there twice, is refused before it is read."""
    listed = packed.infolist()
    most = limits_of_process().size or MOST_UNPACKED
    unpacked = sum(member.file_size for member in listed)
    if len(listed) > MOST_MEMBERS:
        raise _RefusedError("archive_members", str(len(listed)), str(MOST_MEMBERS))
    if unpacked > most:
        raise _RefusedError("too_much_inside", readable(unpacked), readable(most))
    found: dict[str, zipfile.ZipInfo] = {}
    # Some systems take names that differ only in their capitals for the same.
    written: set[str] = set()
    for member in listed:
        kind = stat.S_IFMT(member.external_attr >> 16)
        if not MEMBER.fullmatch(member.filename) or kind not in (0, stat.S_IFREG) or member.flag_bits & 1:
            raise _RefusedError("archive_member", member.filename)
        if member.filename.lower() in written:
            raise _RefusedError("archive_twice", member.filename)
        written.add(member.filename.lower())
        found[member.filename] = member
    return found


def _proven(packed: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> tuple[dict[str, str], Ed25519PublicKey]:
    """The digests, once the signature over them is known to be that of the key in the archive."""
    if not members.keys() & UNSIGNED:
        raise _RefusedError("no_archive")
    text, signature, pem = (_content(packed, members, name, SMALL) for name in (DIGESTS, SIGNATURE, PUBLIC_KEY))
    key = public_key_in(pem)
    if key is None or not signed_by(key, signature, text):
        raise _RefusedError("archive_signature")
    digests = digests_in(text.decode("ascii", "replace"))
    if digests is None:
        raise _RefusedError("no_archive")
    if extra := sorted(members.keys() - digests.keys() - UNSIGNED):
        raise _RefusedError("archive_extra", extra[0])
    return digests, key


def _sound(packed: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], digests: dict[str, str], name: str) -> bytes:
    """The content of a file that is what its digest says."""
    content = _content(packed, members, name)
    if sha256(content).hexdigest() != digests[name]:
        raise _RefusedError("archive_changed", name)
    return content


def _content(packed: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, most: int | None = None) -> bytes:
    """The bytes of a member. No more are unpacked than its directory says, and that was compared with the limit."""
    if name not in members:
        raise _RefusedError("archive_missing", name)
    if most is not None and members[name].file_size > most:
        raise _RefusedError("no_archive")
    try:
        return packed.read(members[name])
    except (RuntimeError, *BROKEN) as error:
        raise _RefusedError("archive_changed", name) from error


def _about(text: bytes) -> About:
    """What the archive says about itself. One in a later format, which may say more, is refused as such."""
    try:
        said = json.loads(text)
        version = said.get("version") if isinstance(said, dict) else None
        if isinstance(version, int) and version > VERSION:
            raise _RefusedError("archive_newer", str(version), str(VERSION))
        return About.model_validate(said)
    except ValueError as error:
        raise _RefusedError("no_archive") from error
