"""Does the document of a standard say which criteria repeat others?"""

from tests.ui.conftest import OpenPage, cells, nothing_failed


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
