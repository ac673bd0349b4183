"""An exercise on one setting: what a group read and agreed, gathered in the tour bar."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.model.known_codes import Known
from dashboard.model.plan import AgreedAction
from dashboard.model.view_state import MOST_COLLECTED, ViewState, normalised, to_query
from dashboard.queries import ask, risks_settings
from dashboard.queries.question import Question
from dashboard.ui.elements.choices import setting_shown
from dashboard.ui.escape import escape_row, one_line
from dashboard.ui.session_state import PICKED_SHOWN, PLAN_AGREED, READ_NEXT, READ_SHOWN
from dashboard.ui.versions import masking
from dashboard.ui.view import View

Row = Mapping[str, Any]
WANTED = 3
"""Actions a group should agree; also the risks and opportunities it takes home if it picked none."""
READ_ON = {"guidance_item": "guidance", "case": "case_study"}
"""Pages on which something is read, and the field of the view that names it."""
SHELVES = {"guidance": "guidance", "guidance_item": "guidance", "cases": "case", "case": "case"}
"""Pages on which a text about the setting can be opened, and its kind."""
OPENS = {"guidance": "guidance_item", "case": "case"}
"""The page on which each kind is read."""
PICKED_ON = ("risks",)
"""Pages on which the group says what matters most."""
SIDES: tuple[tuple[Question[Any], str, str], ...] = (
    (risks_settings.SETTING_RISKS, "severity", "■"),
    (risks_settings.SETTING_OPENINGS, "need", "●"),
)
"""The questions for risks and opportunities, the grade that orders each, and its mark."""


def is_one(view: View, tour: str) -> bool:
    """Whether a tour is an exercise, in which the group chooses a setting and takes home what it agreed."""
    return tour in view.known.of("exercise", "")


def runs(view: View) -> bool:
    """Whether a group is in the middle of an exercise."""
    return is_one(view, view.state.tour)


def with_read(state: ViewState, page: str, known: Known) -> ViewState:
    """Add the text opened on the page to what the group has read; outside an exercise, return the view unchanged."""
    read = getattr(state, READ_ON[page]) if page in READ_ON else ""
    # The most recent is kept longest, and reopening a text makes it the most recent.
    looked = (*(code for code in state.looked if code != read), read)
    return normalised(replace(state, looked=looked), known) if read else state


def impacts(view: View, question: Question[Any], setting: str) -> Sequence[Row]:
    """Return the risks or opportunities of the setting, most severe or most needed first, with texts unescaped."""
    return ask.rows(view.published, question, view.of_setting(setting))


def weighed(view: View, question: Question[Any], grade: str, setting: str) -> Sequence[Row]:
    """Return the risks or opportunities the group picked; if it picked none, those rated highest."""
    found = impacts(view, question, setting)
    picked = [row for row in found if row["impact"] in view.state.picked]
    return picked or ([] if _has_picked(view, setting) else [row for row in found if row[grade] is not None][:WANTED])


def _has_picked(view: View, setting: str) -> bool:
    codes = {row["impact"] for question, _, _ in SIDES for row in impacts(view, question, setting)}
    return bool(codes & set(view.state.picked))


def draw(view: View) -> tuple[str, dict[str, str]] | None:
    """Draw what the bar shows beside the step: what matters most, what to read, the setting. Return what to open."""
    words, state = view.words, view.state
    setting = setting_shown(view)
    if setting is None:
        return None
    if view.page in PICKED_ON:
        _pick(view, setting["setting"])
    if view.page in SHELVES:
        _choose_text(view, setting["setting"], SHELVES[view.page])
    agreed = len(state.agreed) + len(PLAN_AGREED.get({}))
    said = [
        f"**{escape_row(setting)['setting_title']}**",
        words("exercise.picked", n=len(state.picked)) if state.picked else words("exercise.none_picked"),
        words.count("exercise.read", len(state.looked)),
        words("exercise.agreed", n=agreed, of=WANTED),
    ]
    st.caption(" · ".join(said))
    return _to_open(view)


def _choose_text(view: View, setting: str, what: str) -> None:
    """Let the user choose a text on the setting from one list."""
    found = ask.rows(view.published, risks_settings.SETTING_ADVICE, view.of_setting(setting))
    titles = {row["code"]: row["title"] for row in found if row["what"] == what}
    page = OPENS[what]
    held = getattr(view.state, READ_ON[page]) if view.page == page else ""
    READ_SHOWN.set(held if held in titles else "")
    none = view.words.count("exercise.read_none", len(titles))
    st.selectbox(
        view.words(f"exercise.open_{what}"),
        ["", *titles],
        key=READ_SHOWN.name,
        on_change=_open_next,
        args=(page,),
        format_func=lambda code: one_line(titles.get(code, none)),
    )


def _open_next(page: str) -> None:
    READ_NEXT.set((page, READ_SHOWN.now()))


def _to_open(view: View) -> tuple[str, dict[str, str]] | None:
    page, code = READ_NEXT.pop(("", ""))
    if not code:
        return None
    nothing: dict[str, Any] = dict.fromkeys(READ_ON.values(), "")
    return page, to_query(replace(view.state, **{**nothing, READ_ON[page]: code}))


def _pick(view: View, setting: str) -> None:
    """Let the group pick what matters most, risks and opportunities together. Picks in other settings are kept."""
    names: dict[str, str] = {}
    for question, grade, mark in SIDES:
        for row in impacts(view, question, setting):
            marks = mark * int(row[grade]) if row[grade] is not None else view.words("exercise.not_rated")
            names[row["impact"]] = f"{marks} {row['text']}"
    elsewhere = tuple(code for code in view.state.picked if code not in names)
    PICKED_SHOWN.set([code for code in view.state.picked if code in names])
    st.multiselect(
        view.words("exercise.pick"),
        list(names),
        key=PICKED_SHOWN.name,
        on_change=_picked,
        args=(elsewhere,),
        max_selections=MOST_COLLECTED,
        format_func=lambda code: one_line(names.get(code, code)),
        placeholder=view.words("exercise.pick_none"),
    )


def _picked(elsewhere: tuple[str, ...]) -> None:
    st.session_state["picked"] = [*elsewhere, *PICKED_SHOWN.now()]


def agreed_kept() -> dict[str, AgreedAction]:
    """Return what was agreed and not saved, by subject; nothing while names are hidden, because it names operations."""
    return {} if masking.is_on() else PLAN_AGREED.setdefault({})


def agreed_gaps(view: View, setting: str) -> list[risks_settings.SettingCriteriaRow]:
    """Return the criteria of the setting answered as not or partly implemented; critical ones first."""
    found = ask.rows(view.published, risks_settings.SETTING_CRITERIA, view.of_respect().of_setting(setting))
    return [row for row in found if row["n_nil"] + row["n_part"]]
