"""Does the page of publications say that newer ones are not in force, and does it publish over them unasked?"""

from pathlib import Path

import pytest

from dashboard.store.history import current_number
from dashboard.store.publishing.edits import close_round
from tests.conftest import TODAY, WRITER
from tests.ui.conftest import OpenPage, nothing_failed, tells

MORE = b"round,operation,criterion,status,evidence\n2025,gha-op,CRBP-01.b,implemented,seen\n"


@pytest.mark.thorough
def test_the_page_says_so_and_publishes_only_once_that_is_agreed_to(page: OpenPage, own: Path) -> None:
    pointer = (own / "CURRENT").read_bytes()
    assert close_round(own, "2024", WRITER, TODAY).revision is not None
    assert not tells(page("data/publications", {}), "problem.out_of_force", value="2")
    (own / "CURRENT").write_bytes(pointer)
    app = page("data/publications", {})
    nothing_failed(app)
    assert tells(app, "problem.out_of_force", value="2")
    assert tells(app, "problem_expected.out_of_force", expected="2")
    app.text_input(key="writer_role").set_value("data steward")
    app.text_input(key="writer_why").set_value("late answers")
    for agrees, number in ((False, 1), (True, 3)):
        app.file_uploader(key="files").set_value([("answers.csv", MORE, "text/csv")])
        if agrees:
            app.checkbox(key="brought_0").check()
        next(button for button in app.button if button.label == "Publish").click()
        app.run()
        nothing_failed(app)
        assert tells(app, "data.agree_first") == (not agrees)
        assert current_number(own) == number
