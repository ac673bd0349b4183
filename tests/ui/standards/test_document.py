"""Does a standard's document say what it contains, which criteria overlap with others, and when an answer is partly?"""

import re
import shutil
from pathlib import Path

import pytest

from dashboard.ui.standards.document import AT_ONCE
from dashboard.ui.standards.rights import MOST
from tests.conftest import TINY, PublishOnce, said
from tests.ui.conftest import OpenPage, bar, cells, choose, finding, nothing_failed, offered, tells, texts, told

STANDARDS = 30
OTHERS = range(2, STANDARDS + 1)


@pytest.fixture
def thirty(publish_once: PublishOnce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of a group that answers thirty standards, all alike but for their names."""
    folder = Path(shutil.copytree(TINY, tmp_path / "thirty"))
    toy = (folder / "frameworks" / "toy" / "framework.yaml").read_text("utf-8")
    for name in ("operations.csv", "rounds.csv"):
        asked = ";".join(["toy", *(f"toy-{n}" for n in OTHERS)])
        (folder / name).write_text(re.sub(r"\btoy\b(?!-)", asked, (folder / name).read_text("utf-8")), "utf-8")
    with (folder / "answers.csv").open("a", encoding="utf-8") as answers:
        for n in OTHERS:
            named = toy.replace("framework: toy", f"framework: toy-{n}").replace(
                "short_title: TOY", f"short_title: TOY {n}"
            )
            (folder / "frameworks" / f"toy-{n}").mkdir()
            file = folder / "frameworks" / f"toy-{n}" / "framework.yaml"
            file.write_text(named.replace("T1", f"S{n}T1").replace("T2", f"S{n}T2"), "utf-8")
            answers.write(f"R2,a-op,S{n}T1.a,yes,seen,,Shop manager,2025-02-01,\n")
    monkeypatch.setenv("DASHBOARD_STORE", str(publish_once("thirty", [folder], silently=True)))


@pytest.mark.usefixtures("thirty")
def test_of_thirty_standards_the_one_in_view_is_drawn_and_the_bar_leads_to_the_others(page: OpenPage) -> None:
    app = page("frameworks")
    nothing_failed(app)
    assert finding(app).startswith("TOY:")
    areas = [one.label for one in app.expander if said("standard.area").fullmatch(one.label)]
    assert [label.partition("**")[2].partition("**")[0] for label in areas] == ["1 Play", "2 Shops"]
    lines = [line for text in texts(app) for line in text.splitlines() if said("standard.no_area").search(line)]
    assert 0 < len(lines) <= AT_ONCE
    assert any(said("show.more.other").fullmatch(one.label) for one in app.expander)
    assert len(offered(app, "framework")) == STANDARDS
    assert finding(choose(app, framework="toy-7")).startswith("TOY 7:")


@pytest.mark.usefixtures("thirty")
def test_of_thirty_standards_a_right_shows_a_few_with_the_one_in_view_and_the_rest_one_click_away(
    page: OpenPage,
) -> None:
    app = page("crosswalk/each_right", {"framework": "toy-30"})
    nothing_failed(app)
    assert tells(app, "rights.more_standards.other", n=STANDARDS - MOST)
    named = [html for html in told(app) if "<b>TOY" in html]
    assert len(named) == 3
    assert "<b>TOY 30</b>" in named[0]
    assert any(one.label == "27 more" for one in app.expander)


@pytest.mark.thorough
def test_what_repeats_another_criterion_says_so(page: OpenPage) -> None:
    app = page("frameworks", {"framework": "cop-2014", "round": "2025"})
    nothing_failed(app)
    assert not cells(app), "an area is drawn once it is opened"
    (switch,) = (toggle for toggle in app.toggle if toggle.label == "Open all")
    switch.set_value(True).run()
    nothing_failed(app)
    found = cells(app)
    said = [cell for cell in found if cell.endswith("asked once.")]
    assert len(said) == 9
    assert said.count("The same as COP14-A2.4; asked once.") == 2
    (link,) = (cell for cell in found if "[COP14-MO-2.2](" in cell)
    assert "criterion=COP14-A2.4" in link
    assert any("The legal duty to report CSAM is known" in cell for cell in found)


def test_a_standard_that_is_held_in_part_says_so_wherever_it_is_shown(page: OpenPage) -> None:
    app = page("frameworks", {"framework": "cop-2014"})
    assert tells(app, "standard.held_in_part", title="COP 2014")
    assert tells(page("crosswalk", {"framework": "cop-2020", "against": "cop-2014"}), "standard.held_in_part")
    assert any("is only partly included.**" in cell for cell in cells(page("data", {})))
    assert not tells(page("frameworks", {"framework": "crbp"}), "standard.held_in_part")
    assert "<p><b>COP 2014 is only partly included.</b>" in bar(app)


def test_a_criterion_says_when_it_is_partly_and_from_which_version_it_is_asked(page: OpenPage) -> None:
    app = page("frameworks", {"framework": "cop-2014", "criterion": "COP14-UG-3.1"})
    assert tells(app, "standard.added", version="1.4")
    assert tells(page("frameworks", {"criterion": "CRBP-01.b"}), "standard.partly_when")
