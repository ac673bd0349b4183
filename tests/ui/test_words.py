"""Does every sentence on screen come from the words files, and is every one of their sentences used?"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from pathlib import Path
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from dashboard.charts.areas import areas, exposures
from dashboard.charts.heatmap import heatmap
from dashboard.charts.look import LIGHT, Spec
from dashboard.charts.timelines import case_years
from dashboard.charts.trend import trend
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.pages import PAGES
from dashboard.model.words import Words
from dashboard.store.reader import Published
from dashboard.store.vote_log import now_text
from dashboard.store.votes import code_of, count_paper, standing, vote
from dashboard.ui.escape import escape_list
from dashboard.ui.listener import opened
from tests.conftest import ROOT, WRITER, copy_of, rest_thorough
from tests.ui.conftest import OpenPage, choose, nothing_failed, offered, tables
from tests.voting import votes

TAGS = re.compile("<[^>]*>")
CUT = 20
"""Fewest characters left of a text that is cut."""
WORDS_ALONE = ("vocabulary", "search_word", "stop_word")
"""Tables of single words: treated as data, they would excuse almost any sentence."""
ENGLISH = ROOT / "src" / "dashboard" / "words" / "en.yaml"
NOT_READ = {
    "id", "form_id", "icon", "type", "language", "page", "page_script_hash", "query_string", "selection_mode", "tag",
    "raw_value", "deferred_file_id", "raw_values", "default", "code_text", "spec", "key", "columns", "url",
    "shortcut", "format", "component_name", "js_source_path",
}  # fmt: skip
"""Fields of Streamlit's messages that no reader sees as a sentence: names, icons, files, SQL shown as code."""
FIRST = {"command", "first", "problem"}
"""Sections that no page of a sound store shows: the command line uses them, or other tests cover them."""


def wrapped(node: Any) -> Any:
    """Return the same words with every sentence in brackets."""
    if isinstance(node, Mapping):
        return {key: wrapped(value) for key, value in node.items()}
    return f"⟦{node}⟧"


@pytest.fixture(scope="module")
def in_brackets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a further language `xx`, in which every sentence is in brackets."""
    folder = tmp_path_factory.mktemp("words")
    texts = wrapped(yaml.load(ENGLISH.read_text("utf-8"), yaml.CSafeLoader))
    (folder / "xx.yaml").write_text(yaml.dump(texts, Dumper=yaml.CSafeDumper, allow_unicode=True), "utf-8")
    return folder


@pytest.fixture
def brackets(in_brackets: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Switch to that language."""
    monkeypatch.setenv("DASHBOARD_WORDS", str(in_brackets))
    return in_brackets


@dataclass(frozen=True)
class Data:
    """Every text that is data, the longest first; and for each text examined, what else it contains."""

    texts: Sequence[str]
    looked_at: dict[str, str] = field(default_factory=dict)

    def and_also(self, more: Iterable[str]) -> "Data":
        return Data(sorted({*more, *self.texts}, key=lambda text: (-len(text), text)))

    def leftover(self, text: str) -> str:
        """Return what is neither in brackets nor data: a sentence written into the code."""
        if text not in self.looked_at:  # Pages repeat each other: the bar, the filters, the names.
            self.looked_at[text] = leftover(text, self.texts) and leftover(self._but_for_cut(text), self.texts)
        return self.looked_at[text]

    def _but_for_cut(self, text: str) -> str:
        """Return the text without beginnings of data, because long texts are cut."""
        *cut, last = text.split("…")
        return " ".join([*map(self._but_for_beginning, cut), last])

    def _but_for_beginning(self, text: str) -> str:
        words = text.split(" ")
        ends = ((n, " ".join(words[n:])) for n in range(len(words)))
        begun = (n for n, end in ends if len(end) >= CUT and any(known.startswith(end) for known in self.texts))
        return " ".join(words[: next(begun, None)])


@pytest.fixture(scope="module")
def data(published: Published) -> Data:
    """Return the texts in the publication and its history."""
    found = {WRITER.role, WRITER.why, *(read_words(language)("language.name") for language in languages())}
    with published.cursor() as cursor:
        tables = cursor.sql("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        for table in (name for (name,) in tables if name not in WORDS_ALONE):
            for row in cursor.sql(f'FROM "{table}"').fetchall():
                found |= set(_strings(row))
    found |= {text.lower() for text in found if len(text) < 30}
    # A link is called by its host.
    found |= {urlsplit(text).hostname or "" for text in found if text.startswith("https://")}
    # A page shows a text on one line, but each paragraph and bullet of a case separately.
    found |= {part for text in found for part in escape_list(text).split("\n\n")}
    return Data([]).and_also(text for text in found if re.search(r"[^\W\d_]", text))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def shown(app: AppTest) -> Iterator[tuple[str, str]]:
    """Yield every text of a run that a reader sees, with its place."""
    for root in (app.main, app.sidebar, app.get("dialog")[0] if app.get("dialog") else ()):
        for node in root:
            if isinstance(node.proto, Message):
                yield from ((f"{node.type}.{place}", text) for place, text in _fields(node.proto))
    for table in app.dataframe:
        yield from (("column", str(name)) for name in table.value.columns)
        yield from (("cell", str(cell)) for row in table.value.to_numpy() for cell in row if isinstance(cell, str))


def _fields(message: Message) -> Iterator[tuple[str, str]]:
    for about, value in message.ListFields():
        if about.name in NOT_READ:
            continue
        # A repeated field is not an iterable by type, only by its descriptor.
        for part in value if about.is_repeated else [value]:
            if isinstance(part, str):
                yield about.name, part
            elif isinstance(part, Message):
                yield from _fields(part)


def leftover(text: str, data: Sequence[str]) -> str:
    """Return the words of a text that are neither in brackets nor in the data."""
    text = re.sub(r"\{foreground=[^}]*\}|data:image/\S+", " ", text)
    text = re.sub(r":material/\w+:|:(?:small|gray|color)\[|\(\w*\?framework=[^)]*\)|%[0-9A-F]{2}", " ", text)
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = shorter
    if not re.search(r"[^\W\d_]{2}", text):
        return ""
    for known in data:
        if known in text:
            text = text.replace(known, " ")
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


def walk(app: AppTest, names: Iterable[str] = PAGES) -> Iterator[str]:
    """Visit each page in turn, in one session."""
    for name in names:
        app.switch_page(f"pages/{name}.py").run()
        nothing_failed(app)
        yield name


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014"])
def test_no_sentence_on_a_page_is_written_into_the_code(
    framework: str, brackets: Path, cold_page: OpenPage, page: OpenPage, data: Data
) -> None:
    query = {"lang": "xx", "framework": framework, "country": "nowhere,GHA", "common": "yes"}
    cold = cold_page("overview", query)
    assert cold.warning, "a code that there is not is told at once"
    found = [("first of all", *there) for there in written(cold, data)]
    app = page("overview", query)
    for name in walk(app):
        assert app.query_params["lang"] == "xx"
        assert any("⟦" in text for _, text in shown(app)), name
        found += [(name, *there) for there in written(app, data)]
    assert not found


@pytest.mark.thorough
@pytest.mark.parametrize("round_", ["2023", "2025"])
def test_no_sentence_of_what_is_imagined_is_written_into_the_code(
    round_: str, brackets: Path, cold_page: OpenPage, data: Data
) -> None:
    app = cold_page("plan", {"lang": "xx", "part": "effects", "round": round_, "operation": "tcd-op"})
    nothing_failed(app)
    _all_in_brackets(app, data)


@pytest.mark.thorough
@pytest.mark.parametrize("part", ["answer", "owed", "check"])
@pytest.mark.parametrize("operation", ["tcd-op", "gha-op"])
def test_no_sentence_of_a_part_of_the_assessment_is_written_into_the_code(
    part: str, operation: str, brackets: Path, page: OpenPage, data: Data
) -> None:
    """One operation with outstanding answers, and one with a reviewer's question."""
    app = page("collect", {"lang": "xx", "part": part, "operation": operation})
    nothing_failed(app)
    _all_in_brackets(app, data)


@pytest.mark.parametrize("name", rest_thorough(["country", "overview", "heatmap"]))
def test_no_sentence_of_a_table_is_written_into_the_code(name: str, brackets: Path, page: OpenPage, data: Data) -> None:
    app = page(name, {"lang": "xx"})
    for toggle in [toggle.key for toggle in app.toggle if toggle.key != "safe_switch"]:
        app.toggle(key=str(toggle)).set_value(True)
    app.run()
    nothing_failed(app)
    assert app.dataframe
    _all_in_brackets(app, data)


@pytest.mark.parametrize("kind", rest_thorough(["respect", "support"]))
def test_no_sentence_of_an_explanation_is_written_into_the_code(
    kind: str, brackets: Path, page: OpenPage, data: Data
) -> None:
    app = page("overview", {"lang": "xx"})
    app.button(key=f"how_{kind}").click().run()
    nothing_failed(app)
    _all_in_brackets(app, data)


@pytest.mark.thorough
def test_no_sentence_is_written_into_the_code_where_nothing_is_left(brackets: Path, page: OpenPage, data: Data) -> None:
    app = page("overview", {"lang": "xx", "round": "2023", "country": "GHA", "operation": "gha-op"})
    assert not [(name, *there) for name in walk(app) for there in written(app, data)]


@pytest.mark.parametrize("case", rest_thorough(["C11", "C06"]))
def test_no_sentence_of_an_opened_case_is_written_into_the_code(
    case: str, brackets: Path, page: OpenPage, data: Data
) -> None:
    """One with contradictory facts, and one unrelated to the selected framework."""
    app = page("case", {"lang": "xx", "framework": "cop-2020", "case_study": case})
    nothing_failed(app)
    _all_in_brackets(app, data)


@pytest.mark.thorough
def test_no_sentence_of_what_is_handed_in_is_written_into_the_code(brackets: Path, page: OpenPage, data: Data) -> None:
    app = page("collect", {"lang": "xx"})
    rows = "2025,gha-op,CRBP-01.b,not_implemented\n2025,gha-op,CRBP-02.b,\n2025,gha-op,CRBP-03.c,implemented\n"
    handed_in = ("1.csv", f"round,operation,criterion,status\n{rows}".encode(), "text/csv")
    app.file_uploader[0].set_value([handed_in]).run()
    app.button(key="collect_try").click().run()
    nothing_failed(app)
    assert len(tables(app)) == 3
    _all_in_brackets(app, data.and_also(["csv"]))


@pytest.mark.parametrize("name", rest_thorough(["heatmap", "present", "presenter"]))
def test_no_sentence_of_a_tour_is_written_into_the_code(name: str, brackets: Path, page: OpenPage, data: Data) -> None:
    app = page(name, {"lang": "xx", "tour": "ten-minutes", "tour_step": "3", "country": "GHA"})
    if name == "heatmap":
        app.toggle(key="tour_note").set_value(True).run()
    nothing_failed(app)
    _all_in_brackets(app, data)


@pytest.mark.parametrize("number", rest_thorough([7, 1, 6]))
def test_no_sentence_of_an_exercise_is_written_into_the_code(
    number: int, brackets: Path, page: OpenPage, data: Data, open_to_all: None
) -> None:
    name, part = {1: ("risks", "settings"), 6: ("plan", "actions"), 7: ("present", "outcome")}[number]
    on = {"country": "GHA", "setting": "retail_agents", "part": part, "show_as": "form", "agreed": "A-001,A-002"}
    app = page(name, {"lang": "xx", "tour": "setting-exercise", "tour_step": str(number), **on})
    nothing_failed(app)
    _all_in_brackets(app, data.and_also(["store"]))


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["severity", "likelihood", "status", "first"])
def test_no_sentence_of_a_room_is_written_into_the_code(
    kind: str, brackets: Path, page: OpenPage, data: Data, sample_store: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Opened, asked, voted on twice, on paper too, shown and closed."""
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    monkeypatch.setenv("DASHBOARD_ROOM_HOST", "127.0.0.1")
    app = page("present/vote", {"lang": "xx", "operation": "gha-op"})
    app.radio(key="room_kind").set_value(kind).run()
    _all_in_brackets(app, data)
    app.button(key="room_open").click().run()
    now, found = standing(store), opened()
    assert now is not None
    assert found is not None
    known = data.and_also([code_of(store), "127.0.0.1", str(found.port), f"{found.term.until:%H:%M}", "vote"])
    for ballot in (1, 2):
        for given in (*votes("1111", "board", ballot), *votes("2222", "sales_distribution", ballot, begin=11)):
            vote(store, 1, replace(given, choice=now.question.choices[int(given.choice) - 1]))
        count_paper(store, 1, ballot, now.question.choices[0], 2, was=0)
        for name in ("reveal", "again" if ballot == 1 else "close"):
            app = page("present/vote", {"lang": "xx"})
            nothing_failed(app)
            _all_in_brackets(app, known)
            app.button(key=f"room_{name}").click().run()
    nothing_failed(app)
    _all_in_brackets(app, known.and_also([now_text()[:10]]))


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["area", "criterion", "planned"])
def test_no_sentence_of_a_scenario_is_written_into_the_code(
    way: str, brackets: Path, page: OpenPage, data: Data
) -> None:
    imagined = "called~A,in~2025,GHA~CRBP-05~implemented,gha-op~CRBP-01.b~partly,all~planned~2026-12-31"
    app = page("whatif", {"lang": "xx", "imagined": imagined})
    choose(app, show_as=way)
    app.button(key="whatif_draft").click().run()
    nothing_failed(app)
    assert len(tables(app)) == 3
    _all_in_brackets(app, data)


def written(app: AppTest, data: Data) -> list[tuple[str, ...]]:
    """Return the texts of a run that were written into the code, with their places."""
    told = [(place, unescape(TAGS.sub(" ", text)) if place == "html.body" else text) for place, text in shown(app)]
    return [(place, text) for place, text in told if data.leftover(text)]


def _all_in_brackets(app: AppTest, data: Data) -> None:
    assert not written(app, data)
    assert any("⟦" in text for _, text in shown(app))


@pytest.mark.thorough
def test_another_language_keeps_every_choice_on_every_page(brackets: Path, page: OpenPage) -> None:
    query = {"framework": "cop-2014", "round": "2024", "country": "GHA", "risk_area": "RA01", "kind": "support"}
    app = page("overview", query)
    for name in walk(app):
        language = "xx" if app.query_params.get("lang", "en") == "en" else "en"
        choose(app, lang=language)
        nothing_failed(app)
        assert dict(app.query_params).items() >= query.items(), name
        assert app.query_params.get("lang", "en") == language, name
        if countries := offered(app, "country"):
            assert countries[""].startswith("⟦") == (language == "xx"), name
        assert app.session_state["country"] == ["GHA"], name


def test_a_missing_sentence_falls_back_to_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    (tmp_path / "yy.yaml").write_text("language: {name: Yy}\nkind: {respect: Rrr}\n", "utf-8")
    words = read_words("yy")
    assert (words("kind.respect"), words("kind.support")) == ("Rrr", "Support")
    assert "kind.support" in words.missing()
    assert languages() == ("en", "es", "fr", "yy")


@pytest.mark.parametrize(
    "draw",
    [
        heatmap,
        areas,
        exposures,
        lambda words, look, bands: trend(words, look, ("2023", "2024.5"), ("A", "B")),
        lambda words, look, bands: case_years(words, look, ("1995", "2030")),
    ],
    ids=["heatmap", "areas", "exposures", "trend", "cases"],
)
def test_no_sentence_of_a_chart_is_written_into_the_code(draw: Callable[..., Spec], brackets: Path) -> None:
    """Text in a chart that is not in brackets contains no word."""
    bands = ("early", "developing", "established", "embedded")
    spec = draw(read_words("xx"), LIGHT, bands)
    written = [text for text in _expressions(spec) if "⟦" in text]
    assert written
    for text in written:
        quoted = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))
        assert not re.search(r"[^\W\d_]{2}", re.sub(r"⟦[^⟦⟧]*⟧", "", quoted)), text


def _expressions(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list):
        for part in node.values() if isinstance(node, Mapping) else node:
            yield from _expressions(part)


def test_every_section_says_where_its_texts_are_shown() -> None:
    """Whoever translates a text knows its place: the line above its section."""
    lines = ENGLISH.read_text("utf-8").splitlines()
    heads = [number for number, line in enumerate(lines) if re.match(r"[a-z_]+:", line)]
    assert len(heads) > 100
    unsaid = [lines[number] for number in heads if not re.fullmatch(r"# Where: [A-Z].{8,}\.", lines[number - 1])]
    assert not unsaid


def test_no_text_begins_or_ends_within_a_sentence(words: Words) -> None:
    """A sentence glued from pieces cannot be translated: each text is whole, and places are named in it."""
    pieces = {
        key: text
        for key, text in words.texts.items()
        if re.match(r"[,;.]|: | (?! )", text) or re.search(r"[,; ]$", text) or re.match(r"[a-z].* .*\.$", text)
    }
    assert not pieces


# Which keys the code names, and which there are.


Asked = tuple[str, str, bool, set[str] | None]


@cache
def _read_code() -> tuple[set[str], set[re.Pattern[str]], list[Asked]]:
    """Return what `_named_keys` and `_asked_keys` find, in one pass through the code."""
    whole: set[str] = set()
    put_together: set[re.Pattern[str]] = set()
    asked: list[Asked] = []
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
                if re.fullmatch(r"\w+\.", node.value):
                    put_together.add(re.compile(re.escape(node.value) + r"[\w-]+"))
            elif isinstance(node, ast.JoinedStr):
                put_together.add(_pattern(node))
            elif (
                isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
            ):
                put_together.add(re.compile(re.escape(node.left.value) + r"[\w.-]+"))
            elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                asked += _asked(str(path.relative_to(ROOT)), node, node.args[0])
    return whole, {one for one in put_together if re.match(r"\w+\\\.|\w+\\_|\w+\.", one.pattern)}, asked


def _asked(path: str, call: ast.Call, key: ast.Constant) -> Iterator[Asked]:
    called = ast.unparse(call.func)
    if re.search(r"(^|\.)words(\.count|\(\))?$|^read_words\(.*\)$", called):
        counted, given = called.endswith(".count"), {keyword.arg for keyword in call.keywords}
        places = None if None in given else {str(name) for name in given} | ({"n"} if counted else set())
        yield path, str(key.value), counted, places


def _named_keys() -> tuple[set[str], set[re.Pattern[str]]]:
    """Return the keys that code and templates name in full, and patterns for those that code composes."""
    whole, put_together, _ = _read_code()
    templates = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.html"))
    return {*whole, *re.findall(r"\bwords(?:\.count)?\(['\"]([\w.]+)['\"]", templates)}, put_together


def _pattern(node: ast.JoinedStr) -> re.Pattern[str]:
    return re.compile(
        "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values)
    )


def _asked_keys() -> list[Asked]:
    """Return each key given in full to `words(…)` or `words.count(…)`: place, key, whether it is counted, its places.

    None instead of its places if some are gathered elsewhere.
    """
    return _read_code()[2]


@pytest.mark.thorough
def test_every_key_that_the_code_names_has_a_sentence(words: Words) -> None:
    asked = _asked_keys()
    assert len(asked) > 100
    missing = [
        (where, key)
        for where, key, counted, _ in asked
        for name in ([f"{key}.one", f"{key}.other"] if counted else [key])
        if not words.has(name)
    ]
    assert not missing


def test_every_sentence_that_the_code_names_is_filled(words: Words) -> None:
    """Where the key is given in full, and nothing that fills its places is gathered elsewhere (`**places`)."""
    asked = _asked_keys()
    unfilled = [
        (where, name, place)
        for where, key, counted, given in asked
        for name in ([f"{key}.one", f"{key}.other"] if counted else [key])
        for _, place, _, _ in Formatter().parse(words.texts[name])
        if given is not None and place is not None and place not in given
    ]
    assert not unfilled


def test_every_sentence_is_used(words: Words) -> None:
    whole, put_together = _named_keys()
    # The choice of a part is drawn for every page with parts.
    whole |= {f"{name}.part" for name, page in PAGES.items() if page.parts}
    whole |= {f"{name}.part_{part}" for name, page in PAGES.items() for part in page.parts}
    unused = [
        key
        for key in words.texts
        for name in [key.removesuffix(".one").removesuffix(".other")]
        if not ({key, name} & whole or any(pattern.fullmatch(name) for pattern in put_together))
        and key.split(".")[0] not in FIRST
    ]
    assert not unused


def test_every_kind_of_problem_has_a_sentence_and_every_sentence_its_kind(words: Words) -> None:
    """Kinds are named in Python as the first argument of a Problem, or in SQL as the result of a check."""
    files = [path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".sql")]
    sources = "\n".join(path.read_text("utf-8") for path in files)
    raised = set(re.findall(r"(?:Problem|beyond)\(\s*\"(\w+)\"", sources))
    raised |= set(re.findall(r"INSERT INTO (?:found|noticed)\s+SELECT '(\w+)'", sources))
    told = {key.removeprefix("problem.") for key in words.texts if key.startswith("problem.")}
    assert raised <= told
    quoted = set(re.findall(r"""(?<=['"])(?:problem\.)?(\w+)(?=['"])""", sources))
    assert not told - quoted
    assert {key.removeprefix("problem_expected.") for key in words.texts if key.startswith("problem_expected.")} < told


def test_the_places_of_a_counted_sentence_are_the_same_for_one_and_for_others(words: Words) -> None:
    for key in words.texts:
        other = key.removesuffix("one") + "other"
        if key.endswith(".one") and other in words.texts:
            one, many = (set(re.findall(r"\{(\w+)\}", words.texts[name])) for name in (key, other))
            assert one <= many
            # Of one, there is only one place to be: it needs no number.
            assert many - one <= {"n", "at"}
