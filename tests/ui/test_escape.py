"""Does any text that somebody wrote into a file, a form or a link reach a page as anything but its own characters?"""

import csv
import html
from io import StringIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.pages import PAGES
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui.escape import BREAK, SHORT, escape, escape_label, escape_list, one_line, short
from tests.conftest import READ_ON
from tests.hostile import TEXTS
from tests.hostile_group import ALL, MARKER, decide, write_hostile
from tests.ui.conftest import OpenPage, nothing_failed
from tests.ui.test_words import shown

OPTIONS = ("selectbox.options", "multiselect.options")
"""Places that show a text literally, on one line."""
NOT_READ = ("code", "vega_lite_chart", "text_input.value", "text_area.value")
"""Places whose texts are checked in a browser, or are typed."""
HTML = "html.body"
LINK = "![x](https://elsewhere.example/x.png)"
CUT = "…"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of a group whose every text could be misread as markup."""
    folder = tmp_path_factory.mktemp("hostile")
    folders, corpus = write_hostile(folder)
    outcome = publish(Load(folder / "store", folders, Writer(corpus.marked("role"), corpus.marked("why")), READ_ON))
    assert outcome.revision
    decide(folder / "store", corpus)
    assert corpus.parameters == set(range(len(ALL))), "every text stands somewhere"
    return folder / "store"


def in_html(text: str) -> str:
    """Return the text as HTML holds it: on one line, without hidden characters or markup."""
    return html.escape(one_line(text))


def alive(place: str, sent: str) -> list[str]:
    """Return the texts of the corpus not sent as their own characters, each with the passage it was found in."""
    # Both are how HTML writes a quotation mark: templates write the first, Python's own library the second.
    sent = sent.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    if place.startswith(NOT_READ):
        return []
    made = one_line if place in OPTIONS else in_html if place == HTML else escape
    wrong = []
    for found in MARKER.finditer(sent):
        text = ALL[int(found[2])]
        if found[1] == "qz":
            # At the start of a line more characters are markup, and after a letter others are.
            ways = {made(f"{lead}{text} {found[0]}")[len(lead) :] for lead in ("", "x ", "“")}
            # A text of several paragraphs keeps its bullets.
            ways |= {escape_list(f"{text} {found[0]}")} if made is escape and text.startswith("- ") else set()
            whole = any(_ends(sent[: found.end()], way) for way in ways)
        else:
            ways = {_low(made(f"{found[0]} {text}{tail}")[: -len(tail) or None]) for tail in ("", " x", "”")}
            # Where it goes on, a text loses its full stop.
            ways |= {_low(made(f"{found[0]} {text.rstrip('. ')}"))} if text.endswith(".") else set()
            behind = _low(sent[found.start() :])
            cut = behind.partition(CUT)[0].rstrip() if CUT in behind else None
            # A text is cut before it is escaped: the start of an address is not an address.
            begun = {_low(made(f"{found[0]} {text[:n]}")) for n in range(len(text))} if cut is not None else set()
            whole = cut in begun or any(
                behind.startswith(way) or (cut is not None and way.startswith(cut)) for way in ways
            )
        if not whole:
            wrong.append(sent[max(0, found.start() - 80) : found.end() + 80])
    return wrong


def _ends(sent: str, way: str) -> bool:
    return _low(sent).endswith(_low(way))


def _low(text: str) -> str:
    """Return the text as our sentences hold it: some lower-case a title. Isolating marks are invisible."""
    return text.lower().strip("\u2068\u2069")


def all_alive(app: AppTest) -> list[tuple[str, str]]:
    nothing_failed(app)
    # A grid shows its cells literally; a browser test looks at them.
    grid = {str(cell) for frame in app.dataframe for row in frame.value.to_numpy() for cell in row}
    sent = [(place, text) for place, text in shown(app) if not (place == "cell" and text in grid)]
    return [(place, wrong) for place, text in sent for wrong in alive(place, text)]


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["respect", "support"])
def test_no_text_that_somebody_wrote_is_read_as_markdown_on_any_page_or_part_of_one(
    kind: str, page: OpenPage, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(hostile))
    chosen = {"case_study": "C14", "guidance": "G-vendors-child-found-selling", "country": f"GHA,COL,{LINK}"}
    app = page("overview", {"kind": kind, "risk_area": LINK, **chosen})
    found = []
    for name in PAGES:
        parts = list(PAGES[name].parts)[1:] if kind == "support" else []
        for part in ("", *parts):
            app.query_params.update({"kind": kind, "risk_area": LINK, **chosen, "part": part})
            app.switch_page(f"pages/{name}.py").run()
            assert part in ("", app.query_params.get("part")), (name, part)
            found += [(name, part, *there) for there in all_alive(app)]
            if PAGES[name].filters(part):
                assert any(MARKER.search(text) for _, text in shown(app)), (name, part)
    assert not found


def test_the_explanation_of_a_number_reads_nothing_as_markdown(
    page: OpenPage, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(hostile))
    app = page("overview", {"country": "GHA"})
    app.button(key="how_support").click().run()
    assert app.get("dialog")
    assert all_alive(app) == []


@pytest.mark.parametrize(
    ("name", "chosen", "where"),
    [("compare", {"subject": "gha-op"}, "button_group.content"), ("heatmap", {"country": "GHA,COL"}, HTML)],
)
def test_what_is_offered_and_what_can_be_chosen_is_read_as_its_own_characters(
    name: str, chosen: dict[str, str], where: str, page: OpenPage, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pills, whose options are read as Markdown, the suggested subjects; in HTML, the filter bar."""
    monkeypatch.setenv("DASHBOARD_STORE", str(hostile))
    app = page(name, chosen)
    assert [text for place, text in shown(app) if place == where and MARKER.search(text)]
    assert all_alive(app) == []


@pytest.mark.thorough
def test_a_file_that_is_handed_in_is_told_in_its_own_characters(
    page: OpenPage, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are left out, rows that change something, and a sheet in another format with its header and words."""
    monkeypatch.setenv("DASHBOARD_STORE", str(hostile))
    ours, theirs = StringIO(), StringIO()
    csv.writer(ours).writerows(
        [
            ("round", "operation", "criterion", "status", "note", "answered_on"),
            # A day: a name might be another word for something in the group, and the sheet one in another format.
            *(("2025", "gha-op", "CRBP-01.a", "implemented", "", f"{text} qz{n:02}") for n, text in enumerate(ALL)),
            ("2025", "gha-op", "CRBP-01.b", "not_implemented", f"{ALL[0]} qz00", ""),
        ]
    )
    csv.writer(theirs).writerows(
        [
            ("Question", "Answer", *(f"{text} qz{n:02}" for n, text in enumerate(ALL[:9]))),
            *(("CRBP-01.a", f"{text} qz{n:02}", *("x" * 9)) for n, text in enumerate(ALL[:9])),
        ]
    )
    for name, file in ((f"# {LINK.replace('/', '|')}.csv", ours), ("- :red[x] www.elsewhere.example.csv", theirs)):
        app = page("collect", {"part": "collect"})
        app.file_uploader[0].set_value([(name, file.getvalue().encode(), "text/csv")]).run()
        if file is ours:
            app.button(key="collect_try").click().run()
        assert all_alive(app) == []
        assert any(MARKER.search(text) for _, text in shown(app))
        assert not any(name in text for place, text in shown(app) if not place.startswith(NOT_READ))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("# Alarm", r"\# Alarm"),
        ("a\n\n- b", "a - b"),
        ("- b", r"\- b"),
        ("-5 and +3", "-5 and +3"),
        ("12. May", r"12\. May"),
        ("---", "\\-\\-\\-"),
        ("a -> b", f"a \\-{BREAK}\\> b"),
        ("www.x.y", f"www{BREAK}.x.y"),
        ("https://x.y", f"https{BREAK}\\://x.y"),
        ("a@b.c", f"a{BREAK}@b.c"),
        (":rocket:", f"\\:{BREAK}rocket\\:"),
        (":material/delete:", f"\\:{BREAK}material/delete\\:"),
        (":red[x]", r"\:red\[x\]"),
        ("&amp; AT&T", r"\&amp; AT&T"),
        ("a\u202eb\u200bc\x07", "abc"),
        ("a\ufffeb\uffff\ud800c\x0bd", "abc d"),
        ("שלום", "\u2068שלום\u2069"),
        (LINK, rf"!\[x\](https{BREAK}\://elsewhere.example/x.png)"),
        (None, ""),
        ("12 % of 3 countries, round 2025: so", "12 % of 3 countries, round 2025: so"),
    ],
)
def test_each_mark_is_disarmed(text: str | None, made: str) -> None:
    assert escape(text) == made


@pytest.mark.parametrize("code", ["gha-op", "CRBP-02.a", "svc_mobile_money", "gha-op@2024", "IMP-retail-RA06-r1"])
def test_a_code_stays_the_key_it_is(code: str) -> None:
    assert escape(code) == code


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_made_plain_can_be_read_back(text: str) -> None:
    assert escape_label(escape(text)) == one_line(text)


def test_a_text_too_long_to_be_remembered_is_disarmed_too() -> None:
    assert escape("*" * (SHORT + 1)) == r"\*" * (SHORT + 1)


def test_paragraphs_and_points_stay_and_nothing_else() -> None:
    assert escape_list("# one\ntwo\n\n- three *four*\nfive\n- six\n") == (
        "\\# one two\n\n- three \\*four\\* five\n\n- six"
    )
    assert escape_list(None) == ""


def test_a_text_is_cut_after_a_word_without_two_marks_in_a_row() -> None:
    assert short("A policy covers children.", 25) == "A policy covers children."
    assert short("A policy covers children. It is  public.", 32) == "A policy covers children. It is…"
    assert short("A policy covers children. It is public.", 27) == "A policy covers children…"
