"""Sheets as other people make them, about the toy group, and what each must end in."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from tests.conftest import ROOT
from tests.loading.foreign import Rows, write_book, write_csv, write_xlsb

Long = tuple[str, str, str, str, str]
"""One row in long form. Of an answer: operation, criterion, status, note, reason. Of a figure: `FIGURE`."""
FIGURE = ("country", "indicator", "year", "value", "publisher")


@dataclass(frozen=True)
class MessySheet:
    """A sheet, the options with which it is imported, and what comes of it.

    `rows` are what is read of round `round`, `n_out` how many of them stay out, and `told` a part of what is printed.
    `mapping` is a mapping written by hand, for a sheet that does not say enough.
    """

    name: str
    write: Callable[[Path], Path]
    rows: Sequence[Long]
    options: Sequence[str] = ()
    n_out: int = 0
    told: str = ""
    round: str = "R2"
    mapping: str = ""


def text(name: str, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Callable[[Path], Path]:
    return lambda folder: write_csv(folder / f"{name}.csv", rows, delimiter, encoding)


def merged(folder: Path) -> Path:
    """A workbook with a title merged across, and operations merged down."""
    path = folder / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Answers")
        page.merge_range(0, 0, 0, 3, "Self-assessment, Second round")
        rows = [["Land", "No", "Answer", "Remarks"], ["", "T1.a", "yes", ""], ["", "T1.b", "no", "soon"]]
        for number, row in enumerate([*rows, ["", "T1.a", "do not know", ""], ["", "T2.a", "no", ""]], start=2):
            page.write_row(number, 0, row)
        page.merge_range(3, 0, 4, 0, "Toys of Aland")
        page.merge_range(5, 0, 6, 0, "Toys of Beland")
    return path


def by_operation(folder: Path) -> Path:
    """A workbook with one sheet for each operation, and a sheet that explains it."""
    head = ["Question", "Result"]
    about = [["How to read this"], ["One sheet for each shop."]]
    sheets = {"Aland": [head, ["T1.a", "Yes"], ["T1.b", "No"]], "Toys of Beland": [head, ["T1.a", "Mostly"]]}
    return write_book(folder / "Second round.xlsx", {"Read me": about, "Toys of Aland": sheets.pop("Aland"), **sheets})


def two_lines(folder: Path) -> Path:
    """A workbook with operations merged across the titles of their columns."""
    path = folder / "Second round.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("All shops")
        page.merge_range(0, 0, 0, 6, "Self-assessment")
        page.merge_range(2, 0, 3, 0, "Question")
        page.merge_range(2, 1, 2, 3, "Toys of Aland")
        page.merge_range(2, 4, 2, 6, "Toys of Beland")
        page.write_row(3, 1, ["Answer", "Evidence", "Comment"] * 2)
        page.write_row(4, 0, ["T1.a", "yes", "seen", "in the drawer", "no", "none", ""])
        page.write_row(5, 0, ["T1.b", "mostly", "", "", "", "", ""])
    return path


def of_a_publisher(folder: Path) -> Path:
    """A publisher's own workbook: a column for each company and one for its points, under names that nobody knows."""
    head = ["Element", "Group", "Points", "Opco B", "Points", "Comments"]
    rows: Rows = [["Result T1.a", "yes", 100, "no", 0, ""], ["Result T1.b", "", None, "mostly", 75, "seen"]]
    return write_book(
        folder / "results.xlsx", {"Notes": [["How we scored"]], "Results": [["2025 edition"], head, *rows]}
    )


STACKED: Rows = [
    ["Shop: Toys of Aland"], ["Ref", "Answer", "Note"], ["T1.a", "Yes", "x"], ["T1.b", "No", ""], ["", "", ""],
    ["Shop: Beland"], ["Ref", "Answer", "Note"], ["T1.a", "No", ""], ["T1.b", "No", "soon"],
]  # fmt: skip
"""Two tables, one below the other."""
BESIDE: Rows = [
    ["Toys of Aland", "", "", "Beland", "", ""], ["Ref", "Answer", "", "Ref", "Answer", ""],
    ["T1.a", "Yes", "", "T1.b", "No", ""], ["T1.b", "No", "", "T1.a", "Mostly", ""],
]  # fmt: skip
"""Two tables, one beside the other."""


def saved(ending: str) -> Callable[[Path], Path]:
    """A workbook as LibreOffice saves it, or as Excel's binary format has it."""

    def write(folder: Path) -> Path:
        if ending != ".xlsb":
            return Path(shutil.copy(ROOT / "tests" / "loading" / "formats" / f"shops{ending}", folder))
        head = ["Question", "Shop", "Answer", "Remarks"]
        rows: Rows = [["T1.a", "Toys of Aland", "Yes", "in the drawer"], ["T1.b", "Toys of Aland", "Mostly"]]
        sheet: Rows = [["Self-assessment"], head, *rows, ["T1.a", "BELAND", "No"]]
        return write_xlsb(folder / "shops.xlsb", {"Second round": sheet})

    return write


PUBLISHER = """
form: answers
columns: {criterion: Element}
across: {column: operation, codes: {Group: toy-hq, Opco B: b-op}}
fixed: {round: R2}
"""
MESSY = (
    MessySheet(
        "our headings, their words",
        text("ours", [
            ["Operation", "Round", "Criterion", "Status", "Note"],
            ["Toys of Beland", "Second round", "T1.a", "Yes", ""],
            ["TOYS OF ALAND", "R2", "Toys are lent", "NO", "soon"],
        ]),
        [("b-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "no", "soon", "")],
        told="the sheet has our headings",
    ),
    MessySheet(
        "two columns name one thing, and facets",
        text("facets", [
            ["Company", "Unit", "Question", "Facet", "Answer"], ["Toys of", "Aland", "T1.a", "Core", "yes"],
            ["Toys of", "Aland", "T1.a", "Extra", "no"], ["Toys of", "Beland", "T1.a", "Standard", "mostly"],
            ["Toys of", "Beland", "T1.a", "Extra", "no"],
        ]),
        [("a-op", "T1.a", "yes", "", ""), ("b-op", "T1.a", "mostly", "", "")],
        [
            "--set", "round=R2", "--together", "operation=Company+Unit",
            "--only", "Facet=Core", "--only", "Facet=Standard",
        ],
        told="2 rows were not read. Only rows with Facet: Core, Standard were asked for.",
    ),
    MessySheet(
        "tables one below the other",
        text("stacked", STACKED),
        [("b-op", "T1.a", "no", "", ""), ("b-op", "T1.b", "no", "soon", "")],
        ["--set", "round=R2", "--table", "2"],
        told="The header is in row 7.",
    ),
    MessySheet(
        "tables side by side",
        text("beside", BESIDE),
        [("b-op", "T1.b", "no", "", ""), ("b-op", "T1.a", "mostly", "", "")],
        ["--set", "round=R2", "--table", "2"],
    ),
    MessySheet(
        "a header that repeats on each printed page",
        text("pages", [
            ["Shop", "Question", "Answer"], ["Toys of Aland", "T1.a", "yes"], ["Toys of Aland", "T1.b", "no"],
            ["Shop", "Question", "Answer"], ["Beland", "T1.a", "mostly"],
        ]),
        [("a-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "no", "", ""), ("b-op", "T1.a", "mostly", "", "")],
        ["--set", "round=R2"],
    ),
    MessySheet(
        "new operations named by two columns, all of them only suggested",
        text("units", [
            ["Company", "Unit", "Question", "Answer"], ["Example", "Gabon", "T1.a", "yes"],
            ["Example", "Norway", "T1.a", "no"], ["Toys", "Aland", "T1.a", "yes"],
        ]),
        [
            ("example-gabon", "T1.a", "yes", "", ""), ("example-norway", "T1.a", "no", "", ""),
            ("a-op", "T1.a", "yes", "", ""),
        ],
        ["--set", "round=R2", "--together", "operation=Company+Unit", "--new", "--suggested"],
        told="“Example + Gabon”: a new operation in Gabon (GAB), which is a new country",
    ),
    MessySheet(
        "not applicable without a reason",
        text("beland", [["Question", "Answer"], ["T1.a", "N/A"], ["T1.b", "n/a: no lending"], ["T2.a", "Yes"]]),
        [
            ("b-op", "T1.a", "na", "", "Reason not stated"), ("b-op", "T1.b", "na", "", "no lending"),
            ("b-op", "T2.a", "yes", "", ""),
        ],
        ["--set", "round=R2", "--suggested", "--set", "na_reason=Reason not stated"],
    ),
    MessySheet(
        "countries and a year that are not known",
        text("world", [
            ["País", "Año", "Pregunta", "Respuesta"], ["Noruega", "FY 2031", "T1.a", "Sí"],
            ["The Gambia", "FY 2031", "T1.a", "No"], ["Nowhere", "FY 2031", "T1.a", "No"],
        ]),
        [("nor-op", "T1.a", "yes", "", ""), ("gmb-op", "T1.a", "no", "", ""), ("Nowhere", "T1.a", "no", "", "")],
        ["--new"],
        n_out=1,
        told="“Nowhere” is not an operation",
        round="2031",
    ),
    MessySheet(
        "true and false beside the answers",
        text("shops", [
            ["Question", "Shop", "value", "followup"], ["T1.a", "Toys of Aland", "Yes", "TRUE"],
            ["T1.b", "Toys of Aland", "Mostly", "FALSE"], ["T1.a", "BELAND", "No", "FALSE"],
        ]),
        [
            ("a-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "mostly", "", ""), ("b-op", "T1.a", "no", "", ""),
        ],
        ["--set", "round=R2"],
        told="followup: The column was not read",
    ),
    MessySheet(
        "other places with the name of a country",
        text("places", [
            ["Country", "Question", "Answer"], ["Qatar", "T1.a", "Yes"], ["Kosovo", "T1.a", "No"],
            ["Northern Cyprus", "T1.a", "No"], ["Northern Ireland", "T1.a", "No"], ["New Jersey", "T1.a", "No"],
            ["Republic of Ghana", "T1.a", "Mostly"],
        ]),
        [
            ("qat-op", "T1.a", "yes", "", ""), ("xkx-op", "T1.a", "no", "", ""),
            ("Northern Cyprus", "T1.a", "no", "", ""), ("Northern Ireland", "T1.a", "no", "", ""),
            ("New Jersey", "T1.a", "no", "", ""), ("gha-op", "T1.a", "mostly", "", ""),
        ],
        ["--set", "round=R2", "--new"],
        n_out=3,
        told="“Qatar”: a new operation in Qatar (QAT), which is a new country",
    ),
    MessySheet(
        "two groups of columns, of which one says whether that is as before",
        text("Second round", [
            ["Element", "Result", "", "Same as last year?", ""],
            ["", "Toys of Aland", "Toys of Beland", "Toys of Aland", "Toys of Beland"],
            ["T1.a", "yes", "no", "no", "yes"], ["T1.b", "mostly", "no", "no", "yes"], ["T2.a", "no", "", "yes", "no"],
        ]),
        [
            ("a-op", "T1.a", "yes", "", ""), ("b-op", "T1.a", "no", "", ""), ("a-op", "T1.b", "mostly", "", ""),
            ("b-op", "T1.b", "no", "", ""), ("a-op", "T2.a", "no", "", ""),
        ],
        told="Same as last year?: Toys of Aland: The column was not read",
    ),
    MessySheet(
        "two groups of columns that both hold answers",
        text("shops", [
            ["Element", "First round", "", "Second round", ""],
            ["", "Toys of Aland", "Toys of Beland", "Toys of Aland", "Toys of Beland"],
            ["T1.a", "no", "no", "yes", "no"], ["T1.b", "no", "mostly", "mostly", "no"],
        ]),
        [
            ("a-op", "T1.a", "yes", "", ""), ("b-op", "T1.a", "no", "", ""), ("a-op", "T1.b", "mostly", "", ""),
            ("b-op", "T1.b", "no", "", ""),
        ],
        ["--group", "Second round"],
        told="First round: Toys of Aland: The column was not read",
    ),
    *(
        MessySheet(
            f"a workbook saved as {ending}",
            saved(ending),
            [
                ("a-op", "T1.a", "yes", "in the drawer", ""), ("a-op", "T1.b", "mostly", "", ""),
                ("b-op", "T1.a", "no", "", ""),
            ],
            told="The header is in row 2 of Second round.",
        )
        for ending in (".ods", ".xls", ".xlsb")
    ),
    MessySheet(
        "qualified answers and marks of footnotes",
        text("beland", [["Ref.", "Answer†"], ["T1.a", "Yes, except in 2 shops"], ["T1.b", "No*"], ["T2.a", "Yes?"]]),
        [
            ("b-op", "T1.a", "yes", "except in 2 shops", ""), ("b-op", "T1.b", "no", "*", ""),
            ("b-op", "T2.a", "yes", "?", ""),
        ],
        ["--set", "round=R2", "--suggested"],
    ),
    MessySheet(
        "a column for each operation",
        text("Second round", [
            ["Results of all shops", "", "", ""], [], ["Item", "Toys of Aland", "More toys of Aland", "BELAND"],
            ["No toy is sharp", "yes", "", "no"], ["T1.b", "N/A: lends nothing", "mostly", "?"],
        ]),
        [
            ("a-op", "T1.a", "yes", "", ""), ("b-op", "T1.a", "no", "", ""),
            ("a-op", "T1.b", "na", "", "lends nothing"), ("a2-op", "T1.b", "mostly", "", ""),
            ("b-op", "T1.b", "dont_know", "", ""),
        ],
        ["--suggested"],
    ),
    MessySheet(
        "a column for each criterion",
        text("Second round", [
            ["Shop", "T1.a", "T1.b", "T9.z"], ["a-op", "Yes", "No", "x"], ["Beland", "", "Mostly", ""],
        ]),
        [("a-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "no", "", ""), ("b-op", "T1.b", "mostly", "", "")],
        ["--force"],
        told="T9.z: The column was not read",
    ),
    MessySheet(
        "merged cells",
        merged,
        [
            ("a-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "no", "soon", ""), ("b-op", "T1.a", "dont_know", "", ""),
            ("b-op", "T2.a", "no", "", ""),
        ],
    ),
    MessySheet(
        "German words from an old spreadsheet",
        text("antworten", [
            ["Gesellschaft", "Frage", "Antwort", "Begründung"], ["Beland", "T1.a", "weiß nicht", ""],
            ["Beland", "T1.b", "trifft nicht zu", "verleiht nicht"], ["Beland", "T2.a", "Ja", ""],
        ], ";", "cp1252"),
        [
            ("b-op", "T1.a", "dont_know", "", ""), ("b-op", "T1.b", "na", "", "verleiht nicht"),
            ("b-op", "T2.a", "yes", "", ""),
        ],
        ["--set", "round=R2"],
    ),
    MessySheet(
        "boxes to tick",
        text("boxes", [
            ["Shop", "Question", "Yes", "Mostly", "No", "Comments"], ["a-op", "T1.a", "x", "", "", ""],
            ["", "T1.b", "", "", "✓", "soon"], ["", "T2.a", "x", "x", "", ""], ["b-op", "T1.a", "", "1", "", ""],
            ["", "T1.b", "", "", "", ""],
        ]),
        [
            ("a-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "no", "soon", ""),
            ("a-op", "T2.a", "Yes + Mostly", "", ""), ("b-op", "T1.a", "mostly", "", ""),
        ],
        ["--set", "round=R2", "--force"],
        n_out=1,
        told="“Yes + Mostly” is not on the scale",
    ),
    MessySheet(
        "percentages, and ids within sentences",
        text("beland", [["Indicator", "Score"], ["Result T1.a", "100 %"], ["Result T1.b", "0 %"], ["Total", "50 %"]]),
        [("b-op", "T1.a", "yes", "", ""), ("b-op", "T1.b", "no", "", ""), ("b-op", "Total", "50 %", "", "")],
        ["--set", "round=R2"],
        n_out=1,
        told="“Total” is not a criterion",
    ),
    MessySheet(
        "a sheet for each operation",
        by_operation,
        [("a-op", "T1.a", "yes", "", ""), ("a-op", "T1.b", "no", "", ""), ("b-op", "T1.a", "mostly", "", "")],
        told="Second round.xlsx[Read me]: The sheet was not read",
    ),
    MessySheet(
        "two header lines",
        two_lines,
        [
            ("a-op", "T1.a", "yes", "in the drawer", ""), ("b-op", "T1.a", "no", "", ""),
            ("a-op", "T1.b", "mostly", "", ""),
        ],
        told="Toys of Aland: Answer",
    ),
    MessySheet(
        "a publisher's own workbook",
        of_a_publisher,
        [("toy-hq", "T1.a", "yes", "", ""), ("b-op", "T1.a", "no", "", ""), ("b-op", "T1.b", "mostly", "", "")],
        told="Points (2): The column was not read",
        mapping=PUBLISHER,
    ),
)  # fmt: skip
FIGURE_LISTS = {
    "countries.csv": "country,title,region\nTCD,Chad,North\nCIV,Ivory Coast,South\n",
    "indicators.csv": "indicator,title,unit,limit_years\nphones,Telephones in use,per hundred people,10\n"
    "hotline,Helpline for children,,10\n",
}
"""What the toy group lists in addition, for figures on countries."""
FIGURES = (
    MessySheet(
        "countries in three languages, one source, and a figure without a source",
        text("figures", [
            ["Pays", "Indicateur", "Année", "Valeur", "Source"],
            ["Tchad", "Telephones in use", "2021", "13.2", "Panel"], ["Elfenbeinküste", "phones", "2022", "41", ""],
            ["BELAND", "Helpline for children", "FY 2023", "yes", "Law"], ["Beland", "phones", "2021", "", "Panel"],
        ], ";"),
        [
            ("TCD", "phones", "2021", "13.2", "Panel"), ("CIV", "phones", "2022", "41", ""),
            ("BBB", "hotline", "2023", "yes", "Law"),
        ],
        n_out=1,
        told="figures.csv, row 3, Source: The cell is empty, but the row needs a value here.\n",
    ),
    MessySheet(
        "one indicator, and a year that is none",
        text("phones", [
            ["Entity", "Code", "Year", "Value"], ["Chad", "TCD", "2020", "12"],
            ["Côte d'Ivoire", "CIV", "2020/21", "41"],
        ]),
        [("TCD", "phones", "2020", "12", "Panel"), ("CIV", "phones", "2020/21", "41", "Panel")],
        ["--set", "indicator=phones", "--set", "publisher=Panel", "--set", "dataset=Table 1"],
        n_out=1,
        told="phones.csv, row 3, Year: “2020/21”",
    ),
    MessySheet(
        "a column for each year",
        text("bank", [
            ["Data from: Development Indicators"], [],
            ["Country Name", "Country Code", "Series Name", "2019 [YR2019]", "2020 [YR2020]", "2021 [YR2021]"],
            ["Chad", "TCD", "Telephones in use", "..", "12.5", "13"],
            ["Cote d'Ivoire", "CIV", "Telephones in use", "..", "..", "41.5"],
        ]),
        [
            ("TCD", "phones", "2020", "12.5", "Bank"), ("TCD", "phones", "2021", "13", "Bank"),
            ("CIV", "phones", "2021", "41.5", "Bank"),
        ],
        ["--set", "publisher=Bank", "--set", "dataset=Development Indicators"],
        told="Country Code: The column was not read",
    ),
    MessySheet(
        "a column for each year, mostly empty",
        text("years", [
            ["Country", "Indicator", "Source", *map(str, range(2011, 2023))],
            ["Chad", "phones", "Panel", *[""] * 11, "13"], ["Nowhere", "phones", "Panel", *[""] * 9, "41", "42", ""],
        ]),
        [
            ("TCD", "phones", "2022", "13", "Panel"), ("Nowhere", "phones", "2020", "41", "Panel"),
            ("Nowhere", "phones", "2021", "42", "Panel"),
        ],
        n_out=2,
        told="years.csv, row 3, Country: “Nowhere” is not a country in the list of countries.\n",
    ),
    MessySheet(
        "a column for each indicator",
        lambda folder: write_book(folder / "figures.xlsx", {"Facts": [
            ["Land", "Jahr", "Telephones in use", "Helpline for children", "Quelle"],
            ["Tschad", 2021, 13.5, "yes", "Panel"], ["", 2022, 14, "", "Panel"], ["", 2023, 15, "", "Panel"],
        ]}),
        [
            ("TCD", "phones", "2021", "13.5", "Panel"), ("TCD", "hotline", "2021", "yes", "Panel"),
            ("TCD", "phones", "2022", "14", "Panel"), ("TCD", "phones", "2023", "15", "Panel"),
        ],
        ["--force"],
        told="Country: column “Land” – ▲ check this: 2 rows leave it empty",
    ),
)  # fmt: skip
