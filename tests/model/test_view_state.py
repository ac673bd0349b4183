"""Does a view state survive its way into a URL and back, and is anything unknown reported?"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.filters import FILTERS
from dashboard.model.known_codes import KINDS, Known
from dashboard.model.view_state import FIELDS, MANY, MOST, ViewState, from_query, from_values, normalised, to_query

KNOWN = Known(
    {
        "framework": {"crbp": ("crbp",), "cop-2014": ("cop-2014",)},
        "round": {"crbp": ("2023", "2024", "2025"), "cop-2014": ("2024", "2025")},
        "country": {"crbp": ("BOL", "GHA", "GROUP"), "cop-2014": ("BOL", "TCD")},
        "operation": {"crbp": ("bol-op", "gha-op"), "cop-2014": ("bol-op", "tcd-op")},
        "principle": {"crbp": ("crbp-p01", "crbp-p02"), "cop-2014": ("cop14-a1",)},
        "subject": {
            "crbp": ("group.countries", "region.africa", "bol-op", "gha-op"),
            "cop-2014": ("group.countries", "bol-op", "tcd-op"),
        },
        "criterion": {"crbp": ("CRBP-01.a", "CRBP-01.b"), "cop-2014": ("COP14-A1.1",)},
        "status": {"crbp": ("implemented", "partly"), "cop-2014": ("yes",)},
        "risk_area": {"": ("RA01", "RA02", "RA12")},
        "right": {"": ("privacy", "CRC-16", "CRC-34")},
        "function": {"": ("board", "hr")},
        "setting": {"": ("retail_agents", "office")},
        "indicator": {"": ("internet_users", "hotline")},
        "wording": {"": ("en", "fr")},
        "impact": {"": ("I-1", "I-2")},
        "guidance": {"": ("G-1", "G-2")},
        "case_study": {"": ("C01",)},
        "case_country": {"": ("KEN", "TZA")},
        "action": {"": ("A-1", "A-2")},
        "tour": {"": ("short", "long", "group")},
        "exercise": {"": ("group",)},
        "tour_step": {"short": ("1",), "long": ("1", "2", "3"), "group": ("1", "2")},
        "publication": {"": ("7",)},
    },
    languages=("en", "fr", "xx"),
    formerly={"P-1": "crbp-p01", "CRBP-1.a": "CRBP-01.a", "A.1": "COP14-A1.1", "gone": "nothing"},
)
STRANGE = ("", "nowhere", "Ghana", "GHA,BOL", "é&=%", "crbp ", *KNOWN.formerly)

IMAGINED = (
    "called~Girls_20first", "called~", "called~Girls first", "in~2025", "in~1999", "all~planned~2026-06-30",
    "GHA~planned~soon", "GHA~crbp-p01~implemented", "gha-op~CRBP-01.a~partly", "gha-op~CRBP-01.a~yes",
    "tcd-op~CRBP-01.a~partly", "all~A.1~yes", "all~crbp-p01", "~~", "a~b~c~d",
)  # fmt: skip
"""Codes of a scenario, right and wrong: off the scale of the criterion, or in an operation that it is not asked of."""


def _one(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from((*KNOWN.anywhere(name), *STRANGE))


def _many(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(_one(name), max_size=4).map(tuple)


def _at_a_round(subject: str, round_: str, named: bool) -> str:
    return f"{subject}@{round_}" if named else subject


STATES = st.builds(
    ViewState,
    framework=_one("framework"),
    round=_one("round"),
    country=_many("country"),
    principle=_many("principle"),
    risk_area=_many("risk_area"),
    right=_many("right"),
    kind=st.sampled_from((*KINDS, "neither")),
    operation=_one("operation"),
    common=_one("common"),
    counting=_one("counting"),
    subject=st.lists(st.builds(_at_a_round, _one("subject"), _one("round"), st.booleans()), max_size=8).map(tuple),
    by=_one("by"),
    focus=_one("focus"),
    earlier=_one("round"),
    since=st.sampled_from(("", "1", "12", "x", "１")),
    criterion=_one("criterion"),
    of_setting=_one("of_setting"),
    of_country=_one("of_country").filter(lambda code: "," not in code),
    shade=_one("shade"),
    show_as=_one("show_as"),
    indicator=_one("indicator"),
    function=_many("function"),
    step=_many("step"),
    case_country=_many("case_country"),
    case_kind=_many("case_kind"),
    confidence=_many("confidence"),
    guidance=_one("guidance"),
    case_study=_one("case_study"),
    impact=_one("impact"),
    action=_one("action"),
    tour=_one("tour"),
    tour_step=_one("tour_step"),
    publication=_one("publication"),
    back=st.sampled_from(("", "workshop;framework:crbp;country:BOL!GHA", "nowhere;round:2024", "heatmap")),
    picked=_many("picked"),
    looked=st.lists(_one("looked"), max_size=9).map(tuple),
    agreed=_many("agreed"),
    imagined=st.lists(st.sampled_from((*IMAGINED, *STRANGE)), max_size=5).map(tuple),
    lang=_one("lang"),
)


@given(STATES)
def test_a_settled_state_comes_back_from_its_own_url(state: ViewState) -> None:
    assert from_query(to_query(normalised(state, KNOWN)), KNOWN) == (normalised(state, KNOWN), ())


@given(STATES)
def test_any_state_comes_back_from_its_url_settled(state: ViewState) -> None:
    whole = [name for name in MANY if all("," not in code for code in getattr(state, name))]
    fewer: dict[str, Any] = {name: () for name in MANY if name not in whole}
    state = replace(state, **fewer)
    found, _ = from_query(to_query(state), KNOWN)
    assert found == normalised(state, KNOWN)


@given(STATES)
def test_settling_twice_changes_nothing(state: ViewState) -> None:
    once = normalised(state, KNOWN)
    assert normalised(once, KNOWN) == once


@given(STATES)
def test_only_known_codes_of_one_framework_are_left(state: ViewState) -> None:
    found = normalised(state, KNOWN)
    assert found.framework in KNOWN.frameworks()
    assert found.round in KNOWN.of("round", found.framework)
    assert set(found.principle) <= set(KNOWN.of("principle", found.framework))
    for name in FILTERS:
        assert set(getattr(found, name)) <= set(KNOWN.anywhere(name))
    assert len(found.subject) <= MOST
    for code in found.subject:
        base, _, at = code.partition("@")
        assert base in KNOWN.of("subject", found.framework)
        assert at in ("", *KNOWN.of("round", found.framework))
        assert at != found.round
    assert found.focus in ("", *KNOWN.of(found.by, found.framework))
    assert found.earlier in ("", *KNOWN.of("round", found.framework))
    assert found.earlier != found.round
    assert found.since in ("", "1", "12")
    assert found.operation in ("", *KNOWN.of("operation", found.framework))


@given(st.dictionaries(st.sampled_from((*FIELDS, "utm_source", "page")), st.text(max_size=40)))
def test_any_query_at_all_becomes_a_state_that_can_be_shown(query: dict[str, str]) -> None:
    found, problems = from_query(query, KNOWN)
    assert found == normalised(found, KNOWN)
    assert {problem.column for problem in problems} <= set(FIELDS)


@given(STATES)
def test_what_widgets_hold_becomes_the_same_state(state: ViewState) -> None:
    held = {name: list(getattr(state, name)) if name in MANY else getattr(state, name) for name in FIELDS}
    assert from_values(held) == state


def test_nothing_held_is_the_plain_state() -> None:
    assert from_values({"kind": None}) == ViewState()


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("country", "GHANA", "GHA"),
        ("framework", "crpb", "crbp"),
        ("round", "2052", "2025"),
        ("risk_area", "RA002", "RA02"),
        ("principle", "crbp-p1", "crbp-p01"),
        ("kind", "suport", "support"),
        ("common", "yess", "yes"),
        ("counting", "sen", "seen"),
        ("lang", "zz-unlike", None),
        ("operation", "qqq", None),
    ],
)
def test_an_unknown_code_is_reported_with_the_nearest_and_dropped(name: str, text: str, hint: str | None) -> None:
    found, problems = from_query({name: text}, KNOWN)
    (problem,) = problems
    assert (problem.kind, problem.column, problem.value) == ("unknown_code", name, text)
    assert problem.hint == hint
    assert not problem.serious
    assert found == normalised(ViewState(), KNOWN)


def test_known_codes_beside_an_unknown_one_stay() -> None:
    found, problems = from_query({"country": "GHA,nowhere,BOL"}, KNOWN)
    assert found.country == ("BOL", "GHA")
    assert [problem.value for problem in problems] == ["nowhere"]


@pytest.mark.parametrize("name", ["framework", "round", "operation", "criterion", "guidance", "action"])
def test_of_several_codes_for_one_choice_the_last_counts_and_the_others_are_reported(name: str) -> None:
    codes = KNOWN.of(name, "crbp") if name != "framework" else ("cop-2014", "crbp")
    first, *_, last = codes
    found, problems = from_query({name: f"{first},{last},nowhere"}, KNOWN)
    assert getattr(found, name) == last
    assert [(problem.kind, problem.column, problem.value) for problem in problems] == [
        ("unknown_code", name, "nowhere"),
        ("one_of_several", name, first),
    ]
    assert from_query({name: f"{last},{last}"}, KNOWN) == (found, ()), "said twice is said once"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"criterion": "CRBP-1.a"}, {"criterion": "CRBP-01.a"}),
        ({"principle": "P-1,crbp-p02"}, {"principle": ("crbp-p01", "crbp-p02")}),
        ({"principle": "P-1,crbp-p01"}, {"principle": ("crbp-p01",)}),
        ({"focus": "P-1"}, {"focus": "crbp-p01"}),
        ({"framework": "cop-2014", "criterion": "A.1"}, {"framework": "cop-2014", "criterion": "COP14-A1.1"}),
    ],
)
def test_a_link_with_a_former_name_opens_the_present_one_without_a_word(
    query: dict[str, str], found: dict[str, object]
) -> None:
    state, problems = from_query(query, KNOWN)
    assert problems == ()
    assert state == replace(normalised(ViewState(str(found.get("framework", ""))), KNOWN), **found)  # type: ignore[arg-type]
    assert from_query(to_query(state), KNOWN) == (state, ())


@pytest.mark.parametrize("name", ["country", "round", "operation", "right"])
def test_a_former_name_means_nothing_in_another_field(name: str) -> None:
    _, problems = from_query({name: "P-1"}, KNOWN)
    assert [(problem.kind, problem.value) for problem in problems] == [("unknown_code", "P-1")]


def test_a_former_name_that_leads_nowhere_is_reported_as_it_stands_in_the_link() -> None:
    _, problems = from_query({"criterion": "gone"}, KNOWN)
    assert [(problem.kind, problem.value) for problem in problems] == [("unknown_code", "gone")]


def test_a_page_that_is_not_there_is_reported_with_the_nearest() -> None:
    found, (problem,) = from_query({"no_page": "rissks", "country": "GHA"}, KNOWN)
    assert (problem.kind, problem.value, problem.hint) == ("no_such_page", "rissks", "risks")
    assert found.country == ("GHA",)


def test_codes_of_another_framework_fall_away_and_are_reported() -> None:
    query = {"framework": "cop-2014", "principle": "crbp-p01", "country": "GHA,BOL", "round": "2023"}
    found, problems = from_query(query, KNOWN)
    told = [(problem.kind, problem.column, problem.value) for problem in problems]
    assert told == [
        ("other_framework", "round", "2023"),
        ("other_framework", "principle", "crbp-p01"),
    ]
    assert found == ViewState("cop-2014", "2025", country=("BOL", "GHA")), "a country is the same in every framework"


def test_subjects_keep_their_order_and_their_rounds_and_the_round_in_view_goes_without_saying() -> None:
    found, problems = from_query({"round": "2025", "subject": "gha-op,bol-op@2024,gha-op@2025,region.africa"}, KNOWN)
    assert found.subject == ("gha-op", "bol-op@2024", "region.africa")
    assert problems == ()


@pytest.mark.parametrize("code", ["gha-op@2052", "nowhere@2024", "gha-opp"])
def test_a_subject_or_a_round_of_it_that_is_not_known_is_reported(code: str) -> None:
    found, problems = from_query({"subject": f"{code},bol-op"}, KNOWN)
    assert [(problem.kind, problem.value) for problem in problems] == [("unknown_code", code)]
    assert found.subject == ("bol-op",)


def test_a_seventh_subject_is_left_out_and_reported() -> None:
    codes = [f"{code}{at}" for code in ("gha-op", "bol-op") for at in ("", "@2023", "@2024")] + ["region.africa"]
    found, problems = from_query({"round": "2025", "subject": ",".join(codes)}, KNOWN)
    assert found.subject == tuple(codes[:6])
    assert [(problem.kind, problem.value) for problem in problems] == [("too_many", "region.africa")]


def test_a_subject_given_twice_or_of_another_framework_takes_no_place_of_the_six() -> None:
    codes = [f"{code}{at}" for code in ("gha-op", "bol-op") for at in ("", "@2023", "@2024")]
    given = ["gha-op@2025", "tcd-op", *codes, codes[-1]]
    found, problems = from_query({"framework": "crbp", "round": "2025", "subject": ",".join(given)}, KNOWN)
    assert found.subject == tuple(codes)
    assert [(problem.kind, problem.value) for problem in problems] == [("other_framework", "tcd-op")]


def test_a_parameter_that_is_not_ours_is_left_alone() -> None:
    assert from_query({"utm_source": "mail"}, KNOWN) == (normalised(ViewState(), KNOWN), ())


def test_the_url_carries_framework_and_round_always_and_the_rest_only_where_it_is_not_plain() -> None:
    plain = normalised(ViewState(), KNOWN)
    assert to_query(plain) == {"framework": "crbp", "round": "2025"}
    chosen = replace(plain, country=("BOL", "GHA"), common="yes", kind="support", lang="fr")
    assert to_query(chosen) == {
        "framework": "crbp",
        "round": "2025",
        "country": "BOL,GHA",
        "kind": "support",
        "common": "yes",
        "lang": "fr",
    }


@given(STATES)
def test_the_url_holds_codes_and_nothing_else(state: ViewState) -> None:
    for name, text in to_query(normalised(state, KNOWN)).items():
        assert all(KNOWN.is_anywhere(name, code) for code in text.split(","))


def test_with_nothing_published_there_is_still_a_state() -> None:
    assert normalised(ViewState("crbp", "2025", ("GHA",)), Known()) == ViewState()


def test_framework_texts_fall_back_to_english_where_a_language_has_none() -> None:
    assert (KNOWN.wording("fr"), KNOWN.wording("xx")) == ("fr", "en")
