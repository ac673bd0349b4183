"""Does a table hold only zeros beneath its nulls, and everything else unchanged?"""

from datetime import date

import duckdb
import pyarrow as pa
import pytest

from dashboard.queries import ask as asking
from dashboard.queries.withhold import zero_nulls
from tests.conftest import ROOT, MakeView

SOURCE = ROOT / "src" / "dashboard"
LEFT = "QXVG"
# What was in the vector of texts remains beneath the nulls of another vector of the same width.
ASKED = """
SELECT i, CASE WHEN i % 3 = 0 THEN i::DOUBLE END AS share, CASE WHEN i % 2 = 0 THEN i::HUGEINT END AS wide,
    CASE WHEN i % 5 = 0 THEN i % 2 = 0 END AS switched,
    CASE WHEN i % 7 = 0 THEN DATE '2025-01-01' + i::INTEGER END AS day,
    CASE WHEN i % 4 = 0 THEN 'said' END AS text, [i, NULL] AS listed, NULL::DOUBLE AS nothing
FROM range(300) AS r(i)
"""


def dirty(column: pa.Array) -> pa.Array:
    """The same array with a secret beneath its nulls, as reused memory may hold one."""
    validity, values = column.buffers()
    width = column.type.bit_width // 8
    lying = bytearray(values.to_pybytes())
    for place in range(len(column)):
        if not column[place].is_valid:
            lying[place * width : (place + 1) * width] = LEFT.encode().ljust(width, b"\0")
    return pa.Array.from_buffers(column.type, len(column), [validity, pa.py_buffer(bytes(lying))])


def sent(table: pa.Table) -> bytes:
    """The bytes that a browser receives."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


@pytest.mark.parametrize("kind", [pa.float64(), pa.int64(), pa.int32(), pa.decimal128(38, 0), pa.date32()])
def test_nothing_is_sent_of_what_lay_in_memory(kind: pa.DataType) -> None:
    column = dirty(
        pa.array([None, 1, None, 2, None], pa.int32()).cast(kind)
        if kind != pa.date32()
        else pa.array([None, date(2025, 1, 1), None, date(2025, 1, 2), None])
    )
    other = dirty(column.take(pa.array([1, 0, 3, 2, 4])))
    table = pa.table(
        {
            name: pa.chunked_array([one, one.slice(1, 3)])
            for name, one in (("figure", column), ("other", other), ("again", column))
        }
    )
    assert LEFT.encode() in sent(table)
    clean = zero_nulls(table)
    assert LEFT.encode() not in sent(clean)
    assert clean.equals(table)
    clean.validate(full=True)


SECRET = int.from_bytes(LEFT.encode(), "little")


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ([0, 3, 5], [None, 1, None, 2, None]),
        ([0, 2, 3], [4, 1, 3, SECRET, SECRET]),
        ([2, 3, 5], [SECRET, SECRET, 1, 2, 3]),
    ],
)
def test_nothing_is_sent_of_what_lay_in_a_list_before_or_after_its_items(
    starts: list[int], said: list[int | None]
) -> None:
    items = dirty(pa.array(said, pa.int64()))
    table = pa.table({"listed": pa.ListArray.from_arrays(pa.array(starts, pa.int32()), items)})
    clean = zero_nulls(table)
    assert LEFT.encode() not in sent(clean)
    assert clean.equals(table)
    (listed,) = clean["listed"].chunks
    assert LEFT.encode() not in bytes(listed.values.buffers()[1])


def test_a_table_says_the_same_as_before() -> None:
    with duckdb.connect() as connection:
        table = connection.sql(ASKED).to_arrow_table()
    clean = zero_nulls(table)
    assert clean.schema == table.schema
    assert clean.to_pylist() == table.to_pylist()
    clean.validate(full=True)


def test_nothing_is_sent_of_what_lay_under_nulls_in_a_part(view_of: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned: list[int] = []

    def noted(table: pa.Table) -> pa.Table:
        cleaned.append(table.num_rows)
        return zero_nulls(table)

    monkeypatch.setattr(asking, "zero_nulls", noted)
    view = view_of()
    rows = asking.InParts(view.published, "answers", view.parameters(whole=True), lambda table: table)
    assert [len(batch) for batch in rows.to_batches(50)] == cleaned
    assert len(cleaned) > 1


def test_every_question_goes_through_this() -> None:
    asking = [
        path.name for path in sorted((SOURCE / "queries").rglob("*.py")) if ".to_arrow_table()" in path.read_text()
    ]
    assert asking == ["ask.py"]
    assert (SOURCE / "queries" / "ask.py").read_text().count(".to_arrow_table()") == 1
    reading = [
        path.name for path in sorted((SOURCE / "queries").rglob("*.py")) if ".to_arrow_reader(" in path.read_text()
    ]
    assert reading == ["ask.py"]
    for floor in ("charts", "exports", "ui"):
        assert not [path for path in (SOURCE / floor).rglob("*.py") if ".to_arrow_table()" in path.read_text()]


def test_a_table_without_rows_stays_one() -> None:
    with duckdb.connect() as connection:
        table = connection.sql(f"{ASKED} WHERE i < 0").to_arrow_table()
    assert zero_nulls(table).equals(table)
