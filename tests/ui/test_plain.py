"""Can a text that somebody wrote into a file, a form or a link draw a picture or a link on a page?"""

import csv
import re
from pathlib import Path

import pytest

from dashboard.store.permission import Writer
from dashboard.store.publish import publish
from dashboard.ui.plain import plain
from dashboard.ui.session import PAGES
from tests.conftest import ROOT, TODAY
from tests.ui.conftest import OpenPage, nothing_failed
from tests.ui.test_words import shown

POISON = "![x](https://elsewhere.example/x.png)"
ALIVE = re.compile(r"(?<!\\)!?\[[^\]]*(?<!\\)\]\(")
OURS = re.compile(r"\[(?:\\.|[^\[\]\\])+\]\((?:guidance_item|case|plan)?\?framework=[\w%&=.~-]*\)")
"""A link of ours: a text in which every bracket is disarmed, and codes in the address."""
FREE_TEXT = {
    "countries": ("title", "region"),
    "operations": ("title",),
    "rounds": ("title",),
    "answers": ("note", "na_reason", "answered_by_role"),
    "actions": ("text", "owner_role", "reason"),
    "indicators": ("title", "unit"),
    "context": ("value", "publisher", "dataset", "licence"),
}
FILES = {"answers": "answers/2025.csv"}
TOLD_AS_WRITTEN = ("code", "selectbox", "multiselect", "vega_lite_chart")
"""Elements that show text as it stands and never read it as Markdown."""


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, sample_store: Path) -> Path:
    """A store in which every free text ends in a picture from elsewhere."""
    folder = tmp_path_factory.mktemp("poisoned")
    for form, columns in FREE_TEXT.items():
        source = ROOT / "data" / FILES.get(form, f"{form}.csv")
        with source.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for row in rows:
            row.update({column: f"{row[column]} {POISON}" for column in columns if row.get(column)})
        with (folder / f"{form}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    (folder / "torn.csv").write_text(f'round,operation,criterion,status\n2025,"{POISON}",x,y\n', "utf-8")
    store = folder / "store"
    written = Writer(f"a role {POISON}", f"a reason {POISON}")
    assert publish(store, [ROOT / "frameworks", ROOT / "data"], written, TODAY).move
    assert publish(store, [folder], written, TODAY).move
    return store


@pytest.mark.parametrize("name", PAGES)
def test_no_text_that_somebody_wrote_is_read_as_markdown(
    name: str, page: OpenPage, poisoned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(poisoned))
    for kind in ("respect", "support"):
        app = page(name, {"kind": kind, "country": f"GHA,COL,{POISON}", "risk_area": POISON})
        nothing_failed(app)
        found = [(place, text) for place, text in shown(app) if not place.startswith(TOLD_AS_WRITTEN)]
        assert [(place, text) for place, text in found if ALIVE.search(OURS.sub("", text))] == []
        assert any("elsewhere" in text for _, text in found)


def test_the_explanation_of_a_number_reads_nothing_as_markdown(
    page: OpenPage, poisoned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(poisoned))
    app = page("overview", {"country": "GHA"})
    app.button(key="how_support").click().run()
    nothing_failed(app)
    found = [(place, text) for place, text in shown(app) if not place.startswith(TOLD_AS_WRITTEN)]
    assert [(place, text) for place, text in found if ALIVE.search(OURS.sub("", text))] == []


@pytest.mark.parametrize("text", [POISON, "[x](y)", "**x**", "`x`", "<b>x</b>", "$x$", "~~x~~", "a\\[b](c)"])
def test_plain_text_has_no_mark_left_alive(text: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*[*`\[\]<>$~]", plain(text))


def test_nothing_is_plain_nothing() -> None:
    assert plain(None) == ""
    assert plain("12 % of 3 countries, round 2025") == "12 % of 3 countries, round 2025"
