"""Does the data page say how much the last load left out, also where it lists the first problems only?"""

from pathlib import Path

import pytest

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import TODAY, WRITER, rest_thorough
from tests.ui.conftest import OpenPage, nothing_failed, tells

HEAD = "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,na_reason"


@pytest.mark.parametrize(("n", "left"), rest_thorough([(501, 1), (500, 0), (499, 0), (750, 250)]))
def test_problems_that_are_not_listed_are_counted(
    n: int, left: int, store: Path, tmp_path: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"R1,a-op,{letter}.{number},yes,seen,,Manager,2024-02-01," for number, letter in enumerate("XY" * n)][:n]
    (tmp_path / "answers.csv").write_text("\n".join((HEAD, *rows)), "utf-8")
    # Without a row that is taken, there is no load to show.
    (tmp_path / "good.csv").write_text(f"{HEAD}\nR2,a-op,T2.a,yes,seen,,Manager,2025-02-01,\n", "utf-8")
    load = Load(store, [tmp_path / "answers.csv", tmp_path / "good.csv"], WRITER, TODAY)
    assert publish(load).revision is not None
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("data/publications")
    nothing_failed(app)
    assert tells(app, "data.more_problems.one") == (left == 1)
    assert tells(app, "data.more_problems.other", n=left) == (left > 1)
