"""A file on trial: every page of this session shows it as if it were published, and nothing of it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.model.problem import Problem, sentence
from dashboard.model.view.known import KINDS
from dashboard.model.words import Words
from dashboard.queries.ask import Value
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import plain, rows
from dashboard.ui.versions import masking as safe
from dashboard.ui.versions.private_publication import HandedFile, private_of

FILES = "trial_files"
SIDE = "trial_side"
SIDES = ("trial", "published")


def begin(files: Sequence[HandedFile]) -> None:
    """Every page shows these files from the next run on."""
    st.session_state[FILES] = tuple(files)
    st.session_state[SIDE] = "trial"


def end() -> None:
    """Every page shows what is published."""
    st.session_state.pop(FILES, None)
    st.session_state.pop(SIDE, None)


def tried() -> tuple[HandedFile, ...]:
    """The files on trial in this session; none without a trial."""
    files: tuple[HandedFile, ...] = st.session_state.get(FILES, ())
    return files


def on_trial(words: Words, today: date) -> Published | None:
    """The private publication, while there is a trial. What cannot be tried any more is told, and the trial ends."""
    if not tried():
        return None
    with st.spinner(words("trial.making")):
        private = private_of(tried(), today)
    if not isinstance(private, Problem) and private.published is not None:
        return private.published
    problems = [private] if isinstance(private, Problem) else list(private.preview.problems)
    # What is wrong with a file quotes it.
    told = () if safe.is_on() else (plain(sentence(p, words)) for p in problems if p.serious)
    st.warning("  \n".join([words("trial.over"), *told]))
    end()
    return None


def shows_trial() -> bool:
    """Whether pages show the trial just now, and not what is published."""
    return bool(tried()) and st.session_state.get(SIDE, "trial") == "trial"


def mark(words: Words, trial: Published, published: Published, given: Mapping[str, Value]) -> None:
    """What stands over every page: that a file is on trial, what it changes, the switch to compare, and the way out."""
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        names = _names(words)
        left.markdown(f":material/experiment: **{words('trial.on')}** {words('trial.file', names=names)}")
        left.caption(_difference(words, trial, published, given))
        with right, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
            st.session_state["trial_switch"] = st.session_state.get(SIDE, "trial")
            st.radio(
                words("trial.switch"),
                SIDES,
                key="trial_switch",
                horizontal=True,
                label_visibility="collapsed",
                format_func=lambda side: words(f"trial.side_{side}"),
                on_change=_switched,
            )
            st.button(words("trial.end"), key="trial_end", icon=":material/close:", on_click=end)


def tell_waiting(words: Words) -> None:
    """Said in a tour: a file is on trial in this session, and is not what the pages show."""
    if tried():
        names = _names(words)
        st.caption(f":material/experiment: {words('trial.waits', names=names)}")


def _names(words: Words) -> str:
    """What the files are called, unless names are hidden."""
    return words("safe.a_file") if safe.is_on() else ", ".join(plain(file.name) for file in tried())


def _switched() -> None:
    st.session_state[SIDE] = st.session_state["trial_switch"]


def _difference(words: Words, trial: Published, published: Published, given: Mapping[str, Value]) -> str:
    """The figures of the present choice, as published and on trial."""
    was, now = ({row["kind"]: row for row in rows(one, "headline", dict(given))} for one in (published, trial))
    said = [text for kind in KINDS if (text := _moved(words, kind, was[kind], now[kind]))]
    shown = words("trial.differs", parts="; ".join(said)) if said else words("trial.same")
    return f"{shown} {words('trial.step', number=trial.move.number)}"


def _moved(words: Words, kind: str, was: dict[str, Any], now: dict[str, Any]) -> str:
    """What of one kind is another figure on trial; nothing where all of it stays."""
    parts = [
        words(f"trial.{name}", was=_value(words, was, name), now=_value(words, now, name))
        for name in ("mean", "coverage", "n_critical_failed")
        if was[name] != now[name]
    ]
    return words("trial.kind", kind=words(f"kind.{kind}"), parts=", ".join(parts)) if parts else ""


def _value(words: Words, row: dict[str, Any], name: str) -> str:
    return words("trial.nothing") if row[name] is None else words.shown(row[name])
