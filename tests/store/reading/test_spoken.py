"""Is everything that is listed called as in the reader's language, and are names in its order?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.exports.figures_file import FORMATS
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import from_query
from dashboard.model.words import Words
from dashboard.queries.ask import ask, names, parameter_names, rows
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.compare.subjects import SUBJECTS
from dashboard.queries.elements.search import Index, Item, folded, index_of
from dashboard.queries.every_page import OPERATIONS, OPTIONS, given
from dashboard.store.overlays import imagined, in_language, in_order
from dashboard.store.published_codes import known_codes, names_of
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Published
from dashboard.tasks.figure_tables import figures_of, in_parts
from tests import stranger
from tests.conftest import TODAY, WRITER, rest_thorough
from tests.spoken import group, opened, publish_spoken, translate
from tests.stranger import STRANGE, strange

VIEW = {"framework": "toy", "round": "R2", "lang": STRANGE}


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, dict[str, str]]]]:
    """A store whose lists have names in the strange language, and those names."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DASHBOARD_WORDS", str(stranger.write(tmp_path_factory.mktemp("words"))))
        store = tmp_path_factory.mktemp("abroad")
        yield store, publish_spoken(store, tmp_path_factory.mktemp("group") / "toys")


def _given(published: Published, **chosen: str) -> dict[str, Any]:
    state, wrong = from_query(VIEW | chosen, known_codes(published))
    assert not wrong
    return given(published, state, known_codes(published), TODAY)


def test_every_question_has_the_names_of_the_language_and_else_the_same_rows(abroad: Any) -> None:
    store, texts = abroad
    english = opened(store)
    spoken = in_language(english, STRANGE)
    assert in_language(english, "en") is english
    assert in_language(english, STRANGE) is spoken, "it is made once"
    untold = {row["title"] for row in texts.values()} | {row["text"] for row in texts.values() if "text" in row}
    with english.cursor() as cursor:
        own = {title for (title,) in cursor.execute("SELECT title FROM listed").fetchall()} - {"Office", "area"}
    asked = _given(english, country="AAA,BBB,GROUP", indicator="phones", earlier="R1", operation="")
    for name in names():
        if not parameter_names(name) <= asked.keys() or name == "search_texts":
            continue
        told, stored = ask(spoken, name, asked), ask(english, name, asked)
        assert told.schema == stored.schema, name
        assert told.num_rows == stored.num_rows, name
        said = {text for text in _texts(told.to_pylist()) if isinstance(text, str)}
        untold -= {text for name in said for text in (name, *name.split(", "))}
        assert not said & own, name
    assert not untold


def _texts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield value


def test_an_operation_is_called_by_its_country_if_it_is_alone_there_else_by_its_own_title(abroad: Any) -> None:
    english = opened(abroad[0])
    own = {"toy-hq": "Toy head office", "a-op": "Toys of Aland", "a2-op": "More toys of Aland"}
    for published, country in ((english, "Beland"), (in_language(english, STRANGE), strange("Beland"))):
        asked = _given(published)
        found = rows(published, OPERATIONS, asked)
        assert {row["operation"]: row["operation_title"] for row in found} == {**own, "b-op": country}
        compared = {row["subject"]: row["title"] for row in rows(published, SUBJECTS, asked)}
        assert {code: compared[code] for code in ("a-op", "b-op")} == {"a-op": own["a-op"], "b-op": country}


def test_figures_do_not_depend_on_the_language_imagined_ones_neither(abroad: Any) -> None:
    english = opened(abroad[0])
    spoken = in_language(english, STRANGE)
    changes = (("a-op", "T1.a", "no"),)
    for told, stored in (
        (spoken, english),
        (in_language(imagined(english, "R2", changes), STRANGE), imagined(english, "R2", changes)),
        (imagined(spoken, "R2", changes), imagined(english, "R2", changes)),
    ):
        asked = _given(english)
        ours, theirs = rows(told, HEATMAP, asked), rows(stored, HEATMAP, asked)
        figures, stored_figures = (
            {(r["country"], r["area"]): (r["percent"], r["low"], r["high"]) for r in found} for found in (ours, theirs)
        )
        assert figures == stored_figures
        assert {row["country_title"] for row in ours} == {
            strange(title) for title in ("Aland", "Beland", "Head office")
        }
    before, after = (
        {(r["country"], r["area"]): r["percent"] for r in rows(one, HEATMAP, _given(english))}
        for one in (spoken, imagined(spoken, "R2", changes))
    )
    assert before != after


def test_other_tools_are_given_the_language_they_ask_for_with_plain_numbers(abroad: Any, tmp_path: Path) -> None:
    query = VIEW | {"indicator": "phones"}
    found = figures_of(opened(abroad[0]), "heatmap", "places", query, TODAY, in_parts)
    assert not isinstance(found, Problem)
    FORMATS["csv"].write(found, read_words(STRANGE), tmp_path / "places.csv")
    csv = (tmp_path / "places.csv").read_text("utf-8-sig")
    assert strange("Aland") in csv
    assert read_words(STRANGE).shown(1234.5) != "1234.5", "the language writes it otherwise"
    assert "1234.5" in csv


def test_a_name_in_any_language_is_found_and_read(abroad: Any) -> None:
    spoken = in_language(opened(abroad[0]), STRANGE)
    for text in (strange("Beland"), folded(strange("Beland")), "beland"):
        assert [item.id for item in index_of(spoken, STRANGE).find(text).items][:1] == ["BBB"]
    found = names_of(opened(abroad[0]))
    assert strange("Yes") in found.status_titles["yes"]
    assert strange("Second round") in found.called["round"]["R2"]
    assert strange("Beland") in found.called["operation"]["b-op"]


@pytest.mark.parametrize("name", ["Côte d'Ivoire", "Éthiopie", "Türkiye", "Tromsø", "Łódź", "Straße", "Curaçao"])
def test_a_keyboard_without_accents_finds_every_name(name: str) -> None:
    index = Index([Item("country", "one", name, (), (name,)), Item("country", "other", "Togo", (), ("Togo",))])
    plain = {"Tromsø": "Tromso", "Łódź": "Lodz", "Straße": "Strasse"}.get(name, folded(name))
    assert plain.isascii()
    for typed in (plain, plain.upper(), name, name.upper()):
        assert [item.id for item in index.find(typed).items] == ["one"], typed


@pytest.mark.parametrize(
    ("locale", "names_in_order"),
    [
        ("en", ["Åland", "Chad", "Côte d'Ivoire", "Croatia", "Éthiopie", "Fiji", "Zambia"]),
        ("fr", ["Åland", "Chad", "Côte d'Ivoire", "Croatia", "Éthiopie", "Fiji", "Zambia"]),
        ("sv", ["Chad", "Croatia", "Côte d'Ivoire", "Éthiopie", "Fiji", "Zambia", "Åland"]),
        ("cs", ["Åland", "Côte d'Ivoire", "Croatia", "Éthiopie", "Fiji", "Chad", "Zambia"]),
    ],
)
def test_names_are_sorted_as_the_language_sorts_them(locale: str, names_in_order: list[str]) -> None:
    assert in_order(sorted(names_in_order, reverse=True), locale) == names_in_order


@pytest.mark.thorough
def test_lists_are_in_the_order_of_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "sv.yaml").write_text('language: {name: Svenska, locale: sv, date: "d MMM y"}\n', "utf-8")
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path / "words"))
    toys = group(tmp_path / "toys")
    (toys / "countries.csv").write_text("country,title,region\nAAA,Åland,North\nBBB,Beland,North\n", "utf-8")
    publish(Load(tmp_path / "store", [toys], WRITER, TODAY))
    english = opened(tmp_path / "store")
    for published, order in ((english, ["AAA", "BBB"]), (in_language(english, "sv"), ["BBB", "AAA"])):
        asked = _given(english, lang="en")
        found = [
            list(dict.fromkeys(r["country"] for r in ask(published, q, asked).to_pylist()))
            for q in ("heatmap", "operations")
        ]
        assert [[code for code in codes if code != "GROUP"] for codes in found] == [order, order]
        options = sorted(
            (r for r in rows(published, OPTIONS, asked) if r["filter"] == "country"), key=lambda r: r["position"]
        )
        assert [r["code"] for r in options] == [*order, "GROUP"]


def _sentences(folder: Path, words: Words, store: Path) -> list[str]:
    return [sentence(problem, words) for problem in check(store, [folder], TODAY)]


@pytest.mark.parametrize(
    ("language", "texts", "told"),
    rest_thorough(
        [
            (
                "fr",
                {"country/AAA": {"title": "beland"}},
                "row 4, texts: “country/AAA” has the same title as something else, and the two would "
                "be shown as one. Expected: a title other than that of country/BBB.",
            ),
            (
                "fr",
                {"country/AAC": {"title": "Alande"}},
                "row 4, texts: “country/AAC” does not exist here, so its translation is not used. "
                "Did you mean country/AAA?",
            ),
            (
                "fr",
                {"status/toy/mosty": {"title": "Presque"}},
                "row 4, status/toy/mosty: “status/toy/mosty” is not a defined id. Did you mean status/toy/mostly?",
            ),
            (
                "zz",
                {"country/AAA": {"title": "Alande"}},
                "row 1, language: “zz” is not the code of a language. "
                "Expected: the two letters of a language, such as fr.",
            ),
            (
                "fr",
                {"band/toy/low": {"text": "Bas"}},
                "row 5, texts.band/toy/low.text: “text” is not valid here. Expected: title.",
            ),
        ],
        now=2,
    ),
)
def test_what_is_wrong_with_a_translation_is_a_sentence(
    language: str, texts: dict[str, dict[str, str]], told: str, tmp_path: Path, words: Words
) -> None:
    toys = group(tmp_path / "toys")
    translate(toys, language, texts)
    assert _sentences(toys, words, tmp_path / "store") == [f"frameworks/shared/{language}.yaml, {told}"]


def test_a_text_that_two_files_give_is_refused_with_both_places(tmp_path: Path, words: Words) -> None:
    toys = group(tmp_path / "toys")
    translate(toys, "fr", {"country/AAA": {"title": "Alande"}})
    shared = toys / "frameworks" / "shared" / "fr.yaml"
    (toys / "frameworks" / "toy" / "fr.yaml").write_text(shared.read_text("utf-8"), "utf-8")
    (told,) = _sentences(toys, words, tmp_path / "store")
    assert "has this text twice in one language" in told
    assert "frameworks/toy/fr.yaml" in told
    assert "frameworks/shared/fr.yaml" in told
