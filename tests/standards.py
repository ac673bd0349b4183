"""Which standards are converted back and forth? The built-in ones, the toy, and any that can be generated."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import xlsxwriter
from hypothesis import strategies as st

from dashboard.exports.standard_workbook import rows_of
from dashboard.loading.frameworks import read_library
from dashboard.model.framework import Area, Band, Criterion, Framework, PartWeight, Role, Status
from dashboard.model.shared_lists import Link
from dashboard.model.sheet_cells import xml_text
from dashboard.model.standard_files import Standard, standard_sheets
from dashboard.model.translation import Translation
from tests.conftest import ROOT, TINY

Sheets = dict[str, list[list[Any]]]
SHIPPED = {
    "crbp": ROOT / "frameworks",
    "cop-2014": ROOT / "frameworks",
    "cop-2020": ROOT / "frameworks",
    "toy": TINY / "frameworks",
}


def shipped(name: str) -> Standard:
    """A standard of the repository, by id, with its links and translations."""
    library, problems = read_library([SHIPPED[name]])
    assert problems == []
    framework = next(framework for framework in library.frameworks if framework.framework == name)
    return Standard.of(framework, library.crosswalk.links, library.translations)


def as_sheets(standard: Standard) -> Sheets:
    """The workbook of a standard as plain rows with a header each, for a test to change and write."""
    return {
        name: [list(rows[0])] + [list(row.values()) for row in rows]
        for name, rows in rows_of(standard).items()
        if rows or standard_sheets()[name].required
    }


def write_sheets(path: Path, pages: Sheets, after: Callable[[xlsxwriter.Workbook], object] = id) -> Path:
    """A workbook as a person would type it: numbers as numbers, dates as dates, a text with = as a formula."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for title, rows in pages.items():
            sheet = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        after(workbook)
    return path


# Generated standards. What no document can hold is taken out of every standard that is read.

LONG = "a\n  " + "word " * 30 + "- a"
"""If the YAML library folds this, it does not come back unchanged."""
SIGNS = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="_") | st.sampled_from(
    "=+-@:#'\"{}[]>|&*?%`\n\t;,"
)
TEXTS = st.text(SIGNS, min_size=1, max_size=30).map(xml_text).map(str.strip).filter(bool) | st.sampled_from(
    ("yes", "No", "null", "1.10", "1e5", "2020-01-02", "=1+1", "- a", "# b", "a: b", "a\n b\n", "x " * 80 + "x", LONG)
)
CODES = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,8}\Z")
LISTS = st.lists(CODES, max_size=3).map(tuple)
WEIGHTS = st.floats(min_value=0, exclude_min=True, allow_infinity=False, allow_nan=False)
VERSIONS = st.from_regex(r"\A[0-9]{1,4}(\.[0-9]{1,4}){0,2}\Z")


def _criterion(code: str) -> st.SearchStrategy[Criterion]:
    return st.builds(
        Criterion,
        criterion=st.just(code),
        text=TEXTS,
        weight=WEIGHTS,
        element=st.none() | TEXTS,
        since=st.none() | VERSIONS,
        **dict.fromkeys(("services", "rights", "risk_areas", "functions", "settings", "supersedes", "formerly"), LISTS),
        evidence_hint=TEXTS,
        citation=TEXTS,
    )


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    """Any standard whose ids are unique, and whose links and translations are valid."""
    codes = draw(st.lists(CODES, min_size=2, max_size=6, unique=True))
    n_areas = draw(st.integers(1, len(codes) // 2))
    areas = []
    for number, code in enumerate(codes[:n_areas]):
        inner = codes[n_areas:][number::n_areas]
        criteria = tuple(draw(_criterion(one)) for one in inner)
        areas.append(
            draw(
                st.builds(
                    Area,
                    area=st.just(code),
                    code=TEXTS,
                    title=TEXTS,
                    text=TEXTS,
                    family=st.none() | TEXTS,
                    formerly=LISTS,
                    criteria=st.just(criteria),
                )
            )
        )
    framework = draw(
        st.builds(
            Framework,
            schema_version=st.just(1),
            framework=CODES,
            **dict.fromkeys(("title", "short_title", "publisher", "address", "licence_note"), TEXTS),
            edition=st.none() | TEXTS,
            supersedes=st.none() | CODES,
            version=VERSIONS,
            average_of=st.sampled_from([("criteria",), ("areas",), ("families", "elements")]),
            country_figure=st.sampled_from(["pooled", "mean of operations"]),
            weights=_weights(codes[:n_areas]),
            scale=_scales(),
            bands=st.lists(st.integers(1, 100), unique=True, min_size=1, max_size=4).flatmap(_bands),
            areas=st.just(tuple(areas)),
        )
    )
    return Standard.of(framework, draw(_links(codes)), draw(_translations(codes)))


def _weights(areas: list[str]) -> st.SearchStrategy[tuple[PartWeight, ...]]:
    given = st.dictionaries(st.sampled_from(areas), WEIGHTS)
    return given.map(lambda weights: tuple(PartWeight(part=part, weight=one) for part, one in weights.items()))


@st.composite
def _scales(draw: st.DrawFn) -> tuple[Status, ...]:
    words = draw(st.lists(CODES.filter(lambda code: code != "unanswered"), min_size=2, max_size=5, unique=True))
    scale = []
    for word in words:
        role = draw(st.sampled_from(get_args(Role)))
        value = draw(st.floats(0, 1)) if role == "answered" else None
        scale.append(Status(status=word, title=draw(TEXTS), counts_as=role, value=value))
    return tuple(scale)


def _bands(starts: list[int]) -> st.SearchStrategy[tuple[Band, ...]]:
    return st.tuples(
        *(st.builds(Band, starts_at=st.just(start), band=CODES, title=TEXTS) for start in [0, *sorted(starts)])
    )


def _links(codes: list[str]) -> st.SearchStrategy[list[Link]]:
    link = st.builds(Link, source=st.sampled_from(codes), target=CODES, note=st.none() | TEXTS)
    return st.lists(link, max_size=4, unique_by=lambda link: (link.source, link.target_type, link.target))


def _translations(codes: list[str]) -> st.SearchStrategy[list[Translation]]:
    texts = st.dictionaries(st.sampled_from(("title", "text", "evidence_hint")), TEXTS, min_size=1)
    one = st.builds(
        Translation,
        schema_version=st.just(1),
        language=st.sampled_from(("fr", "no", "pt-BR")),
        texts=st.dictionaries(st.sampled_from(codes), texts, min_size=1),
    )
    return st.lists(one, max_size=2, unique_by=lambda item: item.language)
