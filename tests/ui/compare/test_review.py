"""Does One question say what stands out, and never more than the answer says?"""

from pathlib import Path

from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import TODAY
from tests.ui.conftest import OpenPage, nothing_failed, tells

HEADER = "round,operation,criterion,status,evidence\n"


def test_evidence_that_is_not_stated_is_not_called_missing(own: Path, tmp_path: Path, page: OpenPage) -> None:
    rows = "2025,gha-op,CRBP-02.a,implemented,\n2025,tcd-op,CRBP-02.a,implemented,none\n"
    file = tmp_path / "answers.csv"
    file.write_text(HEADER + rows)
    assert publish(Load(own, [file], Writer("tester", "a test"), TODAY)).revision is not None
    app = page("review", {"criterion": "CRBP-02.a", "country": "GHA"})
    nothing_failed(app)
    assert tells(app, "review.evidence_unstated", status="Implemented")
    assert not tells(app, "review.without_evidence")
    app = page("review", {"criterion": "CRBP-02.a", "country": "TCD"})
    assert tells(app, "review.without_evidence", status="Implemented")
    assert not tells(app, "review.evidence_unstated")
