"""Do the framework files hold what the standards hold, and does everything they point at exist?"""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.schema import schemas, write_schemas
from dashboard.model.framework import Criterion, Framework, Link
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


def test_every_criterion_says_where_it_comes_from(library: Library) -> None:
    for framework in library.frameworks:
        for criterion in criteria(framework):
            assert str(framework.year) in criterion.citation, criterion.criterion


def themes_of(library: Library) -> dict[str, set[str]]:
    """The themes that each criterion serves by its rights."""
    themes = {right.right: set(right.themes) for right in library.rights.rights}
    every = [criterion for framework in library.frameworks for criterion in criteria(framework)]
    return {c.criterion: set().union(*(themes[right] for right in c.rights)) for c in every}


def test_every_theme_is_served_by_a_criterion(library: Library) -> None:
    served = set().union(*themes_of(library).values())
    assert {theme.theme for theme in library.rights.themes} == served


def area_of(library: Library) -> dict[str, str]:
    areas = [area for framework in library.frameworks for area in framework.areas]
    return {criterion.criterion: area.area for area in areas for criterion in area.criteria}


def between_criteria(library: Library) -> list[Link]:
    return [link for link in library.crosswalk.links if "criterion" in (link.source_type, link.target_type)]


def test_areas_are_linked_exactly_as_their_criteria_are(library: Library) -> None:
    area = area_of(library)
    strengths: dict[tuple[str, str], set[str]] = {}
    for link in between_criteria(library):
        strengths.setdefault((area[link.source], area[link.target]), set()).add(link.strength)
    # "primary" comes before "secondary", so the least is the strongest.
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


def test_nothing_of_cop_speaks_to_the_environment_or_to_security(library: Library) -> None:
    reached = {link.target for link in library.crosswalk.links if link.source.startswith("COP")}
    assert {code[:7] for code in reached if code.startswith("CRBP-")} == {
        f"CRBP-{number:02}" for number in (1, 2, 3, 4, 5, 6, 9, 10)
    }


def test_no_link_stands_twice(library: Library) -> None:
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
    assert outcome.problems == ()
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
