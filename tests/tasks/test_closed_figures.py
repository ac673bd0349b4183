"""Is what a publication changes in closed rounds said before, agreed to, and kept in the history?"""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.loading.yaml_file import read_words
from dashboard.model.publish_preview import GAP_CAME, GAP_WENT, Changes, ClosedChange
from dashboard.store.history import read_revision
from dashboard.store.locking import Writer
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.tasks.closed_figures import closed_changes, closed_lines, closed_said, moved_by_upgrade, moved_said
from dashboard.tasks.preview import agreements, preview

EDGE = "In closed rounds, 1 figure changes."
LINE = "Aland, First round, TOY respect: 25 low → 25 high"


@pytest.fixture
def closed_store(store: Path, writer: Writer, today: date) -> Path:
    """The toy group with its first round closed."""
    assert close_round(store, "R1", writer, today, accept=True).revision is not None
    return store


def in_force(store: Path) -> Published:
    published = Reader(store).current()
    assert published is not None
    return published


def with_edge(tiny: Path, folder: Path, edge: int, version: str) -> Path:
    frameworks = copytree(tiny / "frameworks", folder)
    file = frameworks / "toy" / "framework.yaml"
    text = file.read_text("utf-8").replace("starts_at: 60", f"starts_at: {edge}")
    file.write_text(text.replace('version: "1.0"', f'version: "{version}"'), "utf-8")
    return frameworks


def typed(store: Path, *arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, [*arguments, "--store", str(store)])
    return result.exit_code, result.output.splitlines()


def published(store: Path, *paths: Path, accept: bool = True) -> tuple[int, list[str]]:
    return typed(store, "publish", *map(str, paths), "--role", "tester", *(["--accept"] if accept else []))


def test_another_edge_is_told_and_published_only_if_it_is_accepted(
    closed_store: Path, tiny: Path, tmp_path: Path
) -> None:
    """In the first round one figure rests on two answers: yes, of weight 1, and no, of weight 3, which is 25."""
    frameworks = with_edge(tiny, tmp_path / "a", 25, "1.1")
    code, lines = typed(closed_store, "check", str(frameworks))
    assert (code, lines[:2]) == (0, [EDGE, LINE])
    before = in_force(closed_store).revision.number
    code, lines = published(closed_store, frameworks, accept=False)
    assert (code, in_force(closed_store).revision.number) == (1, before)
    assert {f"  {LINE}", f"  {EDGE}"} <= set(lines)
    code, _ = published(closed_store, frameworks)
    assert (code, in_force(closed_store).revision.number) == (0, before + 1)


def test_the_record_names_files_versions_and_what_changed(closed_store: Path, tiny: Path, tmp_path: Path) -> None:
    frameworks = with_edge(tiny, tmp_path / "frameworks", 25, "1.1")
    published(closed_store, frameworks)
    revision = read_revision(closed_store, in_force(closed_store).revision.number)
    assert revision.versions == (("toy", "1.0", "1.1"),)
    assert (revision.n_closed, revision.closed) == (
        1, (("figure", "R1", "toy", "respect", "AAA", "", "25 low", "25 high"),),
    )  # fmt: skip
    assert [(name, len(sha), n) for name, sha, n in revision.files] == [("frameworks", 64, 0)]
    again = with_edge(tiny, tmp_path / "b" / "frameworks", 30, "1.2")
    published(closed_store, again)
    assert read_revision(closed_store, revision.number + 1).files[0][1] != revision.files[0][1]


def test_a_round_that_is_open_asks_nothing(store: Path, tiny: Path, tmp_path: Path) -> None:
    code, lines = published(store, with_edge(tiny, tmp_path / "a", 25, "1.1"), accept=False)
    assert (code, EDGE in lines) == (0, False)


def test_what_answers_of_an_open_round_change_asks_nothing(closed_store: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("round,operation,criterion,status\nR2,b-op,T2.a,yes\n", "utf-8")
    code, lines = published(closed_store, tmp_path / "answers.csv", accept=False)
    assert (code, EDGE in lines) == (0, False)


def test_a_new_operation_in_a_closed_round_is_told_with_the_largest_first(closed_store: Path, tmp_path: Path) -> None:
    rows = "operation,country,title,kind,services,first_round\n" + "".join(
        f"n{n}-op,AAA,New {n},operation,shop,R1\n" for n in range(3)
    )
    (tmp_path / "operations.csv").write_text(rows, "utf-8")
    told = preview(closed_store, [tmp_path / "operations.csv"], date(2026, 5, 1), tmp_path)
    assert told.changes.asks
    points = [change for change in told.changes.closed if not change.now]
    assert points
    assert list(told.changes.closed[: len(points)]) == points
    assert "closed" in agreements(told.changes, names_of(in_force(closed_store)).titled, read_words())


def test_new_codes_and_titles_move_no_figure(closed_store: Path, tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text("country,title,region,formerly\nALA,New Aland,North,AAA\n", "utf-8")
    (tmp_path / "operations.csv").write_text(
        "operation,country,title,kind,services,formerly\nala-op,ALA,Toys of New Aland,operation,shop,a-op\n", "utf-8"
    )
    code, lines = published(closed_store, tmp_path / "countries.csv", tmp_path / "operations.csv", accept=False)
    assert (code, [line for line in lines if "closed rounds" in line]) == (0, [])


def test_a_gap_that_another_rule_makes_is_told(
    store: Path, tiny: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    """In the first round a-op answered T1.a, which the risk is about, with no."""
    rated = (
        "round,operation,impact,found,scale,scope,irremediability,likelihood,basis\nR1,a-op,TOY-I1,yes,4,4,4,4,Seen.\n"
    )
    (tmp_path / "risks.csv").write_text(rated, "utf-8")
    frameworks = copytree(tiny / "frameworks", tmp_path / "a")
    impacts = frameworks / "shared" / "impacts.yaml"
    text = impacts.read_text("utf-8")
    assert publish(Load(store, [tmp_path / "risks.csv"], writer, today)).revision is not None
    assert close_round(store, "R1", writer, today, accept=True).revision is not None
    addressed = "    text: A child buys a sharp toy.\n    criteria: [T1.a]\n"
    impacts.write_text(text.replace("    text: A child buys a sharp toy.\n", addressed), "utf-8")
    code, lines = published(store, frameworks)
    assert (code, "  In closed rounds, 1 severe gap is new." in lines) == (0, True)
    impacts.write_text(text, "utf-8")
    before = in_force(store)
    published(store, frameworks)
    assert [change.what for change in closed_changes(before, in_force(store))] == [GAP_WENT]
    assert [change.what for change in closed_changes(in_force(store), before)] == [GAP_CAME]


def test_at_most_ten_lines_are_said_and_the_rest_is_counted() -> None:
    changes = [ClosedChange("figure", f"R{n}", "toy", "respect", "AAA", "", "", "55 high") for n in range(12)]
    lines = closed_lines(changes, titled, read_words())
    assert (len(lines), lines[0], lines[-1]) == (11, "AAA, R0, TOY respect: no figure → 55 high", "and 2 more")
    assert closed_said(changes, read_words()) == "In closed rounds, 12 figures change."
    assert Changes(closed=tuple(changes)).asks


def titled(kind: str, code: str) -> str:
    return code


def test_after_an_upgrade_figures_that_had_a_band_are_counted(store: Path) -> None:
    """In the first round six figures rest on one answer each; the others are of the last round."""
    one = in_force(store)
    assert moved_by_upgrade(one, 24) == {"few": 6, "gaps_judged": 0}
    assert moved_said(moved_by_upgrade(one, 24), read_words()) == (
        "In earlier rounds, although no answer has changed: 6 figures by country and area have so few answers that "
        "they have no band any more."
    )
    assert moved_said(moved_by_upgrade(one, 25), read_words()) == ""
