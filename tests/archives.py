"""Archives for tests: those that the program makes, and those of somebody who wants to deceive it."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboard.loading.archive.keys import public_text
from dashboard.model.archive import DIGESTS, PUBLIC_KEY, SIGNATURE, UNSIGNED, digests_text
from dashboard.store.reading.reader import Reader
from dashboard.tasks.archive import Made, make_archive

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
Members = list[tuple[ZipInfo | str, bytes]]


def made(store: Path, operation: str = "", safe: bool = False, key: Ed25519PrivateKey = KEY) -> Made:
    published = Reader(store).current()
    assert published is not None
    found = make_archive(published, key, operation, safe)
    assert isinstance(found, Made), found
    return found


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(found: Iterable[tuple[ZipInfo | str, bytes]]) -> bytes:
    """Any members, also those that no honest archive has."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in found:
            archive.writestr(name, content)
    return stream.getvalue()


def signed(files: Mapping[str, bytes], key: Ed25519PrivateKey = KEY) -> Members:
    """Members with true digests and a true signature, whatever they hold."""
    held = {name: content for name, content in files.items() if name not in UNSIGNED}
    digests = digests_text({name: sha256(content).hexdigest() for name, content in held.items()}).encode()
    proof = {DIGESTS: digests, SIGNATURE: key.sign(digests), PUBLIC_KEY: public_text(key.public_key())}
    return [*held.items(), *proof.items()]
