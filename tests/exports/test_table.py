"""Does an exported table say what the page said, without anything that a spreadsheet would calculate?"""

import tomllib

import pyarrow as pa

from dashboard.exports.csv_files import table_csv
from tests.conftest import ROOT


def test_a_table_goes_out_with_its_texts_guarded_and_its_numbers_as_numbers() -> None:
    table = pa.table({"=Name": ["=1+1", None, 'a "b"'], "Change": [-4.5, 3, None], "Codes": [["@a", "b"], [], None]})
    assert table_csv(table).decode("utf-8-sig") == (
        '\'=Name,Change,Codes\r\n\'=1+1,-4.5,\'@a; b\r\n,3,\r\n"a ""b""",,\r\n'
    )


def test_streamlit_offers_no_download_of_its_own() -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        assert tomllib.load(file)["client"]["disableDataExport"] is True
