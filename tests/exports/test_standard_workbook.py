"""Does the workbook hold what the standard holds, ready to be continued?"""

import re
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from dashboard.exports.standard_workbook import explained, rows_of, rows_to_start, standard_workbook
from dashboard.model.framework import Framework
from dashboard.model.shared_lists import Link
from dashboard.model.standard_files import LINKS, SETTINGS, TRANSLATIONS, standard_sheets
from dashboard.model.words import Words
from tests.standards import shipped

NAMES = ["read me", "framework", "areas", "criteria", "scale", "numbers", "bands", "weights", "links", "translations"]


@pytest.fixture(scope="module")
def toy(words: Words) -> bytes:
    return standard_workbook(rows_of(shipped("toy")), words)


def cells(content: bytes, title: str) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(title)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def xml(content: bytes, title: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(f"xl/worksheets/sheet{NAMES.index(title) + 1}.xml").decode()


def test_the_sheets_stand_in_the_order_in_which_they_are_filled_in(toy: bytes) -> None:
    assert CalamineWorkbook.from_filelike(BytesIO(toy)).sheet_names == NAMES


def test_every_field_of_the_models_has_its_column(toy: bytes) -> None:
    models = {
        **Framework.model_json_schema()["$defs"],
        "Framework": Framework.model_json_schema(),
        "Link": Link.model_json_schema(),
    }
    names = {"framework": "Framework", "areas": "Area", "criteria": "Criterion", "scale": "Status", "bands": "Band"}
    names["numbers"] = "Numbers"
    for title, model in {**names, "links": "Link"}.items():
        fields = [
            name
            for name, field in models[model]["properties"].items()
            if "const" not in field and "$ref" not in field.get("items", {})
        ]
        found = cells(toy, title)
        columns = [row[0] for row in found[1:]] if title == SETTINGS else found[0]
        assert columns == (["area"] if title == "criteria" else []) + [
            name for name in fields if name != "schema_version"
        ]


def test_every_column_is_explained(words: Words) -> None:
    unexplained = [
        (sheet.name, column.name)
        for sheet in standard_sheets().values()
        for column in sheet.columns
        if not explained(sheet, column, words)
    ]
    assert not unexplained


def test_no_word_explains_a_column_that_is_gone(words: Words) -> None:
    told = {tuple(key.split(".")[1:]) for key in words.texts if re.match(rf"workbook\.({'|'.join(NAMES[1:])})\.", key)}
    assert told == {(sheet.name, column.name) for sheet in standard_sheets().values() for column in sheet.columns}


def test_the_read_me_says_what_each_column_may_and_must_contain(toy: bytes) -> None:
    told = {(row[0], row[1]): row[2:] for row in cells(toy, "read me")}
    assert told["criteria", "kind"][:2] == ["optional", "One of: respect, support. Empty: respect."]
    assert told["criteria", "weight"][:2] == ["optional", "A number above 0. Empty: 1."]
    assert told["criteria", "critical"][:2] == ["optional", "One of: yes, no. Empty: no."]
    assert told["areas", "spheres"][1].startswith("Any of: cross_cutting,")  # type: ignore[attr-defined]
    assert told["framework", "year"][1] == "A whole number from 1900 to 2100."
    assert told["framework", "version"] == [
        "required",
        "A version such as 1.0, as text.",
        told["framework", "version"][2],
    ]
    assert all(all(row[:5]) for row in cells(toy, "read me")[9:])


def test_the_header_stays_in_view(toy: bytes) -> None:
    for title in NAMES[1:]:
        assert re.search(r'<pane [^>]*ySplit="1"[^>]*state="frozen"', xml(toy, title)), title


@pytest.mark.parametrize(
    ("title", "choices"),
    [
        (
            "criteria",
            [
                "respect,support",
                "group,operation,both",
                "yes,no",
                "yes,no",
                "yes,no",
                "confirmed,own_reading,to_verify",
            ],
        ),
        ("scale", ["answered,not_applicable,not_known"]),
        ("framework", ["pooled,mean of operations,mean of groups"]),
    ],
)
def test_words_to_choose_from_drop_down(toy: bytes, title: str, choices: list[str]) -> None:
    listed = re.findall(r'<formula1>"([^"]*)"</formula1>', xml(toy, title).replace("&quot;", '"'))
    assert listed == choices


def test_the_area_of_a_criterion_is_chosen_from_the_sheet_of_areas(toy: bytes) -> None:
    assert "<formula1>areas!$A$2:$A$500</formula1>" in xml(toy, "criteria")


def test_a_text_that_looks_like_a_formula_stays_a_text(words: Words) -> None:
    rows = rows_of(shipped("toy"))
    rows["criteria"][0]["text"] = "=1+1"
    rows["criteria"][1]["text"] = "https://example.org"
    content = standard_workbook(rows, words)
    found = cells(content, "criteria")
    assert [row[found[0].index("text")] for row in found[1:3]] == ["=1+1", "https://example.org"]
    assert "<f>" not in xml(content, "criteria")
    assert "<hyperlink" not in xml(content, "criteria")


def test_a_number_keeps_every_digit(words: Words) -> None:
    rows = rows_of(shipped("toy"))
    rows["criteria"][0]["weight"] = 0.1 + 0.2
    found = cells(standard_workbook(rows, words), "criteria")
    assert float(str(found[1][found[0].index("weight")])) == 0.1 + 0.2


def test_the_same_standard_gives_the_same_bytes(toy: bytes, words: Words) -> None:
    assert standard_workbook(rows_of(shipped("toy")), words) == toy


@pytest.mark.thorough
def test_the_template_brings_a_scale_and_bands_and_asks_for_the_rest(words: Words) -> None:
    rows = rows_to_start(words)
    assert [row["status"] for row in rows["scale"]] == [word.status for word in shipped("crbp").framework.scale]
    assert [row["starts_at"] for row in rows["bands"]] == [0, 25, 51, 88]
    assert not any(rows[title] for title in ("areas", "criteria", LINKS, TRANSLATIONS))
    given = {str(row["key"]): row["value"] for row in rows[SETTINGS] if row["value"] is not None}
    assert given == {
        "area_word": "area",
        "version": "1.0",
        "average_of": "criteria",
        "country_figure": "pooled",
        "coverage_limit": 0.7,
        "count_below": 3,
    }
    content = standard_workbook(rows, words)
    assert cells(content, "areas") == [["area", "code", "title", "text", "spheres", "formerly", "family"]]
