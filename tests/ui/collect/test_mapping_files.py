"""Is the mapping of a sheet accepted before its preview, and does the preview use the sheet's own words?"""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.model.problem import HandedFile
from tests.loading.foreign import write_csv
from tests.ui.collect.test_mapping import use
from tests.ui.conftest import OpenPage, nothing_failed, tells, texts

TABLE = [["Savandina Ghana"], ["Question", "Answer"], ["CRBP-02.a", "Sí"], ["CRBP-02.b", "perhaps"]]


def handed(page: OpenPage, *files: HandedFile) -> AppTest:
    app = page("collect")
    app.session_state["collect_files"] = files
    app.run()
    nothing_failed(app)
    return app


def test_a_sheet_is_settled_on_and_then_previewed_in_its_own_words(page: OpenPage, tmp_path: Path) -> None:
    content = write_csv(tmp_path / "ghana.csv", TABLE).read_bytes()
    ours = HandedFile("ours.csv", b"round,operation,criterion,status\n2025,tcd-op,CRBP-02.a,partly\n")
    app = handed(page, ours, HandedFile("ghana.csv", content))
    assert tells(app, "mapping.not_ours", file="ghana.csv")
    assert not tells(app, "collect.would_change"), "nothing is previewed while a file waits"
    use(app)
    assert tells(app, "collect.would_change")
    assert any("ghana.csv, row 4, Answer" in text for text in texts(app))
    (button,) = [button for button in app.get("download_button") if "file" in button.proto.label]
    assert button.proto.label.startswith("Your file")
