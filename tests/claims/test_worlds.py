"""Is everything that pages claim what the files say, in groups that nobody chose? A small group, drawn at random."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.claims.derived.pages import DERIVED
from tests.claims.drawn import views
from tests.claims.slow.choice import Group
from tests.claims.test_sample import wrong
from tests.claims.toy_world import Drawn, worlds, written
from tests.conftest import TODAY, WRITER, most

SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
WITHOUT_CASES = [place for place in DERIVED if place != "case"]
"""The pages that a group has to which no case was given."""


@settings(
    max_examples=most(40),
    suppress_health_check=SUPPRESSED,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(world=worlds(), data=st.data())
def test_what_pages_claim_in_a_drawn_group_is_what_its_files_say(
    world: Drawn, data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory() as folder:
        files = written(Path(folder) / "group", world)
        outcome = publish(Load(Path(folder) / "store", [files], WRITER, TODAY))
        assert outcome.revision is not None, outcome.problems
        monkeypatch.setenv("DASHBOARD_STORE", str(Path(folder) / "store"))
        group = Group(files, files / "frameworks")
        for place in data.draw(st.lists(st.sampled_from(WITHOUT_CASES), min_size=4, max_size=4, unique=True)):
            query = data.draw(views(group, place), label=place)
            assert not wrong(group, place, query), place
