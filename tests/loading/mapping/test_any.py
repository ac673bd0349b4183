"""Does anything in a sheet give a guess and rows, or a problem, and never an error?"""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.loading.mapping.apply import apply, headed_sheets
from dashboard.loading.mapping.guess import KnownWords, complete, guess
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import MAPPABLE, Names, SheetMapping
from dashboard.model.problem import Problem
from dashboard.model.sheet_cells import SheetGrid
from tests.conftest import most

NAMES = Names(
    {
        "criterion": {"T1.a": ("The firm lends toys to every child in town",), "T1.b": ("Same",), "T2.a": ("Same",)},
        "operation": {"a-op": ("Aland", "AAA"), "b-op": ("Beland",)},
        "round": {"2024": ("Round 2024",), "R2": ()},
        "impact": {"I-1": ("A child is hurt",)},
    },
    {"T1.a": "toy", "T1.b": "toy", "T2.a": "game"},
    {
        "toy": {"yes": "full", "half": "part", "no": "nil"},
        "game": {"won": "full", "lost": "nil", "na": "not_applicable"},
    },
    {"yes": ("Yes",), "half": ("Half",), "no": ("No",), "won": ("Won",), "na": ("N/A",)},
)
WORDS = """
|Question|Answer|Status|Country|Aland|Beland|AAA|Round 2024|2024|R2|Date|T1.a|T1.b: Same|Same|yes|Sí|N/A|?|won|perhaps
|03/04/2025|45000|Owner|Risk|The firm lends toys to every child in the town|Action|No|=1+1|[sheet]|{row}|4 - high|C
"""
CELLS = st.sampled_from(WORDS.split("|")) | st.text(max_size=8)
GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)


def grid_of(rows: list[list[str]], title: str) -> SheetGrid:
    texts = tuple(tuple(cell.strip() for cell in row) for row in rows)
    return SheetGrid(f"x[{title}]" if title else "x", title, texts, texts)


@given(
    st.lists(GRIDS, min_size=1, max_size=3), st.booleans(), st.none() | st.sampled_from(MAPPABLE), st.text(max_size=9)
)
@settings(max_examples=most(150))
def test_any_cells_give_a_guess_that_can_be_used(
    tables: list[list[list[str]]], titled: bool, form: str | None, file: str
) -> None:
    grids = [
        grid_of(rows, f"S{number}" if titled else "") for number, rows in enumerate(tables[: None if titled else 1])
    ]
    known = KnownWords(
        otherwise={"round": "R2"}, framework="toy", form=next((made for made in MAPPABLE if made == form), None)
    )
    found = guess(grids, NAMES, known, file)
    # The mapping can be stored, and works the same when read back.
    again = SheetMapping.model_validate(found.mapping.model_dump(mode="json"))
    mapped = apply(again, grids, "x")
    assert len(mapped.rows) == len(mapped.origin.rows)
    assert complete(again, headed_sheets(again, grids), NAMES, "toy").mapping.values == found.mapping.values
    for row, (place, number, _) in zip(mapped.rows, mapped.origin.rows, strict=True):
        grid = next(grid for grid in grids if grid.place == place)
        assert any(grid.texts[number - 1])
        assert set(row.values) <= set(found.mapping.target_form.names)


@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".parquet"]))
@settings(max_examples=most(150))
def test_any_bytes_give_cells_or_a_problem(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(content)
        found = read_grids(path, path.name)
    assert isinstance(found, Problem) or all(grid.texts for grid in found)
