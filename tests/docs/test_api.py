"""Is the documentation of figures for other tools correct? Its examples run, its tables are those of the program."""

import re
import runpy
import shlex
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from streamlit import config

from dashboard.__main__ import main
from dashboard.model.pages import PAGES
from dashboard.tasks.figure_tables import said
from dashboard.ui.server.app import doors
from dashboard.ui.server.figures import Figures
from tests.conftest import ROOT
from tests.ui.server.conftest import asks

TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
CODE: list[str] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(autouse=True)
def on_the_sample(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(sample_store))
    config.get_config_options()  # Read once per process, from the folder that the tests are started in.
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("curl")])
def test_an_address_that_is_written_down_gives_figures(line: str) -> None:
    address = urlsplit(shlex.split(line)[1])
    got = asks(Starlette(routes=doors()["routes"]), address.path, query=address.query)
    assert got.status == 200
    assert '"problems": [{' not in str(got.sent[1]["body"])


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("dashboard")])
def test_a_command_that_is_written_down_gives_figures(line: str) -> None:
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("code", CODE)
def test_code_that_is_written_down_runs(code: str) -> None:
    exec(compile(code, "docs/api.md", "exec"), {})  # noqa: S102


def test_there_are_examples_of_each_way() -> None:
    assert {line.split()[0] for line in SHELL} == {"curl", "dashboard"}
    assert len(CODE) == 3


def test_the_rows_of_all_responses_are_read_as_it_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    server, asked = Figures(100), []

    def opened(address: str) -> BytesIO:
        asked.append(address)
        at = urlsplit(address)
        return BytesIO(asks(server, at.path, query=at.query).body)

    monkeypatch.setattr("urllib.request.urlopen", opened)
    (code,) = (code for code in CODE if "rows_of" in code)
    names: dict[str, Callable[[str], Iterator[object]]] = {}
    exec(compile(code, "docs/api.md", "exec"), names)  # noqa: S102
    assert len(list(names["rows_of"]("http://localhost:8501/country?framework=cop-2014"))) == 503
    assert len(asked) == 6


def test_the_three_questions_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "docs" / "examples" / "three_questions.py"), run_name="__main__")
    said_of = capsys.readouterr().out
    assert "DR Congo: 56 % of what applies, 70 % are needed" in said_of
    assert said_of.count("  IMP-") == 33
    assert "illustrative" in said_of


def test_the_tables_that_are_listed_are_those_of_the_pages() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*`.*) \|$", TEXT.split("## Command line")[0], re.MULTILINE)
    listed = {page: re.findall(r"`(\w+)`(?: \((.*?)\))?", tables) for page, tables in rows if page in PAGES}
    assert listed == {
        name: [(table, ", ".join(f"`{need}`" for need in needs)) for table, needs in page.tables.items()]
        for name, page in PAGES.items()
        if page.tables
    }


def test_the_columns_that_are_explained_are_explained_as_in_the_answers() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", TEXT.split("## Columns")[1], re.MULTILINE)
    assert len(rows) > 10
    assert {name: (unit, meaning) for name, unit, meaning in rows} == {name: said()[name] for name, _, _ in rows}
