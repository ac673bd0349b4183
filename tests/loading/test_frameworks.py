"""Do the framework files hold what the standards hold, and does everything they point at exist?"""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.schema import schemas, write_schemas
from dashboard.model.framework import Criterion, Framework
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
