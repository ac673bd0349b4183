"""The one bar of filters, in the sidebar, the same on every page."""

from collections.abc import Callable

import streamlit as st

from dashboard.exports.tour_step import step_yaml
from dashboard.loading.files.words_file import read_words
from dashboard.model.pages import COLUMNS, IN_TOURS, PAGES, sections
from dashboard.model.view.filters import FILTERS
from dashboard.model.view.known import COUNTINGS, Known
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import COLLECTED, MANY, ViewState
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.frame.rows import OptionsRow
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import one_line
from dashboard.ui.session import held_state
from dashboard.ui.versions import masking as safe

Options = dict[str, dict[str, OptionsRow]]


def draw(published: Published, known: Known, words: Words, page: str) -> ViewState:
    """Draw the bar over what the session holds; give the state that was chosen, settled."""
    state = held_state(known)
    given = {"framework": state.framework, "round": state.round, "lang": known.wording(state.lang)}
    options: Options = {}
    for row in rows(published, "options", given):
        options.setdefault(row["filter"], {})[row["code"]] = row
    with st.sidebar:
        _pages(state, words)
        left, right = st.columns(2)
        left.button(words("filter.reset"), on_click=_reset, icon=":material/restart_alt:", width="stretch")
        with right.popover(words("filter.link"), icon=":material/link:", width="stretch"):
            st.caption(words("whatif.link_help" if state.imagined else "filter.link_help"))
            st.code(_address(state), language=None, wrap_lines=True)
            _record(page, state, words)
        safe.switch(words)
        _one("framework", options, words)
        _one("round", options, words)
        word = rows(published, "area_word", given)[0]["area_word"]
        named = {name: (f"filter.{name}", f"filter.{name}_all") for name in FILTERS}
        named["principle"] = (f"area_word.{word}", f"area_word.all_{word}")
        for name, (label, everything) in named.items():
            _many(name, words(label), words(everything), options, words)
        st.selectbox(
            words("counting.label"),
            [code for code in COUNTINGS if code != "inherited" or known.of("inherits", state.framework)],
            key="counting",
            persist_state="session",
            format_func=lambda code: words(f"counting.{code}"),
            help=words("counting.help"),
        )
        if len(known.languages) > 1:
            st.selectbox(
                words("filter.language"),
                known.languages,
                key="lang",
                persist_state="session",
                format_func=_language_name,
            )
    return held_state(known)


def _pages(state: ViewState, words: Words) -> None:
    """The pages in their sections, side by side so that the filters stay in sight; each link carries the view along."""
    of_section = sections()
    for column, names in zip(st.columns([11, 10], gap="xxsmall"), COLUMNS, strict=True):
        with column, st.container(gap=None):
            for section in names:
                st.caption(words(f"section.{section}"))
                for name in of_section[section]:
                    if PAGES[name].shown:
                        st.page_link(
                            f"pages/{name}.py",
                            label=words(f"page.{name}"),
                            query_params=to_query(state),
                            width="stretch",
                        )


def _label(name: str, options: Options, words: Words) -> Callable[[str], str]:
    """A total function from codes to labels: title and how much is behind it."""

    def label(code: str) -> str:
        row = options.get(name, {}).get(code)
        if row is None:
            return code
        return words.count(f"filter.of_{row['of']}", int(row["n"]), title=one_line(row["title"]))

    return label


def _one(name: str, options: Options, words: Words) -> None:
    st.selectbox(
        words(f"filter.{name}"),
        list(options.get(name, {})),
        key=name,
        persist_state="session",
        format_func=_label(name, options, words),
    )


def _many(name: str, label: str, everything: str, options: Options, words: Words) -> None:
    st.multiselect(
        label,
        list(options.get(name, {})),
        key=name,
        persist_state="session",
        format_func=_label(name, options, words),
        placeholder=everything,
    )


def _reset() -> None:
    plain = ViewState()
    # What a group gathered and what is imagined are no filters.
    names = [name for name in MANY if name not in (*COLLECTED, "imagined")]
    for name in (
        *names,
        "common",
        "counting",
        "kind",
        "by",
        "focus",
        "earlier",
        "against",
        "pair",
        "shade",
        "indicator",
    ):
        value = getattr(plain, name)
        st.session_state[name] = list(value) if name in MANY else value


def _address(state: ViewState) -> str:
    base = (st.context.url or "").split("?")[0]
    return base + "?" + "&".join(f"{key}={value}" for key, value in to_query(state).items())


def _record(page: str, state: ViewState, words: Words) -> None:
    """The present view as a step of a tour, to be copied into a file."""
    # With aliases in it a step would lead nowhere tomorrow.
    if page in IN_TOURS and not safe.is_on():
        st.caption(words("filter.record_help"))
        step = step_yaml(page, to_query(state), words(f"page.{page}"), words("filter.record_text"))
        st.code(step, language="yaml", wrap_lines=True)


def _language_name(code: str) -> str:
    return read_words(code)("language.name")
