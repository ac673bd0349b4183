"""Are a file's changes shown before they count, published as previewed, undone in one click, and never lost?"""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from filelock import FileLock
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import PAGE, Limits, handed_file
from dashboard.model.publish_preview import COLUMNS, COMPARED, STATES, Changes, Count
from dashboard.model.words import Words
from dashboard.store.history import current_number, history
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.sql import checks, sql
from dashboard.ui.collect import import_publish
from dashboard.ui.collect.collect_page import _stand
from dashboard.ui.session_state import COLLECT_FILES
from dashboard.ui.versions import imported_files as private
from dashboard.ui.view import View
from tests.conftest import ROOT, TODAY, WRITER, rest_thorough, said
from tests.tasks.test_preview import files_of
from tests.ui.collect.test_mapping import use
from tests.ui.conftest import SESSION, OpenPage, cells, finding, nothing_failed, tables, tells, texts

HEADER = "round,operation,criterion,status,note\n"
# Published: 01.b partly, 05.e not implemented (both critical), 02.a and 02.c implemented.
CHANGES = "2025,gha-op,CRBP-01.b,not_implemented,found *wanting*\n"
UNKNOWN = "2025,gha-op,CRBP-01.x,partly,\n"
File = tuple[str, bytes, str]


def answers(*rows: str, name: str = "answers.csv") -> File:
    return name, (HEADER + "".join(rows)).encode(), "text/csv"


@pytest.fixture
def app(own: Path, page: OpenPage) -> AppTest:
    """Return the assessment page over its own store."""
    return page("collect")


def hand_in(app: AppTest, *files: File) -> AppTest:
    app.file_uploader[0].set_value(list(files)).run()
    nothing_failed(app)
    return app


def test_every_format_that_can_be_imported_is_named(app: AppTest) -> None:
    assert "(.csv, .xlsx, .ods, .xls, .xlsb, .parquet)" in app.file_uploader[0].label


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    nothing_failed(app)
    return app


def as_role(app: AppTest, role: str = "facilitator", why: str = "the workshop") -> None:
    app.text_input(key="writer_role").input(role)
    app.text_input(key="writer_why").input(why)
    app.run()


def agree(app: AppTest) -> None:
    """Agree that only few rows of the round are published."""
    (box,) = app.checkbox
    box.check().run()
    nothing_failed(app)


def has(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def another_publishes(store: Path, tmp_path: Path) -> None:
    """Publish as somebody else would in the meantime."""
    theirs = tmp_path / "theirs.csv"
    theirs.write_text(HEADER + "2025,cod-op,CRBP-01.b,not_known,\n", "utf-8")
    assert publish(Load(store, [theirs], WRITER, TODAY)).revision is not None


def test_the_page_says_how_far_the_round_is(app: AppTest) -> None:
    assert said("collect.stand.other", n_begun="11", n="11").fullmatch(finding(app))
    assert app.file_uploader
    assert not has(app, "collect_publish"), "there is nothing to publish"


def test_filters_with_everything_answered_and_with_nobody_are_reported(view_of: Callable[..., View]) -> None:
    words = view_of().words
    stands = {one: words.say(_stand(view_of(country=(one,)))) for one in view_of().known.of("country", "crbp")}
    done = [text for text in stands.values() if said("collect.done.one").fullmatch(text)]
    assert len(done) == 2, "as many as the whole group is told to have"
    view = view_of()
    nobody = replace(view, state=replace(view.state, country=("nowhere",)))
    assert said("collect.nobody_asked").fullmatch(words.say(_stand(nobody)))


def test_what_a_file_would_change_is_told_without_another_click(app: AppTest, own: Path) -> None:
    before = files_of(own)
    same = "2025,gha-op,CRBP-02.a,implemented,\n"
    hand_in(app, answers(CHANGES, UNKNOWN, same))
    parts = "2 are changed, 1 row is left out"
    assert tells(app, "collect.of_answers", of="Ghana, Round 2025", parts=parts)
    assert tells(app, "collect.raised.one")
    assert any(said("problem.unknown_criterion", value="CRBP-01.x").search(text) for text in texts(app))
    assert tells(app, "collect.fix_unknown_criterion")
    assert tells(app, "collect.taken_away.other", n="2"), "who answered, when, and what was seen"
    (first,) = [table for table in tables(app) if read_words()("collect.on") in table.columns]
    line = first.iloc[0]
    assert line["Row"].startswith("A commitment approved at the highest level")
    assert ":gray[CRBP-01.b]" in line["Row"]
    assert read_words()("collect.flag_raised") in line["Row"]
    told = line["Published → after publishing"].split("  \n")
    assert told[0] == "**Status** Partly implemented → Not implemented"
    assert "**Note** – → found *wanting*" in told, "a note dresses up nothing"
    assert files_of(own) == before


@pytest.mark.thorough
def test_scores_are_told_before_and_after_respect_and_support_apart(app: AppTest) -> None:
    hand_in(app, answers(CHANGES, "2025,gha-op,CRBP-03.c,implemented,\n"))
    found = [table for table in tables(app) if read_words()("collect.rests_on") in table.columns]
    assert [caption.value for caption in app.caption if caption.value in ("Respect", "Support")] == [
        "Respect",
        "Support",
    ]
    assert len(found) == 2
    respect = found[0].iloc[0]
    assert respect["Country"] == "Ghana, Round 2025"
    assert int(respect["Before"]) > int(respect["Now"])
    assert respect["Critical failures"] == "1 → 2"


@pytest.mark.thorough
def test_several_files_are_one_preview(app: AppTest) -> None:
    hand_in(app, answers(CHANGES), answers("2025,tcd-op,CRBP-01.b,implemented,\n"))
    assert tells(app, "collect.of_answers", of="Ghana, Round 2025")
    assert tells(app, "collect.of_answers", of="Chad, Round 2025")


@pytest.mark.parametrize(("years", "form"), rest_thorough([(["2031", "2032"], "other"), (["2031"], "one")]))
def test_rows_of_a_list_are_counted(app: AppTest, years: list[str], form: str) -> None:
    rows = [f"{year},Round {year},{year}-01-01,{year}-12-31\n" for year in years]
    content = "".join(["round,title,starts_on,ends_on\n", *rows])
    hand_in(app, ("rounds.csv", content.encode(), "text/csv"))
    assert tells(app, f"collect.other.{form}", n=str(len(years)), form="rounds")


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["../../out.csv", "a\0b.csv", "..", "", "/", "n" * 300 + ".csv"])
def test_whatever_a_file_is_called_it_is_told_and_stays_in_its_room(app: AppTest, tmp_path: Path, name: str) -> None:
    hand_in(app, answers(CHANGES, name=name))
    assert tells(app, "collect.would_change") or tells(app, "problem.not_written")
    assert tells(app, "collect.raised.one") or tells(app, "problem.format") or tells(app, "problem.not_written")
    assert not list(tmp_path.rglob("out.csv"))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"), "a_picture"),
        (("noise.xlsx", b"no workbook at all", "application/x"), "text_inside"),
        (("print.pdf", b"%PDF-1.7", "application/pdf"), "a_pdf"),
        (("words.docx", b"PK", "application/x"), "format"),
        (("results.json", b'{"assessment-results": {}}', "application/json"), "oscal"),
        (("empty.csv", b"", "text/csv"), "empty_file"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence_with_what_to_do(app: AppTest, file: File, kind: str) -> None:
    hand_in(app, file)
    assert tells(app, "collect.refused")
    assert tells(app, f"problem.{kind}")
    assert tells(app, f"collect.fix_{kind}")
    assert not has(app, "collect_publish")
    assert not has(app, "collect_try")
    offers = [str(button.proto.label) for button in app.get("download_button")]
    assert read_words()("mapping.marked_offer") not in offers, "there is no row to mark"
    press(app, "collect_discard")
    assert not tells(app, "collect.refused")


@pytest.mark.thorough
def test_a_table_of_something_else_waits_until_somebody_says_what_it_is_or_puts_it_away(app: AppTest) -> None:
    hand_in(app, ("other.csv", b"what,is,this\n1,2,3\n", "text/csv"))
    assert tells(app, "mapping.not_ours", file="other.csv")
    assert not tells(app, "collect.would_change")
    assert not has(app, "collect_publish")
    press(app, "collect_discard")
    assert not tells(app, "mapping.not_ours")


@pytest.mark.thorough
def test_what_changes_nothing_says_so_and_cannot_be_published(app: AppTest) -> None:
    hand_in(app, ("a.csv", b"round,operation,criterion,status\n2025,nowhere,CRBP-01.b,partly\n", "text/csv"))
    assert tells(app, "collect.nothing_new")
    assert not has(app, "collect_publish")


@pytest.mark.thorough
def test_a_row_with_two_problems_is_one_row_in_preview_list_and_result(app: AppTest) -> None:
    twice = "2025,gha-op,CRBP-01.b,whatever,2031-01-01\n"
    header = "round,operation,criterion,status,answered_on\n"
    rows = [twice, "2025,gha-op,CRBP-01.x,partly,\n", "2025,gha-op,CRBP-02.a,partly,\n"]
    hand_in(app, ("a.csv", (header + "".join(rows)).encode(), "text/csv"))
    use(app)
    assert tells(app, "collect.part_rejected.other", n=2)
    assert len([text for text in texts(app) if said("collect.n_row_of.one", of=2).search(text)]) == 2
    assert tells(app, "collect.n_row_again"), "its other problem is told too"
    agree(app)
    as_role(app)
    press(app, "collect_publish")
    assert tells(app, "collect.left_out.other", n=2)


@pytest.mark.thorough
def test_publishing_makes_what_was_seen_a_step_and_one_click_undoes_it(app: AppTest, own: Path) -> None:
    hand_in(app, answers(CHANGES, UNKNOWN))
    as_role(app)
    agree(app)
    press(app, "collect_publish")
    assert tells(app, "collect.published", number="2")
    assert tells(app, "collect.left_out.one")
    assert not tells(app, "collect.would_change"), "what is published is put away"
    (latest, _) = history(own)
    assert (latest.role, latest.why, latest.files[0][0]) == ("facilitator", "the workshop", "answers.csv")
    press(app, "collect_undo")
    assert tells(app, "collect.undone", number="2", step="3")
    undone = next(history(own))
    assert (undone.number, undone.kind, undone.role) == (3, "revert", "facilitator")
    assert said("collect.undo_why", number="2").fullmatch(undone.why)
    assert not has(app, "collect_undo"), "undone once"


def test_most_answers_of_an_operation_are_withdrawn_only_once_that_is_wanted(app: AppTest) -> None:
    with (ROOT / "data" / "answers" / "2025.csv").open(encoding="utf-8") as stream:
        answered = [row["criterion"] for row in csv.DictReader(stream) if row["operation"] == "gha-op"]
    rows = [f"2025,gha-op,{code},unanswered,\n" for code in answered]
    hand_in(app, answers(*rows[: len(rows) // 10]))
    assert not app.checkbox, "a few answers may be withdrawn"
    hand_in(app, answers(*rows))
    (box,) = app.checkbox
    assert said("collect.withdrawn", operations="Ghana", round="Round 2025").match(box.label)
    assert app.button(key="collect_publish").disabled
    box.check().run()
    assert not app.button(key="collect_publish").disabled


def test_few_rows_of_a_round_are_published_only_once_that_is_wanted(app: AppTest) -> None:
    hand_in(app, answers(CHANGES, UNKNOWN))
    assert app.button(key="collect_publish").disabled
    (box,) = app.checkbox
    assert said("collect.few_rows", n_in="1", n="2", round="Round 2025").match(box.label)
    agree(app)
    assert not app.button(key="collect_publish").disabled
    hand_in(app, answers(CHANGES, UNKNOWN, UNKNOWN.replace("01.x", "01.y")))
    assert app.button(key="collect_publish").disabled, "other files are asked about anew"
    hand_in(app, answers(CHANGES))
    assert not app.checkbox
    assert not app.button(key="collect_publish").disabled


@pytest.mark.thorough
def test_without_a_role_nothing_is_published_and_nothing_is_lost(app: AppTest, own: Path) -> None:
    hand_in(app, answers(CHANGES))
    press(app, "collect_publish")
    assert tells(app, "problem.role_missing")
    assert current_number(own) == 1
    as_role(app)
    press(app, "collect_publish")
    assert current_number(own) == 2


@pytest.mark.thorough
def test_a_publication_that_fails_loses_nothing(app: AppTest, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(app, answers(CHANGES))
    as_role(app)
    monkeypatch.setattr("dashboard.store.locking.LOCK_SECONDS", 0)
    with FileLock(own / "LOCK"):
        press(app, "collect_publish")
    assert tells(app, "problem.busy")
    assert tells(app, "collect.of_answers"), "the preview stands there still"
    press(app, "collect_publish")
    assert current_number(own) == 2


@pytest.mark.thorough
def test_files_are_kept_while_another_page_is_open(app: AppTest) -> None:
    hand_in(app, answers(CHANGES, name="ghana.csv"))
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/collect.py").run()
    nothing_failed(app)
    assert tells(app, "collect.kept", names="ghana.csv")
    assert tells(app, "collect.raised.one")


@pytest.mark.thorough
def test_taking_the_file_out_of_the_chooser_takes_the_preview_away(app: AppTest) -> None:
    hand_in(app, answers(CHANGES))
    app.file_uploader[0].set_value([]).run()
    nothing_failed(app)
    assert not tells(app, "collect.would_change")


@pytest.mark.thorough
def test_a_step_that_comes_between_is_told_and_what_differs_is_shown_anew(
    app: AppTest, own: Path, tmp_path: Path
) -> None:
    hand_in(app, answers(CHANGES, "2025,cod-op,CRBP-01.b,not_known,\n"))
    as_role(app)
    assert len(_sentences(app)) == 2
    assert not any("stays as it is" in text for text in texts(app))
    button = app.button(key="collect_publish")
    another_publishes(own, tmp_path)
    button.click().run()
    nothing_failed(app)
    assert current_number(own) == 2, "theirs alone"
    assert tells(app, "collect.since", number="2")
    assert any("1 stays the same" in text for text in texts(app)), "compared with what is published now"
    press(app, "collect_publish")
    assert current_number(own) == 3


def _sentences(app: AppTest) -> list[str]:
    return [line for text in texts(app) for line in text.splitlines() if said("collect.of_answers").search(line)]


@pytest.mark.thorough
def test_what_somebody_has_published_since_is_not_undone(app: AppTest, own: Path, tmp_path: Path) -> None:
    hand_in(app, answers(CHANGES))
    as_role(app)
    press(app, "collect_publish")
    undo = app.button(key="collect_undo")
    another_publishes(own, tmp_path)
    undo.click().run()
    nothing_failed(app)
    assert current_number(own) == 3
    assert tells(app, "collect.later", number="2", latest="3")
    assert not has(app, "collect_undo")


def test_what_is_too_large_for_a_page_is_told(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.ui.collect.import_publish.MOST_BYTES", 40)
    hand_in(app, answers(CHANGES))
    assert tells(app, "problem.too_large")
    assert not tells(app, "collect.would_change")
    monkeypatch.undo()


@pytest.mark.thorough
def test_a_file_past_the_limits_of_a_page_is_told_and_nothing_of_it_is_kept(
    app: AppTest, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, there = files_of(own), {folder.path for folder in private._folders}
    monkeypatch.setattr("dashboard.ui.versions.imported_files.PAGE", Limits(rows=1))
    hand_in(app, answers(CHANGES, UNKNOWN))
    assert tells(app, "problem.too_many_rows", value="2")
    assert not has(app, "collect_publish")
    monkeypatch.setattr("dashboard.ui.versions.imported_files.PAGE", replace(PAGE, memory=120_000_000))
    hand_in(app, answers(CHANGES, name="again.csv"))
    assert tells(app, "problem.out_of_memory")
    assert not has(app, "collect_publish")
    new = [folder.path for folder in private._folders if folder.path.exists() and folder.path not in there]
    assert not [path for folder in new for path in folder.rglob("*.duckdb*")]
    assert files_of(own) == before
    monkeypatch.setattr("dashboard.ui.versions.imported_files.PAGE", PAGE)
    app.run()
    assert tells(app, "problem.out_of_memory"), "it is not read anew with every click"
    hand_in(app, answers(CHANGES, name="again.csv"))
    assert has(app, "collect_publish"), "but when it is chosen once more"


@pytest.mark.thorough
def test_where_there_is_no_room_for_another_that_is_told(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "MOST_FOLDERS", 0)
    hand_in(app, answers(CHANGES))
    assert tells(app, "problem.no_room", value="0")


@pytest.mark.thorough
def test_room_is_given_back(app: AppTest, own: Path) -> None:
    hand_in(app, answers(CHANGES))
    (folder,) = [folder for folder in private._folders if folder.leave.alive]
    assert (folder.path / "proof.duckdb").exists()
    assert own not in folder.path.parents
    clear_session_resource_cache(SESSION)
    assert not folder.path.exists(), "as when the browser is gone"


@pytest.mark.thorough
def test_a_server_that_others_can_reach_tells_and_tries_but_does_not_publish(
    own: Path, page: OpenPage, open_to_all: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TRIALS", "1")
    app = hand_in(page("collect"), answers(CHANGES))
    assert tells(app, "collect.of_answers")
    assert tells(app, "problem.may_not_publish")
    assert not has(app, "collect_publish")
    assert has(app, "collect_try")


@pytest.mark.parametrize("named", [False, True], ids=["all addresses", "a proxy's name"])
def test_a_server_that_others_can_reach_takes_no_files_unless_whoever_runs_it_allows_them(
    named: bool, page: OpenPage, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if named:
        monkeypatch.setenv("DASHBOARD_PUBLIC_NAMES", "dashboard.example.org")
    else:
        request.getfixturevalue("open_to_all")
    app = page("collect")
    nothing_failed(app)
    assert not app.get("file_uploader")
    assert tells(app, "problem.may_not_try", value="dashboard.example.org" if named else "0.0.0.0")  # noqa: S104
    assert tells(app, "collect.stand.other"), "the rest of the page is there"


def test_the_data_page_says_where_answers_are_handed_in(page: OpenPage) -> None:
    app = page("data/publications")
    assert any(said("data.answers_there").fullmatch(link.proto.label) for link in app.get("page_link"))


@pytest.mark.thorough
def test_many_problems_of_one_kind_are_shown_on_demand(app: AppTest) -> None:
    hand_in(app, answers(*(f"2025,gha-op,CRBP-01.{letter},partly,\n" for letter in "pqrstuvw")))

    def shown() -> list[str]:
        return [text for text in texts(app) for _ in re.findall("is not a criterion", text)]

    assert tells(app, "collect.n_row.other", n=8)
    assert len(shown()) == 5
    app.toggle(key="collect_all_row_unknown_criterion").set_value(True).run()
    assert len(shown()) == 8


# Grouping and wording, without a page.


def test_every_kind_of_problem_of_a_table_says_what_to_do(words: Words) -> None:
    found = set()
    for name in (*checks("facts"), *checks("plan"), *checks("masters")):
        found |= set(re.findall(r"SELECT '(\w+)', (?:'|form|s\.form)", sql(name)))
    for file in ("table_files", "staging"):
        source = (ROOT / "src" / "dashboard" / "loading" / f"{file}.py").read_text("utf-8")
        found |= set(re.findall(r"Problem\(\s*\"(\w+)\"", source))
    found -= {"and_more"}
    assert len(found) > 25
    assert not {kind for kind in found if not words.has(f"collect.fix_{kind}")}


def test_every_state_form_and_column_has_its_words(words: Words) -> None:
    assert all(words.has(f"collect.of_{form}") for form in COMPARED)
    assert all(words.has(f"collect.part_{state}.one") for state in STATES)
    assert all(words.has(f"collect.column_{column}") for column in COLUMNS)


def test_rows_are_counted_by_what_is_asked_of_them() -> None:
    one = Count("answers", "2025", "gha-op", "new", 3)
    changes = Changes((one, replace(one, operation="cod-op")), n_torn=2, left_out=(("off_scale", 1), ("torn_row", 2)))
    assert (changes.n("new"), changes.n("new", operation="cod-op"), changes.n_out) == (6, 3, 3)
    assert not Changes().anything


@pytest.mark.thorough
def test_an_action_is_told_with_the_words_of_its_criterion(app: AppTest) -> None:
    header = "action,operation,text,owner_role,due_on,criterion,status,priority,expected_status\n"
    row = "A-900,gha-op,Sign it,Company secretary,2026-05-01,CRBP-01.b,open,high,implemented\n"
    hand_in(app, ("actions.csv", (header + row).encode(), "text/csv"))
    assert tells(app, "collect.of_actions", of="Ghana", parts="1 is new")
    assert "**What to do** Sign it" in cells(app)
    as_role(app)
    press(app, "collect_publish")
    row = row.replace("open,high,implemented", "in_progress,low,partly")
    hand_in(app, ("actions.csv", (header + row).encode(), "text/csv"))
    (told,) = [cell.split("  \n") for cell in cells(app) if cell.startswith("**Status**")]
    assert told == [
        "**Status** open → in progress",
        "**Priority** high → low",
        "**Expected status** Implemented → Partly implemented",
    ]


@pytest.mark.parametrize(
    ("name", "kept"), [("a/b.csv", "b.csv"), ("\udcffä.csv", "ä.csv"), ("..", "file"), ("", "file")]
)
def test_a_name_that_no_file_can_have_is_mended(name: str, kept: str) -> None:
    assert handed_file(name, b"").name == kept


def test_a_file_that_the_server_no_longer_holds_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser names it all the same when it connects again after a restart."""
    monkeypatch.setattr(st, "session_state", {"chosen": [DeletedFile("gone")]})
    import_publish._keep("chosen")
    assert COLLECT_FILES.get() == ()
