"""How do tests get a publication that opens, and of which something cannot be read?"""

from pathlib import Path

import duckdb

from dashboard.figures.read_cube import read_cube

BLOCK, HEADERS = 256 * 1024, 3 * 4096
"""How DuckDB divides a file."""


def with_a_flipped_bit(store: Path, table: str = "score") -> Path:
    """Change one bit of the only publication of a store, so that it opens and this table cannot be read.

    Of `score`, it is a bit of what every figure is read from.
    """
    (file,) = (store / "publications").glob("*.duckdb")
    whole = file.read_bytes()
    for begins in range(HEADERS, len(whole), BLOCK):
        changed = bytearray(whole)
        changed[min(begins + BLOCK // 3, len(whole) - 1)] ^= 4
        file.write_bytes(changed)
        if _opens_without(file, table):
            return store
    raise AssertionError(f"no bit of {file.name} is read only with {table}")


def _opens_without(file: Path, table: str) -> bool:
    """Whether a file opens although all of its rows of a table cannot be read."""
    try:
        connection = duckdb.connect(str(file), read_only=True)
    except duckdb.Error:
        return False
    with connection:
        try:
            if table == "score":
                read_cube(connection)
            else:
                connection.execute(f"SELECT bit_xor(hash(t)) FROM {table} AS t").fetchall()  # noqa: S608
        except duckdb.Error:
            return True
    return False
