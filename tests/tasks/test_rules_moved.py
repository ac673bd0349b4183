"""What is said of earlier rounds whose figures read otherwise although no answer has changed?"""

from pathlib import Path
from shutil import copytree

from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.loading.yaml_file import read_words
from dashboard.store.reader import Published, Reader
from dashboard.tasks.restated_figures import (
    earlier_figures,
    earlier_gaps,
    moved_between,
    moved_by_edges,
    moved_by_upgrade,
    moved_said,
)

SAID = (
    "In earlier rounds, although no answer has changed: 1 figure by country and area is in another band, because the "
    "bands begin elsewhere."
)
BEGIN = "In earlier rounds, although"


def published(store: Path, *paths: Path) -> str:
    given = ["publish", *map(str, paths), "--store", str(store), "--role", "data steward", "--accept"]
    ran = CliRunner().invoke(main, given)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def in_force(store: Path) -> Published:
    found = Reader(store).current()
    assert found is not None
    return found


def with_edge(tiny: Path, folder: Path, edge: int, version: str) -> Path:
    frameworks = copytree(tiny / "frameworks", folder)
    file = frameworks / "toy" / "framework.yaml"
    text = file.read_text("utf-8").replace("starts_at: 60", f"starts_at: {edge}")
    file.write_text(text.replace('version: "1.0"', f'version: "{version}"'), "utf-8")
    return frameworks


def test_publishing_other_edges_counts_the_figures_of_earlier_rounds_that_they_move(
    store: Path, tiny: Path, tmp_path: Path
) -> None:
    """In the first round one figure rests on two answers: yes, of weight 1, and no, of weight 3, which is 25."""
    was = earlier_figures(in_force(store))
    (cell,) = (cell for cell, figure in was.items() if figure.band is not None)
    assert (cell, was[cell].percent, was[cell].band) == (("toy", "R1", "respect", "AAA", ""), 25, "low")
    assert BEGIN not in published(store, with_edge(tiny, tmp_path / "a", 26, "1.1"))
    assert SAID in published(store, with_edge(tiny, tmp_path / "b", 25, "1.2")).splitlines()
    assert earlier_figures(in_force(store))[cell].band == "high"
    assert BEGIN not in published(store, tmp_path / "b")


def test_what_other_answers_move_is_not_counted(store: Path, tiny: Path, tmp_path: Path) -> None:
    before = in_force(store)
    (tmp_path / "answers.csv").write_text("round,operation,criterion,status\nR1,a-op,T1.a,mostly\n", "utf-8")
    assert BEGIN not in published(store, tmp_path / "answers.csv")
    published(store, with_edge(tiny, tmp_path / "new", 65, "1.1"))
    now = in_force(store)
    cell = ("toy", "R1", "respect", "AAA", "")
    bands = [earlier_figures(one)[cell].band for one in (before, now)]
    assert bands == ["low", "high"], "81 is above both edges, and 25 below"
    assert moved_between(before, now).total() == 0
    assert moved_by_edges(earlier_figures(now), earlier_figures(now)).total() == 0


def test_after_an_upgrade_figures_that_had_a_band_are_counted(store: Path) -> None:
    """In the first round six figures rest on one answer each; the others are of the last round."""
    one = in_force(store)
    assert moved_by_upgrade(one, 24) == {"few": 6}
    assert moved_said(moved_by_upgrade(one, 24), read_words()) == (
        "In earlier rounds, although no answer has changed: 6 figures by country and area have so few answers that "
        "they have no band any more."
    )
    assert moved_said(moved_by_upgrade(one, 25), read_words()) == ""


def test_every_kind_that_moved_is_listed() -> None:
    said = moved_said({"edges": 2, "few": 1}, read_words())
    assert said == (
        "In earlier rounds, although no answer has changed: 2 figures by country and area are in another band, because "
        "the bands begin elsewhere, 1 figure by country and area has so few answers that it has no band any more."
    )


def test_gaps_that_another_rule_of_a_standard_makes_are_counted(store: Path, tiny: Path, tmp_path: Path) -> None:
    """In the first round a-op answered T1.a, which the risk is about, with no."""
    rated = (
        "round,operation,impact,found,scale,scope,irremediability,likelihood,basis\nR1,a-op,TOY-I1,yes,4,4,4,4,Seen.\n"
    )
    (tmp_path / "risks.csv").write_text(rated, "utf-8")
    frameworks = copytree(tiny / "frameworks", tmp_path / "a")
    impacts = frameworks / "shared" / "impacts.yaml"
    text = impacts.read_text("utf-8")
    assert BEGIN not in published(store, tmp_path / "risks.csv")
    assert earlier_gaps(in_force(store)) == set()
    addressed = text.replace(
        "    text: A child buys a sharp toy.\n", "    text: A child buys a sharp toy.\n    criteria: [T1.a]\n"
    )
    impacts.write_text(addressed, "utf-8")
    assert f"{BEGIN} no answer has changed: 1 severe gap is new." in published(store, frameworks).splitlines()
    assert {(round_, impact) for round_, impact, _ in earlier_gaps(in_force(store))} == {("R1", "TOY-I1")}
    assert moved_by_upgrade(in_force(store), 24)["gaps_judged"] == 1
    impacts.write_text(text, "utf-8")
    assert f"{BEGIN} no answer has changed: 1 severe gap is gone." in published(store, frameworks).splitlines()
