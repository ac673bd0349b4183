"""Does the command line ask before anything published changes, and publish nothing until somebody agrees?"""

from pathlib import Path

import pytest

from tests.tasks.test_command import call


@pytest.fixture
def followed_up(tmp_path: Path) -> Path:
    """A sheet about answers that are published, with a column of true and false beside the answers."""
    path = tmp_path / "shops.csv"
    rows = ["T1.a,Toys of Aland,strong,FALSE", "T1.b,Toys of Aland,weak,FALSE", "T1.a,Toys of Beland,weak,TRUE"]
    path.write_text("\n".join(["Question,Shop,value,followup", *rows]) + "\n")
    return path


def history(store: Path) -> str:
    return call("history", "--store", store).stdout


def test_true_and_false_are_not_published_as_the_answers(store: Path, followed_up: Path) -> None:
    before = history(store)
    result = call("import", followed_up, "--set", "round=R2", "--publish", "--store", store)
    assert (result.exit_code, history(store)) == (1, before)
    assert "Status: column “value” – ▲ check this: followup would fit as well" in result.stdout
    alone = followed_up.read_text().replace(",value", "").replace(",strong", "").replace(",weak", "")
    followed_up.write_text(alone)
    result = call("import", followed_up, "--set", "round=R2", "--publish", "--store", store)
    assert (result.exit_code, history(store)) == (1, before)
    told = "shops.csv, status: It is not clear how to read this column (only its values say so"
    assert told in result.stderr
