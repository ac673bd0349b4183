"""Is a key made once, kept to its owner, recognised, and known by the fingerprint that others work out too?"""

import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from dashboard.loading.archive.keys import fingerprint, new_key, private_key, public_key, public_text, signed_by
from dashboard.model.archive import grouped, plain
from dashboard.model.problem import Problem
from tests.archives import KEY, OTHER

RFC_8032 = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
"""The secret key of the first test vector in RFC 8032, section 7.1, and below what belongs to it."""
ITS_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
DER_HEAD = bytes.fromhex("302a300506032b6570032100")
"""RFC 8410: what stands before an Ed25519 key in DER."""


def test_a_key_is_written_for_its_owner_alone_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    key = new_key(path)
    assert isinstance(key, Ed25519PrivateKey)
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    again = new_key(path)
    assert isinstance(again, Problem)
    assert again.kind == "key_exists"
    assert path.read_bytes() == before
    read = private_key(path)
    assert isinstance(read, Ed25519PrivateKey)
    assert read.private_bytes_raw() == key.private_bytes_raw()
    missing = new_key(tmp_path / "nowhere" / "key.pem")
    assert isinstance(missing, Problem)
    assert missing.kind == "not_written"


def test_a_public_key_is_read_from_either_file(tmp_path: Path) -> None:
    key = new_key(tmp_path / "private.pem")
    assert isinstance(key, Ed25519PrivateKey)
    (tmp_path / "public.pem").write_bytes(public_text(key.public_key()))
    found = [public_key(tmp_path / f"{name}.pem") for name in ("private", "public")]
    assert [isinstance(one, Ed25519PublicKey) and fingerprint(one) for one in found] == 2 * [
        fingerprint(key.public_key())
    ]


@pytest.mark.parametrize(
    "text", [b"", b"no key", b"\xff\xfe", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(text)
    kinds = [
        found.kind for read in (public_key, private_key) if isinstance(found := read(tmp_path / "key.pem"), Problem)
    ]
    assert kinds == ["no_key", "no_private_key"]


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    (tmp_path / "private.pem").write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "public.pem").write_bytes(
        other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    assert isinstance(private_key(tmp_path / "private.pem"), Problem)
    assert isinstance(public_key(tmp_path / "public.pem"), Problem)
    assert isinstance(private_key(tmp_path / "missing.pem"), Problem)


def test_the_fingerprint_is_the_digest_of_the_public_key_as_the_standard_writes_it() -> None:
    key = Ed25519PrivateKey.from_private_bytes(RFC_8032).public_key()
    assert fingerprint(key) == sha256(DER_HEAD + ITS_PUBLIC).hexdigest()


def test_a_signature_holds_for_its_key_and_its_text_alone() -> None:
    signature = KEY.sign(b"text")
    assert signed_by(KEY.public_key(), signature, b"text")
    assert not signed_by(KEY.public_key(), signature, b"test")
    assert not signed_by(OTHER.public_key(), signature, b"text")
    assert not signed_by(KEY.public_key(), b"", b"text")


def test_a_fingerprint_is_read_aloud_in_groups_and_typed_in_any_way() -> None:
    found = fingerprint(KEY.public_key())
    groups = grouped(found).split(" ")
    assert [len(group) for group in groups] == 16 * [4]
    assert plain(grouped(found).upper()) == plain(":".join(groups)) == plain("-".join(groups)) == found
