"""Are the tools that make the sample kept apart from it? The loader reads every table below `data/`."""

from dashboard.loading.table_files import table_files
from tests.conftest import ROOT


def test_nothing_that_makes_the_sample_is_read_as_data() -> None:
    read = [path.relative_to(ROOT / "data") for path in table_files(ROOT / "data")]
    assert len(read) >= 11
    assert [path for path in read if path.parts[0] == "sample"] == []
