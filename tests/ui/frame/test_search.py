"""Is everything found from every page, by kind with counts, and does each result keep the filters?"""

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries.elements.search import MOST_WORDS
from dashboard.ui.elements import search_results
from dashboard.ui.elements.search_results import by_kind, find, place_of
from dashboard.ui.session_state import SEARCH_OPEN, SEARCH_TYPED
from tests.conftest import MakeView, rest_thorough
from tests.ui.conftest import OpenPage, nothing_failed, tells, texts

GHANA = {"country": "GHA", "right": "privacy"}


def sought(app: AppTest, text: str) -> AppTest:
    """Return the dialog, opened by its button, with a text in its box."""
    app.session_state[SEARCH_TYPED.name] = text
    app.button(key=SEARCH_OPEN.name).click().run()
    nothing_failed(app)
    return app


def links(app: AppTest) -> list[tuple[str, dict[str, list[str]]]]:
    """Return page and query of every link in the dialog."""
    (dialog,) = app.get("dialog")
    return [(link.proto.page, parse_qs(link.proto.query_string)) for link in dialog.get("page_link")]


def test_closed_it_is_one_button_and_opened_nothing_is_asked_until_something_is_typed(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("nothing is sought yet")

    monkeypatch.setattr(search_results, "index_of", asked)
    app = page("heatmap")
    assert not app.get("dialog")
    assert not [box for box in app.text_input if box.key == SEARCH_TYPED.name]
    sought(app, "  ")
    assert tells(app, "search.help")
    assert links(app) == []


def test_what_is_found_stands_by_kind_with_counts_and_keeps_the_choice(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    counted = [(kind, len(items)) for kind, items in by_kind(find(view, "mobile money")).items()]
    assert len(counted) > 3
    app = sought(page("heatmap", GHANA), "mobile money")
    heads = [text for text in texts(app) if text in {f"**{view.words.count(f'search.n_{k}', n)}**" for k, n in counted}]
    assert heads == [f"**{view.words.count(f'search.n_{kind}', n)}**" for kind, n in counted]
    assert all(query["country"] == ["GHA"] and query["right"] == ["privacy"] for _, query in links(app))


def test_corrected_and_ignored_words_are_reported(page: OpenPage) -> None:
    app = sought(page("risks"), "brith xylophone")
    assert tells(app, "search.near", sought="brith", near="birth")
    assert tells(app, "search.not_all", n=1, of=2)


def test_a_very_long_text_is_searched_by_its_first_words_and_says_so(page: OpenPage) -> None:
    app = sought(page("risks"), "birth " + " ".join(f"xyzzy{letter}zz" for letter in "abcdefghijklmnopqrst") * 500)
    assert tells(app, "search.cut", most=MOST_WORDS)
    assert tells(app, "search.not_all", n=1, of=MOST_WORDS)
    assert links(app)


def test_where_nothing_is_near_nothing_is_offered(page: OpenPage) -> None:
    app = sought(page("risks"), "xyzzysex")
    assert tells(app, "search.nothing")
    assert links(app) == []


@pytest.mark.parametrize(
    ("kind", "text", "opens", "shown"),
    rest_thorough(
        [
            ("page", "world map", "heatmap", "World map"),
            ("country", "Ghana", "country", "Ghana"),
            ("operation", "Savandina Chad", "country", "Chad"),
            ("case", "birth registration phone", "case", "Birth registration by mobile phone"),
            (
                "guidance",
                "state birth registration",
                "guidance_item",
                "Lend the network to the state's birth registration",
            ),
            ("criterion", "COP14-MO-3.4", "frameworks", "Commercial content is classified in line with national norms"),
            ("risk", "scams loans betting", "risks", "Scams, loans and betting through mobile money"),
            ("setting", "mobile money", "risks", "Mobile money"),
            ("function", "procurement", "plan", "Procurement"),
            ("action", "A-013", "plan", "Extend maternity cover to commission agents"),
        ],
        now=4,
    ),
)
def test_each_kind_opens_the_thing_itself(
    kind: str, text: str, opens: str, shown: str, page: OpenPage, view_of: MakeView
) -> None:
    view = view_of(country=("BOL",))
    item, *_ = find(view, text, (kind,)).items
    name, query = place_of(view, item)
    assert name == opens
    assert query["country"] == {"country": "GHA", "operation": "TCD"}.get(kind, "BOL"), "the choice, as far as it fits"
    app = page(name, query)
    nothing_failed(app)
    assert {**query, **dict(app.query_params)} == dict(app.query_params), "the address is one that the page keeps"
    said = [*texts(app), *(str(box.value) for box in app.text_area)]
    assert any(shown in text or shown.lower().replace("world ", "") == text for text in said)
