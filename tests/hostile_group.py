"""A group in which every text, including those of its standards, could be taken for more than its characters."""

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from yaml import CSafeDumper, CSafeLoader

from dashboard.loading.yaml_file import FENCE
from dashboard.model.known_codes import GRADES
from dashboard.model.tour import MOST_CHARACTERS
from dashboard.store.votes import ask, close, reveal, vote
from tests.conftest import ROOT
from tests.hostile import TEXTS
from tests.voting import GROUPS, SEVERITY, votes

ALL = tuple(TEXTS.values())
MARKER = re.compile(r"(?<![-\w])(qz|zq)(\d\d)")
"""`qz07` follows the seventh text and `zq07` precedes it, so that it comes first or last in its cell."""
COLUMNS = {
    "countries": ("title", "region"),
    "operations": ("title", "group"),
    "rounds": ("title",),
    "indicators": ("title", "unit"),
    "context": ("value", "publisher", "dataset", "licence", "note"),
    "law": ("on_whom", "asks", "instrument", "article", "title", "publisher", "on_page", "note"),
    "actions": ("text", "owner_role", "reason", "cause"),
    "targets": ("owner_role", "note"),
    "participation": ("what_changed", "evidence_ref", "note"),
    "reviews": ("reviewed_by_role", "comment"),
    "evidence": ("title", "document", "page", "holder"),
    "comments": ("role", "text"),
    "approvals": ("role", "note"),
    "answers": ("note", "na_reason", "answered_by_role"),
    "risks": ("basis", "residual_basis", "rated_by_role"),
    "opportunities": ("basis", "rated_by_role"),
}
KEYS = {
    "title", "short_title", "publisher", "licence_note", "text", "evidence_hint", "citation", "exposed",
    "first_question", "question", "note", "source", "gives", "fact", "dated", "where", "who", "audience",
}  # fmt: skip
"""Keys of the standards, guidance, cases and tours that hold text and never codes."""


@dataclass
class Corpus:
    """Gives one text after the other, repeating them, each between a text of the sample and a marker."""

    at: int = 0
    parameters: set[int] = field(default_factory=set)

    def marked(self, text: str, most: int = 1000) -> str:
        """The sample's text with the next one before or after it; only the sample's if there is no room."""
        n = self.at % len(ALL)
        first = (self.at // len(ALL) + self.at) % 2 == 0
        self.at += 1
        made = f"{ALL[n]} qz{n:02} {text}" if first else f"{text} zq{n:02} {ALL[n]}"
        if len(made) > most:
            return text
        self.parameters.add(n)
        return made


def write_hostile(folder: Path, start: int = 0) -> tuple[list[Path], Corpus]:
    """The folders to publish, and what was put into them. Another `start` puts other texts into every column."""
    corpus = Corpus(start)
    data = Path(shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("map", "*.py", "*.md")))
    frameworks = Path(shutil.copytree(ROOT / "frameworks", folder / "frameworks"))
    for path in sorted(data.rglob("*.csv")):
        _rewrite_table(path, corpus)
    for path in sorted(frameworks.glob("*/*.yaml")):
        values = yaml.load(path.read_text("utf-8"), CSafeLoader)
        # What a translation was made from are no texts.
        values.pop("made_from", None)
        path.write_text(_dumped(_marked(values, corpus, f"{path.parent.name}/{path.stem}")), "utf-8")
    for path in sorted(frameworks.glob("*/*.md")):
        _rewrite_document(path, corpus)
    _torn(data, corpus)
    return [frameworks, data], corpus


def decide(store: Path, corpus: Corpus) -> None:
    """A question of a room, voted on and closed, whose every text is hostile."""
    said = replace(
        SEVERITY.said["en"],
        asks=corpus.marked("How severe?"),
        about=corpus.marked("Children sell airtime."),
        where=corpus.marked("Ghana"),
        choices={grade: corpus.marked(grade) for grade in GRADES},
        groups={group: corpus.marked(group) for group in GROUPS},
    )
    ask(store, replace(SEVERITY, said={"en": said}))
    for group in GROUPS:
        for given in votes("13334", group, begin=1 + 10 * list(GROUPS).index(group)):
            vote(store, 1, given)
    reveal(store, 1)
    close(store, 1, "3")


def _rewrite_table(path: Path, corpus: Corpus) -> None:
    columns = COLUMNS["answers" if path.parent.name == "answers" else path.stem]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for n, row in enumerate(rows):
        # Optional columns that the sample does not have.
        row.update({column: f"Firm {n % 4}" for column in columns if column not in row})
        free = columns if len(rows) < 500 else columns[n % len(columns) :][:1]
        row.update({column: corpus.marked(row[column] or column) for column in free if row[column] or column == "note"})
    # A name that files may have, but that Markdown would interpret.
    path.unlink()
    named = path.with_name(f"{path.stem} _a_ #1 [x](y) :red[z] -- www.elsewhere.example.csv")
    with named.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _torn(data: Path, corpus: Corpus) -> None:
    """Rows that are rejected for texts in place of codes, which problems then quote."""
    with (data / "answers" / "torn *x* www.elsewhere.example.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["round", "operation", "criterion", "status", "**more** :red[x]"])
        for _ in ALL:
            writer.writerow(["2025", corpus.marked("gha-op"), "CRBP-01.a", "implemented", ""])


def _marked(value: Any, corpus: Corpus, file: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _marked(part, corpus, file, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_marked(part, corpus, file, key) for part in value]
    if not isinstance(value, str) or key not in KEYS or (file, key) == ("shared/crosswalk", "source"):
        return value
    return corpus.marked(value, MOST_CHARACTERS if file.startswith("tours/") else 1000)


def _rewrite_document(path: Path, corpus: Corpus) -> None:
    """Texts in the front matter; one line each in the sections, where a line that begins with `- ` is a point."""
    lines = path.read_text("utf-8").splitlines()
    end = lines.index(FENCE, 1)
    head = _dumped(_marked(yaml.load("\n".join(lines[1:end]), CSafeLoader), corpus, ""))
    path.write_text("\n".join([FENCE, head.strip(), FENCE, *_sections(lines[end + 1 :], corpus)]) + "\n", "utf-8")


def _sections(lines: list[str], corpus: Corpus) -> Iterator[str]:
    for line in lines:
        point = "- " if line.startswith("- ") else ""
        if not line.strip() or line.startswith(("##", "  ")):
            yield line
        elif point or len(line) > 60:
            yield point + " ".join(corpus.marked(line.removeprefix(point)).split())
        else:
            yield line


def _dumped(value: Any) -> str:
    return yaml.dump(value, Dumper=CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
