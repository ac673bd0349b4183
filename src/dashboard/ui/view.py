"""What a page is given: the filters, the words and the publication, and what they mean for a question or a link."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from urllib.parse import urlencode

from dashboard.model.filters import ALL_FILTERS, FILTERS, LIBRARY
from dashboard.model.known_codes import COUNTINGS, Known
from dashboard.model.pages import FRONT, PAGES, Page
from dashboard.model.view_state import ViewState, to_query
from dashboard.model.words import AreaWord, Words, area_word, kind_key
from dashboard.queries.ask import Value, ask, rows
from dashboard.queries.data_method import METHOD
from dashboard.queries.every_page import AREA_WORD, COMMON, OPERATIONS, OPTIONS, OptionsRow, given
from dashboard.store.cache import once
from dashboard.store.reader import Published
from dashboard.ui.escape import escape, escaped_rows, one_line
from dashboard.ui.session import part_open


class ViewSource(Enum):
    """Why a page reads a certain publication; see `versions/page_version.py` for the order of precedence."""

    PUBLISHED = "published"
    TOUR = "tour"
    TRIAL = "trial"
    SCENARIO = "scenario"


@dataclass(frozen=True)
class View:
    """What a page is given: the filters, the words, the publication, and the day it is read."""

    page: str
    state: ViewState
    words: Words
    published: Published
    known: Known
    today: date
    source: ViewSource = ViewSource.PUBLISHED
    """Why the page reads this publication."""

    @property
    def masked(self) -> bool:
        """Whether names are hidden and free text is left out."""
        return self.published.masked

    @property
    def partial(self) -> bool:
        """Whether some operations are left out, or shown only as one sum."""
        return self.published.partial

    @property
    def withholds(self) -> bool:
        """Whether whatever is not in the publication must stay hidden too: its history, names of files, saved views."""
        return self.masked or self.partial

    def parameters(self, **more: Value) -> dict[str, Value]:
        """Return every parameter a question may name. Pass other filters as arguments; in the result it is too late."""
        return given(self.published, self.state, self.known, self.today, **more) if more else dict(self._given)

    @cached_property
    def _given(self) -> dict[str, Value]:
        return given(self.published, self.state, self.known, self.today)

    def of_setting(self, setting: str) -> dict[str, Value]:
        """Return the parameters of questions on one setting, without the setting filter and those of the library."""
        return self.parameters(of_setting=setting, setting=(), **dict.fromkeys(LIBRARY, ()))

    def of_respect(self) -> "View":
        """Return the same view of respect, or of the only kind there is: gaps and cover are always respect's."""
        return replace(self, state=replace(self.state, kind=self.kinds[0]))

    def unfiltered(self, **more: Value) -> dict[str, Value]:
        """Return the parameters without filters."""
        return self.parameters(**{**dict.fromkeys(FILTERS, ()), **more})

    def reset(self) -> str:
        """Return that *Reset* clears the filters, to follow a sentence on what they leave; empty if none is set."""
        filtered = self.state.common == "yes" or any(getattr(self.state, one.name) for one in ALL_FILTERS)
        return f" {self.words('filter.reset_clears')}" if filtered else ""

    def count_below(self) -> int:
        """Return with how many answers the selected framework shows a percentage; with fewer, it shows counts."""
        found = rows(self.published, METHOD, self.parameters())
        return next((row["count_below"] for row in found if row["framework"] == self.state.framework), 0)

    def area_word(self, framework: str = "") -> AreaWord:
        """Return a framework's words for its areas; without a framework, those of the selected one."""
        given = self.parameters() | {"framework": framework or self.state.framework}
        (row,) = escaped_rows(self.published, AREA_WORD, given)
        return area_word(str(row["area_word"]), self.words)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of criteria that the selected framework has."""
        return self.known.kinds(self.state.framework)

    def kind_word(self, kind: str = "", framework: str = "") -> str:
        """Return what figures of a kind are called; without a kind, those of the selected one."""
        kinds = self.known.kinds(framework or self.state.framework)
        return self.words(kind_key(kind or self.state.kind, kinds))

    @property
    def options(self) -> Mapping[tuple[str, str], OptionsRow]:
        """Everything that the filters offer, by filter and code, in order. The same for all views of a round."""
        return _options(self.published, self.state.framework, self.state.round, str(self.parameters()["lang"]))

    def option_title(self, name: str, code: str, otherwise: str) -> str:
        """Return the title of a code in a filter, unescaped; something else if the filter does not offer it."""
        found = self.options.get((name, code))
        return found["title"] if found else otherwise

    def query(self, **changes: object) -> dict[str, str]:
        """Return the URL parameters of this view with some fields changed, for links to other pages."""
        return to_query(replace(self.state, **changes))  # type: ignore[arg-type]

    def address(self, page: str, **changes: object) -> str:
        """Return the address of a page in this view with some fields changed, for links in texts."""
        return f"{page}?{urlencode(self.query(**changes))}"


@once
def _options(published: Published, framework: str, round_: str, lang: str) -> Mapping[tuple[str, str], OptionsRow]:
    found = rows(published, OPTIONS, {"framework": framework, "round": round_, "lang": lang})
    return {(row["filter"], row["code"]): row for row in found}


def chosen_in_words(view: View, of_figure: bool = False) -> str:
    """Return the filters that the page obeys in words: what everything on it is about. Empty if it obeys none.

    What a figure is about says of which kind it is, whatever the page obeys.
    """
    words, state = view.words, view.state
    page = PAGES.get(view.page, PAGES[FRONT])
    obeyed = page.filters(part_open(page, state.part))

    def title(name: str, code: str) -> str:
        return escape(view.option_title(name, code, code))

    def named(name: str) -> str:
        if name == "country" and page.shows_one(state.part) and (operation := operation_shown(view)):
            return escape(one_line(operation))
        titles = [title(name, code) for code in getattr(state, name)]
        chosen = words.some("countries", titles) if name == "country" else words.listed(titles)
        return chosen or (view.area_word().everything(words) if name == "principle" else words(f"filter.{name}_all"))

    one = [title(name, getattr(state, name)) for name in ("framework", "round") if name in obeyed]
    kind = [view.kind_word()] if of_figure or ("kind" in obeyed and view.kinds[1:]) else []
    narrowing = [f.name for f in ALL_FILTERS if f.name in obeyed and (f.always_said or getattr(state, f.name))]
    narrowed = [named(name) for name in narrowing]
    common = [_common(view)] if state.common == "yes" and page.keeps_to_common(state.part) else []
    counted = view.parameters()["counting"]
    counting = [f"**{_counted(words, page, state)}**"] if counted != COUNTINGS[0] and "counting" in obeyed else []
    return " · ".join([*one, *kind, *narrowed, *_of_no_principle(view), *common, *counting])


def _counted(words: Words, page: Page, state: ViewState) -> str:
    if page.stays_as_answered(state.part):
        return words("counting.stays", chosen=words(f"counting.{state.counting}"))
    return words(f"counting.said_{state.counting}")


def _common(view: View) -> str:
    """Say that only what all have answered counts; or, with too few such criteria, that all of them do."""
    parameters = view.parameters()
    if parameters["within"]:
        return view.words("choose.common")
    return view.words.count("choose.common_off", len(rows(view.published, COMMON, parameters)))


def operation_shown(view: View) -> str:
    """Return the name of what a page of one operation shows: the one chosen, else the first that the filters keep.

    Empty if there is none.
    """
    found = {row["operation"]: row for row in rows(view.published, OPERATIONS, view.parameters())}
    first = next(iter(found.values()), None)
    shown = found.get(view.state.operation, first)
    return shown["operation_title"] if shown else ""


def _of_no_principle(view: View) -> list[str]:
    """Return how many rated risks no choice of principles can keep, where one is made and risks are shown."""
    framework = view.state.framework
    page, state = PAGES.get(view.page, PAGES[FRONT]), view.state
    if not state.principle or not page.shows_risks(state.part, state.show_as):
        return []
    every, some = (
        ask(view.published, "covered_risks", view.parameters(principle=codes)).num_rows
        for codes in ((), view.known.of("principle", framework))
    )
    title = escape(view.option_title("framework", framework, framework))
    return [view.area_word().none_of(view.words, every - some, title)] if every > some else []
