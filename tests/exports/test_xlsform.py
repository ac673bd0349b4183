"""Does pyxform accept the form, and does it ask each operation what it owes, with what belongs to each answer?"""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.xlsform import xlsform
from dashboard.model.words import Words
from dashboard.model.workbook import ASKED, AnswerForm, decoded, encoded, question_name, question_named
from tests.phones import XFORM, binds, calculated, form_from, made_from, paths, xform


@pytest.fixture(scope="module")
def everybody(tiny_store: Path) -> ET.Element:
    return made_from(tiny_store)


@given(st.one_of(st.text(min_size=1), st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]*", fullmatch=True)))
def test_every_code_can_be_read_back_from_a_name(code: str) -> None:
    if all(ord(sign) < 0xD800 or ord(sign) > 0xDFFF for sign in code):
        assert decoded(encoded(code)) == code
        assert encoded(code).replace("_", "").isascii()
        assert encoded(code).replace("_", "").isalnum() or not code.strip("-._")
        assert [question_named(question_name(column, code)) for column in ASKED] == [(c, code) for c in ASKED]


def test_names_are_readable_where_the_id_is_plain() -> None:
    assert question_name("status", "CRBP-02.a") == "status_CRBP_02__a"
    assert question_named("instanceID") is None


def test_an_operation_is_asked_only_what_it_owes(tiny_store: Path) -> None:
    # Of its three questions in R2, a-op has answered T1.a and T1.b.
    owed = form_from(tiny_store, "a-op")
    assert owed is not None
    assert [row["criterion"] for row in owed.questions] == ["T2.a"]
    whole = form_from(tiny_store, "a-op", everything=True)
    assert whole is not None
    assert [row["criterion"] for row in whole.questions] == ["T1.a", "T1.b", "T2.a"]


def test_nothing_is_asked_of_somebody_who_has_answered_everything(tiny_store: Path) -> None:
    assert form_from(tiny_store, "toy-hq") is None
    assert form_from(tiny_store, "toy-hq", everything=True) is not None


def test_a_form_for_one_operation_names_it_and_the_round(tiny_store: Path) -> None:
    fixed = calculated(made_from(tiny_store, "a-op"))
    assert fixed["dashboard_operation"] == "a_op"
    assert (fixed["dashboard_round"], fixed["dashboard_versions"]) == ("R2", "toy=1.0")


def test_a_form_for_all_asks_which_operation_and_shows_each_its_own(everybody: ET.Element) -> None:
    assert "dashboard_operation" not in calculated(everybody)
    rules = binds(everybody)
    assert rules["dashboard_operation"]["required"] == "true()"
    # a-op has answered T1.b, only a2-op still owes T1.a, and T2.a is asked of shops alone.
    assert "selected('a2_op b_op', " in rules["criterion_T1__b"]["relevant"]
    assert "selected('a2_op', " in rules["criterion_T1__a"]["relevant"]
    assert "selected('a_op b_op', " in rules["criterion_T2__a"]["relevant"]
    assert "selected('a2_op b_op', " in rules["area_T1"]["relevant"]


def test_a_reason_is_asked_and_required_only_where_something_does_not_apply(everybody: ET.Element) -> None:
    rule = binds(everybody)["na_reason_T1__b"]
    assert rule["relevant"].split() == ["/data/area_T1/criterion_T1__b/status_T1__b", "=", "'na'"]
    assert rule["required"] == "true()"
    for column in ("evidence", "note"):
        assert binds(everybody)[f"{column}_T1__b"]["relevant"].endswith("!= ''")
    assert "required" not in binds(everybody)["status_T1__b"]


def test_the_words_are_those_of_the_scale_and_the_hint_says_what_could_show_it(everybody: ET.Element) -> None:
    text = ET.tostring(everybody, "unicode")
    titles = ("Yes", "Mostly", "Somewhat", "No", "Does not apply", "Do not know")
    assert all(f">{title}<" in text for title in titles)
    select = next(one for one in everybody.iter(f"{XFORM}select1") if one.attrib["ref"].endswith("/status_T1__b"))
    assert [one.text for one in select][:2] == ["Toys are lent.", "Evidence could be: The list of loans."]


def test_questions_are_grouped_by_area(everybody: ET.Element) -> None:
    assert paths(everybody)["status_T2__a"] == "area_T2/criterion_T2__a/status_T2__a"


def test_codes_and_texts_of_any_kind_are_accepted(tiny_store: Path, words: Words) -> None:
    form = form_from(tiny_store)
    assert form is not None
    strange = strangely_named(form)
    asked = xform(xlsform([(strange, words)]))
    assert "selected('op___20one___2fb'" in binds(asked)["criterion_1___5f___2ea"]["relevant"]


def strangely_named(form: AnswerForm) -> AnswerForm:
    """The form with ids, codes and texts that other programs could take for something else."""
    first, second = form.about[:2]
    question = {**form.questions[0], "criterion": "1_.a", "text": "Costs ${price} <b>& more</b>"}
    about = ({**first, "operation": "op one/b"}, second)
    return replace(form, about=about, questions=(question,), asked={"1_.a": ("op one/b",)})


def test_each_question_has_its_own_scale_and_many_answers_fold(tiny_store: Path, words: Words) -> None:
    form = form_from(tiny_store)
    assert form is not None
    numbers = [
        {**form.statuses[0], "of_scale": "grades", "status": str(n), "title": str(n), "number": n} for n in range(101)
    ]
    first, *others = form.questions
    own = replace(form, questions=({**first, "of_scale": "grades"}, *others), statuses=(*form.statuses, *numbers))
    selects = {
        one.attrib["ref"].rpartition("/")[2]: one for one in xform(xlsform([(own, words)])).iter(f"{XFORM}select1")
    }
    assert "100" in values(selects["status_T1__a"], xform(xlsform([(own, words)])))
    assert selects["status_T1__a"].attrib["appearance"] == "minimal autocomplete"
    assert values(selects["status_T1__b"], xform(xlsform([(own, words)]))) == [one["status"] for one in form.statuses]


def values(select: ET.Element, form: ET.Element) -> list[str]:
    """The codes that a question offers."""
    items = next(one for one in select if one.tag == f"{XFORM}itemset").attrib["nodeset"]
    lists = {one.attrib.get("id"): one for one in form.iter(f"{XFORM}instance")}
    return [one.text or "" for one in lists[items.split("'")[1]].iter(f"{XFORM}name")]


def test_the_version_changes_with_the_questions_and_only_then(tiny_store: Path, words: Words) -> None:
    form = form_from(tiny_store)
    assert form is not None
    assert xlsform([(form, words)]) == xlsform([(form, words)])
    assert version(xlsform([(form, words)])) != version(xlsform([(replace(form, questions=form.questions[:1]), words)]))


def version(content: bytes) -> str:
    return next(one for one in xform(content).iter() if "version" in one.attrib).attrib["version"]
