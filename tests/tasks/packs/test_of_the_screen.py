"""Does no file for any audience ask its reader to click, tap, press or point at anything?"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.exports.packs.chart_images import pictures_of
from dashboard.model.tour import TakenFrom
from dashboard.model.words import Words
from dashboard.store.reader import Published
from dashboard.tasks.pack import PACK_FORMATS, pack_of
from dashboard.tasks.pack_views import AUDIENCES, ChosenViews, for_audience
from tests.conftest import TODAY
from tests.tasks.packs.artefacts import everything, nothing, printed_content, read

pytestmark = [pytest.mark.outside, pytest.mark.thorough]
ASKS = re.compile(
    r"\b(click(ing|ed)?|tap|hover(ing)?|point at|press the|buttons?|toggle|scroll|selected above)\b", re.IGNORECASE
)
NOT_READ = re.compile(
    r'<script type="module">.*?</script>|<style>.*?</style>'
    r"|Click to edit Master (title|text|subtitle) styles?|a single click",
    re.DOTALL,
)
"""What draws a page, what PowerPoint says in layouts, which no slide shows, and an answer's note on an age gate."""


def test_no_file_for_any_audience_asks_for_a_click(sample_store: Path, published: Published, words: Words) -> None:
    asked_for = (view for audience in AUDIENCES for view in for_audience(published, audience, {}, TODAY).views)
    every = (replace(view, taken=TakenFrom()) for view in asked_for)
    views = tuple(
        {(view.page, *(view.query.get(name) for name in ("part", "show_as"))): view for view in every}.values()
    )
    assert len(views) > 12
    leaves = read(sample_store, views)
    pictures = pictures_of(leaves, nothing)
    pack = pack_of(leaves, ChosenViews(views), published.revision, words)
    texts = {f"{leaves[place].page}, {key}": picture.svg for (place, key), picture in pictures.items()}
    for kind, write in PACK_FORMATS.items():
        printed = kind == "pdf"
        texts[kind] = printed_content(pack, pictures, words) if printed else everything(write(pack, pictures, words))
    asked = {
        (place, text[max(0, found.start() - 60) : found.end() + 30])
        for place, whole in texts.items()
        for text in [NOT_READ.sub("", whole)]
        for found in ASKS.finditer(text)
    }
    assert asked == set()
