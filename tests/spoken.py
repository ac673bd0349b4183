"""A group that lists something of every kind, with a name of its own for each in the strange language."""

import shutil
from pathlib import Path

import yaml

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TINY, TODAY, WRITER
from tests.stranger import STRANGE, strange

INDICATORS = "indicator,title,unit,limit_years\nphones,Telephones in use,per hundred people,10\n"
CONTEXT = (
    "country,indicator,year,value,publisher,dataset,licence\nAAA,phones,2024,1234.5,Office,Census,free\n"
    "BBB,phones,2024,7.25,Office,Census,free\n"
)
ROUNDS = (
    (TINY / "rounds.csv")
    .read_text("utf-8")
    .replace("\n", ",note\n", 1)
    .replace("03-31,toy\n", "03-31,toy,Counted anew here\n")
)


def group(folder: Path) -> Path:
    """The toy group with outside figures, a note on each round, and a word of its own for the areas of its standard."""
    shutil.copytree(TINY, folder)
    standard = folder / "frameworks" / "toy" / "framework.yaml"
    standard.write_text(standard.read_text("utf-8").replace("area_word: area", "area_word: shelf; shelves"), "utf-8")
    for name, content in {"indicators": INDICATORS, "context": CONTEXT, "rounds": ROUNDS}.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return folder


def publish_spoken(store: Path, folder: Path) -> dict[str, dict[str, str]]:
    """Publish the group twice: as it is, then with all that it lists in the strange language. The texts it is given."""
    publish(Load(store, [group(folder)], WRITER, TODAY))
    with opened(store).cursor() as cursor:
        listed = cursor.execute("SELECT id, title, text FROM listed ORDER BY id").fetchall()
    opened(store).connection.close()
    texts = {
        code: {"title": strange(title)} | ({"text": strange(text)} if text else {}) for code, title, text in listed
    }
    texts |= {"toy": {"title": strange("Toy standard"), "text": strange("Toys")}}
    assert {code.partition("/")[0] for code in texts} == {
        "country", "region", "round", "indicator", "area_word", "status", "band", "toy",
    }  # fmt: skip
    translate(folder, STRANGE, texts)
    outcome = publish(Load(store, [folder], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    return texts


def translate(folder: Path, language: str, texts: dict[str, dict[str, str]]) -> Path:
    """The file of translations of a language, among the shared lists of a folder."""
    path = folder / "frameworks" / "shared" / f"{language}.yaml"
    content = {"schema_version": 1, "language": language, "texts": texts}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def opened(store: Path) -> Published:
    """What is published in a store."""
    published = Reader(store).current()
    assert published is not None
    return published
