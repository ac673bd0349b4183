"""The first day of an operation: a country joins with a short start, answers it, and is asked the rest later.

Every step is taken as a person takes it. What is expected is worked out from the sample's files, not by the program.
"""

import csv
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
import yaml

import dashboard
from dashboard.figures.gaps import GAPS
from dashboard.loading.yaml_file import languages
from dashboard.model.words import Words
from tests import books
from tests.conftest import ROOT
from tests.soundness.year import Year, says
from tests.ui.conftest import (
    OpenPage,
    cookies,
    finding,
    looked_for_once,
    nothing_failed,
    own,
    page,
    session_ends,
    tells,
    warm,
)

__all__ = ["cookies", "looked_for_once", "own", "page", "session_ends", "warm"]

ROUND, BEFORE = "2025", "2024"
SERVICES = {"mobile", "isp", "mobile_money", "hosting", "portal_vas"}
LISTED = "operation,country,title,kind,services,frameworks,first_round,short_until\n"
KENYA = f"ken-op,KEN,Savandina Kenya,operation,{';'.join(sorted(SERVICES))},,{ROUND},"
WORDS = {"implemented": "Implemented", "partly": "Partly implemented", "not_implemented": "Not implemented"}


@pytest.fixture
def year(own: Path, tmp_path: Path, page: OpenPage, words: Words) -> Year:
    (tmp_path / "files").mkdir()
    return Year(own, tmp_path / "files", page, words)


def severe_before() -> set[str]:
    """The risks that any operation rated severe in the round before."""
    with (ROOT / "data/ratings/risks.csv").open(encoding="utf-8") as file:
        return {
            row["impact"] for row in csv.DictReader(file)
            if row["round"] == BEFORE and "4" in (row["scale"], row["scope"], row["irremediability"])
        }  # fmt: skip


def addressed_by() -> Iterator[tuple[str, set[str]]]:
    """Every severe risk in a setting of the operation, with the criteria that address it."""
    shared = ROOT / "frameworks/shared"
    settings = yaml.safe_load((shared / "settings.yaml").read_text("utf-8"))["settings"]
    absent = {one["setting"] for one in settings if one.get("services") and not SERVICES & set(one["services"])}
    severe = severe_before()
    for file in sorted(shared.glob("impacts*.yaml")):
        for one in yaml.safe_load(file.read_text("utf-8"))["impacts"]:
            if one["impact"] in severe and one["setting"] not in absent:
                yield one["impact"], set(one["criteria"])


def asked(store: Path) -> dict[str, str]:
    """The questions in the workbook that is handed out now, with the sheet of each."""
    sheets = books.filled_in(store, "ken-op", ROUND)
    return {
        str(row[0]): title for title, rows in sheets.items() if len(rows) > books.HEAD and "Status" in rows[books.HEAD]
        for row in rows[books.HEAD + 1 :] if row[0]
    }  # fmt: skip


def figures_of_others(year: Year) -> list[tuple[object, ...]]:
    now = dashboard.open(year.store)
    tables = [now.figures("heatmap", framework=one, round=ROUND) for one in ("crbp", "cop-2014", "cop-2020")]
    rows = (table[table["country"] != "KEN"].drop(columns="country_position") for table in tables)
    return [tuple(map(str, row)) for table in rows for row in table.to_numpy().tolist()]


def it_joins_with_a_short_start(year: Year) -> None:
    land = ("countries", "country,title,region\nKEN,Kenya,Africa\n")
    told = year.publish(land, ("operations", f"{LISTED}{KENYA}{ROUND}\n"))
    assert says(told, "command.published", number=2, rows=2)
    questions = asked(year.store)
    assert 22 <= len(questions) <= 24
    assert year.words("book.short_start") in str(books.filled_in(year.store, "ken-op", ROUND))
    form = year.folder / "form.xlsx"
    year.command("template", "--operation", "ken-op", "--round", ROUND, "--as", "xlsform", "--to", form)
    survey = str(books.cells_of(form.read_bytes())["survey"])
    assert all(survey.count(f"'{one}'") == len(languages()) for one in questions), "once in each language"
    assert year.words("book.short_start") in survey
    app = year.open("collect", {"part": "answer", "operation": "ken-op", "round": ROUND})
    assert tells(app, "shell.short_start.one", titles="Kenya")


def it_answers_and_the_workbook_is_handed_in(year: Year) -> dict[str, str]:
    sheets, given = books.filled_in(year.store, "ken-op", ROUND), dict[str, str]()
    for (id_, title), status in zip(sorted(asked(year.store).items()), cycle(WORDS), strict=False):
        books.fill(sheets[title], id_, status=WORDS[status], evidence="Self-declared", role="Sustainability lead")
        given[id_] = status
    path = books.write(year.folder / "ken.xlsx", sheets)
    app = year.open("collect")
    app.file_uploader[0].set_value([(path.name, path.read_bytes(), "application/octet-stream")]).run()
    app.text_input(key="writer_role").input("Facilitator")
    app.button(key="collect_publish").click().run()
    nothing_failed(app)
    assert tells(app, "collect.published", number=3)
    return given


def only_failures_count(year: Year, given: dict[str, str]) -> None:
    """No score, no silence and no unanswered question; a gap only where a critical criterion failed."""
    now = dashboard.open(year.store)
    here = now.figures("heatmap", framework="crbp", round=ROUND, country="KEN")
    assert set(here["reading"]) == {"started", "not_covered"}
    assert here["percent"].isna().all()
    shown = here[(here["area"] != "") & (here["reading"] == "started")]
    areas = {f"CRBP-{one[5:7]}" for one in given if one.startswith("CRBP")}
    assert set(shown["area"]) == areas
    failed = {one for one, status in given.items() if status == "not_implemented" and one in critical()}
    assert failed
    assert int(shown["n_critical_failed"].sum()) == sum(one.startswith("CRBP") for one in failed)
    app = year.open("country", {"country": "KEN", "framework": "crbp", "round": ROUND})
    assert finding(app).startswith(year.words("country.short_start", operation="Kenya"))
    app = year.open("collect", {"part": "owed", "round": ROUND})
    assert tells(app, "shell.short_start.one", titles="Kenya")
    matters = now.figures("overview", "decisions", round=ROUND, country="KEN")
    assert set(matters["subject"]) == failed


def its_risks_are_gaps_only_by_failure(year: Year, given: dict[str, str]) -> None:
    with (ROOT / "data/ratings/risks.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (row["round"], row["operation"]) == (ROUND, "gha-op")]
    path = year.folder / "risks.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | {"operation": "ken-op"} for row in rows)
    year.command("publish", path, "--role", "Facilitator")
    failed = {one for one, status in given.items() if status == "not_implemented" and one in critical()}
    of = dict(addressed_by()) | {
        one["impact"]: set(one["criteria"])
        for file in sorted((ROOT / "frameworks/shared").glob("impacts*.yaml"))
        for one in yaml.safe_load(file.read_text("utf-8"))["impacts"]
    }
    table = dashboard.open(year.store).figures("country", "operation_risks", operation="ken-op", round=ROUND)
    for _, row in table.iterrows():
        assert (row["judged"] in GAPS) == bool(of[row["impact"]] & failed), row["impact"]
        assert row["judged"] in ("failed", "not_yet", "not_asked")
    assert set(table["judged"]) >= {"failed", "not_yet"}


def the_rest_is_asked(year: Year, given: dict[str, str]) -> None:
    year.publish(("operations", f"{LISTED}{KENYA}-\n"), accept=True)
    questions = asked(year.store)
    assert len(questions) > 100
    assert set(given) < set(questions)
    asked_then = [(impact, criteria & set(questions)) for impact, criteria in addressed_by()]
    assert [impact for impact, criteria in asked_then if criteria and not criteria & set(given)] == []
    here = dashboard.open(year.store).figures("heatmap", framework="crbp", round=ROUND, country="KEN")
    (whole,) = here[here["area"] == ""].to_dict("records")
    own_ = sum(one.startswith("CRBP") for one in given)
    assert (whole["reading"], whole["n_answered"]) == ("too_few", own_)
    app = year.open("country", {"country": "KEN", "framework": "crbp", "round": ROUND})
    assert not tells(app, "shell.short_start.one", titles="Kenya")


def critical() -> set[str]:
    found = set()
    for file in (ROOT / "frameworks").glob("*/framework.yaml"):
        for area in yaml.safe_load(file.read_text("utf-8"))["areas"]:
            found |= {one["criterion"] for one in area["criteria"] if one.get("critical")}
    return found


@pytest.mark.thorough
def test_the_first_day_of_an_operation(year: Year) -> None:
    before = figures_of_others(year)
    it_joins_with_a_short_start(year)
    given = it_answers_and_the_workbook_is_handed_in(year)
    assert figures_of_others(year) == before
    only_failures_count(year, given)
    its_risks_are_gaps_only_by_failure(year, given)
    the_rest_is_asked(year, given)
