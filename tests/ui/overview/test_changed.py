"""Does the Overview show what changed since a chosen publication, and offer those that were not undone?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries.ask import rows
from dashboard.queries.overview_headline import HEADLINE
from dashboard.store.history import in_force_before, publication_path
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.upkeep import revert
from tests.conftest import TODAY, WRITER, MakeView, copy_of
from tests.ui.conftest import OpenPage, choices, choose, nothing_failed, tells, texts, told

HEAD = "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,na_reason"
COMMITTEE = Writer("data steward", "for the committee of March")


def answered(store: Path, folder: Path, status: str, writer: Writer = WRITER) -> int:
    """Publish one answer of Colombia to a critical criterion; return the number of the publication."""
    file = folder / f"{status}.csv"
    file.write_text(f"{HEAD}\n2025,col-op,CRBP-02.a,{status},seen,,Head of distribution,2025-05-02,\n", "utf-8")
    outcome = publish(Load(store, [file], writer, TODAY))
    assert outcome.revision is not None, outcome.problems
    return outcome.revision.number


def changed(app: AppTest) -> str:
    (text,) = (one for one in told(app) if "matched answers" in one)
    return text


def test_a_country_that_a_publication_did_not_know_is_not_set_against_the_whole_group(
    page: OpenPage, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    tables = {
        "countries": "country,title,region\nDDD,Deland,North\n",
        "operations": "operation,country,title,kind,services,frameworks,first_round,synthetic\n"
        "d-op,DDD,Toys of Deland,operation,shop,toy,R2,true\n",
        "answers": f"{HEAD}\nR2,d-op,T1.a,yes,seen,,Shop manager,2025-02-01,\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    outcome = publish(Load(store, [tmp_path / f"{name}.csv" for name in tables], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    app = page("overview", {"since": "1", "country": "DDD"})
    nothing_failed(app)
    assert tells(app, "overview.not_there_then")
    assert not tells(page("overview", {"since": "1", "country": "AAA"}), "overview.not_there_then")


@pytest.mark.parametrize(("round_", "said"), [("2024", False), ("2025", True)])
def test_nothing_is_said_of_failures_since_a_round_in_which_nothing_was_asked(
    round_: str, said: bool, page: OpenPage
) -> None:
    app = page("overview", {"framework": "cop-2014", "country": "GHA", "round": round_})
    nothing_failed(app)
    assert any("critical failures" in text and "on answers of both rounds" in text for text in told(app)) == said
    assert any("critical failures on answers that are new" in text for text in told(app)) == (not said)


def test_failures_are_compared_on_matched_answers_and_what_fell_silent_is_told_beside(
    page: OpenPage, view_of: MakeView
) -> None:
    app = page("overview", {"framework": "cop-2014", "round": "2025"})
    nothing_failed(app)
    (text,) = (one for one in told(app) if "critical failures" in one)
    assert "critical failures <b>8 → 4</b> on answers of both rounds" in text
    assert "1 more on answers that are new or reworded" in text
    assert "2 more failed earlier, no answer now (Ghana, Guatemala)" in text
    view = view_of(framework="cop-2014")
    level = {row["kind"]: row for row in rows(view.published, HEADLINE, view.parameters())}
    assert level["respect"]["n_critical_failed"] == 4 + 1
    assert level["respect"]["n_failed_before"] == 2


@pytest.fixture(scope="module")
def stepped(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[int, int]]:
    """Return a store with two publications after the first: Colombia stops checking ages, then resumes. Read-only."""
    folder = tmp_path_factory.mktemp("stepped")
    store = copy_of(sample_store, folder / "store")
    return store, (answered(store, folder, "not_implemented", COMMITTEE), answered(store, folder, "implemented"))


@pytest.fixture
def steps(stepped: tuple[Path, tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    store, numbers = stepped
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return numbers


@pytest.fixture
def own_steps(stepped: tuple[Path, tuple[int, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that store, free to change."""
    store = copy_of(stepped[0], tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


def test_the_figures_of_a_named_publication_stand_beside_those_of_now(page: OpenPage, steps: tuple[int, int]) -> None:
    committee, _ = steps
    app = page("overview", {"since": str(committee)})
    nothing_failed(app)
    text = changed(app)
    (label,) = (one for one in choices(app, "since").values() if "for the committee of March" in one)
    assert label.startswith(f"Since publication {committee}, ")
    assert "critical failures 12 → 11" in text
    assert "not only matched answers" in text
    assert app.query_params["since"] == str(committee)


def test_where_nothing_differs_it_says_so_and_without_a_name_the_round_before_counts(
    page: OpenPage, steps: tuple[int, int]
) -> None:
    app = page("overview", {"since": "1"})
    assert tells(app, "overview.same_as_then")
    choose(app, since="")
    assert choices(app, "since")[""] == "Since Round 2024"
    assert "on 135 matched answers" in changed(app)
    assert "since" not in app.query_params


def test_what_was_taken_back_or_is_gone_is_not_offered(
    page: OpenPage, own_steps: Path, stepped: tuple[Path, tuple[int, int]]
) -> None:
    own, (first, second) = own_steps, stepped[1]
    revert(own, first, WRITER)
    assert [one.number for one in in_force_before(own)] == [1]
    app = page("overview", {"since": str(second)})
    nothing_failed(app)
    assert tells(app, "overview.since_gone", number=str(second))
    assert choices(app, "since")["1"].startswith("Since publication 1, ")
    assert len(choices(app, "since")) == 2
    (only,) = in_force_before(own)
    publication_path(own, only.publication).unlink()
    assert not choices(page("overview"), "since")


def test_a_publication_that_cannot_be_read_is_told(
    page: OpenPage, own_steps: Path, stepped: tuple[Path, tuple[int, int]]
) -> None:
    own, (committee, _) = own_steps, stepped[1]
    (file,) = (publication_path(own, one.publication) for one in in_force_before(own) if one.number == committee)
    file.unlink()
    file.write_bytes(b"torn")
    app = page("overview", {"since": str(committee)})
    nothing_failed(app)
    assert any("torn" not in text and str(file.name) in text for text in texts(app))


def test_a_room_and_a_fresh_store_are_offered_no_other_publication(page: OpenPage, steps: tuple[int, int]) -> None:
    assert choices(page("overview"), "since")
    hidden = page("overview", {"safe": "yes", "since": "1"})
    nothing_failed(hidden)
    assert not choices(hidden, "since")
    assert not tells(hidden, "overview.since_gone", number="1"), "it is kept, and may be chosen again"
    assert hidden.query_params["since"] == "1"
