"""Where a standard averages areas or operations, do pages say so, and never show a division that was not made?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui.elements.number import PART_TITLES
from tests.conftest import TODAY, WRITER, copy_of, rest_thorough, said
from tests.figures.test_worked_operations import written
from tests.queries.toys import Nested, toys
from tests.spoken import opened, translate
from tests.ui.conftest import OpenPage, cells, choices, finding, keys, nothing_failed, shown, tells, unfold

DRAWN = """
    | operation | criterion | R1        |
    | a-op      | T3.1      | yes       |
    | a-op      | T3.2      | no        |
    | a-op      | T3.3      | somewhat  |
    | a-op      | T4.1      | yes       |
    | b-op      | T3.1      | yes       |
    | b-op      | T3.2      | yes       |
    | b-op      | T3.3      | yes       |
    | b-op      | T4.1      | no        |
"""
TOYS = {"framework": "toy", "round": "R1"}
ALAND = {**TOYS, "country": "AAA"}


MakeStore = Callable[[str], Path]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> MakeStore:
    """Return a function that gives the store whose standard averages something, published once. Read-only."""
    folder, made = tmp_path_factory.mktemp("averages"), dict[str, Path]()

    def store(of: str) -> Path:
        if of not in made:
            made[of] = _published(folder / of, of)
        return made[of]

    return store


def _published(folder: Path, of: str) -> Path:
    if of == "areas":
        return toys(folder, DRAWN, average_of="areas")[0]
    if of == "areas of operations":
        return several(folder, "operations", average_of="areas")
    return several(folder, of, "no" if of == "groups" else "dont_know")


@pytest.fixture(autouse=True)
def of_areas(here: None, stores: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(stores("areas")))


def test_the_explanation_of_a_number_tells_of_the_mean_of_areas_and_of_one_area_its_sum(page: OpenPage) -> None:
    app = page("number", ALAND)
    nothing_failed(app)
    assert tells(app, "number.one_of_parts", percent="71", band="high", n="2")
    assert tells(app, "number.rule_of_parts", levels="key areas")
    assert any(said("number.sum_of_parts", n="2").fullmatch(cell) for cell in cells(app))
    app = page("number", ALAND | {"principle": "T3"})
    nothing_failed(app)
    assert tells(app, "number.one", percent="42", points="1.25", weight="3", band="low")
    assert not tells(app, "number.rule_of_parts")


def test_side_by_side_shows_no_division(page: OpenPage) -> None:
    app = unfold(page("compare", {**TOYS, "subject": "a-op,b-op"}))
    nothing_failed(app)
    assert [cell for cell in cells(app) if "÷" in cell] == []
    assert any(said("compare.figure_of_parts", percent="71", band="high").search(cell) for cell in cells(app))


@pytest.mark.parametrize(
    ("of", "key"), rest_thorough([("groups", "groups"), ("areas", "parts"), ("operations", "operations")])
)
def test_data_and_method_says_what_the_figures_are_the_mean_of(
    of: str, key: str, page: OpenPage, stores: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(stores(of)))
    app = page("data", {**TOYS, "part": "sources"})
    nothing_failed(app)
    rule = said(f"method.average_of_{key}", levels="key areas")
    assert any(rule.fullmatch(cell) if of == "areas" else rule.search(cell) for cell in cells(app))


def test_the_next_best_step_is_told_for_several_areas(page: OpenPage) -> None:
    """Toys B has 100 and 0 in its two areas: the one criterion of the second lifts their mean from 50 to 100."""
    app = page("plan", {**TOYS, "part": "effects", "operation": "b-op", "by": "risk_area", "focus": "TOY-RA1"})
    nothing_failed(app)
    assert tells(app, "next_best.lifts.one", was="50 (low)", becomes="100 (high)")


@pytest.fixture
def of_operations(of_areas: None, stores: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Toys A has 2.25 ÷ 4, Toys A3 2 ÷ 2: their mean is 78, where pooled answers are 71. Toys A2 knows no answer."""
    monkeypatch.setenv("DASHBOARD_STORE", str(stores("operations")))


def several(folder: Path, alone: str, a2: str = "dont_know", average_of: str = "criteria") -> Path:
    """A store with three operations in one country, two of them a group that has one more elsewhere."""
    more = f"| a3-op | T3.1 | yes | \n| a3-op | T4.1 | yes |\n| a2-op | T3.1 | {a2} |"
    operations = "a-op,AAA,Toys A,operation,shop,Toy Co\nb-op,BBB,Toys B,operation,shop,Toy Co\n"
    operations += "a2-op,AAA,Toys A2,operation,shop,\na3-op,AAA,Toys A3,operation,shop,Toy Co\n"
    drawn = f"{DRAWN.strip()}\n{more}"
    store, _ = toys(folder, drawn, average_of=average_of, operations=operations, alone=alone)
    return store


@pytest.mark.usefixtures("of_operations")
def test_the_explanation_of_a_country_lists_its_operations(page: OpenPage) -> None:
    app = page("number", ALAND)
    nothing_failed(app)
    shown = cells(app)
    assert tells(app, "number.one_of_parts", percent="78", band="high", n="2")
    assert tells(app, "number.rule_of_parts", levels="operations")
    assert tells(app, "number.rule_of_operations")
    assert [cell for cell in shown if cell.startswith("Toys A")][:3] == ["Toys A", "Toys A2", "Toys A3"]
    assert shown[shown.index("Toys A2") + 1] == "no answer"


def test_the_figures_of_operations_come_before_their_parts(
    page: OpenPage, stores: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(stores("areas of operations")))
    app = page("number", ALAND)
    nothing_failed(app)
    assert tells(app, "number.operations", listed="Toys A **71**, Toys A2 (no answer), Toys A3 **100**")


@pytest.mark.usefixtures("of_operations")
def test_side_by_side_shows_the_division_of_an_operation_and_none_of_a_region(page: OpenPage) -> None:
    app = unfold(page("compare", {**TOYS, "subject": "region.north,a-op"}))
    nothing_failed(app)
    assert any(said("compare.figure_of_parts", percent="78", band="high").search(cell) for cell in cells(app))
    assert [cell for cell in cells(app) if "2.25 ÷ 4" in cell]


@pytest.fixture
def of_groups(of_areas: None, stores: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Toys A and A3 have 4.25 ÷ 6 together: 71. Toys A2, alone, has 0, so that their country has 35."""
    monkeypatch.setenv("DASHBOARD_STORE", str(stores("groups")))


@pytest.mark.usefixtures("of_groups")
def test_the_explanation_of_a_country_lists_its_groups_of_operations(page: OpenPage) -> None:
    app = page("number", ALAND)
    nothing_failed(app)
    shown = cells(app)
    assert tells(app, "number.one_of_parts", percent="35", band="low", n="2")
    assert tells(app, "number.rule_of_parts", levels="groups of operations")
    assert tells(app, "number.rule_of_groups")
    assert shown[shown.index("Toy Co (Toys A, Toys A3)") + 1] == "4.25 ÷ 6"


@pytest.mark.usefixtures("of_groups")
def test_country_names_the_group_of_an_operation_with_its_figure(page: OpenPage) -> None:
    """Toys A2 belongs to no group."""
    app = page("country", {**TOYS, "operation": "a-op"})
    nothing_failed(app)
    assert choices(app, "operation")["a-op"] == "Toys A (Toy Co)"
    assert tells(app, "country.of_group.other", group="Toy Co", n="2")
    alone = page("country", {**TOYS, "operation": "a2-op"})
    nothing_failed(alone)
    assert not tells(alone, "country.of_group.other")


@pytest.mark.usefixtures("of_groups")
def test_the_heat_map_has_a_row_for_each_group_of_operations(page: OpenPage) -> None:
    app = page("heatmap", {**TOYS, "sort": "groups"})
    nothing_failed(app)
    assert said("heatmap.groups_alone").search(finding(app))
    assert "Toy Co 73" in finding(app)


@pytest.mark.usefixtures("of_groups")
def test_while_names_are_hidden_a_group_of_operations_has_an_alias(page: OpenPage) -> None:
    app = page("heatmap", {**TOYS, "sort": "groups", "safe": "yes"})
    nothing_failed(app)
    assert said("safe.group", name="A").search(finding(app))
    assert "Toy Co" not in "".join([finding(app), *cells(app)])


def test_a_legend_names_the_number_of_answers_of_the_standard(page: OpenPage, words: Words) -> None:
    """The toy standard shows counts below two answers."""
    app = page("country", {**TOYS, "operation": "a-op"})
    nothing_failed(app)
    assert any(words("chart_key.few", below="2") in key for key in keys(app))


@pytest.fixture(scope="module")
def unlinked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unlinked")
    assert not publish(Load(folder / "alone", [written(folder / "files")], WRITER, TODAY)).problems
    return folder / "alone"


@pytest.mark.parametrize("part", rest_thorough(["areas", "each_right"]))
def test_a_standard_without_links_is_told_how_to_get_them(
    part: str, page: OpenPage, unlinked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without filters nothing is to be reset; with one, that is the first thing to try."""
    monkeypatch.setenv("DASHBOARD_STORE", str(unlinked))
    app = page("crosswalk", {"part": part})
    nothing_failed(app)
    assert said("crosswalk.unlinked").fullmatch(finding(app))
    app = page("crosswalk", {"part": part, "principle": "W1"})
    assert finding(app).endswith(said("filter.reset_clears").pattern.replace("\\", ""))


def test_without_groups_no_page_offers_them(page: OpenPage) -> None:
    app = page("heatmap", {**TOYS, "sort": "groups"})
    nothing_failed(app)
    assert shown(app, "sort") == "region"
    assert all("group of operations" not in one for one in choices(app, "sort").values())


@pytest.mark.usefixtures("of_groups")
def test_side_by_side_compares_a_group_of_operations(page: OpenPage) -> None:
    app = page("compare", {**TOYS, "subject": "operations.toy-co,a-op"})
    nothing_failed(app)
    assert "Toy Co 73" in finding(app)


NESTED = Nested(elements={"T3.1": "doors", "T3.2": "doors"}, families={"T3": "shops", "T4": "homes"})
FRENCH = {"part/toy/doors": {"title": "Portes"}, "part/toy/shops": {"title": "Magasins"}}


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a group whose standard averages elements, areas and families, with some of their names in French."""
    folder = tmp_path_factory.mktemp("nested")
    toys(folder, DRAWN, average_of="[families, areas, elements]", nested=NESTED)
    translate(folder, "fr", FRENCH)
    assert not publish(Load(folder / "store", [folder], WRITER, TODAY)).problems
    return folder


@pytest.mark.thorough
def test_parts_are_called_by_their_titles_in_the_readers_language(
    nested: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(nested / "store"))
    app = page("number", ALAND)
    nothing_failed(app)
    assert {"shops · 3 Safety T3 · doors", "shops · 3 Safety T3", "homes · 4 Safety T4"} <= {*cells(app)}
    published = opened(nested / "store")
    titles = {
        lang: {row["part"]: row["title"] for row in rows(published, PART_TITLES, {"framework": "toy", "lang": lang})}
        for lang in ("en", "fr")
    }
    assert titles["en"]["T3 / doors"] == "3 Safety T3 · doors"
    assert titles["fr"]["T3 / doors"] == "3 Safety T3 · Portes"
    # What is not translated keeps its own name.
    assert (titles["fr"]["shops"], titles["fr"]["homes"]) == ("Magasins", "homes")


@pytest.mark.thorough
def test_a_translation_of_a_part_that_is_not_there_is_refused(nested: Path, tmp_path: Path) -> None:
    folder = copy_of(nested, tmp_path / "nested")
    translate(folder, "fr", {"part/toy/roofs": {"title": "Toits"}})
    outcome = publish(Load(folder / "store", [folder], WRITER, TODAY))
    assert outcome.revision is None
    assert [(problem.kind, problem.value) for problem in outcome.problems] == [("unknown_id", "part/toy/roofs")]
