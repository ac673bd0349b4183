"""Does every page open for a group whose standard has a single criterion, and say nothing that is wrong of one?"""

import re
import shutil
from pathlib import Path

import pytest

from dashboard.model.pages import PAGES
from tests.conftest import TINY, PublishOnce
from tests.ui.conftest import OpenPage, finding, nothing_failed, texts

ASKED = "T1.a"
VIEWS = [f"{page}/{part}" if part else page for page, about in PAGES.items() for part in (about.parts or ("",))]
OF_ONE = re.compile(r"\b(all|none of the) 1\b|(?<!of )\b1 (criteria|operations|risks|countries)\b|\bonly 0\b(?! %)")


def _alone(folder: Path) -> Path:
    """The toy group, asked nothing but the first criterion of its standard."""
    shutil.copytree(TINY, folder)
    standard = folder / "frameworks" / "toy" / "framework.yaml"
    standard.write_text(standard.read_text("utf-8").partition("      - criterion: T1.b")[0], "utf-8")
    links = folder / "frameworks" / "shared" / "crosswalk.yaml"
    kept = [line for line in links.read_text("utf-8").splitlines(keepends=True) if "target: T2" not in line]
    links.write_text("".join(kept), "utf-8")
    for kind in ("guidance", "cases"):
        for path in (folder / "frameworks" / kind).glob("*.md"):
            text = re.sub(r"^criteria: .*$", f"criteria: [{ASKED}]", path.read_text("utf-8"), flags=re.MULTILINE)
            path.write_text(text, "utf-8")
    answers = folder / "answers.csv"
    head, *rows = answers.read_text("utf-8").splitlines(keepends=True)
    answers.write_text("".join([head, *(row for row in rows if f",{ASKED}," in row)]), "utf-8")
    return folder


@pytest.fixture
def alone(publish_once: PublishOnce, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the toy group that is asked one criterion."""
    folder = tmp_path_factory.getbasetemp() / "one_criterion"
    store = publish_once("one_criterion", [folder if folder.exists() else _alone(folder)])
    monkeypatch.setenv("DASHBOARD_STORE", str(store))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("view", VIEWS)
def test_every_page_opens_and_speaks_of_one(view: str, page: OpenPage) -> None:
    app = page(view)
    nothing_failed(app)
    wrong = [text for text in texts(app) if OF_ONE.search(text)]
    assert not wrong


@pytest.mark.usefixtures("alone")
def test_the_standard_says_how_much_of_it_is_confirmed(page: OpenPage) -> None:
    assert finding(page("frameworks")).startswith("TOY: its 1 criterion is confirmed in the document.")
