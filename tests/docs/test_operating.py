"""Are the three documents on running it short, and do they name every command and variable, and what the sample has?"""

import csv
import re
from pathlib import Path

from dashboard.__main__ import COMMANDS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
MOST_WORDS = {"install.md": 1200, "run.md": 1200, "operating.md": 2500}
"""A guide is read from its beginning to its end; a reference is not, and may have more."""
MOST_TOGETHER = 4900
OF_THE_PROGRAM = {"DASHBOARD_ROOM_KEY", "DASHBOARD_ROOM_ONCE"}
"""Variables that one process of the program sets for another."""
REFERENCE = (DOCS / "operating.md").read_text("utf-8")
DOCUMENTS = {path: path.read_text("utf-8") for path in (ROOT / "README.md", *DOCS.glob("*.md"))}


def part(heading: str) -> str:
    return re.split(r"\n## ", REFERENCE.partition(f"\n## {heading}\n")[2])[0]


def test_a_guide_can_be_read_to_its_end() -> None:
    n_words = {name: len((DOCS / name).read_text("utf-8").split()) for name in MOST_WORDS}
    assert {name: n for name, n in n_words.items() if n > MOST_WORDS[name]} == {}
    assert sum(n_words.values()) <= MOST_TOGETHER


def test_the_reference_lists_every_command_in_its_group() -> None:
    rows = re.findall(r"^\| ([\w ]+) \| ((?:`\w+`(?:, )?)+) \|$", part("Commands"), re.M)
    listed = {title.capitalize(): re.findall(r"\w+", names) for title, names in rows}
    assert listed == {title: list(commands) for title, commands in COMMANDS.items()}


def test_the_reference_lists_every_variable_that_is_read() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    read = set(re.findall(r'"((?:DASHBOARD|STREAMLIT_SECRETS)_[A-Z_]*[A-Z])"', "\n".join(sources))) - OF_THE_PROGRAM
    listed = {
        name for row in re.findall(r"^\| (`.+?) \|", part("Variables"), re.M) for name in re.findall(r"`(\w+)`", row)
    }
    assert read - listed == set()
    assert {name for name in listed - read if name.startswith("DASHBOARD_")} == set()


def test_roles_are_shown_for_places_of_the_sample() -> None:
    """Whoever types an example on the sample must not be told that there is no such operation."""
    with (ROOT / "data" / "operations.csv").open() as file:
        rows = list(csv.DictReader(file))
    places = {("operation", row["operation"]) for row in rows} | {("country", row["country"]) for row in rows}
    for path, text in DOCUMENTS.items():
        shown = re.findall(r"\b(?:viewer|contributor|reviewer)@(operation|country):([\w-]+)", text)
        assert set(shown) <= places, named(path)
    assert "--grant viewer@operation:gha-op" in REFERENCE


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
