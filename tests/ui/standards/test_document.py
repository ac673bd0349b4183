"""Does a standard's document say what it contains, which criteria overlap with others, and when an answer is partly?"""

import pytest

from tests.ui.conftest import OpenPage, bar, cells, nothing_failed, tells


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
    assert tells(page("crosswalk", {"framework": "cop-2020", "part": "editions"}), "standard.held_in_part")
    assert any("is only partly included.**" in cell for cell in cells(page("data", {})))
    assert not tells(page("frameworks", {"framework": "crbp"}), "standard.held_in_part")
    assert "<p><b>COP 2014 is only partly included.</b>" in bar(app)


def test_a_criterion_says_when_it_is_partly_and_from_which_version_it_is_asked(page: OpenPage) -> None:
    app = page("frameworks", {"framework": "cop-2014", "criterion": "COP14-UG-3.1"})
    assert tells(app, "standard.added", version="1.4")
    assert tells(page("frameworks", {"criterion": "CRBP-01.b"}), "standard.partly_when")
