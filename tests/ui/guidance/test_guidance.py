"""Does the guidance page say what fits and why, keep its filters, open an item, and tolerate typing errors?"""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.filters import FILTERS
from dashboard.model.guidance import STEPS
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.compare.subjects import REVIEW
from dashboard.queries.guidance_library import GUIDANCE_CRITERIA, GUIDANCE_FOR_YOU, GUIDANCE_LIST, GuidanceStandRow
from dashboard.ui.elements.gap_links import CRITERION_LIBRARY, OPENS
from dashboard.ui.elements.search_results import KINDS, LIBRARY, MOST, by_kind, find
from dashboard.ui.escape import escape_label, one_line
from dashboard.ui.guidance_items import FITTING, FOUND, GUIDANCE_CASES, GUIDANCE_ITEM
from dashboard.ui.guidance_items import finding as told_by
from tests.conftest import MakeView, said
from tests.ui.conftest import (
    OpenPage,
    cells,
    choices,
    choose,
    finding,
    nothing_failed,
    tells,
    texts,
    unfold,
)

ITEM = "G-guards-contract-clause"


def _links(app: AppTest, page: str) -> list[str]:
    """Return the query of every link to one page."""
    return [link.proto.query_string for link in app.main.get("page_link") if link.proto.page == page]


def headed(app: AppTest, kind: str) -> bool:
    """Whether results of a kind were found, with their count."""
    heads = [said(f"search.n_{kind}.{number}").pattern for number in ("one", "other")]
    return any(re.fullmatch(rf"\*\*(?:{head})\*\*", text) for head in heads for text in texts(app))


def _named(app: AppTest) -> list[str]:
    """Return the items that are listed, in order."""
    return [match[1] for cell in cells(app) if (match := re.search(r"&guidance=([\w-]+)", cell))]


def test_what_helps_with_a_gap_comes_first_each_for_another_criterion_and_everything_else_below(
    page: OpenPage, view_of: MakeView
) -> None:
    view = view_of()
    fitting = sorted(rows(view.published, GUIDANCE_FOR_YOU, view.parameters()), key=lambda row: row["turn"] > 1)
    listed = {row["guidance"] for row in rows(view.published, GUIDANCE_LIST, view.parameters())}
    app = page("guidance")
    assert said("guidance.weak.other").search(finding(app))
    helps = view.words.count("guidance.fitting", len(fitting), title=fitting[0]["title"])
    assert finding(app).endswith(helps.replace("*", ""))
    first = [row["guidance"] for row in fitting[:FITTING]]
    assert _named(app)[:FITTING] == first
    assert len({row["criterion"] for row in fitting[:FITTING]}) == FITTING
    acts = [cell for cell in cells(app) if "show_as=form" in cell]
    assert all(f"criterion={row['criterion']}" in act for row, act in zip(fitting, acts, strict=False))
    assert tells(app, "guidance.order")
    others = listed - {row["guidance"] for row in fitting}
    assert tells(app, "guidance.others.other", n=len(others))
    everything = _named(unfold(app))
    assert len(everything) == len(fitting) + len(others)
    assert set(everything) == listed


def _why(app: AppTest, guidance: str) -> str:
    """Return what the cell beside an item says."""
    found = cells(app)
    (at,) = [place for place, cell in enumerate(found) if f"&guidance={guidance})" in cell]
    return found[at + 1]


def test_an_item_says_why_it_is_shown(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(country=("TCD",))
    row = rows(view.published, GUIDANCE_FOR_YOU, view.parameters())[0]
    assert (row["critical"], row["n_nil"], row["n_answered"], row["severity"]) == (True, 1, 1, 4)
    app = page("guidance", {"country": "TCD"})
    card = _why(app, row["guidance"])
    assert row["criterion"] in card
    assert said("number.critical").search(card)
    assert said("guidance.why_nil.one").search(card)
    assert said("guidance.why_risk", grade="■■■■ severe", countries="Chad").search(card)


def test_many_countries_are_not_all_named(page: OpenPage, view_of: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.model.words.MOST_NAMED", 4)
    view = view_of()
    row = rows(view.published, GUIDANCE_FOR_YOU, view.parameters())[0]
    countries = row["countries"] or []
    assert len(countries) > 4
    card = _why(page("guidance"), row["guidance"])
    assert view.words.some("countries", countries) in card
    assert countries[-1] not in card


def test_a_link_that_names_no_item_leads_to_all_of_them(page: OpenPage) -> None:
    app = page("guidance_item")
    assert said("guidance.not_named").fullmatch(finding(app))
    assert _links(app, "guidance")


def test_an_item_opened_by_link_says_all_it_has(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(guidance=ITEM)
    (item,) = rows(view.published, GUIDANCE_ITEM, view.parameters())
    app = page("guidance_item", {"guidance": ITEM})
    nothing_failed(app)
    told = escape_label("\n".join(texts(app)))
    for text in (item["title"], one_line(item["situation"]), *item["functions"], *(item["settings"] or [])):
        assert text in told
    for name in ("this_month", "this_year", "sign_that_it_works", "watch_out"):
        assert said(f"guidance.{name}").search(told)
        assert all(f"- {point}" in told for point in item[name])
    for source in item["sources"]:
        assert source["source"] in told
        assert source["gives"] in told
    assert view.words(f"verification.{item['verification']}") in told
    criteria = rows(view.published, GUIDANCE_CRITERIA, view.parameters())
    acts = [cell for cell in cells(app) if "show_as=form" in cell]
    assert len(acts) == len(criteria) > 1
    assert all(f"criterion={row['criterion']}" in act for row, act in zip(criteria, acts, strict=True))
    cases = rows(view.published, GUIDANCE_CASES, view.parameters())
    assert all(f"case_study={row['case_study']}" in link for row, link in zip(cases, _links(app, "case"), strict=True))


def test_a_criterion_of_another_framework_is_acted_on_in_that_framework(page: OpenPage) -> None:
    app = page("guidance_item", {"guidance": "G-abuse-clause-resellers", "principle": "CRBP-02"})
    nothing_failed(app)
    acts = {cell for cell in cells(app) if "show_as=form" in cell}
    assert any("framework=cop-2014" in act and "criterion=COP14-A1.9" in act for act in acts)
    assert not any("principle=" in act for act in acts), "a principle of one framework means nothing in another"


@pytest.mark.parametrize(
    ("name", "code"), [("function", "procurement"), ("setting", "retail_agents"), ("step", "lead")]
)
def test_the_list_keeps_to_each_filter(name: str, code: str, page: OpenPage, view_of: MakeView) -> None:
    """What helps with a criterion that is kept, then what is kept itself."""
    app = page("guidance")
    everything = rows(view_of().published, GUIDANCE_LIST, view_of().parameters())
    if name in FILTERS:
        choose(app, **{name: code})
    else:
        app.pills(key=name).set_value([code]).run()
    nothing_failed(app)
    assert app.query_params[name] == code
    view = view_of(**{name: (code,)})
    kept = {row["guidance"] for row in rows(view.published, GUIDANCE_LIST, view.parameters())}
    helping = rows(view.published, GUIDANCE_FOR_YOU, view.parameters())
    fitting = {row["guidance"] for row in helping if name != "step" or row["step"] == code}
    assert 0 < len(kept | fitting) < len(everything)
    found = _named(unfold(app))
    assert set(found) == kept | fitting
    assert len(found) == len(set(found))


@pytest.mark.parametrize("query", [{"principle": "CRBP-08"}, {"risk_area": "RA10"}, {"right": "privacy"}])
def test_the_list_keeps_to_the_bar(query: dict[str, str], page: OpenPage, view_of: MakeView) -> None:
    view = view_of(**{name: (code,) for name, code in query.items()})
    kept = {row["guidance"] for row in rows(view.published, GUIDANCE_LIST, view.parameters())}
    fitting = {row["guidance"] for row in rows(view.published, GUIDANCE_FOR_YOU, view.parameters())}
    assert kept
    assert set(_named(unfold(page("guidance", query)))) == kept | fitting


def test_where_nothing_is_kept_it_says_so(page: OpenPage) -> None:
    app = page("guidance", {"function": "procurement", "setting": "mobile_money", "step": "lead", "right": "CRC-09"})
    nothing_failed(app)
    assert tells(app, "guidance.none_kept")
    assert not _named(app)


def test_what_helps_at_other_steps_is_not_called_missing(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    helping = rows(view.published, GUIDANCE_FOR_YOU, view.parameters(function=("sustainability",)))
    steps = {row["step"] for row in helping}
    (other,) = set(STEPS) - steps
    app = page("guidance", {"function": "sustainability", "step": other})
    assert tells(app, "guidance.none_at_step")
    assert not tells(app, "guidance.none_fits")


def test_no_guidance_no_answer_no_gap_and_no_fit_are_four_sentences(view_of: MakeView) -> None:
    view = view_of()
    stand: GuidanceStandRow = {
        "n_guidance": 9,
        "n_criteria": 5,
        "n_weak": 2,
        "n_only_before": 0,
    }
    stands: dict[str, GuidanceStandRow] = {
        "guidance.nothing": {**stand, "n_guidance": 0},
        "guidance.no_answer": {**stand, "n_criteria": 0, "n_weak": 0},
        "guidance.all_in_place": {**stand, "n_weak": 0},
        "guidance.none_fits": stand,
    }
    before: GuidanceStandRow = {**stand, "n_weak": 0, "n_only_before": 1}
    none: GuidanceStandRow = {**before, "n_criteria": 0}
    for counts in (before, none):
        told_of = view.words.say(*told_by(counts, [], []))
        assert "failed earlier in an operation that has not answered it since" in told_of
        assert said("guidance.none_fits").search(told_of)
        assert not said("guidance.no_answer").search(told_of)
    told = {key: view.words.say(*told_by(counts, [], [])) for key, counts in stands.items()}
    assert all(said(key).search(text) for key, text in told.items())
    assert len(set(told.values())) == 4


def test_a_search_with_slips_finds_all_three_kinds(page: OpenPage) -> None:
    app = page("guidance")
    app.text_input(key="search_library").set_value("brith regstration").run()
    nothing_failed(app)
    for typed, read in (("brith", "birth"), ("regstration", "registration")):
        assert tells(app, "search.near", sought=typed, near=read)
    assert {kind for kind in KINDS if headed(app, kind)} == set(LIBRARY)
    assert any("case_study=C03" in link for link in _links(app, "case"))
    assert any("criterion=CRBP-05.g" in link for link in _links(app, "frameworks"))
    assert any("framework=cop-2020" in link for link in _links(app, "frameworks")), "in the framework it belongs to"
    assert any("guidance=G-birth-notice-by-phone" in link for link in _links(app, "guidance_item"))


def test_a_search_says_what_it_found_instead(page: OpenPage, view_of: MakeView) -> None:
    app = page("guidance")
    app.text_input(key="search_library").set_value("Age *check*").run()
    nothing_failed(app)
    found = by_kind(find(view_of(), "age check", LIBRARY))
    kinds = ", ".join(view_of().words.count(f"search.n_{kind}", len(items)) for kind, items in found.items())
    assert finding(app) == view_of().words("search.found", sought="Age *check*", kinds=kinds)
    assert not choices(app, "part")


def test_a_search_that_finds_nothing_says_so_and_guesses_nothing(page: OpenPage) -> None:
    app = page("guidance")
    app.text_input(key="search_library").set_value("regsitartoin").run()
    nothing_failed(app)
    assert said("search.nothing").fullmatch(finding(app))
    assert not any(headed(app, kind) for kind in KINDS)


def test_a_long_search_shows_some_and_the_rest_on_demand(page: OpenPage) -> None:
    app = page("guidance")
    app.text_input(key="search_library").set_value("children").run()
    before = len(_links(app, "frameworks"))
    unfold(app)
    nothing_failed(app)
    assert len(_links(app, "frameworks")) == before + MOST - FOUND
    assert tells(app, "search.left.other")


def test_a_search_that_no_item_answers_in_full_says_so(page: OpenPage) -> None:
    app = page("guidance")
    app.text_input(key="search_library").set_value("birth registration xylophone").run()
    assert tells(app, "search.not_all", n=2, of=3)


def test_a_criterion_leads_to_its_guidance_and_its_cases(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(criterion="CRBP-02.a")
    speaking = rows(view.published, CRITERION_LIBRARY, view.parameters())
    told = "\n".join(texts(page("frameworks", {"criterion": "CRBP-02.a"})))
    for row in speaking:
        page_name, field = OPENS[row["what"]]
        assert re.search(rf"\[{re.escape(row['title'])}\]\({page_name}\?\S+&{field}={row['id']}", told)
    told = "\n".join(texts(page("review", {"criterion": "CRBP-02.a"})))
    assert all(row["title"] in told for row in speaking if row["what"] == "guidance")


def test_under_review_an_answer_that_is_not_in_place_leads_to_an_action(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(criterion="CRBP-02.a")
    answers = rows(view.published, REVIEW, view.parameters())
    open_ = [row["operation"] for row in answers if row["counts_as"] == "answered" and row["value"] != 1]
    acts = [cell for cell in cells(page("review", {"criterion": "CRBP-02.a"})) if "show_as=form" in cell]
    assert len(acts) == len(open_) < len(answers)
    assert all(f"operation={operation}&" in f"{act}&" for operation, act in zip(open_, acts, strict=True))


def test_every_step_has_its_words(words: Words) -> None:
    assert all(words.has(f"guidance.step_{step}") for step in STEPS)
