"""With which key is an archive signed, and which key made a signature? Ed25519 (RFC 8032), in PEM files."""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from dashboard.model.problem import Problem, Weight

LONGEST = 10_000
"""The most bytes of a file with a key."""


def new_key(path: Path) -> Ed25519PrivateKey | Problem:
    """Make a key and write it to a new file that only its owner can read. An existing file is never replaced."""
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text)
    except FileExistsError:
        return Problem("key_exists", path.name, weight=Weight.FILE)
    except OSError as error:
        return Problem("not_written", path.name, value=error.strerror, weight=Weight.FILE)
    return key


def private_key(path: Path) -> Ed25519PrivateKey | Problem:
    """The private key in a file."""
    text = _text(path)
    if isinstance(text, Problem):
        return text
    try:
        key = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return Problem("no_private_key", path.name, weight=Weight.FILE)
    return key if isinstance(key, Ed25519PrivateKey) else Problem("no_private_key", path.name, weight=Weight.FILE)


def public_key(path: Path) -> Ed25519PublicKey | Problem:
    """The public key in a file, which may hold the private one."""
    text = _text(path)
    if isinstance(text, Problem):
        return text
    found = public_key_in(text)
    if found is None:
        private = private_key(path)
        found = None if isinstance(private, Problem) else private.public_key()
    return found or Problem("no_key", path.name, weight=Weight.FILE)


def public_key_in(text: bytes) -> Ed25519PublicKey | None:
    """The public key in the text of a PEM file, or None."""
    try:
        key = load_pem_public_key(text)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def public_text(key: Ed25519PublicKey) -> bytes:
    """A public key as the text of a PEM file."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """The SHA-256 of a public key, as `openssl pkey -pubin -outform DER | sha256sum` gives it."""
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def signed_by(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether the signature is that of this key over this content."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _text(path: Path) -> bytes | Problem:
    try:
        with path.open("rb") as stream:
            return stream.read(LONGEST)
    except OSError as error:
        return Problem("unreadable", path.name, value=error.strerror, weight=Weight.FILE)
