"""What does the story of a group need? Its store with every door, and its figures, worked out from its files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.__main__ import main
from dashboard.model.answer import APPROVED
from dashboard.model.words import Words
from tests.conftest import ROOT, said
from tests.ui.conftest import OpenPage, nothing_failed

Figure = tuple[int | None, int, int]
"""A score, its coverage in percent, and how many questions were asked; all of respect."""
Answers = Mapping[tuple[str, str], str]
"""By operation and criterion."""
STANDARD = (ROOT / "frameworks/crbp/framework.yaml").read_text("utf-8")
CRITERIA: dict[str, dict[str, Any]] = {
    one["criterion"]: one for area in yaml.safe_load(STANDARD)["areas"] for one in area["criteria"]
}
WORTH = {"implemented": Fraction(1), "partly": Fraction(1, 2), "not_implemented": Fraction(0)}
FIRST, SECOND = "2024", "2025"
OWNER, CHIEF = "Programme lead", "Head of sustainability"
OPERATIONS = "operation,country,title,kind,services,frameworks,first_round,last_round,formerly\n"
ANSWERS, APPROVALS = "round,operation,criterion,status\n", "round,operation,country,state,role,said_on\n"
LANDS = {"GHA": "Ghana", "KEN": "Kenya", "SEN": "Senegal"}
GROUP = {"HQ": "GROUP"} | {f"{land.lower()}-{kind}": land for land in LANDS for kind in ("net", "tv")}
"""By operation its country, as the year begins; the head office is none."""
RECODED = {"ghana-tv" if one == "gha-tv" else one: land for one, land in GROUP.items()}
LATER = {one: land for one, land in RECODED.items() if one not in ("ken-tv", "sen-tv")} | {
    "sen-north": "SEN", "sen-south": "SEN",
}  # fmt: skip
"""The same in the second round: one has a new code, one has ended, and one is split."""
WEIGHED, DROPPED, SILENT = "CRBP-04.a", "CRBP-07.b", ("CRBP-05.a", "CRBP-05.b")
"""What gets another weight, what is asked no more, and what one operation leaves out."""


def listed(operations: Mapping[str, str], **more: str) -> str:
    """The list of operations; `more` are the last columns, by code with underscores."""
    lines = []
    for one, land in operations.items():
        of = f",Savandina {one},group," if land == "GROUP" else f"{land},Savandina {one},operation,mobile"
        lines.append(f"{one},{of},crbp,{more.get(one.replace('-', '_'), ',,')}\n")
    return OPERATIONS + "".join(lines)


@dataclass
class Year:
    """The store of a group and its doors, with everything that was written into its files."""

    store: Path
    folder: Path
    open: OpenPage
    words: Words
    said: dict[tuple[str, str, str], str] = field(default_factory=dict)
    operations: dict[str, dict[str, str]] = field(default_factory=lambda: {FIRST: GROUP, SECOND: GROUP})
    weights: dict[str, int] = field(default_factory=lambda: {one: CRITERIA[one].get("weight", 1) for one in CRITERIA})
    dropped: dict[str, str] = field(default_factory=dict)
    """By round, what it does not ask."""

    def questions(self, round_: str, operation: str) -> list[str]:
        levels = ("both", "group" if operation == "HQ" else "operation")
        return [one for one in CRITERIA if CRITERIA[one]["level"] in levels and one != self.dropped.get(round_)]

    def answers(self, round_: str, given: Answers) -> str:
        """The file of these answers, which count from now on."""
        self.said |= {(round_, *key): status for key, status in given.items()}
        return ANSWERS + "".join(f"{round_},{one},{code},{status}\n" for (one, code), status in given.items())

    def all_answers(self, round_: str, operations: Iterable[str], turn: int) -> str:
        """The file with an answer to every question of these operations, the words in turn."""
        given = {
            (one, code): [*WORTH][(n * n + turn + 2 * place) % 3]
            for place, one in enumerate(operations)
            for n, code in enumerate(self.questions(round_, one))
            if one != "ken-tv" or code not in SILENT
        }
        return self.answers(round_, given)

    def command(self, *arguments: object, code: int = 0) -> str:
        """What a command prints; it must end with this code."""
        ran = CliRunner().invoke(main, [*map(str, arguments), "--store", str(self.store)])
        assert ran.exit_code == code, ran.output
        return ran.output

    def publish(self, *files: tuple[str, str] | Path, code: int = 0, accept: bool = False) -> str:
        """What the command says that publishes folders, or files given as a name and their text."""
        paths = []
        for one in files:
            paths.append(one if isinstance(one, Path) else self.folder / f"{one[0]}.csv")
            if not isinstance(one, Path):
                paths[-1].write_text(one[1], "utf-8")
        return self.command("publish", *paths, "--role", OWNER, *["--accept"] * accept, code=code)

    def imported(self, text: str) -> AppTest:
        """*Import a file* after answers were handed in; they are published if that is offered."""
        app = self.open("collect")
        app.file_uploader[0].set_value([("answers.csv", text.encode(), "text/csv")]).run()
        if any(button.key == "collect_publish" for button in app.button):
            app.text_input(key="writer_role").input("Facilitator")
            app.button(key="collect_publish").click().run()
        nothing_failed(app)
        return app

    def publications(self, button: str, *files: tuple[str, str], role: str = OWNER) -> AppTest:
        """*Publications* after a button was pressed, with these files chosen."""
        app = self.open("data/publications", {"round": FIRST})
        app.text_input(key="writer_role").set_value(role)
        app.file_uploader(key="files").set_value([(f"{one}.csv", text.encode(), "text/csv") for one, text in files])
        next(one for one in app.button if one.label == button).click().run()
        nothing_failed(app)
        return app

    def signed(self, place: str) -> AppTest:
        """*Missing answers* after a level of the first round was approved there."""
        app = self.open("collect", {"part": "owed", "round": FIRST})
        levels = app.selectbox(key="signing_level")
        levels.select_index(next(n for n, one in enumerate(levels.options) if one.startswith(f"{place} ("))).run()
        app.text_input(key="writer_role").input(CHIEF)
        app.button(key=f"signing_{APPROVED}").click().run()
        nothing_failed(app)
        return app

    def edition(self, version: str, old: str, new: str) -> Path:
        """The folder of the next edition of the standard, in which one text is another."""
        path = self.folder / "frameworks/crbp/framework.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else STANDARD
        assert text.count(old) == 1
        path.write_text(re.sub("^version: .*$", f'version: "{version}"', text.replace(old, new), flags=re.M), "utf-8")
        return path.parents[1]

    def shown(self, round_: str) -> dict[str, Figure]:
        """What pages show of a round: by country, of the head office as `GROUP`, and of all countries as `mean`."""
        now, of = dashboard.open(self.store), {"framework": "crbp", "round": round_}
        table, whole = now.figures("heatmap", kind="respect", **of), now.figures("overview", **of).iloc[0]
        rows = {row["country"]: _figure(row["percent"], row) for _, row in table[table["area"] == ""].iterrows()}
        return rows | {"mean": _figure(whole["mean"], whole)}

    def worked_out(self, round_: str) -> dict[str, Figure]:
        """The same from what was written. A figure needs 70 % of its answers; the mean is one over countries."""
        found: dict[str, Figure] = {}
        scores, total = list[Fraction](), [0, 0]
        for place in sorted(set(self.operations[round_].values())):
            keys = [
                (round_, one, code) for one, land in self.operations[round_].items() if land == place
                for code in self.questions(round_, one) if CRITERIA[code]["kind"] == "respect"
            ]  # fmt: skip
            given = [key for key in keys if key in self.said]
            score = None
            if len(given) >= Fraction(7, 10) * len(keys):
                weights = [self.weights[key[2]] for key in given]
                points = sum(weight * WORTH[self.said[key]] for weight, key in zip(weights, given, strict=True))
                score = Fraction(points, sum(weights))
            found[place] = (
                None if score is None else _percent(score),
                _percent(Fraction(len(given), len(keys))),
                len(keys),
            )
            if place != "GROUP":
                scores += [] if score is None else [score]
                total = [total[0] + len(given), total[1] + len(keys)]
        mean = _percent(Fraction(sum(scores), len(scores))) if scores else None
        return found | {"mean": (mean, _percent(Fraction(*total)), total[1])}


def _percent(share: Fraction) -> int:
    return floor(100 * share + Fraction(1, 2))


def _figure(percent: Any, row: "pd.Series[Any]") -> Figure:
    return None if pd.isna(percent) else int(percent), int(row["coverage"]), int(row["n_asked"])


def says(text: str, key: str, **places: object) -> bool:
    """Whether what a command printed has a sentence of the words."""
    return bool(said(key, **places).search(text))
