"""Three small standards for one test, the links between them as the test draws them, and answers to each."""

from pathlib import Path
from shutil import copytree

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TINY, TODAY, WRITER
from tests.queries.toys import LISTS

HEAD = """\
schema_version: 1
framework: {code}
title: Standard {code}
short_title: {code}
publisher: The league of toys
year: {year}
{supersedes}version: "1.0"
address: https://toys.example
licence_note: Ours.
coverage_limit: 0.5
count_below: 2
scale:
  - {{status: "yes", title: "Yes", value: 1.0}}
  - {{status: half, title: Half, value: 0.5}}
  - {{status: "no", title: "No", value: 0.0}}
bands:
  - {{band: low, title: Low, starts_at: 0}}
  - {{band: high, title: High, starts_at: 51}}
areas:
"""


def standards(folder: Path, criteria: str, links: str = "", rounds: str = "", supersedes: str = "") -> Published:
    """Publish a drawing: a line `criterion | answers of a-op, b-op, c-op`, where `B2.1` is in area B2 of standard B.

    Links are lines `from | to | strength`; a dot distinguishes criteria from areas. `rounds` names the standards of
    each round; `supersedes` has lines `later | earlier` with criteria of standards C and B.
    """
    copytree(TINY / "frameworks" / "shared", folder / "frameworks" / "shared")
    rows = [[cell.strip() for cell in line.split("|")] for line in criteria.strip().splitlines()]
    continued = dict(_cells(line) for line in supersedes.strip().splitlines() if line.strip())
    for year, code in enumerate(sorted({row[0][0] for row in rows}), start=2001):
        own = [row[0] for row in rows if row[0][0] == code]
        text = HEAD.format(code=code, year=year, supersedes="supersedes: B\n" if code == "C" and continued else "")
        for area in dict.fromkeys(criterion.split(".")[0] for criterion in own):
            text += f'  - {{area: {area}, code: "{area[1:]}", title: Area {area}, text: Of {area}., criteria: [\n'
            text += ",\n".join(_criterion(c, continued.get(c, "")) for c in own if c.split(".")[0] == area) + "]}\n"
        place = folder / "frameworks" / code / "framework.yaml"
        place.parent.mkdir()
        place.write_text(text, "utf-8")
    said = [_link(*_cells(line)) for line in links.strip().splitlines() if line.strip()]
    crosswalk = "schema_version: 1\nlinks:" + ("\n" + "\n".join(said) if said else " []") + "\n"
    (folder / "frameworks" / "shared" / "crosswalk.yaml").write_text(crosswalk, "utf-8")
    for name, content in LISTS.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    named = rounds.split("/")
    told = [f"R{n},Round {n},202{n}-01-01,202{n}-02-01,{names}" for n, names in enumerate(named, start=1)]
    (folder / "rounds.csv").write_text("\n".join(["round,title,starts_on,ends_on,frameworks", *told]) + "\n", "utf-8")
    _answers(folder, rows, [(names or "A;B;C").split(";") for names in named])
    outcome = publish(Load(folder / "store", [folder], WRITER, TODAY))
    assert not outcome.problems, outcome.problems
    published = Reader(folder / "store").current()
    assert published is not None
    return published


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _criterion(code: str, earlier: str) -> str:
    return (
        f"{{criterion: {code}, kind: respect, level: operation, text: Toy {code} is safe., rights: [TOY-R1], "
        f"functions: [toy_maker], evidence_hint: A drawer., citation: Toys {code}, verification: confirmed, "
        f"supersedes: [{earlier}]}}"
    )


def _link(source: str, target: str, strength: str) -> str:
    of = ["criterion" if "." in code else "area" for code in (source, target)]
    return (
        f"  - {{source: {source}, source_type: {of[0]}, target: {target}, target_type: {of[1]}, strength: {strength}}}"
    )


def _answers(folder: Path, rows: list[list[str]], rounds: list[list[str]]) -> None:
    said = ["round,operation,criterion,status"]
    for number, names in enumerate(rounds, start=1):
        for criterion, *answers in rows:
            if criterion[0] in names:
                said += [
                    f"R{number},{operation},{criterion},{status}"
                    for operation, status in zip(("a-op", "b-op", "c-op"), answers, strict=False)
                    if status
                ]
    (folder / "answers.csv").write_text("\n".join(said) + "\n", "utf-8")
