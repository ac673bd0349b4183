"""Is every change of a framework under an unchanged version reported, with the old and the new value?"""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.loading.framework_versions import MOST_SHOWN, changes, difference
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.model.framework import Framework, version_key
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words

Changed = Callable[..., list[Problem]]
FILE = "frameworks/toy/framework.yaml"


@pytest.fixture
def changed(tiny: Path, tmp_path: Path) -> Changed:
    """Rewrites the toy standard (pairs of old and new text) and compares it with what it was."""
    before, problems = read_library([tiny / "frameworks"])
    assert problems == []
    path = Path(copytree(tiny / "frameworks", tmp_path / "frameworks")) / "toy" / "framework.yaml"

    def read(*pairs: tuple[str, str], version: str = "1.0") -> list[Problem]:
        text = path.read_text("utf-8")
        for old, new in (*pairs, ('version: "1.0"', f'version: "{version}"')):
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        return read_library([tmp_path / "frameworks"], before)[1]

    return read


TEXT = ("No toy is sharp.", "No toy is blunt.")
FIRST_RISKS = ("        risk_areas: [TOY-RA1]\n", "")
NEW_WORD = ("  - {status: mostly", "  - {status: hardly, title: Hardly, value: 0.1}\n  - {status: mostly")
NEW_CRITERION = (
    "      - criterion: T2.b\n",
    "      - {criterion: T2.c, kind: respect, level: both, text: Lids open., evidence_hint: A lid., "
    "citation: Toys, verification: confirmed}\n      - criterion: T2.b\n",
)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("pair", "row", "named", "told"),
    [
        (TEXT, 36, "T1.a text", "This has changed, but the version has not (“No toy is sharp. → No toy is blunt.”)."),
        (("weight: 0.5", "weight: 2"), 47, "T1.b weight", "(“0.5 → 2”)."),
        (("        critical: true\n", ""), 30, "T1.a critical", "(“true → false”)."),
        (("citation: Toy standard, 1b", "citation: Toys, 1b"), 53, "T1.b citation", "(“Toy standard, 1b → Toys, 1b”)."),
        (FIRST_RISKS, 30, "T1.a risk_areas", "(“TOY-RA1 →”)."),
        (("services: [shop]", "services: [shop, stall]"), 63, "T2.a services", "(“shop → shop, stall”)."),
        (("title: Play", "title: Playing"), 27, "T1 title", "(“Play → Playing”)."),
        (("coverage_limit: 0.5", "coverage_limit: 0.6"), 12, "coverage_limit", "(“0.5 → 0.6”)."),
        (("title: A standard for toys", "title: The standard"), 4, "title", "(“A standard for toys → The standard”)."),
        (("title: Mostly, value: 0.75", "title: Mostly, value: 0.8"), 16, "mostly value", "(“0.75 → 0.8”)."),
        (("starts_at: 60", "starts_at: 70"), 23, "high starts_at", "(“60 → 70”)."),
        (NEW_CRITERION, 70, "T2.c", "“Lids open.” was added, but"),
        (NEW_WORD, 16, "hardly", "“Hardly” was added, but"),
        (("  - {status: somewhat, title: Somewhat, value: 0.25}\n", ""), 14, "somewhat", "“Somewhat” was removed, but"),
        (("criterion: T1.b", "criterion: T1.c\n        formerly: [T1.b]"), 44, "T1.c", "(“T1.b → T1.c”)."),
        (("area: T2\n", "area: T2\n    formerly: [T-two]\n"), 56, "T2 formerly", "(“→ T-two”)."),
    ],
)  # fmt: skip
def test_a_change_under_the_same_version_is_reported(
    changed: Changed, words: Words, pair: tuple[str, str], row: int, named: str, told: str
) -> None:
    (problem,) = changed(pair)
    said = sentence(problem, words)
    assert said.startswith(f"{FILE}, row {row}, {named}: ")
    assert told in said
    assert said.endswith(" Expected: a version higher than 1.0.")
    assert problem.weight is Weight.FILE
    again = changed(version="1.0.1")
    assert {problem.weight for problem in again} <= {Weight.NOTE}


def test_a_removed_criterion_is_reported_at_its_area(changed: Changed) -> None:
    problems = changed(("criterion: T1.b", "criterion: T1.x"))
    assert [(p.kind, p.row, p.column) for p in problems] == [
        ("added_unversioned", 44, "T1.x"),
        ("taken_out_unversioned", 25, "T1.b"),
    ]


def test_a_band_that_goes_is_reported_and_so_is_the_one_in_its_place(changed: Changed) -> None:
    problems = changed(("{band: high, title: High,", "{band: upper, title: Upper,"))
    assert [(p.kind, p.row, p.column) for p in problems] == [
        ("added_unversioned", 23, "upper"),
        ("taken_out_unversioned", 21, "high"),
    ]


def test_a_criterion_that_moves_to_another_area_is_reported_as_moved(changed: Changed, tiny: Path) -> None:
    text = (tiny / "frameworks" / "toy" / "framework.yaml").read_text("utf-8")
    block = text[text.index("      - criterion: T2.a") : text.index("      - criterion: T2.b")]
    problems = changed((block, ""), ("  - area: T2\n", f"{block}  - area: T2\n"))
    assert [(p.kind, p.column, p.value) for p in problems] == [("changed_unversioned", "T2.a area", "T2 → T1")]


@pytest.mark.parametrize(
    "pair",
    [
        ("text: No toy is sharp.", "text: >-\n          No toy\n          is sharp."),
        ("weight: 3", "weight: 3.0"),
        ("        weight: 3\n        critical: true\n", "        critical: true\n        weight: 3\n"),
        ("    text: Toys are for play.\n", "    text: Toys are for play.\n    spheres: []\n"),
        ("# A standard", "# Another comment; a standard"),
        ("  - {band: low, title: Low, starts_at: 0}\n", "  - band: low\n    title: Low\n    starts_at: 0\n"),
        ("  - {status: \"yes\", title: \"Yes\", value: 1}\n  - {status: mostly, title: Mostly, value: 0.75}\n",
         "  - {status: mostly, title: Mostly, value: 0.75}\n  - {status: \"yes\", title: \"Yes\", value: 1}\n"),
    ],
)  # fmt: skip
def test_the_same_values_in_another_form_are_no_change(changed: Changed, pair: tuple[str, str]) -> None:
    assert changed(pair) == []


def test_the_order_of_a_list_is_no_change(tiny: Path) -> None:
    library, _ = read_library([tiny / "frameworks"])
    (toy,) = library.frameworks

    def offering(*services: str) -> Framework:
        first = toy.areas[0].criteria[0].model_copy(update={"services": services})
        area = toy.areas[0].model_copy(update={"criteria": (first, *toy.areas[0].criteria[1:])})
        return toy.model_copy(update={"areas": (area, *toy.areas[1:])})

    assert list(changes(offering("shop", "stall"), offering("stall", "shop"), {})) == []
    assert len(list(changes(offering("shop", "stall"), offering("stall"), {}))) == 1


@pytest.mark.parametrize("version", ["1", "1.0", "1.0.0", "1.1", "2", "10.0"])
def test_a_higher_version_needs_no_change_and_trailing_zeros_are_none(changed: Changed, version: str) -> None:
    assert changed(version=version) == []


@pytest.mark.parametrize("version", ["0.9", "0.10", "0"])
def test_a_version_that_goes_down_is_refused(changed: Changed, words: Words, version: str) -> None:
    (problem,) = changed(version=version)
    assert sentence(problem, words) == (
        f"{FILE}, row 9, version: “{version}” is lower than the published version. "
        "Expected: 1.0 or, if anything has changed, a higher version."
    )


def test_other_words_that_are_not_said_to_ask_something_else_are_noticed(changed: Changed, words: Words) -> None:
    (problem,) = changed(TEXT, version="1.1")
    assert not problem.serious
    assert "`since` does not say that its meaning has" in sentence(problem, words)
    assert sentence(problem, words).endswith('Expected: `since: "1.1"` if its meaning has changed.')


def test_other_words_that_are_said_to_ask_something_else_are_not(changed: Changed) -> None:
    assert changed((TEXT[0], f'{TEXT[1]}\n        since: "1.1"'), version="1.1") == []


def test_words_younger_than_their_framework_are_refused(changed: Changed, words: Words) -> None:
    (problem,) = changed(("text: No toy is sharp.", 'text: No toy is sharp.\n        since: "1.2"'), version="1.1")
    assert sentence(problem, words) == (
        f"{FILE}, row 37, T1.a since: “1.2” is higher than the version of the framework itself. Expected: at most 1.1."
    )


def test_a_framework_that_was_kept_before_a_key_was_known_has_not_changed(tiny: Path) -> None:
    # What an older program stored lacks `formerly` and `critical`: values are compared.
    before, _ = read_library([tiny / "frameworks"])
    text = before.to_json().replace('"formerly":[],', "").replace('"critical":false,', "")
    assert "formerly" not in text
    assert read_library([tiny / "frameworks"], Library.from_json(text))[1] == []


def test_a_renamed_criterion_changes_no_framework_that_continues_it(tiny: Path, tmp_path: Path) -> None:
    root = Path(copytree(tiny / "frameworks", tmp_path / "frameworks"))
    toy = root / "toy" / "framework.yaml"
    (root / "new").mkdir()
    new = root / "new" / "framework.yaml"
    text = toy.read_text("utf-8").replace("framework: toy", "framework: new\nsupersedes: toy")
    text = re.sub(r"\bT([12])", r"N\1", text).replace("kind: support", "kind: support\n        supersedes: [T1.b]")
    new.write_text(text, "utf-8")
    before, problems = read_library([root])
    assert problems == []
    toy.write_text(
        toy.read_text("utf-8")
        .replace("criterion: T1.b", "criterion: T1.c\n        formerly: [T1.b]")
        .replace('version: "1.0"', 'version: "1.1"'),
        "utf-8",
    )
    (problem,) = read_library([root], before)[1]
    assert (problem.kind, problem.file, problem.value, problem.hint) == (
        "unknown_id", "frameworks/new/framework.yaml", "T1.b", "T1.c",
    )  # fmt: skip
    new.write_text(text.replace("supersedes: [T1.b]", "supersedes: [T1.c]"), "utf-8")
    library, problems = read_library([root], before)
    assert problems == []
    found = {framework.framework: framework.areas[0].criteria[1].supersedes for framework in library.frameworks}
    assert found == {"toy": (), "new": ("T1.c",)}


def test_a_reference_to_a_former_name_gets_the_current_one_as_a_hint(tiny: Path, tmp_path: Path) -> None:
    root = Path(copytree(tiny / "frameworks", tmp_path / "frameworks"))
    toy = root / "toy" / "framework.yaml"
    text = toy.read_text("utf-8").replace("area: T1\n", "area: Playing-1\n    formerly: [T1, P]\n")
    toy.write_text(text.replace("criterion: T1.b", "criterion: lending\n        formerly: [T1.b]"), "utf-8")
    (root / "toy" / "fr.yaml").write_text(
        "schema_version: 1\nlanguage: fr\ntexts:\n  T1.b: {text: Prêt}\n  P: {title: Jeu}\n", "utf-8"
    )
    problems = read_library([root])[1]
    assert {(p.kind, p.value, p.hint) for p in problems} == {
        ("unknown_id", "T1", "Playing-1"),
        ("unknown_id", "P", "Playing-1"),
        ("unknown_id", "T1.b", "lending"),
    }
    assert {Path(p.file).name for p in problems} == {"crosswalk.yaml", "fr.yaml"}


@pytest.mark.parametrize(
    ("pair", "value", "other"),
    [
        (("criterion: T1.b", "criterion: T1.b\n        formerly: [T1.a]"), "T1.a", "toy/framework.yaml:30"),
        (("criterion: T1.b", "criterion: T1.b\n        formerly: [T1.b]"), "T1.b", "toy/framework.yaml:44"),
        (("criterion: T1.b", "criterion: T1.b\n        formerly: [toy_maker]"), "toy_maker", "functions.yaml:3"),
        (("criterion: T1.b", "criterion: T1.b\n        formerly: [X, X]"), "X", "toy/framework.yaml:45"),
        (("area: T2\n", "area: T2\n    formerly: [T1.a]\n"), "T1.a", "toy/framework.yaml:30"),
    ],
)
def test_a_former_name_that_is_in_use_or_claimed_twice_is_rejected(
    changed: Changed, pair: tuple[str, str], value: str, other: str
) -> None:
    twice, *_ = [problem for problem in changed(pair, version="1.1") if problem.kind == "id_twice"]
    assert (twice.column, twice.value) == ("formerly", value)
    assert twice.expected is not None
    assert twice.expected.endswith(other)


def test_a_new_id_that_another_framework_had_before_is_refused(tiny: Path, tmp_path: Path) -> None:
    old = Path(copytree(tiny / "frameworks", tmp_path / "old" / "frameworks"))
    path = old / "toy" / "framework.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("criterion: T1.b", "criterion: T1.b\n        formerly: [N1.b]"), "utf-8")
    before, problems = read_library([old])
    assert problems == []
    new = tmp_path / "frameworks" / "new" / "framework.yaml"
    new.parent.mkdir(parents=True)
    new.write_text(re.sub(r"\bT([12])", r"N\1", text).replace("framework: toy", "framework: new"), "utf-8")
    found = read_library([tmp_path / "frameworks"], before)[1]
    assert [(p.kind, p.column, p.value, p.expected) for p in found] == [
        ("id_twice", "criterion", "N1.b", "a unique id; see T1.b")
    ]


def test_a_removed_id_is_no_longer_known(tiny: Path, tmp_path: Path) -> None:
    # The crosswalk still referred to it, since what was published was still consulted.
    before, _ = read_library([tiny / "frameworks"])
    root = Path(copytree(tiny / "frameworks", tmp_path / "frameworks"))
    path = root / "toy" / "framework.yaml"
    path.write_text(path.read_text("utf-8").replace("area: T1\n", "area: T9\n").replace('"1.0"', '"1.1"'), "utf-8")
    assert {(p.kind, p.value) for p in read_library([root], before)[1]} == {("unknown_id", "T1")}


LONG = (
    "Trials of services that children may use follow {} standards, with consent and {} for the children who take part."
)


@pytest.mark.parametrize(
    ("was", "becomes", "shown"),
    [
        ("", "short", ("", "short")),
        (
            LONG.format("known", "care"),
            LONG.format("known", "great care"),
            ("… with consent and care for the …", "… with consent and great care for the …"),
        ),
        (
            LONG.format("known", "care") + " " + LONG.format("known", "care"),
            LONG.format("strict", "care") + " " + LONG.format("known", "cares"),
            (
                "… may use follow known standards, with … with consent and care for the children …",
                "… may use follow strict standards, with … with consent and cares for the children …",
            ),
        ),
    ],
)
def test_of_long_texts_the_part_that_differs_is_shown(was: str, becomes: str, shown: tuple[str, str]) -> None:
    assert difference(was, becomes) == shown


WORD = st.text(alphabet="abcdefg", min_size=1, max_size=7)


@given(st.lists(WORD, min_size=30, max_size=60), st.integers(0, 29), WORD)
def test_the_changed_word_is_always_seen(words_: list[str], place: int, other: str) -> None:
    becomes = [*words_[:place], f"{other}x", *words_[place + 1 :]]
    was, now = difference(" ".join(words_), " ".join(becomes))
    assert words_[place] in was
    assert f"{other}x" in now
    assert max(len(was), len(now)) <= MOST_SHOWN


@pytest.mark.parametrize(
    ("lower", "higher"), [("1.0", "1.0.1"), ("1.9", "1.10"), ("0.9", "1"), ("1", "1.1"), ("9", "10"), ("1.0.9", "1.1")]
)
def test_versions_are_compared_number_by_number(lower: str, higher: str) -> None:
    assert version_key(lower) < version_key(higher)
    assert version_key(lower) == version_key(f"{lower}.0.0")
