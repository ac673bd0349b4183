"""Do pages and what they hand out call everything that is listed as the reader's language does?"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.filters import FILTERS
from tests import stranger
from tests.spoken import opened, publish_spoken
from tests.stranger import STRANGE
from tests.ui.conftest import OpenPage, Taken, cells, nothing_failed, offered, open_share, texts

Texts = dict[str, dict[str, str]]
PLACES = {
    "overview": ("round/R1", "country/AAA"),
    "heatmap": ("country/AAA", "country/BBB", "country/GROUP", "round/R2"),
    "heatmap/map": ("country/AAA",),
    "country/answers": ("country/AAA", "region/North"),
    "country/facts": ("country/AAA", "indicator/phones"),
    "changes": ("round/R1", "round/R2", "country/AAA", "status/toy/mostly"),
    "plan": ("country/AAA",),
    "collect/owed": ("country/AAA",),
    "data/sources": ("band/toy/low", "status/toy/na", "toy"),
}
"""Pages of the toy group, and some of what each must name."""


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Texts]]:
    """A store whose lists have names in the strange language, and those names."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DASHBOARD_WORDS", str(stranger.write(tmp_path_factory.mktemp("words"))))
        store = tmp_path_factory.mktemp("abroad")
        yield store, publish_spoken(store, tmp_path_factory.mktemp("group") / "toys")


@pytest.mark.thorough
@pytest.mark.parametrize("place", PLACES)
def test_a_page_names_what_is_listed_in_the_language_and_nothing_in_english(
    place: str, abroad: tuple[Path, Texts], page: OpenPage, taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, names = abroad
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page(place, {"lang": STRANGE, "framework": "toy", "round": "R2", "country": "AAA,BBB,GROUP"})
    nothing_failed(app)
    shown = _shown(app)
    missing = {code for code in PLACES[place] if names[code]["title"] not in shown}
    assert not missing
    with opened(store).cursor() as cursor:
        english = cursor.execute("SELECT title FROM listed UNION SELECT text FROM listed WHERE text <> ''").fetchall()
        # Names of operations stay as they are, and what is asked is not translated here.
        for (name,) in cursor.execute("SELECT title FROM operation UNION SELECT text FROM criterion").fetchall():
            shown = shown.replace(name, "")
    left = {title for (title,) in english if re.search(rf"(?<!\w){re.escape(title)}(?!\w)", shown)}
    assert not left


def _shown(app: Any) -> str:
    """Every text of a run: what is written, what can be chosen, and what charts are sent."""
    options = [
        str(option) for kind in ("multiselect", "selectbox") for one in getattr(app, kind) for option in one.options
    ]
    charts = [one.proto.SerializeToString().decode("utf-8", "replace") for one in app.get("arrow_vega_lite_chart")]
    bar = [text for name in FILTERS for text in offered(app, name).values()]
    return "\n".join([*texts(app), *cells(app), *options, *bar, *charts])


@pytest.mark.thorough
@pytest.mark.outside
def test_a_picture_that_is_handed_out_names_them_too(
    abroad: tuple[Path, Texts], page: OpenPage, taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, names = abroad
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("heatmap", {"lang": STRANGE, "framework": "toy", "round": "R2"})
    open_share(app)
    picture = next(make() for name, make in taken.items() if name.endswith(".svg")).decode()
    for code in ("country/AAA", "country/GROUP"):
        assert names[code]["title"] in picture
    assert ">Aland<" not in picture
