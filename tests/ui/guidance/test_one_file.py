"""Can a case or an item of guidance be added as one file, written as frameworks/README.md shows?"""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.loading.frameworks import read_library
from dashboard.model.framework import Strict
from dashboard.model.guidance import CaseStudy, Guidance
from tests.conftest import ROOT, copy_of, said
from tests.ui.conftest import OpenPage, finding, nothing_failed, tells, texts

FORM = (ROOT / "frameworks/README.md").read_text("utf-8")
EXAMPLES = dict(zip(("cases", "guidance"), re.findall(r"```markdown\n(.*?)```", FORM, re.DOTALL), strict=True))
"""The complete example of each, as printed."""
CASE, GUIDANCE = "EX-adult-sellers", "EX-ask-age-at-sale"
SHIPPED = len(list((ROOT / "frameworks/cases").glob("*.md")))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def frameworks(tmp_path: Path) -> Path:
    """Return a copy of the bundled frameworks with each example added as a file."""
    root = Path(shutil.copytree(ROOT / "frameworks", tmp_path / "frameworks"))
    for folder, text in EXAMPLES.items():
        (root / folder / "example.md").write_text(text, "utf-8")
    return root


@pytest.mark.thorough
def test_the_example_of_a_case_is_checked_published_and_found_on_the_page(
    frameworks: Path, tmp_path: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    checked = call("check", frameworks, "--store", store)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert call("publish", frameworks, ROOT / "data", "--store", store, "--role", "writer").exit_code == 0
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("cases")
    assert said("cases.finding.other", n=SHIPPED + 1).search(finding(app))
    app.multiselect(key="case_country").set_value(["KEN"]).run()
    nothing_failed(app)
    assert CASE in "".join(link.proto.query_string for link in app.main.get("page_link"))
    app = page("case", {"case_study": CASE})
    nothing_failed(app)
    assert "Cards sold by adults only" in finding(app)
    assert tells(app, "cases.differ", n=2)
    assert any("Agree what is counted before the count." in text for text in texts(app))
    assert page("guidance_item", {"guidance": GUIDANCE}).query_params["guidance"] == GUIDANCE


@pytest.mark.thorough
def test_one_file_in_a_folder_of_its_own_is_laid_over_what_is_published(
    tmp_path: Path, sample_store: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    own = tmp_path / "mine" / "frameworks" / "cases"
    own.mkdir(parents=True)
    (own / f"{CASE}.md").write_text(EXAMPLES["cases"], "utf-8")
    published = call("publish", tmp_path / "mine", "--store", store, "--role", "writer")
    assert published.exit_code == 0, published.stderr
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("case", {"case_study": CASE})
    assert "Cards sold by adults only" in finding(app)
    assert said("cases.finding.other", n=SHIPPED + 1).search(finding(page("cases"))), "the others are still there"


@pytest.mark.parametrize(("folder", "model"), [("cases", CaseStudy), ("guidance", Guidance)])
def test_the_form_names_every_key_heading_and_word(folder: str, model: type[Strict], frameworks: Path) -> None:
    """Each key is in the description or is a heading of the example; each closed word is in the description."""
    start = FORM.index({"cases": "### A case", "guidance": "### A piece of guidance"}[folder])
    described = FORM[start : FORM.index("```markdown", start)]
    headings = {line[3:].lower().replace(" ", "_") for line in EXAMPLES[folder].splitlines() if line.startswith("## ")}
    keys = set(re.findall(r"`(\w+)`", described))
    assert {name for name in model.model_fields if name not in headings} <= keys
    assert headings <= set(model.model_fields)
    words = re.findall(r"'enum': \[([^\]]*)\]", str(model.model_json_schema()))
    assert words
    assert {word for found in words for word in re.findall(r"'(\w+)'", found)} <= keys


@pytest.mark.thorough
def test_what_is_wrong_in_the_one_file_is_told_with_its_line(frameworks: Path) -> None:
    path = frameworks / "cases" / "example.md"
    path.write_text(EXAMPLES["cases"].replace("tells: output", "tells: impact", 1), "utf-8")
    _, problems = read_library([frameworks])
    line = EXAMPLES["cases"].splitlines().index("    tells: output") + 1
    (problem,) = problems
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "frameworks/cases/example.md",
        line,
        "facts.tells",
        "impact",
    )
