"""Is the guess for a sheet in another format shown with reasons, corrected by choices, and accepted by one click?"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from dashboard.model.known_codes import GRADES
from dashboard.model.problem import HandedFile, Problem
from dashboard.model.words import Words
from dashboard.store.named_files import stored_mappings
from dashboard.tasks.problem_groups import marked_files
from dashboard.ui.collect import collect_page as assess_parts
from dashboard.ui.collect.import_preview import offer_marked
from dashboard.ui.collect.mapping_page import map_sheet, mapped_files
from dashboard.ui.view import View
from tests.conftest import copy_of, said
from tests.loading.foreign import write_book, write_csv
from tests.ui.conftest import OpenPage, cells, nothing_failed, tells
from tests.ui.test_words import Data, brackets, data, in_brackets, written  # noqa: F401

RIGHT = [["Question", "Answer", "Colour"], ["CRBP-02.a", "Sí", "red"], ["CRBP-02.b", "Parcialmente", ""]]
OpenSheet = Callable[[Path], tuple[AppTest, list[HandedFile | None]]]


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a separate store, because mappings are saved in it."""
    store = copy_of(sample_store, tmp_path / "own")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


@pytest.fixture
def open_sheet(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenSheet:
    """Return a function that opens a page mapping one file; the list collects the result of each run."""

    def opened(path: Path) -> tuple[AppTest, list[HandedFile | None]]:
        given: list[HandedFile | None] = []

        def part(view: View) -> None:
            given.append(map_sheet(view, handed(path)))

        monkeypatch.setitem(assess_parts.PARTS, "collect", part)
        app = page("collect")
        nothing_failed(app)
        return app, given

    return opened


def handed(path: Path) -> HandedFile:
    return HandedFile(path.name, path.read_bytes())


def widget(app: AppTest, kind: str, end: str) -> str:
    """Return the key of the mapping's widget of this kind with this ending."""
    (key,) = [w.key for w in getattr(app, kind) if str(w.key).startswith("mapping_") and str(w.key).endswith(end)]
    return str(key)


def use(app: AppTest) -> AppTest:
    """Say that a guess was compared, as somebody must, and read the sheet like this."""
    if any(str(box.key).endswith("_compared") for box in app.checkbox):
        app.checkbox(key=widget(app, "checkbox", "_compared")).check().run()
        nothing_failed(app)
    app.button(key=widget(app, "button", "_use")).click().run()
    nothing_failed(app)
    return app


def choose(app: AppTest, end: str, option: str) -> AppTest:
    app.selectbox(key=widget(app, "selectbox", end)).set_value(option).run()
    nothing_failed(app)
    return app


@pytest.mark.thorough
def test_a_right_guess_is_taken_once_it_was_compared(open_sheet: OpenSheet, tmp_path: Path) -> None:
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    assert given[-1] is None
    assert tells(app, "mapping.finding.other", n="2", form="answers", row="1", sheets="")
    assert {"always “Round 2025”", "always “Savandina Ghana”"} <= set(cells(app))
    assert any("“Sí”" in cell for cell in cells(app))
    assert not any(cell == "CRBP-02.a" for cell in cells(app)[-4:])
    use(app)
    path = given[-1]
    assert path is not None
    assert [line.split(",")[:4] for line in path.content.decode().splitlines()[1:]] == [
        ["2025", "gha-op", "CRBP-02.a", "implemented"],
        ["2025", "gha-op", "CRBP-02.b", "partly"],
    ]
    assert tells(app, "mapping.used.other", file="ghana.csv", form="answers", n="2")
    assert tells(app, "problem.column_left")


@pytest.mark.thorough
def test_it_can_be_read_differently_afterwards(open_sheet: OpenSheet, tmp_path: Path) -> None:
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    use(app)
    app.button(key=widget(app, "button", "_change")).click().run()
    nothing_failed(app)
    assert given[-1] is None
    assert tells(app, "mapping.not_ours", file="ghana.csv")


@pytest.mark.thorough
def test_what_is_missing_is_asked_for_and_nothing_goes_on_without(open_sheet: OpenSheet, tmp_path: Path) -> None:
    app, given = open_sheet(write_csv(tmp_path / "sheet.csv", RIGHT))
    assert app.button(key=widget(app, "button", "_use")).disabled
    assert tells(app, "mapping.cannot_use", columns="Operation")
    choose(app, "_column_operation", "fixed tcd-op")
    assert app.button(key=widget(app, "button", "_use")).disabled, "nobody has compared it yet"
    use(app)
    assert given[-1] is not None
    assert given[-1].content.decode().count(",tcd-op,") == 2


@pytest.mark.thorough
def test_a_doubtful_column_and_an_unknown_word_are_corrected(open_sheet: OpenSheet, tmp_path: Path) -> None:
    rows = [[f"CRBP-0{n}.a", "yes" if n > 2 else "perhaps", "no" if n > 2 else "yes"] for n in range(2, 10)]
    others = [
        [f"CRBP-0{n}.b", word, "no"] for n, word in enumerate(["no", "partly", "N/A", "?", "in part", "not yet"], 2)
    ]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", [["Question", "Answer", "Status"], *rows, *others]))
    choose(app, "_column_status", "column Answer")
    choose(app, "_word_status_perhaps", "not_known")
    use(app)
    assert given[-1] is not None
    statuses = [line.split(",")[3] for line in given[-1].content.decode().splitlines()[1:]]
    assert statuses[:4] == ["not_known", "implemented", "implemented", "implemented"]
    assert statuses[8:] == ["not_implemented", "partly", "not_applicable", "not_known", "partly", "not_implemented"]


@pytest.mark.thorough
def test_what_is_suggested_is_taken_by_one_click_and_never_without(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [
        ["Question", "Answer"],
        ["CRBP-02.a", "implemnted"],
        ["CRBP-02.b", "zz"],
        ["CRBP-02.c", "Partily"],
    ]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    use(app)
    assert given[-1] is not None
    assert ",implemnted," in given[-1].content.decode()
    app.button(key=widget(app, "button", "_change")).click().run()
    app.button(key=widget(app, "button", "_suggested")).click().run()
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[3] for line in given[-1].content.decode().splitlines()[1:]] == [
        "implemented", "zz", "partly",
    ]  # fmt: skip


def test_new_names_are_added_only_if_the_box_is_ticked(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("Norway", "Example Gabon", "Northern Cyprus")
    rows = [["Country", "Year", "Question", "Answer"], *([name, "2031", "CRBP-02.a", "Yes"] for name in names)]
    file = handed(write_csv(tmp_path / "world.csv", rows))
    given: list[tuple[HandedFile, ...]] = []
    monkeypatch.setitem(assess_parts.PARTS, "collect", lambda view: given.append(mapped_files(view, [file])))
    app = page("collect")
    use(app)
    assert [one.name for one in given[-1]] == ["world.csv"]
    app.button(key=widget(app, "button", "_change")).click().run()
    box = app.checkbox(key=widget(app, "checkbox", "_new"))
    assert said("mapping.take_new.other", n="2").fullmatch(box.label)
    listed = next(block.value for block in app.markdown if "Not known yet" in block.value).splitlines()
    assert listed[2:] == [
        "- ▲ “Example Gabon”: perhaps a new operation in Gabon (GAB), which would be a new country",
        "- “Norway”: a new operation in Norway (NOR), which is a new country",
        "- “2031”: a new round, 2031",
    ]
    box.check().run()
    use(app)
    assert [one.name for one in given[-1]] == ["countries.csv", "operations.csv", "rounds.csv", "world.csv"]
    assert b"nor-op,NOR,Norway,operation" in given[-1][1].content
    assert b"2031,nor-op,CRBP-02.a,implemented" in given[-1][-1].content
    assert b"example-gabon" not in given[-1][1].content
    app.button(key=widget(app, "button", "_change")).click().run()
    asked = app.selectbox(key=widget(app, "selectbox", "_word_operation_Example Gabon"))
    assert asked.label.endswith("“Example Gabon” – perhaps a new operation, “example-gabon”")
    choose(app, "_word_operation_Example Gabon", "a new operation, “example-gabon”")
    assert app.checkbox(key=widget(app, "checkbox", "_new")).label == "Take 3 names that are not known yet as new"
    use(app)
    assert b"example-gabon,GAB,Example Gabon,operation" in given[-1][1].content
    assert b"Cyprus" not in given[-1][1].content


@pytest.mark.thorough
def test_a_qualified_answer_is_accepted_with_its_note_and_a_missing_reason_is_asked_for(
    open_sheet: OpenSheet, tmp_path: Path
) -> None:
    table = [["Question", "Answer"], ["CRBP-02.a", "Yes, except in 2 regions"], ["CRBP-03.a", "N/A"]]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    assert any("“except in 2 regions” goes to the note" in cell for cell in cells(app))
    app.button(key=widget(app, "button", "_suggested")).click().run()
    choose(app, "_reason", "Reason not stated")
    assert "“Reason not stated” where an answer is not applicable and has no reason" in " ".join(cells(app))
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[3:9] for line in given[-1].content.decode().splitlines()[1:]] == [
        ["implemented", "", "", "except in 2 regions", "", ""],
        ["not_applicable", "", "Reason not stated", "", "", ""],
    ]


@pytest.mark.thorough
def test_boxes_to_tick_are_answers_and_can_be_corrected(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Question", "Yes", "No", "N/A"], ["CRBP-02.a", "x", "", ""], ["CRBP-02.b", "", "x", ""]]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    assert any("3 columns have names of statuses (Yes, No, N/A) and contain ticks" in cell for cell in cells(app))
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    choose(app, "_across_No", "partly")
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[3] for line in given[-1].content.decode().splitlines()[1:]] == ["implemented", "partly"]


@pytest.mark.thorough
def test_a_column_of_figures_for_each_year_can_be_left_out(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [
        ["Country", "Indicator", "Source", "2021", "2022", "2023"],
        ["Tchad", "People using the internet", "Panel", "12", "13", "14"],
    ]
    app, given = open_sheet(write_csv(tmp_path / "figures.csv", table))
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    assert app.selectbox(key=widget(app, "selectbox", "_across_2021")).value == "2021"
    choose(app, "_across_2022", "")
    use(app)
    assert given[-1] is not None
    asked = ("country", "indicator", "year", "value", "publisher")
    found = csv.DictReader(given[-1].content.decode().splitlines())
    assert [[row[name] for name in asked] for row in found] == [
        ["TCD", "internet_users", "2021", "12", "Panel"], ["TCD", "internet_users", "2023", "14", "Panel"],
    ]  # fmt: skip


def test_what_an_empty_cell_means_is_asked_for(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Country", "Question", "Answer"], ["Ghana", "CRBP-02.a", "yes"], ["", "CRBP-02.b", "no"]]
    app, given = open_sheet(write_csv(tmp_path / "sheet.csv", table))
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[1] for line in given[-1].content.decode().splitlines()[1:]] == ["gha-op", "gha-op"]
    app.button(key=widget(app, "button", "_change")).click().run()
    choose(app, "_filled_operation", "")
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[1] for line in given[-1].content.decode().splitlines()[1:]] == ["gha-op", ""]


def test_days_that_could_be_read_both_ways_are_asked_for(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Question", "Answer", "Date"], ["CRBP-02.a", "yes", "03/04/2025"]]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    choose(app, "_days", "mdy")
    assert not any("look here" in cell for cell in cells(app))
    use(app)
    assert given[-1] is not None
    assert ",2025-03-04," in given[-1].content.decode()


@pytest.mark.thorough
def test_everything_else_can_be_corrected_too(open_sheet: OpenSheet, tmp_path: Path) -> None:
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    nothing_failed(app)
    choose(app, "_column_note", "column Colour")
    choose(app, "_column_round", "fixed 2023")
    choose(app, "_word_status_Sí", "not_implemented")
    # Choices are kept when their widgets are hidden.
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(False).run()
    use(app)
    assert given[-1] is not None
    first = given[-1].content.decode().splitlines()[1].split(",")
    assert (first[0], first[3], first[6]) == ("2023", "not_implemented", "red")


@pytest.mark.thorough
def test_another_form_is_another_reading(open_sheet: OpenSheet, tmp_path: Path) -> None:
    app, _ = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    choose(app, "_form", "actions")
    assert tells(app, "mapping.cannot_use", columns="What to do, Owner (role), Due on")


@pytest.mark.thorough
def test_a_column_of_a_roll_up_can_be_left_out(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Question", "Ghana", "Chad"], ["CRBP-02.a", "yes", "no"], ["CRBP-02.b", "no", "no"]]
    app, given = open_sheet(write_book(tmp_path / "roll.xlsx", {"All": table}))
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    choose(app, "_across_Chad", "")
    use(app)
    assert given[-1] is not None
    assert given[-1].content.decode().count("gha-op") == 2
    assert "tcd-op" not in given[-1].content.decode()


@pytest.mark.thorough
def test_a_column_for_each_operation_can_be_switched_on(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Question", "Opco A", "Opco B", "Points"], ["CRBP-02.a", "yes", "no", "4"], ["CRBP-02.b", "no", "", "2"]]
    app, given = open_sheet(write_csv(tmp_path / "x.csv", table))
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    choose(app, "_spread", "operation")
    assert app.button(key=widget(app, "button", "_use")).disabled
    assert tells(app, "mapping.cannot_use", columns="Operation, Status")
    choose(app, "_across_Opco A", "HQ")
    choose(app, "_across_Opco B", "tcd-op")
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[1:4] for line in given[-1].content.decode().splitlines()[1:]] == [
        ["HQ", "CRBP-02.a", "implemented"], ["tcd-op", "CRBP-02.a", "not_implemented"],
        ["HQ", "CRBP-02.b", "not_implemented"],
    ]  # fmt: skip
    assert tells(app, "problem.column_left")


@pytest.mark.thorough
def test_a_saved_mapping_is_offered_for_the_next_sheet_in_the_selected_round(
    open_sheet: OpenSheet, tmp_path: Path, own_store: Path
) -> None:
    table = [["Question", "Answer"], ["CRBP-02.a", "perhaps"]]
    app, _ = open_sheet(write_csv(tmp_path / "ghana 2024.csv", table))
    choose(app, "_word_status_perhaps", "partly")
    app.text_input(key=widget(app, "text_input", "_name")).set_value("Ghana's own").run()
    use(app)
    assert tells(app, "mapping.used_by", name="Ghana's own")
    assert stored_mappings(own_store)[0]["Ghana's own"].fixed == {"round": "2024", "operation": "gha-op"}
    app, given = open_sheet(write_csv(tmp_path / "next.csv", [*table, ["CRBP-02.b", "yes"]]))
    assert app.selectbox(key=widget(app, "selectbox", "_by")).value == "Ghana's own"
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[:4] for line in given[-1].content.decode().splitlines()[1:]] == [
        ["2025", "gha-op", "CRBP-02.a", "partly"],
        ["2025", "gha-op", "CRBP-02.b", "implemented"],
    ]


@pytest.mark.thorough
def test_a_new_guess_can_be_taken_instead(open_sheet: OpenSheet, tmp_path: Path, own_store: Path) -> None:
    app, _ = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    app.text_input(key=widget(app, "text_input", "_name")).set_value("mine").run()
    use(app)
    app, _ = open_sheet(write_csv(tmp_path / "chad.csv", RIGHT))
    assert any("Savandina Ghana" in cell for cell in cells(app))
    choose(app, "_by", "")
    assert any("Savandina Chad" in cell for cell in cells(app))


def test_an_invalid_name_is_reported_and_nothing_is_used(open_sheet: OpenSheet, tmp_path: Path) -> None:
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    app.text_input(key=widget(app, "text_input", "_name")).set_value("../up").run()
    use(app)
    assert given[-1] is None
    assert any("cannot be a file name" in error.value for error in app.error)


@pytest.mark.thorough
def test_a_broken_mapping_is_only_reported(open_sheet: OpenSheet, tmp_path: Path, own_store: Path) -> None:
    (own_store / "mappings").mkdir()
    (own_store / "mappings" / "old.yaml").write_text("form: songs\n")
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    assert any("mappings/old.yaml" in warning.value for warning in app.warning)
    use(app)
    assert given[-1] is not None


def test_a_server_open_to_others_saves_no_mappings(open_sheet: OpenSheet, open_to_all: None, tmp_path: Path) -> None:
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    assert not [text for text in app.text_input if str(text.key).endswith("_name")]
    use(app)
    assert given[-1] is not None


def test_our_tables_and_unreadable_files_pass_unchanged(open_sheet: OpenSheet, tmp_path: Path) -> None:
    ours = write_csv(
        tmp_path / "ours.csv", [["round", "operation", "criterion", "status"], ["2025", "HQ", "x", "partly"]]
    )
    noise = tmp_path / "noise.xlsx"
    noise.write_bytes(b"no book")
    for path in (ours, noise):
        _, given = open_sheet(path)
        assert given[-1] == handed(path)


@pytest.mark.thorough
def test_rows_that_an_unread_column_distinguishes_can_be_selected(open_sheet: OpenSheet, tmp_path: Path) -> None:
    facets = [["CRBP-02.a", "Main", "no"], ["CRBP-02.a", "Extra", "yes"], ["CRBP-02.b", "Main", "no"]]
    table = [["Question", "Facet", "Answer"], *facets, ["CRBP-02.b", "Extra", "no"]]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    assert any("differ in this column" in warning.value for warning in app.warning)
    app.multiselect(key=widget(app, "multiselect", "_only")).set_value(["Facet\nExtra"]).run()
    assert not app.warning
    assert tells(app, "mapping.only_rows", label="Facet", values="“Extra”")
    assert tells(app, "mapping.finding.other", n="2", form="answers", row="1", sheets="")
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[2:4] for line in given[-1].content.decode().splitlines()[1:]] == [
        ["CRBP-02.a", "implemented"], ["CRBP-02.b", "not_implemented"],
    ]  # fmt: skip
    assert tells(app, "problem.rows_not_picked", value="2")


@pytest.mark.thorough
def test_rows_with_any_of_several_values_can_be_selected(open_sheet: OpenSheet, tmp_path: Path) -> None:
    rows = [[f"CRBP-0{n}.a", facet, "no"] for n in (2, 3) for facet in ("Standard", "Core", "Extra")]
    path = write_csv(tmp_path / "ghana.csv", [["Question", "Facet", "Answer"], *rows, ["CRBP-04.a", "Core", "yes"]])
    app, given = open_sheet(path)
    key = widget(app, "multiselect", "_only")
    app.multiselect(key=key).set_value(["Facet\nCore", "Facet\nExtra"]).run()
    assert tells(app, "mapping.only_rows", label="Facet", values="“Core” or “Extra”")
    assert any("differ in this column" in warning.value for warning in app.warning), "two of them answer the same"
    assert app.multiselect(key=key).value == ["Facet\nCore", "Facet\nExtra"]
    app.multiselect(key=key).set_value(["Facet\nCore"]).run()
    assert not app.warning
    assert app.multiselect(key=key).value == ["Facet\nCore"], "another value can still be added"
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[2] for line in given[-1].content.decode().splitlines()[1:]] == [
        "CRBP-02.a", "CRBP-03.a", "CRBP-04.a",
    ]  # fmt: skip


@pytest.mark.thorough
def test_two_columns_that_name_one_thing_are_read_together(open_sheet: OpenSheet, tmp_path: Path) -> None:
    parts = [["CRBP-02", "a", "no"], ["CRBP-02", "b", "yes"]]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", [["Question", "Part", "Answer"], *parts]))
    choose(app, "_column_criterion", "column Question")
    if not any(str(box.key).endswith("_together_criterion") for box in app.selectbox):
        app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    choose(app, "_together_criterion", "Part")
    assert "columns “Question” and “Part” together" in " ".join(cells(app))
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[2] for line in given[-1].content.decode().splitlines()[1:]] == ["CRBP-02.a", "CRBP-02.b"]


@pytest.mark.thorough
def test_our_headings_with_other_words_are_mapped(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Operation", "Round", "Criterion", "Status"], ["Savandina Ghana", "2025", "CRBP-02.a", "Yes"]]
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    assert given[-1] is None
    assert tells(app, "mapping.our_headings", file="ghana.csv")
    use(app)
    assert given[-1] is not None
    assert given[-1].content.decode().splitlines()[1].split(",")[:4] == ["2025", "gha-op", "CRBP-02.a", "implemented"]


def test_a_machine_that_cannot_write_is_reported(
    open_sheet: OpenSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, given = open_sheet(write_csv(tmp_path / "ghana.csv", RIGHT))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    use(app)
    assert given[-1] is None
    assert any("The machine could not read or write" in error.value for error in app.error)


def test_texts_of_a_sheet_are_not_markup(open_sheet: OpenSheet, tmp_path: Path) -> None:
    table = [["Question", "Answer", "Note", "![x](http://x)"], ["CRBP-02.a", "[no](http://y)", "![n](http://z)", "q"]]
    app, _ = open_sheet(write_csv(tmp_path / "ghana.csv", table))
    assert any("[no](http://y)" in text for text in cells(app))
    assert not any(tag in html.proto.body for html in app.get("html") for tag in ('href="http', 'src="http'))
    shown = [*(caption.value for caption in app.caption), *(box.label for box in app.selectbox)]
    assert any(r"\[x\]" in text for text in shown)
    assert not any("](http" in text.replace("\\]", "") for text in shown)


@pytest.mark.thorough
def test_no_sentence_is_written_into_the_code(
    page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    brackets: Path,  # noqa: F811
    data: Data,  # noqa: F811
) -> None:
    table = [
        ["Question", "Ghana", "Chad", "Comment"],
        ["CRBP-02.a", "zzz", "no", "qqq"],
        ["CRBP-02.b", "yes", "no", ""],
    ]
    path = write_book(tmp_path / "x.xlsx", {"All": table})
    monkeypatch.setitem(assess_parts.PARTS, "collect", lambda view: map_sheet(view, handed(path)))
    app = page("collect", {"lang": "xx"})
    app.toggle(key=widget(app, "toggle", "_correct")).set_value(True).run()
    nothing_failed(app)
    theirs = data.and_also(["x.xlsx", "Question", "Comment", "zzz", "qqq", "All", "no", "yes"])
    assert not written(app, theirs)
    use(app)
    assert not written(app, theirs)


@dataclass(frozen=True)
class Handed:
    """An imported file."""

    name: str
    content: bytes


@pytest.mark.thorough
def test_the_file_is_offered_back_with_its_problems(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, view_of: Callable[..., View]
) -> None:
    path = write_csv(tmp_path / "ghana.csv", RIGHT)
    handed = Handed("ghana.csv", path.read_bytes())
    problem = Problem("off_scale", "ghana.csv", 2, "Answer", "Sí")

    def part(view: View) -> None:
        offer_marked(view, [handed], [])
        offer_marked(view, [handed], [problem])

    monkeypatch.setitem(assess_parts.PARTS, "collect", part)
    app = page("collect")
    nothing_failed(app)
    (button,) = app.get("download_button")
    assert said("mapping.marked_offer").fullmatch(button.proto.label)
    book = CalamineWorkbook.from_filelike(
        BytesIO(marked_files([("ghana.csv", handed.content), ("noise.xlsx", b"no book")], [problem], view_of().words))
    )
    assert book.get_sheet_by_name("ghana").to_python() == RIGHT
    assert book.get_sheet_by_index(0).to_python()[1][0] == "ghana B2"


@pytest.mark.thorough
def test_one_of_two_groups_of_columns_is_chosen(open_sheet: OpenSheet, tmp_path: Path) -> None:
    shops = ["Savandina Ghana", "Savandina Chad"]
    rows = [["CRBP-02.a", "yes", "no", "no", "no"], ["CRBP-02.b", "partly", "no", "no", "partly"]]
    head = [["Element", "This year", "", "Last year", ""], ["", *shops, *shops]]
    app, given = open_sheet(write_csv(tmp_path / "sheet.csv", [*head, *rows]))
    assert tells(app, "mapping.why_groups", group="This year", others="Last year") or any(
        "“This year” is read; Last year would fit as well" in cell for cell in cells(app)
    )
    choose(app, "_group", "Last year")
    assert not any("would fit as well" in cell for cell in cells(app))
    use(app)
    assert given[-1] is not None
    assert [line.split(",")[1:4] for line in given[-1].content.decode().splitlines()[1:]] == [
        ["gha-op", "CRBP-02.a", "not_implemented"], ["tcd-op", "CRBP-02.a", "not_implemented"],
        ["gha-op", "CRBP-02.b", "not_implemented"], ["tcd-op", "CRBP-02.b", "partly"],
    ]  # fmt: skip


def errors(app: AppTest) -> list[str]:
    return [error.value for error in app.error]


def test_of_several_tables_on_a_sheet_one_is_chosen(open_sheet: OpenSheet, tmp_path: Path) -> None:
    head = ["Question", "Answer", "Remark"]
    rows = [
        ["Savandina Ghana"],
        head,
        ["CRBP-02.a", "Sí", ""],
        [""],
        ["Savandina Rwanda"],
        head,
        ["CRBP-02.b", "Sí", ""],
    ]
    app, given = open_sheet(write_csv(tmp_path / "several.csv", rows))
    assert any("several tables on this sheet" in text for text in errors(app))
    choose(app, "_table", "2")
    assert not any("several tables" in text for text in errors(app))
    assert "always “Savandina Rwanda”" in cells(app)
    use(app)
    path = given[-1]
    assert path is not None
    assert [line.split(",")[2:4] for line in path.content.decode().splitlines()[1:]] == [["CRBP-02.b", "implemented"]]


def test_a_word_for_the_severity_of_a_risk_is_chosen_by_what_each_grade_needs(
    open_sheet: OpenSheet, tmp_path: Path, words: Words
) -> None:
    """What the highest word of another scale means is not guessed; likelihood has no words of its own."""
    head = ["Risk", "Gravity", "Scope", "Irremediability", "Probability", "Source"]
    rows = [[f"IMP-retail-RA06-r{n}", "Extreme", "3", "3", "Often", "Log"] for n in (1, 2)]
    app, _ = open_sheet(write_csv(tmp_path / "ghana.csv", [head, *rows]))
    scale, likelihood = (
        app.selectbox(key=widget(app, "selectbox", end)).options for end in ("scale_Extreme", "likelihood_Often")
    )
    assert scale[1:] == [f"{grade} – {words(f'rating.scale_{grade}')}" for grade in GRADES]
    assert likelihood[1:] == list(GRADES)
