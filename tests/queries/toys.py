"""A small group for one test: the toy standard with more criteria, and the answers that the test draws."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, ignore_patterns

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from tests.conftest import TINY, TODAY, WRITER


@dataclass(frozen=True)
class Nested:
    """The element of each criterion, the family of each area, and what counts more or less than 1."""

    elements: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


LISTS = {
    "countries": "country,title,region\nAAA,Aland,North\nBBB,Beland,South\nCCC,Ceeland,South\n",
    "operations": "operation,country,title,kind,services,group\n"
    "a-op,AAA,Toys A,operation,shop,\nb-op,BBB,Toys B,operation,shop,\nc-op,CCC,Toys C,operation,shop,\n",
}


def toys(
    folder: Path,
    table: str,
    versions: str = "",
    since: str = "",
    average_of: str = "criteria",
    repeats: Mapping[str, str] | None = None,
    nested: Nested | None = None,
    operations: str = "",
    alone: str = "operations",
    critical: Collection[str] = (),
) -> tuple[Path, Published]:
    """Publish a drawing into a store: a line per operation and criterion (`T3.1`, `T3.2`, …), a column per round.

    The part before the dot is the area; `average_of` is what the standard averages. `repeats` are criteria added to
    those drawn, each with the one that it repeats. `nested` says what parts they are in. With `operations`, these rows
    of the list replace the usual ones, and the figure of a country is the mean of its `alone`: operations or groups.
    `versions` says in which version the first round was asked, `since` is the version in which `T3.1` was reworded.
    Those that are `critical` are told as such. Answers hold a status and perhaps `/` and an evidence level. The toy
    standard shows counts below two answers.
    """
    # Guidance and cases are about criteria that this standard does not have.
    copytree(TINY / "frameworks", folder / "frameworks", ignore=ignore_patterns("guidance", "cases"))
    head, *lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.strip().splitlines()]
    repeats, nested = repeats or {}, nested or Nested()
    codes = sorted({*(line[1] for line in lines), *repeats})
    path = folder / "frameworks" / "toy" / "framework.yaml"
    text = path.read_text("utf-8").replace('version: "1.0"', 'version: "1.2"')
    of_country = f"country_figure: mean of {alone}\n" if operations else ""
    text = text[: text.index("areas:")] + f"average_of: {average_of}\n{of_country}areas:\n"
    items = {
        code: f"{{criterion: {code}, kind: respect, level: operation, text: Toy {code} is safe., "
        f"functions: [toy_maker], risk_areas: [TOY-RA1], rights: [TOY-R1], evidence_hint: A drawer., "
        f"citation: Toys {code}, verification: confirmed"
        + (f', since: "{since}"' if since and code == codes[0] else "")
        + (f", same_as: {repeats[code]}" if code in repeats else "")
        + (f", element: {nested.elements[code]}" if code in nested.elements else "")
        + (f", weight: {nested.weights[code]}" if code in nested.weights else "")
        + (f", critical: true, gap: no {code}" if code in critical else "")
        + "}"
        for code in codes
    }
    for area in sorted({code.partition(".")[0] for code in codes}):
        own = ",\n".join(item for code, item in items.items() if code.startswith(f"{area}."))
        family = f"family: {nested.families[area]}, " if area in nested.families else ""
        text += (
            f'  - {{area: {area}, code: "{area[1:]}", title: Safety {area}, text: Safe toys., '
            f"{family}criteria: [\n{own}]}}\n"
        )
    parts = [name for name in nested.weights if name not in codes]
    if parts:
        text += "weights:\n" + "".join(f"  - {{part: {name}, weight: {nested.weights[name]}}}\n" for name in parts)
    path.write_text(text, "utf-8")
    (folder / "frameworks" / "shared" / "crosswalk.yaml").write_text("schema_version: 1\nlinks: []\n", "utf-8")
    head_of_list = LISTS["operations"].partition("\n")[0]
    lists = LISTS | ({"operations": f"{head_of_list}\n{operations}"} if operations else {})
    for name, content in lists.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    rounds = [f"R{n},Round {n},202{n}-01-01,202{n}-03-31,{versions if n == 1 else ''}" for n in range(1, len(head) - 1)]
    (folder / "rounds.csv").write_text("\n".join(["round,title,starts_on,ends_on,versions", *rounds]) + "\n", "utf-8")
    said = ["round,operation,criterion,status,evidence,na_reason"]
    for operation, code, *answers in lines:
        for number, answer in enumerate(answers, start=1):
            status, _, level = answer.partition("/")
            if status:
                reason = "None sold." if status == "na" else ""
                said.append(f"R{number},{operation},{code},{status},{level},{reason}")
    (folder / "answers.csv").write_text("\n".join(said) + "\n", "utf-8")
    outcome = publish(Load(folder / "store", [folder], WRITER, TODAY))
    assert not outcome.problems, outcome.problems
    published = Reader(folder / "store").current()
    assert published is not None
    return folder / "store", published
