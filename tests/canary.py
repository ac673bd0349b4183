"""A group in which every name and text carries a mark that occurs nowhere else, so that any leak is found."""

import csv
import re
import shutil
from pathlib import Path

from dashboard.model.tour import Step
from dashboard.store.locking import Writer
from dashboard.store.named_files import save_view
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import READ_ON, ROOT

MARK = "qxv"
"""Occurs in every name and text of the group, and in none of our standards, guidance, cases or sentences."""
PLACED = ("NAM", "TGO", "URY")
"""Codes of countries that have a place on the map and are not mentioned in the library."""
CODES = (*PLACED, *(f"QXV{letter}" for letter in "CDEFGHI"))
# Without word boundaries: a chart receives its codes without separators.
LEAK = re.compile(rf"(?i:{MARK})[\w. -]*|{'|'.join(PLACED)}")
_BEGINS = re.compile(rf"(?is).*?(?:{'|'.join((MARK, *PLACED))})")
_TEXTS = {
    "note", "na_reason", "answered_by_role", "reviewed_by_role", "comment", "basis", "residual_basis", "rated_by_role",
    "owner_role", "text", "cause", "what_changed", "evidence_ref", "role", "document", "holder", "page",
}  # fmt: skip
Row = dict[str, str]


def leaks(text: str) -> list[str]:
    """Every name or word of the group in a text, each with its surroundings."""
    return [text[max(0, found.start() - 80) : found.end() + 40] for found in LEAK.finditer(text)]


def publish_canary(folder: Path) -> None:
    """Publish it, with its files beside `store`; done once."""
    outcome = publish(Load(folder / "store", write_canary(folder), Writer(f"{MARK} role", f"{MARK} why"), READ_ON))
    assert outcome.revision is not None, outcome.problems
    view = Step.of_view(
        "country", {"country": PLACED[0]}, f"{MARK.title()}land 2", f"What {MARK.title()}tel 3 has done"
    )
    assert save_view(folder / "store", view, Writer(f"{MARK} role", f"{MARK} why")) is None


def write_canary(folder: Path) -> list[Path]:
    """The folders to publish: the sample, with every name and text of the group replaced by a marked one."""
    data = Path(shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("map", "*.py", "*.md")))
    frameworks = Path(shutil.copytree(ROOT / "frameworks", folder / "frameworks"))
    (country,) = (_codes(data / "countries.csv", "country", CODES),)
    operations = [row["operation"] for row in _rows(data / "operations.csv")]
    operation = {code: f"{MARK}-op-{place}" for place, code in enumerate(operations)}
    for path in sorted(data.rglob("*.csv")):
        _rewrite(path, country, operation)
    (frameworks / "tours" / "own.yaml").write_text(_tour(operation["gha-op"], country["GHA"]), "utf-8")
    (frameworks / "shared" / "pt.yaml").write_text(_translated(country["GHA"]), "utf-8")
    return [frameworks, data]


def _codes(path: Path, name: str, others: tuple[str, ...]) -> dict[str, str]:
    return dict(zip((row[name] for row in _rows(path)), others, strict=True))


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rewrite(path: Path, country: Row, operation: Row) -> None:
    rows = [_marked(row, path.stem, n, country, operation) for n, row in enumerate(_rows(path))]
    if "status" in rows[0] and "evidence" in rows[0]:  # A rejected row is quoted among the problems.
        rows.append(rows[-1] | {"operation": f"{MARK}-nowhere"})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _marked(row: Row, form: str, n: int, country: Row, operation: Row) -> Row:
    # Whoever publishes has the role `MARK role`.
    texts = {
        name: f"{MARK} {form} role {n}" if name == "role" else f"{MARK} {name} {n}"
        for name in _TEXTS & row.keys()
        if row[name]
    }
    if "note" in row and form != "context" and n % 3 == 0:
        texts["note"] = f"{MARK} note {n}"
    named = {
        "country": country.get(row.get("country", ""), row.get("country", "")),
        "operation": operation.get(row.get("operation", ""), row.get("operation", "")),
        "action": f"{MARK}-{row['action']}" if row.get("action") else "",
        "link": f"https://{MARK}.example/{n}" if row.get("link") else "",
        "record": f"{MARK}-{row.get('record', '')}",
        "reason": f"{MARK} reason {n}" if row.get("reason") else "",
    }
    titles = {
        "countries": f"{MARK.title()}land {n}",
        "operations": f"{MARK.title()}tel {n}",
        "rounds": f"{row.get('title', '')} of {MARK.title()}land 2",
        "indicators": f"{MARK} indicator {n}",
        "evidence": f"{MARK} evidence {n}",
    }
    if form == "law":
        named |= {name: f"{MARK} {name} {n}" for name in ("law", "asks", "on_whom", "instrument", "title") if row[name]}
    if form in titles:
        named["title"] = titles[form]
    if form == "operations":
        row = row | {"group": ""}
        named["group"] = f"{MARK} firm {n % 3}"
        named["services"] = f"{row['services']};{MARK}_service".strip(";")
    return row | texts | {name: said for name, said in named.items() if name in row}


def _tour(operation: str, country: str) -> str:
    land, tel = f"{MARK.title()}land 2", f"{MARK.title()}tel 3"
    return f"""schema_version: 1
tour: own
title: Through {land}
audience: The board of {tel.upper()}
minutes: 5
steps:
  - page: country
    view: {{country: [{country}], operation: {operation}}}
    title: What {tel} has done
    text: In {land} we begin.
    note: Ask the one from _{operation}_ first, then __{operation} again__.
  - page: heatmap
    view: {{country: [{country}]}}
    title: "{country} against every principle"
    text: Where does {tel} stand?
"""


def _translated(country: str) -> str:
    """What the group lists in another language; the title of the tour names a country as that language calls it."""
    land = f"Pays {MARK}"
    return f"""schema_version: 1
language: pt
texts:
  country/{country}: {{title: {land}}}
  round/2024: {{title: Exercice de {land}, text: Note {MARK}}}
  indicator/internet_users: {{title: Internautes {MARK}, text: pour cent {MARK}}}
  law/{MARK} asks 1: {{title: A lei pede {MARK}}}
  own: {{title: A travers {land}}}
  status/crbp/partly: {{title: En partie}}
"""


def names_of_others(data: Path, operation: str) -> re.Pattern[str]:
    """What a text must not contain for somebody who sees one operation only: all marks that are only others'."""
    country = next(row["country"] for row in _rows(data / "operations.csv") if row["operation"] == operation)
    own, others = set[str](), {f"{MARK} role", f"{MARK} why"}
    for path in sorted(data.rglob("*.csv")):
        for row in _rows(path):
            is_own = operation in (row.get("operation"), "" if "operation" in row else None) or (
                "operation" not in row and row.get("country") == country
            )
            values = {value for value in row.values() if LEAK.search(value)}
            (own if is_own else others).update(values)
    # Every operation offers the service, and the title of a round names a country that is listed too.
    others -= {value for value in others if value.endswith(f"{MARK}_service") or " of " in value}
    hidden = sorted(map(re.escape, others - own), key=len, reverse=True)
    # Thousands of names are compared only where one of their few beginnings stands, not at every letter.
    begin = {
        re.escape(value[: found.end()].lower()) for value in others - own for found in [_BEGINS.match(value)] if found
    }
    return re.compile(rf"(?i)(?<![\w-])(?={'|'.join(sorted(begin))})(?:{'|'.join(hidden)})(?![\w-])")
