"""Is a publication on disk what was written?"""

from pathlib import Path

import duckdb

from dashboard.model.problem import Problem, Weight
from dashboard.store.history import StoreError, sha256_of
from dashboard.store.reading.reader import open_publication


def verify(path: Path, size: int, sha256: str = "", written: frozenset[str] | None = None) -> None:
    """Read every value of a publication of `size` bytes back from disk. Raises StoreError if it is not intact.

    With `sha256`, its bytes must be those that were published. With `written`, only these tables are read: the others
    are a copy of what was read back when it was written.
    """
    damaged = StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE))
    try:
        with open_publication(path, size) as connection:
            for (table,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall():
                if written is not None and table not in written:
                    continue
                connection.execute(f'SELECT count(*), bit_xor(hash(t)) FROM "{table}" AS t').fetchone()  # noqa: S608
            asked, answered, folded = connection.execute(
                "SELECT (SELECT count(*) FROM asked JOIN operation USING (profile_no)), (SELECT count(*) FROM answer), "
                "(SELECT coalesce(sum(n_asked), 0) FROM score)"
            ).fetchall()[0]
    except duckdb.Error as error:
        raise damaged from error
    if not asked == answered == folded or (sha256 and sha256_of(path) != sha256):
        raise damaged
