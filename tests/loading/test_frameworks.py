"""Do the framework files hold what the standards hold, and does everything they refer to exist?"""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from dashboard.loading.criterion_weights import same_as
from dashboard.loading.frameworks import read_library, schemas, write_schemas
from dashboard.loading.library import Library
from dashboard.model.framework import Criterion, Framework
from dashboard.model.shared_lists import AgeGroup, Group, Impact, Link, Stage
from dashboard.store.history import publication_path
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import READ_ON, ROOT


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = read_library([ROOT / "frameworks"])
    assert problems == []
    return found


def standard(library: Library, name: str) -> Framework:
    return next(framework for framework in library.frameworks if framework.framework == name)


def criteria(framework: Framework) -> list[Criterion]:
    return [criterion for area in framework.areas for criterion in area.criteria]


@pytest.mark.thorough
def test_crbp_has_ten_principles_and_its_32_criteria(library: Library) -> None:
    crbp = standard(library, "crbp")
    assert [area.area for area in crbp.areas] == [f"CRBP-{number:02}" for number in range(1, 11)]
    assert Counter(criterion.kind for criterion in criteria(crbp)) == {"respect": 19, "support": 13}


@pytest.mark.parametrize(("name", "year"), [("cop-2014", 2014), ("cop-2020", 2020)])
def test_each_edition_of_cop_is_complete_with_five_key_areas(library: Library, name: str, year: int) -> None:
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


def test_two_entries_of_one_title_are_reported_with_their_place(tiny: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    path = root / "toy" / "framework.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Shops", "title: PLAY"), "utf-8")
    _, problems = read_library([root])
    assert [(p.kind, p.column, p.value, p.expected) for p in problems] == [("title_twice", "title", "T2", "T1")]
    assert problems[0].row == 1 + path.read_text("utf-8").splitlines().index("    title: PLAY")


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
        # Criteria for the head office alone explain nothing about an operation.
        assert all(criterion.level != "group" for criterion in bearing), impact.impact
        # At least one must be asked of every operation, whatever it offers, so that every residual can be explained.
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


def test_an_impact_that_does_not_fit_is_reported_with_its_line(tiny: Path, tmp_path: Path) -> None:
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
            assert str(framework.year) in criterion.cited(), criterion.criterion


def themes_of(library: Library) -> dict[str, set[str]]:
    """The themes that each criterion serves by its rights."""
    themes = {right.right: set(right.themes) for right in library.rights.rights}
    every = [criterion for framework in library.frameworks for criterion in criteria(framework)]
    return {c.criterion: set().union(*(themes[right] for right in c.rights)) for c in every}


def test_every_theme_is_served_by_a_criterion(library: Library) -> None:
    served = set().union(*themes_of(library).values())
    assert {theme.theme for theme in library.rights.themes} == served


def test_the_rights_added_last_serve_no_other_common_name(library: Library) -> None:
    """So that no figure of an earlier round changes: docs/decisions/0005-versions.md."""
    added = {"CRC-09", "CRC-20", "CRC-33", "OPIC", "CRPD"}
    themes = {right.right: set(right.themes) for right in library.rights.rights}
    assert added <= themes.keys()
    every = [criterion.rights for framework in library.frameworks for criterion in criteria(framework)]
    every += [impact.rights for impact in library.impacts.impacts]
    every += [area.rights for area in library.risk_areas.risk_areas]
    for rights in every:
        before = set().union(*(themes[right] for right in rights if right not in added))
        assert set().union(*(themes[right] for right in rights)) == before, rights


def area_of(library: Library) -> dict[str, str]:
    areas = [area for framework in library.frameworks for area in framework.areas]
    return {criterion.criterion: area.area for area in areas for criterion in area.criteria}


def between_criteria(library: Library) -> list[Link]:
    """The links from criteria of one standard to those of another; two editions are one standard."""
    links = [link for link in library.crosswalk.links if "criterion" in (link.source_type, link.target_type)]
    return [link for link in links if link not in between_editions(library)]


def between_editions(library: Library) -> list[Link]:
    return [link for link in library.crosswalk.links if link.source[:5] + link.target[:5] == "COP14COP20"]


def test_areas_are_linked_exactly_as_their_criteria_are(library: Library) -> None:
    area = area_of(library)
    strengths: dict[tuple[str, str], set[str]] = {}
    for link in between_criteria(library):
        strengths.setdefault((area[link.source], area[link.target]), set()).add(link.strength)
    # "primary" sorts before "secondary", so the minimum is the strongest.
    by_criteria = {pair: min(found) for pair, found in strengths.items()}
    by_areas = {
        (link.source, link.target): link.strength
        for link in library.crosswalk.links
        if (link.source_type, link.target_type) == ("area", "area")
    }
    assert by_areas == by_criteria


def test_criteria_of_cop_point_at_no_more_than_three_actions_of_crbp(library: Library) -> None:
    links = between_criteria(library)
    actions = {criterion.criterion for criterion in criteria(standard(library, "crbp"))}
    cop = {c.criterion for name in ("cop-2014", "cop-2020") for c in criteria(standard(library, name))}
    assert {link.target for link in links} <= actions
    assert {link.source for link in links} <= cop
    assert max(Counter(link.source for link in links).values()) == 3
    assert {(link.source_type, link.target_type, link.basis) for link in links} == {
        ("criterion", "criterion", "project")
    }


def test_nothing_in_cop_relates_to_the_environment_or_to_security(library: Library) -> None:
    reached = {link.target for link in library.crosswalk.links if link.source.startswith("COP")}
    assert {code[:7] for code in reached if code.startswith("CRBP-")} == {
        f"CRBP-{number:02}" for number in (1, 2, 3, 4, 5, 6, 9, 10)
    }


def test_between_the_editions_nothing_is_dropped_and_only_what_2014_did_not_hold_is_new(library: Library) -> None:
    earlier, later = standard(library, "cop-2014"), standard(library, "cop-2020")
    same = same_as(library.frameworks)
    continued = {same.get(code, code) for c in criteria(later) for code in c.supersedes}
    in_part = between_editions(library)
    assert all(link.strength == "secondary" and link.note for link in in_part)
    assert {link.source for link in in_part} & continued == set()
    asked = {c.criterion for c in criteria(earlier)} - set(same)
    assert asked - continued - {link.source for link in in_part} == set()
    new = {c.criterion for c in criteria(later) if not c.supersedes} - {link.target for link in in_part}
    # Children at greater risk, languages and abilities, design that pushes, results that are measured, and AI.
    assert {code for code in new if not code.startswith("COP20-FD")} == {
        "COP20-A1.3", "COP20-A3.4", "COP20-FC-3.5", "COP20-A4.3", "COP20-A4.4",
    }  # fmt: skip


def test_the_sectors_of_2014_that_are_held_in_part_are_asked_of_those_who_offer_them(library: Library) -> None:
    earlier = standard(library, "cop-2014")
    assert earlier.held_in_part
    added = [c for c in criteria(earlier) if c.added]
    sectors = {"CP": "portal_vas", "UG": "community", "BC": "tv", "HW": "devices"}
    assert {(c.criterion[6:8], *c.services) for c in added} == {*sectors.items()}
    assert all(3 <= n <= 5 for n in Counter(c.criterion[6:8] for c in added).values())
    assert {(c.added, c.critical, c.verification) for c in added} == {("1.4", False, "to_verify")}


def test_no_link_occurs_twice(library: Library) -> None:
    ends = Counter((link.source, link.target) for link in library.crosswalk.links)
    assert [pair for pair, times in ends.items() if times > 1] == []


def test_the_later_edition_of_cop_continues_the_earlier_one(library: Library) -> None:
    earlier, later = standard(library, "cop-2014"), standard(library, "cop-2020")
    assert later.supersedes == earlier.framework
    known = {criterion.criterion for criterion in criteria(earlier)}
    for criterion in criteria(later):
        assert set(criterion.supersedes) <= known, criterion.criterion
        assert len(set(criterion.supersedes)) == len(criterion.supersedes), criterion.criterion
    others = [c for framework in library.frameworks if framework != later for c in criteria(framework)]
    assert [c.criterion for c in others if c.supersedes] == []


def test_between_the_editions_of_cop_criteria_came_went_and_moved(library: Library) -> None:
    area = area_of(library)
    later = criteria(standard(library, "cop-2020"))
    new = {c.criterion for c in later if not c.supersedes}
    assert {"COP20-A1.3", "COP20-A3.3", "COP20-A4.3"} <= new
    assert all(c.criterion in new for c in later if c.services == ("ai",))
    continued = {earlier for c in later for earlier in c.supersedes}
    dropped = {c.criterion for c in criteria(standard(library, "cop-2014"))} - continued
    assert "COP14-A1.8" in dropped
    moved = {(c.criterion, old) for c in later for old in c.supersedes if area[c.criterion][-2:] != area[old][-2:]}
    assert ("COP20-A5.4", "COP14-A1.4") in moved


def test_a_tension_shows_in_criteria_that_serve_its_two_rights(library: Library) -> None:
    served = themes_of(library)
    assert library.tensions.tensions
    for tension in library.tensions.tensions:
        both = set(tension.between)
        found = [served[code] & both for code in tension.criteria]
        assert len(both) == 2, tension.tension
        assert all(found), (tension.tension, [code for code in tension.criteria if not served[code] & both])
        assert set().union(*found) == both, tension.tension
        assert len(set(tension.criteria)) == len(tension.criteria), tension.tension


def test_a_tension_shows_in_more_than_one_framework_and_a_named_source_is_no_mapping(library: Library) -> None:
    owner = {c.criterion: framework.framework for framework in library.frameworks for c in criteria(framework)}
    for tension in library.tensions.tensions:
        assert len({owner[code] for code in tension.criteria}) > 1, tension.tension
        assert (tension.basis == "project") == tension.citation.startswith("Project mapping"), tension.tension


def test_a_library_survives_being_kept_as_text(library: Library) -> None:
    assert Library.from_json(library.to_json()) == library


def test_laid_over_itself_a_library_stays_as_it_is(library: Library) -> None:
    assert library.joined(library) == library


def test_a_link_whose_strength_changed_occurs_once(library: Library) -> None:
    link = library.crosswalk.links[0]
    other = link.model_copy(update={"strength": "secondary" if link.strength == "primary" else "primary"})
    changed = library.crosswalk.model_copy(update={"links": (other,)})
    joined = library.joined(Library(crosswalk=changed))
    assert len(joined.crosswalk.links) == len(library.crosswalk.links)
    assert other in joined.crosswalk.links
    assert link not in joined.crosswalk.links


@pytest.mark.thorough
def test_a_further_framework_is_one_folder_more(tiny: Path, tmp_path: Path, writer: Writer) -> None:
    store = tmp_path / "store"
    outcome = publish(Load(store, [ROOT / "frameworks", ROOT / "data", tiny], writer, READ_ON))
    assert not any(problem.serious for problem in outcome.problems)
    assert outcome.revision is not None
    with duckdb.connect(str(publication_path(store, outcome.revision.publication)), read_only=True) as connection:
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


def test_the_links_of_a_standard_may_lie_in_its_folder(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "frameworks" / "toy"
    folder.mkdir(parents=True)
    (folder / "framework.yaml").write_bytes((tiny / "frameworks/toy/framework.yaml").read_bytes())
    link = "  - {source: T1, target: %s, target_type: right, strength: secondary}\n"
    (folder / "crosswalk.yaml").write_text(f"schema_version: 1\nlinks:\n{link % 'TOY-R1'}{link % 'TOY-R2'}", "utf-8")
    beside, _ = read_library([tiny / "frameworks"])
    library, problems = read_library([tmp_path / "frameworks"], beside)
    assert [(p.kind, p.file, p.row, p.value) for p in problems] == [
        ("unknown_id", "frameworks/toy/crosswalk.yaml", 4, "TOY-R2")
    ]
    assert [link.target for link in library.crosswalk.links] == ["TOY-R1", "TOY-R2"]
    assert library.translations == ()


def test_the_link_in_the_folder_of_a_standard_counts_over_the_shared_one(tiny: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    text = (root / "shared/crosswalk.yaml").read_text("utf-8").replace("primary", "secondary")
    (root / "toy/crosswalk.yaml").write_text(text, "utf-8")
    library, problems = read_library([root])
    assert problems == []
    assert [link.strength for link in library.crosswalk.links] == ["secondary", "secondary"]


def test_schemas_for_editors_are_those_of_the_models(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schema")
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "schema").iterdir()}
    assert written == schemas()
    assert {path.name: path.read_text("utf-8") for path in (ROOT / "docs/schema").iterdir()} == written
    assert "weight" in json.loads(written["framework.json"])["$defs"]["Criterion"]["properties"]


# Guidance and cases.

CASES = {
    "high": "C01 C09 C12 C13 C14 C15 C16 C18 C19 C27 C28 C30 C31 C32 C33 C34 C35",
    "medium": "C02 C03 C04 C05 C06 C07 C08 C10 C11 C17 C20 C21 C22 C23 C25 C26 C29",
}
"""The cases that public sources support, by confidence. What is based on opinion alone is not a case."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def test_every_case_that_sources_support_is_there_and_no_other(library: Library) -> None:
    found = {
        grade: " ".join(sorted(case.case_study for case in library.cases if case.confidence == grade))
        for grade in CASES
    }
    assert found == CASES
    assert {path.stem for path in (ROOT / "frameworks/cases").glob("*.md")} == {
        case.case_study for case in library.cases
    }


def test_facts_that_contradict_each_other_are_at_least_two(library: Library) -> None:
    marked = [(case.case_study, fact.differs) for case in library.cases for fact in case.facts if fact.differs]
    assert marked
    assert [pair for pair, times in Counter(marked).items() if times < 2] == []


def test_every_figure_in_a_case_is_in_one_of_its_facts(library: Library) -> None:
    for case in library.cases:
        told = {figure for fact in case.facts for figure in FIGURE.findall(f"{fact.fact} {fact.dated}")}
        text = " ".join((case.what_was_done, case.what_resulted, case.lesson))
        assert [figure for figure in FIGURE.findall(text) if figure not in told] == [], case.case_study


def test_every_fact_of_a_case_names_the_one_source_that_tells_it_or_says_that_it_cannot(library: Library) -> None:
    for case in library.cases:
        for fact in case.facts:
            unsaid = "which of them says this is not recorded" in fact.source
            assert (";" in fact.source) is unsaid, fact.fact


def test_confirmed_is_only_what_was_held_against_a_page_an_article_or_a_day_of_adoption(library: Library) -> None:
    for framework in library.frameworks:
        for criterion in criteria(framework):
            assert (criterion.page is None) is (criterion.verification == "to_verify"), criterion.criterion
    for right in library.rights.rights:
        assert right.article or ", adopted on " in right.citation or right.verification == "to_verify", right.right
    for item in library.guidance:
        pages = all(re.search(r"\bpages? \d", source.source) or _opens(source.address) for source in item.sources)
        assert pages or item.verification == "to_verify", item.guidance


def _opens(address: str | None) -> bool:
    """Whether an address is that of the document itself, since a remark after it would say what else it is."""
    return address is not None and "(" not in address


def test_only_a_change_for_children_is_called_an_outcome_and_a_case_without_one_says_so(library: Library) -> None:
    without = [case for case in library.cases if all(fact.tells != "outcome" for fact in case.facts)]
    assert len(without) > len(library.cases) / 2
    for case in without:
        assert "outcome" in case.what_resulted, case.case_study


def test_there_is_guidance_on_every_critical_criterion_setting_function_and_twice_on_every_risk_area(
    library: Library,
) -> None:
    critical = {c.criterion for framework in library.frameworks for c in criteria(framework) if c.critical}
    helped = {code for item in library.guidance for code in item.criteria}
    assert critical - helped == set()
    times = Counter(code for item in library.guidance for code in item.risk_areas)
    assert [area.risk_area for area in library.risk_areas.risk_areas if times[area.risk_area] < 2] == []
    settings = {code for item in library.guidance for code in item.settings}
    assert {item.setting for item in library.settings.settings} <= settings
    leading = {code for item in library.guidance for code in item.functions}
    assert {item.function for item in library.functions.functions} <= leading


def test_a_critical_criterion_without_a_gap_is_refused_and_one_that_repeats_another_needs_none(
    tiny: Path, tmp_path: Path
) -> None:
    file = shutil.copytree(tiny / "frameworks", tmp_path / "frameworks") / "toy" / "framework.yaml"
    text = file.read_text("utf-8").replace("        gap: toys without sharp edges\n", "")
    repeats = "{criterion: T1.z, kind: respect, level: both, weight: 3, critical: true, same_as: T1.a, text: Blunt., "
    repeats += "evidence_hint: A., citation: B., verification: confirmed}"
    file.write_text(text.replace("      - criterion: T1.b\n", f"      - {repeats}\n      - criterion: T1.b\n"), "utf-8")
    _, (problem,) = read_library([tmp_path / "frameworks"])
    assert (problem.kind, problem.value, problem.column) == ("gap_missing", "T1.a", "gap")
    assert text.splitlines()[(problem.row or 0) - 1] == "        critical: true"
    assert problem.serious


def test_every_gap_of_the_standards_that_ship_fits_its_sentence(library: Library) -> None:
    gaps = [c.gap for framework in library.frameworks for c in criteria(framework) if c.critical and not c.same_as]
    assert len(gaps) == 17
    assert all(gap and gap[0].islower() and gap[-1].isalpha() and len(gap) <= 60 for gap in gaps)


def test_a_criterion_that_asks_for_many_things_says_when_it_is_partly(tiny: Path, tmp_path: Path) -> None:
    file = shutil.copytree(tiny / "frameworks", tmp_path / "frameworks") / "toy" / "framework.yaml"
    text = file.read_text("utf-8")

    def told(was: str, said: str) -> list[tuple[str, str | None, str | None]]:
        file.write_text(text.replace(was, f"text: {said}"), "utf-8")
        _, problems = read_library([tmp_path / "frameworks"])
        assert not any(problem.serious for problem in problems)
        return [(problem.kind, problem.value, problem.expected) for problem in problems]

    critical, plain = "text: No toy is sharp.", "text: Prices are told."
    assert told(critical, "No toy is sharp and all are round.") == []
    assert told(critical, "No toy is sharp, loud and wet.") == [("partly_missing", "T1.a", "3")]
    assert told(critical, "No toy is sharp, loud and wet.\n        partly: some toys are loud") == []
    assert told(critical, "No toy is sharp, such as knives, swords and axes.") == []
    assert told(plain, "Prices are told, shown, kept, checked and right.") == []
    assert told(plain, "Prices are told, shown, kept, checked; fair and right.") == [("partly_missing", "T2.a", "6")]


def test_the_rules_for_partly_fit_their_sentence(library: Library) -> None:
    rules = [c.partly for framework in library.frameworks for c in criteria(framework) if c.partly]
    assert len(rules) == 34
    assert all(rule[0].islower() and rule[-1].isalpha() and len(rule) <= 140 for rule in rules)
