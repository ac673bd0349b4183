"""What can be read before anybody asks? While a browser loads Streamlit's files, so that the first page waits less."""

from contextlib import suppress
from datetime import date

from dashboard.charts.heatmap import heatmap
from dashboard.charts.look import look_of
from dashboard.loading.files.words_file import read_words
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.queries.ask import ask
from dashboard.queries.given import given
from dashboard.store.history import StoreError
from dashboard.store.reading.codes import known_codes
from dashboard.ui.versions import sight

FIRST = ("headline", "heatmap")
"""Questions of the first two pages. The publication's sums, which every page needs, are read for them."""


def read_ahead() -> None:
    """Read what a first page needs of the publication in force. What is wrong with it is left for the page to say."""
    with suppress(StoreError):
        published = sight.current(None)
        if published is not None:
            known = known_codes(published)
            asked = given(published, normalised(ViewState(), known), known, date.today())
            for name in FIRST:
                ask(published, name, asked)
    # The first chart that is made takes the library longer than all later ones.
    heatmap(read_words(), look_of("light"), ("low", "high"))
