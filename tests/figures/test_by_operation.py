"""Where a country's figure is the mean of its operations or groups, is every figure that of a few independent lines?"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.figures.cube import Rows
from dashboard.figures.imagined import cube_of
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.changes import CHANGES
from dashboard.queries.compare.difference import COMPARE_WHY
from dashboard.queries.compare.subjects import COMPARE_FIGURES
from dashboard.queries.country_operation import OPERATION_AREAS
from dashboard.queries.elements.number import NUMBER, NUMBER_MADE
from dashboard.queries.overview_headline import HEADLINE
from dashboard.queries.whatif_effects import WHATIF_CELLS
from dashboard.queries.whatif_ready import WHATIF_READY
from dashboard.store.overlays import imagined
from dashboard.store.reader import Published
from tests.conftest import most, rest_thorough
from tests.figures.test_average_of import VALUES, WORDS, view_of
from tests.figures.test_nested import (
    ELEMENTS,
    EVERY,
    FAMILIES,
    PUBLISHED,
    REPEATS,
    WEIGHTS,
    averaged,
    half_up,
    values_of,
)
from tests.queries.toys import Nested, toys
from tests.store.scored_anew import score_anew

COUNTRY = {
    "a-one": "AAA",
    "a-two": "AAA",
    "a-three": "AAA",
    "b-one": "BBB",
    "b-two": "BBB",
    "c-one": "CCC",
    "hq": "GROUP",
}
"""Three operations in one country, two in another, one in the third."""
GROUPS = {"a-one": "Toy, Inc.", "a-two": "Toy, Inc.", "b-one": "Toy, Inc.", "b-two": "Games"}
"""Two operations in one country are a group, which has one more in another; three others stand alone."""
OPERATIONS = "".join(
    f"{one},{'' if country == 'GROUP' else country},Toys {one},{'group' if country == 'GROUP' else 'operation'},shop,"
    f'"{GROUPS.get(one, "")}"\n'
    for one, country in COUNTRY.items()
)
AFTER = {"a-one": "yes", "a-two": "no", "b-one": "somewhat", "b-two": "mostly", "c-one": "mostly"}
"""What each answers to everything in the first round; one of the operations did not answer then."""
DRAWN = "\n".join(
    [
        "| operation | criterion | R1 | R2 |",
        *(
            f"| {one} | {code} | {AFTER.get(one, '')} | {PUBLISHED[code] if one in ('a-one', 'c-one') else ''} |"
            for one in COUNTRY
            if one != "hq"
            for code in ELEMENTS
        ),
    ]
)
LAW = settings(
    max_examples=most(8), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
Said = Mapping[str, Mapping[str, str]]
"""By operation and criterion."""
SILENT = dict.fromkeys(ELEMENTS, "dont_know")
ONE = st.one_of(st.just(SILENT), st.fixed_dictionaries(dict.fromkeys(ELEMENTS, WORDS)))
SAID = st.fixed_dictionaries({one: ONE for one in COUNTRY if one != "hq"})
TALKATIVE = st.fixed_dictionaries(
    {one: st.fixed_dictionaries(dict.fromkeys(ELEMENTS, WORDS)) for one in COUNTRY if one != "hq"}
)
WHOLE = {"by": "all"}


@dataclass(frozen=True)
class Rule:
    """The levels that a standard averages, and whether the figure of a country is the mean of operations or groups."""

    levels: tuple[str, ...]
    alone: str

    def whole(self, one: str) -> str:
        """With which others an operation has one figure in its country: the name of its group, or its own code."""
        return GROUPS.get(one, one) if self.alone == "groups" else one

    def title(self, one: str) -> str:
        """What they are called together."""
        if self.whole(one) == one:
            return f"Toys {one}"
        own = [f"Toys {other}" for other in COUNTRY if self.whole(other) == self.whole(one)]
        here = {f"Toys {other}" for other, country in COUNTRY.items() if country == COUNTRY[one]}
        return f"{self.whole(one)} ({', '.join(sorted(title for title in own if title in here))})"


RULES = [
    *(Rule(EVERY[n], alone) for n, alone in ((0, "operations"), (1, "groups"), (7, "operations"))),
    *(Rule(EVERY[n], "operations") for n in range(1, 7)),
    *(Rule(EVERY[n], "groups") for n in (0, *range(2, 8))),
]
"""The first three are all levels, some of them and none, of operations and of groups."""


@pytest.fixture(
    scope="module", params=rest_thorough(RULES, now=3), ids=lambda rule: "-".join([rule.alone, *rule.levels])
)
def several(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Rule]:
    """A group whose standard averages operations or groups and some of the levels, and how it does."""
    rule = request.param
    elements = {code: name for code, name in ELEMENTS.items() if name}
    nested = Nested(elements, {area: name for area, name in FAMILIES.items() if name}, WEIGHTS)
    said = f"[{', '.join(rule.levels)}]" if rule.levels else "criteria"
    folder = tmp_path_factory.mktemp("operations")
    store = toys(
        folder, DRAWN, average_of=said, repeats=REPEATS, nested=nested, operations=OPERATIONS, alone=rule.alone
    )
    return store[1], rule


def mean(values: list[Fraction | None]) -> Fraction | None:
    """The plain mean of those that are known."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def of_country(
    said: Said, country: str, rule: Rule, area: str = "", missing: Fraction | None = None
) -> Fraction | None:
    """The mean of the figures of its operations or groups, each made of parts as the standard says."""
    own: dict[str, list[Mapping[str, str]]] = {}
    for one, words in said.items():
        if COUNTRY[one] == country:
            own.setdefault(rule.whole(one), []).append(words)
    return mean([pooled(together, rule.levels, area, missing) for together in own.values()])


def pooled(
    together: list[Mapping[str, str]], levels: tuple[str, ...], area: str = "", missing: Fraction | None = None
) -> Fraction | None:
    """The figure over all answers of several operations."""
    values = [values_of(words, missing) for words in together]
    codes = sorted({code for of in values for code in of})
    known = {code: [value for of in values if (value := of.get(code)) is not None] for code in codes}
    of_code = {code: sum(found, Fraction(0)) / len(found) if found else None for code, found in known.items()}
    return averaged(of_code, levels, area, {code: len(found) for code, found in known.items()})


def answered_so(published: Published, said: Said) -> Published:
    return imagined(published, "R2", tuple((one, code, word) for one, of in said.items() for code, word in of.items()))


def close(found: float | None, wanted: Fraction | None) -> bool:
    return found is None if wanted is None else found == pytest.approx(float(wanted), abs=1e-9)


@given(SAID)
@LAW
def test_score_and_bounds_are_those_of_a_few_lines_on_every_page(several: tuple[Published, Rule], said: Said) -> None:
    published, rule = several
    then = answered_so(published, said)
    for area in ("", "T1"):
        given_ = view_of(published, principle=(area,) if area else ()).parameters()
        cells = [row for row in rows(then, WHATIF_CELLS, given_) if row["country"] and row["area"] == area]
        number = rows(then, NUMBER, given_)
        if not area:
            assert [row["country"] for row in number] == ["AAA", "BBB", "CCC"]
        every: list[Any] = [*number, *cells]
        for row in every:
            low, high = (of_country(said, row["country"], rule, area, Fraction(worst)) for worst in (0, 1))
            score = of_country(said, row["country"], rule, area)
            assert "score" not in row or close(row["score"], score)
            assert (row["low"], row["high"]) == (half_up(low), half_up(high))
            assert row["percent"] == (half_up(score) if row["reading"] in ("score", "count") else None)


@given(SAID)
@LAW
def test_the_mean_over_countries_is_that_of_their_figures(several: tuple[Published, Rule], said: Said) -> None:
    """A country with three operations counts as much as one with a single one."""
    published, rule = several
    then, given_ = answered_so(published, said), view_of(published).parameters(subject=("group.countries",), **WHOLE)
    number = rows(then, NUMBER, given_)
    wanted = mean([of_country(said, row["country"], rule) for row in number if row["enters"]])
    headline = next(row for row in rows(then, HEADLINE, given_) if row["kind"] == "respect")
    (compared,) = rows(then, COMPARE_FIGURES, given_)
    assert close(compared["score"], wanted)
    assert headline["mean"] == number[0]["mean_of_all"] == half_up(wanted)


@pytest.mark.parametrize("choice", [{}, {"principle": ("T1",)}, {"principle": ("T3", "T4")}, {"counting": "seen"}])
def test_the_query_that_a_number_shows_gives_the_same(
    several: tuple[Published, Rule], choice: dict[str, object]
) -> None:
    given_ = view_of(several[0], **choice).parameters()
    for shown, number in zip(
        ask(several[0], "number_sums", given_).to_pylist(), rows(several[0], NUMBER, given_), strict=True
    ):
        assert shown["score"] == (None if number["score"] is None else pytest.approx(number["score"]))
        assert shown["n_answered"] == number["n_answered"]


@given(SAID)
@LAW
def test_an_operation_alone_has_its_own_figure(several: tuple[Published, Rule], said: Said) -> None:
    published, rule = several
    then = answered_so(published, said)
    given_ = view_of(published, operation="a-two").parameters(subject=("a-two",), by="principle")
    for area in FAMILIES:
        wanted = half_up(averaged(values_of(said["a-two"], Fraction(0)), rule.levels, area))
        assert [row["low"] for row in rows(then, OPERATION_AREAS, given_) if row["area"] == area] == [wanted]
        assert [row["low"] for row in rows(then, COMPARE_FIGURES, given_) if row["code"] == area] == [wanted]


@given(SAID)
@LAW
def test_the_parts_of_a_number_are_its_operations(several: tuple[Published, Rule], said: Said) -> None:
    """Their shares add up to one, and with their scores to the figure; what is silent has no share."""
    published, rule = several
    then = answered_so(published, said)
    given_ = view_of(published, country=("AAA",)).parameters()
    (number,), parts = rows(then, NUMBER, given_), rows(then, NUMBER_MADE, given_)
    assert {row["operation_title"] for row in parts} == {rule.title(one) for one in ("a-one", "a-two", "a-three")}
    if number["score"] is not None:
        assert sum(row["share"] for row in parts) == pytest.approx(1)
        assert sum(row["share"] * (row["score"] or 0) for row in parts) == pytest.approx(number["score"])
    told = {
        rule.title(one)
        for one in said
        if COUNTRY[one] == "AAA" and averaged(values_of(said[one]), rule.levels) is not None
    }
    for one in told:
        own = sum(row["share"] for row in parts if row["operation_title"] == one)
        assert own == pytest.approx(1 / len(told))


@given(SAID)
@LAW
def test_the_parts_of_a_gap_add_up_to_it(several: tuple[Published, Rule], said: Said) -> None:
    published, then = several[0], answered_so(several[0], said)
    for subjects in (("region.north", "region.south"), ("a-two", "region.south"), ("operations.toy-inc", "b-one")):
        given_ = view_of(published).parameters(subject=subjects, **WHOLE)
        scores = {row["subject"]: row["score"] for row in rows(then, COMPARE_FIGURES, given_)}
        parts = rows(then, COMPARE_WHY, given_)
        if parts:
            first, second = (scores[subject] or 0.0 for subject in subjects)
            assert sum(row["points"] for row in parts) == pytest.approx(100 * (first - second), abs=1e-9)


@given(SAID)
@LAW
def test_one_step_is_never_less_than_what_one_answer_moves(several: tuple[Published, Rule], said: Said) -> None:
    """The largest step of the toy scale is half an answer: from somewhat to mostly."""
    published, rule = several
    code = "T2.1"
    before = {one: {**words, code: "somewhat"} for one, words in said.items()}
    for one in ("b-one", "b-two"):
        after = {**before, one: {**before[one], code: "mostly"}}
        given_ = view_of(published, country=("BBB",)).parameters(subject=("region.south",), **WHOLE)
        then = answered_so(published, before)
        (found,) = rows(then, COMPARE_FIGURES, given_)
        number = {row["country"]: row for row in rows(then, NUMBER, view_of(published).parameters())}
        if found["one_step"] is None or not number["BBB"]["enters"]:
            continue
        moved = abs((of_country(after, "BBB", rule) or 0) - (of_country(before, "BBB", rule) or 0))
        shown = sum(number[country]["enters"] for country in ("BBB", "CCC"))
        assert 100 * float(moved) / shown <= found["one_step"] + 1e-9


@given(SAID)
@LAW
def test_the_ready_made_gaps_are_those_that_lift_most_one_by_one(several: tuple[Published, Rule], said: Said) -> None:
    published, rule = several
    then, given_ = answered_so(published, said), view_of(published, country=("AAA",)).parameters()
    named = [row["what"] for row in rows(then, WHATIF_READY, given_) if row["ready"] == "gaps"]
    own = {one: words for one, words in said.items() if COUNTRY[one] == "AAA"}
    now = of_country(own, "AAA", rule) or Fraction(0)
    lifts = {}
    for code in ELEMENTS:
        raised = {one: words if words[code] == "na" else {**words, code: "yes"} for one, words in own.items()}
        lifts[code] = (of_country(raised, "AAA", rule) or Fraction(0)) - now
    best = sorted((lift for lift in lifts.values() if lift > 0), reverse=True)[:3]
    (number,) = rows(then, NUMBER, given_)
    wanted = [float(lift) for lift in best] if number["enters"] else []
    assert [float(lifts[code]) for code in named] == pytest.approx(wanted)


@given(TALKATIVE)
@LAW
def test_change_is_over_operations_that_answered_in_both_rounds(several: tuple[Published, Rule], said: Said) -> None:
    published, rule = several
    then, given_ = answered_so(published, said), view_of(published).parameters(earlier="R1")
    changes = []
    for row in rows(then, CHANGES, given_):
        both = {
            one: {code: word for code, word in said[one].items() if word in VALUES}
            for one in AFTER
            if COUNTRY[one] == row["country"]
        }
        was = {one: dict.fromkeys(words, AFTER[one]) for one, words in both.items()}
        now, before = (of_country(words, row["country"], rule) for words in (both, was))
        if row["change"] is not None:
            assert now is not None
            assert before is not None
            assert (row["now"], row["was"]) == (half_up(now), half_up(before))
            changes.append(now - before)
    headline = next(row for row in rows(then, HEADLINE, given_) if row["kind"] == "respect")
    if changes:
        assert headline["change"] is not None
        assert abs(headline["change"] - 100 * sum(changes) / len(changes)) <= 0.5 + 1e-9


@given(SAID)
@LAW
def test_imagined_sums_are_those_of_answers_scored_again(several: tuple[Published, Rule], said: Said) -> None:
    then = answered_so(several[0], {**said, "hq": dict.fromkeys(ELEMENTS, "mostly")})
    anew = score_anew(then.cursor().__enter__())
    for name in ("sums", "changes"):
        found, wanted = (getattr(cube, name) for cube in (cube_of(then), anew))
        assert told(found).keys() == told(wanted).keys()
        assert all(told(found)[key] == pytest.approx(values, abs=1e-9) for key, values in told(wanted).items())


def told(rows_: Rows) -> dict[tuple[int, ...], list[float]]:
    """The sums of operations, by the country and criterion of the total they belong to."""
    assert rows_.operations is not None
    own = rows_.operations
    places = np.column_stack([rows_.round, rows_.country, rows_.criterion])[own.total]
    keys = np.column_stack([own.number, places]).tolist()
    return {tuple(key): values for key, values in zip(keys, own.rows.values.tolist(), strict=True)}


@given(SAID)
@LAW
def test_a_group_of_operations_is_compared_by_one_figure_in_each_country(
    several: tuple[Published, Rule], said: Said
) -> None:
    """It is the mean over its countries, in each over all its answers, whatever the standard does with a country."""
    published, rule = several
    then, code = answered_so(published, said), "operations.toy-inc"
    own = [[said["a-one"], said["a-two"]], [said["b-one"]]]
    given_ = view_of(published).parameters(subject=(code, "group.countries"), **WHOLE)
    found = next((row for row in rows(then, COMPARE_FIGURES, given_) if row["subject"] == code), None)
    assert found is not None
    wanted = mean([pooled(together, rule.levels) for together in own])
    if found["n_shown"] == len(own):
        assert close(found["score"], wanted)
    assert found["n_units"] == len(own)
    assert found["low"] == half_up(mean([pooled(together, rule.levels, missing=Fraction(0)) for together in own]))
