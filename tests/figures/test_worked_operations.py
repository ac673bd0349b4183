"""A worked standard whose countries are means of operations with several services: is every figure that of plain lines?

Nothing is shared with the program but the drawn answers: each figure is reckoned here from the method's sentences.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from dashboard.figures.cube import Cells
from dashboard.figures.grid import cover
from dashboard.figures.imagined import cube_of
from dashboard.figures.selection import Asked
from dashboard.queries.ask import rows
from dashboard.queries.compare.changes import CHANGES
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.compare.subjects import COMPARE_FIGURES
from dashboard.queries.elements.number import NUMBER, NUMBER_MADE
from dashboard.queries.overview_headline import AREAS
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TODAY, WRITER
from tests.figures.test_average_of import view_of

OPERATIONS = {
    "ol-m": ("OOO", "mobile"), "ol-f": ("OOO", "isp"), "ol-t": ("OOO", "mobile;isp"),
    "pe-m": ("PPP", "mobile"), "pe-f": ("PPP", "isp"), "qu-t": ("QQQ", "mobile;isp"),
}  # fmt: skip
"""The country of each, and its services: three companies in one country, two in another, one in a third."""
ASKED = {
    "W1.1": ("policies", 2, ""), "W1.2": ("policies", 1, ""), "W1.3": ("people", 1, "mobile"),
    "W2.1": ("", 1, "isp"), "W2.2": ("", 1, ""), "W2.3": ("", 3, "mobile"),
}  # fmt: skip
"""The element, the weight and the service of each criterion; an area is the part before the dot."""
WORTH = {"full": 1.0, "most": 0.6, "some": 0.2, "none": 0.0}
SAID = {
    "R1": {
        "ol-m": {"W1.1": "some", "W1.2": "none", "W1.3": "full", "W2.2": "some", "W2.3": "none"},
        "ol-f": {"W1.1": "none", "W1.2": "some", "W2.1": "most", "W2.2": "none"},
        "pe-m": {"W1.1": "full", "W1.2": "na", "W1.3": "most", "W2.2": "full", "W2.3": "some"},
        "qu-t": {"W1.1": "none", "W1.2": "some", "W1.3": "some", "W2.1": "none", "W2.2": "full", "W2.3": "most"},
    },
    "R2": {
        "ol-m": {"W1.1": "most", "W1.2": "none", "W1.3": "full", "W2.2": "most", "W2.3": "some"},
        "ol-f": {"W1.1": "some", "W1.2": "full", "W2.1": "most", "W2.2": "unknown"},
        "ol-t": {"W1.1": "full", "W1.2": "full", "W1.3": "full", "W2.1": "full", "W2.2": "na", "W2.3": "most"},
        "pe-m": {"W1.1": "full", "W1.2": "na", "W1.3": "most", "W2.2": "full", "W2.3": "unknown"},
        "pe-f": {"W1.1": "unknown", "W1.2": "unknown", "W2.1": "unknown", "W2.2": "unknown"},
        "qu-t": {"W1.1": "some", "W1.2": "some", "W1.3": "unknown", "W2.1": "none", "W2.2": "full", "W2.3": "most"},
    },
}  # fmt: skip
"""The answers; an operation asked without an answer has none, as pe-f never has."""
FRAMEWORK = """\
schema_version: 1
framework: toy
title: A worked standard
short_title: WORKED
publisher: Nobody
year: 2004
version: "1.0"
address: https://example.org/worked
licence_note: Made for tests.
average_of: [areas, elements]
country_figure: mean of operations
coverage_limit: 0.5
count_below: 2
scale:
  - {status: full, title: In full, value: 1}
  - {status: most, title: For the most part, value: 0.6}
  - {status: some, title: In some part, value: 0.2}
  - {status: none, title: Not at all, value: 0}
  - {status: na, title: Does not apply, counts_as: not_applicable}
  - {status: unknown, title: Nobody knows, counts_as: not_known}
bands:
  - {band: low, title: Low, starts_at: 0}
  - {band: high, title: High, starts_at: 60}
weights:
  - {part: W2, weight: 2}
areas:
"""


def written(folder: Path) -> Path:
    """The standard and the answers as files."""
    text = FRAMEWORK
    for area in ("W1", "W2"):
        text += f"  - {{area: {area}, code: '{area[1:]}', title: Area {area}, text: What is asked., criteria: [\n"
        for code, (element, weight, service) in ASKED.items():
            if code.startswith(area):
                beside = f", element: {element}" if element else ""
                beside += f", services: [{service}]" if service else ""
                text += (
                    f"      {{criterion: {code}, level: operation, weight: {weight}, text: {code} is so{beside}}},\n"
                )
        text += "    ]}\n"
    (folder / "frameworks" / "toy").mkdir(parents=True)
    (folder / "frameworks" / "toy" / "framework.yaml").write_text(text, "utf-8")
    lists = {
        "countries": ["country,title,region", "OOO,Oland,North", "PPP,Peland,South", "QQQ,Queland,South"],
        "operations": [
            "operation,country,title,kind,services",
            *(f"{one},{country},Company {one},operation,{services}" for one, (country, services) in OPERATIONS.items()),
        ],
        "rounds": ["round,title,starts_on,ends_on", *(f"R{n},Round {n},202{n}-01-01,202{n}-03-31" for n in (1, 2))],
        "answers": [
            "round,operation,criterion,status,na_reason",
            *(
                f"{round_},{one},{code},{word},{'None sold.' if word == 'na' else ''}"
                for round_, said in SAID.items()
                for one, words in said.items()
                for code, word in words.items()
            ),
        ],
    }
    for name, lines in lists.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("worked")
    outcome = publish(Load(folder / "store", [written(folder / "files")], WRITER, TODAY))
    assert not outcome.problems, outcome.problems
    published = Reader(folder / "store").current()
    assert published is not None
    return published


Values = Mapping[str, float]


def values_in(round_: str, one: str, missing: float | None = None) -> Values:
    """By criterion, what the answers of an operation are worth; `missing` is what one that is not given would be."""
    words = SAID[round_].get(one, {})
    services = OPERATIONS[one][1].split(";")
    asked = {code: words.get(code, "") for code, (_, _, service) in ASKED.items() if not service or service in services}
    worth = {code: WORTH.get(word, missing) for code, word in asked.items() if word != "na"}
    return {code: value for code, value in worth.items() if value is not None}


def of_values(values: Values, areas: Collection[str] = ("W1", "W2")) -> float | None:
    """The mean of areas, the second with double weight, each the mean of its elements, each points over weights."""
    of_areas = []
    for area in areas:
        elements: dict[str, list[tuple[float, float]]] = {}
        for code, value in values.items():
            if code.startswith(area):
                elements.setdefault(ASKED[code][0], []).append((ASKED[code][1], value))
        means = [sum(w * v for w, v in pairs) / sum(w for w, _ in pairs) for pairs in elements.values()]
        if means:
            of_areas.append((2 if area == "W2" else 1, sum(means) / len(means)))
    return sum(w * v for w, v in of_areas) / sum(w for w, _ in of_areas) if of_areas else None


def mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def of_country(round_: str, country: str, missing: float | None = None, areas: Collection[str] = ("W1", "W2")) -> Any:
    """The mean of the figures of its operations."""
    own = [one for one, (of, _) in OPERATIONS.items() if of == country]
    return mean([of_values(values_in(round_, one, missing), areas) for one in own])


def percent(share: float | None) -> int | None:
    return None if share is None else int(100 * share + 0.5 + 1e-9)


def enters(round_: str, country: str, areas: Collection[str] = ("W1", "W2")) -> bool:
    """Whether at least half of all that applies in the country was answered, and two answers or more."""
    counts = [0, 0]
    for one in (one for one, (of, _) in OPERATIONS.items() if of == country):
        counts[0] += sum(code[:2] in areas for code in values_in(round_, one))
        counts[1] += sum(code[:2] in areas for code in values_in(round_, one, 0.0))
    return counts[0] > 0 and counts[0] / counts[1] >= 0.5


def test_the_figures_are_not_those_of_pooled_answers() -> None:
    """Oland by hand: 43, 56 and 80 make 60. Pooled, 5.6 ÷ 9 and 1 in the first area, 4.6 ÷ 9 in the second: 61."""
    own = [percent(of_values(values_in("R2", one))) for one in ("ol-m", "ol-f", "ol-t")]
    pooled = ((5.6 / 9 + 1) / 2 + 2 * 4.6 / 9) / 3
    assert (own, percent(of_country("R2", "OOO")), percent(pooled)) == ([43, 56, 80], 60, 61)


@pytest.mark.parametrize("round_", SAID)
@pytest.mark.parametrize("areas", [("W1", "W2"), ("W1",), ("W2",)])
def test_every_country_has_the_mean_of_its_operations(worked: Published, round_: str, areas: tuple[str, ...]) -> None:
    kept = areas if len(areas) == 1 else ()
    found = rows(worked, NUMBER, view_of(worked, round=round_, principle=kept).parameters())
    assert [row["country"] for row in found] == ["OOO", "PPP", "QQQ"]
    for row in found:
        score = of_country(round_, row["country"], areas=areas)
        assert row["score"] == (None if score is None else pytest.approx(score))
        assert row["low"] == percent(of_country(round_, row["country"], 0.0, areas))
        assert row["high"] == percent(of_country(round_, row["country"], 1.0, areas))
        assert row["enters"] == enters(round_, row["country"], areas)
    shown = [of_country(round_, row["country"], areas=areas) for row in found if row["enters"]]
    assert found[0]["mean_of_all"] == percent(mean(shown))


def test_the_heat_map_and_the_overview_show_the_same(worked: Published) -> None:
    given_ = view_of(worked).parameters()
    cells = {(row["country"], row["area"]): row for row in rows(worked, HEATMAP, given_) if row["country"] != ""}
    for country in ("OOO", "PPP", "QQQ"):
        for area in ("W1", "W2"):
            wanted = percent(of_country("R2", country, areas=(area,))) if enters("R2", country, (area,)) else None
            assert cells[country, area]["percent"] == wanted
    for row in rows(worked, AREAS, given_):
        only = (row["area"],)
        shown = [of_country("R2", code, areas=only) for code in ("OOO", "PPP", "QQQ") if enters("R2", code, only)]
        assert row["mean"] == percent(mean(shown))


@pytest.mark.parametrize("one", OPERATIONS)
def test_an_operation_beside_another_has_its_own_figure(worked: Published, one: str) -> None:
    given_ = view_of(worked).parameters(subject=(one,), by="all")
    found = rows(worked, COMPARE_FIGURES, given_)
    own = of_values(values_in("R2", one))
    assert [row["score"] for row in found] == [None if own is None else pytest.approx(own)]


def test_change_is_that_of_operations_in_both_rounds(worked: Published) -> None:
    """Company ol-t joined in the second round: it is in the figure, but not in the change."""
    found = {row["country"]: row for row in rows(worked, CHANGES, view_of(worked).parameters(earlier="R1"))}
    for country in ("OOO", "PPP", "QQQ"):
        sides: tuple[list[float | None], list[float | None]] = ([], [])
        for one in (one for one, (of, _) in OPERATIONS.items() if of == country):
            before, now = (values_in(round_, one) for round_ in ("R1", "R2"))
            both = before.keys() & now.keys()
            sides[0].append(of_values({code: value for code, value in before.items() if code in both}))
            sides[1].append(of_values({code: value for code, value in now.items() if code in both}))
        was, then = mean(sides[0]), mean(sides[1])
        assert (found[country]["was"], found[country]["now"]) == (percent(was), percent(then))


def test_the_explanation_lists_each_company_and_what_it_counts(worked: Published) -> None:
    parts = rows(worked, NUMBER_MADE, view_of(worked, country=("PPP",)).parameters())
    own = {row["operation_title"]: row["operation_percent"] for row in parts}
    assert own == {"Company pe-m": percent(of_values(values_in("R2", "pe-m"))), "Company pe-f": None}
    shares = dict.fromkeys(own, 0.0)
    for row in parts:
        shares[row["operation_title"]] += row["share"]
    assert shares == {"Company pe-m": pytest.approx(1), "Company pe-f": 0}


def test_a_risk_is_covered_by_the_mean_of_operations(worked: Published) -> None:
    """One that the first and the third criterion address, whatever the filters keep."""
    cube, of = cube_of(worked), ("W1.1", "W1.3")
    criteria = np.array([cube.criterion_numbers[code] for code in of], np.intp)
    cube = replace(cube, cells={"impact": Cells(("I",), ("toy",), criteria, np.zeros_like(criteria))})
    found = cover(Asked(cube, cube, view_of(worked).parameters(), {}, lambda _: pa.table({})), ("I",), "respect")
    own: dict[str, list[float | None]] = {country: [] for country in ("OOO", "PPP", "QQQ")}
    for one, (country, _) in OPERATIONS.items():
        own[country].append(of_values({code: value for code, value in values_in("R2", one).items() if code in of}))
    # In Queland, only one of two is answered, too few for a figure shown as a percentage.
    assert found["percent"].to_pylist() == [percent(mean([mean(values) for values in own.values()]))]
