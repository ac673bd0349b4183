"""Do the framework files hold what the standards hold, and does everything they point at exist?"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.schema import schemas, write_schemas
from dashboard.model.framework import AgeGroup, Criterion, Framework, Group, Impact, Stage
from dashboard.store.history import publication_path
from dashboard.store.permission import Writer
from dashboard.store.publish import publish
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = read_library([ROOT / "frameworks"])
    assert problems == []
    return found


def standard(library: Library, name: str) -> Framework:
    return next(framework for framework in library.frameworks if framework.framework == name)


def criteria(framework: Framework) -> list[Criterion]:
    return [criterion for area in framework.areas for criterion in area.criteria]


def test_crbp_has_ten_principles_and_its_32_criteria(library: Library) -> None:
    crbp = standard(library, "crbp")
    assert [area.area for area in crbp.areas] == [f"CRBP-{number:02}" for number in range(1, 11)]
    assert Counter(criterion.kind for criterion in criteria(crbp)) == {"respect": 19, "support": 13}


@pytest.mark.parametrize(("name", "year"), [("cop-2014", 2014), ("cop-2020", 2020)])
def test_each_edition_of_cop_stands_alone_with_five_key_areas(library: Library, name: str, year: int) -> None:
    cop = standard(library, name)
    assert len(cop.areas) == 5
    assert (cop.year, cop.edition) == (year, str(year))
    mark = f"COP{year - 2000}-"
    assert all(criterion.criterion.startswith(mark) for criterion in criteria(cop))
    assert all(area.area.startswith(mark) for area in cop.areas)


def test_the_shared_lists_are_complete(library: Library) -> None:
    lists = (library.risk_areas.risk_areas, library.settings.settings, library.functions.functions)
    assert [len(items) for items in lists] == [12, 11, 12]


def test_every_theme_is_used(library: Library) -> None:
    used = {theme for right in library.rights.rights for theme in right.themes}
    assert used == {theme.theme for theme in library.rights.themes}


def test_the_rights_that_the_partnership_names_come_first(library: Library) -> None:
    named = [theme.theme for theme in library.rights.themes if theme.named]
    assert named == ["protection", "privacy", "thought", "opinion", "culture", "safety"]
    assert [theme.theme for theme in library.rights.themes][:6] == named


def test_every_list_is_pointed_at(library: Library) -> None:
    every = [criterion for framework in library.frameworks for criterion in criteria(framework)]
    pointed = {code for c in every for code in (*c.risk_areas, *c.functions, *c.settings)}
    pointed |= {code for impact in library.impacts.impacts for code in (impact.setting, impact.risk_area)}
    assert {item.risk_area for item in library.risk_areas.risk_areas} <= pointed
    assert {item.setting for item in library.settings.settings} <= pointed
    assert {item.function for item in library.functions.functions} <= pointed


NAMED = {
    "retail_agents": ("RA06 RA07 RA04 RA12", "RA10"),
    "field_network": ("RA08 RA06 RA09", "RA08"),
    "depots_ewaste": ("RA08 RA06", "RA10"),
    "call_centre": ("RA01 RA02", "RA01 RA10"),
    "content_vas": ("RA04 RA05 RA02", "RA10"),
    "data_registry": ("RA03", "RA10 RA03"),
    "mobile_money": ("RA12 RA01", "RA12 RA10"),
    "hosting_core": ("RA01 RA11", "RA01 RA11"),
    "office": ("RA07 RA09", "RA07"),
    "community_programme": ("RA09 RA05 RA03", "RA10"),
    "emergency": ("RA11 RA12 RA09", "RA12"),
}
"""By setting: the risk areas of its main risks and of its main opportunities, as this project maps them."""


def impacts(library: Library, polarity: str) -> list[Impact]:
    return [impact for impact in library.impacts.impacts if impact.polarity == polarity]


@pytest.mark.parametrize("polarity", ["risk", "opportunity"])
def test_the_main_risks_and_opportunities_of_every_setting_are_there(library: Library, polarity: str) -> None:
    assert NAMED.keys() == {item.setting for item in library.settings.settings}
    found = {(impact.setting, impact.risk_area) for impact in impacts(library, polarity)}
    named = {(s, area) for s, pair in NAMED.items() for area in pair[polarity == "opportunity"].split()}
    assert named <= found
    assert {area for _, area in found} == {item.risk_area for item in library.risk_areas.risk_areas}


def test_every_impact_says_whom_it_concerns_where_it_arises_and_who_leads(library: Library) -> None:
    every = library.impacts.impacts
    for impact in every:
        assert all((impact.age_groups, impact.stage, impact.rights, impact.functions)), impact.impact
        assert (impact.citation is not None) == (impact.basis == "source"), impact.impact
        assert impact.text.find(".") == len(impact.text) - 1, impact.impact
    assert len({impact.text for impact in every}) == len(every)
    for field, words in (("age_groups", AgeGroup), ("groups", Group), ("stage", Stage)):
        assert {word for impact in every for word in getattr(impact, field)} == set(get_args(words)), field


def test_every_impact_can_be_explained_by_answers_of_an_operation(library: Library) -> None:
    by_id = {c.criterion: c for framework in library.frameworks for c in criteria(framework)}
    for impact in library.impacts.impacts:
        bearing = [by_id[code] for code in impact.criteria]
        assert 2 <= len(bearing) <= 8, impact.impact
        assert len(set(impact.criteria)) == len(bearing), impact.impact
        # What only the head office is asked explains nothing about an operation.
        assert all(criterion.level != "group" for criterion in bearing), impact.impact
        # At least one is asked of every operation, whatever it offers, so that no residual is without an explanation.
        services = next(s.services for s in library.settings.settings if s.setting == impact.setting)
        assert any(not c.services or set(services) <= set(c.services) for c in bearing), impact.impact
        if impact.polarity == "risk":
            assert any(criterion.kind == "respect" for criterion in bearing), impact.impact


def test_opportunities_mostly_rest_on_what_is_encouraged(library: Library) -> None:
    support = {c.criterion for framework in library.frameworks for c in criteria(framework) if c.kind == "support"}
    chances = impacts(library, "opportunity")
    assert sum(bool(support & set(impact.criteria)) for impact in chances) >= 0.9 * len(chances)


def test_every_opportunity_lessens_some_risk(library: Library) -> None:
    risks = {impact.impact for impact in impacts(library, "risk")}
    for impact in impacts(library, "opportunity"):
        assert impact.touches, impact.impact
        assert set(impact.touches) <= risks, impact.impact
    assert not any(impact.touches for impact in impacts(library, "risk"))


def test_an_impact_that_does_not_fit_is_told_with_its_line(tiny: Path, tmp_path: Path) -> None:
    shared = tmp_path / "frameworks" / "shared"
    shared.mkdir(parents=True)
    head = "{risk_area: TOY-RA1, setting: toy_shop, text: A toy., impact: "
    lines = (
        f"  - {head}I1, polarity: risk, touches: [I2]}}",
        f"  - {head}I2, polarity: opportunity, touches: [I1, TOY-I2], criteria: [T1.a]}}",
        f"  - {head}I3, polarity: opportunity, touches: [TOY-I1, TOY-I9], basis: source}}",
        f"  - {head}I4, polarity: opportunity, stage: [sel], criteria: [T1.x]}}",
    )
    beside, _ = read_library([tiny / "frameworks"])

    def told(*kept: str) -> list[tuple[str, int | None, str | None, str | None]]:
        (shared / "impacts.yaml").write_text("\n".join(("schema_version: 1", "impacts:", *kept)) + "\n", "utf-8")
        _, problems = read_library([tmp_path / "frameworks"], beside)
        return [(p.kind, p.row, p.column, p.value) for p in problems]

    assert told(*lines[:3]) == [
        ("unknown_id", 5, "touches", "TOY-I9"),
        ("bad_value", 3, "touches", "I2"),
        ("bad_value", 4, "touches", "TOY-I2"),
        ("missing_key", 5, "citation", None),
    ]
    assert told(lines[3]) == [("bad_value", 3, "impacts.stage", "sel")]


def test_every_criterion_says_where_it_comes_from(library: Library) -> None:
    for framework in library.frameworks:
        for criterion in criteria(framework):
            assert str(framework.year) in criterion.citation, criterion.criterion


def test_a_library_survives_being_kept_as_text(library: Library) -> None:
    assert Library.from_json(library.to_json()) == library


def test_laid_over_itself_a_library_stays_as_it_is(library: Library) -> None:
    assert library.joined(library) == library


def test_a_link_whose_strength_changed_stands_once(library: Library) -> None:
    link = library.crosswalk.links[0]
    other = link.model_copy(update={"strength": "secondary" if link.strength == "primary" else "primary"})
    changed = library.crosswalk.model_copy(update={"links": (other,)})
    joined = library.joined(Library(crosswalk=changed))
    assert len(joined.crosswalk.links) == len(library.crosswalk.links)
    assert other in joined.crosswalk.links
    assert link not in joined.crosswalk.links


def test_a_further_framework_is_one_folder_more(tiny: Path, tmp_path: Path, writer: Writer, today: date) -> None:
    store = tmp_path / "store"
    outcome = publish(store, [ROOT / "frameworks", ROOT / "data", tiny], writer, today)
    assert not any(problem.serious for problem in outcome.problems)
    assert outcome.move is not None
    with duckdb.connect(str(publication_path(store, outcome.move.publication)), read_only=True) as connection:
        frameworks = "SELECT framework FROM framework ORDER BY framework"
        assert [row[0] for row in connection.execute(frameworks).fetchall()] == ["cop-2014", "cop-2020", "crbp", "toy"]
        asked = """
            SELECT operation.operation, framework, sum(1) FROM answer JOIN operation USING (operation_no)
            JOIN criterion USING (criterion_no) JOIN framework USING (framework_no)
            WHERE framework = 'toy' OR operation.operation IN ('a-op', 'b-op', 'a2-op', 'toy-hq')
            GROUP BY ALL ORDER BY ALL
        """
        assert connection.execute(asked).fetchall() == [
            ("a-op", "toy", 6),
            ("a2-op", "toy", 4),
            ("b-op", "toy", 3),
            ("toy-hq", "toy", 4),
        ]


def test_a_translation_is_one_file_more(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "frameworks" / "toy"
    folder.mkdir(parents=True)
    (folder / "framework.yaml").write_bytes((tiny / "frameworks/toy/framework.yaml").read_bytes())
    (folder / "fr.yaml").write_text(
        "schema_version: 1\nlanguage: fr\ntexts:\n  T1: {title: Jeu}\n  T3: {title: Rien}\n", "utf-8"
    )
    beside, _ = read_library([tiny / "frameworks"])
    library, problems = read_library([tmp_path / "frameworks"], beside)
    assert [(p.kind, p.row, p.column, p.value) for p in problems] == [("unknown_id", 5, "T3", "T3")]
    assert library.translations[0].language == "fr"


def test_schemas_for_editors_are_those_of_the_models(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schema")
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "schema").iterdir()}
    assert written == schemas()
    assert {path.name: path.read_text("utf-8") for path in (ROOT / "docs/schema").iterdir()} == written
    assert "weight" in json.loads(written["framework.json"])["$defs"]["Criterion"]["properties"]
