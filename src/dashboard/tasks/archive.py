"""A publication becomes one signed file that others can read and check.

The same publication, signed with the same key, always gives the same bytes. See docs/archives.md.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboard.exports.archive.package import package
from dashboard.exports.archive.packed import packed
from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.loading.archive.keys import fingerprint, public_text
from dashboard.loading.files.words_file import read_words
from dashboard.model.archive import ABOUT, DIGESTS, PACKAGE, PUBLIC_KEY, SIGNATURE, About, digests_text
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.view.aliases import Aliases
from dashboard.store.masking.mask import Named, codes_to_hide, mask
from dashboard.store.publishing.library import stored_library
from dashboard.store.reading.reader import Published
from dashboard.store.sql import sql
from dashboard.tasks.archive_files import method, standards_of, tables_of


@dataclass(frozen=True)
class Made:
    """An archive as a file, what it says about itself, and the fingerprint of its key."""

    content: bytes
    about: About
    fingerprint: str
    files: tuple[str, ...]


def make_archive(
    published: Published, key: Ed25519PrivateKey, operation: str = "", safe: bool = False
) -> Made | Problem:
    """Make the archive of a publication, or of one operation. With `safe`, without names and texts.

    Raises duckdb.Error or OSError only if the machine fails.
    """
    with published.cursor() as cursor:
        library = stored_library(cursor)
    if not safe:
        return _made(published, key, operation, dict(standards_of(library, naming=True)))
    with PrivateFolder() as folder:
        aliases = _aliases(published, key)
        names = Named.in_words(read_words())
        hidden = mask(published, aliases, names, folder / "masked.duckdb")
        kind = next((one for one in ("operation", "head_office") if operation in aliases.numbers[one]), "operation")
        made = _made(hidden, key, aliases.alias(kind, operation), dict(standards_of(library, naming=False)))
        hidden.pool.close_when_idle(0)
        return made


def _made(
    published: Published, key: Ed25519PrivateKey, operation: str, standards: Mapping[str, bytes]
) -> Made | Problem:
    with published.cursor() as cursor:
        rows = cursor.execute("SELECT operation, synthetic FROM operation ORDER BY operation").fetchall()
        rounds = cursor.execute("SELECT round FROM round ORDER BY position").fetchall()
        versions = cursor.execute("SELECT framework, version FROM framework ORDER BY framework").fetchall()
        answered = cursor.execute(sql("archived/versions_answered"), {"operation": operation}).fetchall()
    synthetic = {code: marked for code, marked in rows if operation in ("", code)}
    if not synthetic:
        near = nearest(operation, (code for code, _ in rows))
        return Problem("unknown_operation", "--operation", value=operation, hint=near, weight=Weight.FILE)
    about = About(
        publication=published.revision.number,
        published_on=date.fromisoformat(published.revision.at[:10]),
        sha256=published.revision.sha256,
        operation=operation,
        names_hidden=published.masked,
        illustrative=any(synthetic.values()),
        rounds=tuple(code for (code,) in rounds),
        frameworks=dict(versions),
        answered=dict(answered),
    )
    files = {**dict(tables_of(published, list(synthetic), not operation)), **standards, **dict(method())}
    files |= {ABOUT: (about.model_dump_json(indent=2) + "\n").encode()}
    files |= {PACKAGE: package(about, files)}
    return Made(_signed(files, key), about, fingerprint(key.public_key()), tuple(sorted(files)))


def _signed(files: Mapping[str, bytes], key: Ed25519PrivateKey) -> bytes:
    digests = digests_text({name: sha256(content).hexdigest() for name, content in files.items()}).encode()
    proof = {DIGESTS: digests, SIGNATURE: key.sign(digests), PUBLIC_KEY: public_text(key.public_key())}
    return packed({**files, **proof})


def _aliases(published: Published, key: Ed25519PrivateKey) -> Aliases:
    """Aliases that are always the same for a publication and a key, and that nobody without the key can work out."""
    secret = key.private_bytes_raw()

    def drawn(code: str) -> bytes:
        return hmac.digest(secret, f"{published.revision.sha256} {code}".encode(), "sha256")

    numbers = {
        kind: {code: number for number, code in enumerate(sorted(codes, key=drawn))}
        for kind, codes in codes_to_hide(published).items()
    }
    return Aliases(numbers)
