"""A made-up group of any size: 20 countries, 3 rounds, and as many answers as requested, under the real frameworks.

What is asked of whom is not decided here: the lists are published first, and answers are made for the publication's own
table `asked`. The same size gives the same file on every machine.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from dashboard.store.history import current_number, publication_path, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "benchmarks" / ".work"
SIZES = {"1m": 1_000_000, "10m": 10_000_000}
LOADED = {**SIZES, "100m": 100_000_000}
"""The sizes that are loaded; pages are not measured with the largest, whose file has 11 GB."""
SEED = 20250301
ROUNDS = (
    ("2023", "2023-02-01", "2023-05-31"),
    ("2024", "2024-02-01", "2024-05-31"),
    ("2025", "2025-02-01", "2025-05-31"),
)
COUNTRIES = (
    ("TCD", "Chad", "Africa"), ("COD", "DR Congo", "Africa"), ("GHA", "Ghana", "Africa"), ("RWA", "Rwanda", "Africa"),
    ("SEN", "Senegal", "Africa"), ("TZA", "Tanzania", "Africa"),
    ("KEN", "Kenya", "Africa"), ("ZMB", "Zambia", "Africa"),
    ("MWI", "Malawi", "Africa"), ("BEN", "Benin", "Africa"), ("BOL", "Bolivia", "Latin America"),
    ("COL", "Colombia", "Latin America"), ("GTM", "Guatemala", "Latin America"), ("PRY", "Paraguay", "Latin America"),
    ("HND", "Honduras", "Latin America"), ("SLV", "El Salvador", "Latin America"), ("PAN", "Panama", "Latin America"),
    ("NIC", "Nicaragua", "Latin America"), ("PER", "Peru", "Latin America"), ("ECU", "Ecuador", "Latin America"),
)  # fmt: skip
SERVICES = ("mobile", "isp", "tv", "portal_vas", "community", "ai", "mobile_money", "hosting")
SHARE_ANSWERED = 0.96
ANSWERS_A_ROUND = 116
"""Approximate answers of one operation per round, used to calculate the number of operations for a size."""

EVERYWHERE = """
    SELECT impact, polarity FROM impact JOIN setting USING (setting) WHERE len(setting.services) = 0 ORDER BY impact
"""
DRAWN = "CREATE TEMP MACRO drawn_of(h, bits, choices) AS CAST((h >> bits) % choices AS INTEGER)"
# Every random value is a hash of the row's own keys, so that it does not depend on the number of threads.
ANSWERS = f"""
COPY (
    WITH drawn AS (
        SELECT r.round, o.operation, c.criterion, c.framework_no, a.round_no, o.operation_no, a.criterion_no,
            hash(r.round, o.operation, c.criterion, {SEED}) AS h
        FROM asked AS a JOIN operation AS o USING (profile_no) JOIN round AS r USING (round_no)
        JOIN criterion AS c USING (criterion_no)
    ),
    chosen AS (
        SELECT *, drawn_of(h, 8, 100) AS for_status, drawn_of(h, 20, 4) AS for_evidence,
            drawn_of(h, 24, 118) AS for_day,
            drawn_of(h, 32, 3) AS for_note, drawn_of(h, 36, 4096) AS for_words, drawn_of(h, 48, 6) AS for_role
        FROM drawn WHERE h % 100 < {SHARE_ANSWERED * 100}
        ORDER BY round_no, operation_no, criterion_no LIMIT $size
    )
    SELECT round, operation, criterion,
        CASE WHEN for_status < 34 THEN 'implemented' WHEN for_status < 62 THEN 'partly' WHEN for_status < 86
            THEN 'not_implemented' WHEN for_status < 94 THEN 'not_applicable' ELSE 'not_known' END AS status,
        ['none', 'self_declared', 'seen', 'independently_checked'][1 + for_evidence] AS evidence,
        CASE WHEN for_note = 0 THEN 'Seen at visit ' || for_words || ' of ' || operation
            || '; the next review looks at '
            || ['training records', 'supplier files, with complaints', 'the complaint channel', 'age checks']
                [1 + for_words % 4]
        END AS note,
        ['Sustainability manager', 'Compliance manager', 'Customer care manager', 'Marketing manager',
            'Security manager', 'Human resources manager'][1 + for_role] AS answered_by_role,
        CAST(CAST(round || '-02-01' AS DATE) + for_day AS DATE) AS answered_on,
        CASE WHEN for_status BETWEEN 86 AND 93 THEN 'The service is not offered here.' END AS na_reason
    FROM chosen ORDER BY round_no, operation_no, criterion_no
) TO '{{file}}' (FORMAT csv, HEADER true)
"""


def largest() -> int:
    """Return how many million answers may be loaded and folded at most: 100, or as DASHBOARD_SCALE says."""
    return int(os.environ.get("DASHBOARD_SCALE", 100))


def generated(name: str) -> Path:
    """Return the folder of a group of this size, generating it if needed."""
    folder = WORK / name
    if not (folder / "answers.csv").exists():
        # In a separate process: the peak memory reported for a child starts at its parent's size.
        subprocess.run([sys.executable, "-m", "benchmarks.generate", name], cwd=ROOT, check=True)
    return folder


def generate(folder: Path, size: int) -> None:
    """Write the lists, the answers and a few ratings of a group with `size` answers to `folder`.

    Raises RuntimeError if the lists are refused or the operations do not suffice for so many answers.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    draw = random.Random(SEED)
    operations = _operations(draw, size // (ANSWERS_A_ROUND * len(ROUNDS)) + 1)
    _write(folder / "countries.csv", ("country", "title", "region"), COUNTRIES)
    _write(
        folder / "rounds.csv",
        ("round", "title", "starts_on", "ends_on", "frameworks"),
        [(code, f"Round {code}", start, end, "crbp;cop-2014;cop-2020") for code, start, end in ROUNDS],
    )
    _write(
        folder / "operations.csv",
        ("operation", "country", "title", "kind", "services", "frameworks", "first_round", "synthetic"),
        operations,
    )
    with tempfile.TemporaryDirectory(prefix="bench-lists-") as store:
        outcome = publish(Load(Path(store), [ROOT / "frameworks", folder], Writer("benchmark", "lists"), date.today()))
        if outcome.revision is None:
            raise RuntimeError(f"the lists were refused: {outcome.problems[:3]}")
        path = publication_path(Path(store), read_revision(Path(store), current_number(Path(store))).publication)
        draft = folder / "answers.draft"
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute(DRAWN)
            written = connection.execute(ANSWERS.format(file=draft), {"size": size}).fetchone()
            impacts = connection.execute(EVERYWHERE).fetchall()
        if written is None or written[0] != size:
            raise RuntimeError(f"{written} answers made, {size} wanted: more operations are needed")
        _ratings(draw, folder, [str(row[0]) for row in operations[1 : len(COUNTRIES) + 1]], impacts)
        draft.replace(folder / "answers.csv")


def _operations(draw: random.Random, count: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("HQ", "", "Head office", "group", "", "crbp;cop-2014;cop-2020", "", "true")]
    for number in range(count):
        country, title, _ = COUNTRIES[number % len(COUNTRIES)]
        services = ["mobile", *draw.sample(SERVICES[1:], draw.randint(1, 4))]
        code = f"{country.lower()}-{number // len(COUNTRIES) + 1:05}"
        rows.append((code, country, f"{title} {code[-5:]}", "operation", ";".join(services), "", "", "true"))
    return rows


def _ratings(draw: random.Random, folder: Path, operations: Sequence[str], impacts: Sequence[tuple[str, str]]) -> None:
    """Let one operation per country rate every impact they share: the number of rows is the same at every size."""
    risks = [
        (
            code, operation, impact, *(draw.randint(1, 4) for _ in range(4)), "medium", "Site visit", "Risk manager",
            f"{code}-04-01",
        )
        for code, _, _ in ROUNDS
        for operation in operations
        for impact, polarity in impacts
        if polarity == "risk"
    ]  # fmt: skip
    chances = [
        (
            code,
            operation,
            impact,
            *(draw.randint(1, 4) for _ in range(3)),
            "Site visit",
            "Risk manager",
            f"{code}-04-01",
        )
        for code, _, _ in ROUNDS
        for operation in operations
        for impact, polarity in impacts
        if polarity == "opportunity"
    ]
    rated = ("basis", "rated_by_role", "rated_on")
    start = ("round", "operation", "impact")
    _write(
        folder / "risks.csv", (*start, "scale", "scope", "irremediability", "likelihood", "confidence", *rated), risks
    )
    _write(folder / "opportunities.csv", (*start, "reach", "need", "feasibility", *rated), chances)


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(SIZES):
        shutil.rmtree(WORK / chosen, ignore_errors=True)
        generate(WORK / chosen, LOADED[chosen])
