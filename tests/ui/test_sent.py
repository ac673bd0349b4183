"""Does a chart get every value it draws, and nothing that it does not?"""

import pyarrow as pa
import pytest

from dashboard.ui.elements.show import FEW, slim

SPEC = {
    "encoding": {"x": {"field": "country_title"}, "y": {"field": "percent"}},
    "transform": [{"calculate": "datum.n_full + (datum.told || '')", "as": "said"}],
}


def test_a_chart_gets_the_columns_its_specification_names_with_every_value_as_it_was() -> None:
    few = pa.table(
        {
            "country_title": ["Chad", "Kenya", "Chad", None],
            "percent": [40.0, 33.3, None, 1e9],
            "n_full": pa.array([1.0, None, 3.0, 0.0]),
            "told": pa.array([None, None, None, None], pa.string()),
            "title": ["not", "named", "in", "it"],
        }
    )
    assert slim(few, SPEC).equals(few.drop_columns(["title"]))
    many = pa.concat_tables([few] * FEW)
    sent = slim(many, SPEC)
    assert sent.to_pydict() == many.drop_columns(["title"]).to_pydict()
    assert sent.nbytes < many.nbytes


@pytest.mark.parametrize(
    "values", [pa.array([32768]), pa.array([0.5, 1.0]), pa.array([float("inf")]), pa.array([True]), pa.array([["a"]])]
)
def test_what_two_bytes_cannot_hold_stays_as_it_is(values: pa.Array) -> None:
    table = pa.table({"percent": pa.concat_arrays([values] * (FEW + 1))})
    assert slim(table, SPEC).equals(table)


def test_whole_numbers_take_two_bytes() -> None:
    assert slim(pa.table({"percent": [32767.0, -1.0, None] * FEW}), SPEC).schema.field("percent").type == pa.int16()
