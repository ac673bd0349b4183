"""Do Changes and One question report their findings in every framework and round, and what was wrong in a link?"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.compare import answer_moves
from dashboard.queries.compare.answer_moves import CHANGES_MOVES
from dashboard.queries.compare.changes import CHANGES
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui import page_content
from dashboard.ui.compare.changes import MOVES, outside_the_mean
from dashboard.ui.compare.moves_chart import silent_and_worse
from dashboard.ui.elements import show
from dashboard.ui.page_content import Carried
from tests.conftest import WRITER, MakeView, said
from tests.queries.test_changes import RISERS
from tests.queries.toys import toys
from tests.ui.conftest import (
    OpenPage,
    cells,
    choices,
    choose,
    finding,
    keys,
    nothing_failed,
    shown,
    tables,
    tells,
    texts,
)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["changes", "review"])
def test_every_framework_and_round_opens(name: str, page: OpenPage, view_of: MakeView) -> None:
    known = view_of().known
    app = page(name)
    for framework in known.frameworks():
        for position, at in enumerate(known.of("round", framework)):
            app.query_params.update({"framework": framework, "round": at})
            app.run()
            nothing_failed(app)
            if name == "review":
                assert said("review.finding.other").match(finding(app))
            elif position == 0:
                assert said("changes.no_earlier").fullmatch(finding(app))
            else:
                assert any(said(f"changes.{way}").fullmatch(finding(app)) for way in ("rose", "fell", "level"))


def test_moves_are_sentences_with_how_many_there_are(page: OpenPage) -> None:
    app = page("changes")
    for move in ("better", "worse", "became_not_applicable", "newly_answered", "no_longer_answered"):
        assert said(f"changes.move_{move}").search("\n".join(texts(app)))
    assert tells(app, "changes.only_not_applicable.other", country="Paraguay", n=3)
    assert tells(app, "changes.move_with_reason", who="Paraguay", now="not applicable")
    assert tells(app, "changes.stands_beside", country="Head office")


def test_the_sentence_and_the_list_count_the_same_answers(page: OpenPage, view_of: MakeView) -> None:
    app = page("changes")
    view = view_of()
    countries = rows(view.published, CHANGES, view.parameters(earlier="2024"))
    better, outside = countries[0]["all_better"], outside_the_mean(countries, ()).n["better"]
    assert outside, "so that the two differ"
    assert said("changes.rose", better=better).fullmatch(finding(app))
    titles = [text.splitlines()[0] for text in texts(app) if text.startswith("**")]
    assert f"**Improved: {better}**" in titles
    assert f"**Improved, not in the mean: {outside}**" in titles
    apart = next(text for text in texts(app) if text.startswith("**Improved, not in the mean"))
    listed = [line for line in apart.splitlines() if line.startswith("- ")]
    assert len(listed) == min(outside, 3)
    assert all(line.startswith(("- **Head office**:", "- **DR Congo**:")) for line in listed)
    within = next(text for text in texts(app) if text.startswith("**Improved:"))
    assert "Head office" not in within
    assert tells(app, "changes.uncovered", country="DR Congo", change="+6", n=8, of=18)


def test_what_failed_and_fell_silent_is_listed_and_counted_as_on_the_overview(page: OpenPage, words: Words) -> None:
    app = page("changes")
    told = "\n".join(texts(app))
    assert "Critical failures **11 → 10** on answers of both rounds; 1 more on answers that are new or reworded" in told
    assert "2 more failed earlier, no answer now (DR Congo, Guatemala)" in told
    assert f"**{words('failures.listed')}: 2**" in told
    assert said("failures.line", who="DR Congo", round="Round 2024", now="unanswered").search(told)
    assert said("failures.line", who="Guatemala", round="Round 2023", now="not known").search(told)
    choose(app, of_country="GTM")
    assert not said("failures.line", who="DR Congo").search("\n".join(texts(app)))


def test_countries_without_a_figure_in_both_rounds_are_named_if_nothing_else_is_left(page: OpenPage) -> None:
    app = page("changes", {"country": "COD"})
    nothing_failed(app)
    assert said("changes.none_covered", earlier="Round 2024", who="DR Congo 8 of 18").fullmatch(finding(app))


def test_one_country_outside_the_mean_is_said_to_be(page: OpenPage) -> None:
    app = page("changes")
    choose(app, of_country="GROUP")
    assert any(text.startswith("**Improved, not in the mean: ") for text in texts(app))
    assert not any(text.startswith("**Improved: ") for text in texts(app))


def test_the_chart_says_that_its_figures_are_of_matched_answers(page: OpenPage, words: Words) -> None:
    app = page("changes")
    assert tells(app, "slope.title", earlier="Round 2024", now="Round 2025")
    assert tells(app, "slope.legend")
    assert f"Round 2024 Round 2025 rose fell no change {words('slope.uncovered_key')} head office" in keys(app)


def test_many_countries_stand_in_rows_and_those_that_moved_least_in_the_table_only(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    monkeypatch.setattr("dashboard.ui.compare.moves_chart.MOST_LINES", 9)
    monkeypatch.setattr("dashboard.ui.compare.moves_chart.MOST_ROWS", 9)
    app = page("changes")
    nothing_failed(app)
    few = words("slope.uncovered_key")
    assert f"Round 2024 Round 2025 rose fell no change {few}" in keys(app), "no line of the head office is dashed"
    assert tells(app, "slope.no_row.other", n=2)
    app.toggle(key="moved_chart_table").set_value(True).run()
    assert len(app.dataframe[0].value) == 11


@pytest.mark.parametrize(("name", "query"), [("changes", {"earlier": "2023"}), ("country", {"operation": "gha-op"})])
def test_a_note_on_a_round_stands_below_every_line_over_the_rounds(
    name: str, query: dict[str, str], page: OpenPage, words: Words
) -> None:
    app = page(name, query)
    nothing_failed(app)
    assert tells(app, "time_axis.note", mark="¹", round="Round 2024", note="Ghana answers for the first time.")
    assert not any(words("time_axis.gap_key") in key for key in keys(app))


@pytest.mark.thorough
def test_a_year_without_a_round_is_a_gap_on_both_pages(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    store, _ = toys(tmp_path, RISERS)
    late = tmp_path / "rounds.csv"
    late.write_text("round,title,starts_on,ends_on\nR2,Second,2031-01-01,2031-03-31\n", "utf-8")
    assert publish(Load(store, [late], WRITER, date(2031, 4, 1))).problems == ()
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    for name in ("changes", "country"):
        app = page(name)
        nothing_failed(app)
        assert any(words("time_axis.gap_key") in key for key in keys(app)), name


def test_whoever_was_not_asked_before_is_one_sentence(page: OpenPage) -> None:
    app = page("changes", {"round": "2024"})
    assert tells(app, "changes.newly_asked_everything.other", who="Ghana")
    assert tells(app, "changes.few", country="Ghana", n=0)


def test_the_round_that_change_is_measured_from_can_be_chosen_and_is_kept(page: OpenPage) -> None:
    app = page("changes")
    assert choices(app, "earlier")["2023"] == "Since Round 2023"
    choose(app, earlier="2023")
    assert said("changes.rose", earlier="Round 2023").fullmatch(finding(app))
    assert app.query_params["earlier"] == "2023"
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/changes.py").run()
    assert shown(app, "earlier") == "2023"


def test_an_earlier_round_in_the_link_that_cannot_be_is_told(page: OpenPage, cold_page: OpenPage) -> None:
    app = page("changes", {"round": "2024", "earlier": "2025"})
    nothing_failed(app)
    assert tells(app, "changes.not_before")
    assert said("changes.rose", earlier="Round 2023").fullmatch(finding(app))
    app.run()
    assert not tells(app, "changes.not_before"), "told once"
    assert "earlier" not in app.query_params
    unknown = cold_page("changes", {"earlier": "2O24"})
    assert tells(unknown, "problem.unknown_code", value="2O24")


def test_the_chart_and_the_moves_have_their_tables(page: OpenPage) -> None:
    app = page("changes")
    assert not app.dataframe
    for key in ("slope_chart_table", "moves_table"):
        app.toggle(key=key).set_value(True)
    app.run()
    nothing_failed(app)
    lines, moves = (table.value for table in app.dataframe)
    assert {"Country", "Matched answers before", "Matched answers now", "Change", "Matched"} <= set(lines.columns)
    assert [button.key for button in app.get("download_button")] == ["slope_chart_download", "moves_download"]
    assert set(moves["Type of change"]) >= {"Improved", "Worsened", "Became not applicable"}


def test_the_file_of_the_moves_has_all_of_them(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a shorter list than the real one, since the sample moves little; in a choice that no other test makes."""
    monkeypatch.setattr(answer_moves, "MOST", 2)
    taken: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(show, "offer", lambda _view, _label, content, name, *_: taken.update({name: content}))
    app = page("changes", {"country": "GHA,COL,TZA,BOL,RWA", "earlier": "2024"})
    app.toggle(key="moves_table").set_value(True).run()
    (listed,) = app.dataframe
    shown = len(listed.value)
    whole = pd.read_csv(BytesIO(taken["moves.csv"]()))
    assert 0 < shown < len(whole)
    assert tells(app, "show.in_the_file.other", n=len(whole) - shown)


def test_rising_by_leaving_out_and_other_words_are_said(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = toys(tmp_path, RISERS, versions="toy=1.0", since="1.2")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("changes")
    nothing_failed(app)
    only = said("changes.only_not_applicable.one", country="Aland", was=38, now=50, kept=38)
    (sentence,) = [text for text in texts(app) if only.search(text)]
    assert said("changes.matched_level", m=2, now=38).search(sentence)
    assert tells(app, "changes.reworded", version="1.2")


def test_a_criterion_is_shown_whole_with_every_operation(page: OpenPage) -> None:
    app = page("review", {"criterion": "CRBP-06.b"})
    nothing_failed(app)
    assert shown(app, "criterion") == "CRBP-06.b"
    (table,) = tables(app)
    assert len(table) == 11
    assert {"● Implemented", "◉ Partly implemented", "· unanswered", "not asked"} <= set(cells(app))
    assert any(":small[:gray[CRBP-06.b]]" in text for text in texts(app))
    assert tells(app, "review.evidence_hint")
    assert tells(app, "review.only_here")


def test_a_criterion_that_the_bar_leaves_out_is_told(page: OpenPage, cold_page: OpenPage) -> None:
    app = page("review", {"criterion": "CRBP-06.b", "principle": "CRBP-01"})
    nothing_failed(app)
    assert tells(app, "review.outside", criterion="CRBP-06.b")
    assert shown(app, "criterion").startswith("CRBP-01")
    other = cold_page("review", {"framework": "cop-2020", "criterion": "CRBP-06.b"})
    assert tells(other, "problem.other_framework", value="CRBP-06.b")


def test_the_moves_are_kept_to_one_country_and_the_chart_is_not(page: OpenPage) -> None:
    app = page("changes")
    whole = [text for text in texts(app) if "**Paraguay**" in text]
    assert any("**Colombia**:" in text for text in texts(app))
    choose(app, of_country="PRY")
    assert whole
    assert not any("**Colombia**:" in text for text in texts(app))
    assert any("**Paraguay**:" in text for text in texts(app))
    assert "COL" in choices(app, "of_country")
    app.query_params["country"] = "COL"
    app.run()
    nothing_failed(app)
    assert shown(app, "of_country") == "", "a country that is not in view is not held on to"


@pytest.mark.parametrize(
    "chosen", [{}, {"country": ("SEN",)}, {"framework": "cop-2020"}, {"country": ("TCD",)}], ids=str
)
def test_beside_the_chart_stands_what_fell_silent_and_what_worsened(
    view_of: MakeView, chosen: dict[str, object]
) -> None:
    view = view_of(**chosen)
    moves = rows(view.published, CHANGES_MOVES, view.parameters(earlier="2024", whole=True))
    silent, worse = ([row for row in moves if row["move"] == name] for name in ("no_longer_answered", "worse"))
    points = silent_and_worse(view, "2024")
    assert len(points) == bool(silent) + bool(worse)
    if silent:
        most, n = Counter(row["country_title"] for row in silent).most_common(1)[0]
        assert points[0].startswith(f"Fell silent: {len(silent)} answer")
        assert f": {most} ({n})" in points[0]
    if worse:
        assert points[-1].startswith(f"{len(worse)} answer")
        assert f"from “{worse[0]['was_title']}” to “{worse[0]['now_title']}”." in points[-1]


def test_the_table_of_moves_counts_each_kind(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch, view_of: MakeView
) -> None:
    carried: list[Carried] = []
    monkeypatch.setattr(page_content, "_takers", [lambda _, drawn: carried.append(drawn)])
    page("changes")
    (table,) = carried[-1].tables
    counts = Counter(table.rows()["move"].to_pylist())
    numbers = [int(one) for one in re.findall(r"\d+", table.finding)]
    assert numbers == [sum(counts.values()), *(counts[name] for name in MOVES if counts[name])]
