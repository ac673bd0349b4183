"""Can every built-in address be opened as written, and is one that cannot reported with its file and line?"""

import re
import shutil
from pathlib import Path

import pytest

from dashboard.loading.frameworks import read_library
from dashboard.model.problem import sentence
from dashboard.model.words import Words
from tests.conftest import ROOT

PAPER = "toys.example/paper"
SHIPPED = [path for folder in ("frameworks", "data") for path in sorted((ROOT / folder).rglob("*"))]
CUT_OFF = re.compile(r"\b[\w-]+(?:\.[\w-]+)+/\S*(?:\.\.\.|…)")
"""An address with an omission. Three dots in a sentence do not count."""


def with_address(tiny: Path, folder: Path, address: str) -> Path:
    root = Path(shutil.copytree(tiny / "frameworks", folder / "frameworks"))
    case = root / "cases/TC1.md"
    case.write_text(case.read_text("utf-8").replace(PAPER, address), "utf-8")
    return root


@pytest.mark.parametrize(
    "address",
    ["toys.example", "https://toys.example/", "toys.example/…", "toys.example/long-...", f"{PAPER} ; toys.example/b"],
)
def test_an_address_that_nobody_can_open_stops_the_load(tiny: Path, tmp_path: Path, address: str, words: Words) -> None:
    root = with_address(tiny, tmp_path, address)
    _, problems = read_library([root])
    assert [(problem.kind, problem.value) for problem in problems] == [("address_not_whole", address)]
    line = 1 + (root / "cases/TC1.md").read_text("utf-8").splitlines().index(f"    address: {address}")
    assert sentence(problems[0], words).startswith(f"frameworks/cases/TC1.md, row {line}, address: ")


@pytest.mark.parametrize("address", [PAPER, f"https://{PAPER}", f"{PAPER}/?id=2", f"{PAPER} (site believed retired)"])
def test_a_whole_address_is_good_with_a_remark_too(tiny: Path, tmp_path: Path, address: str) -> None:
    assert read_library([with_address(tiny, tmp_path, address)])[1] == []


@pytest.mark.parametrize(("address", "wrong"), [("https://toys.example", 0), ("https://toys.example/to...", 1)])
def test_a_standard_may_name_a_site_but_not_half_of_a_page(
    tiny: Path, tmp_path: Path, address: str, wrong: int
) -> None:
    root = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    standard = root / "toy/framework.yaml"
    standard.write_text(standard.read_text("utf-8").replace("https://example.org/toy", address), "utf-8")
    assert [problem.kind for problem in read_library([root])[1]] == ["address_not_whole"] * wrong


def test_nothing_that_ships_holds_an_address_that_is_cut_off() -> None:
    lines = [
        (path.name, n, line)
        for path in SHIPPED
        if path.suffix in {".md", ".yaml", ".csv"}
        for n, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
    ]
    assert len(lines) > 5_000
    assert [(name, n) for name, n, line in lines if CUT_OFF.search(line)] == []
